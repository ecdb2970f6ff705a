"""Weighs candidates for the subject of a claim with the weights of models/ranker.json."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import repeat
from operator import mul

from faits.stages.linking.candidates import Anchor, Candidate, Memory, candidates
from faits.stages.linking.talk import Talk
from faits.stages.linking.weighing import features, view_of
from faits.stages.linking.weights import weights


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with what its place weighs, and the share of the party in all the weight there is (0 to 1)."""

    weight: float
    candidate: Candidate
    share: float


def rank_subjects(talk: Talk, anchor: Anchor, memory: Memory) -> list[Ranked]:
    """The candidates for subject, best first, each party once."""
    table, view = weights("subject"), view_of(talk, anchor)
    best: dict[str, tuple[float, Candidate]] = {}
    mass: dict[str, float] = {}
    for one in candidates(talk, anchor, memory):
        seen = features(talk, anchor, one, memory, view)
        score = sum(map(mul, map(table.get, seen, repeat(0.0)), seen.values()))
        key = one.key
        mass[key] = mass.get(key, 0.0) + math.exp(score)
        if key not in best or score > best[key][0]:
            best[key] = (score, one)
    total = sum(mass.values())
    ranked = [Ranked(score, one, mass[key] / total) for key, (score, one) in best.items()]
    return sorted(ranked, key=lambda r: (-r.weight, r.candidate.start, r.candidate.key))
