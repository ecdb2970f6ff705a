"""Numbers in digits and in words: what they are worth and how finely they were stated."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from faits.model import Lang
from faits.text.numbers import number_words_pattern, parse_number

WORTH = [
    ("fr", "deux cent cinquante", "250"),
    ("fr", "septante-cinq", "75"),
    ("fr", "quatre-vingt-dix-sept", "97"),
    ("fr", "quatre-vingts", "80"),
    ("fr", "soixante et onze", "71"),
    ("fr", "375 millions", "375e6"),
    ("fr", "1,2 milliard", "1.2e9"),
    ("fr", "un milliard et demi", "1.5e9"),
    ("fr", "un demi-milliard", "5e8"),
    ("fr", "une dizaine de milliards", "1e10"),
    ("fr", "une demi-douzaine", "6"),
    ("fr", "trois millions deux cent mille", "3.2e6"),
    ("fr", "mille milliards", "1e12"),
    ("fr", "mil neuf cent quatre-vingt-quatre", "1984"),
    ("fr", "1.200.000", "1200000"),
    ("fr", "1\u202f234\u00a0567,89", "1234567.89"),
    ("fr", "1'250'000", "1250000"),
    ("en", "two hundred and fifty million", "250e6"),
    ("en", "two and a half billion", "2.5e9"),
    ("en", "a quarter of a million", "250000"),
    ("en", "half a dozen", "6"),
    ("en", "a couple of million", "2e6"),
    ("en", "12,34,567", "1234567"),
    ("en", "1,234.5", "1234.5"),
    ("en", "1.200", "1.2"),
]


@pytest.mark.parametrize(("lang", "text", "worth"), WORTH)
def test_a_number_is_worth_what_it_says(lang: Lang, text: str, worth: str) -> None:
    read = parse_number(text, lang)

    assert read is not None
    assert read.number == Decimal(worth)


@pytest.mark.parametrize("text", ["2.0.1", "31.01.2026", "192.168.0.1", "deux trois", "1,2,3", "", "neige", "٣"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_number(text, "fr") is None


@pytest.mark.parametrize(
    ("text", "resolution"), [("1,5 milliard", "1e8"), ("1,48 milliard", "1e7"), ("40 000", "1000"), ("1 650", "10")]
)
def test_a_number_keeps_how_finely_it_was_stated(text: str, resolution: str) -> None:
    read = parse_number(text, "fr")

    assert read is not None
    assert read.resolution == Decimal(resolution)


@pytest.mark.parametrize(
    ("lang", "text"),
    [("fr", "trois"), ("fr", "une vingtaine"), ("fr", "vingt et un"), ("en", "a dozen"), ("en", "two")],
)
def test_the_pattern_of_number_words_matches_small_cardinals(lang: Lang, text: str) -> None:
    assert re.fullmatch(number_words_pattern(lang), text)
