"""Whom a figure is about, and how sure the linker says it is."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from faits.flow import Settings, read
from faits.model import Claim, Lang, Metadata, RawArticle
from faits.stages.linking.calibrating import confidence
from faits.stages.linking.weights import weights

CASES = Path(__file__).parents[1] / "cases"


def cases() -> list[Any]:
    return [
        pytest.param(lang, case, id=f"{lang}: {case['why']}")
        for lang in ("fr", "en")
        for case in tomllib.loads((CASES / lang / "figures_linked.toml").read_text(encoding="utf-8"))["case"]
    ]


def claims(text: str, lang: Lang) -> tuple[Claim, ...]:
    raw = RawArticle(
        id="case.txt", sha256="", source=text, encoding="utf-8", format="text", metadata=Metadata(lang=lang)
    )
    return read(raw, Settings()).claims


@pytest.mark.parametrize(("lang", "case"), cases())
def test_a_figure_is_about_whom_its_sentence_says(lang: Lang, case: dict[str, Any]) -> None:
    found = [claim for claim in claims(case["text"], lang) if claim.value is not None]

    told = {
        f"{claim.predicate} | {name} | {claim.quote}"
        for claim in found
        for name in (claim.subject.name, *claim.subject.aliases)
    }
    assert set(case["expect"]) <= told, told
    assert [one for one in told for never in case.get("never", []) if one.startswith(never)] == []


def test_a_claim_about_a_figure_says_how_sure_it_is_and_what_it_left() -> None:
    found = [claim for claim in claims("Solmer a investi 3 milliards d'euros dans Terravia.", "fr") if claim.value]

    assert found
    assert all(claim.confidence is not None and 0 < claim.confidence < 1 for claim in found)
    assert all(any(rule.startswith("subject: ") for rule in claim.rules) for claim in found)


def test_a_surer_subject_makes_a_surer_claim() -> None:
    table = weights("confidence")

    assert confidence(0.9, 0.9, table) > confidence(0.5, 0.9, table) > confidence(0.1, 0.9, table)


def payment_cases() -> list[Any]:
    return [
        pytest.param(lang, case, id=f"{lang}: {case['why']}")
        for lang in ("fr", "en")
        for case in tomllib.loads((CASES / lang / "payments.toml").read_text(encoding="utf-8"))["case"]
    ]


@pytest.mark.parametrize(("lang", "case"), payment_cases())
def test_the_words_that_govern_a_sum_say_who_pays_and_who_gets_it(lang: Lang, case: dict[str, Any]) -> None:
    found = [claim for claim in claims(case["text"], lang) if claim.value is not None]

    told = {
        f"{claim.predicate} | {one} -> {other}"
        for claim in found
        for one in (claim.subject.name, *claim.subject.aliases)
        for other in ("*", *((claim.object.name, *claim.object.aliases) if claim.object else ("nobody",)))
    }
    assert set(case.get("expect", [])) <= told, told
    assert [one for one in told for never in case.get("never", []) if one.startswith(never)] == []


def price_cases() -> list[Any]:
    return [
        pytest.param(lang, case, id=f"{lang}: {case['why']}")
        for lang in ("fr", "en")
        for case in tomllib.loads((CASES / lang / "prices.toml").read_text(encoding="utf-8"))["case"]
    ]


@pytest.mark.parametrize(("lang", "case"), price_cases())
def test_a_price_is_of_the_goods_that_have_it_or_of_who_sells_them(lang: Lang, case: dict[str, Any]) -> None:
    found = [claim for claim in claims(case["text"], lang) if claim.value is not None]

    told = {f"{claim.predicate} | {one} |" for claim in found for one in (claim.subject.name, *claim.subject.aliases)}
    assert {f"{one} |" for one in case.get("expect", [])} <= told, told
    assert [one for one in told for never in case.get("never", []) if one.startswith(never)] == []
