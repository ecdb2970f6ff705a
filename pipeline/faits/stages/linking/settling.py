"""What the words that govern a figure settle: its predicate, whose it is, and whom it cannot be about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from faits.model import Party, Predicate
from faits.stages.linking.candidates import Candidate
from faits.stages.linking.choosing import Choice
from faits.stages.linking.paying import Paid
from faits.stages.linking.ranking import Ranked
from faits.stages.linking.referents import Referent
from faits.stages.linking.slots import Slot
from faits.stages.linking.talk import Talk

# How sure a side read off the grammar is, beside what the ranker says: no surer than its surest.
_SURE = 0.7


def settled_predicate(talk: Talk, choice: Choice, told: Paid | None) -> Choice:
    """The predicate of the noun or verb of payment that governs a figure, else the one chosen."""
    if told is None or told.predicate is None or told.predicate == choice.predicate:
        return choice
    rule = f"“{talk.scene.text[slice(*told.cue)]}” governs it"
    return replace(choice, predicate=told.predicate, trigger=None, rule=rule)


def settled_subject(ranked: list[Ranked], told: Paid | None, predicate: Predicate) -> list[Ranked]:
    """The parties a figure may be about: first the one that the grammar names, without the one on its other side."""
    subject, other = told.sides(predicate) if told is not None else (None, None)
    if subject is not None and subject.value is not None:
        return _first(ranked, subject)
    if other is not None and other.value is not None:
        return [one for one in ranked if one.candidate.value is None or one.candidate.value.id != other.value.id]
    return ranked


def _first(ranked: Sequence[Ranked], subject: Referent) -> list[Ranked]:
    assert subject.value is not None
    known = next((r for r in ranked if r.candidate.key == subject.value.id), None)
    slot = Slot(subject.start, subject.end, "name", -1, subject.value)
    candidate = known.candidate if known is not None else Candidate(slot, subject.value)
    share = max(_SURE, known.share if known is not None else 0.0)
    others = [r for r in ranked if r is not known]
    return [Ranked(candidate, share), *(replace(r, share=min(r.share, 1 - share)) for r in others)]


def settled_object(told: Paid | None, predicate: Predicate, subject: Party) -> Party | None:
    """The party on the other side of a figure, where the grammar names it."""
    other = told.sides(predicate)[1] if told is not None else None
    return other.party if other is not None and other.party.id != subject.id else None
