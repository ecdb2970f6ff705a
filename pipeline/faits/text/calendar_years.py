"""Parts of years, years, decades, centuries and business years by their names.

Every function reads one shape at token `i` and gives the period and the token after it, or None.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from faits.text.calendar import Block, Fiscal, Named, Origin, Period, Span
from faits.text.calendar_words import APOSTROPHES, YEARS, Word, Words

# A year of two digits is of this century up to here: press texts plan decades ahead, and recall the last century.
PIVOT = 50

_UNIT_LIKE = re.compile(r"[kmgtMGT]?[wW](?:h|c|p|e|hc)?|[kcm]m|[kmM]?t|[kmMgG]?[eE€$£%°].*")


class Lead(NamedTuple):
    """What stood before a period: whether anything did, and how strongly it announces one."""

    any: bool = False
    firm: bool = False
    related: bool = False  # by a word that sets a relation: "avant", "dès"


NONE = Lead()

Parse = tuple[Period, int] | None

CLOSING = frozenset(".,;:!?)]»”\"'’…*")
_SIGNS = frozenset("/-.:,+#_@&=")


def origin_of_turn(turn: Word) -> Origin:
    """What a turn counts from: "suivant" the last date of the text, "prochain" now."""
    return "last" if turn.role.startswith("turn_last") else "now"


def division(w: Words, i: int, lead: Lead) -> Parse:
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
        return Named(turn=int(turn.value), origin=origin_of_turn(turn)), turn.end
    at = k
    for _ in range(4):
        fiscal = business_year(w, at, NONE)
        if fiscal and isinstance(fiscal[0], Fiscal):
            return fiscal[0], fiscal[1]
        year = year_at(w, at)
        if year:
            span = two_years(w, at)
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


def season(w: Words, i: int, lead: Lead) -> Parse:
    """A season with a year or a turn: "l'été 2024", "cet hiver", "summer of 2027"; alone after a firm word."""
    turn = w.at(i, "turn_before", "turn_last_before")
    at = turn.end if turn else i
    word = w.at(at, "season", "season_stated")
    if word is None:
        return None
    code = int(word.value)
    if turn:
        return Named(part=code, turn=int(turn.value), origin=origin_of_turn(turn)), word.end
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


def year_at(w: Words, i: int) -> int | None:
    """The year token `i` is, whatever stands around it."""
    number = w.digits(i)
    return number if number is not None and number in YEARS and len(w.norm(i)) == 4 else None


def years(w: Words, i: int, lead: Lead) -> Parse:
    """A year, or two joined by a hyphen: "2024", "2022-2023", "2023/24"."""
    year = year_at(w, i)
    if year is None or _in_a_code(w, i):
        return None
    span = two_years(w, i)
    if span:
        return Span(Named(span[0][0]), Named(span[0][1])), span[1]
    if w.glued(i + 1) and w.norm(i + 1) not in CLOSING:
        return None
    if is_counted(w, i + 1, firm=lead.firm) or (not lead.any and not _year_stands_alone(w, i, year)):
        return None
    return Named(year), i + 1


def _in_a_code(w: Words, i: int) -> bool:
    """Whether the number belongs to a longer code: "2009/28/CE", "n° 2004-575", "ISO 9001:2015"."""
    if w.glued(i) and (w.norm(i - 1) in _SIGNS or w.norm(i - 1)[-1:].isalnum()) and not w.norm(i - 1).endswith("'"):
        return w.norm(i - 1) != "-" or not w.at(i - 2, "slice")
    return bool(w.at(i - 1, "not_year")) or (w.cut.digits[i - 1] if i else False)


def two_years(w: Words, i: int) -> tuple[tuple[int, int], int] | None:
    first, sign = w.digits(i), w.norm(i + 1)
    if first is None or first not in YEARS or sign not in ("-", "–", "/", "—") or not w.cut.digits[i + 2]:
        return None
    last, length = w.digits(i + 2), len(w.norm(i + 2))
    if last is None or (w.glued(i + 3) and w.norm(i + 3) not in CLOSING):
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
    if not before or w.opens(i) or w.norm(i + 1) == ":":  # "Récolte 2025 : 48 200 hectolitres"
        return True
    return not (w.capital(i - 1) and not w.opens(i - 1)) and before.isalpha() and not w.at(i - 1, "price")


def is_counted(w: Words, k: int, *, firm: bool = False) -> bool:
    """Whether what follows a number is counted by it: a unit, or a plural noun."""
    word = w.norm(k)
    if w.at(k, "counted") or word in ("%", "€", "$", "£"):
        return True
    if firm or not word.isalpha() or w.capital(k):
        return bool(_UNIT_LIKE.fullmatch(w.cut.written(k))) if word and k < len(w) and w.capital(k) else False
    return len(word) > 3 and word[-1] in ("sx" if w.lang == "fr" else "s") and not w.at(k, "function")


def full_year(year: int) -> int:
    if year >= 100:
        return year
    return year + (2000 if year <= PIVOT else 1900)


def decade(w: Words, i: int, lead: Lead) -> Parse:
    """A decade: "années 2010", "années 70", "the 1990s"."""
    if w.lang == "en":
        return _english_decade(w, i)
    word = w.at(i, "decade")
    number = w.digits(word.end) if word else None
    if word is None or number is None or number % 10:
        return None
    if len(w.norm(word.end)) == 2:
        number += 1900 if number >= 30 else 2000  # "les années 20" of press articles: see full_year
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
    mark = w.norm(i) in APOSTROPHES
    at = i + 1 if mark else i
    number = w.digits(at)
    s = at + 2 if w.norm(at + 1) in ("'", "’") else at + 1
    if number is None or number % 10 or w.norm(s) != "s" or not w.glued(at + 1):
        return None
    if len(w.norm(at)) == 2 and (mark or w.norm(i - 1) in ("the", "-", "early", "late", "mid")):
        number += 1900 if number >= 30 else 2000
    return (Block(number, 10), s + 1) if number in YEARS else None


def century(w: Words, i: int, lead: Lead) -> Parse:
    """A century: "XXIe siècle", "the 19th century"."""
    word = w.at(i, "roman", "ordinal")
    rank: tuple[int, int] | None = (int(word.value), word.end) if word else _rank(w, i)
    if rank is None or not 1 <= rank[0] <= 21:
        return None
    at = rank[1] + 1 if w.norm(rank[1]) == "-" else rank[1]
    century = w.at(at, "century")
    return (Block((rank[0] - 1) * 100, 100), century.end) if century else None


def business_year(w: Words, i: int, lead: Lead) -> Parse:
    """A business year: "exercice 2023-2024", "fiscal 2024", "FY24", "saison 2023-2024"."""
    word = w.at(i, "fiscal", "yearly")
    if word is None:
        return None
    filler = w.at(word.end, "filler")
    for at in (word.end, filler.end if filler else word.end):
        span = two_years(w, at)
        if span:
            return Fiscal(*span[0]), span[1]
        year = w.digits(at)
        if word.role == "fiscal" and year is not None and len(w.norm(at)) in (2, 4):
            year = full_year(year)
            return (Fiscal(year, year), at + 1) if year in YEARS else None
    return None
