"""Dates, lengths of time and recurrences: found in a text, tied to days; and the day an article came out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from faits.model import DateValue, Lang, Mention, Problem
from faits.text import edtf
from faits.text.calendar import Counted, DateReading, Fiscal, LengthReading, Named, Period, Same, Slit, Span, Turn
from faits.text.calendar_fiscal import YearEnd, year_end
from faits.text.calendar_grammar import read
from faits.text.calendar_publication import parse_published, published_in
from faits.text.calendar_quantity import quantity
from faits.text.calendar_resolve import Context, Resolved, fiscal, is_relative, origin_of, resolve
from faits.text.calendar_shift import MONTHS
from faits.text.calendar_words import words
from faits.text.edtf import Days

VERSION = "dates@3"

__all__ = ["VERSION", "find", "normalise", "parse_published", "published_in"]

Tense = Callable[[int, int], str | None]


def find(text: str, lang: Lang) -> list[Mention]:
    """Every date and duration of a text, in reading order, never overlapping, without values.

    The span holds the words that place it in time ("à partir de 2028", "d'ici la fin de l'année").

    >>> [(m.kind, m.text) for m in find("Le parc livrera 3 GW d'ici à 2030, sur vingt ans.", "fr")]
    [('date', "d'ici à 2030"), ('duration', 'sur vingt ans')]
    """
    return [
        Mention(
            kind="duration" if isinstance(found.reading, LengthReading) else "date",
            start=found.start,
            end=found.end,
            text=text[found.start : found.end],
            reading=found.reading,
        )
        for found in read(text, lang)
    ]


def normalise(
    mentions: list[Mention], text: str, lang: Lang, *, published: str | None, tense: Tense | None = None
) -> tuple[list[Mention], list[Problem]]:
    """The mentions with their values, and what could not be tied to a day: at most one problem.

    `published` is the article's publication date (EDTF); `tense` tells the tense of the verb that governs a span,
    where a parser knows it. Relative dates count from the first or from the date before them; with neither known they
    keep their relation and no days; only the present itself ("à ce jour") is left out then, for it says nothing.
    """
    article = _Article(lang, edtf.parse(published) if published else None, year_end(text, lang), tense)
    done = [_valued(mention, article) for mention in mentions if not _says_nothing(mention, article)]
    return done, _problems(done, article)


def _says_nothing(mention: Mention, article: _Article) -> bool:
    """Whether it is "now" in an article of which nobody knows when that was: "à ce jour", "today"."""
    period = mention.reading.period if isinstance(mention.reading, DateReading) else None
    return article.now is None and isinstance(period, Turn) and period.origin == "now" and period.by == 0


@dataclass(slots=True)
class _Article:
    """What is known while the dates of an article are read one after the other."""

    lang: Lang
    now: Days | None
    year_end: YearEnd | None
    tense: Tense | None
    past: list[_Past] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Past:
    """A date read before: its paragraph, its days, whether it only says when someone spoke ("mardi", "hier")."""

    paragraph: int
    days: Days
    spoken: bool
    fiscal: int | None


def _valued(mention: Mention, article: _Article) -> Mention:
    reading = mention.reading
    if isinstance(reading, LengthReading):
        return mention.model_copy(update={"value": quantity(reading)})
    assert isinstance(reading, DateReading)
    found = _resolved(mention, reading, article)
    days = found.days.approximate if found.days and reading.approx else found.days
    value = DateValue(
        edtf=days.edtf if days else None,
        earliest=days.first.isoformat() if days and days.first else None,
        latest=days.last.isoformat() if days and days.last else None,
        relation=reading.relation,
        relative=found.relative,
        anchor=found.anchor.edtf if found.anchor else None,
    )
    if days and days.first and days.last and not _compares(reading.period):
        spoken, of_year = _is_spoken(reading.period), _fiscal_year(reading.period)
        article.past.append(_Past(reading.paragraph, found.days or days, spoken, of_year))
    return mention.model_copy(update={"value": value})


def _resolved(mention: Mention, reading: DateReading, article: _Article) -> Resolved:
    tense = reading.tense
    parsed = article.tense(mention.start, mention.end) if article.tense and is_relative(reading.period) else None
    if parsed and not (parsed == "present" and tense):
        tense = parsed
    if reading.relation in ("by", "before", "not_before") and not _is_spoken(reading.period):
        tense = "future"
    if _has(mention.text, article.lang, "began"):
        tense = "past"  # "depuis juin", whatever the verb: "il préside depuis juin", "he has led it since June"
    elif reading.relation in ("from", "until") and tense != "past":
        tense = "future"  # "une hausse à compter du 1er juillet": what has begun would be said so
    if isinstance(reading.period, Slit) and _says_this(mention.text, article.lang):
        tense = (
            None  # "la fin de cette année" is this year's, whatever the tense; "la fin de l'année" may be last year's
        )
    year_ends = article.year_end.month if article.year_end else 12
    context = Context(article.lang, article.now, None, tense, year_ends)
    period = _in_business_year(_pointed(reading), mention, article, context)
    if origin_of(period) == "now":
        now = article.now or _day_told(period, article)
        return resolve(period, replace(context, now=now))
    for last in _anchors(period, reading, article):
        found = resolve(period, replace(context, last=last))
        if found.days and not (context.tense == "past" and _is_to_come(found.days, article.now)):
            return found
    return Resolved(None, None, True)


def _day_told(period: Period, article: _Article) -> Days | None:
    """The last day the text gave in full: without a publication date, "au 1er janvier" is the one nearest to it."""
    if not isinstance(period, Named) or period.turn is not None or period.month is None:
        return None
    return next((p.days for p in reversed(article.past) if p.days.first == p.days.last and not p.spoken), None)


@lru_cache(maxsize=4096)
def _says_this(text: str, lang: Lang) -> bool:
    """Whether a demonstrative points at the running period ("cette année", "this month")."""
    cut = words(text, lang)
    found = (cut.at(i, "turn_before") for i in range(len(cut)))
    return any(word is not None and word.value == "0" for word in found)


@lru_cache(maxsize=4096)
def _has(text: str, lang: Lang, role: str) -> bool:
    """Whether a word of that role stands in a text."""
    cut = words(text, lang)
    return any(cut.at(i, role) for i in range(len(cut)))


def _in_business_year(period: Period, mention: Mention, article: _Article, context: Context) -> Period:
    """The period as one of the business year, once the article has said when that ends: "au deuxième trimestre"."""
    if article.year_end is None or mention.start < article.year_end.at:
        return period
    match period:
        case Span(first=Named(year=int(first), month=None, part=None), last=Named(year=int(last), month=None)):
            return Fiscal(first, last) if last == first + 1 else period
        case Turn(unit="fiscal", by=by, origin="now") if article.now is None:
            spoken = _last_fiscal(article)
            return Fiscal(spoken + by, spoken + by) if spoken else period
        case Named(year=None, part=int(part), turn=None) if part >= 33:
            return _running_part(period, part, article, context)
    return period


def _last_fiscal(article: _Article) -> int | None:
    """The business year last spoken of, by the calendar year it ends in."""
    return next((p.fiscal for p in reversed(article.past) if p.fiscal), None)


def _fiscal_year(period: Period) -> int | None:
    return period.last if isinstance(period, Fiscal) else None


def _running_part(period: Period, part: int, article: _Article, context: Context) -> Period:
    """The quarter or half of the business year last spoken of, or else the one the tense points to."""
    if article.now is None or article.now.first is None:
        spoken = _last_fiscal(article)
        return Fiscal(spoken, spoken, part) if spoken else period
    day = article.now.first
    over = [y for y in range(day.year - 2, day.year + 3) if _ends_before(Fiscal(y, y, part), context, day)]
    year = over[-1] + (context.tense == "future") if over else None
    return Fiscal(year, year, part) if year else period


def _ends_before(period: Fiscal, context: Context, day: date) -> bool:
    days = fiscal(period, context.year_ends)
    return bool(days and days.last and days.last < day)


def _is_to_come(days: Days, now: Days | None) -> bool:
    return bool(now and now.last and days.first and days.first > now.last)


def _pointed(reading: DateReading) -> Period:
    """The period, narrowed to its last day by "d'ici la fin de", to its first by "depuis le début de"."""
    period = reading.period
    if not isinstance(period, Slit):
        return period
    if period.part in ("late", "close") and reading.relation in ("by", "until"):
        return replace(period, part="end")
    if period.part == "close" and reading.relation == "before":
        return replace(period, part="end")
    if period.part == "early" and reading.relation == "from" and isinstance(period.of, Turn):
        return replace(period, part="start")
    return period


def _anchors(period: Period, reading: DateReading, article: _Article) -> Iterable[Days]:
    """The dates "la veille" or "un an plus tôt" may count from, the likeliest first: the last ones of its paragraph,
    then of the article, then publication."""
    unit = period.unit if isinstance(period, Turn | Counted) else "day"
    by_year = MONTHS.get(unit, 0) >= 1
    fitting = [p for p in reversed(article.past) if not (by_year and p.spoken)]
    yield from (p.days for p in fitting if p.paragraph == reading.paragraph)
    if article.now and by_year:
        yield _year_of(article.now) if unit == "year" else article.now
    yield from (p.days for p in fitting if p.paragraph != reading.paragraph)
    if article.now:
        yield article.now


def _year_of(days: Days) -> Days:
    return edtf.year(days.first.year) if days.first and days.last and days.first.year == days.last.year else days


def _compares(period: Period) -> bool:
    """Whether the date only sets a figure beside another: "contre 131 un an plus tôt"; the talk goes on from before."""
    match period:
        case Counted(origin="last", sign=-1) | Turn(origin="last", by=-1) | Same():
            return True
    return False


def _is_spoken(period: Period) -> bool:
    match period:
        case Named(weekday=int(), month=None) | Turn(unit="day", origin="now"):
            return True
    return False


def _problems(mentions: list[Mention], article: _Article) -> list[Problem]:
    if article.now is not None:
        return []
    lost = [m for m in mentions if isinstance(m.value, DateValue) and m.value.relative and m.value.edtf is None]
    if not lost:
        return []
    first = lost[0]
    return [
        Problem(
            article="",
            code="no_publication_date",
            what=f"{len(lost)} relative date{'s' if len(lost) > 1 else ''} left open, the first “{first.text}”",
            why="the publication date of the article is not known, and today's is never used",
            advice='write {"published": "2024-05-15"} to a file NAME.json beside the article, '
            "or add the article with faits add --published",
            start=first.start,
            end=first.end,
            text=first.text,
        )
    ]
