"""What the chain has heard of each anchor: its parties and their shares, before anybody looks again."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from faits.stages.linking.candidates import Anchor, Candidate
from faits.stages.linking.weighing import View


@dataclass(slots=True)
class Party:
    """A party of an anchor as the chain has heard it: its share, that of its own clues, the likeliest expression."""

    key: str
    expression: Candidate
    share: float = 0.0
    alone: float = 0.0
    best: float = 0.0
    candidates: list[Candidate] = field(default_factory=list)


@dataclass(slots=True)
class Heard:
    """An anchor, what the parse shows of it, and its parties, likeliest first."""

    anchor: Anchor
    view: View
    parties: list[Party]
    shares: dict[str, float]


def hear(
    anchor: Anchor, found: Sequence[Candidate], view: View, said: Sequence[float], scores: Sequence[float]
) -> Heard:
    """An anchor as the chain has heard it: `said` are the shares of its candidates, `scores` what speaks for each."""
    top = max(scores)
    own = [math.exp(score - top) for score in scores]
    total = sum(own)
    parties: dict[str, Party] = {}
    likeliest: dict[str, float] = {}
    for one, share, alone in zip(found, said, own, strict=True):
        party = parties.setdefault(one.key, Party(one.key, one))
        party.share += share
        party.alone += alone / total
        party.best = max(party.best, alone / total)
        party.candidates.append(one)
        if share > likeliest.get(one.key, -1.0):
            party.expression, likeliest[one.key] = one, share
    for party in parties.values():  # what a last digit makes of a sum must not choose
        party.share, party.alone, party.best = round(party.share, 6), round(party.alone, 6), round(party.best, 6)
    ranked = sorted(parties.values(), key=lambda p: (-p.share, p.expression.start, p.key))
    return Heard(anchor, view, ranked, {p.key: p.share for p in ranked})
