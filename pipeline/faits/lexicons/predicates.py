"""Rows of the lexicons of predicates and stance, and how their forms are found in a text.

A form is a sequence of words compared without case and accents; "*" ends a word that goes on ("investi*").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from operator import itemgetter
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


Branches = tuple[re.Pattern[str], tuple[tuple[F, ...], ...]]


@dataclass(frozen=True, eq=False)
class Forms(Generic[F]):
    """The forms of some rows, ready to be found in folded text, in one pass, longest form first at each place.

    What is tried at a word is what can begin there: `more` has the forms by their first three letters, `few` those by
    their first two whose third is open. `patterns` are made of them when first asked for.
    """

    rows_of: dict[str, tuple[F, ...]]
    more: dict[str, list[str]]
    few: dict[str, list[str]]
    patterns: dict[str, Branches[F]] = field(default_factory=dict)

    def find(self, folded: str) -> Iterator[Found[F]]:
        """Every form in `folded` (see `fold`), in reading order, none inside another; rows may share one place."""
        return iter(_found_in(self, folded)) if len(folded) >= _LONG else self._search(folded)

    def _search(self, folded: str) -> Iterator[Found[F]]:
        free = 0
        for at, (pattern, rows_of) in self._places(folded):
            if at < free:
                continue
            match = pattern.match(folded, at)
            if match is None:
                continue
            free = match.end()
            for row in rows_of[(match.lastindex or 1) - 1]:
                yield Found(at, free, row)

    def _places(self, folded: str) -> Iterator[tuple[int, Branches[F]]]:
        """Where a word begins with the letters of a form, and the forms that begin so."""
        if len(folded) < _LONG:
            for start in _WORD_START.finditer(folded):
                known = self._known(_letters(folded, start.start()))
                if known is not None:
                    yield start.start(), known
            return
        by_three, by_two = _words_by_letters(folded)
        letters = by_three.keys() & self.more.keys()
        for two in by_two.keys() & self.few.keys():
            letters.update(by_two[two])
        found: list[tuple[int, Branches[F]]] = []
        for three in letters:
            known = self._known(three)
            if known is not None:
                found += [(at, known) for at in by_three[three]]
        found.sort(key=_place)
        yield from found

    def _known(self, letters: str) -> Branches[F] | None:
        key = letters if letters in self.more else letters[:2]
        if key not in self.patterns:
            if key not in self.more and key not in self.few:
                return None
            self.patterns[key] = self._made(key)
        return self.patterns[key]

    def _made(self, letters: str) -> Branches[F]:
        forms = {*self.more.get(letters, ()), *self.few.get(letters[:2], ())}
        order = [form for form in self.rows_of if form in forms]
        branches = "|".join(f"({_branch(form)})" for form in order)
        return re.compile(rf"(?:{branches})(?!\w)"), tuple(self.rows_of[form] for form in order)


_place = itemgetter(0)
_WORD_START = re.compile(r"(?<!\w)[\w']")
_WORD_LETTERS = re.compile(r"(?<!\w)(?=([\w'][\s\S]{0,2}))")
# A text of this length is asked about by every table; a shorter one is a few words, asked about once.
_LONG = 400


def _letters(folded: str, at: int) -> str:
    """The first three letters at a place; a line end stands for the space it takes the place of."""
    letters = folded[at : at + 3]
    return letters[:2] + " " if letters[2:] == "\n" else letters


@lru_cache(maxsize=4)
def _words_by_letters(folded: str) -> tuple[dict[str, list[int]], dict[str, list[str]]]:
    """Where the words of a text begin, by their first three letters, and which those are by their first two."""
    places: dict[str, list[int]] = {}
    for start in _WORD_LETTERS.finditer(folded):
        places.setdefault(start[1], []).append(start.start())
    for letters in [letters for letters in places if letters[2:] == "\n"]:
        places.setdefault(letters[:2] + " ", []).extend(places.pop(letters))
    by_two: dict[str, list[str]] = {}
    for letters in places:
        by_two.setdefault(letters[:2], []).append(letters)
    return places, by_two


@lru_cache(maxsize=64)
def _found_in(forms: Forms[F], folded: str) -> tuple[Found[F], ...]:
    """What a table has in a text: several rules of the linker ask for the same."""
    return tuple(forms._search(folded))


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
    more: dict[str, list[str]] = {}
    few: dict[str, list[str]] = {}
    for form in order:
        if len(form) < 3 or form[2] == "*":
            few.setdefault(form[:2], []).append(form)
        else:
            more.setdefault(form[:3], []).append(form)
    return Forms({form: tuple(by_form[form]) for form in order}, more, few)


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
