"""What the linker must and must not say of sentences written for it: relations, dates, modality, attribution."""

import tomllib
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from faits.flow import Settings, read
from faits.model import Claim, Lang, Metadata, Party, RawArticle

CASES = Path(__file__).parents[1] / "cases"


def cases(topic: str) -> list[Any]:
    found = []
    for lang in ("fr", "en"):
        table = tomllib.loads((CASES / lang / f"{topic}.toml").read_text(encoding="utf-8"))
        found += [pytest.param(lang, case, id=f"{lang}: {case['why']}") for case in table["case"]]
    return found


@cache
def claims(text: str, lang: Lang, published: str | None) -> tuple[Claim, ...]:
    raw = RawArticle(
        id="case.txt",
        sha256="",
        source=text,
        encoding="utf-8",
        format="text",
        metadata=Metadata(lang=lang, published=published),
    )
    return read(raw, Settings()).claims


def called(party: Party | None) -> set[str]:
    """Every name the article calls a party by."""
    return {party.name, *party.aliases} if party is not None else {"nobody"}


def relations(claim: Claim) -> set[str]:
    """A claim as the cases write it, "predicate | subject -> object", under each of its parties' names."""
    pairs = product(called(claim.subject), called(claim.object))
    return {f"{claim.predicate} | {subject} -> {other}" for subject, other in pairs}


@pytest.mark.parametrize(("lang", "case"), cases("relations"))
def test_relations(lang: Lang, case: dict[str, Any]) -> None:
    found = claims(case["text"], lang, case.get("published"))

    told = {one for claim in found if claim.value is None for one in relations(claim)}
    assert set(case.get("expect", [])) <= told, told
    banned = [one for one in told for never in case.get("never", []) if one == never or one.startswith(f"{never} |")]
    assert banned == []


def dated(claim: Claim) -> set[str]:
    """A claim as the cases of events write it: "predicate | subject | period"."""
    return {f"{claim.predicate} | {name} | {claim.time.edtf if claim.time else None}" for name in called(claim.subject)}


@pytest.mark.parametrize(("lang", "case"), cases("events"))
def test_events(lang: Lang, case: dict[str, Any]) -> None:
    found = claims(case["text"], lang, case.get("published"))

    told = {one for claim in found if claim.value is None for one in dated(claim)}
    assert set(case.get("expect", [])) <= told, told
    banned = [one for one in told for never in case.get("never", []) if one == never or one.startswith(f"{never} |")]
    assert banned == []


@pytest.mark.parametrize(("lang", "case"), cases("modality"))
def test_modality(lang: Lang, case: dict[str, Any]) -> None:
    found = claims(case["text"], lang, case.get("published"))

    wanted = {one.split(" | ")[0] for one in case["expect"]}
    assert {f"{c.predicate} | {c.modality}" for c in found if c.predicate in wanted} == set(case["expect"])


@pytest.mark.parametrize(("lang", "case"), cases("attribution"))
def test_attribution(lang: Lang, case: dict[str, Any]) -> None:
    found = claims(case["text"], lang, case.get("published"))

    wanted = {one.split(" | ")[0] for one in case["expect"]}
    told = {f"{c.predicate} | {c.attribution or 'nobody'}" for c in found if c.predicate in wanted}
    assert told == set(case["expect"])


@pytest.mark.parametrize(("lang", "case"), cases("times"))
def test_the_time_of_a_figure(lang: Lang, case: dict[str, Any]) -> None:
    found = claims(case["text"], lang, case.get("published"))

    told = {f"{c.quote} | {c.time.edtf if c.time else None}" for c in found if c.value is not None}
    wanted = set(case["expect"])
    figures = {one.split(" | ")[0] for one in wanted}
    assert {one for one in told if one.split(" | ")[0] in figures} == wanted, told
