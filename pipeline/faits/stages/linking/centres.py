"""Whom each sentence is about by its grammar: the subject of its main clause, or whose that subject is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from faits.stages.linking.candidates import Anchor
from faits.stages.linking.referents import ANYTHING
from faits.stages.linking.talk import Talk

if TYPE_CHECKING:
    from faits.text.parse import Token

_SUBJECTS = frozenset(("nsubj", "nsubj:pass", "nsubjpass", "dislocated", "nsubj:caus", "nsubj:outer"))
_DEPTH = 6
_LEFT, _RIGHT = 6, 8
_CLIMB = 9
# A place owns no thing by a possessive.
_OWNERS = ANYTHING - {"PLACE"}


@dataclass(frozen=True, slots=True)
class Centre:
    """Who stands in the subject's place: an entity's id if it has one, and its token; -1 for nobody."""

    id: str | None
    token: int = -1


NOBODY = Centre(None)


class Centres:
    """The centres of one article's sentences."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self._referents = talk.referents_of
        self._resolved: dict[int, Centre] = {}

    @cached_property
    def of(self) -> list[Centre]:
        """The centre of each sentence."""
        tops = self._tops()
        return [self._resolve(tops[s.index]) if s.index in tops else NOBODY for s in self.talk.scene.sentences]

    @cached_property
    def carried(self) -> list[str | None]:
        """For each sentence, the last entity that a sentence before it is about."""
        out: list[str | None] = []
        last: str | None = None
        for one in self.of:
            out.append(last)
            last = one.id or last
        return out

    @cached_property
    def opening(self) -> dict[int, str]:
        """What the first sentence of each paragraph that has a centre is about."""
        out: dict[int, str] = {}
        for sentence, one in zip(self.talk.scene.sentences, self.of, strict=True):
            if one.id is not None:
                out.setdefault(sentence.paragraph, one.id)
        return out

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The sentences that each entity is the centre of."""
        out: dict[str, list[int]] = {}
        for index, one in enumerate(self.of):
            if one.id is not None:
                out.setdefault(one.id, []).append(index)
        return out

    def _tops(self) -> dict[int, Token]:
        """The subject that stands highest in the parse of each sentence."""
        doc = self.talk.tree.doc
        if doc is None:
            return {}
        best: dict[int, tuple[int, Token]] = {}
        for token in doc.tokens:
            if token.dep_ not in _SUBJECTS:
                continue
            depth, head = 0, token.head
            while head.head.i != head.i and depth < _DEPTH:
                head, depth = head.head, depth + 1
            index = self.talk.scene.sentence_at(token.idx).index
            if index not in best or depth < best[index][0]:
                best[index] = (depth, token)
        return {index: token for index, (_, token) in best.items()}

    def _resolve(self, token: Token) -> Centre:
        if token.i not in self._resolved:
            found = self._referents.of(token)
            id_ = found.value.id if found.value is not None else self._owner(token)
            self._resolved[token.i] = Centre(id_, token.i)
        return self._resolved[token.i]

    def _owner(self, token: Token) -> str | None:
        """Whose the thing is that a noun names: "ses ventes", "les ventes de X", "X's sales"."""
        for one in token.subtree:
            near = one.i - token.i <= _RIGHT and token.i - one.i <= _LEFT
            if near and one.dep_ in {"det", "nmod:poss"} and "Yes" in one.morph.get("Poss", []):
                value = self._referents.owner(one.idx, _OWNERS)
                if value is not None:
                    return value.id
        beside = [c for c in token.rights if c.dep_.startswith("nmod")]
        beside += [c for c in token.lefts if c.dep_ in {"nmod:poss", "compound"}]
        found = (self._referents.of(one).value for one in beside)
        return next((value.id for value in found if value is not None), None)

    def actor(self, anchor: Anchor) -> Centre:
        """Who acts in the innermost clause around an anchor that has a subject."""
        tree = self.talk.tree
        at = tree.root(anchor.start, anchor.end)
        if tree.doc is None or at < 0:
            return NOBODY
        token, below = tree.doc[at], -1
        for _ in range(_CLIMB):
            children = token.children
            if token.pos_ in {"VERB", "AUX"} or any(c.dep_ == "cop" for c in children):
                subject = next((c for c in children if c.dep_.startswith("nsubj") and c.i not in (below, at)), None)
                if subject is None and token.dep_.startswith("acl"):
                    subject = token.head
                if subject is not None:
                    return self._resolve(subject)
            if token.head.i == token.i:
                break
            below, token = token.i, token.head
        return NOBODY
