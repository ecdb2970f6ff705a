"""Finds every mention of a text: money, quantities, dates, entities; two overlap only where a name holds another."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from faits.extractors import dates, entities, money, quantities
from faits.model import Lang, Mention
from faits.text.figures import figures

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from faits.extractors.entities import Gazetteer

# Bumped by an extractor whose output changes: what is cached and what is published carry it.
VERSIONS = (money.VERSION, quantities.VERSION, dates.VERSION, entities.VERSION)

# At equal length the reading with more grammar behind it stands: a unit, then a calendar word, then a bare count.
_WEAK = {"count": 2, "ordinal": 3, "entity": 4}


def find(text: str, lang: Lang, doc: Doc | None, *, gazetteer: Gazetteer | None = None) -> list[Mention]:
    """Every mention of `text` in reading order, not yet normalised; spans overlap only where a name holds another.

    Where two extractors want the same characters, a figure with a unit stands before a name ("Borealis SEK 640m"),
    else the longer span does: a name keeps bare numbers out of figures ("Boeing 737", "Llama 2").
    """
    found = figures(text, lang)
    names = entities.find(text, lang, doc, gazetteer=gazetteer)
    candidates = [
        *money.find(text, lang, found),
        *quantities.find(text, lang, found),
        *dates.find(text, lang),
        *(name for name in names if not name.reading.nested),
    ]
    kept = _without_overlaps(candidates)
    nested = [name for name in names if name.reading.nested and not _is_cut(name, kept)]
    return sorted([*kept, *nested], key=lambda m: (m.start, -m.end)) if nested else kept


def outer(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that stand in no other: what a sentence speaks of, where it says "l'usine de Lannion"."""
    return [m for m in mentions if not getattr(m.reading, "nested", False)]


def _is_cut(name: Mention, kept: Sequence[Mention]) -> bool:
    """Whether a nested name shares characters with anything but the name that holds it."""
    at = bisect_left(kept, name.end, key=lambda m: m.start)
    while at > 0 and kept[at - 1].end > name.start:
        at -= 1
        if kept[at].kind != "entity" or kept[at].start > name.start or kept[at].end < name.end:
            return True
    return False


def _without_overlaps(candidates: list[Mention]) -> list[Mention]:
    taken: list[Mention] = []
    for mention in sorted(candidates, key=lambda m: (m.start, _rank(m))):
        while taken and mention.start < taken[-1].end:
            if not _stands_before(mention, taken[-1]):
                break
            taken.pop()
        else:
            taken.append(mention)
    return taken


def _stands_before(one: Mention, other: Mention) -> bool:
    """Whether `one` is the better reading of characters both want."""
    measured = [_WEAK.get(m.kind, 0) == 0 and m.kind != "date" for m in (one, other)]
    if one.kind == "entity" and measured[1]:
        return False
    if other.kind == "entity" and measured[0]:
        return True
    return _rank(one) < _rank(other)


def _rank(mention: Mention) -> tuple[int, int, str]:
    """What stands first of two readings: the longer, then the one with more grammar behind it."""
    weakness = _WEAK.get(mention.kind, 1 if mention.kind == "date" else 0)
    return (mention.start - mention.end, weakness, mention.kind)
