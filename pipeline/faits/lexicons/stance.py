"""Rows of lexicons/{fr,en}/stance.toml: what ends like a verb and is none, clauses beside the point, comparisons."""

from __future__ import annotations

from functools import cache
from typing import Literal

from faits.lexicons.loader import LexiconRow, rows
from faits.lexicons.predicates import FormRow, Forms, compile_forms, fold
from faits.model import Lang


class NoVerbRow(LexiconRow):
    """Words that end like a future or a conditional and are none ("portrait"), or whose sense is told elsewhere."""

    words: tuple[str, ...]


class AsideRow(LexiconRow):
    """Words that open a clause which concedes or contrasts, and leaves what follows it as it is ("bien que")."""

    words: tuple[str, ...]


@cache
def asides(lang: Lang) -> tuple[str, ...]:
    """The words that open a clause beside the point, folded, the longest first."""
    found = {fold(word) for row in rows(f"{lang}/stance.toml", "aside", AsideRow) for word in row.words}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@cache
def no_verbs(lang: Lang) -> frozenset[str]:
    """The words that only look like a future or a conditional."""
    return frozenset(fold(word) for row in rows(f"{lang}/stance.toml", "no_verb", NoVerbRow) for word in row.words)


class AnnouncingRow(LexiconRow):
    """Words that bring up a thing as one to come ("le futur campus", "un projet de parc")."""

    words: tuple[str, ...]


@cache
def announcing(lang: Lang) -> frozenset[str]:
    """The words that bring up a thing as one to come, folded."""
    return frozenset(fold(w) for row in rows(f"{lang}/stance.toml", "announcing", AnnouncingRow) for w in row.words)


class PassingRow(LexiconRow):
    """Words of figures said in passing: the "year" a change is counted over ("sur un an"), the preposition "over" which
    any change is counted ("en"), what a text counts when it counts its own "saying" ("deux raisons"), and what makes a
    "record" of which the years are told ("la meilleure année depuis cinq ans").
    """

    of: Literal["year", "over", "saying", "record"]
    written: tuple[str, ...]


@cache
def passing(lang: Lang, of: Literal["year", "over", "saying", "record"]) -> frozenset[str]:
    """The words of one kind of figures said in passing, folded."""
    found = (row for row in rows(f"{lang}/stance.toml", "passing", PassingRow) if row.of == of)
    return frozenset(fold(word) for row in found for word in row.written)


class EstimatingRow(LexiconRow):
    """Verbs of those who put a figure on something that is not theirs, by their beginnings."""

    words: tuple[str, ...]


@cache
def estimating(lang: Lang) -> tuple[str, ...]:
    """How the verbs begin that put a figure on something, folded."""
    return tuple(fold(w) for row in rows(f"{lang}/stance.toml", "estimating", EstimatingRow) for w in row.words)


class ComparisonRow(FormRow):
    """Words that compare: before the other "figure" ("contre 735"), before the date that is the "base" ("qu'en 2024"),
    in a "former" date, one that counts back from the date spoken of ("un an plus tôt"), and before a "part" of the
    figure just given ("dont 6").
    """

    of: Literal["figure", "base", "former", "part"]


@cache
def comparisons(lang: Lang) -> Forms[ComparisonRow]:
    """The words that compare in one language."""
    return compile_forms(rows(f"{lang}/stance.toml", "comparison", ComparisonRow))
