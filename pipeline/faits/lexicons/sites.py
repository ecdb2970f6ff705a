"""Kinds of sites in both languages: what makes "parc éolien de Penmarch" and "Penmarch wind farm" one."""

from __future__ import annotations

from functools import cache

from faits.errors import LexiconError
from faits.lexicons.loader import LexiconRow, rows
from faits.lexicons.names import fold_pieces


class SiteRow(LexiconRow):
    """One kind of site with the nouns for it in both languages; `under` names kinds that it is often called, too."""

    kind: str
    under: tuple[str, ...] = ()
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


def same_site(one: str, other: str) -> bool | None:
    """Whether two names are of one kind of site at one place; None where they may be of one, told in general words.

    >>> same_site("aciérie de Fos-sur-Mer", "the Fos steelworks"), same_site("aciérie de Fos", "site de Fos-sur-Mer")
    (None, None)
    >>> same_site("usine de Lannion", "Lannion plant"), same_site("usine de Lannion", "port de Lannion")
    (True, False)
    """
    a, b = site_of(one), site_of(other)
    if a is None or b is None:
        return False
    if a == b:
        return True
    kinds = a[0] == b[0] or a[0] in _under()[b[0]] or b[0] in _under()[a[0]]
    return None if kinds and (a[1] == b[1] or _short_of(a[1], b[1]) or _short_of(b[1], a[1])) else False


def _short_of(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether a town is called by the first part of its name: "Fos" for "Fos-sur-Mer"."""
    return len(full) > len(short) + 1 and full[: len(short)] == short and full[len(short)] in _BY


@cache
def _under() -> dict[str, frozenset[str]]:
    return {row.kind: frozenset(row.under) for row in rows("sites.toml", "site", SiteRow)}


_BY = frozenset({"sur", "sous", "en", "les", "lez", "on", "upon", "under"})
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
