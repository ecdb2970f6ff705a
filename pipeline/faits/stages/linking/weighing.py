"""What speaks for and against a candidate as the subject of a claim, as features a linear ranker weighs."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from faits.stages.linking.candidates import GROUP, Anchor, Candidate
from faits.stages.linking.prepositions import frame, preposition_at
from faits.stages.linking.talk import Talk

Features = dict[str, float]


@lru_cache(maxsize=1024)
def _distance(words: int) -> float:
    return math.log1p(words) / 3


# "un chantier de 100 milliards appelé X": how far behind the figure the name may stand.
_NAMED_WITHIN = 14
# "Kilbrack (120 MW)", "le syndicat (38 communes, 214 000 abonnés)".
_OPENS = re.compile(r"^\s?\([^()]*$")


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
            best, governor, governing = place, slot.kind, (slot.start, slot.end)
    return View(standing, governor, governing)


_GOVERNS = {
    how: n
    for n, how in enumerate(
        f"{role} {clause}" for clause in (1, 2, 3) for role in ("subject", "patient", "described", "agent")
    )
}


def features(talk: Talk, anchor: Anchor, one: Candidate, view: View) -> Features:
    """What speaks for and against `one` as the subject of `anchor`, as numbers around 0 to 1."""
    group = GROUP.get(anchor.predicate, "figure")
    kind = one.slot.kind
    type_ = talk.known[one.value.id].type if one.value is not None else "noun"
    out: Features = {
        kind: 1.0, f"{group} {type_}": 1.0, f"{kind} {type_}": 1.0, f"{anchor.kind} × {type_}": 1.0,
        f"{anchor.predicate} × {type_}": 1.0,
    }  # fmt: skip
    if (one.slot.start, one.slot.end) != view.governing:
        out[f"{kind} while {view.governor}"] = out[f"not the {view.governor}"] = 1.0
    else:
        out[f"{kind} governs"] = out["governs"] = out[f"{group} × governs"] = 1.0
    if one.value is not None:
        _known(talk, anchor, one, group, out)
    if one.slot.start >= 0:
        _place(talk, anchor, one, group, type_, view, out)
    elif one.value is not None:
        out["unsaid figures before"] = float(min(3, talk.scene.figures_between(anchor.sentence.start, anchor.start)))
        out[f"unsaid names {min(2, len(talk.first_in.get(anchor.sentence.index, ())))}"] = 1.0
    return out


def _known(talk: Talk, anchor: Anchor, one: Candidate, group: str, out: Features) -> None:
    """What the article has said of the entity so far."""
    assert one.value is not None
    id_, kind = one.value.id, one.slot.kind
    known = talk.known[id_]
    rank = talk.rank[id_]
    out["often named"] = talk.scene.frequency(id_)
    if rank < 3:
        out[f"topic {rank}"] = out[f"{group} × topic {rank}"] = out[f"{kind} topic {rank}"] = 1.0
    if talk.scene.in_title(id_):
        out[f"{group} × in title"] = out[f"{kind} in title"] = 1.0
    if id_ in talk.heading_of.get(anchor.sentence.index, ()):
        out["in heading"] = out[f"{kind} in heading"] = 1.0
    aligned = talk.aligned(anchor.start, anchor.sentence)
    if aligned is not None:
        out["aligned" if aligned == id_ else "not aligned"] = 1.0
    if talk.speaking.get(anchor.sentence.index) == one.value.name:
        out["speaks"] = out[f"speaks × {one.value.type}"] = out[f"{kind} × speaks"] = 1.0
    if kind != "name":
        _pointed(talk, anchor, one, out)
    if known.starts[0] > anchor.end:
        out[f"{kind} named later"] = 1.0


def _pointed(talk: Talk, anchor: Anchor, one: Candidate, out: Features) -> None:
    """How well an entity answers to the expression that points to it, or to nothing at all."""
    assert one.value is not None
    id_, slot, here = one.value.id, one.slot, anchor.sentence.index
    known = talk.known[id_]
    kind = slot.kind
    at = slot.start if slot.start >= 0 else anchor.start
    before = [sentence for start, sentence in zip(known.starts, known.sentences, strict=True) if start < at]
    gap = here - before[-1] if before else 9
    out[f"{kind} said {min(gap, 4)} ago"] = 1.0
    if gap <= 2:
        ids = talk.first_in.get(here - gap, [])
        out[f"{kind} first said"] = float(ids[0] == id_)
        out[f"{kind} last said"] = float(ids[-1] == id_)
    if slot.words and slot.words & known.called:
        out[f"{kind} called so"] = 1.0
    if slot.types:
        out[f"{kind} type {known.type in slot.types}"] = 1.0
        if len(slot.types) < 3:
            out[f"{kind} strict type {known.type in slot.types}"] = 1.0
            out[f"{kind} only one"] = float(talk.types[one.value.type] == 1)
    if slot.start >= 0 and talk.ordinal(slot) is not None:
        out["by its rank"] = 1.0
    if slot.start >= 0 and (sure := talk.pointed(slot)) is not None:
        out["surely it" if sure.id == id_ else "surely another"] = 1.0


def _place(talk: Talk, anchor: Anchor, one: Candidate, group: str, type_: str, view: View, out: Features) -> None:
    """Where the expression stands from the figure, in words and in the parse."""
    scene, slot = talk.scene, one.slot
    kind = slot.kind
    before = slot.end <= anchor.start
    a, b = (slot.end, anchor.start) if before else (anchor.end, slot.start)
    gap = scene.text[a:b]
    side = "before" if before else "after"
    words = scene.words_between(a, b)
    out[side] = out[f"{group} × {side}"] = out[f"{kind} {side}"] = 1.0
    out[f"distance {side}"] = out[f"{kind} distance {side}"] = _distance(words)
    out[f"names between {side}"] = float(min(3, len(scene.entities_in(a, b))))
    out["figures between"] = float(min(3, scene.figures_between(a, b)))
    out["commas between"] = float(min(3, gap.count(",")))
    out["break between"] = float(any(mark in gap for mark in (";", " – ", " — ", ": ")))
    out["brackets"] = float(gap.count("(") != gap.count(")"))
    if words <= 1:
        out[f"{kind} right {side}"] = 1.0
    if before and _OPENS.match(gap):
        out["owns the brackets"] = out[f"{kind} owns the brackets"] = 1.0
    if not before and slot.value is not None and words <= _NAMED_WITHIN and scene.namings.between(a, b):
        out["names it"] = 1.0
    if slot.start - anchor.sentence.start < 5:
        out["opens sentence"] = out[f"{kind} opens sentence"] = 1.0
    if kind == "name":
        ids = talk.first_in.get(anchor.sentence.index, [])
        if ids and one.value is not None and ids[0] == one.value.id:
            out["first name"] = 1.0
        if len(ids) == 1:
            out["only name"] = 1.0
        if scene.text[slot.end : slot.end + 2] in {"'s", "’s"}:
            out["possessive"] = out[f"possessive {side}"] = 1.0
    standing = view.standing.get((slot.start, slot.end))
    if standing is not None:
        out[f"is {standing}"] = 1.0
        out[f"{kind} × is {standing}"] = out[f"{group} × is {standing}"] = out[f"{type_} × is {standing}"] = 1.0
    prep, direct = preposition_at(scene, slot.start)
    weight = 1.0 if direct or prep is None else 0.6
    out[f"prep {prep}"] = weight
    out[f"{group} × prep {prep}"] = out[f"prep {prep} {side}"] = out[f"{type_} × prep {prep}"] = weight
    _framed(talk, anchor, one, prep, out)


def _framed(talk: Talk, anchor: Anchor, one: Candidate, prep: str | None, out: Features) -> None:
    """How the expression stands to the words that gave the predicate."""
    if anchor.trigger is None:
        return
    row, slot, kind = anchor.trigger.row, one.slot, one.slot.kind
    subject, about = frame(row.subject), frame(row.object)
    if prep in subject:
        out["preposition of subject"] = 1.0
    if prep in about and prep not in subject:
        out["preposition of object"] = out[f"{GROUP.get(anchor.predicate, 'figure')} × preposition of object"] = 1.0
    if slot.start < anchor.trigger.end and anchor.trigger.start < slot.end:
        out[f"{kind} is trigger"] = 1.0
    elif slot.end <= anchor.trigger.start:
        out[f"{row.pos} after it"] = out[f"{kind} {row.pos} after it"] = 1.0
        if talk.scene.words_between(slot.end, anchor.trigger.start) <= 2:
            out[f"{kind} {row.pos} right after it"] = 1.0
    elif talk.scene.words_between(anchor.trigger.end, slot.start) <= 3:
        out[f"{row.pos} right before it {prep}"] = out[f"{kind} {row.pos} right before it {prep}"] = 1.0
