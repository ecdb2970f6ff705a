"""The tense of the clause around a date, told by its words and endings where no parser is at hand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from faits.lexicons.calendar import calendar_words
from faits.model import Lang
from faits.text.calendar_words import Words, endings

# How far a verb may stand from its date, in tokens.
REACH = 14

_STOPS = frozenset(".;:!?()«»")


def clause_tense(w: Words, i: int, k: int) -> str | None:
    """ "past", "present" or "future": the tense of the verb nearest to tokens `i` to `k`; None when none is near.

    The words before the date in its clause come first, then those after it, then what stands before the clause.
    """
    for j in _around(w, i, k):
        tense = _tense(w, j)
        if tense:
            return tense
    return None


def _around(w: Words, i: int, k: int) -> Iterator[int]:
    """The places where the verb may stand, the likeliest first; none is looked at before it is asked for."""
    norms, first = w.cut.norms, max(-1, i - REACH)
    j = i - 1
    while j > first and norms[j] not in _STOPS and not w.at(j, "clause"):
        yield j
        j -= 1
    aside = w.norm(k) == "," and not w.opens(i) and w.norm(i - 1) != ","  # "la dette, de 780 M€ fin mars, grimperait"
    for after in range(k, k if aside else min(len(w), k + REACH)):
        if norms[after] in _STOPS:
            break
        yield after
    while j > first and norms[j] not in _STOPS:
        yield j
        j -= 1


def _tense(w: Words, j: int) -> str | None:
    word = w.at(j, "tense", "going", "helper")
    if word and word.role == "tense":
        return "past" if word.value == "future" and _is_done(w, j) else word.value
    if word and word.role == "going":
        return "future" if _followed(w, word.end, "infinitive_ending") else None
    if word and word.role == "helper":
        return _helped(w, word.end)
    return _by_ending(w, j)


def _helped(w: Words, k: int) -> str:
    """What a helper makes of the words behind it: past with a participle, else present."""
    for j in range(k, min(k + 3, len(w))):
        announced = w.at(j, "tense")
        if announced and announced.value == "future":
            return "future"
    return "past" if _followed(w, k, "participle_ending") else "present"


def _is_done(w: Words, j: int) -> bool:
    """Whether a word of the future is what someone did: "a fixé", "avait prévu"; not "a été prévu"."""
    before = w.at(j - 1, "helper", "tense")
    return bool(before and (before.value in ("have", "past")) and _ends(w.lang, "participle_ending", w.norm(j)))


def _followed(w: Words, k: int, role: str) -> bool:
    return any(_ends(w.lang, role, w.norm(j)) for j in range(k, min(k + 3, len(w))))


def _by_ending(w: Words, j: int) -> str | None:
    norm = w.norm(j)
    if len(norm) < 4 or w.capital(j) or norm in _no_verbs(w.lang):
        return None
    return _ends(w.lang, "tense_ending", norm) or None


@lru_cache(maxsize=65536)
def _ends(lang: Lang, role: str, norm: str) -> str:
    """What the ending of a word tells: its value, "yes" where it has none, "" where no ending fits."""
    for ending, value in endings(lang, role):
        if norm.endswith(ending) and len(norm) > len(ending):
            return value or "yes"
    return ""


@cache
def _no_verbs(lang: Lang) -> frozenset[str]:
    return frozenset(form for row in calendar_words(lang) if row.role == "tense_not" for form in row.written)
