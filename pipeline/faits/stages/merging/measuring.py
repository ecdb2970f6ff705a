"""Figures and dates as intervals: how far a value reaches once it is widened by how finely it was stated."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from faits.model import DateValue, Quantity

# A figure written to one digit ("2 milliards") is rounded, but nobody rounds 1.4 to 1: no figure reaches further.
ROUNDED = 0.10
# "Environ 125" covers 122 to 128 even though it shows three digits; "près de 2" never covers more than 1.8 to 2.2.
APPROX_LEAST, APPROX_MOST = 0.025, 0.10
# "Plus de 13" is said of 13.2, not of 20: one unit of its last non-zero digit, and no more than this share.
BEYOND = 0.15
# Two intervals that only touch, up to the error of floating-point numbers, do not overlap.
TOUCHING = 1e-6
# Denominators of the fractions a text may state in words ("deux tiers").
FRACTIONS = (3, 6, 7, 9)

FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)


class Figure(NamedTuple):
    """The numbers of a quantity, and their unit."""

    unit: str
    number: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Interval:
    """The values a statement leaves open, both ends included."""

    low: float
    high: float

    def meet(self, other: Interval) -> Interval | None:
        """What both leave open, or None when they contradict each other."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        narrowest = min(self.high - self.low, other.high - other.low)
        return Interval(low, high) if high - low >= narrowest * TOUCHING else None


def reach(value: Quantity) -> Interval | None:
    """The values a figure can stand for; None for an indefinite one ("plusieurs milliards").

    >>> from faits.model import Stated
    >>> reach(Quantity(number=1.5e9, unit="EUR", stated=Stated(number=1.5e9, unit="EUR", resolution=1e8)))
    Interval(low=1450000000.0, high=1550000000.0)
    """
    if value.bound == "indefinite":
        return None
    if value.number is None:
        return _range(value)
    number, size = value.number, abs(value.number)
    half = min(resolution(value) / 2, size * ROUNDED)
    span = min(max(roundness(value), half), size * BEYOND) if size else 0.0
    match value.bound:
        case "approx":
            half = max(half, min(max(roundness(value) / 2, size * APPROX_LEAST), size * APPROX_MOST))
            return Interval(number - half, number + half)
        case "min" | "gt":
            return Interval(number - half, number + span)
        case "max" | "lt":
            return Interval(number - span, number + half)
        case _:
            return Interval(number - half, number + half)


def rounds(a: Quantity, b: Quantity, *, plain: bool = True) -> bool:
    """Whether the finer of two figures can be rounded to the other; True where one is a range or, if `plain`, bounded.

    >>> from faits.model import Stated
    >>> nine = Quantity(number=9e9, unit="EUR", stated=Stated(number=9e9, unit="EUR", resolution=1e9))
    >>> rounds(nine, Quantity(number=8.5e9, unit="EUR", stated=Stated(number=8.5e9, unit="EUR", resolution=1e8)))
    False
    """
    if a.number is None or b.number is None or a.unit != b.unit or (plain and {a.bound, b.bound} != {"exact"}):
        return True
    coarse = max(resolution(a), resolution(b))
    return abs(a.number - b.number) < coarse / 2 * (1 - TOUCHING) or identical(a, b)


def _range(value: Quantity) -> Interval | None:
    ends = [x for x in (value.low, value.high) if x is not None]
    if not ends:
        return None
    half = min(resolution(value) / 2, min(abs(x) for x in ends) * ROUNDED)
    return Interval(min(ends) - half, max(ends) + half)


def resolution(value: Quantity) -> float:
    """How finely a figure was stated, in its normalised unit; guessed from its digits when nobody noted it."""
    if value.stated is not None and value.stated.resolution:
        return abs(value.stated.resolution * _factor(value))
    written, factor = _written(value)
    if not written:
        return 0.0
    guess = min(_last_digit(written), 10.0 ** max(math.floor(math.log10(abs(written))) - 1, -12))
    return max(guess, 1.0 if abs(written) >= 1 and written == int(written) else 0.0) * abs(factor)


def roundness(value: Quantity) -> float:
    """One unit of the last non-zero digit, in the normalised unit: 1e9 for "13 milliards", 1e4 for "130 000"."""
    written, factor = _written(value)
    if not written:
        return 0.0
    if _is_fraction(written):
        return abs(written) * 2 * APPROX_MOST * abs(factor)
    return _last_digit(written) * abs(factor)


