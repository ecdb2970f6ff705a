"""One fact as another fact sees it, when the two are compared for what they contradict."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from faits.model import Lang
from faits.stages.merging.agreeing import Row, claims_of
from faits.stages.merging.atoms import Name, name_of
from faits.stages.merging.cluster import Cluster
from faits.stages.merging.measuring import Period, day, named, rounds
from faits.stages.merging.wording import Wording

# Facts of one subject and predicate compared pair by pair; a larger group is compared with its neighbours in time.
PAIRED = 48


@dataclass(frozen=True)
class Side:
    """One fact as the other one sees it."""

    id: str
    row: Row
    cluster: Cluster

    @cached_property
    def subject(self) -> Name:
        """Whom it is about."""
        return name_of(self.row.subject)

    @cached_property
    def object(self) -> Name | None:
        """The other party, where it is an entity."""
        return name_of(self.row.object) if self.row.object is not None and self.row.object.id else None

    @cached_property
    def about(self) -> Wording:
        """The free words, those of the fullest telling."""
        return max((atom.about for atom in self.cluster.atoms), key=lambda w: (len(w.words), repr(sorted(w.words))))

    @cached_property
    def descriptions(self) -> frozenset[Wording]:
        """The free words of each way of telling it."""
        return frozenset(replace(atom.about, former=False) for atom in self.cluster.tellings)

    @cached_property
    def tellings(self) -> frozenset[tuple[str | tuple[str, ...], Name | None]]:
        """Subject and object of each way of telling it, that of the row among them."""
        told = {(self.subject, self.object), *((atom.subject, atom.other) for atom in self.cluster.tellings)}
        return frozenset((subject.id or subject.folded, other) for subject, other in told)

    @cached_property
    def former(self) -> bool:
        """Whether it is told as an earlier figure ("estimation initiale")."""
        return any(atom.about.former for atom in self.cluster.atoms)

    @cached_property
    def language(self) -> Lang:
        """The language of its first telling."""
        return self.cluster.founder.language

    @cached_property
    def period(self) -> Period | None:
        """The period named."""
        return named(self.row.time)

    @cached_property
    def dated(self) -> bool:
        """Whether everybody who tells it says when."""
        return all(atom.period is not None for atom in self.cluster.tellings)

    @cached_property
    def published(self) -> tuple[int, int] | None:
        """First and last day it was published, as day numbers."""
        days = [d for claim in claims_of(self.cluster) if claim.published and (d := day(claim.published)) is not None]
        return (min(days), max(days)) if days else None

    def told_since(self, since: int) -> frozenset[str]:
        """The articles that say so and were published on a day or after it."""
        told = ((claim.article, day(claim.published)) for claim in claims_of(self.cluster) if claim.published)
        return frozenset(article for article, published in told if published is not None and published >= since)

    @cached_property
    def sentences(self) -> frozenset[tuple[str, str]]:
        """The sentences that say so, with their articles."""
        return frozenset((claim.article, claim.sentence) for claim in claims_of(self.cluster))

    @cached_property
    def articles(self) -> frozenset[str]:
        """The articles that say so."""
        return frozenset(claim.article for claim in claims_of(self.cluster))

    def periods_meet(self, other: Side) -> bool:
        """Whether both can be of one time."""
        return self.period is None or other.period is None or self.period.meet(other.period) is not None

    def figures_meet(self, other: Side) -> bool:
        """Whether both can be of one figure, or of one date where there is none."""
        if self.row.value is None or other.row.value is None:
            return self.periods_meet(other)
        if not rounds(self.row.value, other.row.value):
            return False
        mine, its = self.cluster.intervals, other.cluster.intervals
        return any(mine[unit].meet(its[unit]) is not None for unit in mine.keys() & its.keys())
