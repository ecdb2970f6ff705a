import json

import pytest

from claims import claim, state
from faits.stages.corrections import Correction, apply, read
from faits.stages.merge import merge
from faits.text.anchors import Quote, locate, quote

SOURCES = {
    "a": "Le parc Borée coûtera 4 milliards de dollars, selon Solane. Il ouvrira en 2030.",
    "b": "Coût du parc Borée : 4 milliards de dollars.",
}


def table():
    found = []
    for article in SOURCES:
        one = claim(f"{article} | Borée | cost | 4e9 USD")
        start = SOURCES[article].index("4 milliards")
        found.append(one.model_copy(update={"start": start, "end": start + 22, "quote": "4 milliards de dollars"}))
    opening = claim("a | Borée | start_date | - | 2030 | planned")
    start = SOURCES["a"].index("en 2030")
    found.append(opening.model_copy(update={"start": start, "end": start + 7, "quote": "en 2030"}))
    return merge(found, state=state)


def correction(action, article="a", exact="4 milliards de dollars", **fields):
    start = SOURCES[article].index(exact)
    return Correction(action=action, quote=quote(article, SOURCES[article], start, start + len(exact)), **fields)


def problems_of(outcomes):
    return [outcome.problem.code for outcome in outcomes if outcome.problem is not None]


def cost(facts):
    return next((fact for fact in facts if fact.predicate == "cost"), None)


def test_confirm_marks_the_row_and_nothing_else():
    facts, outcomes = apply(table(), [correction("confirm")], SOURCES)

    assert (cost(facts).review, cost(facts).id, problems_of(outcomes)) == ("confirmed", cost(table()).id, [])
    assert [outcome.facts for outcome in outcomes] == [(cost(table()).id,)]


def test_reject_takes_the_row_out():
    facts, _ = apply(table(), [correction("reject")], SOURCES)

    assert [fact.predicate for fact in facts] == ["start_date"]


def test_reject_of_one_passage_leaves_the_other_proofs():
    facts, _ = apply(table(), [correction("reject", scope="passage")], SOURCES)

    assert [(proof.article) for proof in cost(facts).evidence] == ["b"]
    assert cost(facts).articles == 1


def test_replace_gives_a_new_id_that_names_the_old_one():
    old = cost(table())

    facts, outcomes = apply(table(), [correction("replace", field="predicate", value="investment")], SOURCES)

    new = next(fact for fact in facts if fact.predicate == "investment")
    assert (problems_of(outcomes), new.review) == ([], "corrected")
    assert new.id != old.id and old.id in new.replaces


def test_replace_by_what_the_field_cannot_be_is_a_problem_and_changes_nothing():
    facts, outcomes = apply(table(), [correction("replace", field="modality", value="maybe")], SOURCES)

    assert problems_of(outcomes) == ["bad_correction"]
    assert facts == table()


def test_merged_entities_bring_their_facts_together():
    facts = merge([claim("a | Borée | cost | 4e9 USD"), claim("b | Boreas | cost | 4e9 USD")], state=state)
    sources = {"a": "x" * 100 + "y" * 50, "b": "z" * 200}
    into = {"id": "org-boree", "name": "Borée", "type": "ORG"}
    merged = Correction(action="merge", quote=Quote(article="b", exact="z" * 200), entity="org-borea", into=into)

    rows, outcomes = apply(facts, [merged], sources)

    assert problems_of(outcomes) == []
    assert [(row.subject.id, row.articles) for row in rows] == [("org-boree", 2)]


def test_split_gives_the_passage_a_row_of_its_own():
    into = {"id": "org-boree-ii", "name": "Borée II", "type": "PROJECT"}

    facts, _ = apply(table(), [correction("split", "b", entity="org-boree", into=into)], SOURCES)

    found = {fact.subject.name: fact.articles for fact in facts if fact.predicate == "cost"}
    assert found == {"Borée": 1, "Borée II": 1}


def test_a_correction_survives_an_edit_around_its_words_and_another_folder():
    edited = {"archive/a": SOURCES["a"], "b": SOURCES["b"]}
    longer = {**SOURCES, "a": "Mise à jour. " + SOURCES["a"].replace("4 milliards de", "4 milliards\nde")}
    one = correction("confirm").quote

    assert locate(one, edited).article == "archive/a"
    assert longer["a"][locate(one, longer).start :].startswith("4 milliards\nde dollars")


def test_of_two_places_the_context_decides():
    source = "Hier 5 GW. Puis, plus tard, 5 GW encore."

    assert locate(quote("a", source, 28, 32), {"a": source}).start == 28
    assert locate(Quote(article="a", exact="5 GW"), {"a": source}) is None


def test_a_correction_without_its_words_is_reported_not_dropped():
    gone = {**SOURCES, "a": "Tout a été récrit."}

    facts, outcomes = apply(table(), [correction("reject")], gone)

    assert (facts, problems_of(outcomes)) == (table(), ["orphan_correction"])


def test_a_broken_line_is_a_problem_and_the_others_stand(tmp_path):
    good = correction("confirm").model_dump(mode="json")
    (tmp_path / "corrections.jsonl").write_text(
        "\n".join([json.dumps(good), "{", json.dumps({**good, "action": "burn"}), ""]), encoding="utf-8"
    )

    found, problems = read(tmp_path / "corrections.jsonl")

    assert ([one.action for one in found], [p.code for p in problems]) == (["confirm"], ["bad_correction"] * 2)


@pytest.mark.parametrize("fields", [{"action": "replace"}, {"action": "merge"}, {"action": "split", "entity": "org-a"}])
def test_a_correction_says_all_it_needs(fields):
    with pytest.raises(ValueError, match="needs"):
        Correction(quote=Quote(article="a", exact="x"), **fields)
