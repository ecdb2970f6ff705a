"""Which figures of a text become claims, with which predicate, and whom each may be about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from faits.model import Mention, Predicate, Quantity
from faits.stages.linking.candidates import Anchor
from faits.stages.linking.choosing import Choice, choose
from faits.stages.linking.passing import is_in_passing
from faits.stages.linking.ranking import Ranked, rank_subjects
from faits.stages.linking.settling import settled_predicate, settled_subject
from faits.stages.linking.talk import Talk
from faits.stages.linking.telling import set_against
from faits.stages.linking.turning import is_invested_in, turned_predicate


def told_of_whom(talk: Talk) -> tuple[list[tuple[Mention, Anchor, Choice]], list[list[Ranked]]]:
    """The figures of a text that become claims, and whom each may be about: as weighed, then as grammar settles it."""
    chosen = chosen_predicates(talk)
    weighed = rank_subjects(talk, [anchor for _, anchor, _ in chosen])
    ranked = [
        settled_subject(talk, m, anchor.predicate, some) for (m, anchor, _), some in zip(chosen, weighed, strict=True)
    ]
    return list(_all_turned(talk, chosen, ranked)), ranked


def _all_turned(
    talk: Talk, chosen: Sequence[tuple[Mention, Anchor, Choice]], ranked: Sequence[list[Ranked]]
) -> Iterator[tuple[Mention, Anchor, Choice]]:
    """Each figure with the predicate that whom it is about gives it; one set against another has that one's."""
    last: tuple[Mention, Predicate, Predicate] | None = None
    for (m, anchor, choice), some in zip(chosen, ranked, strict=True):
        one = _turned(talk, m, anchor, choice, some)
        alike = last is not None and last[0].kind == m.kind and last[1] == choice.predicate
        if last is not None and alike and last[2] != one[2].predicate and set_against(talk, m) is not None:
            one = _with_predicate(m, anchor, choice, last[2], "turned as the figure it is set against")
        last = (m, choice.predicate, one[2].predicate)
        yield one


def _with_predicate(
    m: Mention, anchor: Anchor, choice: Choice, predicate: Predicate, why: str
) -> tuple[Mention, Anchor, Choice]:
    choice = replace(choice, predicate=predicate, trigger=None, rule=f"{choice.rule}, {why}")
    return m, replace(anchor, predicate=predicate, trigger=None), choice


def _turned(
    talk: Talk, m: Mention, anchor: Anchor, choice: Choice, ranked: list[Ranked]
) -> tuple[Mention, Anchor, Choice]:
    """A figure with the predicate that whom it is about gives it."""
    subject = ranked[0].candidate.party if ranked else None
    if subject is None:
        return m, anchor, choice
    said = talk.scene.text[choice.trigger.start : choice.trigger.end] if choice.trigger is not None else ""
    predicate = turned_predicate(talk, m, choice.predicate, subject, said)
    best = ranked[0].candidate
    if predicate == "investment" and is_invested_in(talk, best.slot.start, best.value):
        predicate = "funding_raised"
    if predicate == choice.predicate:
        return m, anchor, choice
    return _with_predicate(m, anchor, choice, predicate, "turned by what it is of")


def chosen_predicates(talk: Talk) -> list[tuple[Mention, Anchor, Choice]]:
    """The figures of a text that become claims, each with its predicate."""
    scene, last = talk.scene, None
    out: list[tuple[Mention, Anchor, Choice]] = []
    for m in scene.figures:
        if not is_fact(m) or is_in_passing(scene, m):
            continue
        sentence = scene.sentence_at(m.start)
        choice = settled_predicate(talk, m, choose(talk, m, sentence, last), last)
        last = (m, choice)
        out.append((m, Anchor(m.start, m.end, m.kind, sentence, choice.predicate, choice.trigger), choice))
    return out


def is_fact(m: Mention) -> bool:
    """A figure that says something of the world: no conversion in brackets, no "plusieurs", no "par an"."""
    value = m.value
    if not isinstance(value, Quantity):
        return False
    return value.converts is None and not value.recurring and not (value.bound == "indefinite" and value.number is None)
