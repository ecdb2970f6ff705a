"""Rows of lexicons/{fr,en}/payments.toml: words that hand a sum or a share from one party to another.

A *payment* is a noun of such a sum ("prêt", "grant"), a *handing* a verb ("verser", "borrow"). For both sides, who
gives and who gets, a row names the slots of `linking/grammar.py` where the party stands, best first.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from faits.lexicons.loader import LexiconRow, rows
from faits.lexicons.predicates import FormRow, Forms, compile_forms, fold
from faits.model import Kind, Lang, Predicate


class PaymentRow(FormRow):
    """Nouns of a sum or a share, the predicate of their figure, and where its giver and its getter stand by them."""

    predicate: Predicate
    kinds: tuple[Kind, ...] = ("money",)
    giver: tuple[str, ...] = ()
    getter: tuple[str, ...] = ()


class HandingRow(FormRow):
    """Verbs that hand over; without a predicate of their own, that is said by the noun or the figure they have.

    With `of`, they count only where a noun of these predicates is what they hand over. `neither` are the slots of who
    has a hand in it and neither gives nor gets: who sells, who allows.
    """

    predicate: Predicate | None = None
    kinds: tuple[Kind, ...] = ("money",)
    giver: tuple[str, ...] = ()
    getter: tuple[str, ...] = ()
    neither: tuple[str, ...] = ()
    of: tuple[Predicate, ...] = ()


@cache
def payments(lang: Lang) -> Forms[PaymentRow]:
    """The nouns of sums and shares of one language.

    Raises:
        LexiconError: a row is malformed or lacks examples.
    """
    return compile_forms(rows(f"{lang}/payments.toml", "payment", PaymentRow))


@cache
def handings(lang: Lang) -> Forms[HandingRow]:
    """The verbs that hand over.

    Raises:
        LexiconError: a row is malformed or lacks examples.
    """
    return compile_forms(rows(f"{lang}/payments.toml", "handing", HandingRow))


class TurnedRow(LexiconRow):
    """Nouns that give a figure another predicate than the words near it: of what it is about ("subject"), of the whole
    it is a part of ("whole"), of what its clause speaks of ("clause"); or the "word" that gave it, where who it is
    about is public.
    """

    predicate: Predicate
    instead: tuple[Predicate, ...]
    kinds: tuple[Kind, ...]
    by: Literal["subject", "whole", "clause", "word"]
    nouns: tuple[str, ...]


@cache
def turned(lang: Lang) -> tuple[TurnedRow, ...]:
    """The nouns that give a figure another predicate than the words near it."""
    return rows(f"{lang}/payments.toml", "turned", TurnedRow)


class PublicRow(LexiconRow):
    """Nouns of those whose money is public: what they give is a subsidy."""

    nouns: tuple[str, ...]


@cache
def public(lang: Lang) -> frozenset[str]:
    """The nouns of those whose money is public, folded."""
    return frozenset(fold(noun) for row in rows(f"{lang}/payments.toml", "public", PublicRow) for noun in row.nouns)


class SumRow(LexiconRow):
    """Nouns that only say "so much": what they are of, their figure is of."""

    nouns: tuple[str, ...]


@cache
def sums(lang: Lang) -> frozenset[str]:
    """The nouns that only say "so much", as written in lower case."""
    return frozenset(noun for row in rows(f"{lang}/payments.toml", "sum", SumRow) for noun in row.nouns)
