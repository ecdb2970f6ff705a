"""Lengths of time and recurrences: "sur cinq ans", "un an et demi", "par an", "tous les dix-huit mois".

Every function reads one shape at token `i` and gives the reading and the token after it, or None.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import cast

from faits.model import Bound
from faits.text.calendar import LengthReading, Unit
from faits.text.calendar_relative import COUNTS, Count, count
from faits.text.calendar_words import Words

HALF = Decimal("0.5")

# What stands before a time of day, and never before a length.
_BEFORE_CLOCK = frozenset({"à", "vers", "dès", "avant", "au", "jusqu'", "minuit", "de"})

# What a length or a recurrence begins with.
_FIRST = COUNTS | {"recurrence", "every", "every_count", "length_lead", "between", "half"}

LengthParse = tuple[LengthReading, int] | None

# One of these, with nothing else said, is a word of every day: "un jour", "une minute", "the second".
_IDIOMS = frozenset({"day", "minute", "second", "hour", "half", "quarter", "century", "decade", "fiscal"})


def length(w: Words, i: int) -> LengthParse:
    """A length or a recurrence at token `i`, its leading words included."""
    if _FIRST.isdisjoint(w.roles(i)):
        return None
    found = _recurrence(w, i)
    if found:
        return found
    at = i
    led = False
    for _ in range(3):
        lead = w.at(at, "length_lead")
        if lead is None:
            break
        led, at = led or w.norm(at) not in ("de", "d'", "of", "the", "a"), lead.end
    return _measured(w, at, led=led) or _half_unit(w, at)


def _unit(w: Words, i: int) -> tuple[Unit, int] | None:
    word = w.at(i, "unit", "unit_only_length")
    return (cast("Unit", word.value), word.end) if word else None


def _recurrence(w: Words, i: int) -> LengthParse:
    word = w.at(i, "recurrence")
    if word:
        return LengthReading(cast("Unit", word.value), Decimal(1), recurring=True), word.end
    every = w.at(i, "every")
    if every:
        what = _unit(w, every.end)
        if what and not (w.norm(i) == "/" and what[0] == "second") and not _is_fourth(w, what):
            return LengthReading(what[0], Decimal(1), recurring=True), what[1]
    several = w.at(i, "every_count")
    if several is None:
        return None
    number = count(w, several.end)
    at = number.end if number else several.end
    what = _unit(w, at)
    size = number.number if number else Decimal(1)
    return (LengthReading(what[0], size, recurring=True), what[1]) if what and size else None


def _measured(w: Words, i: int, *, led: bool) -> LengthParse:
    """A count and a unit: "plus de dix ans", "deux à trois mois", "un an et demi"."""
    between = w.at(i, "between")
    first = count(w, between.end if between else i)
    if first is None or first.number is None:
        return None
    pair = _pair(w, first)
    if pair:
        return pair
    what = _unit(w, first.end + 1 if w.norm(first.end) == "-" else first.end)
    if what is None or _is_fourth(w, what) or between or _is_clock(w, i, first, what[0]) or what[0] == "fiscal":
        return None
    if first.number == 1 and not led and first.bound == "exact" and _is_idiom(w, what):
        return None
    reading = LengthReading(what[0], first.number, bound=first.bound)
    half = w.at(what[1], "and_half")
    if half:
        return replace(reading, number=first.number + HALF, halves=True), half.end
    mixed = _mixed(w, reading, what[1])
    return mixed or _bounded_after(w, reading, what[1])


def _is_fourth(w: Words, what: tuple[Unit, int]) -> bool:
    """Whether an English "quarter" is a part of something: "a quarter of the shares", "three-quarters"."""
    return what[0] == "quarter" and w.lang == "en" and (w.norm(what[1]) == "of" or w.norm(what[1] - 2) == "-")


def _is_idiom(w: Words, what: tuple[Unit, int]) -> bool:
    """Whether one unit with nothing around it is a word of every day; "une heure d'autonomie" is a length."""
    if w.norm(what[1]) in ("de", "d'", "of"):
        return False
    return what[0] in _IDIOMS or w.norm(what[1] - 1) == "année"


def _pair(w: Words, first: Count) -> LengthParse:
    """A range: "de trente à trente-six mois", "two to three years"."""
    unit = _unit(w, first.end)
    joint = w.at(unit[1] if unit else first.end, "range_to", "and")
    second = count(w, joint.end) if joint else None
    what = _unit(w, second.end) if second else None
    if second is None or what is None or second.number is None or first.number is None or what[0] == "hour":
        return None
    if (unit and unit[0] != what[0]) or first.number >= second.number:
        return None
    return LengthReading(what[0], low=first.number, high=second.number, bound="range"), what[1]


def _mixed(w: Words, reading: LengthReading, k: int) -> LengthParse:
    """Years and months together: "deux ans et six mois"."""
    joint = w.at(k, "and")
    number = count(w, joint.end if joint else k)
    what = _unit(w, number.end) if number else None
    if number is None or what is None or number.number is None or reading.number is None:
        return None
    if (reading.unit, what[0]) != ("year", "month") or number.number >= 12:
        return None
    return replace(reading, unit="month", number=reading.number * 12 + number.number), what[1]


def _bounded_after(w: Words, reading: LengthReading, k: int) -> LengthParse:
    after = w.at(k, "bound_after")
    if after is None or reading.bound != "exact":
        return reading, k
    return replace(reading, bound=cast("Bound", after.value)), after.end


def _half_unit(w: Words, i: int) -> LengthParse:
    """Half a unit: "une demi-heure", "half a year"."""
    half = w.at(i, "half")
    at = half.end + 1 if half and w.norm(half.end) == "-" else half.end if half else i
    what = _unit(w, at) if half else None
    return (LengthReading(what[0], HALF), what[1]) if what and what[0] != "fiscal" else None


def _is_clock(w: Words, i: int, number: Count, unit: Unit) -> bool:
    """Whether "18 heures" is a time of day: after "à", "vers", "dès"; or "18 h" with minutes behind it."""
    if unit != "hour" or number.number is None or number.number > 24:
        return False
    return w.norm(i - 1) in _BEFORE_CLOCK or w.cut.digits[number.end + 1]
