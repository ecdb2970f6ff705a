"""The words of one text that say what a date is the date of, by their tokens, and who or what it can happen to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from faits.lexicons.frames import EventRow, deciders, found_in, happenings, parts, when_verbs
from faits.lexicons.predicates import Found
from faits.model import EntityType, Mention
from faits.stages.linking.grammar import head_of
from faits.stages.linking.referents import Referents
from faits.stages.linking.scene import Scene

if TYPE_CHECKING:
    from faits.text.parse import Doc, Token

THINGS: frozenset[EntityType] = frozenset({"ORG", "PROJECT", "PRODUCT", "EVENT", "PERSON"})
SAYERS: frozenset[EntityType] = frozenset({"ORG", "PERSON", "PLACE", "EVENT"})
ORGS: frozenset[EntityType] = frozenset({"ORG"})
SITES: frozenset[EntityType] = frozenset({"PROJECT", "PRODUCT", "EVENT"})


class Told:
    """The words for what happens in one text, and their tokens."""

    def __init__(self, scene: Scene, doc: Doc, published: str | None = None) -> None:
        self.scene, self.doc, self.published = scene, doc, published
        self.referents = Referents(scene)

    @cached_property
    def by_token(self) -> dict[int, list[Found[EventRow]]]:
        found: dict[int, list[Found[EventRow]]] = {}
        for one in found_in(happenings(self.scene.lang), self.scene.folded):
            if self.within(one.start, self.scene.dates) or self.within(one.start, self.scene.figures):
                continue  # "fin 2027", "début juin": part of the date itself
            token = head_of(self.doc, one.start, one.end)
            if token is not None and _is(token, one.row):
                found.setdefault(token.i, []).append(one)
        return found

    def within(self, offset: int, mentions: Sequence[Mention]) -> bool:
        """Whether `offset` lies inside one of `mentions`, which are in reading order."""
        at = bisect_right(mentions, offset, key=lambda m: m.start) - 1
        return at >= 0 and mentions[at].start <= offset < mentions[at].end

    @cached_property
    def parts(self) -> frozenset[str]:
        return parts(self.scene.lang)

    @cached_property
    def deciders(self) -> set[int]:
        hits = (head_of(self.doc, one.start, one.end) for one in deciders(self.scene.lang).find(self.scene.folded))
        return {token.i for token in hits if token is not None}

    @cached_property
    def when(self) -> set[int]:
        hits = (head_of(self.doc, one.start, one.end) for one in when_verbs(self.scene.lang).find(self.scene.folded))
        return {token.i for token in hits if token is not None}


def _is(token: Token, row: EventRow) -> bool:
    if row.pos == "noun":
        as_noun = token.dep_.startswith(("acl", "nsubj"))  # "Works … will begin": a tagger may take it for a verb
        return token.pos_ in {"NOUN", "PROPN", "ADJ", "X"} or (token.pos_ == "VERB" and as_noun)
    # A participle that opens its sentence ("Inaugurée le 20 juin, …") is often tagged a name.
    return token.pos_ in {"VERB", "AUX", "ADJ"} or token.dep_ in {"advcl", "acl", "ROOT"}
