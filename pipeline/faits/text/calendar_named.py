"""Days and months by their names; `named` reads every period that has one.

Every function reads one shape at token `i` and gives the period and the token after it, or None.
"""

from __future__ import annotations

import re
from dataclasses import replace

from faits.text.calendar import Named, Span, UpTo
from faits.text.calendar_words import APOSTROPHES, YEARS, Words, by_first
from faits.text.calendar_years import (
    CLOSING,
    NONE,
    Lead,
    Parse,
    business_year,
    century,
    decade,
    division,
    full_year,
    is_counted,
    origin_of_turn,
    season,
    two_years,
    year_at,
    years,
)

_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})|(\d{2})\.(\d{2})\.(\d{2})")


def named(w: Words, i: int, lead: Lead = NONE) -> Parse:
    """The first of the shapes of this file that stands at token `i`."""
    for shape in _fitting(w.roles(i)):
        found = shape(w, i, lead)
        if found:
            return found
    return None


# --- days -------------------------------------------------------------------------------------------------------------


def _numeric(w: Words, i: int, lead: Lead) -> Parse:
    """A date in digits: "12/03/2024" (day first in French), "03.12.24", "2024-03-12"."""
    if not 0 <= i < len(w) or not w.cut.digits[i] or (w.glued(i) and w.norm(i - 1) not in ("(", '"', "«", ">", "'")):
        return None
    dotted = _DOTTED.fullmatch(w.norm(i))
    if dotted:
        d, m, y = (int(part) for part in dotted.groups() if part)
        return _ymd(full_year(y), m, d, i + 1)
    sign = w.norm(i + 1)
    if sign == "-" and _is_iso_month(w, i):
        return Named(w.digits(i), w.digits(i + 2)), i + 3
    if sign not in ("/", "-", "–") or sign != w.norm(i + 3) or not all(w.glued(k) for k in range(i + 1, i + 5)):
        return None
    if w.glued(i + 5) and (w.norm(i + 5) in ("/", "-") or w.norm(i + 5).isdigit()):
        return None
    parts = [w.digits(k) for k in (i, i + 2, i + 4)]
    if None in parts:
        return None
    a, b, c = (part or 0 for part in parts)
    if len(w.norm(i)) == 4:
        return _ymd(a, b, c, i + 5)
    if len(w.norm(i + 4)) not in (2, 4) or (len(w.norm(i + 4)) == 2 and sign != "/"):
        return None
    # The English of the press is American more often than not: month first, unless that makes no date.
    day, month = (b, a) if w.lang == "en" and a <= 12 else (a, b)
    return _ymd(full_year(c), month, day, i + 5)


def _is_iso_month(w: Words, i: int) -> bool:
    """Whether token `i` begins "2024-06"; "2008-09" is two years."""
    year, month = w.digits(i), w.digits(i + 2)
    alone = not w.glued(i + 3) or w.norm(i + 3) in CLOSING
    shape = len(w.norm(i)) == 4 and len(w.norm(i + 2)) == 2 and w.glued(i + 1) and w.glued(i + 2)
    return bool(shape and alone and year in YEARS and month and 1 <= month <= 12 and not two_years(w, i))


def _ymd(year: int, month: int, day: int, end: int) -> Parse:
    sound = year in YEARS and 1 <= month <= 12 and 1 <= day <= 31
    return (Named(year=year, month=month, day=day), end) if sound else None


def _weekday(w: Words, i: int, lead: Lead) -> Parse:
    """A weekday, with its day of the month if it has one: "mardi 12 mars 2024", "vendredi dernier", "next Tuesday"."""
    turn = w.at(i, "turn_before", "turn_last_before")
    at = turn.end if turn else i
    word = w.at(at, "weekday", "weekday_beside")
    if word is None:
        return None
    k = word.end
    dotted = w.norm(k) == "." and word.role == "weekday_beside"
    k = k + 1 if dotted else k
    number = int(word.value)
    full = _weekday_with_day(w, k, number)
    if full:
        return full
    if word.role == "weekday_beside" or (w.lang == "en" and not w.capital(at)):
        return None
    if turn:
        return Named(weekday=number, turn=int(turn.value), origin=origin_of_turn(turn)), daypart(w, k)
    return _turned(w, Named(weekday=number), k) or _bare_weekday(w, i, number, k)


def _weekday_with_day(w: Words, k: int, number: int) -> Parse:
    after = k + 1 if w.norm(k) == "," else k
    filler = w.at(after, "filler")
    day = _day(w, after, NONE) or (_day(w, filler.end, NONE) if filler else None)
    if day is None or not isinstance(day[0], Named):
        return None
    read = day[0]
    return Named(read.year, read.month, read.day, number, turn=read.turn), daypart(w, day[1])


