"""Rows of lexicons/fr/stance.toml that keep verb endings apart from words that end alike."""

from __future__ import annotations

from functools import cache

from faits.lexicons.loader import LexiconRow, rows
from faits.lexicons.predicates import fold
from faits.model import Lang


class NoVerbRow(LexiconRow):
    """Words that end like a future or a conditional and are none ("portrait"), or whose sense is told elsewhere."""

    words: tuple[str, ...]


@cache
def no_verbs(lang: Lang) -> frozenset[str]:
    """The words that only look like a future or a conditional."""
    return frozenset(fold(word) for row in rows(f"{lang}/stance.toml", "no_verb", NoVerbRow) for word in row.words)
