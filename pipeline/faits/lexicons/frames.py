"""Rows of lexicons/{fr,en}/frames.toml: words that tie two parties, or a date to what happens, and where these stand.

A party stands in a *slot*: "subject" (who does), "object" (whom it is done to), "host" (what a noun is said of: "X,
filiale de Y"), "apposed" ("sa filiale X"), "owner" (son, sa, its, 's), or behind a preposition ("de", "with").
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal, TypeVar

from faits.errors import LexiconError
from faits.lexicons.loader import LexiconRow, rows
from faits.lexicons.predicates import FormRow, Forms, Found, compile_forms, fold
from faits.model import Lang, Predicate

F = TypeVar("F", bound=FormRow)


class FrameRow(FormRow):
    """A word that ties two parties; for each of them the slots it may stand in, best first.

    `function` names a function in the masculine and the feminine; without `people` no person is the subject.
    A verb with `passive` counts in the passive only, with `active` in the active; a row `with_figure` beside a figure
    too, whatever that tells.
    A verb with `nouns` counts only where it is said of one of them ("a round led by").
    With `definite` it counts only where its object is a common noun with an article ("supplies the turbines").
    A noun with `verbs` counts under one of them only ("won a contract"), "*" ending a word that goes on.
    """

    predicate: Predicate
    pos: Literal["verb", "noun"]
    subject: tuple[str, ...]
    object: tuple[str, ...]
    function: tuple[str, str] | None = None
    people: bool = True
    passive: bool = False
    active: bool = False
    with_figure: bool = False
    definite: bool = False
    nouns: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()


class EventRow(FormRow):
    """A word that says what a date is the date of, and the slots of what it happens to.

    What a row with `things` tells happens to no organisation: a pronoun there stands for a site or a product.
    """

    predicate: Predicate
    pos: Literal["verb", "noun"]
    theme: tuple[str, ...]
    weight: float = 1.0
    things: bool = False


class WhenVerbRow(FormRow):
    """Verbs that say when something is due, and nothing of what it is ("prévue pour 2028")."""


class PartRow(LexiconRow):
    """Nouns of a part or a step of a project ("réacteur", "travaux"): without a name they are of the one spoken of."""

    nouns: tuple[str, ...]


class SiteNounRow(FormRow):
    """Nouns of sites that their place can name ("usine": "l'usine de Fos")."""


class GeneralSiteRow(LexiconRow):
    """Nouns that a site of any kind can be called by ("le site", "the facility")."""

    nouns: tuple[str, ...]


class DeciderRow(FormRow):
    """Common nouns of those who decide and make known in public: "le tribunal", "the regulator"."""


class JointRow(FormRow):
    """Words before the name of a partner ("aux côtés de", "in partnership with")."""


class RoundRow(FormRow):
    """Words that say who puts money into a round; the names stand behind them, or `before` them.

    With `here` they say so only where the same sentence tells of raising money.
    """

    before: bool = False
    here: bool = False


class RaisingRow(FormRow):
    """Words that tell of a round of funding ("tour de table", "has raised")."""


class TiedRow(FormRow):
    """Participles that tie two names by a hyphen ("EDF-owned Framatome"), and what they say of the two."""

    predicate: Predicate


class DemonymRow(FormRow):
    """Adjectives of a town or region ("toulousain") and the place they stand for."""

    place: str


class PlaceWordRow(LexiconRow):
    """Prepositions before a place."""

    locative: tuple[str, ...]


class SettlementRow(LexiconRow):
    """Nouns of places where people live ("ville", "hamlet")."""

    nouns: tuple[str, ...]


class FeminineRow(LexiconRow):
    """Given names of women by their endings, with those that end so and are men's, and others that are women's."""

    endings: tuple[str, ...]
    never: tuple[str, ...]
    also: tuple[str, ...]


@cache
def frames(lang: Lang) -> tuple[Forms[FrameRow], ...]:
    """The words that tie two parties in one language: verbs, then nouns, for some are written alike ("commande").

    Raises:
        LexiconError: a row is malformed or lacks examples.
    """
    table = rows(f"{lang}/frames.toml", "frame", FrameRow)
    return tuple(compile_forms([row for row in table if row.pos == pos]) for pos in ("verb", "noun"))


@cache
def happenings(lang: Lang) -> tuple[Forms[EventRow], ...]:
    """The words that say what a date is the date of: verbs, then nouns.

    Raises:
        LexiconError: a row is malformed or lacks examples.
    """
    table = rows(f"{lang}/frames.toml", "event", EventRow)
    return tuple(compile_forms([row for row in table if row.pos == pos]) for pos in ("verb", "noun"))


def found_in(forms: tuple[Forms[F], ...], folded: str) -> Iterator[Found[F]]:
    """Every form of several tables in folded text, in reading order."""
    every = [one for table in forms for one in table.find(folded)]
    yield from sorted(every, key=lambda one: (one.start, one.end, one.row.written))


@cache
def when_verbs(lang: Lang) -> Forms[WhenVerbRow]:
    """The verbs that only say when something is due."""
    return compile_forms(rows(f"{lang}/frames.toml", "when_verb", WhenVerbRow))


@cache
def parts(lang: Lang) -> frozenset[str]:
    """The nouns of a part or a step of a project."""
    return frozenset(noun for row in rows(f"{lang}/frames.toml", "part", PartRow) for noun in row.nouns)


@cache
def site_nouns(lang: Lang) -> Forms[SiteNounRow]:
    """The nouns of sites that their place can name."""
    return compile_forms(rows(f"{lang}/frames.toml", "site", SiteNounRow))


@cache
def general_sites(lang: Lang) -> frozenset[str]:
    """The nouns that a site of any kind can be called by, folded."""
    return frozenset(
        fold(noun) for row in rows(f"{lang}/frames.toml", "general_site", GeneralSiteRow) for noun in row.nouns
    )


@cache
def deciders(lang: Lang) -> Forms[DeciderRow]:
    """The common nouns of those who decide and make known in public."""
    return compile_forms(rows(f"{lang}/frames.toml", "decider", DeciderRow))


@cache
def joints(lang: Lang) -> Forms[JointRow]:
    """The words before the name of a partner."""
    return compile_forms(rows(f"{lang}/frames.toml", "joint", JointRow))


@cache
def rounds(lang: Lang) -> Forms[RoundRow]:
    """The words that say who puts money into a round."""
    return compile_forms(rows(f"{lang}/frames.toml", "round", RoundRow))


@cache
def raisings(lang: Lang) -> Forms[RaisingRow]:
    """The words that tell of a round of funding."""
    return compile_forms(rows(f"{lang}/frames.toml", "raising", RaisingRow))


@cache
def tied(lang: Lang) -> tuple[TiedRow, ...]:
    """The participles that tie two names by a hyphen."""
    return tuple(rows(f"{lang}/frames.toml", "tied", TiedRow)) if lang == "en" else ()


@cache
def demonyms(lang: Lang) -> Forms[DemonymRow]:
    """The adjectives of towns and regions."""
    return compile_forms(rows(f"{lang}/frames.toml", "demonym", DemonymRow))


@cache
def locatives(lang: Lang) -> frozenset[str]:
    """The prepositions that may stand before the place where a thing is.

    Raises:
        LexiconError: there is not exactly one row of them.
    """
    table = rows(f"{lang}/frames.toml", "place", PlaceWordRow)
    if len(table) != 1:
        raise LexiconError(f"{lang}/frames.toml: {len(table)} [[place]] rows; keep exactly one")
    return frozenset(table[0].locative)


@cache
def settlements(lang: Lang) -> frozenset[str]:
    """The nouns of places where people live."""
    return frozenset(noun for row in rows(f"{lang}/frames.toml", "settlement", SettlementRow) for noun in row.nouns)


@cache
def feminine(lang: Lang) -> FeminineRow:
    """How given names of women are known in one language.

    Raises:
        LexiconError: there is not exactly one row of them.
    """
    table: tuple[FeminineRow, ...] = rows(f"{lang}/frames.toml", "feminine", FeminineRow)
    if len(table) != 1:
        raise LexiconError(f"{lang}/frames.toml: {len(table)} [[feminine]] rows; keep exactly one")
    return table[0]
