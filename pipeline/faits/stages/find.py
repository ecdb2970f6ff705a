"""Finds every mention of a text: money, quantities, dates, entities; no two overlap but by nesting in an entity."""

from __future__ import annotations

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
    """Every mention of `text` in reading order, not yet normalised; spans never overlap.

    Where two extractors want the same characters, a figure with a unit stands before a name ("Borealis SEK 640m"),
    else the longer span does: a name keeps bare numbers out of figures ("Boeing 737", "Llama 2").
    """
    found = figures(text, lang)
    candidates = [
        *money.find(text, lang, found),
        *quantities.find(text, lang, found),
        *dates.find(text, lang),
        *entities.find(text, lang, doc, gazetteer=gazetteer),
    ]
    return _without_overlaps(candidates)


def _without_overlaps(candidates: list[Mention]) -> list[Mention]:
    taken: list[Mention] = []
    ends: list[int] = []
    for mention in sorted(candidates, key=lambda m: (m.start, _rank(m))):
        while ends and mention.start < ends[-1]:
            if _rank(mention) >= _rank(taken[-1]):
                break
            taken.pop()
            ends.pop()
        else:
            taken.append(mention)
            ends.append(mention.end)
    return taken


def _rank(mention: Mention) -> tuple[bool, int, int, str]:
    """What stands first of two that overlap: the smaller."""
    weakness = _WEAK.get(mention.kind, 1 if mention.kind == "date" else 0)
    return (weakness > 0, mention.start - mention.end, weakness, mention.kind)
