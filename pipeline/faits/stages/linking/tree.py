"""The dependency tree as the linker walks it: from a figure up to its nouns and verbs, and across to who acts there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from faits.stages.linking.grammar import head_of

if TYPE_CHECKING:
    from faits.text.parse import Doc, Token

# What hangs on a noun or verb, in the words the ranker knows.
_ROLES = {
    "nsubj": "subject", "csubj": "subject", "nsubj:caus": "subject", "nsubj:pass": "patient", "nsubj:outer": "subject",
    "nsubjpass": "patient", "obj": "object", "dobj": "object", "obl:agent": "agent", "agent": "agent",
    "obl": "oblique", "obl:mod": "oblique", "obl:arg": "oblique", "iobj": "oblique", "nmod": "complement",
    "nmod:poss": "owner", "appos": "apposition", "conj": "beside", "compound": "complement", "dislocated": "subject",
    "parataxis": "aside", "dep": "aside", "dep:comp": "aside", "flat:name": "complement", "flat": "complement",
}  # fmt: skip
_CLAUSES = frozenset({"VERB", "AUX"})
_WHO = frozenset({"qui", "que", "qu'", "dont", "which", "who", "that", "whose", "lequel", "laquelle"})
_DEPTH = 7


class Tree:
    """A parsed text asked by offsets; empty answers without a parse."""

    def __init__(self, doc: Doc | None) -> None:
        self.doc = doc if doc is not None and doc.has_annotation("DEP") else None
        self._roots: dict[tuple[int, int], int] = {}
        self._highest: dict[tuple[int, int], Token | None] = {}
        self._around: dict[int, dict[int, str]] = {}

    @cached_property
    def _starts(self) -> list[int]:
        return self.doc.starts if self.doc is not None else []

    @cached_property
    def _blank(self) -> list[int]:
        return self.doc.blank if self.doc is not None else []

    @cached_property
    def _heads(self) -> list[int]:
        return self.doc.heads if self.doc is not None else []

    def tokens(self, start: int, end: int) -> list[Token]:
        """The tokens that overlap `text[start:end]`."""
        return [self.doc[i] for i in self._inside(start, end)] if self.doc is not None else []

    def _inside(self, start: int, end: int) -> list[int]:
        first = max(0, bisect_right(self._starts, start) - 1)
        last = bisect_left(self._starts, end)
        return [i for i in range(first, last) if not self._blank[i]]

    def root(self, start: int, end: int) -> int:
        """The index of the token that governs `text[start:end]`; -1 without a parse."""
        if (start, end) not in self._roots:
            self._roots[start, end] = self._root(start, end)
        return self._roots[start, end]

    def token(self, start: int, end: int) -> Token | None:
        """The token of `text[start:end]` that stands highest in its sentence; None without a parse."""
        if self.doc is None:
            return None
        if (start, end) not in self._highest:
            self._highest[start, end] = head_of(self.doc, start, end)
        return self._highest[start, end]

    def _root(self, start: int, end: int) -> int:
        inside = self._inside(start, end)
        if not inside:
            return -1
        low, high, heads = inside[0], inside[-1], self._heads
        return next((i for i in inside if not low <= heads[i] <= high or heads[i] == i), low)

    def around(self, index: int) -> dict[int, str]:
        """How tokens stand to the one at `index`: token -> words for a ranker.

        "over 1" governs it, "subject 1" is the subject of its own clause, "subject 2" of the clause around that one;
        a relative pronoun hands its role on to the noun it stands for, a participle to the noun it describes.
        """
        if self.doc is None or index < 0:
            return {}
        if index not in self._around:
            self._around[index] = self._seen_from(self.doc, index)
        return self._around[index]

    def _seen_from(self, doc: Doc, index: int) -> dict[int, str]:
        out: dict[int, str] = {}
        token, clause = doc[index], 1
        self._label_children(token, clause, out, -1)
        for depth in range(1, _DEPTH):
            head = token.head
            if head.i == token.i:
                break
            verbal = head.pos_ in _CLAUSES or any(child.dep_ == "cop" for child in head.children)
            # "Brightwater, the mutual with 940,000 members": what describes a name hands the figure on to it.
            over = "apposed" if token.dep_ == "appos" else "over"
            out.setdefault(head.i, f"verb {clause}" if head.pos_ in _CLAUSES else f"{over} {min(depth, 3)}")
            self._label_children(head, clause, out, token.i)
            if verbal:
                if head.dep_.startswith("acl"):
                    out[head.head.i] = f"described {clause}"
                clause = min(3, clause + 1)
            token = head
        return out

    def _label_children(self, head: Token, clause: int, out: dict[int, str], but: int) -> None:
        for child in head.children:
            role = _ROLES.get(child.dep_)
            if child.dep_ == "det" and "Poss=Yes" in str(child.morph):
                role = "owner"
            if role is None or child.i == but:
                continue
            if role == "oblique" and any(c.lower_ in {"par", "by"} for c in child.children):
                role = "agent"
            if child.lower_ in _WHO and head.dep_.startswith("acl"):
                out.setdefault(head.head.i, f"{role} {clause}")
                continue
            out.setdefault(child.i, f"{role} {clause}")

    def standing(self, around: dict[int, str], index: int) -> str | None:
        """How the token at `index` stands, by itself or by what it hangs on: "subject 1", "subject 1 > complement"."""
        if self.doc is None or index < 0:
            return None
        if index in around:
            return around[index]
        token, path = self.doc[index], ""
        for _ in range(3):
            role = "owner" if token.dep_ == "det" else _ROLES.get(token.dep_, "other")
            path = f" > {role}"
            if token.head.i == token.i:
                return None
            token = token.head
            if token.i in around:
                return around[token.i] + path
        return None
