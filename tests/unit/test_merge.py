import tomllib
from pathlib import Path

import pytest

from claims import claim, party, state
from faits.model import Claim, EntityValue, Fact, FactValue
from faits.stages.merge import merge

CASES = Path(__file__).parents[1] / "cases" / "merge"


def cases(name):
    loaded = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(case, id=case["why"]) for case in loaded]


def labelled(case):
    """Each claim with the label its line begins with."""
    return {line.split()[0]: claim(line) for line in case["claims"]}


def rows(facts, claims):
    """The labels behind each row, by id of the row."""
    places = {(one.article, one.start): label for label, one in claims.items()}
    return {fact.id: [places[proof.article, proof.start] for proof in fact.evidence] for fact in facts}


@pytest.mark.parametrize("case", cases("same"))
def test_claims_become_these_rows(case):
    claims = labelled(case)

    found = [set(row) for row in rows(merge(claims.values(), state=state), claims).values()]

    if "expect" in case:
        assert sorted(map(sorted, found)) == sorted(sorted(row.split()) for row in case["expect"])
    for pair in case.get("never", []):
        assert not any(set(pair.split()) <= row for row in found), pair


@pytest.mark.parametrize("case", cases("conflicts"))
def test_rows_contradict_or_replace_each_other(case):
    claims = labelled(case)

    facts = merge(claims.values(), state=state)

    label = {id_: row[0] for id_, row in rows(facts, claims).items()}
    found = {f"{label[f.id]} x {label[o]}" for f in facts for o in f.conflicts if label[f.id] < label[o]}
    found |= {f"{label[f.id]} > {label[o]}" for f in facts for o in f.updates}
    assert found == set(case["expect"])


def test_a_contradiction_is_marked_on_both_rows():
    facts = merge([claim("a | Borée | cost | 4e9 USD"), claim("b | Borée | cost | gt 5e9 USD / 1e9")], state=state)

    assert {fact.conflicts[0] for fact in facts} == {fact.id for fact in facts}


def test_an_amount_restated_in_another_currency_joins_both_worlds():
    here = claim("a | Borée | cost | 2676e9 XOF")
    bracket = claim("a.2 | Borée | cost | 4.8e9 USD / 1e8")
    bracket = bracket.model_copy(update={"value": bracket.value.model_copy(update={"converts": (110, 120)})})
    elsewhere = claim("b | Borée | cost | 4.8e9 USD / 1e8")

    (fact,) = merge([here, bracket, elsewhere], state=state)

    assert (fact.articles, len(fact.evidence)) == (2, 3)
    assert not fact.disagreements


def test_a_copy_adds_evidence_but_no_article():
    lines = ["a | Borée | cost | 4e9 USD", "b | Borée | cost | 4e9 USD", "c | Borée | cost | 4e9 USD"]

    (fact,) = merge(map(claim, lines), copies={"b": "a"}, state=state)

    assert (fact.articles, len(fact.evidence)) == (2, 3)


def test_a_body_printed_twice_is_one_mention():
    one = claim("a | Borée | cost | 4e9 USD")
    again = one.model_copy(update={"start": 900, "end": 950})

    (fact,) = merge([one, again], state=state)

    assert (fact.articles, fact.mentions, len(fact.evidence)) == (1, 1, 2)


def test_a_field_the_articles_put_differently_is_disputed_and_said_on_the_passage():
    figures = {"a": "5e9", "b": "5e9", "c": "max 5e9"}
    lines = [f"{article} | Borée | power_demand | {figure} W" for article, figure in figures.items()]

    (fact,) = merge(map(claim, lines), state=state)

    (dispute,) = fact.disagreements
    assert (dispute.field, [reading.evidence for reading in dispute.readings]) == ("value", [(0, 1), (2,)])
    assert [proof.stated and proof.stated["value"]["bound"] for proof in fact.evidence] == [None, None, "max"]


def test_entities_are_renamed_before_claims_meet_and_the_old_id_is_kept():
    short, long = claim("a | Borée | cost | 4e9 USD"), claim("b | Borée Énergie | cost | 4e9 USD")
    whole = EntityValue(id=party("Borée Énergie").id, name="Borée Énergie", type="ORG")
    before = merge([short], state=state)[0].id

    (fact,) = merge([short, long], entities={("a", short.subject.id): whole}, state=state)

    assert fact.articles == 2
    assert before in fact.replaces


def test_an_id_does_not_follow_articles_order_or_unrelated_news():
    lines = ["x/a | Borée | cost | 4e9 USD | 2024", "x/b | Solane | revenue | 1e9 EUR | 2024"]
    moved = [line.replace("x/", "archive/") for line in lines]
    ids = {fact.id for fact in merge(map(claim, lines), state=state)}

    again = {fact.id for fact in merge(map(claim, [*moved[::-1], "z | Alma | cost | 4e9 USD"]), state=state)}

    assert ids <= again


def test_equal_sums_of_two_years_have_two_ids_and_the_first_keeps_the_plain_one():
    first = claim("a 2021 | Alma -> Borée | investment | 10e6 EUR | 2021")
    second = claim("b 2023 | Alma -> Borée | investment | 10e6 EUR | 2023")
    alone = merge([first], state=state)[0].id

    facts = merge([second, first], state=state)

    assert len({fact.id for fact in facts}) == 2
    assert next(fact.id for fact in facts if fact.time.edtf == "2021") == alone


def test_rows_validate_and_keep_their_bytes():
    facts = merge([claim("a | Borée | cost | approx 4e9 USD | by 2030 | planned")], state=state)

    assert [Fact.model_validate_json(fact.model_dump_json(by_alias=True)) for fact in facts] == facts
    assert isinstance(facts[0].value, FactValue)


def test_nothing_gives_nothing():
    assert merge(list[Claim](), state=state) == []
