"""Every example of a lexicon row shows the row at work: it holds one of the row's forms."""

import re
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest

import faits
from faits.extractors.dates import find
from faits.text.calendar_words import ANCHORS

LEXICONS = Path(faits.__file__).parent / "lexicons"


def rows_of(path: Path) -> list[tuple[str, int, dict[str, Any]]]:
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return [(table, n, row) for table, rows in tables.items() for n, row in enumerate(rows, 1)]


def fold(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    return "".join(c for c in letters if not unicodedata.combining(c)).replace("œ", "oe")


def holds(example: str, form: str) -> bool:
    """Whether a sentence holds a form; "*" stands for the end of a word, and a last "de" may be elided."""
    wanted = re.escape(re.sub(r" de$", " d", fold(form))).replace(r"\*", r"\w*").replace(r"\ ", r"[\s\u00a0\u202f]+")
    return re.search(wanted, fold(example)) is not None


FILES = sorted(path for path in LEXICONS.rglob("*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(LEXICONS).as_posix())
def test_every_row_has_examples(path: Path) -> None:
    rows = rows_of(path)

    assert rows
    assert [(table, n) for table, n, row in rows if not row.get("examples")] == []


# The words of boilerplate are patterns of their own, which test_clean reads.
@pytest.mark.parametrize(
    "path", [p for p in FILES if p.stem != "boilerplate"], ids=lambda path: path.relative_to(LEXICONS).as_posix()
)
def test_every_example_holds_a_form_of_its_row(path: Path) -> None:
    """Rows that list their forms; the others (units by code, statements by template) have tests of their own."""
    wrong = [
        (table, n, example)
        for table, n, row in rows_of(path)
        for example in row["examples"]
        if isinstance(row.get("written"), list)
        and "stems" not in row
        and not any(holds(example, form) for form in row["written"])
    ]

    assert wrong == []


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_calendar_word_that_anchors_makes_a_date_or_a_duration_in_its_example(lang: Any) -> None:
    silent = [
        (row["role"], example)
        for _, _, row in rows_of(LEXICONS / lang / "calendar.toml")
        for example in row["examples"]
        if row["role"] in ANCHORS and not find(example, lang)
    ]

    assert silent == []
