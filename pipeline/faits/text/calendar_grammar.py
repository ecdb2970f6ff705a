"""The grammar of dates: what announces a period, its parts and ranges, and how the passage stands to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple, cast

from faits.model import Bound, Lang, Relation
from faits.text.calendar import (
    Counted,
    DateReading,
    LengthReading,
    Named,
    Period,
    Reading,
    Same,
    Slice,
    Slit,
    Span,
    Stretch,
    Turn,
)
from faits.text.calendar_lengths import length
from faits.text.calendar_named import months_to, named
from faits.text.calendar_relative import relative, unit
from faits.text.calendar_tense import clause_tense
from faits.text.calendar_words import Words, cut_of, may_date, words_of
from faits.text.calendar_years import Lead, Parse
from faits.text.tokens import Part

# The longest a date stretches before its anchor: "avant même la toute fin du mois de" and a few words more.
REACH = 10

# Lines wrapped by hand go on in lower case; any other line end ends a paragraph.
_PARAGRAPH = re.compile(r"[^\n]+(?:(?<=[^\W\d_]|,)\n(?=[a-zà-ÿ])[^\n]+)*")


class Found(NamedTuple):
    """A reading and its span in the text."""

    start: int
    end: int
    reading: Reading

    def moved(self, by: int) -> Found:
        """The same in the text that its paragraph begins in at `by`."""
        reading = self.reading
        placed = replace(reading, paragraph=by) if isinstance(reading, DateReading) and by else reading
        return Found(self.start + by, self.end + by, placed)


class _Opening(NamedTuple):
    """The words before a period, read so far."""

    at: int
    relation: Relation
    stated: bool
    approx: bool
    between: bool
    ranged: bool

    @property
    def lead(self) -> Lead:
        return Lead(any=self.stated, firm=self.stated, related=self.relation != "in")


def read(text: str, lang: Lang, *, where: Callable[[str], bool] | None = None) -> list[Found]:
    """Every date, length and recurrence of a text, in reading order, never overlapping.

    `where` says of a paragraph whether it is to be read; all are without it.
    """
    return [
        found.moved(part.start())
        for part in _PARAGRAPH.finditer(text)
        if where is None or where(part[0])
        for found in _paragraph(Part.of(text, *part.span()) if where is None else part[0], lang)
    ]


@lru_cache(maxsize=256)
def _paragraph(text: str, lang: Lang) -> tuple[Found, ...]:
    """What a paragraph says; kept a while, for the day an article came out is looked for in the same ones."""
    cut = cut_of(text)
    if not may_date(cut, lang):
        return ()
    w = words_of(cut, lang)
    found: list[tuple[int, int, Reading]] = []
    skip = 0
    for i in w.regions(REACH):
        if i < skip:
            continue
        name = w.at(i, "name")
        if name:
            skip = name.end
            continue
        here = _mention(w, i)
        if here:
            found.append((i, here[1], here[0]))
            skip = here[1]
    return tuple(
        Found(w.cut.starts[i], w.cut.ends[k - 1], _settled(w, i, k, reading))
        for i, k, reading in _borrow_years(w, found)
    )


def _mention(w: Words, i: int) -> tuple[Reading, int] | None:
    if not w.opens_date(i):
        return None
    date = _date(w, i)
    if date:
        return date
    return length(w, i)


# --- dates ------------------------------------------------------------------------------------------------------------


def _date(w: Words, i: int) -> tuple[DateReading, int] | None:
    # "in the year" opens a year as a whole phrase; "in the year to March" is another thing.
    for at in range(i, i + 3) if w.lang == "en" else ():
        months = months_to(w, at)
        if months:
            return DateReading(months[0]), months[1]
        if not w.at(at, "relation", "filler"):
            break
    for opening in _openings(w, i):
        found, bound = _period(w, opening)
        if found and not _is_figure_of_speech(w, i, opening, found[0]):
            return _related(w, i, opening, found, bound)
    return None


def _is_figure_of_speech(w: Words, i: int, opening: _Opening, period: Period) -> bool:
    """Whether the words name no time: "l'énergie de demain", or money at the prices of a year: "euros de 2015"."""
    if opening.relation != "in":
        return False
    opener = w.norm(opening.at - 1)
    if isinstance(period, Turn) and period.unit == "day" and period.origin == "now":
        return opener in ("de", "d'", "of")
    is_year = isinstance(period, Named) and _is_year(period)
    before = opening.at - 2 if opener in ("de", "d'", "of") else opening.at - 1
    return is_year and w.at(before, "price") is not None


def _openings(w: Words, i: int) -> Iterator[_Opening]:
    """Every way to read the words from `i` as the opening of a date: none of them, one, two, up to six."""
    opening = _Opening(i, "in", False, False, False, False)
    yield opening
    for _ in range(6):
        word = w.at(opening.at, "relation", "approx", "between", "filler", "range_from")
        if word is None:
            return
        # "will be over by 2027": of two relations the first holds, unless it only says how long.
        if word.role == "relation" and word.value != "in" and opening.relation in ("in", "during"):
            opening = opening._replace(relation=cast("Relation", word.value))
        opening = opening._replace(
            at=word.end,
            stated=opening.stated or word.role in ("relation", "between", "approx"),
            approx=opening.approx or word.role == "approx",
            between=opening.between or word.role == "between",
            ranged=w.at(word.end - 1, "range_from") is not None or w.at(opening.at, "range_from") is not None,
        )
        yield opening


def _period(w: Words, opening: _Opening) -> tuple[Parse, Bound]:
    """The period after an opening: a range where its two ends stand, else one period."""
    first, bound = _NOTHING
    if w.speaks(opening.at):
        first, bound = _simple(w, opening.at, opening.lead, by=opening.relation == "by")
    if first is None:
        return (_running(w, opening.at) if opening.relation == "during" else None), "exact"
    return _range(w, opening, first) or first, bound


_NOTHING: tuple[Parse, Bound] = (None, "exact")


def _simple(w: Words, i: int, lead: Lead, *, by: bool = False) -> tuple[Parse, Bound]:
    """The one period that begins at token `i`; each place is read once however many openings lead to it."""
    if not w.speaks(i):
        return _NOTHING
    key = (i, lead, by)
    if key not in w.parses:
        w.parses[key] = _read_simple(w, i, lead, by=by)
    found: tuple[Parse, Bound] = w.parses[key]
    return found


def _read_simple(w: Words, i: int, lead: Lead, *, by: bool) -> tuple[Parse, Bound]:
    found = _sliced(w, i) or _same(w, i)
    if found:
        return found, "exact"
    found, bound = relative(w, i, lead, by=by)
    if found:
        return found, bound
    return named(w, i, lead), "exact"


def _running(w: Words, i: int) -> Parse:
    """The year that is running: "sur l'ensemble de l'exercice", "au cours de l'année"."""
    what = unit(w, i)
    return (Turn(what[0], 0), what[1]) if what and what[0] in ("year", "fiscal") and w.norm(i - 1) != "par" else None


_VERBAL = frozenset({"start", "end", "beginning", "fin", "debut", "début"})
_ADVERBIAL = frozenset({"in", "on", "at", "en", "à"})


def _sliced(w: Words, i: int) -> Parse:
    """A part of a period: "fin 2025", "la mi-juin", "the end of the decade", "début de l'année prochaine"."""
    word = w.at(i, "slice")
    if word is None:
        return None
    at = word.end
    if w.norm(at - 1) in _VERBAL and w.norm(at) in _ADVERBIAL:
        return None  # "work will start in 2028": a verb, no part of the year
    whole = word.value == "whole"
    for _ in range(5):
        inner = _simple(w, at, Lead(any=True, firm=not whole))[0] or (None if whole else _bare_unit(w, at))
        if inner:
            return inner if whole else (Slit(cast("Slice", word.value), inner[0]), inner[1])
        filler = w.at(at, "filler", "approx")
        if filler is None:
            return None
        at = filler.end
    return None


def _same(w: Words, i: int) -> Parse:
    """The period spoken of, in another year: "la même période de 2023", "the same quarter last year"."""
    word = w.at(i, "same")
    if word is None:
        return None
    at = word.end
    for _ in range(3):
        year = _simple(w, at, Lead(any=True, firm=True))[0]
        if year and (isinstance(year[0], Turn) or (isinstance(year[0], Named) and _is_year(year[0]))):
            return Same(year[0]), year[1]
        filler = w.at(at, "filler", "comma")
        if year or filler is None:
            break
        at = filler.end
    return None


def _is_year(period: Named) -> bool:
    return period.year is not None and period.month is None and period.part is None


def _bare_unit(w: Words, i: int) -> Parse:
    """The unit that is running: "(la fin) de l'année", "(the end) of the decade"."""
    what = unit(w, i)
    if what is None or what[0] in ("second", "minute", "hour"):
        return None
    filler = w.at(what[1], "filler")
    for at in (what[1], filler.end if filler else what[1]):  # "(la fin) du mois de mars", "de l'année 2024"
        inner = named(w, at, Lead(any=True, firm=True))
        if inner:
            return inner
    return Turn(what[0], 0), what[1]


def _range(w: Words, opening: _Opening, first: tuple[Period, int]) -> Parse:
    """The range that begins with `first`: "entre 2024 et 2026", "de janvier à mars", "2019 à 2022"."""
    joint = w.at(first[1], "and") if opening.between else w.at(first[1], "range_to")
    if joint is None or isinstance(first[0], Span | Counted) or _is_move(w, opening.at):
        return None
    at = joint.end
    for _ in range(3):
        last = _simple(w, at, Lead(any=True, firm=True))[0]
        if last and _can_end(first[0], last[0], strict=not (opening.between or opening.ranged)):
            return Span(first[0], last[0]), last[1]
        filler = w.at(at, "filler")
        if last or filler is None:
            return None
        at = filler.end
    return None


def _is_move(w: Words, i: int) -> bool:
    """Whether a date is put off or brought forward: "reporté de 2027 à 2029" names two years, not the time between."""
    for k in range(i - 1, max(-1, i - 10), -1):
        if w.norm(k) in _STOPS:
            return False
        if w.at(k, "moved"):
            return True
    return False


def _can_end(first: Period, last: Period, *, strict: bool) -> bool:
    """Whether two periods make a range; without "de" or "entre" before it, only two of one shape do."""
    if isinstance(last, Span | Counted):
        return False
    if not strict:
        return True
    return isinstance(first, Named) and isinstance(last, Named) and _shape(first) == _shape(last)


def _shape(period: Named) -> tuple[bool, ...]:
    return tuple(value is not None for value in (period.month, period.day, period.weekday, period.part))


def _related(
    w: Words, i: int, opening: _Opening, found: tuple[Period, int], bound: Bound
) -> tuple[DateReading, int] | None:
    period, end = found
    relation = opening.relation
    hyphen = isinstance(period, Span) and w.norm(opening.at + 1) in ("-", "–", "/")
    if isinstance(period, Span) and relation in ("in", "from") and not hyphen:
        relation = "during"
    if relation == "from" and _is_move(w, i):
        relation = "in"
    if isinstance(period, Stretch) and relation == "in":
        relation = "during"
    if isinstance(period, Counted) and relation == "in":
        relation = _beyond(period, bound)
    if relation == "before" and _negated(w, i):
        relation = "not_before"
    if relation == "until" and w.lang == "en" and _negated(w, i):
        relation = "not_before"
    return DateReading(period, relation, opening.approx or bound == "approx"), end


def _beyond(period: Counted, bound: Bound) -> Relation:
    """ "il y a plus de dix ans" is before the tenth year back; "dans moins de dix ans" before the tenth to come."""
    further = bound in ("gt", "min")
    if not further and bound not in ("lt", "max"):
        return "in"
    return "before" if further == (period.sign < 0) else "after"


def _negated(w: Words, i: int) -> bool:
    """Whether "avant" is denied in its clause: "n'est pas prévu avant 2026", "won't open before 2030"."""
    for k in range(i - 1, max(-1, i - 12), -1):
        if w.norm(k) in _STOPS:
            return False
        if w.at(k, "negation"):
            return True
    return False


_STOPS = frozenset(".;:!?()«»")


# --- the paragraph as a whole -----------------------------------------------------------------------------------------


def _borrow_years(w: Words, found: list[tuple[int, int, Reading]]) -> list[tuple[int, int, Reading]]:
    """Give a month the year that stands with the next one: "en mars et avril 2024"."""
    for k in range(len(found) - 2, -1, -1):
        i, end, reading = found[k]
        after = found[k + 1]
        if after[0] - end > 2 or not isinstance(reading, DateReading) or not isinstance(after[2], DateReading):
            continue
        mine, theirs = reading.period, after[2].period
        joined = all(w.at(j, "and", "comma", "filler") for j in range(end, after[0]))
        if isinstance(mine, Named) and isinstance(theirs, Named) and joined and _lacks_year(mine) and theirs.month:
            found[k] = (i, end, replace(reading, period=replace(mine, year=theirs.year)))
    return found


def _lacks_year(period: Named) -> bool:
    return period.month is not None and period.year is None and period.turn is None


def _settled(w: Words, i: int, k: int, reading: Reading) -> Reading:
    if isinstance(reading, LengthReading):
        return reading
    return replace(reading, tense=clause_tense(w, i, k))