def _bare_weekday(w: Words, i: int, number: int, k: int) -> Parse:
    """A weekday on its own. With the French article it is a habit ("le mardi"), as is the English plural."""
    before = w.norm(i - 1)
    if w.lang == "fr" and (before in ("le", "les", "du", "chaque", "tous") or (w.capital(i) and not w.opens(i))):
        return None
    if before in ("every", "each", "a", "the", "that", "of", "black", "per") and w.lang == "en":
        return None
    return Named(weekday=number), daypart(w, k)


def daypart(w: Words, k: int) -> int:
    """The token after a part of the day ("mardi soir"), or `k` when there is none."""
    part = w.at(k, "daypart")
    return part.end if part else k


def _day(w: Words, i: int, lead: Lead) -> Parse:
    """A day of a month, or a run of them: "le 12 mars 2024", "3 au 12 septembre", "March 12, 2024"."""
    days = _day_numbers(w, i)
    if days:
        first, last, k = days
        filler = w.at(k, "filler") if w.lang == "en" else None
        month = _month_word(w, filler.end if filler else k)
        if month is None:
            return None
        return _with_year(w, month[0], first, last, month[1])
    return _american_day(w, i) if w.lang == "en" else None


def _american_day(w: Words, i: int) -> Parse:
    month = _month_word(w, i)
    if month is None or not w.capital(i):
        return None
    k = month[1] + 1 if w.norm(month[1]) == "the" else month[1]
    days = _day_numbers(w, k)
    if days is None or is_counted(w, days[2]) or (w.norm(k) and w.norm(days[2]) in ("%", "percent", "per")):
        return None
    return _with_year(w, month[0], days[0], days[1], days[2])


def _month_word(w: Words, i: int) -> tuple[int, int] | None:
    word = w.at(i, "month", "month_shy", "month_beside")
    if word is None:
        return None
    dotted = word.role == "month_beside" and w.norm(word.end) == "."
    return int(word.value), word.end + 1 if dotted else word.end


def _day_numbers(w: Words, i: int) -> tuple[int, int, int] | None:
    """One day number, or the first and last of several: "3", "1er", "3 au 12", "3, 4 et 5"."""
    first = _day_number(w, i)
    if first is None:
        return None
    last, k = first
    while True:
        joint = w.at(k, "range_to", "and") or (w.norm(k) == "," and w.at(k, "comma"))
        at = joint.end if joint else k + 1 if w.norm(k) == "," else None
        if at is None:
            break
        filler = w.at(at, "filler")
        more = _day_number(w, at) or (_day_number(w, filler.end) if filler else None)
        if more is None or more[0] <= last:
            break
        last, k = more
    return first[0], last, k


def _day_number(w: Words, i: int) -> tuple[int, int] | None:
    number = w.digits(i)
    if number is None:
        ordinal = w.at(i, "ordinal")
        if ordinal and 1 <= int(ordinal.value) <= 31 and (w.lang == "en" or ordinal.value == "1"):
            return int(ordinal.value), ordinal.end
        return None
    if not 1 <= number <= 31 or len(w.norm(i)) > 2 or (w.glued(i) and w.norm(i - 1) in ("/", ".", ",", "+")):
        return None
    suffix = w.at(i + 1, "ordinal_suffix")
    return number, suffix.end if suffix and w.glued(i + 1) else i + 1


def _with_year(w: Words, month: int, first: int, last: int, k: int) -> Parse:
    year, end, turn = _year_after(w, k)
    one = Named(year, month, first, turn=turn)
    if last == first:
        return one, end
    return Span(one, Named(year, month, last, turn=turn)), end


def _year_after(w: Words, k: int) -> tuple[int | None, int, int | None]:
    """The year or turn that follows a day or month: (year, token after it, turn)."""
    turn = w.at(k, "turn")
    if turn:
        return None, turn.end, int(turn.value)
    at = k + 1 if w.norm(k) == "," and w.lang == "en" else k
    filler = w.at(at, "filler")
    for place in (at, filler.end if filler else at):
        number = year_at(w, place)
        if number and not (w.norm(k) == "," and w.glued(place + 1) and w.norm(place + 1).isalpha()):
            return number, place + 1, None
    next_turn = w.at(at, "turn_before") if w.lang == "en" else None  # "on 3 March this year"
    if next_turn:
        unit = w.at(next_turn.end, "unit")
        if unit and unit.value == "year":
            return None, unit.end, int(next_turn.value)
    return None, k, None


# --- months and parts of years ----------------------------------------------------------------------------------------


