"""What a figure's predicate becomes by what it is about, what it is a part of, and whose money it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from faits.lexicons.payments import TurnedRow, public, turned
from faits.lexicons.predicates import fold
from faits.model import EntityValue, Mention, Party, Predicate, Quantity
from faits.stages.linking.grammar import preposition_of
from faits.stages.linking.talk import Talk

if TYPE_CHECKING:
    from faits.text.parse import Token

_OF = frozenset({"de", "of", "dans", "in"})
_GIVEN: frozenset[Predicate] = frozenset({"investment", "cost", "contract_value", "debt", "spending"})
_PARTIES = frozenset({"ORG", "PERSON", "PLACE", None})
_BEHIND = re.compile(r" (?:d'|de |des |du |of )(?:l'|la |le |les |ses |its |the )?(\w+)")
_ARCS = 5


def turned_predicate(talk: Talk, m: Mention, predicate: Predicate, subject: Party, said: str = "") -> Predicate:
    """The predicate of a figure whose subject is known; `said` are the words that gave it its predicate."""
    told = talk.paid.get(m.start)
    gives = m.start in talk.handed and (told is None or subject.id not in told.getters)
    if predicate in _GIVEN and m.kind == "money" and gives and _is_public(talk, subject):
        return "subsidy"
    if told is not None and predicate in {"subsidy", "investment"} and subject.id in told.getters:
        return "funding_raised"  # who gives it is not said: it is told of who gets it
    for row in turned(talk.scene.lang):
        if m.kind in row.kinds and predicate in row.instead and _holds(talk, m, row, subject, said):
            return row.predicate
    return predicate


def is_invested_in(talk: Talk, start: int, value: EntityValue | None) -> bool:
    """Whether a common noun is what investments go to, whoever makes them: "les investissements dans le nucléaire"."""
    before = talk.scene.folded[max(0, start - 40) : start] if value is None and start >= 0 else ""
    return _INVESTED.search(before) is not None


_INVESTED = re.compile(
    r"\b(?:les investissements|(?<!its )(?<!their )investments?) (?:\w+ )?(?:dans|in) (?:les? |la |l'|the )?$"
)


def _is_public(talk: Talk, subject: Party) -> bool:
    if subject.type == "PLACE":
        return True
    words = _words(fold(subject.name))
    return any(word in public(talk.scene.lang) for word in words)


def _holds(talk: Talk, m: Mention, row: TurnedRow, subject: Party, said: str) -> bool:
    if row.by == "word":
        return fold(said) in row.nouns and _is_public(talk, subject)
    if row.by == "subject":
        yearly = isinstance(m.value, Quantity) and m.value.per is not None
        return not yearly and _is_called(talk, subject, row.nouns)
    f = talk.tree.token(m.start, m.end)
    if f is None or (row.predicate == "ownership" and subject.type not in _PARTIES):
        return False
    noun = _whole(f, m) if row.by == "whole" else _speaks_of(f)
    if noun is not None and fold(noun.text) in row.nouns:
        return True
    behind = _BEHIND.match(talk.scene.folded, m.end) if row.by == "whole" else None
    return behind is not None and behind[1] in row.nouns


def _is_called(talk: Talk, subject: Party, nouns: tuple[str, ...]) -> bool:
    """Whether a party has one of some nouns in its name, or goes by it."""
    known = talk.known.get(subject.id or "")
    name = f" {' '.join(_words(fold(subject.name)))} "
    if any(f" {noun} " in name for noun in nouns):
        return True
    stems = [{word[:6] for word in noun.split() if len(word) > 2} for noun in nouns]
    return known is not None and any(some <= known.called for some in stems)


def _whole(f: Token, m: Mention) -> Token | None:
    """What a part is of: "55 % de la société"."""
    behind = (c for c in f.children if c.idx >= m.end and c.dep_.startswith("nmod"))
    return next((c for c in behind if preposition_of(c) in _OF), None)


def _speaks_of(f: Token) -> Token | None:
    """The subject of the clause of a figure."""
    token = f
    for _ in range(_ARCS):
        own = next((c for c in token.children if c.dep_.startswith("nsubj")), None)
        if own is not None:
            return own
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _words(folded: str) -> list[str]:
    return re.findall(r"\w+", folded)
