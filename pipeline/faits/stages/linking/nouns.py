"""Common nouns as subjects: what their form says of them, and what is taken where no entity is in reach."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from faits.stages.linking.candidates import Anchor
from faits.stages.linking.scene import Scene
from faits.stages.linking.slots import Slot
from faits.stages.linking.talk import Talk

if TYPE_CHECKING:
    from faits.text.parse import Token

Article = Literal["bare", "indefinite", "definite", "this", "whose", "number"]


@dataclass(frozen=True, slots=True)
class Common:
    """A common noun as it stands: "un studio" is free, "le groupe" points back, "les ventes" measures something."""

    article: Article
    plural: bool
    measures: bool  # it is a word that gives figures their predicate: somebody has it
    names: str  # the type of thing it names, "nothing" for most words
    given: bool  # the text has said it before
    points: bool  # something named answers to it

    @property
    def sort(self) -> str:
        """Whether it measures something, points back to something or stands for itself."""
        return "measure" if self.measures else "pointing" if self.points else "free"


def common(talk: Talk, slot: Slot) -> Common:
    """What the form of a common noun says, worked out once for each."""
    key = (slot.start, slot.end)
    found = talk.commons.get(key)
    if found is None:
        found = talk.commons[key] = _looked_at(talk, slot)
    return found


def _looked_at(talk: Talk, slot: Slot) -> Common:
    scene, doc = talk.scene, talk.tree.doc
    points = slot.kind == "definite" and (talk.pointed(slot) is not None or bool(talk.referents(slot)))
    if doc is None or slot.token < 0:
        return Common("definite" if slot.kind == "definite" else "bare", False, False, "nothing", False, points)
    token = doc[slot.token]
    end = token.idx + len(token)
    word = scene.folded[token.idx : end]
    return Common(
        _article(token),
        "Plur" in token.morph.get("Number", []),
        any(one.row.pos == "noun" for one in scene.triggers.between(token.idx, end)),
        talk.noun_types.get(word) or talk.noun_types.get(word.removesuffix("s")) or "nothing",
        scene.folded.find(word[:6], 0, slot.start) >= 0,
        points,
    )


def _article(token: Token) -> Article:
    """What stands before a noun."""
    for child in token.lefts:
        if "Yes" in child.morph.get("Poss", []):
            return "whose"
        if "Dem" in child.morph.get("PronType", []):
            return "this"
        if "Def" in child.morph.get("Definite", []):
            return "definite"
        if "Ind" in child.morph.get("Definite", []):
            return "indefinite"
        if child.dep_ == "nummod" or child.like_num:
            return "number"
    return "bare"


_HEAD = re.compile(r"\s*(?:[-•–*]\s*)?((?:[^\W\d_][\w'’-]*\s?){1,5})")


def noun_subject(scene: Scene, anchor: Anchor) -> str:
    """The noun phrase that opens the sentence, as written; the trigger's own words where there is none."""
    match = _HEAD.match(scene.text, anchor.sentence.start, anchor.start)
    if match and match[1].strip():
        return match[1].strip()
    if anchor.trigger is not None:
        return scene.text[anchor.trigger.start : anchor.trigger.end]
    return scene.text[anchor.start : anchor.end]
