"""Where the business year of an article ends, as the article itself says: "l'exercice clos fin août"."""

from __future__ import annotations

from typing import NamedTuple

from faits.model import Lang
from faits.text.calendar import Named
from faits.text.calendar_named import named
from faits.text.calendar_words import Words, words

# How far from "exercice" its closing may be said, and how far from "clos" its month, in tokens.
REACH, NEAR = 14, 6


class YearEnd(NamedTuple):
    """The month in which a business year ends, and where the text first says so."""

    month: int
    at: int


def year_end(text: str, lang: Lang) -> YearEnd | None:
    """The month in which the business year ends; None where the article does not say.

    >>> year_end("Au premier semestre de l'exercice 2024-2025, clos fin septembre, la perte recule.", "fr").month
    3
    """
    offset = 0
    for line in text.split("\n"):
        if any(clue in line.lower() for clue in _CLUES[lang]):
            found = _in_line(words(line, lang, offset))
            if found:
                return found
        offset += len(line) + 1
    return None


# A quick look before a line is cut into words; the lexicon decides.
_CLUES: dict[Lang, tuple[str, ...]] = {"fr": ("exerc", "fiscal", "saison", "budg"), "en": ("fiscal", "year", "season")}


def _in_line(w: Words) -> YearEnd | None:
    for i in range(len(w)):
        word = w.at(i, "fiscal", "yearly") or w.at(i, "business_year")
        if word is None:
            continue
        for k in range(word.end, min(word.end + REACH, len(w))):
            if w.norm(k) in (".", ";", "!", "?"):
                break
            if w.at(k, "closes"):
                month = _month_near(w, k)
                if month:
                    return YearEnd((month - 1 + _missing(w, i)) % 12 + 1, w.offset + w.cut.starts[i])
            if w.at(k, "runs"):
                month = _last_month(w, k)
                if month:
                    return YearEnd(month, w.offset + w.cut.starts[i])
    return None


def _month_near(w: Words, k: int) -> int | None:
    for j in range(k + 1, min(k + NEAR, len(w))):
        found = named(w, j)
        if found and isinstance(found[0], Named) and found[0].month:
            return found[0].month
        month = w.at(j, "month", "month_shy")
        if month:
            return int(month.value)
    return None


def _last_month(w: Words, k: int) -> int | None:
    """The second month of "court de juillet à juin"."""
    months = [int(m.value) for j in range(k, min(k + NEAR + 2, len(w))) if (m := w.at(j, "month", "month_shy"))]
    return months[1] if len(months) > 1 else None


def _missing(w: Words, i: int) -> int:
    """How many months of the year follow when it is a part of it that closes: six after "premier semestre de"."""
    for j in range(max(0, i - 5), i):
        rank = w.at(j, "ordinal")
        part = w.at(rank.end, "division") if rank else None
        if rank and part and 1 <= int(rank.value) <= 4:
            length = 3 if part.value == "quarter" else 6
            return max(0, 12 - length * int(rank.value))
    return 0
