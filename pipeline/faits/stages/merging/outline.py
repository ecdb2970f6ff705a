"""What of a claim says which others it has to do with: enough to part claims, and decide on them, without the rest."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from faits.model import Claim
from faits.stages.merging.atoms import name_of, restates
from faits.stages.merging.blocking import BOTH_WAYS
from faits.stages.merging.corroborating import Choice, Told, told
from faits.stages.merging.measuring import Figure, Period


@dataclass(frozen=True, slots=True)
class Outline:
    """One claim; parties by the ids its own article knows them by."""

    start: int
    end: int
    subject: str | None
    words: str  # the subject, where it has no id
    object: str | None
    both_ways: bool  # whether its parties can trade places in another telling
    beside: tuple[int, ...]  # claims of the article that may restate its amount
    told: Told | None

    def subject_now(self, choice: Choice | None) -> str | None:
        """The id of the subject, once other articles have decided for a rival or not."""
        if choice is None or not choice.rival or self.told is None:
            return self.subject
        return self.told.rivals[choice.rival][0]

    def both_ways_now(self, choice: Choice | None) -> bool:
        """Whether its parties can trade places, once other articles have decided for a predicate or not."""
        return self.both_ways if choice is None or choice.predicate is None else choice.predicate in BOTH_WAYS


def outlines(claims: Sequence[Claim]) -> list[Outline]:
    """The outlines of one article's claims, in their order."""
    restating = [(n, claim) for n, claim in enumerate(claims) if claim.value is not None and claim.value.converts]
    return [
        Outline(
            start=claim.start,
            end=claim.end,
            subject=claim.subject.id,
            words="" if claim.subject.id else " ".join(name_of(claim.subject).folded),
            object=claim.object.id if claim.object is not None else None,
            both_ways=claim.predicate in BOTH_WAYS,
            beside=tuple(n for n, other in restating if restates(other, claim, whoever=True)),
            told=told(claim),
        )
        for claim in claims
    ]


class Named(Protocol):
    """An entity, as far as it is asked for here."""

    @property
    def id(self) -> str:
        """Its id."""


def parties(
    outline: Outline, choice: Choice | None, names: Mapping[tuple[str, str], Named], article: str
) -> list[Hashable]:
    """The names under which a claim is compared with others, as `blocking.keys` has them, whoever restates it."""
    subject, other = outline.subject_now(choice), outline.object
    found: list[Hashable] = [_called(subject, names, article) if subject else (outline.words,)]
    if outline.both_ways_now(choice) and other:
        found.append(_called(other, names, article))
    return found


def _called(party: str, names: Mapping[tuple[str, str], Named], article: str) -> str:
    entity = names.get((article, party))
    return entity.id if entity is not None else party


def parted(parties: Iterable[Iterable[Hashable]], ties: Iterable[tuple[int, int]] = ()) -> list[list[int]]:
    """Numbers put together that share a party or are tied, directly or through others; each part and all in order.

    >>> parted([["edf"], ["rte"], ["rte", "iter"], ["iter"]])
    [[0], [1, 2, 3]]
    """
    first: dict[Hashable, int] = {}
    roots = Roots()
    for named in parties:
        number = roots.add()
        for party in named:
            roots.tie(first.setdefault(party, number), number)
    for one, other in ties:
        roots.tie(one, other)
    found: dict[int, list[int]] = {}
    for number in range(len(roots)):
        found.setdefault(roots.of(number), []).append(number)
    return list(found.values())


class Roots:
    """Numbers, of which some are tied: what is tied, directly or through others, has the least of them for its root."""

    def __init__(self) -> None:
        self._above = array("q")

    def __len__(self) -> int:
        return len(self._above)

    def add(self) -> int:
        """The next number, tied to none."""
        self._above.append(len(self._above))
        return len(self._above) - 1

    def of(self, number: int) -> int:
        """The root of a number."""
        above = self._above
        while above[number] != number:
            above[number] = number = above[above[number]]
        return number

    def tie(self, one: int, other: int) -> None:
        """Tie two numbers."""
        a, b = self.of(one), self.of(other)
        self._above[max(a, b)] = min(a, b)


# --- as it is kept ----------------------------------------------------------------------------------------------------


RIVALS = 7  # where the rivals stand among what is told of a figure


def plain(outline: Outline) -> list[Any]:
    """An outline as JSON can hold it."""
    one = outline.told
    said = None
    if one is not None:
        value, period = one.value, one.period
        said = [
            one.figure, one.predicate, value.unit, value.number, value.low, value.high,
            [period.first, period.last] if period is not None else None, one.rivals, one.telling, one.confidence,
        ]  # fmt: skip
    return [outline.start, outline.end, outline.subject, outline.words, outline.object, outline.both_ways,
            outline.beside, said]  # fmt: skip


def outlined(said: Sequence[Any], article: str, *, whole: bool = True) -> Outline:
    """The outline that `plain` gave, of a claim of `article`; its figure and rivals only as a `whole`."""
    start, end, subject, words, other, both_ways, beside, _ = said
    one = told_in(said, article) if whole else None
    return Outline(start, end, subject, words, other, both_ways, tuple(beside), one)


def told_in(said: Sequence[Any], article: str) -> Told | None:
    """The figure and rivals of the outline that `plain` gave."""
    return _told(said[-1], article) if said[-1] is not None else None


def _told(said: Sequence[Any], article: str) -> Told:
    figure, predicate, unit, number, low, high, period, rivals, telling, confidence = said
    return Told(
        article=article,
        figure=figure,
        predicate=predicate,
        value=Figure(unit, number, low, high),
        period=Period(*period) if period is not None else None,
        rivals=tuple((party, share) for party, share in rivals),
        telling=telling,
        confidence=confidence,
    )
