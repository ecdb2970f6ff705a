"""Moves along the calendar: whole units back and forth, counts of units, parts of periods."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from decimal import Decimal

from faits.model import Lang
from faits.text import calendar_atoms as atoms
from faits.text import edtf
from faits.text.calendar import Counted, Slice, Stretch, Turn, Unit
from faits.text.edtf import Days

MONTHS: dict[Unit, int] = {
    "month": 1,
    "quarter": 3,
    "half": 6,
    "year": 12,
    "fiscal": 12,
    "decade": 120,
    "century": 1200,
}
DAYS: dict[Unit, int] = {"day": 1, "week": 7, "fortnight": 14, "weekend": 7}

# "il y a quelques mois" is fewer than make the next unit, and more than one.
FEW: dict[Unit, int] = {"day": 6, "week": 7, "month": 11, "quarter": 3, "year": 9, "decade": 9, "century": 9}

# How dateparser is told a count: the word for each unit, canonical.
_ASKED: dict[Lang, dict[Unit, str]] = {
    "fr": {"day": "jours", "week": "semaines", "month": "mois", "year": "ans"},
    "en": {"day": "days", "week": "weeks", "month": "months", "year": "years"},
}


def containing(unit: Unit, day: date) -> Days:
    """The unit of the calendar a day lies in; hours and less have the day itself.

    >>> containing("week", date(2024, 5, 15)).edtf, containing("decade", date(2024, 5, 15)).edtf
    ('2024-05-13/2024-05-19', '202X')
    """
    monday = day - timedelta(days=day.weekday())
    match unit:
        case "week" | "fortnight":
            return edtf.stretch(monday, monday + timedelta(days=6))
        case "weekend":
            return edtf.stretch(monday + timedelta(days=5), monday + timedelta(days=6))
        case "month":
            return edtf.month(day.year, day.month)
        case "quarter":
            return edtf.group(day.year, 33 + (day.month - 1) // 3)
        case "half":
            return edtf.group(day.year, 40 + (day.month - 1) // 6)
        case "year" | "fiscal":
            return edtf.year(day.year)
        case "decade":
            return edtf.block(day.year // 10 * 10, 10)
        case "century":
            return edtf.block(day.year // 100 * 100, 100)
    return edtf.day(day)


def moved(unit: Unit, by: int, day: date) -> date | None:
    """The day so many units away; the end of a shorter month stands for a day it lacks. None off the calendar."""
    try:
        if unit in MONTHS:
            year, month = divmod(day.year * 12 + day.month - 1 + by * MONTHS[unit], 12)
            return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
        return day + timedelta(days=by * DAYS.get(unit, 0))
    except (ValueError, OverflowError):  # before year 1 or after 9999
        return None


def turned(period: Turn, day: date) -> Days | None:
    """The unit so many turns from the one a day lies in.

    A weekend gone by is the last one that is over: on a Sunday "le week-end dernier" is a week ago.
    """
    to = moved(period.unit, period.by, day)
    return containing(period.unit, to) if to else None


def turned_from(period: Turn, last: Days) -> Days | None:
    """The same, from a date of the text: a business year is followed by a business year."""
    if last.first is None or last.last is None:
        return None
    if period.unit == "day":
        day = moved("day", period.by, last.first if period.by < 0 else last.last)
        return edtf.day(day) if day and last.first == last.last else None
    months = _whole_months(last)
    if months and period.unit in MONTHS and MONTHS[period.unit] == months:
        return _shifted(last, months * period.by)
    if containing(period.unit, last.first) != containing(period.unit, last.last):
        return None
    return turned(period, last.first)


def _whole_months(days: Days) -> int | None:
    if days.first is None or days.last is None or days.first.day != 1:
        return None
    after = days.last + timedelta(days=1)
    return (after.year - days.first.year) * 12 + after.month - days.first.month if after.day == 1 else None


def _shifted(days: Days, months: int) -> Days | None:
    """The same period so many months away, with its own grain."""
    if days.first is None or days.last is None:
        return None
    if _whole_months(days) is None:
        first, last = moved("month", months, days.first), moved("month", months, days.last)
        return edtf.stretch(first, last) if first and last else None
    first, after = moved("month", months, days.first), moved("month", months, days.last + timedelta(days=1))
    if first is None or after is None:
        return None
    parsed = edtf.parse(f"{first.year:04}{days.edtf[4:7]}") if len(days.edtf) == 7 and months % 12 == 0 else None
    return parsed or edtf.stretch(first, after - timedelta(days=1))


def in_year(days: Days, year: int) -> Days | None:
    """The same months in another year: January to September 2024 in 2023."""
    return _shifted(days, (year - days.first.year) * 12) if days.first else None


def counted(period: Counted, anchor: Days, lang: Lang) -> Days | None:
    """So many units from a date, as finely as its unit says: "il y a trois ans" is a year.

    A figure "un an plus tôt" is of the same month or quarter of that year; what happens "un an plus tard" is not.
    """
    if anchor.first is None or anchor.last is None:
        return None
    if period.count is None:
        return _few(period, anchor)
    exact = period.count == int(period.count)
    if period.origin == "last" and period.unit in ("year", "month") and period.sign < 0:
        found = _shifted(anchor, -int(period.count * MONTHS[period.unit]))
        return found if period.unit == "year" or found is None else _grained(found, period.unit)
    first = _count_from(period, anchor.first, lang, exact=exact)
    last = _count_from(period, anchor.last, lang, exact=exact)
    if first is None or last is None or first.first is None or last.last is None:
        return None
    return first if first == last else edtf.stretch(first.first, last.last)


def _grained(days: Days, unit: Unit) -> Days:
    if days.first is None or days.first != days.last:
        return days
    return containing(unit, days.first)


def _count_from(period: Counted, day: date, lang: Lang, *, exact: bool) -> Days | None:
    count = period.count or Decimal(0)
    if not exact:  # two and a half years are thirty months, and no finer
        months = MONTHS.get(period.unit)
        if months is None:
            to = moved("day", round(float(count) * DAYS.get(period.unit, 0)) * period.sign, day)
            return containing("day", to) if to else None
        to = moved("month", int(count * months) * period.sign, day)
        return containing("month", to) if to else None
    word = _ASKED[lang].get(period.unit)
    found = None
    if word and count <= 1000:
        found = atoms.counted(_phrase(int(count), word, period.sign, lang), lang, day)
    to = found or moved(period.unit, int(count) * period.sign, day)
    return containing(period.unit, to) if to else None


def _phrase(count: int, word: str, sign: int, lang: Lang) -> str:
    if lang == "fr":
        return f"il y a {count} {word}" if sign < 0 else f"dans {count} {word}"
    return f"{count} {word} ago" if sign < 0 else f"in {count} {word}"


def _few(period: Counted, anchor: Days) -> Days | None:
    """All that "il y a quelques mois" can be: more than one unit, fewer than make the next."""
    if anchor.first is None or period.unit not in FEW:
        return None
    base = anchor.first if period.sign < 0 else anchor.last or anchor.first
    ends = [moved(period.unit, n * period.sign, base) for n in (FEW[period.unit], 2)]
    near, far = sorted(day for day in ends if day) if all(ends) else (None, None)
    if near is None or far is None:
        return None
    return edtf.interval(containing(period.unit, near), containing(period.unit, far))


def stretched(period: Stretch, anchor: Days) -> Days | None:
    """From so many units ago up to the anchor, or from the anchor on; without a count, open on that side."""
    if anchor.first is None or anchor.last is None:
        return None
    if period.count is None:
        return edtf.interval(None, anchor) if period.sign < 0 else edtf.interval(anchor, None)
    count = int(period.count)
    far = moved(period.unit, count * period.sign, anchor.first if period.sign < 0 else anchor.last)
    if far is None:
        return None
    if anchor.first == anchor.last:
        return edtf.stretch(min(far, anchor.first), max(far, anchor.first))
    coarse: Unit = "month" if anchor.edtf.count("-") == 1 else "year"
    end = containing(coarse, far)
    return edtf.interval(end, anchor) if period.sign < 0 else edtf.interval(anchor, end)


_ONE_PERIOD = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")


def sliced(part: Slice, days: Days) -> Days | None:
    """A part of a period. A year has thirds, a month the 1st to 10th, 11th to 20th, and the rest.

    >>> sliced("late", edtf.year(2025)).edtf, sliced("mid", edtf.month(2024, 6)).edtf
    ('2025-39', '2024-06-11/2024-06-20')
    """
    if days.first is None or days.last is None:
        return days
    months = _whole_months(days) or 0
    if part in ("start", "end"):
        edge = days.first if part == "start" else days.last
        if months >= 120:
            return edtf.year(edge.year)
        # "D'ici la fin de 2026" names the year, and its last day as the limit.
        named = part == "end" and _ONE_PERIOD.fullmatch(days.edtf)
        return Days(days.edtf, edge, edge) if named else edtf.day(edge)
    third = {"early": 0, "mid": 1}.get(part, 2)
    if months == 120:
        start, end = ((0, 3), (4, 6), (6, 9))[third]
        return edtf.interval(edtf.year(days.first.year + start), edtf.year(days.first.year + end))
    if months == 12 and days.first.month == 1:
        return edtf.group(days.first.year, 37 + third)
    if months == 1:
        last = days.last.day
        start, end = ((1, 10), (11, 20), (21, last))[third]
        return edtf.stretch(days.first.replace(day=start), days.first.replace(day=end))
    if months and months % 3 == 0:
        return _third_of_months(days.first, months, third)
    total = (days.last - days.first).days + 1
    cuts = [days.first + timedelta(days=total * k // 3) for k in range(4)]
    return edtf.stretch(cuts[third], max(cuts[third], cuts[third + 1] - timedelta(days=1)))


def _third_of_months(first: date, months: int, third: int) -> Days | None:
    start, after = (moved("month", months // 3 * k, first) for k in (third, third + 1))
    return edtf.stretch(start, after - timedelta(days=1)) if start and after else None
