"""Atoms judged to be one fact, and what they leave open together."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice

from faits.model import Modality, Predicate
from faits.stages.merging.atoms import Atom
from faits.stages.merging.measuring import Interval, Period
from faits.stages.merging.wording import Likeness

# With how many ways of naming the parties of one cluster a newcomer is compared; the most definite come first.
PARTIES_COMPARED = 16


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well a claim agrees with a cluster; the greater the better."""

    parties: Likeness
    same_predicate: bool
    same_number: bool
    same_period: bool
    closeness: float

    @property
    def order(self) -> tuple[object, ...]:
        """Sorts agreements."""
        return (self.parties, self.same_number, self.same_predicate, self.same_period, self.closeness)


@dataclass(eq=False)
class Cluster:
    """Atoms judged to be one fact, and what they leave open together."""

    atoms: list[Atom]
    predicates: set[Predicate] = field(default_factory=set)
    modalities: set[Modality] = field(default_factory=set)
    intervals: dict[str, Interval] = field(default_factory=dict)
    period: Period | None = None
    distinct: dict[tuple[object, ...], Atom] = field(default_factory=dict)
    places: set[tuple[object, ...]] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)

    @property
    def founder(self) -> Atom:
        """Its most definite atom."""
        return self.atoms[0]

    @property
    def tellings(self) -> list[Atom]:
        """Its different ways of naming the parties, as far as they are compared."""
        return list(islice(self.distinct.values(), PARTIES_COMPARED))

    def add(self, atom: Atom) -> None:
        """Take in an atom: what the cluster leaves open narrows to what all its members do."""
        if atom not in self.atoms[:1]:
            self.atoms.append(atom)
        self.predicates.add(atom.claim.predicate)
        self.modalities.add(atom.claim.modality)
        for unit, interval in atom.intervals.items():
            known = self.intervals.get(unit)
            self.intervals[unit] = (known.meet(interval) or known) if known is not None else interval
        if atom.period is not None:
            self.period = (self.period.meet(atom.period) or self.period) if self.period is not None else atom.period
        self.articles |= atom.articles
        self.distinct.setdefault((atom.subject, atom.other, atom.about), atom)


def cluster_of(atom: Atom) -> Cluster:
    """A cluster of one."""
    cluster = Cluster([atom])
    cluster.add(atom)
    return cluster
