"""The words of a text looked up once, a stretch of them that may be a name, and what all spellings of a name share."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from faits.lexicons.names import EMPTY, Gazetteer, Known, fold_letters, fold_pieces
from faits.model import EntityType, Lang
from faits.text.naming.words import Words

_PIECE = re.compile(r"[^\W_]+")
_LEADING = frozenset({"the", "le", "la", "les", "l"})


@dataclass(slots=True)
class Candidate:
    """A stretch of words that may be a name, with what speaks for each type."""

    first: int
    end: int
    known: Known | None = None
    capital: bool = True  # its capital cannot come from its place
    described: bool = False  # a common noun with its complement: "parc de Penmarch"
    votes: dict[EntityType, float] = field(default_factory=dict)
    nested: bool = False  # stands inside another candidate: the place of "usine de Lannion"
    standing: float = 0.0  # how much the context says "this is a name at all"
    heard: EntityType | None = None  # the type the trained pipeline gives it

    def vote(self, kind: EntityType, weight: float) -> None:
        """Add evidence for a type."""
        self.votes[kind] = self.votes.get(kind, 0.0) + weight


@dataclass(slots=True)
class Ground:
    """The words of a text with everything looked up once: what every later step reads."""

    words: Words
    lang: Lang
    pos: dict[int, str]
    lower_seen: frozenset[str]
    strange: frozenset[int] = frozenset()  # places of words that open a sentence and that the language does not have
    gazetteer: Gazetteer = EMPTY
    owning: frozenset[str] = frozenset()  # names that end in "'s" themselves: "Hartley's"

    def is_place(self, i: int) -> bool:
        """Whether word `i` alone is a place of the gazetteer."""
        if not 0 <= i < len(self.words):
            return False
        known = self.gazetteer.lookup(fold_pieces(self.words.written[i]))
        return known is not None and known.type == "PLACE" and self.words.capital(i)

    def text_of(self, one: Candidate) -> str:
        """The name as written."""
        return self.words.text[self.words.starts[one.first] : self.words.ends[one.end - 1]]


def owning_names(words: Words) -> frozenset[str]:
    """Names that the article never writes without "'s", and that do or end something so: "Hartley's will close …"."""
    with_s = [i for i in range(len(words) - 1) if words.norm(i + 1, i) == "'s" and words.capital(i)]
    if not with_s:
        return frozenset()
    places = set(with_s)
    bare = {words.norms[i] for i in range(len(words)) if words.capital(i) and i not in places}
    acting = {words.norms[i] for i in with_s if words.norm(i + 2, i) in _AFTER_NAME}
    return frozenset(acting - bare)


_AFTER_NAME = frozenset([
    "", ",", ".", ";", ")", "will", "would", "has", "had", "said", "says", "plans", "was", "is", "and", "which", "who",
    "expects", "reported", "posted", "announced", "could", "may", "must", "in", "on", "at",
])  # fmt: skip


def lower_words(words: Words) -> frozenset[str]:
    """Words of the text written without a capital somewhere: what a sentence may open with."""
    return frozenset(n for n, w in zip(words.norms, words.written, strict=True) if w[0].islower() and w[1:].islower())


def key_of(name: str) -> str:
    """What all spellings of a name share: letters and digits without case, accents, spaces and leading article.

    >>> key_of("Open AI") == key_of("OpenAi"), key_of("The Lantern"), key_of("L’Écho")
    (True, 'lantern', 'echo')
    """
    pieces = _PIECE.findall(fold_letters(name))
    return "".join(pieces[1:] if len(pieces) > 1 and pieces[0] in _LEADING else pieces)
