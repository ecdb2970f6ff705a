"""Days, months, parts of years, years, decades and centuries by their names.

Every function reads one shape at token `i` and gives the period and the token after it, or None.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from faits.text.calendar import Block, Fiscal, Named, Period, Span
from faits.text.calendar_words import YEARS, Words

# A year of two digits is of this century up to here: press texts plan decades ahead, and recall the last century.
PIVOT = 50

_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})|(\d{2})\.(\d{2})\.(\d{2})")
_UNIT_LIKE = re.compile(r"[kmgtMGT]?[wW](?:h|c|p|e|hc)?|[kcm]m|[kmM]?t|[kmMgG]?[eE€$£%°].*")


class Lead(NamedTuple):
    """What stood before a period: whether anything did, and how strongly it announces one."""

    any: bool = False
    firm: bool = False
    related: bool = False  # by a word that sets a relation: "avant", "dès"


NONE = Lead()

Parse = tuple[Period, int] | None


def named(w: Words, i: int, lead: Lead = NONE) -> Parse:
    """The first of the shapes of this file that stands at token `i`."""
    for shape in (_numeric, _weekday, _day, _month, _division, _season, _decade, _century, _fiscal):
        found = shape(w, i, lead)
        if found:
            return found
    return years(w, i, lead)


# --- days -------------------------------------------------------------------------------------------------------------


def _numeric(w: Words, i: int, lead: Lead) -> Parse:
    """A date in digits: "12/03/2024" (day first in French), "03.12.24", "2024-03-12"."""
    if not 0 <= i < len(w) or not w.cut.digits[i] or (w.glued(i) and w.norm(i - 1) not in ("(", '"', "«", ">", "'")):
        return None
    dotted = _DOTTED.fullmatch(w.norm(i))
    if dotted:
        d, m, y = (int(part) for part in dotted.groups() if part)
        return _ymd(_century_of(y), m, d, i + 1)
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
    return _ymd(_century_of(c), month, day, i + 5)


def _is_iso_month(w: Words, i: int) -> bool:
    """Whether token `i` begins "2024-06"; "2008-09" is two years."""
    year, month = w.digits(i), w.digits(i + 2)
    alone = not w.glued(i + 3) or w.norm(i + 3) in _CLOSING
    shape = len(w.norm(i)) == 4 and len(w.norm(i + 2)) == 2 and w.glued(i + 1) and w.glued(i + 2)
    return bool(shape and alone and year in YEARS and month and 1 <= month <= 12 and not _two_years(w, i))


def _ymd(year: int, month: int, day: int, end: int) -> Parse:
    sound = year in YEARS and 1 <= month <= 12 and 1 <= day <= 31
    return (Named(year=year, month=month, day=day), end) if sound else None


def _century_of(year: int) -> int:
    if year >= 100:
        return year
    return year + (2000 if year <= PIVOT else 1900)


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
        origin = "last" if turn.role == "turn_last_before" else "now"
        return Named(weekday=number, turn=int(turn.value), origin=origin), daypart(w, k)
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
    if days is None or _is_counted(w, days[2]) or (w.norm(k) and w.norm(days[2]) in ("%", "percent", "per")):
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
        origin = "last" if turn.role == "turn_last_before" else "now"
        return Named(month=number, turn=int(turn.value), origin=origin), k
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


def _short_year(w: Words, k: int) -> tuple[int, int] | None:
    """A year in two digits: "mai 68", "May '68". Below 32 it could be a day."""
    mark = w.norm(k) in ("'", "’", "‘")
    at = k + 1 if mark else k
    number = w.digits(at)
    if number is None or len(w.norm(at)) != 2 or (number <= 31 and not mark) or _is_counted(w, at + 1):
        return None
    return _century_of(number), at + 1


def _month_stands_alone(w: Words, at: int, role: str, k: int, lead: Lead) -> bool:
    if role == "month_beside":
        return lead.firm and w.norm(k - 1) == "."
    if w.lang == "fr":
        return not w.capital(at) or (lead.firm and role == "month")
    return w.capital(at) and (lead.firm or (role == "month" and (not w.capital(k) or w.norm(k) in (".", ","))))


def _turned(w: Words, period: Named, k: int) -> Parse:
    """The period with the turn that follows it: "mardi dernier", "l'été suivant"."""
    turn = w.at(k, "turn", "turn_last")
    if turn is None:
        return None
    origin = "last" if turn.role == "turn_last" else "now"
    read = Named(period.year, period.month, period.day, period.weekday, period.part, int(turn.value), origin)
    return read, daypart(w, turn.end)


def _division(w: Words, i: int, lead: Lead) -> Parse:
    """A quarter or half: "T3 2025", "premier trimestre 2025", "the second half of 2024", "fourth fiscal quarter"."""
    short = w.at(i, "quarter")
    if short:
        year = _year_of_part(w, short.end)
        if year[0] is None and not w.capital(i):
            return None
        return _part(int(short.value), year) if year[0] or lead.any else None
    rank = _rank(w, i)
    if rank is None:
        return None
    middle = w.at(rank[1], "fiscal", "filler")
    unit = w.at(rank[1], "division") or (w.at(middle.end, "division") if middle else None)
    if unit is None:
        return None
    code = _code(unit.value, rank[0])
    return _part(code, _year_of_part(w, unit.end)) if code else None


def _rank(w: Words, i: int) -> tuple[int, int] | None:
    word = w.at(i, "ordinal")
    if word:
        return int(word.value), word.end
    number = w.digits(i)
    suffix = w.at(i + 1, "ordinal_suffix")
    if number and suffix and w.glued(i + 1):
        return number, suffix.end
    return None


def _code(unit: str, rank: int) -> int | None:
    if unit == "quarter":
        return {-1: 36, 1: 33, 2: 34, 3: 35, 4: 36}.get(rank)
    if unit == "half":
        return {-1: 41, 1: 40, 2: 41}.get(rank)
    return None


_Year = tuple[Named | Fiscal | None, int]


def _year_of_part(w: Words, k: int) -> _Year:
    """The year a quarter or season belongs to: "2025", "de l'exercice 2024-2025", "dernier"."""
    turn = w.at(k, "turn", "turn_last")
    if turn:
        origin = "last" if turn.role == "turn_last" else "now"
        return Named(turn=int(turn.value), origin=origin), turn.end
    at = k
    for _ in range(4):
        fiscal = _fiscal(w, at, NONE)
        if fiscal and isinstance(fiscal[0], Fiscal):
            return fiscal[0], fiscal[1]
        year = year_at(w, at)
        if year:
            span = _two_years(w, at)
            if span:
                return Fiscal(*span[0]), span[1]
            return Named(year), at + 1
        filler = w.at(at, "filler", "yearly") or w.at(at, "comma")
        if filler is None:
            break
        at = filler.end
    return None, k


def _part(code: int, year: _Year) -> Parse:
    of, end = year
    if isinstance(of, Fiscal):
        return Fiscal(of.first, of.last, code), end
    if of is None:
        return Named(part=code), end
    return Named(of.year, part=code, turn=of.turn, origin=of.origin), end


def _season(w: Words, i: int, lead: Lead) -> Parse:
    """A season with a year or a turn: "l'été 2024", "cet hiver", "summer of 2027"; alone after a firm word."""
    turn = w.at(i, "turn_before", "turn_last_before")
    at = turn.end if turn else i
    word = w.at(at, "season", "season_stated")
    if word is None:
        return None
    code = int(word.value)
    if turn:
        origin = "last" if turn.role == "turn_last_before" else "now"
        return Named(part=code, turn=int(turn.value), origin=origin), word.end
    of, end = _year_of_part(w, word.end)
    if isinstance(of, Fiscal):  # "l'hiver 2023-2024" begins in 2023
        return Named(of.first, part=code), end
    if of is not None:
        return Named(of.year, part=code, turn=of.turn, origin=of.origin), end
    return (Named(part=code), word.end) if lead.related or _season_is_meant(w, i) else None


def _season_is_meant(w: Words, i: int) -> bool:
    """Whether a bare season is one of a year, and no part of every year: "à l'automne", "in the spring"."""
    before, further = w.norm(i - 1), w.norm(i - 2)
    if w.lang == "fr":
        return before == "au" or (before == "l'" and further in ("à", "pour"))
    return before == "the" and further in ("in", "for")


# --- years and more ---------------------------------------------------------------------------------------------------


def year_at(w: Words, i: int) -> int | None:
    """The year token `i` is, whatever stands around it."""
    number = w.digits(i)
    return number if number in YEARS and len(w.norm(i)) == 4 else None


def years(w: Words, i: int, lead: Lead) -> Parse:
    """A year, or two joined by a hyphen: "2024", "2022-2023", "2023/24"."""
    year = year_at(w, i)
    if year is None or _in_a_code(w, i):
        return None
    span = _two_years(w, i)
    if span:
        return Span(Named(span[0][0]), Named(span[0][1])), span[1]
    if w.glued(i + 1) and w.norm(i + 1) not in _CLOSING:
        return None
    if _is_counted(w, i + 1, firm=lead.firm) or (not lead.any and not _year_stands_alone(w, i, year)):
        return None
    return Named(year), i + 1


_CLOSING = frozenset(".,;:!?)]»”\"'’…*")
_SIGNS = frozenset("/-.:,+#_@&=")


def _in_a_code(w: Words, i: int) -> bool:
    """Whether the number belongs to a longer code: "2009/28/CE", "n° 2004-575", "ISO 9001:2015"."""
    if w.glued(i) and (w.norm(i - 1) in _SIGNS or w.norm(i - 1)[-1:].isalnum()) and not w.norm(i - 1).endswith("'"):
        return w.norm(i - 1) != "-" or not w.at(i - 2, "slice")
    return bool(w.at(i - 1, "not_year")) or (w.cut.digits[i - 1] if i else False)


def _two_years(w: Words, i: int) -> tuple[tuple[int, int], int] | None:
    first, sign = w.digits(i), w.norm(i + 1)
    if first not in YEARS or first is None or sign not in ("-", "–", "/", "—") or not w.cut.digits[i + 2]:
        return None
    last, length = w.digits(i + 2), len(w.norm(i + 2))
    if last is None or (w.glued(i + 3) and w.norm(i + 3) not in _CLOSING):
        return None
    if length == 2 and w.glued(i + 2):
        last += first // 100 * 100
    if length not in (2, 4) or not first < last <= first + 60 or (length == 2 and last != first + 1):
        return None
    return (first, last), i + 3


def _year_stands_alone(w: Words, i: int, year: int) -> bool:
    """Whether a number with nothing before it can only be a year: not after a name ("Peugeot 2008") or a price base."""
    if not 1900 <= year <= 2100:
        return False
    before = w.norm(i - 1)
    if not before or w.opens(i):
        return True
    return not (w.capital(i - 1) and not w.opens(i - 1)) and before.isalpha() and not w.at(i - 1, "price")


def _is_counted(w: Words, k: int, *, firm: bool = False) -> bool:
    """Whether what follows a number is counted by it: a unit, or a plural noun."""
    word = w.norm(k)
    if w.at(k, "counted") or word in ("%", "€", "$", "£"):
        return True
    if firm or not word.isalpha() or w.capital(k):
        return bool(_UNIT_LIKE.fullmatch(w.cut.written(k))) if word and k < len(w) and w.capital(k) else False
    return len(word) > 3 and word[-1] in ("sx" if w.lang == "fr" else "s") and not w.at(k, "function")


def _decade(w: Words, i: int, lead: Lead) -> Parse:
    """A decade: "années 2010", "années 70", "the 1990s"."""
    if w.lang == "en":
        return _english_decade(w, i)
    word = w.at(i, "decade")
    number = w.digits(word.end) if word else None
    if word is None or number is None or number % 10:
        return None
    if len(w.norm(word.end)) == 2:
        number += 1900 if number >= 30 else 2000  # "les années 20" of press articles: see _century_of
    if number not in YEARS:
        return None
    last = _second_decade(w, word.end + 1, number)
    return last or (Block(number, 10), word.end + 1)


def _second_decade(w: Words, k: int, first: int) -> Parse:
    """The end of "années 70-80", "années 1970 et 1980"."""
    joint = w.at(k, "range_to", "and")
    number = w.digits(joint.end) if joint else None
    if joint is None or number is None or number % 10 or len(w.norm(joint.end)) not in (2, 4):
        return None
    number += first // 100 * 100 if number < 100 else 0
    if not first < number < first + 100:
        return None
    return Span(Block(first, 10), Block(number, 10)), joint.end + 1


def _english_decade(w: Words, i: int) -> Parse:
    mark = w.norm(i) in ("'", "’", "‘")
    at = i + 1 if mark else i
    number = w.digits(at)
    s = at + 2 if w.norm(at + 1) in ("'", "’") else at + 1
    if number is None or number % 10 or w.norm(s) != "s" or not w.glued(at + 1):
        return None
    if len(w.norm(at)) == 2 and (mark or w.norm(i - 1) in ("the", "-", "early", "late", "mid")):
        number += 1900 if number >= 30 else 2000
    return (Block(number, 10), s + 1) if number in YEARS else None


def _century(w: Words, i: int, lead: Lead) -> Parse:
    """A century: "XXIe siècle", "the 19th century"."""
    word = w.at(i, "roman", "ordinal")
    rank: tuple[int, int] | None = (int(word.value), word.end) if word else _rank(w, i)
    if rank is None or not 1 <= rank[0] <= 21:
        return None
    at = rank[1] + 1 if w.norm(rank[1]) == "-" else rank[1]
    century = w.at(at, "century")
    return (Block((rank[0] - 1) * 100, 100), century.end) if century else None


def _fiscal(w: Words, i: int, lead: Lead) -> Parse:
    """A business year: "exercice 2023-2024", "fiscal 2024", "FY24", "saison 2023-2024"."""
    word = w.at(i, "fiscal", "yearly")
    if word is None:
        return None
    filler = w.at(word.end, "filler")
    for at in (word.end, filler.end if filler else word.end):
        span = _two_years(w, at)
        if span:
            return Fiscal(*span[0]), span[1]
        year = w.digits(at)
        if word.role == "fiscal" and year is not None and len(w.norm(at)) in (2, 4):
            year = _century_of(year)
            return (Fiscal(year, year), at + 1) if year in YEARS else None
    return None
