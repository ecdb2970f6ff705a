"""Rows of lexicons/{fr,en}/statements.toml: the words facts are told with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from faits.errors import LexiconError
from faits.lexicons.loader import LexiconRow, rows
from faits.lexicons.predicates import fold
from faits.model import Bound, Lang, Modality, Predicate, Relation


class StatementRow(LexiconRow):
    """How a fact of one predicate is told, and what follows a hedge ("doit", "could").

    A row whose `case` is "bare" speaks of a fact without a figure, "negative" of one with a negative figure, "alone" of
    one without an object, "named" of one whose object is an entity though words stand there as a rule, "owned" of a
    count of what a party can be said to have, "times" of a change told by how many times. `inherent` are modalities
    that the plain words hold already: a deadline is always planned.
    """

    predicate: Predicate
    case: Literal["plain", "bare", "negative", "alone", "named", "owned", "times"] = "plain"
    told: str
    infinitive: str
    denied: str
    inherent: tuple[Modality, ...] = ()


class HedgeRow(LexiconRow):
    """What makes a statement planned or conditional."""

    modality: Modality
    before: str


class BoundRow(LexiconRow):
    """How a bound is written around a figure."""

    bound: Bound
    text: str


class WhenRow(LexiconRow):
    """How a date is introduced: a year or month, a day, a part of a year, one without article ("fin 2026")."""

    relation: Relation
    month: str
    day: str
    part: str
    bare: str


class PartRow(LexiconRow):
    """How an EDTF season code (21 to 41) of a year is written; `bare` takes no article ("fin 2026")."""

    code: tuple[int, ...]
    text: str
    bare: bool = False


class CurrencyRow(LexiconRow):
    """How a currency is called in running text, where CLDR's own name is too long for it."""

    code: str
    one: str
    other: str


class PerRow(LexiconRow):
    """What `per` holds, as the language calls it."""

    code: str
    text: str


class PlaceRow(LexiconRow):
    """Places with the preposition and article they take; `names` may end in "*"."""

    before: str
    names: tuple[str, ...]


class OwnedRow(LexiconRow):
    """Nouns of what a party can be said to have, in the singular; other counts are only given for it."""

    nouns: tuple[str, ...]


class PhraseRow(LexiconRow):
    """The frames that hold the rest."""

    attributed: str
    between: str
    per: str
    several: str
    dates: str
    decade: str
    quoted: str
    at: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Statements:
    """The statement lexicon of one language."""

    told: dict[tuple[Predicate, str], StatementRow]
    hedges: dict[Modality, HedgeRow]
    bounds: dict[Bound, str]
    when: dict[Relation, WhenRow]
    parts: dict[int, PartRow]
    currencies: dict[str, CurrencyRow]
    phrases: PhraseRow
    units: dict[str, str]
    places: dict[str, str]
    owned: frozenset[str]


@cache
def statements(lang: Lang) -> Statements:
    """The statement lexicon of one language.

    Raises:
        LexiconError: a predicate, relation or the phrases are missing.
    """
    file = f"{lang}/statements.toml"
    told = {(row.predicate, row.case): row for row in rows(file, "statement", StatementRow)}
    plain = {predicate for predicate, case in told if case == "plain"}
    when = {row.relation: row for row in rows(file, "when", WhenRow)}
    if missing := sorted(({*get_args(Predicate)} - plain) | ({*get_args(Relation)} - {*when})):
        raise LexiconError(f"{file}: no row for {', '.join(missing)}; add one")
    phrases = rows(file, "phrase", PhraseRow)
    if len(phrases) != 1:
        raise LexiconError(f"{file}: {len(phrases)} [[phrase]] rows; keep exactly one")
    return Statements(
        told=told,
        hedges={row.modality: row for row in rows(file, "hedge", HedgeRow)},
        bounds={row.bound: row.text for row in rows(file, "bound", BoundRow)},
        when=when,
        parts={code: row for row in rows(file, "part", PartRow) for code in row.code},
        currencies={row.code: row for row in rows(file, "currency", CurrencyRow)},
        phrases=phrases[0],
        units={row.code: row.text for row in rows(file, "per", PerRow)},
        places={name: row.before for row in rows(file, "place", PlaceRow) for name in row.names},
        owned=frozenset(fold(noun) for row in rows(file, "owned", OwnedRow) for noun in row.nouns),
    )
