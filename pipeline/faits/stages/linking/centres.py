"""Whom each sentence is about by its grammar: the subject of its main clause, or whose that subject is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from faits.stages.linking.candidates import Anchor
from faits.stages.linking.referents import ANYTHING, Referents
from faits.stages.linking.talk import Talk

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubj:pass", "nsubjpass", "dislocated", "nsubj:caus", "nsubj:outer")
_DEPTH = 6
_LEFT, _RIGHT = 6, 8
_CLIMB = 9
# A place owns no thing by a possessive.
_OWNERS = ANYTHING - {"PLACE"}


@dataclass(frozen=True, slots=True)
class Centre:
    """Who stands in the subject's place: an entity's id, how it is told, and the token; -1 for nobody."""

    id: str | None
    how: str
    token: int = -1


NOBODY = Centre(None, "nobody")


@dataclass(frozen=True, slots=True)
class Clause:
    """Who acts in the clauses around an anchor, the inner one first, and whose its noun is."""

    subject: Centre
    outer: Centre
    owner: str | None


class Centres:
    """The centres of one article's sentences."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self._referents = Referents(talk.scene)
        self._owners: dict[int, Centre] = {}
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
        wanted = {doc.vocab.strings[name] for name in _SUBJECTS if name in doc.vocab.strings}
        best: dict[int, tuple[int, Token]] = {}
        for i, dep in enumerate(doc.to_array("DEP").tolist()):
            if dep not in wanted:
                continue
            token = doc[i]
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
            if found.value is not None:
                self._resolved[token.i] = Centre(found.value.id, found.how, token.i)
            else:
                owner = self._owner(token)
                self._resolved[token.i] = Centre(owner.id, owner.how if owner.id else "noun", token.i)
        return self._resolved[token.i]

    def _owner(self, token: Token) -> Centre:
        """Whose the thing is that a noun names: "ses ventes", "les ventes de X", "X's sales"."""
        if token.i not in self._owners:
            self._owners[token.i] = self._owned(token)
        return self._owners[token.i]

    def _owned(self, token: Token) -> Centre:
        for one in token.subtree:
            near = one.i - token.i <= _RIGHT and token.i - one.i <= _LEFT
            if near and one.dep_ in {"det", "nmod:poss"} and "Yes" in one.morph.get("Poss"):
                value = self._referents.owner(one.idx, _OWNERS)
                if value is not None:
                    return Centre(value.id, "whose", token.i)
        beside = [c for c in token.rights if c.dep_.startswith("nmod")]
        beside += [c for c in token.lefts if c.dep_ in {"nmod:poss", "compound"}]
        for one in beside:
            found = self._referents.of(one)
            if found.value is not None:
                return Centre(found.value.id, "complement", token.i)
        return NOBODY

    def around(self, anchor: Anchor) -> Clause:
        """The clauses around an anchor, from its place in the parse upwards."""
        tree = self.talk.tree
        at = tree.root(anchor.start, anchor.end)
        if tree.doc is None or at < 0:
            return Clause(NOBODY, NOBODY, None)
        token, owner, below = tree.doc[at], None, -1
        found: list[Centre] = []
        for _ in range(_CLIMB):
            children = list(token.children)
            if token.pos_ in {"VERB", "AUX"} or any(c.dep_ == "cop" for c in children):
                subject = next((c for c in children if c.dep_.startswith("nsubj") and c.i not in (below, at)), None)
                if subject is None and token.dep_.startswith("acl"):
                    subject = token.head
                if subject is not None:
                    found.append(self._resolve(subject))
                if len(found) == 2:
                    break
            elif owner is None and token.i != at:
                owner = self._owner(token).id
            if token.head.i == token.i:
                break
            below, token = token.i, token.head
        found += [NOBODY] * (2 - len(found))
        return Clause(found[0], found[1], owner)

    def of_trigger(self, anchor: Anchor) -> tuple[str | None, str | None]:
        """Whose the thing is that the word of the predicate names, and who does what it says."""
        tree, trigger = self.talk.tree, anchor.trigger
        at = tree.root(trigger.start, trigger.end) if trigger is not None else -1
        if tree.doc is None or at < 0:
            return None, None
        token = tree.doc[at]
        subject = next((c for c in token.children if c.dep_.startswith("nsubj")), None)
        acts = token.pos_ in {"VERB", "AUX"} and subject is not None
        return self._owner(token).id, self._resolve(subject).id if acts and subject is not None else None
