"""The gazetteer: entities with a type and their names in both languages, ours and the user's own."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from pydantic import Field, ValidationError

from faits.errors import LexiconError
from faits.lexicons.loader import LexiconRow, rows
from faits.model import EntityType, Lang

_PIECE = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "đ": "d"}
)


class NameRow(LexiconRow):
    """One entity, under its names in French and English; every example holds one of them."""

    name: str = Field(min_length=1, description="canonical name, what the id is made of")
    type: EntityType
    fr: tuple[str, ...] = Field((), description="names used in French, the usual one first")
    en: tuple[str, ...] = Field((), description="names used in English, the usual one first")
    also: tuple[str, ...] = Field((), description="other names, used in both")
    demonyms: tuple[str, ...] = Field((), description="adjectives that say a thing is from there ('lyonnais')")
    ambiguous: bool = Field(False, description="true where a name is also a word: opening a sentence proves nothing")
    wikidata: str | None = Field(None, pattern=r"^Q\d+$")


@dataclass(frozen=True)
class Known:
    """An entity of the gazetteer."""

    name: str
    type: EntityType
    fr: str
    en: str
    names: tuple[str, ...]
    ambiguous: bool = False
    wikidata: str | None = None
    demonyms: tuple[str, ...] = ()

    def called(self, lang: Lang) -> str:
        """Its usual name in a language."""
        return self.fr if lang == "fr" else self.en


@dataclass(frozen=True)
class Form:
    """One name of one entity, with the way it must be written to count."""

    written: str
    known: Known


@dataclass(frozen=True)
class Gazetteer:
    """Entities by the folded pieces of their names, and places by the adjectives that name them."""

    forms: dict[tuple[str, ...], tuple[Form, ...]] = field(default_factory=dict, repr=False)
    longest: dict[str, int] = field(default_factory=dict, repr=False)
    demonyms: dict[str, Known] = field(default_factory=dict, repr=False)

    def lookup(self, key: tuple[str, ...]) -> Known | None:
        """The entity one of whose names folds to `key`; the first listed where several do."""
        found = self.forms.get(key)
        return found[0].known if found else None

    def match(self, pieces: Sequence[str], written: Sequence[str], start: int) -> tuple[int, Known] | None:
        """The longest name that starts at piece `start`, as its count of pieces and its entity.

        `written` is each piece as it stands: a name needs its capital, an acronym of two or three letters all of them.
        """
        for length in range(min(self.longest.get(pieces[start], 0), len(pieces) - start), 0, -1):
            for form in self.forms.get(tuple(pieces[start : start + length]), ()):
                if _fits(form.written, written[start : start + length]):
                    return length, form.known
        return None


def _fits(form: str, written: Sequence[str]) -> bool:
    pieces = _pieces_of(form)
    first, own = written[0], pieces[0]
    if own[0].isupper() and not first[0].isupper():
        return False
    if len(pieces) > 1:
        # "La Caisse", "La Poste": a title of several words has its capitals, or none but the first.
        return all(w[0].isupper() or not p[0].isupper() for p, w in zip(pieces, written, strict=False))
    # French writes acronyms that can be pronounced as words (Insee, Ademe, Iter); short ones stay in capitals.
    return not (own.isupper() and len(own) <= 3) or first.isupper()


@lru_cache(maxsize=4096)
def _pieces_of(form: str) -> tuple[str, ...]:
    return tuple(_PIECE.findall(form))


def fold_pieces(text: str) -> tuple[str, ...]:
    """The pieces of a name without case, accents and punctuation: what two spellings of it share.

    >>> fold_pieces("Électricité de France"), fold_pieces("Saint-Nazaire")
    (('electricite', 'de', 'france'), ('saint', 'nazaire'))
    """
    return tuple(_PIECE.findall(fold_letters(text)))


def fold_letters(text: str) -> str:
    """A text without case and accents; its length may change."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