def digits(value: Quantity | None) -> int:
    """How many significant digits a figure shows: how unlikely it is that two things share it by chance."""
    if value is None:
        return 0
    written, _ = _written(value)
    if not written or _is_fraction(written):
        return 1
    shown = len(Decimal(f"{abs(written):.12g}").normalize().as_tuple().digits)
    return shown + 1 if value.number is None and value.low != value.high else shown


def identical(a: Quantity | Figure, b: Quantity | Figure) -> bool:
    """Whether two figures are the same number, or the same two ends, whatever their bounds."""
    return a.unit == b.unit and all(_close(x, y) for x, y in ((a.number, b.number), (a.low, b.low), (a.high, b.high)))


def _close(x: float | None, y: float | None) -> bool:
    if x is None or y is None:
        return x is y
    return math.isclose(x, y, rel_tol=1e-6)


def _written(value: Quantity) -> tuple[float, float]:
    """The number as written, and what one of it is in the normalised unit."""
    factor = _factor(value)
    for x in (value.number, value.high, value.low):
        if x is not None:
            return x / factor, factor
    return 0.0, 1.0


def _factor(value: Quantity) -> float:
    stated = value.stated
    if stated is not None:
        for whole, part in ((value.number, stated.number), (value.high, stated.high), (value.low, stated.low)):
            if whole and part:
                return abs(whole / part)
    return 1.0


def _last_digit(number: float) -> float:
    exponent = Decimal(f"{abs(number):.12g}").normalize().as_tuple().exponent
    return float(Decimal(1).scaleb(exponent)) if isinstance(exponent, int) else 0.0


def _is_fraction(number: float) -> bool:
    """Whether a number is a third or a seventh of something rather than a decimal anyone writes."""
    shown = Decimal(f"{abs(number):.12g}").normalize().as_tuple().digits
    if len(shown) < 4:
        return False
    for scale in (1, 100):
        share = abs(number) / scale
        if share < 1 and any(abs(share * d - round(share * d)) < 1e-3 for d in FRACTIONS):
            return True
    return False


# --- dates ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, as day numbers."""

    first: int
    last: int

    @property
    def days(self) -> int:
        """How many days it counts."""
        return self.last - self.first + 1

    def meet(self, other: Period) -> Period | None:
        """The days both have."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Period(first, last) if first <= last else None


def named(time: DateValue | None) -> Period | None:
    """The period a date names, whatever its relation; None when it could not be resolved."""
    if time is None or (time.earliest is None and time.latest is None):
        return None
    first = day(time.earliest) if time.earliest else None
    last = day(time.latest, last=True) if time.latest else None
    if first is None and last is None:
        return None
    first = last if first is None else first
    last = first if last is None else last
    assert first is not None and last is not None
    return Period(min(first, last), max(first, last))


def open_period(time: DateValue | None) -> Period | None:
    """The days a dated event can fall on: "d'ici 2030" is all that comes before, "dès 2028" all that comes after."""
    period = named(time)
    if period is None or time is None:
        return None
    match time.relation:
        case "from" | "after" | "not_before":
            return Period(period.first, LAST.toordinal())
        case "by" | "before" | "until":
            return Period(FIRST.toordinal(), period.last)
        case _:
            return period


def day(text: str, *, last: bool = False) -> int | None:
    """The day number of an EDTF date, its first day or its last; None for anything but year, month and day.

    >>> day("2024-06") == date(2024, 6, 1).toordinal(), day("2024", last=True) == date(2024, 12, 31).toordinal()
    (True, True)
    """
    parts = text.split("-")
    try:
        numbers = [int(part) for part in parts]
        if not last:
            return date(*[*numbers, 1, 1][:3]).toordinal()
        if len(numbers) == 3:
            return date(*numbers).toordinal()
        year, month = (numbers[0], numbers[1]) if len(numbers) == 2 else (numbers[0], 12)
        after = date(year + month // 12, month % 12 + 1, 1) if year < LAST.year else LAST
        return (after - timedelta(days=1)).toordinal()
    except (ValueError, TypeError):
        return None
