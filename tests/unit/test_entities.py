"""Names in text: the cases of tests/cases/<lang>/entities.toml, and what holds of every text."""

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faits.extractors.entities import EMPTY, descriptions, find, normalise, own_gazetteer, roles
from faits.model import EntityValue, Lang, Mention
from faits.stages.find import outer

CASES = Path(__file__).parent.parent / "cases"


def cases(lang: Lang) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads((CASES / lang / "entities.toml").read_text(encoding="utf-8"))["case"]
    return rows


def read(text: str, lang: Lang, **gazetteer: Any) -> list[Mention]:
    return normalise(find(text, lang, None, **gazetteer), text, lang, None)


def named(mentions: list[Mention]) -> set[str]:
    return {f"{m.value.type} {m.value.name}" for m in mentions if isinstance(m.value, EntityValue)}


ALL = [pytest.param(lang, case, id=f"{lang}: {case['why']}") for lang in ("fr", "en") for case in cases(lang)]


@pytest.mark.parametrize(("lang", "case"), ALL)
def test_every_entity_of_the_case_and_no_other_is_found(lang: Lang, case: dict[str, Any]) -> None:
    assert named(read(case["text"], lang)) == set(case["expect"])


@pytest.mark.parametrize(("lang", "case"), [p for p in ALL if "points" in p.values[1]])  # type: ignore[operator]
def test_a_description_points_to_the_entity_of_the_case(lang: Lang, case: dict[str, Any]) -> None:
    text = case["text"]

    found = descriptions(text, lang, outer(read(text, lang)), None)

    assert [f"{text[start:end]} -> {value.name}" for start, end, value in found] == case["points"]


@pytest.mark.parametrize(("lang", "case"), [p for p in ALL if "roles" in p.values[1]])  # type: ignore[operator]
def test_a_function_is_given_to_the_person_of_the_case(lang: Lang, case: dict[str, Any]) -> None:
    text = case["text"]

    found = roles(text, lang, outer(read(text, lang)), None)

    said = [
        f"{text[slice(*r.person)]}: {r.function}, {text[slice(*r.organisation)] if r.organisation else None}"
        for r in found
    ]
    assert said == case["roles"]


def test_a_name_of_the_users_gazetteer_wins_over_ours() -> None:
    own = own_gazetteer('[[name]]\nname = "Cabinet Microsoft"\ntype = "PERSON"\nalso = ["Microsoft"]\n')

    (mention,) = read("Selon Microsoft, rien ne change.", "fr", gazetteer=own)

    assert mention.value == EntityValue(
        id="person-cabinet-microsoft", name="Cabinet Microsoft", type="PERSON", aliases=("Microsoft",)
    )


def test_a_name_the_gazetteer_types_keeps_its_type() -> None:
    found = read("La ville de Microsoft s'étend. À Microsoft, on recrute.", "fr")

    assert named(found) == {"ORG Microsoft"}


def test_an_emptied_gazetteer_leaves_the_context_to_tell() -> None:
    found = read("La start-up Microsoft lève des fonds.", "fr", gazetteer=EMPTY)

    assert named(found) == {"ORG Microsoft"}


WORDS = st.sampled_from(
    ["la", "start-up", "Kervane", "de", "l'", "usine", "Lannion", "Sam", "Altman", "(AIE)", ",", ".", "\n", "«", "»",
     "PDG", "the", "plant", "Coventry", "2", "État", "d'", "Energy", "SA", "et", "12 %"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(WORDS, max_size=25), st.sampled_from(["fr", "en"]))
def test_names_quote_the_text_and_overlap_only_where_one_is_nested(parts: list[str], lang: Lang) -> None:
    text = " ".join(parts)

    found = find(text, lang, None)

    assert all(m.text == text[m.start : m.end] for m in found)
    assert [(m.start, -m.end) for m in found] == sorted((m.start, -m.end) for m in found)
    standing = outer(found)
    assert all(one.end <= other.start for one, other in pairwise(standing))
    for name in found:
        if name not in standing:
            assert any(o.start <= name.start and name.end <= o.end for o in standing)
