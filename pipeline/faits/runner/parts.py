"""Merges the parts of the claims: here, or in worker processes once they have read.

A part has to do with no other, so that the facts of each are the same whoever makes them, and in whatever order.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from faits.model import Claim
from faits.runner.keeping import claim_of
from faits.runner.limits import Limits
from faits.runner.pool import Pool
from faits.runner.reading import Answer
from faits.stages.merge import facts_of
from faits.stages.state import state
from faits.stages.write import line_of

# A worker is sent so many claims at once; a part with more than `_HERE` is merged where it lies, for a copy of it would
# take the memory that it takes to merge it.
_TOGETHER, _HERE = 400, 20_000
# Merging has no limits of its own: what a worker cannot bear is merged here.
_LIMITS = Limits(seconds=86_400.0, memory_mb=1 << 20, renew_after=1 << 30, renew_grown_mb=1 << 20)


@dataclass(frozen=True, slots=True)
class PartClaims:
    """A part with its claims, which have to do with each other, their parties under their names across articles.

    `former` are the ids that articles used for entities that go by others across articles, by article and id;
    `copies` says which of its articles copies which.
    """

    digest: str
    claims: Sequence[Claim]
    copies: Mapping[str, str]
    former: Mapping[tuple[str, str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Told:
    """A fact as a line of the table, with what sorts it, the digest of its part and the ids it replaces."""

    name: str
    predicate: str
    id: str
    part: str
    replaces: Sequence[str]
    line: bytes


def merged_here(part: PartClaims) -> Iterator[Told]:
    """The facts of a part, in no particular order."""
    for fact in facts_of(part.claims, copies=part.copies, former=part.former, state=state):
        line = (line_of(fact) + "\n").encode()
        yield Told(fact.subject.name, fact.predicate, fact.id, part.digest, tuple(fact.replaces), line)


def merged_by(jobs: int, parts: Iterable[PartClaims]) -> Iterator[Told]:
    """The facts of some parts, made by worker processes; those of a worker that dies are made here.

    Raises:
        FaitsError: no worker can be made.
    """
    large: list[PartClaims] = []
    with Pool("faits.runner.parts:merger", {}, jobs=jobs, limits=_LIMITS) as pool:
        for asked, given in pool.read((_asked(some), "facts") for some in _together(parts, large)):
            answer = given if given.parts is not None else merger()(asked)
            yield from _told(answer.parts or {})
            while large:
                yield from merged_here(large.pop())
    while large:
        yield from merged_here(large.pop())


def _together(parts: Iterable[PartClaims], large: list[PartClaims]) -> Iterator[list[PartClaims]]:
    """The parts some at a time; those that are too large to be sent are put into `large`."""
    some: list[PartClaims] = []
    size = 0
    for part in parts:
        if len(part.claims) > _HERE:
            large.append(part)
            continue
        some.append(part)
        size += len(part.claims)
        if size >= _TOGETHER:
            yield some
            some, size = [], 0
    if some:
        yield some


def _asked(parts: Sequence[PartClaims]) -> str:
    return json.dumps([
        [
            part.digest, [claim.model_dump_json(by_alias=True) for claim in part.claims], dict(part.copies),
            [[article, id_, list(ids)] for (article, id_), ids in part.former.items()],
        ]
        for part in parts
    ])  # fmt: skip


def merger() -> Callable[[str], Answer]:
    """What a worker process is made with: the function that merges what it is sent."""

    def merge(asked: str) -> Answer:
        told = [one for row in json.loads(asked) for one in merged_here(_part(*row))]
        known = [[one.name, one.predicate, one.id, one.part, list(one.replaces), len(one.line)] for one in told]
        parts = {"known": json.dumps(known).encode(), "lines": b"".join(one.line for one in told)}
        return Answer("merged", parts)

    return merge


def _part(digest: str, claims: Sequence[str], copies: dict[str, str], former: Sequence[Any]) -> PartClaims:
    ids = {(article, id_): tuple(ids) for article, id_, ids in former}
    return PartClaims(digest, [claim_of(line) for line in claims], copies, ids)


def _told(answer: Mapping[str, bytes]) -> Iterator[Told]:
    known, lines = json.loads(answer["known"]), answer["lines"]
    ends = pairwise(accumulate((row[-1] for row in known), initial=0))
    for (name, predicate, id_, part, replaces, _), (start, end) in zip(known, ends, strict=True):
        yield Told(name, predicate, id_, part, tuple(replaces), lines[start:end])
