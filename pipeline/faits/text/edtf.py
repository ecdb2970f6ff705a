"""EDTF, the dates of ISO 8601-2: writing the levels the tables use, and the days a written one covers.

Source: Library of Congress, "Extended Date/Time Format (EDTF) Specification" (2019), levels 0 and 1, and of level 2 the
sub-year groupings: 21-24 seasons of the north, 33-36 quarters, 37-39 thirds ("quadrimesters"), 40-41 halves.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

# First month and number of months of every sub-year grouping we write. A winter begins in the December of its year.
GROUPS: dict[int, tuple[int, int]] = {
    **{21 + i: (3 + 3 * i, 3) for i in range(4)},
    **{33 + i: (1 + 3 * i, 3) for i in range(4)},
    **{37 + i: (1 + 4 * i, 4) for i in range(3)},
    **{40 + i: (1 + 6 * i, 6) for i in range(2)},
}

_PLAIN = re.compile(r"(-?\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2})(?:-(\d{2}))?)?[~?%]?")


@dataclass(frozen=True, slots=True)
class Days:
    """A period: how EDTF writes it, its first and its last day; None on a side that is open."""

    edtf: str
    first: date | None
    last: date | None

    @property
    def approximate(self) -> Days:
        """The same period, marked approximate: "2030~"; an interval carries no mark."""
        return self if "/" in self.edtf or self.edtf.endswith("~") else Days(self.edtf + "~", self.first, self.last)


def day(when: date) -> Days:
    """One day.

    >>> day(date(2024, 3, 12)).edtf
    '2024-03-12'
    """
    return Days(when.isoformat(), when, when)


def stated_day(year: int, month: int, number: int) -> Days | None:
    """The day of a month; None when there is none.

    >>> stated_day(2024, 2, 31) is None
    True
    """
    try:
        return day(date(year, month, number))
    except ValueError:
        return None


def month(year: int, number: int) -> Days:
    """One month.

    >>> month(2024, 2).last
    datetime.date(2024, 2, 29)
    """
    return Days(f"{year:04}-{number:02}", date(year, number, 1), _month_end(year, number))


def year(number: int) -> Days:
    """One year."""
    return Days(f"{number:04}", date(number, 1, 1), date(number, 12, 31))


def group(in_year: int, code: int) -> Days:
    """A season, quarter, third or half of a year, by its EDTF code.

    >>> group(2023, 24)
    Days(edtf='2023-24', first=datetime.date(2023, 12, 1), last=datetime.date(2024, 2, 29))
    """
    start, length = GROUPS[code]
    over, last = divmod(start + length - 2, 12)
    return Days(f"{in_year:04}-{code}", date(in_year, start, 1), _month_end(in_year + over, last + 1))


def block(first_year: int, length: int) -> Days:
    """A decade (10 years) or a century (100) by its first year: "201X", "20XX".

    A century is read by its digits, as EDTF has it: the twenty-first is 20XX, 2000 to 2099.
    """
    digits = f"{first_year:04}"
    return Days(
        digits[:3] + "X" if length == 10 else digits[:2] + "XX",
        date(max(1, first_year), 1, 1),
        date(first_year + length - 1, 12, 31),
    )


def interval(first: Days | None, last: Days | None) -> Days | None:
    """From the beginning of one period to the end of another; None on a side leaves it open ("2024/..").

    None when it would run backwards.
    """
    if first is None or last is None:
        known = first or last
        if known is None:
            return None
        start, _, end = known.edtf.partition("/")
        if first is None:
            return Days(f"../{end or start}", None, known.last)
        return Days(f"{start}/..", known.first, None)
    if first.first and last.last and first.first > last.last:
        return None
    if first == last:
        return first
    start, end = first.edtf.partition("/")[0], last.edtf.rpartition("/")[2]
    return Days(f"{start}/{end}", first.first, last.last)


def stretch(first: date, last: date) -> Days:
    """The days from one to another, written as finely as they need: a whole month or year is one."""
    if first == last:
        return day(first)
    if (first.day, last) == (1, _month_end(last.year, last.month)):
        if (first.year, first.month, last.month) == (last.year, 1, 12):
            return year(first.year)
        if (first.year, first.month) == (last.year, last.month):
            return month(first.year, first.month)
        return Days(f"{first:%Y-%m}/{last:%Y-%m}", first, last)
    return Days(f"{first.isoformat()}/{last.isoformat()}", first, last)


def parse(text: str) -> Days | None:
    """The period an EDTF string of the kinds above names; None when it is none of them.

    >>> parse("2024-06").last, parse("../2030").first, parse("2025-33").first
    (datetime.date(2024, 6, 30), None, datetime.date(2025, 1, 1))
    """
    if "/" in text:
        start, _, end = text.partition("/")
        first, last = (None if side in ("", "..") else parse(side) for side in (start, end))
        if (first is None and start not in ("", "..")) or (last is None and end not in ("", "..")):
            return None
        return interval(first, last)
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    try:
        found = _plain(*match.groups())
    except ValueError:  # a 31st of June, a year 0
        return None
    return found.approximate if found and text[-1] in "~?%" else found


def _plain(stated_year: str, second: str | None, third: str | None) -> Days | None:
    if "X" in stated_year:
        length = 10 ** stated_year.count("X")
        return None if second else block(int(stated_year.replace("X", "0")), length)
    number = int(stated_year)
    if second is None:
        return year(number)
    if third is not None:
        return day(date(number, int(second), int(third)))
    if int(second) in GROUPS:
        return group(number, int(second))
    return month(number, int(second))


def _month_end(in_year: int, number: int) -> date:
    return date(in_year, number, calendar.monthrange(in_year, number)[1])
