"""Ties the periods a text names to days: from the day of publication, the dates before it, the tense around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from faits.model import Lang
from faits.text import calendar_atoms as atoms
from faits.text import edtf
from faits.text.calendar import Block, Counted, Fiscal, Named, Period, Same, Slit, Span, Stretch, Turn, UpTo
from faits.text.calendar_shift import counted, in_year, sliced, stretched, turned, turned_from
from faits.text.calendar_words import canonical
from faits.text.edtf import Days

# Without a tense the past is twice as likely: the press tells what happened.
PAST_BIAS = 0.5


@dataclass(frozen=True, slots=True)
class Context:
    """What a period can be tied to: the language, the period of publication, the date before, the tense."""

    lang: Lang
    now: Days | None = None
    last: Days | None = None
    tense: str | None = None
    year_ends: int = 12  # the month in which the business year of the article ends


@dataclass(frozen=True, slots=True)
class Resolved:
    """The days of a period (None when they cannot be known) and the period it was counted from."""

    days: Days | None
    anchor: Days | None = None
    relative: bool = False


def resolve(period: Period, context: Context) -> Resolved:
    """The days a period names; `days` is None where it counts from a date nobody knows."""
    if not is_relative(period):
        return Resolved(_absolute(period, context))
    anchor = context.last if origin_of(period) == "last" else context.now
    if anchor is None:
        return Resolved(None, None, True)
    return Resolved(_tied(period, context, anchor), anchor, True)


def is_relative(period: Period) -> bool:
    """Whether the period needs another date to be known."""
    match period:
        case Named(year=None):
            return True
        case Turn() | Counted() | Stretch() | Same():
            return True
        case Slit(of=inner) | UpTo(last=inner):
            return is_relative(inner)
        case Span(first=first, last=last):
            return is_relative(first) and is_relative(last)
    return False


def origin_of(period: Period) -> str:
    """Which date the period counts from, "now" or "last"."""
    match period:
        case Same():
            return "last"
        case Named(origin=origin) | Turn(origin=origin) | Counted(origin=origin):
            return origin
        case Slit(of=inner) | Span(last=inner):
            return origin_of(inner)
    return "now"


def _absolute(period: Period, context: Context) -> Days | None:
    match period:
        case Named(year=int(year)):
            return _in_year(period, year)
        case Block(first=first, years=years):
            return edtf.block(first, years)
        case Fiscal():
            return fiscal(period, context.year_ends)
        case Slit(part=part, of=inner):
            days = _absolute(inner, context)
            return sliced(part, days) if days else None
        case Span(first=first, last=last):
            return _span(first, last, context, context.now)
        case UpTo():
            return _up_to(period, _absolute(period.last, context))
    return None


def _tied(period: Period, context: Context, anchor: Days) -> Days | None:
    """A relative period from its anchor; where the anchor is coarser than the answer, all it may be."""
    match period:
        case Counted(origin="last"):
            return counted(period, anchor, context.lang)
        case Turn(origin="last"):
            return turned_from(period, anchor)
        case Same(of=of):
            year = resolve(of, context).days
            return in_year(anchor, year.first.year) if year and year.first else None
        case Slit():
            return _slice_of_time(period, context, anchor)
        case Span(first=first, last=last):
            return _span(first, last, context, anchor)
        case UpTo():
            return _up_to(period, _tied(period.last, replace(context, tense="past"), anchor))
        case Stretch():
            return stretched(period, anchor)
    if _names_a_day(period) and anchor.first != anchor.last:
        return anchor  # "mardi" in an article of which only the month is known
    return _whatever(lambda day: _from_day(period, context, day), anchor)


def _slice_of_time(period: Slit, context: Context, anchor: Days) -> Days | None:
    """A part of a period; of the running year or month, the one on the side the tense looks to.

    In January "en début d'année" told in the past is a year old; in March so is "en fin d'année".
    """
    days = _tied(period.of, context, anchor)
    found = sliced(period.part, days) if days else None
    running = isinstance(period.of, Turn) and period.of.by == 0 and period.of.origin == "now"
    if not running or found is None or not (found.first and found.last and anchor.first and anchor.last):
        return found
    by = 0
    if context.tense == "past" and (found.first > anchor.last or _just_begun(found, anchor)):
        by = -1
    elif context.tense == "future" and found.last < anchor.first:
        by = 1
    if not by:
        return found
    days = _tied(replace(period.of, by=by), context, anchor)  # type: ignore[arg-type]  # a Turn, as `running` says
    return sliced(period.part, days) if days else None


def _just_begun(found: Days, anchor: Days) -> bool:
    """Whether a part of a year has run for less than a tenth of itself."""
    if found.first is None or found.last is None or anchor.last is None or found.first > anchor.last:
        return False
    return (anchor.last - found.first).days * 10 < (found.last - found.first).days


def _names_a_day(period: Period) -> bool:
    match period:
        case Named(month=None, weekday=int()) | Turn(unit="day"):
            return True
    return False


def _whatever(read: Callable[[date], Days | None], anchor: Days) -> Days | None:
    """The reading from the first and from the last day of an anchor, joined where they differ."""
    if anchor.first is None or anchor.last is None:
        return None
    early, late = read(anchor.first), read(anchor.last)
    if early is None or late is None or early == late:
        return early if early == late else None
    if early.first and late.last and "/" in early.edtf + late.edtf:
        return edtf.stretch(early.first, late.last)
    return edtf.interval(early, late)


def _from_day(period: Period, context: Context, day: date) -> Days | None:
    match period:
        case Named():
            return fill(period, context, day)
        case Turn(unit="fiscal"):
            return _business_year(period, context, day)
        case Turn():
            return turned(period, day)
        case Counted():
            return counted(period, edtf.day(day), context.lang)
    return None


# --- names without a year ---------------------------------------------------------------------------------------------


def fill(period: Named, context: Context, day: date) -> Days | None:
    """The period of that name which the turn or the tense points to from a day.

    "mars" told in the past is the last March begun; in the future the next March not over; "dernier" and "prochain"
    leave out the one that is running.
    """
    if period.weekday and not period.month:
        return _weekday(period, context, day)
    if period.month is None and period.part is None and period.easter is None:
        return edtf.year(day.year + (period.turn or 0))
    candidates = [c for y in range(day.year - 9, day.year + 10) if (c := _in_year(period, y))]
    if period.part is not None and period.part <= 24 and period.turn == 0:
        return _this_season(candidates, context.tense, day)
    if period.weekday and period.day:
        fitting = [c for c in candidates if c.first and c.first.isoweekday() == period.weekday]
        candidates = fitting or candidates
    over = period.part is not None and period.part >= 33  # figures of a quarter come out when it is over
    return _pick(candidates, period.turn, context.tense, day, over=over)


# "cet été" said in spring is the summer to come, whatever the verb; one further off may be the last one.
_SOON_DAYS = 183


def _this_season(candidates: list[Days], tense: str | None, day: date) -> Days | None:
    """The season that runs or is nearest; where the past is told, the next one only if it comes soon."""

    def away(season: Days) -> int:
        first, last = season.first or day, season.last or day
        return max((first - day).days, (day - last).days, 0)

    ordered = sorted(candidates, key=lambda season: (away(season), season.edtf))
    ahead = next((s for s in ordered if s.first and s.first > day), None)
    behind = next((s for s in ordered if s.last and s.last < day), None)
    if not ordered or away(ordered[0]) == 0 or ahead is None or behind is None:
        return ordered[0] if ordered else None
    if tense == "future":
        return ahead
    return ahead if away(ahead) <= _SOON_DAYS and tense != "past" else ordered[0]


def _pick(candidates: list[Days], turn: int | None, tense: str | None, day: date, *, over: bool) -> Days | None:
    before = [c for c in candidates if c.last and c.last < day]
    after = [c for c in candidates if c.first and c.first > day]
    running = [c for c in candidates if c not in before and c not in after]
    if turn == -1:
        return before[-1] if before else None
    if turn == 1:
        return after[0] if after else None
    if running and not (over and tense == "past" and turn is None):
        return running[0]
    if tense == "past" or (tense == "future" and not after):
        return before[-1] if before else None
    if tense == "future" or not before:
        return after[0] if after else None
    if not after:
        return before[-1]
    return after[0] if _is_nearer(after[0], before[-1], day, tense) else before[-1]


def _is_nearer(after: Days, before: Days, day: date, tense: str | None) -> bool:
    ahead = ((after.first or day) - day).days
    behind = (day - (before.last or day)).days
    return ahead < behind * (1 if tense == "present" else PAST_BIAS)


def _weekday(period: Named, context: Context, day: date) -> Days | None:
    """The weekday nearest to a day in the direction of its turn or tense; the day itself may be the one."""
    number = period.weekday or 1
    if period.origin == "last":
        turn = period.turn or 1
        return edtf.day(_next_weekday(number, day, turn))
    if not period.turn and day.isoweekday() == number:
        return edtf.day(day)
    ahead = (number - day.isoweekday()) % 7
    if period.turn:
        direction: atoms.Direction = "future" if period.turn > 0 else "past"
    elif context.tense == "present":
        direction = "future" if ahead < 7 - ahead else "past"
    else:
        direction = "future" if context.tense == "future" else "past"
    name = canonical(context.lang, "weekday")[number]
    found = atoms.weekday(name, context.lang, direction, day)
    return edtf.day(found) if found else None


def _next_weekday(number: int, day: date, sign: int) -> date:
    away = (number - day.isoweekday()) % 7 or 7
    return day + timedelta(days=away if sign > 0 else away - 7 or -7)


def _in_year(period: Named, year: int) -> Days | None:
    """The period of that name in a year; None when it has none (a 29th of February)."""
    if not 1 <= year <= 9998:
        return None
    if period.easter is not None:
        return edtf.day(atoms.easter(year) + timedelta(days=period.easter))
    if period.part:
        return edtf.group(year, period.part)
    if period.month is None:
        return edtf.year(year)
    if period.day is None:
        return edtf.month(year, period.month)
    return edtf.stated_day(year, period.month, period.day)


# --- ranges and business years ----------------------------------------------------------------------------------------


def _span(first: Period, last: Period, context: Context, anchor: Days | None) -> Days | None:
    """From one period to another: the end that lacks a year takes it from the other, so that time runs forwards."""
    known = replace(context, now=anchor)
    end = resolve(last, known).days
    if isinstance(first, Named) and first.year is None and first.turn is None and end and end.first:
        start = _pick_before(first, end, context)
    else:
        start = resolve(first, known).days
        if isinstance(last, Named) and is_relative(last) and not is_relative(first) and start and start.last:
            end = fill(replace(last, turn=None), replace(known, tense="future"), start.last)
    return edtf.interval(start, end) if start and end else None


def _pick_before(first: Named, end: Days, context: Context) -> Days | None:
    at = end.last or end.first
    if at is None:
        return None
    if first.weekday and not first.month:
        return edtf.day(_next_weekday(first.weekday, end.first or at, -1))
    candidates = [c for y in range(at.year - 8, at.year + 1) if (c := _in_year(first, y))]
    before = [c for c in candidates if c.first and c.first <= (end.first or at)]
    return before[-1] if before else None


def fiscal(period: Fiscal, year_ends: int) -> Days | None:
    """A business year, or a quarter or half of it, in calendar months; as stated where its end is not known.

    >>> fiscal(Fiscal(2026, 2026), 8).edtf, fiscal(Fiscal(2023, 2024), 12).edtf
    ('2025-09/2026-08', '2023/2024')
    """
    if year_ends == 12:
        if period.part and period.first == period.last:
            return edtf.group(period.last, period.part)
        return edtf.interval(edtf.year(period.first), edtf.year(period.last))
    start = period.last * 12 - (12 - year_ends)  # months since year 0, of the first month
    length, skip = 12, 0
    if period.part:
        length = 3 if period.part < 40 else 6
        skip = length * (period.part - (33 if length == 3 else 40))
    return _months(start + skip, length)


def _up_to(period: UpTo, last: Days | None) -> Days | None:
    if last is None or last.last is None:
        return None
    return _months(last.last.year * 12 + last.last.month - period.months, period.months)


def _months(start: int, length: int) -> Days | None:
    first, last = divmod(start, 12), divmod(start + length - 1, 12)
    if length in (3, 6) and first[1] % length == 0:
        return edtf.group(first[0], (33 if length == 3 else 40) + first[1] // length)
    return edtf.interval(edtf.month(first[0], first[1] + 1), edtf.month(last[0], last[1] + 1))


def _business_year(period: Turn, context: Context, day: date) -> Days | None:
    year = day.year + (1 if day.month > context.year_ends else 0) + period.by
    return fiscal(Fiscal(year, year), context.year_ends)