EMPTY = Gazetteer()


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer that comes with faits: our rows first, then the territories of the CLDR."""
    return gazetteer_of([*(_known(row) for row in rows("names.toml", "name", NameRow)), *_territories()])


@cache
def own_gazetteer(text: str | None) -> Gazetteer:
    """The names of the user, the text of a file like names.toml, before ours; ours alone when `text` is None.

    A name of theirs wins over any of ours.

    Raises:
        LexiconError: the text is not TOML, or a row does not fit.
    """
    if text is None:
        return gazetteer()
    try:
        entries = tomllib.loads(text).get("name", [])
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"not TOML; {error}; correct the gazetteer") from error
    if not isinstance(entries, list):
        raise LexiconError(f"name is not a list of rows; got {type(entries).__name__}; write [[name]]")
    own = [_known(_row(number, entry)) for number, entry in enumerate(entries, 1)]
    ours = gazetteer()
    mine = gazetteer_of(own)
    forms = {**ours.forms, **{key: (*found, *ours.forms.get(key, ())) for key, found in mine.forms.items()}}
    longest = dict(ours.longest)
    for first, length in mine.longest.items():
        longest[first] = max(length, longest.get(first, 0))
    return Gazetteer(forms, longest, {**ours.demonyms, **mine.demonyms})


def _row(number: int, entry: object) -> NameRow:
    try:
        # The user owes us no test sentences.
        return NameRow.model_validate({"examples": ["-"], **entry} if isinstance(entry, dict) else entry)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise LexiconError(f"name row {number}: {place}; {first['msg']}; correct the row") from error


def _known(row: NameRow) -> Known:
    names = dict.fromkeys([row.name, *row.fr, *row.en, *row.also])
    return Known(
        row.name,
        row.type,
        row.fr[0] if row.fr else row.name,
        row.en[0] if row.en else row.name,
        tuple(names),
        row.ambiguous,
        row.wikidata,
        row.demonyms,
    )


def gazetteer_of(known: Iterable[Known]) -> Gazetteer:
    """A gazetteer of the entities given; of two that share a name the first stands."""
    forms: dict[tuple[str, ...], list[Form]] = {}
    longest: dict[str, int] = {}
    demonyms: dict[str, Known] = {}
    for entity in known:
        for demonym in entity.demonyms:
            demonyms.setdefault(demonym, entity)
        for name in entity.names:
            key = fold_pieces(name)
            if not key:
                raise LexiconError(
                    f"names.toml: {entity.name!r} has the name {name!r}, which holds no letter; remove it"
                )
            forms.setdefault(key, []).append(Form(name, entity))
            longest[key[0]] = max(longest.get(key[0], 0), len(key))
    return Gazetteer({key: tuple(found) for key, found in forms.items()}, longest, demonyms)


# Territories whose CLDR name nobody writes; their usual names are rows of names.toml.
_UNUSUAL = re.compile(r"[(–]| - |SAR|RAS ")


def _territories() -> list[Known]:
    """Countries, regions of the world and continents, named by the CLDR in both languages."""
    from babel import Locale

    french, english = Locale("fr").territories, Locale("en").territories
    found = []
    for code in sorted(set(french) & set(english)):
        names = [_usual(english[code]), _usual(french[code])]
        if code not in _NO_TERRITORY:
            found.append(Known(names[0], "PLACE", names[1], names[0], tuple(dict.fromkeys(names)), names[0] in _WORDS))
    return found


@cache
def territories() -> frozenset[str]:
    """The canonical names of the countries and regions of the CLDR."""
    return frozenset(known.name for known in _territories())


# "ZZ" is no region, "XA"/"XB" are test locales, "EU", "EZ" and "UN" are organisations.
_NO_TERRITORY = frozenset({"ZZ", "XA", "XB", "EU", "EZ", "UN", "QO"})
# Names of territories that are also given names or words.
_WORDS = frozenset({"Jordan", "Chad", "Georgia", "Turkey", "Guernsey", "Jersey", "World"})


def _usual(name: str) -> str:
    """The CLDR name without its explanations ("Myanmar (Birmanie)", "Hong Kong SAR China")."""
    return _UNUSUAL.split(name)[0].strip()