def _month(w: Words, i: int, lead: Lead) -> Parse:
    """A month: "mars 2024", "déc. 2023", "décembre dernier", "last March", "mai 68"."""
    turn = w.at(i, "turn_before", "turn_last_before")
    at = turn.end if turn else i
    word = w.at(at, "month", "month_shy", "month_beside")
    if word is None:
        return None
    number, k = _month_word(w, at) or (0, 0)
    if turn and word.role != "month_beside" and (w.lang == "fr" or w.capital(at)):
        return Named(month=number, turn=int(turn.value), origin=origin_of_turn(turn)), k
    year, end, shift = _year_after(w, k)
    if year or shift is not None:
        return Named(year, number, turn=shift), end
    old = _short_year(w, k)
    if old:
        return Named(old[0], number), old[1]
    turned = _turned(w, Named(month=number), k)
    if turned:
        return turned
    return (Named(month=number), k) if _month_stands_alone(w, at, word.role, k, lead) else None


def _feast(w: Words, i: int, lead: Lead) -> Parse:
    """A day by its feast, with a year, a turn or a word before it: "avant Noël", "Noël dernier", "next Easter"."""
    turn = w.at(i, "turn_before", "turn_last_before")
    word = w.at(turn.end if turn else i, "feast")
    if word is None or not w.capital(word.end - 1):
        return None
    period = _day_of_feast(word.value)
    if turn:
        return replace(period, turn=int(turn.value), origin=origin_of_turn(turn)), word.end
    year, end, shift = _year_after(w, word.end)
    if year or shift is not None:
        return replace(period, year=year, turn=shift), end
    # "Christmas sales", "un marché de Noël" name no day.
    after = w.norm(word.end)
    alone = not after[:1].isalpha() or after[-1:] == "'" or w.at(word.end, "clause", "helper", "tense")
    return (period, word.end) if lead.related and alone else None


def _day_of_feast(value: str) -> Named:
    if value.startswith("easter"):
        return Named(easter=int(value.removeprefix("easter")))
    month, day = value.split("-")
    return Named(month=int(month), day=int(day))


def months_to(w: Words, i: int) -> Parse:
    """So many months by the one that ends them: "the year to March", "six months to 30 June 2025"."""
    if w.lang != "en":
        return None
    number = w.number(i)
    word = w.at(number[2] if number else i, "unit")
    if word is None or word.value not in _LENGTHS or not w.at(word.end, "closes"):
        return None
    length = _LENGTHS[word.value] * (int(number[0]) if number else 1)
    last = _day(w, word.end + 1, NONE) or _month(w, word.end + 1, Lead(any=True, firm=True))
    if last is None or not isinstance(last[0], Named) or not 1 < length <= 24:
        return None
    return UpTo(length, replace(last[0], day=None)), last[1]


_LENGTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def _short_year(w: Words, k: int) -> tuple[int, int] | None:
    """A year in two digits: "mai 68", "May '68". Below 32 it could be a day."""
    mark = w.norm(k) in APOSTROPHES
    at = k + 1 if mark else k
    number = w.digits(at)
    if number is None or len(w.norm(at)) != 2 or (number <= 31 and not mark) or is_counted(w, at + 1):
        return None
    return full_year(number), at + 1


def _month_stands_alone(w: Words, at: int, role: str, k: int, lead: Lead) -> bool:
    if role == "month_beside":
        # "autour de sept." ends a sentence with a number, "en sept." may go on.
        numeral = w.number(at) is not None and (w.opens(k) or k >= len(w))
        return lead.firm and w.norm(k - 1) == "." and not numeral
    if w.lang == "fr":
        return not w.capital(at) or (lead.firm and role == "month")
    return w.capital(at) and (lead.firm or (role == "month" and (not w.capital(k) or w.norm(k) in (".", ","))))


def _turned(w: Words, period: Named, k: int) -> Parse:
    """The period with the turn that follows it: "mardi dernier", "l'été suivant"."""
    turn = w.at(k, "turn", "turn_last")
    if turn is None:
        return None
    read = Named(
        period.year, period.month, period.day, period.weekday, period.part, int(turn.value), origin_of_turn(turn)
    )
    return read, daypart(w, turn.end)


# --- which shapes begin with what -------------------------------------------------------------------------------------

_DIGITS = frozenset({"digits"})
_RANKS = _DIGITS | {"ordinal"}
_TURNS = frozenset({"turn_before", "turn_last_before"})
_MONTHS = frozenset({"month", "month_shy", "month_beside"})

_fitting = by_first(
    (_numeric, _DIGITS),
    (_weekday, _TURNS | {"weekday", "weekday_beside"}),
    (_day, _RANKS | _MONTHS),
    (_month, _TURNS | _MONTHS),
    (_feast, _TURNS | {"feast"}),
    (division, _RANKS | {"quarter"}),
    (season, _TURNS | {"season", "season_stated"}),
    (decade, _DIGITS | {"decade", "mark"}),
    (century, _RANKS | {"roman"}),
    (business_year, frozenset({"fiscal", "yearly"})),
    (years, _DIGITS),
)
