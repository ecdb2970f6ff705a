"""What speaks for and against a candidate as the subject of a claim.

`Sight` looks at the candidates around an anchor and gathers what it sees; `clues.py` says it in features.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from faits.model import EntityValue
from faits.stages.linking import clues
from faits.stages.linking.candidates import GROUP, Anchor, Candidate
from faits.stages.linking.clues import Clue
from faits.stages.linking.nouns import common
from faits.stages.linking.prepositions import frame, preposition_at
from faits.stages.linking.slots import Slot
from faits.stages.linking.talk import Known, Talk

# "un chantier de 100 milliards appelé X": how far behind the figure the name may stand.
_NAMED_WITHIN = 14
# "Kilbrack (120 MW)", "le syndicat (38 communes, 214 000 abonnés)".
_OPENS = re.compile(r"^\s?\([^()]*$")
_BREAKS = (";", " – ", " — ", ": ")


@dataclass(frozen=True, slots=True)
class View:
    """How the parse stands around one anchor: each slot's standing, and what stands as subject of its clause."""

    standing: dict[tuple[int, int], str]
    governor: str
    governing: tuple[int, int]


def view_of(talk: Talk, anchor: Anchor) -> View:
    """The view from an anchor on the slots of its sentence."""
    tree = talk.tree
    around = tree.around(tree.root(anchor.start, anchor.end))
    standing: dict[tuple[int, int], str] = {}
    best, governor, governing = 99, "none", (-1, -1)
    for slot in talk.slots(anchor.sentence):
        if anchor.start < slot.end and slot.start < anchor.end:
            continue
        how = tree.standing(around, slot.token)
        if how is None:
            continue
        standing[slot.start, slot.end] = how
        place = _GOVERNS.get(how, 99)
        if place < best:
            best, governor, governing = place, _kind(talk, slot), (slot.start, slot.end)
    return View(standing, governor, governing)


def _kind(talk: Talk, slot: Slot) -> str:
    return f"{slot.kind} {common(talk, slot).sort}" if slot.kind in {"noun", "definite"} else slot.kind


