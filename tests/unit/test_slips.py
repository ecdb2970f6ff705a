"""A sentence with a word missing or wrong is reported, and a sound one is not."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from faits.flow import Settings, read
from faits.lexicons.loader import rows
from faits.lexicons.slips import SlipWordsRow, WantingRow
from faits.model import Lang, Metadata, RawArticle
from faits.stages.annotate import annotate
from faits.text.slips import slips

CASES = Path(__file__).parent.parent / "cases"
LANGS: tuple[Lang, ...] = ("fr", "en")


def cases() -> list[tuple[Lang, str]]:
    files = [(lang, tomllib.loads((CASES / lang / "slips.toml").read_text(encoding="utf-8"))) for lang in LANGS]
    return [(lang, case["text"]) for lang, content in files for case in content["case"]]


@pytest.mark.parametrize(("lang", "marked"), cases())
def test_what_is_marked_is_reported_and_nothing_else(lang: Lang, marked: str) -> None:
    text = re.sub("[⟦⟧]", "", marked)

    found = [text[slip.start : slip.end] for slip in slips(annotate(text, lang), lang)]

    assert found == re.findall("⟦(.*?)⟧", marked)


@pytest.mark.parametrize("lang", LANGS)
def test_every_example_of_a_word_that_shows_a_slip_is_reported(lang: Lang) -> None:
    shown = [
        example
        for table, schema in (
            ("wanting", WantingRow),
            ("doubled", SlipWordsRow),
            ("singular", SlipWordsRow),
            ("plural", SlipWordsRow),
        )
        for row in rows(f"{lang}/slips.toml", table, schema)
        for example in row.examples
    ]

    assert [example for example in shown if not slips(annotate(example, lang), lang)] == []


def test_a_problem_points_at_the_source_behind_what_was_removed() -> None:
    source = " date 2024-06 Le groupe a besoin trois turbines il y a deux ans pour tenir ses délais, dit-il.\n"
    raw = RawArticle(id="a", sha256="", source=source, encoding="utf-8", format="text", metadata=Metadata(lang="fr"))

    problems = read(raw, Settings()).problems

    assert {p.text for p in problems} >= {"besoin trois"}
    assert [source[p.start : p.end] for p in problems] == [p.text for p in problems]
