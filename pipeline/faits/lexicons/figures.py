"""Rows of the lexicons of figures: number words, units, currencies, cues; and the tables built from them.

Every table is built once a language, checked as it is built, and looked up by the lower-case form of a token or by the
tuple of tokens a form is made of.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Literal

from pydantic import field_validator

from faits.errors import LexiconError
from faits.lexicons.loader import LexiconRow, rows
from faits.model import Lang

Role = Literal["unit", "ten", "hundred", "scale", "collective", "half", "share", "ordinal", "glyph"]


class NumberRow(LexiconRow):
    """A number word: its value and how it takes part in a number."""

    role: Role
    value: str
    written: tuple[str, ...]
    approx: bool = False

    @field_validator("value")
    @classmethod
    def _is_number(cls, value: str) -> str:
        Fraction(value)  # what is no number is told with its row, at start-up
        return value

    @property
    def number(self) -> Decimal:
        """The value as a decimal; thirds are cut after 28 digits."""
        return _decimal(self.value)


@cache
def _decimal(value: str) -> Decimal:
    share = Fraction(value)
    return Decimal(share.numerator) / Decimal(share.denominator)


@cache
def number_words(lang: Lang) -> dict[str, NumberRow]:
    """The number words of a language by their written form.

    Raises:
        LexiconError: a form is given twice, or a value is no number.
    """
    table: dict[str, NumberRow] = {}
    for row in rows(f"{lang}/numbers.toml", "number", NumberRow):
        for form in row.written:
            if form in table:
                raise LexiconError(f'{lang}/numbers.toml: "{form}" is written twice; keep one row')
            table[form] = row
    return table


# --- units and currencies ---------------------------------------------------------------------------------------------


class PrefixRow(LexiconRow):
    """A decimal prefix: its symbol, its factor, its name in each language."""

    symbol: str
    factor: Decimal
    fr: tuple[str, ...]
    en: tuple[str, ...]


class UnitRow(LexiconRow):
    """A unit of measurement: its kind, its SI unit, what one of it is in the words of pint, its symbols."""

    code: str
    kind: Literal[
        "power", "energy", "mass", "length", "area", "volume", "temperature", "emissions", "data", "ratio", "points",
        "quantity", "time",
    ]  # fmt: skip
    si: str
    pint: str | None = None
    symbols: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    entity: str | None = None
    bare: bool = True
    weak: bool = False


class UnitFormRow(LexiconRow):
    """The names of one unit in one language."""

    code: str
    written: tuple[str, ...]
    symbol: bool = False
    prefixed: bool = False
    compose: bool = True


class SignRow(LexiconRow):
    """Signs and codes of a currency."""

    code: str
    symbols: tuple[str, ...]
    assumed: bool = False
    minor: bool = False


class CurrencyRow(LexiconRow):
    """Names of a currency in one language."""

    code: str
    written: tuple[str, ...]
    assumed: bool = False
    minor: bool = False
    strong: Literal["scale", "digits"] | None = None


# --- the words around a number ----------------------------------------------------------------------------------------


class CueRow(LexiconRow):
    """Words that bound a figure, and the side they stand on."""

    bound: Literal["approx", "gt", "lt", "min", "max"]
    side: Literal["before", "after"]
    written: tuple[str, ...]


class AbbreviationRow(LexiconRow):
    """A scale written short."""

    value: Decimal
    written: tuple[str, ...]


class PerRow(LexiconRow):
    """What a figure applies to each of; `own` keeps the noun as written, save the first."""

    code: str
    written: tuple[str, ...]
    adverbs: tuple[str, ...] = ()
    own: bool = False


class SubstanceRow(LexiconRow):
    """Words that make a mass an emission."""

    written: tuple[str, ...]


class VerbRow(LexiconRow):
    """Which way a change goes; `stems` take the endings of the first conjugation."""

    direction: Literal["up", "down"]
    stems: tuple[str, ...] = ()
    written: tuple[str, ...]


class WordRow(LexiconRow):
    """Words by the part they play beside a number."""

    role: Literal[
        "ranging", "label", "stop", "adjective", "definite", "contrast", "plural", "difference", "passing", "time",
        "proceeds", "below", "emitted", "number", "copula", "adverb", "later",
    ]  # fmt: skip
    written: tuple[str, ...]


class MultipleRow(LexiconRow):
    """A word that multiplies by itself: "doubler", "threefold"."""

    value: Decimal
    written: tuple[str, ...]


class TimesRow(LexiconRow):
    """Words that make a number a multiple: "fois", "plus", "multiplié par"."""

    role: Literal["times", "more", "less", "by"]
    written: tuple[str, ...]
