"""Words that surround and compose names: role words, head nouns, company suffixes, given names, words never names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import Field

from faits.errors import LexiconError
from faits.lexicons.loader import LexiconRow, rows
from faits.lexicons.predicates import fold
from faits.model import EntityType, Lang

Group = Literal[
    "role", "title", "org_head", "trade", "person_head", "place_head", "site_head", "project_head", "product_head",
    "event_head", "institution", "org_first", "org_tail", "place_first", "place_tail", "project_tail", "event_first",
    "public_body", "event_tail", "product_tail", "person_tail", "legal_form",
    "place_before", "org_before", "person_before", "speech",
    "dealing", "settled", "held", "natural", "bearing",
    "agency", "particle", "joiner", "demonym", "opener", "common", "modifier", "determiner", "state", "described_org",
    "described_person", "described_project", "dative", "no_company", "citing", "called", "inner_particle",
]  # fmt: skip


class WordsRow(LexiconRow):
    """Words that play one part around names; every example holds at least one of them."""

    group: Group
    written: tuple[str, ...] = Field(min_length=1)


class GivenRow(LexiconRow):
    """Given names, in the order of the alphabet; `examples` name people who bear some of them."""

    written: tuple[str, ...] = Field(min_length=1)


Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Phrases:
    """Phrases of one group, found at a place in a list of words in lower case."""

    by_first: dict[str, tuple[Phrase, ...]]
    by_last: dict[str, tuple[Phrase, ...]]
    single: frozenset[str]

    def __contains__(self, word: object) -> bool:
        return word in self.single

    def ending(self, norms: Sequence[str], end: int) -> int:
        """How many words just before place `end` are a phrase of the group; the longest; 0 when none."""
        for phrase in self.by_last.get(norms[end - 1], ()) if end > 0 else ():
            if tuple(norms[max(0, end - len(phrase)) : end]) == phrase:
                return len(phrase)
        return 0

    def starting(self, norms: Sequence[str], start: int) -> int:
        """How many words from place `start` on are a phrase of the group; the longest; 0 when none."""
        for phrase in self.by_first.get(norms[start], ()) if start < len(norms) else ():
            if tuple(norms[start : start + len(phrase)]) == phrase:
                return len(phrase)
        return 0


@cache
def phrases(lang: Lang, group: Group) -> Phrases:
    """The phrases of one group in one language."""
    return _phrases(_written(lang).get(group, ()))


@cache
def given_names() -> frozenset[str]:
    """Common given names of both languages' press, in lower case."""
    return frozenset(name.lower() for row in rows("given_names.toml", "given", GivenRow) for name in row.written)


TYPED: dict[Group, EntityType] = {
    "org_head": "ORG", "place_head": "PLACE", "project_head": "PROJECT", "site_head": "PROJECT",
    "product_head": "PRODUCT", "event_head": "EVENT", "person_head": "PERSON",
}  # fmt: skip


@cache
def noun_types(lang: Lang) -> dict[str, EntityType]:
    """What kind of thing a common noun of one word names, folded: "usine" a PROJECT, "éditeur" an ORG."""
    groups: tuple[Group, ...] = (
        "site_head", "project_head", "product_head", "event_head", "person_head", "trade", "org_head", "place_head",
    )  # fmt: skip
    found: dict[str, EntityType] = {}
    for group in groups:
        for word in _written(lang).get(group, ()):
            if " " not in word:
                found.setdefault(fold(word), TYPED.get(group, "ORG"))
    return found


@cache
def _written(lang: Lang) -> dict[Group, tuple[str, ...]]:
    found: dict[Group, list[str]] = {}
    for number, row in enumerate(rows(f"{lang}/naming.toml", "words", WordsRow), 1):
        known = found.setdefault(row.group, [])
        for word in row.written:
            if word in known:
                raise LexiconError(
                    f"{lang}/naming.toml, words row {number}: {word!r} is in group {row.group} twice; remove one"
                )
            known.append(word)
    return {group: tuple(words) for group, words in found.items()}


def _phrases(written: Iterable[str]) -> Phrases:
    # Longest first, so that "directeur général délégué" is not read as "directeur général".
    cut = sorted({split(w) for w in written}, key=lambda p: (-len(p), p))
    first: dict[str, list[Phrase]] = {}
    last: dict[str, list[Phrase]] = {}
    for phrase in cut:
        first.setdefault(phrase[0], []).append(phrase)
        last.setdefault(phrase[-1], []).append(phrase)
    return Phrases(
        {k: tuple(v) for k, v in first.items()},
        {k: tuple(v) for k, v in last.items()},
        frozenset(p[0] for p in cut if len(p) == 1),
    )


def split(written: str) -> Phrase:
    """A phrase of a lexicon as the words the finder sees: lower case, elisions apart.

    >>> split("membre du conseil d'administration")
    ('membre', 'du', 'conseil', "d'", 'administration')
    """
    return tuple(written.lower().replace("’", "'").replace("d'", "d' ").replace("l'", "l' ").split())
