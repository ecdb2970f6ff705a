"""Relations read off what is written between two names: "A a passé commande à B", "A, a supplier of plate to B"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from faits.lexicons.betweens import Between, betweens
from faits.model import EntityType, EntityValue, Mention, Predicate
from faits.stages.linking.parties import SIDES
from faits.stages.linking.referents import party_of
from faits.stages.linking.roles import Told
from faits.stages.linking.scene import Scene

Types = frozenset[EntityType]

_WHERE: tuple[Types, Types] = (frozenset({"ORG", "PROJECT", "PLACE"}), frozenset({"PLACE"}))
# What is done, and so may be planned or denied; who owns whom and who is where is so by its name.
_DONE: frozenset[Predicate] = frozenset({"supply_agreement", "partnership"})
_AND = re.compile(r",?\s*(?:(?:et|and|ou|or)\s)?\s*(?:(?:de|du|a|au|to|from|with|avec|the|le|la|les)\s|[dl]')*\s*")
_GAP, _BESIDE = 110, 40


def told_between(scene: Scene) -> Iterator[Told]:
    """Every relation that the words between two names of a sentence tell, with those joined to the second."""
    table = betweens(scene.lang)
    named = [m for m in scene.entities if isinstance(m.value, EntityValue)]
    for n, (one, other) in enumerate(pairwise(named)):
        if not 0 < other.start - one.end <= _GAP or scene.sentence_at(one.start).end < other.end:
            continue
        forms = table.of(scene.folded[one.end : other.start])
        row = next((row for row in forms if _holds(scene, row, one, other)), None)
        if row is not None:
            # "In Leeds, Yorkshire": one place behind another holds it.
            for second in _joined(scene, named, n + 1) if row.row.predicate != "location" else [other]:
                yield from _told(row, one, second, other)


def _holds(scene: Scene, row: Between, one: Mention, other: Mention) -> bool:
    folded, (first, second) = scene.folded, _sides(row)
    if _type(one) not in first or _type(other) not in second:
        return False
    if row.between.fullmatch(folded, one.end, other.start) is None:
        return False
    if row.before is not None and row.before.search(folded[max(0, one.start - _BESIDE) : one.start]) is None:
        return False
    return row.after is None or row.after.match(folded, other.end) is not None


def _sides(row: Between) -> tuple[Types, Types]:
    predicate: Predicate = row.row.predicate
    first, second = _WHERE if predicate == "location" else SIDES[predicate]
    return (first, second) if row.row.subject == "first" else (second, first)


def _joined(scene: Scene, named: list[Mention], at: int) -> Iterator[Mention]:
    """The name at a place of the list and those joined to it: "to Skoda and Siemens"."""
    yield named[at]
    for before, after in pairwise(named[at : at + 4]):
        if _type(after) != _type(named[at]) or _AND.fullmatch(scene.folded, before.end, after.start) is None:
            return
        yield after


def _told(row: Between, one: Mention, second: Mention, other: Mention) -> Iterator[Told]:
    subject, party = (one, second) if row.row.subject == "first" else (second, one)
    if isinstance(subject.value, EntityValue) and isinstance(party.value, EntityValue):
        yield (
            row.row.predicate, party_of(subject.value), party_of(party.value), one.start, second.end, 0.7,
            "the words between the two names", (one.end, other.start) if row.row.predicate in _DONE else None,
        )  # fmt: skip


def _type(m: Mention) -> EntityType | None:
    return m.value.type if isinstance(m.value, EntityValue) else None
