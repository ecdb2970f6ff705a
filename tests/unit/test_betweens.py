"""What is written between two names tells how they stand to each other."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

import faits
from faits.flow import Settings, read
from faits.model import Claim, Lang, Metadata, RawArticle

LEXICONS = Path(faits.__file__).parent / "lexicons"
# The examples' names, as names that every reader knows to be of firms.
KNOWN = {"Dalmor": "Alstom", "Norsel": "Siemens"}


def examples() -> list[Any]:
    return [
        pytest.param(lang, row, example, id=f"{lang}: {example}")
        for lang in ("fr", "en")
        for row in tomllib.loads((LEXICONS / lang / "betweens.toml").read_text(encoding="utf-8"))["between"]
        for example in row["examples"]
    ]


def claims(text: str, lang: Lang) -> tuple[Claim, ...]:
    raw = RawArticle(
        id="case.txt", sha256="", source=text, encoding="utf-8", format="text", metadata=Metadata(lang=lang)
    )
    return read(raw, Settings()).claims


@pytest.mark.parametrize(("lang", "row", "example"), examples())
def test_every_example_tells_its_relation_the_right_way_round(lang: Lang, row: dict[str, Any], example: str) -> None:
    text = example
    for name, known in KNOWN.items():
        text = text.replace(name, known)
    found = [one for one in claims(text, lang) if one.predicate == row["predicate"] and one.object is not None]

    order = [(text.find(one.subject.name), text.find(one.object.name)) for one in found if one.object]
    right = [a >= 0 and b >= 0 and (a < b) == (row["subject"] == "first") for a, b in order]
    assert any(right), [(one.subject.name, one.object and one.object.name) for one in found]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Alstom recrute. Siemens livre douze rames cet été."),
        ("fr", "Alstom, que Siemens voulait racheter, a livré douze rames."),
        ("en", "Alstom, which Siemens wanted to buy, delivered twelve trains."),
        ("en", "Alstom makes trains; Siemens too."),
    ],
)
def test_names_that_no_such_words_tie_are_not_tied(lang: Lang, text: str) -> None:
    found = [one for one in claims(text, lang) if one.object is not None and one.value is None]

    assert [one for one in found if one.predicate in {"supply_agreement", "partnership"}] == []