_GOVERNS = {
    how: n
    for n, how in enumerate(
        f"{role} {clause}" for clause in (1, 2, 3) for role in ("subject", "patient", "described", "agent")
    )
}


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an expression stands from a figure; the same for all that it may point to."""

    clues: list[Clue]
    side: str
    preposition: str | None
    direct: bool
    standing: str | None


class Sight:
    """What one anchor sees of the candidates around it."""

    def __init__(self, talk: Talk, anchor: Anchor) -> None:
        self.talk, self.anchor = talk, anchor
        self.group = GROUP.get(anchor.predicate, "figure")
        self.view = view_of(talk, anchor)
        here = anchor.sentence.index
        self._heading, self._speaker = talk.heading_of.get(here, ()), talk.speaking.get(here)
        self._named = talk.first_in.get(here, [])
        self._aligned = talk.aligned(anchor.start, anchor.sentence)
        self._placed: dict[tuple[int, int, str], Placed] = {}

    def clues(self, one: Candidate) -> list[Clue]:
        """What speaks for and against `one` as the subject of the anchor."""
        talk, anchor, group, slot, value = self.talk, self.anchor, self.group, one.slot, one.value
        kind, known = slot.kind, talk.known[value.id] if value is not None else None
        type_ = known.type if known is not None else "noun"
        governs = (slot.start, slot.end) == self.view.governing
        out = [
            clues.kinds(group, kind, type_, anchor.kind, anchor.predicate),
            clues.governs(group, kind, governs, self.view.governor),
        ]
        if value is None:
            out.append(clues.noun(group, kind, talk.keeps_speaking_of(slot.noun)))
            if slot.start >= 0:
                out.append(clues.common(common(talk, slot), group, governs))
        if value is not None and known is not None:
            out += self._known(value, known, slot)
        if slot.start >= 0:
            at = self._place(slot)
            out += at.clues
            out.append(clues.preposition(group, type_, at.preposition, at.direct, at.side))
            if at.standing is not None:
                out.append(clues.standing(group, kind, type_, at.standing))
        elif value is not None:
            figures = talk.scene.figures_between(anchor.sentence.start, anchor.start)
            out.append(clues.unsaid(min(3, figures), min(2, len(self._named))))
        return out

    def _known(self, value: EntityValue, known: Known, slot: Slot) -> list[Clue]:
        """What the article has said of the entity so far."""
        talk, id_, kind = self.talk, value.id, slot.kind
        aligned = None if self._aligned is None else self._aligned == id_
        later = known.starts[0] > self.anchor.end
        out = [
            clues.frequency(talk.scene.frequency(id_)),
            clues.topic(self.group, kind, min(3, talk.rank[id_]), talk.scene.in_title(id_), id_ in self._heading),
            clues.told(kind, value.type, aligned, self._speaker == value.name, later),
        ]
        if kind != "name":
            out.append(self._pointed(value, known, slot))
        elif self._named:
            out.append(clues.named(self._named[0] == id_, len(self._named) == 1))
        return out

    def _pointed(self, value: EntityValue, known: Known, slot: Slot) -> Clue:
        """How well an entity answers to the expression that points to it, or to nothing at all."""
        talk, here, types = self.talk, self.anchor.sentence.index, slot.types
        before = bisect_left(known.starts, slot.start if slot.start >= 0 else self.anchor.start)
        gap = here - known.sentences[before - 1] if before else 9
        ids = talk.first_in[here - gap] if gap <= 2 else []
        sure = talk.pointed(slot) if slot.start >= 0 else None
        return clues.pointed(
            slot.kind,
            min(4, gap),
            (ids[0] == value.id, ids[-1] == value.id) if ids else None,
            bool(slot.words & known.called),
            known.type in types if types else None,
            talk.types[value.type] == 1 if 0 < len(types) < 3 else None,
            slot.start >= 0 and talk.ordinal(slot) is not None,
            None if sure is None else sure.id == value.id,
        )

    def _place(self, slot: Slot) -> Placed:
        key = (slot.start, slot.end, slot.kind)
        if key not in self._placed:
            self._placed[key] = self._seen(slot)
        return self._placed[key]

    def _seen(self, slot: Slot) -> Placed:
        scene, anchor, kind = self.talk.scene, self.anchor, slot.kind
        before = slot.end <= anchor.start
        side, a, b = ("before", slot.end, anchor.start) if before else ("after", anchor.end, slot.start)
        gap, words = scene.text[a:b], scene.words_between(a, b)
        named_here = not before and slot.value is not None and words <= _NAMED_WITHIN
        seen = [
            clues.distance(kind, side, words),
            clues.between(
                side, min(3, len(scene.entities_in(a, b))), min(3, scene.figures_between(a, b)), min(3, gap.count(",")),
                any(mark in gap for mark in _BREAKS), gap.count("(") != gap.count(")"),
            ),
            clues.beside(
                self.group, kind, side, words <= 1,
                before and _OPENS.match(gap) is not None,
                named_here and bool(scene.namings.between(a, b)),
                slot.start - anchor.sentence.start < 5,
                kind == "name" and scene.text[slot.end : slot.end + 2] in {"'s", "’s"},
            ),
        ]  # fmt: skip
        prep, direct = preposition_at(scene, slot.start)
        seen += self._framed(slot, prep)
        return Placed(seen, side, prep, direct, self.view.standing.get((slot.start, slot.end)))

    def _framed(self, slot: Slot, prep: str | None) -> list[Clue]:
        """How the expression stands to the words that gave the predicate."""
        trigger, scene = self.anchor.trigger, self.talk.scene
        if trigger is None:
            return []
        if slot.start < trigger.end and trigger.start < slot.end:
            place, words = "on", 0
        elif slot.end <= trigger.start:
            place, words = "before", scene.words_between(slot.end, trigger.start)
        else:
            place, words = "after", scene.words_between(trigger.end, slot.start)
        row = trigger.row
        return [
            clues.answers(self.group, prep in frame(row.subject), prep in frame(row.object)),
            clues.near(slot.kind, row.pos, prep, place, min(4, words)),
        ]
