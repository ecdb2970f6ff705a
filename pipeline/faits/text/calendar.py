"""The periods a text can name, as the grammar reads them and before any of them is tied to a day.

They say only what stands in the text: a month without year has none, "l'an dernier" is one year back from something.
`faits.text.calendar_resolve` ties them to days.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from faits.model import Bound, Relation

Unit = Literal[
    "second", "minute", "hour", "day", "weekend", "week", "fortnight", "month", "quarter", "half", "year", "decade",
    "century", "fiscal",
]  # fmt: skip

# What a relative date counts from: the day of publication, or the last date the text gave.
Origin = Literal["now", "last"]

# "close" is "la fin": the last third, but the last day of what is due by then.
Slice = Literal["early", "mid", "late", "close", "start", "end"]


@dataclass(frozen=True, slots=True)
class Named:
    """A day, month, part of year or year by its name; None for what is not said.

    `part` is an EDTF sub-year code (21-24, 33-36, 40-41), `easter` the days from Easter to a feast. `turn` is -1 for
    "dernier", 0 for "ce", 1 for "prochain", counted from `origin`.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: int | None = None
    turn: int | None = None
    origin: Origin = "now"
    easter: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A decade or a century by its first year."""

    first: int
    years: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A unit of the calendar so many turns away: "hier", "cette année", "le mois suivant"."""

    unit: Unit
    by: int
    origin: Origin = "now"


@dataclass(frozen=True, slots=True)
class Counted:
    """So many units away: "il y a trois ans", "deux ans plus tard". A vague count has None."""

    unit: Unit
    count: Decimal | None
    sign: int
    origin: Origin = "now"


@dataclass(frozen=True, slots=True)
class Stretch:
    """The last or next so many units up to or from now: "ces dernières années", "les six prochains mois"."""

    unit: Unit
    count: Decimal | None
    sign: int


@dataclass(frozen=True, slots=True)
class Slit:
    """A part of a period: its first, middle or last third, or the point where it begins or ends."""

    part: Slice
    of: Period


@dataclass(frozen=True, slots=True)
class Span:
    """From one period to another, both included."""

    first: Period
    last: Period


@dataclass(frozen=True, slots=True)
class Fiscal:
    """A business year by the calendar years it touches: "exercice 2023-2024"; `part` is a quarter or half of it."""

    first: int
    last: int
    part: int | None = None


@dataclass(frozen=True, slots=True)
class UpTo:
    """So many months that end with a named one: "the year to March", "the six months to June 2025"."""

    months: int
    last: Named


@dataclass(frozen=True, slots=True)
class Same:
    """The months last spoken of, in another year: "la même période de 2023"."""

    of: Named | Turn


Period = Same | Named | Block | Turn | Counted | Stretch | Slit | Span | Fiscal | UpTo


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date as read: the period, how the passage stands to it, whether the words blur it."""

    period: Period
    relation: Relation = "in"
    approx: bool = False
    tense: str | None = None  # of the words around it, for lack of a parser: past, present or future
    paragraph: int = 0  # where its paragraph starts: a date of another one is no anchor


@dataclass(frozen=True, slots=True)
class LengthReading:
    """A duration or a recurrence as read."""

    unit: Unit
    number: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    bound: Bound = "exact"
    recurring: bool = False
    halves: bool = False  # "et demi" was said in words: half a year is written six months


Reading = DateReading | LengthReading
