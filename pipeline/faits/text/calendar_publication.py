"""The day an article came out, as a line of it says ("Publié le 12/03/2024 à 18h30") or its metadata."""

from __future__ import annotations

import re
from functools import cache, partial

from faits.model import Lang
from faits.text import edtf
from faits.text.calendar import DateReading, Named
from faits.text.calendar_grammar import Found, read
from faits.text.calendar_words import Words, first_words, words

# Datelines and bylines stand at the head of an article, or at its very foot.
HEAD, FOOT = 2500, 600

_ISO = re.compile(r"\s*(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?![\d-])(?:[T ]\d{2}:?\d{2}.*)?\s*", re.DOTALL)
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?\s*")
# What may stand beside the date on a line of its own: a place, an agency, a time.
_TIME = r"(?:\d{1,2} ?[h:] ?\d{0,2} ?(?:[ap]\.?m\.?)? ?(?:[A-Z]{3,4})?)?"
_DATELINE_END = re.compile(
    rf" ?(?:[,à|·•(\[-]|at)? ?{_TIME}[ )\].|·•-]{{0,4}}(?:$|[—–|•·-] |\(\w{{2,12}}\)|\([\w .'’-]{{2,40}}\) ?[—–-] )",
    re.IGNORECASE,
)
_PLACE = re.compile(r"(?:[A-ZÀ-Ý][\w.'’ -]{0,38})?[,( ]{0,3}(?:\(\w{2,12}\)|le|—|–|-|,|\||•|·)? {0,2}")


def published_in(text: str, lang: Lang) -> str | None:
    """The publication date that a line of the text gives, EDTF; None when none does.

    "Publié le …" comes before a dateline ("PARIS, 12 mars 2024 —"), and both before "Mis à jour le …".

    >>> published_in("Un parc géant\\nPublié le 12/03/2024 à 18h30\\nMis à jour le 14/03/2024", "fr")
    '2024-03-12'
    """
    best: tuple[int, str] | None = None
    for part in (text[:HEAD], text[max(HEAD, len(text) - FOOT) :]):
        for found in read(part, lang, where=partial(_may_say, lang)):
            stated = _edtf(found)
            rank = _rank(part, found, lang) if stated else None
            if rank is not None and stated and (best is None or rank < best[0]):
                best = (rank, stated)
        if best and best[0] < _LATER:
            break
    return best[1] if best else None


_FIRST, _DATELINE, _LATER = range(3)

# Anything that may end a date in full: four digits, or two behind a sign, an apostrophe or a word.
_YEAR = re.compile(r"\d{4}|[-/.’'\s]\s?\d{2}(?!\d)")


@cache
def _saying(lang: Lang) -> re.Pattern[str]:
    """The first words of what says that a text came out."""
    return re.compile("|".join(re.escape(word) for word in first_words(lang, "published")), re.IGNORECASE)


def _may_say(lang: Lang, paragraph: str) -> bool:
    """Whether a line may give the day it came out: most do not, and are spared the grammar of dates."""
    said = _saying(lang)
    return any(
        _YEAR.search(line, 0, 120) or (said.search(line) and _YEAR.search(line)) for line in paragraph.split("\n")
    )


def parse_published(text: str, lang: Lang) -> str | None:
    """A metadata value as EDTF, as fine as it is written; None when it is no date.

    >>> [parse_published(v, "en") for v in ("2025-08-06T09:20:00+02:00", "9 September 2025", "2024-06", "soon")]
    ['2025-08-06', '2025-09-09', '2024-06', None]
    """
    iso = _ISO.fullmatch(text)
    if iso:
        return iso[1] if edtf.parse(iso[1]) else None
    compact = _COMPACT.fullmatch(text)
    if compact:
        joined = "-".join(compact.groups())
        return joined if edtf.parse(joined) else None
    others: tuple[Lang, ...] = (lang, "en" if lang == "fr" else "fr")
    for one in others:
        for found in read(text[:200], one):
            stated = _edtf(found, day_only=False)
            if stated:
                return stated
    return None


def _edtf(found: Found, *, day_only: bool = True) -> str | None:
    """The day a reading states in full; with `day_only` false a month or a year will do."""
    period = found.reading.period if isinstance(found.reading, DateReading) else None
    if not isinstance(period, Named) or period.year is None or period.part:
        return None
    if period.month and period.day:
        day = edtf.stated_day(period.year, period.month, period.day)
        return day.edtf if day else None
    if day_only:
        return None
    return edtf.month(period.year, period.month).edtf if period.month else edtf.year(period.year).edtf


def _rank(text: str, found: Found, lang: Lang) -> int | None:
    """How well the line says that the date is its publication: 0 best, None not at all."""
    start = text.rfind("\n", 0, found.start) + 1
    end = text.find("\n", found.end)
    before, after = text[start : found.start], text[found.end : end if end >= 0 else len(text)].rstrip("\r")
    near = max(start, found.start - 60)
    said, phrase = _said(words(text[near : found.end], lang), found.start - near)
    if said is not None and (
        len(before) + len(after) <= _LINE or _opens(text[start : near + phrase], text[near + phrase])
    ):
        return _FIRST if said == "first" else _LATER
    if _PLACE.fullmatch(before) and len(before) <= 45 and _DATELINE_END.match(after):
        return _DATELINE
    if _LOCATED.fullmatch(before) and after.startswith(". "):
        return _DATELINE
    return _DATELINE if _signed(before, after, lang) else None


# "Fos-sur-Mer, le 6 novembre 2024. Un haut-fourneau …": a place, then the text goes on in the same line.
_LOCATED = re.compile(r"[A-ZÀ-Ý][\w.'’ -]{1,38}, (?:le )?")


def _signed(before: str, after: str, lang: Lang) -> bool:
    """Whether a date ends the line that names who wrote or asked: "Propos recueillis par Lise Aubry, le 4 mai 2025"."""
    if len(before) > _LINE or after.strip(" .)]»"):
        return False
    said = words(before, lang)
    return any(said.at(k, "byline") for k in range(len(said)))


# A line longer than this is a sentence of the article or several: "le décret publié le 12 mars 2024" dates a decree.
_LINE = 110


def _opens(before: str, initial: str) -> bool:
    """Whether a phrase stands for itself in its line: first in it, after a sign that parts, or with a capital."""
    before = before.rstrip()
    return not before or before[-1] in ".!?|•·:)–—»" or initial.isupper()


def _said(w: Words, upto: int) -> tuple[str | None, int]:
    """What the words that end where the date begins, or inside it ("publié le"), say of it, and where they start."""
    for i in range(len(w) - 1, -1, -1):
        word = w.at(i, "published")
        if word and w.cut.starts[i] < upto + 1 and w.cut.ends[word.end - 1] >= upto - 3 and _gap(w, word.end, upto):
            return word.value, w.cut.starts[i]
    return None, 0


def _gap(w: Words, k: int, upto: int) -> bool:
    """Whether nothing but a colon or an article stands between the phrase and the date."""
    return all(w.norm(j) in (":", "le", "on", "du", ",") for j in range(k, len(w)) if w.cut.starts[j] < upto)
