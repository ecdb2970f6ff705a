"""Dates and durations as cases: what is found, where, and what it means, without any spaCy pipeline."""

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from faits.extractors.dates import find, normalise, parse_published, published_in
from faits.model import DateValue, Lang, Mention, Problem, Quantity

HERE = Path(__file__).parents[1]
sys.path.insert(0, str(HERE.parent / "tools"))


def cases() -> list[Any]:
    return [
        pytest.param(lang, case, id=f"{lang}-{number}")
        for lang in ("fr", "en")
        for number, case in enumerate(tomllib.loads((HERE / "cases" / lang / "dates.toml").read_text())["case"])
    ]


def read(text: str, lang: Lang, published: str | None) -> tuple[list[Mention], list[Problem]]:
    return normalise(find(text, lang), text, lang, published=published)


def compact(mention: Mention) -> str:
    if isinstance(mention.value, DateValue):
        return f"{mention.value.edtf or 'null'} {mention.value.relation}"
    assert isinstance(mention.value, Quantity)
    return str(mention.value.iso)


@pytest.mark.parametrize(("lang", "case"), cases())
def test_a_case_reads_as_it_says(lang: Lang, case: dict[str, Any]) -> None:
    marked = re.findall(r"⟦(.*?)⟧", case["text"])
    text = re.sub("[⟦⟧]", "", case["text"])

    found, _ = read(text, lang, case.get("published"))

    assert [compact(m) for m in found] == case["expect"], case["why"]
    for mention, span in zip(found, marked, strict=True):
        assert span in mention.text or mention.text in span, case["why"]
        assert text[mention.start : mention.end] == mention.text


@pytest.mark.parametrize(("lang", "value", "relation"), [("fr", 0.97, 0.97), ("en", 0.97, 0.97)])
def test_the_hard_sentences_stay_read(lang: Lang, value: float, relation: float) -> None:
    """A floor under what was reached: a fall is a regression. Recurrences ("par an") may belong to a figure."""
    from score import same_time

    expected = right = strict = spurious = 0
    for line in (HERE / "cases" / "hard_dates.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if case["lang"] != lang:
            continue
        found, _ = read(case["text"], lang, case.get("published"))
        rows = [(m, m.model_dump(mode="json", by_alias=True)["value"]) for m in found]
        spurious += bool(rows) and not case["expect"]
        for want in case["expect"]:
            expected += 1
            near = [v for m, v in rows if m.start < want["start"] + len(want["text"]) and want["start"] < m.end]
            good = [v for v in near if (v.get("iso") == want["iso"] if "iso" in want else same_time(want, v))]
            right += bool(good)
            strict += any("iso" in want or v["relation"] == want["relation"] for v in good)

    assert right >= value * expected
    assert strict >= relation * expected
    assert spurious == 0


def test_dates_that_count_from_nowhere_make_one_problem_that_says_what_to_do() -> None:
    found, problems = read("Il a signé hier. Elle avait refusé la semaine dernière.", "fr", None)

    assert [m.value.edtf for m in found if isinstance(m.value, DateValue)] == [None, None]
    assert [p.code for p in problems] == ["no_publication_date"]
    assert "published" in problems[0].advice


@pytest.mark.parametrize(
    ("text", "lang", "published"),
    [
        ("Un titre\nPublié le 3 mai 2024 à 9h12\nLe texte.", "fr", "2024-05-03"),
        ("Un titre\n\nAgence de la Côte • 28/03/2025 à 07:45\n\nLe texte.", "fr", "2025-03-28"),
        ("Un titre\r\n\r\nRédaction Ouest, le 09/01/2025 à 19h12\r\nLe texte.", "fr", "2025-01-09"),
        ("A title\nPosted on March 12, 2024\nThe text.", "en", "2024-03-12"),
        ("Un titre\nLe 3 mai 2024, le maire a signé.", "fr", None),
        (
            "Un titre\nLe préfet rappelle que le décret publié le 3 mai 2024 au Journal officiel interdit aux communes "
            "du littoral d'étendre leurs digues sans l'accord de la région.",
            "fr",
            None,
        ),
        ("Un titre\n\nBrest, le 3 mai 2024. Le maire a signé hier.", "fr", "2024-05-03"),
        ("Un titre\n\nEntretien. Propos recueillis par Lise Aubry, le 3 mai 2024\n\nLe texte.", "fr", "2024-05-03"),
        ("BREST, 3 mai 2024 (Agence de la Côte) — Le maire a signé.", "fr", "2024-05-03"),
    ],
)
def test_a_line_may_say_when_the_article_came_out(text: str, lang: Lang, published: str | None) -> None:
    assert published_in(text, lang) == published


@pytest.mark.parametrize("value", ["soon", "2024-13", "", "12"])
def test_what_is_no_date_is_none(value: str) -> None:
    assert parse_published(value, "en") is None
