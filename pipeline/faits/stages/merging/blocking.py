"""Which claims are worth comparing: those that share a party, a unit and a neighbourhood of values."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from faits.model import Predicate
from faits.stages.merging.atoms import DATED, Atom, Name
from faits.stages.merging.cluster import Cluster
from faits.stages.merging.comparing import LOOSE
from faits.stages.merging.measuring import Interval
from faits.stages.merging.parties import MONEY, MUTUAL

BlockingKey = tuple[object, ...]

# Values are told apart in steps of this ratio; an interval belongs to every step it touches.
STEP = math.log(1.1)
# An interval wider than this many steps (a range from 1 to 100) stands only at its two ends and its middle.
STEPS_TOUCHED = 6
# A block with more clusters than this is split by the next facet.
SPLIT_AT = 32

# Predicates whose two parties can trade places between two tellings of one fact.
BOTH_WAYS: frozenset[Predicate] = MONEY | MUTUAL


def keys(atom: Atom) -> list[BlockingKey]:
    """The blocks a claim stands in; two claims that can be one fact share at least one.

    >>> from faits.model import Claim, FactValue, Party
    >>> value = FactValue(kind="money", number=375e6, unit="USD")
    >>> party = Party(id="org-helion-energy", name="Helion Energy", type="ORG")
    >>> claim = Claim(article="a", predicate="cost", subject=party, value=value, start=0, end=1, quote="", sentence="")
    >>> keys(Atom([claim]))
    [('org-helion-energy', 'acquisition', 'USD', 1, 207)]
    """
    named = list(_parties(atom))
    return [(party, *place) for place in _places(atom) for party in named]


def _parties(atom: Atom) -> Iterator[object]:
    """The names a claim may be found under."""
    yield _key(atom.subject)
    if atom.other is not None and atom.other != atom.subject and atom.claim.predicate in BOTH_WAYS:
        yield _key(atom.other)


def _key(name: Name) -> object:
    return name.id or name.folded


def _places(atom: Atom) -> list[BlockingKey]:
    claim = atom.claim
    if claim.value is not None:
        intervals = atom.intervals.items()
        steps: set[BlockingKey] = {(unit, *step) for unit, interval in intervals for step in _steps(interval)}
        figures = sorted(steps, key=repr) or [(claim.value.unit, "indefinite")]
        return [(family, *figure) for family in _families(claim.predicate) for figure in figures]
    if claim.predicate in DATED:
        return [(claim.predicate, year) for year in _years(atom)]
    return _others(atom)


@cache
def _families(predicate: Predicate) -> tuple[str, ...]:
    """The families a predicate may be read in, each by its first member; by itself when it has none."""
    return tuple(sorted(min(family) for family in LOOSE if predicate in family)) or (predicate,)


def _steps(interval: Interval) -> list[tuple[int, int]]:
    """The steps of a logarithmic scale an interval touches, each with its sign."""
    low, high = _step(interval.low), _step(interval.high)
    if low[0] != high[0]:
        return sorted({low, high, (0, 0)})
    first, last = sorted((low[1], high[1]))
    touched = range(first, last + 1)
    if len(touched) > STEPS_TOUCHED:
        touched = range(first, last + 1, max(1, (last - first) // 2))
    return sorted({*((low[0], step) for step in touched), low, high})


def _step(value: float) -> tuple[int, int]:
    if abs(value) < 1e-30:
        return 0, 0
    return (1 if value > 0 else -1), math.floor(math.log(abs(value)) / STEP)


def _years(atom: Atom) -> list[int | None]:
    if atom.period is None:
        return [None]
    first, last = (date.fromordinal(n).year for n in (atom.period.first, atom.period.last))
    return list(range(first, min(last, first + STEPS_TOUCHED) + 1))


def _others(atom: Atom) -> list[BlockingKey]:
    """For a relation, the other party: its id, and its words where it goes by words."""
    predicate = "money" if atom.claim.predicate in MONEY else atom.claim.predicate
    found: set[str] = set(atom.about.words)
    if atom.other is not None:
        found |= {atom.other.id} if atom.other.id else set(atom.other.folded)
    if predicate == "role":
        return [(predicate,)]  # a person has few functions; their wordings share no word across languages
    if predicate in MUTUAL or predicate == "money":
        return [(predicate,)]
    return [(predicate, word) for word in sorted(found)] or [(predicate, None)]


@dataclass
class Block:
    """The clusters under one key; past `SPLIT_AT` they are split by object, then year, then figure.

    Looking up a split block finds the clusters that share the facet and those that leave it open: nothing is dropped,
    and what is no longer compared differs in a facet both state.
    """

    level: int = 0
    clusters: list[Cluster] | None = field(default_factory=list)
    parts: dict[object, Block] = field(default_factory=dict)

    def add(self, cluster: Cluster) -> None:
        """Take in a cluster."""
        if self.clusters is None:
            self._part(cluster).add(cluster)
            return
        self.clusters.append(cluster)
        if len(self.clusters) > SPLIT_AT and self.level < len(_FACETS):
            whole, self.clusters = self.clusters, None
            for one in whole:
                self._part(one).add(one)

    def near(self, atom: Atom) -> Iterator[Cluster]:
        """The clusters worth comparing with a claim."""
        if self.clusters is not None:
            yield from self.clusters
            return
        facet = _FACETS[self.level](atom)
        for key in dict.fromkeys((facet, None)):
            part = self.parts.get(key)
            if part is not None:
                yield from part.near(atom)

    def _part(self, cluster: Cluster) -> Block:
        facet = _FACETS[self.level](cluster.founder)
        return self.parts.setdefault(facet, Block(level=self.level + 1))


def _object_facet(atom: Atom) -> object:
    if atom.other is not None:
        return _key(atom.other)
    return atom.about.words or None


def _year_facet(atom: Atom) -> object:
    return atom.claim.time.edtf[:4] if atom.claim.time is not None and atom.claim.time.edtf else None


def _figure_facet(atom: Atom) -> object:
    value = atom.claim.value
    if value is None or value.number is None:
        return None
    return f"{value.number:.3g}"


_FACETS = (_object_facet, _year_facet, _figure_facet)
