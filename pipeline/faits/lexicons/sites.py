"""Kinds of sites in both languages: what makes "parc éolien de Penmarch" and "Penmarch wind farm" one."""

from __future__ import annotations

from functools import cache

from faits.errors import LexiconError
from faits.lexicons.loader import LexiconRow, rows
from faits.lexicons.names import fold_pieces


class SiteRow(LexiconRow):
    """One kind of site with the nouns for it in both languages."""

    kind: str
    fr: tuple[str, ...]
    en: tuple[str, ...]


def site_of(name: str) -> tuple[str, tuple[str, ...]] | None:
    """The kind of a site and the pieces of its place; None where the name is no site's.

    >>> site_of("parc éolien de Penmarch"), site_of("Penmarch wind farm"), site_of("Penmarch")
    (('wind farm', ('penmarch',)), ('wind farm', ('penmarch',)), None)
    """
    pieces = fold_pieces(name)
    while pieces and pieces[0] in _ARTICLES:
        pieces = pieces[1:]
    before, after = _nouns()
    for size in range(min(_LONGEST, len(pieces) - 1), 0, -1):
        if kind := before.get(pieces[:size]):
            place = pieces[size:]
            while place and place[0] in _OF:
                place = place[1:]
            return (kind, place) if place else None
        if kind := after.get(pieces[-size:]):
            return kind, pieces[:-size]
    return None


_ARTICLES = frozenset({"l", "la", "le", "the"})
_OF = frozenset({"de", "du", "des", "d", "la", "l", "a", "au", "en"})
_LONGEST = 4


@cache
def _nouns() -> tuple[dict[tuple[str, ...], str], dict[tuple[str, ...], str]]:
    before: dict[tuple[str, ...], str] = {}
    after: dict[tuple[str, ...], str] = {}
    for row in rows("sites.toml", "site", SiteRow):
        for nouns, table in ((row.fr, before), (row.en, after)):
            for noun in nouns:
                if table.setdefault(fold_pieces(noun), row.kind) != row.kind:
                    raise LexiconError(f"sites.toml: {noun!r} is of two kinds; keep one")
    return before, after
