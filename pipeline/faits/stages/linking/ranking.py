"""Weighs candidates for the subjects of claims: a chain of weighed clues first, then trees over its likeliest few."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from faits.stages.linking.candidates import Anchor, Candidate, candidates
from faits.stages.linking.chaining import shares, tied, ties
from faits.stages.linking.forest import forest
from faits.stages.linking.hearing import Heard, hear
from faits.stages.linking.portraits import LIKELIEST, Gallery
from faits.stages.linking.reasons import reasons
from faits.stages.linking.talk import Talk
from faits.stages.linking.weighing import Sight
from faits.stages.linking.weights import weights

# From this share on what the clues say stands: of 453 such figures in 70 articles the trees turned none round.
_SURE = 0.7
# What a share is at the least, where its logarithm is asked for.
_LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class Ranked:
    """A party a claim may be about, where it is named or pointed to best, and its share of all (0 to 1).

    `why` names the rule of grammar that says so, where one does. `reasons` are those for which the first
    of some parties was taken rather than the next.
    """

    candidate: Candidate
    share: float
    why: str = ""
    reasons: tuple[str, ...] = ()


def rank_subjects(talk: Talk, anchors: Sequence[Anchor], *, again: bool = True) -> list[list[Ranked]]:
    """For each of some anchors in reading order the parties it may be about, likeliest first, each once.

    With `again` trees look at the likeliest few a second time: they are grown on figures.
    """
    heard = chain(talk, anchors)
    some = [one for one in heard if one is not None]
    said = iter(look_again(talk, some) if again else [_as_heard(one) for one in some])
    return [next(said) if one is not None else [] for one in heard]


def chain(talk: Talk, anchors: Sequence[Anchor]) -> list[Heard | None]:
    """Some anchors weighed together by the clues of their candidates; None for one that has no party in reach."""
    table = weights("subject")
    seen, found, keys, scores, again = [], [], [], [], []
    before: Anchor | None = None
    for anchor in anchors:
        some = candidates(talk, anchor)
        found.append(some)
        if not some:
            continue
        sight, how = Sight(talk, anchor), ties(talk, before, anchor) if before is not None else ()
        seen.append(sight.view)
        keys.append([one.key for one in some])
        scores.append([sum([clue.weight(table) for clue in sight.clues(one)]) for one in some])
        again.append([tied(how, one.slot.kind).weight(table) if how else 0.0 for one in some])
        before = anchor
    told = zip(seen, shares(keys, scores, again), scores, strict=True)
    return [hear(anchor, some, *next(told)) if some else None for anchor, some in zip(anchors, found, strict=True)]


def look_again(talk: Talk, heard: Sequence[Heard]) -> list[list[Ranked]]:
    """The parties of each anchor, the likeliest few in the order that the trees give them where any is in doubt."""
    trees = forest()
    gallery = Gallery(talk, heard)
    rows = [gallery.portraits(n) if one.parties[0].share < _SURE else [] for n, one in enumerate(heard)]
    leaves = trees.leaves([row for some in rows for row in some])
    scores = trees.scores(leaves)
    out, first = [], 0
    for one, some in zip(heard, rows, strict=True):
        if not some:
            out.append(_as_heard(one))
            continue
        here = slice(first, first + len(some))
        first += len(some)
        ranked = _reordered(one, scores[here])
        if len(some) > 1:
            place = {party.key: n for n, party in enumerate(one.parties[:LIKELIEST])}
            best, next_ = (leaves[here][place[ranked[n].candidate.key]] for n in (0, 1))
            ranked[0] = replace(ranked[0], reasons=reasons(trees.told(best, next_)))
        out.append(ranked)
    return out


def _as_heard(one: Heard) -> list[Ranked]:
    return [Ranked(party.expression, party.share) for party in one.parties]


def _reordered(one: Heard, scores: Sequence[int]) -> list[Ranked]:
    """The parties of an anchor, what its likeliest few have together given out anew."""
    few, others = one.parties[: len(scores)], one.parties[len(scores) :]
    said = [math.log(party.share + _LEAST) + score / 1000 for party, score in zip(few, scores, strict=True)]
    told = [math.exp(value - max(said)) for value in said]
    all_ = sum(party.share for party in few) / sum(told)
    ranked = [Ranked(party.expression, value * all_) for party, value in zip(few, told, strict=True)]
    ranked.sort(key=lambda r: (-round(r.share, 9), r.candidate.start, r.candidate.key))
    return [*ranked, *(Ranked(party.expression, party.share) for party in others)]
