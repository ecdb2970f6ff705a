"""Rows of lexicons/{fr,en}/slips.toml: words that show a word is missing, or is there twice."""

from __future__ import annotations

from functools import cache

from pydantic import Field

from faits.lexicons.loader import LexiconRow, rows
from faits.model import Lang


class WantingRow(LexiconRow):
    """Words that cannot be followed at once by a figure, a name or an article: `wants` must stand between.

    Behind one of `unless_after` they are another expression ("en cas de besoin les équipes").
    """

    written: tuple[str, ...] = Field(min_length=1)
    wants: str
    unless_after: tuple[str, ...] = ()


class SlipWordsRow(LexiconRow):
    """Words of one kind: `doubled` ones never stand twice in a row, `describing` ones stand before their noun, the news
    that a `denial` is followed by are a noun ("pas de nouvelles de lui"), `unvarying` ones show no number, and
    `singular` and `plural` are determiners of that number alone.
    """

    written: tuple[str, ...] = Field(min_length=1)


@cache
def wanting(lang: Lang) -> dict[str, tuple[tuple[tuple[str, ...], WantingRow], ...]]:
    """The expressions that want a word behind them, by their last word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], WantingRow]]] = {}
    for row in rows(f"{lang}/slips.toml", "wanting", WantingRow):
        for written in row.written:
            words = tuple(written.replace("'", "' ").split())
            found.setdefault(words[-1], []).append((words, row))
    return {last: tuple(sorted(entries, key=lambda e: (-len(e[0]), e[0]))) for last, entries in found.items()}


@cache
def slip_words(lang: Lang, table: str) -> frozenset[str]:
    """The words of one of the tables of `SlipWordsRow`, in lower case."""
    return frozenset(word for row in rows(f"{lang}/slips.toml", table, SlipWordsRow) for word in row.written)
