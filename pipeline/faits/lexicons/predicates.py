"""Rows of the lexicons of predicates and stance, and how their forms are found in a text.

A form is a sequence of words compared without case and accents; "*" ends a word that goes on ("investi*").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Generic, Literal, TypeVar, get_args

from pydantic import Field, field_validator

from faits.errors import LexiconError
from faits.lexicons.loader import LexiconRow, rows
from faits.model import EntityType, Kind, Lang, Modality, Predicate

# Predicates of dates and relations: their words stand in frames.toml.
RELATION_PREDICATES = frozenset({"role", "supply_agreement", "partnership", "ownership", "location"})
DATE_PREDICATES = frozenset({"founded", "start_date", "end_date", "announced", "deadline"})

# What a figure is when no word near it says more.
DEFAULTS: dict[Kind, Predicate] = {
    "money": "amount", "price": "price", "power": "power_capacity", "energy": "energy_production",
    "ratio": "share", "points": "growth", "count": "count", "emissions": "emissions", "duration": "duration",
    "mass": "quantity", "length": "quantity", "area": "quantity", "volume": "quantity", "temperature": "quantity",
    "data": "quantity", "quantity": "quantity",
}  # fmt: skip


class FormRow(LexiconRow):
    """A row of forms; a form is words, "*" at the end of a word that goes on."""

    written: tuple[str, ...] = Field(min_length=1)

    @field_validator("written")
    @classmethod
    def _not_blank(cls, written: tuple[str, ...]) -> tuple[str, ...]:
        if any(len(fold(form).strip(" *")) < 2 for form in written):
            raise ValueError("a form has less than two letters")
        return written


class TriggerRow(FormRow):
    """Words that give a figure or a date of these kinds its predicate, and where its parties stand."""

    predicate: Predicate
    kinds: tuple[Kind, ...]
    pos: Literal["verb", "noun"]
    subject: tuple[str, ...] = ("before",)
    object: tuple[str, ...] = ()
    weight: float = 1.0
    sign: Literal[1, -1] = 1


class AnaphorRow(FormRow):
    """Words that stand for an entity of these types already named ("le groupe", "elle", "ses", "le premier")."""

    types: tuple[EntityType, ...]
    sort: Literal["definite", "pronoun", "possessive"] = "definite"
    rank: Literal["first", "second"] | None = None


class MeasureRow(FormRow):
    """Nouns of time, measure and part: what they head no figure is about."""


class ModalityRow(FormRow):
    """Words that make a claim planned, conditional or negated; the one that weighs more stands."""

    modality: Modality
    weight: float = 1.0
    reach: Literal["clause", "after", "before"] = "clause"


class SpeakerRow(FormRow):
    """Words that introduce or follow the one who says so: "before" the name ("selon X") or after it ("X estime")."""

    place: Literal["before", "after"]


class BoundaryRow(FormRow):
    """Words that begin a new clause after a comma or without one."""

    strength: float = 1.0


F = TypeVar("F", bound=FormRow)


@dataclass(frozen=True, slots=True)
class Found(Generic[F]):
    """One row's form at one place of a text."""

    start: int
    end: int
    row: F


@dataclass(frozen=True)
class Forms(Generic[F]):
    """The forms of some rows, ready to be found in folded text, in one pass, longest form first at each place.

    `patterns` holds one pattern for each first two letters: what is tried at a word is what can begin there.
    """

    patterns: dict[str, tuple[re.Pattern[str], tuple[tuple[F, ...], ...]]]

    def find(self, folded: str) -> Iterator[Found[F]]:
        """Every form in `folded` (see `fold`), in reading order, none inside another; rows may share one place."""
        free = 0
        for at in self._places(folded):
            if at < free:
                continue
            pattern, rows_of = self.patterns[folded[at : at + 2]]
            match = pattern.match(folded, at)
            if match is None:
                continue
            free = match.end()
            for row in rows_of[(match.lastindex or 1) - 1]:
                yield Found(at, free, row)

    def _places(self, folded: str) -> list[int]:
        """Where a word begins with the letters of a form."""
        if len(folded) < _LONG:
            starts = (start.start() for start in _WORD_START.finditer(folded))
            return [at for at in starts if folded[at : at + 2] in self.patterns]
        beginning = _words_by_letters(folded)
        return sorted(at for letters in self.patterns.keys() & beginning.keys() for at in beginning[letters])


_WORD_START = re.compile(r"(?<!\w)[\w']")
# A text of this length is asked about by every table; a shorter one is a few words, asked about once.
_LONG = 400


@lru_cache(maxsize=4)
def _words_by_letters(folded: str) -> dict[str, list[int]]:
    """Where the words of a text begin, by their first two letters."""
    found: dict[str, list[int]] = {}
    for start in _WORD_START.finditer(folded):
        at = start.start()
        found.setdefault(folded[at : at + 2], []).append(at)
    return found


