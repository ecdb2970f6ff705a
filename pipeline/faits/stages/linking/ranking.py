"""Weighs candidates for the subjects of claims with the weights of models/ranker.json."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from faits.stages.linking.candidates import Anchor, Candidate, candidates
from faits.stages.linking.chaining import shares, tied, ties
from faits.stages.linking.talk import Talk
from faits.stages.linking.weighing import Sight
from faits.stages.linking.weights import weights


@dataclass(frozen=True, slots=True)
class Ranked:
    """A party a claim may be about, where it is named or pointed to best, and its share of all (0 to 1).

    `why` names the rule of grammar that says so, where one does.
    """

    candidate: Candidate
    share: float
    why: str = ""


def rank_subjects(talk: Talk, anchors: Sequence[Anchor]) -> list[list[Ranked]]:
    """For each of some anchors in reading order the parties it may be about, likeliest first, each once."""
    table = weights("subject")
    found, keys, scores, again = [], [], [], []
    before: Anchor | None = None
    for anchor in anchors:
        some = candidates(talk, anchor)
        if not some:
            found.append(some)
            continue
        sight, how = Sight(talk, anchor), ties(talk, before, anchor) if before is not None else ()
        found.append(some)
        keys.append([one.key for one in some])
        scores.append([sum([clue.weight(table) for clue in sight.clues(one)]) for one in some])
        again.append([tied(how, one.slot.kind).weight(table) if how else 0.0 for one in some])
        before = anchor
    said = iter(shares(keys, scores, again))
    return [_ranked(some, next(said)) if some else [] for some in found]


def _ranked(some: list[Candidate], said: list[float]) -> list[Ranked]:
    best: dict[str, tuple[float, Candidate]] = {}
    mass: dict[str, float] = {}
    for one, share in zip(some, said, strict=True):
        key = one.key
        mass[key] = mass.get(key, 0.0) + share
        if key not in best or share > best[key][0]:
            best[key] = (share, one)
    ranked = [Ranked(one, mass[key]) for key, (_, one) in best.items()]
    return sorted(ranked, key=lambda r: (-round(r.share, 9), r.candidate.start, r.candidate.key))
