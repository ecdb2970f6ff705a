"""The cases of numbers, money and quantities: text in, spans and values out."""

from __future__ import annotations

import json
import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from faits.extractors import money, quantities
from faits.model import Lang, Mention, Quantity
from faits.text.figures import figures

CASES = Path(__file__).parents[1] / "cases"
TOPICS = ("numbers", "money", "quantities")


def read(text: str, lang: Lang) -> list[Mention]:
    found = figures(text, lang)
    amounts = money.find(text, lang, found)
    meant = money.currencies_meant(amounts, text, lang)
    mentions = [
        *(money.normalise(m, meant=meant) for m in amounts),
        *(quantities.normalise(m) for m in quantities.find(text, lang, found)),
    ]
    return sorted(mentions, key=lambda m: m.start)


def compact(mention: Mention) -> str:
    value = mention.value
    assert isinstance(value, Quantity)
    number = f"{value.low:.6g}..{value.high:.6g}" if value.number is None else f"{value.number:.6g}"
    extras = [("per", value.per), ("from", value.from_), ("of", value.of), ("base", value.price_base)]
    tail = "".join(f" {name}={given}" for name, given in extras if given is not None)
    return f"{mention.kind} {number} {value.unit} {value.bound}{tail}"


def cases() -> list[Any]:
    found = []
    for lang in ("fr", "en"):
        for topic in TOPICS:
            content = tomllib.loads((CASES / lang / f"{topic}.toml").read_text(encoding="utf-8"))
            numbered = enumerate(content["case"], 1)
            found += [pytest.param(lang, case, id=f"{lang}-{topic}-{n}") for n, case in numbered]
    return found


@pytest.mark.parametrize(("lang", "case"), cases())
def test_a_case_reads_as_it_says(lang: Lang, case: dict[str, Any]) -> None:
    spans = re.findall(r"⟦(.*?)⟧", case["text"])
    text = case["text"].replace("⟦", "").replace("⟧", "")

    found = read(text, lang)

    assert [compact(m) for m in found] == case["expect"], case["why"]
    assert [m.text for m in found] == spans, case["why"]


def hard() -> list[Any]:
    lines = (CASES / "hard_quantities.jsonl").read_text(encoding="utf-8").splitlines()
    return [pytest.param(row, id=row["id"]) for row in map(json.loads, lines)]


@pytest.mark.parametrize("row", hard())
def test_a_hard_sentence_gives_every_figure_its_value_and_bound(row: dict[str, Any]) -> None:
    expected = [e for e in row["expect"] if e["kind"] != "duration"]

    found = read(row["text"], row["lang"])

    for e in expected:
        near = [m for m in found if m.start < e["start"] + len(e["text"]) and e["start"] < m.end]
        assert any(_says(m.value, e) for m in near), e["text"]
    if not row["expect"]:
        assert [m.text for m in found] == []


def _says(value: Any, e: dict[str, Any]) -> bool:
    if value.unit not in {e["unit"], *e.get("accept_unit", [])} or value.bound != e["bound"]:
        return False
    if e["bound"] == "indefinite":
        return value.number is None
    wanted = [(e["number"], value.number), (e["low"], value.low), (e["high"], value.high), (e.get("from"), value.from_)]
    return all(given == pytest.approx(stated, rel=1e-3) for stated, given in wanted if stated is not None)


def test_every_mention_quotes_its_text_in_order() -> None:
    text = "De 3 à 5 GW, soit 12 % de plus ; 300 M€ (330 M$) pour deux réacteurs et 4 000 m²."

    found = read(text, "fr")

    assert [m.text for m in found] == [text[m.start : m.end] for m in found]
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_a_conversion_in_brackets_points_to_what_it_converts() -> None:
    text = "Le contrat vaut 100 milliards de dollars (92 milliards d'euros)."

    first, second = read(text, "fr")

    assert isinstance(second.value, Quantity)
    assert second.value.converts == (first.start, first.end)


@pytest.mark.parametrize(
    ("text", "unit", "assumed"),
    [
        ("Le plan coûte 7 milliards de dollars.", "USD", True),
        ("Le plan coûte 7 milliards de dollars canadiens, et non 6 milliards de dollars.", "CAD", None),
        ("Le plan coûte 7 milliards de dollars canadiens (5 milliards de dollars).", "USD", True),
        ("Le plan coûte 7 milliards de $ CA, dont un prêt de 2 milliards de $.", "USD", True),
        ("La Norvège paiera 136 milliards de couronnes.", "NOK", True),
        ("La Norvège et la Suède paieront 136 milliards de couronnes.", "SEK", True),
    ],
)
def test_a_currency_is_assumed_unless_the_article_says_which_it_means(text: str, unit: str, assumed: bool) -> None:
    value = read(text, "fr")[-1].value

    assert isinstance(value, Quantity)
    assert (value.unit, value.currency_assumed) == (unit, assumed)