# One letter for one letter: offsets in the folded text are offsets in the text.
_APOSTROPHES = {"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "‑": "-", "\n": "\n"}


def fold(text: str) -> str:
    """`text` in lower case without accents, character by character: the length never changes.

    >>> fold("L’Élysée a prêté")
    "l'elysee a prete"
    """
    return text.translate(_FOLDED)


class _Folding(dict[int, str]):
    """What each character becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = _APOSTROPHES.get(char) or unicodedata.normalize("NFD", char)[0].lower()
        self[code] = plain if len(plain) == 1 else char
        return self[code]


_FOLDED = _Folding()


def compile_forms(table: Sequence[F]) -> Forms[F]:
    """The forms of `table` by their first letters; rows that share a form are found together."""
    by_form: dict[str, list[F]] = {}
    for row in table:
        for form in row.written:
            by_form.setdefault(" ".join(fold(form).split()), []).append(row)
    # A plain form is tried before a stem, a long one before a short one: the first that fits is the most exact.
    order = sorted(by_form, key=lambda form: (-form.count(" "), "*" in form, -len(form), form))
    groups: dict[str, list[str]] = {}
    for form in order:
        groups.setdefault(form[:2], []).append(form)
    return Forms(
        {
            letters: (
                re.compile(rf"(?:{'|'.join(f'({_branch(form)})' for form in forms)})(?!\w)"),
                tuple(tuple(by_form[form]) for form in forms),
            )
            for letters, forms in groups.items()
        }
    )


def _branch(form: str) -> str:
    words = [re.escape(word.rstrip("*")) + (r"\w{0,14}" if word.endswith("*") else "") for word in form.split(" ")]
    return "[ \\n]".join(words)


@dataclass(frozen=True)
class Triggers:
    """The words that give predicates: those of figures, of dates and of relations do not hide one another."""

    sets: tuple[Forms[TriggerRow], ...]

    def find(self, folded: str) -> Iterator[Found[TriggerRow]]:
        """Every form in `folded`, in reading order; inside another only where it belongs to another set."""
        return iter(sorted((one for forms in self.sets for one in forms.find(folded)), key=lambda one: one.start))


@cache
def triggers(lang: Lang) -> Triggers:
    """The words that give predicates in one language.

    Raises:
        LexiconError: a row is malformed or lacks examples.
    """
    table = rows(f"{lang}/predicates.toml", "trigger", TriggerRow)
    told_elsewhere = RELATION_PREDICATES | DATE_PREDICATES | {"count", "quantity"}
    missing = set(get_args(Predicate)) - {row.predicate for row in table} - told_elsewhere
    if missing:
        raise LexiconError(f"{lang}/predicates.toml: no trigger for {', '.join(sorted(missing))}; add a row")
    dates = [row for row in table if "date" in row.kinds]
    relations = [row for row in table if "relation" in row.kinds]
    figures = [row for row in table if not {"date", "relation"} & set(row.kinds)]
    return Triggers((compile_forms(figures), compile_forms(dates), compile_forms(relations)))


@cache
def anaphors(lang: Lang) -> Forms[AnaphorRow]:
    """The words that stand for an entity in one language, with the other determiners their nouns may have."""
    table = rows(f"{lang}/predicates.toml", "anaphor", AnaphorRow)
    return compile_forms([row.model_copy(update={"written": _determined(row.written)}) for row in table])


# "le groupe" stands for the entity as "du groupe", "au groupe" and "ce groupe" do.
_DETERMINED = {
    "le ": ("le ", "du ", "au ", "ce "), "la ": ("la ", "cette "), "l'": ("l'", "cet ", "cette "),
    "the ": ("the ", "this ", "that "),
}  # fmt: skip


def _determined(written: tuple[str, ...]) -> tuple[str, ...]:
    out: dict[str, None] = {}
    for form in written:
        folded = fold(form)
        article = next((a for a in _DETERMINED if folded.startswith(a)), None)
        ways = _DETERMINED[article] if article else ("",)
        out.update(dict.fromkeys(way + (folded.removeprefix(article) if article else form) for way in ways))
    return tuple(out)


@cache
def measures(lang: Lang) -> frozenset[str]:
    """The nouns no figure is about, folded."""
    table = rows(f"{lang}/predicates.toml", "measure", MeasureRow)
    return frozenset(fold(form) for row in table for form in row.written)


class NamingRow(FormRow):
    """Words that give the thing just told of its name."""


@cache
def namings(lang: Lang) -> Forms[NamingRow]:
    """The words that give a thing its name in one language."""
    return compile_forms(rows(f"{lang}/predicates.toml", "naming", NamingRow))


@cache
def modality_cues(lang: Lang) -> Forms[ModalityRow]:
    """The words that make a claim planned, conditional or negated."""
    return compile_forms(rows(f"{lang}/stance.toml", "modality", ModalityRow))


@cache
def speaker_cues(lang: Lang) -> Forms[SpeakerRow]:
    """The words that say who says so."""
    return compile_forms(rows(f"{lang}/stance.toml", "speaker", SpeakerRow))


@cache
def boundaries(lang: Lang) -> Forms[BoundaryRow]:
    """The words that begin a new clause."""
    return compile_forms(rows(f"{lang}/stance.toml", "boundary", BoundaryRow))
