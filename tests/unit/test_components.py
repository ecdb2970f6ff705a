"""The finders in somebody else's spaCy pipeline."""

from __future__ import annotations

import pytest
import spacy

from faits.errors import ModelError

NAMES = ("faits_money", "faits_quantities", "faits_dates", "faits_entities")


def spans(lang: str, text: str, *names: str) -> list[tuple[str, str, object]]:
    nlp = spacy.blank(lang)
    for name in names:
        nlp.add_pipe(name)
    doc = nlp(text)
    return [(span.label_, span.text, span._.faits) for span in doc.spans["faits"]]


@pytest.mark.parametrize(
    ("lang", "text", "amount"),
    [("fr", "Le parc coûtera 240 millions d'euros.", 2.4e8), ("en", "The farm will cost €240 million.", 2.4e8)],
)
def test_money_stands_in_the_spans_with_its_value(lang: str, text: str, amount: float) -> None:
    [(kind, _, value)] = spans(lang, text, "faits_money")

    assert (kind, value["number"], value["unit"]) == ("money", amount, "EUR")


def test_all_four_fill_one_group_in_reading_order() -> None:
    found = spans("fr", "Le 3 mars 2025, EDF a payé 12 M€ pour un parc de 96 MW.", *NAMES)

    kinds = [kind for kind, _, _ in found]
    assert kinds == ["date", "entity", "money", "power"]
    assert [value.get("edtf") or value.get("id") or value["number"] for *_, value in found] == [
        "2025-03-03", "org-edf", 1.2e7, 9.6e7,
    ]  # fmt: skip


def test_relative_dates_count_from_the_day_that_was_given() -> None:
    nlp = spacy.blank("fr")
    nlp.add_pipe("faits_dates", config={"published": "2025-06-03"})

    doc = nlp("Le site a ouvert hier.")

    assert doc.spans["faits"][0]._.faits["edtf"] == "2025-06-02"


def test_a_doc_with_values_can_be_written_and_read_back() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("faits_quantities")
    doc = nlp("It draws 5 GW.")

    again = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())

    assert again.spans["faits"][0]._.faits["number"] == 5e9


def test_another_language_is_refused_by_name() -> None:
    with pytest.raises(ModelError, match="'de'"):
        spacy.blank("de").add_pipe("faits_money")


def test_the_components_are_entry_points_of_spacy() -> None:
    from importlib.metadata import entry_points

    known = {point.name: point.value.partition(":")[0] for point in entry_points(group="spacy_factories")}

    assert {name: known.get(name) for name in NAMES} == dict.fromkeys(NAMES, "faits.components")
