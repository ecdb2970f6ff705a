"""What is decided on all kept articles before anything is merged: copies, lines of sites, names, and who goes together.

Made anew in every run, of little more than names: so it never matters what an earlier run decided.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from faits.model import EntityValue, Removed
from faits.runner.keeping import Head, KeptArticle, kept
from faits.stages.identify import identify, spoken_of
from faits.stages.merging.corroborating import Choice, Told, decided
from faits.stages.merging.outline import Outline, outlined, parted, parties, told_in
from faits.stages.withhold import Lines, withhold
from faits.text.shingles import near_duplicates

Names = Mapping[tuple[str, str], EntityValue]
Former = Mapping[tuple[str, str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A kept article, and what is left out of it because others of its site have it too."""

    id: str
    key: str
    kept: KeptArticle
    site: str
    without: tuple[Removed, ...] = ()

    def lines(self) -> Lines:
        """The lines its site may repeat."""
        return self.kept.lines


@dataclass(frozen=True)
class Survey:
    """What was decided."""

    articles: list[Surveyed]  # by id
    copies: dict[str, tuple[str, float]]
    names: Names

    @property
    def originals(self) -> dict[str, str]:
        """Which article each copy copies."""
        return {copy: original for copy, (original, _) in self.copies.items()}


def survey(readings: Iterable[tuple[str, KeptArticle]]) -> Survey:
    """Decide what only all articles together decide; `readings` come with the keys they are kept under."""
    articles: list[Surveyed] = []
    for key, reading in readings:
        head = reading.head
        articles.append(Surveyed(head.id, key, reading, head.site))
    articles.sort(key=lambda one: one.id)
    copies = near_duplicates((one.id, one.kept.sample) for one in articles)
    shared = withhold(articles, copies)
    articles = [_without(one, shared[one.id]) if one.id in shared else one for one in articles]
    return Survey(articles, copies, identify(_entities(articles)))


def _without(one: Surveyed, lines: tuple[Removed, ...]) -> Surveyed:
    return Surveyed(one.id, one.key, one.kept, one.site, lines)


def _entities(articles: Iterable[Surveyed]) -> Iterator[tuple[str, EntityValue]]:
    same: dict[EntityValue, EntityValue] = {}  # one object for what many articles say
    for one in articles:
        head = one.kept.head
        for value in _said(head, one):
            yield one.id, same.setdefault(value, value)


def _said(head: Head, one: Surveyed) -> list[EntityValue]:
    """What the article calls its entities, once what is left out of it is."""
    if not one.without:
        return [head.entities[number] for number in head.last]
    last = {
        head.entities[number].id: head.entities[number] for span, number in one.kept.named if kept(span, one.without)
    }
    claims = (claim for claim in one.kept.claims if kept((claim.start, claim.end), one.without))
    parties = {value.id: value for value in spoken_of((), claims)}
    return list((parties | last).values())


# --- claims that go together ------------------------------------------------------------------------------------------

Place = tuple[int, int]  # article, by its number in the survey; claim, by its number in the article


@dataclass(frozen=True)
class Parting:
    """The claims of all articles in parts that have nothing to do with each other."""

    parts: list[list[Place]]
    digests: list[str]  # of all that the facts of a part depend on
    rivals: dict[Place, Choice]  # the claims that other articles read otherwise, and how


def parting(found: Survey) -> Parting:
    """Part the claims: the facts of each part depend on its claims alone, and on the names of those they speak of."""
    places, rivals = _decided(found)
    stamps = _Stamps(found, rivals)
    number_of = {place: number for number, place in enumerate(places)}
    ties: list[tuple[int, int]] = []

    def named() -> Iterator[list[Hashable]]:
        for place, outline in _outlined(found, rivals):
            article = found.articles[place[0]].id
            stamps.add(place, outline)
            ties.extend(
                (number_of[place], number_of[place[0], other])
                for other in outline.beside
                if (place[0], other) in number_of
            )
            yield parties(outline, rivals.get(place), found.names, article)

    parts = parted(named(), ties)
    digests = [stamps.together(numbers) for numbers in parts]
    return Parting([[places[number] for number in numbers] for numbers in parts], digests, rivals)


def _outlined(found: Survey, rivals: Mapping[Place, Choice]) -> Iterator[tuple[Place, Outline]]:
    for place, article, said in _plain(found):
        yield place, outlined(said, article, whole=place in rivals)


def _plain(found: Survey) -> Iterator[tuple[Place, str, Sequence[Any]]]:
    """The outlines of all claims that are kept, as JSON holds them, with place and article."""
    for number, one in enumerate(found.articles):
        for claim, said in enumerate(one.kept.outlines):
            if not one.without or kept((said[0], said[1]), one.without):
                yield (number, claim), one.id, said


def _decided(found: Survey) -> tuple[list[Place], dict[Place, Choice]]:
    """The place of every claim, and what other articles decide of those in doubt about their subject."""
    places: list[Place] = []
    asked: dict[Place, Told] = {}
    for place, article, said in _plain(found):
        places.append(place)
        told = told_in(said, article)
        if told is not None:
            asked[place] = _renamed(told, found.names)
    return places, decided(asked, found.originals)


def _renamed(told: Told, names: Names) -> Told:
    rivals = tuple((_now(names, told.article, party), share) for party, share in told.rivals)
    return replace(told, rivals=rivals)


def _now(names: Names, article: str, party: str) -> str:
    entity = names.get((article, party))
    return entity.id if entity is not None else party


_STAMP_BYTES = 16


class _Stamps:
    """For each claim a digest of what its facts depend on: itself, its parties' names, its original."""

    def __init__(self, found: Survey, rivals: Mapping[Place, Choice]) -> None:
        self._found, self._rivals, self._originals = found, rivals, found.originals
        self._stamps = bytearray()
        self._entities: dict[int, bytes] = {}
        self._article = -1
        self._former: dict[str, list[str]] = {}

    def add(self, place: Place, outline: Outline) -> None:
        """Take the next claim."""
        if place[0] != self._article:
            self._article = place[0]
            self._former = former_of(self._found, place[0])
        one = self._found.articles[place[0]]
        rival = self._rivals.get(place)
        parties = [outline.subject, outline.object]
        if rival is not None and outline.told is not None:
            parties.append(outline.subject_now(rival))
        said = [one.key, str(place[1]), str(rival), self._originals.get(one.id, "")]
        whole = hashlib.blake2b("\n".join(said).encode(), digest_size=_STAMP_BYTES)
        for party in parties:
            whole.update(self._party(one.id, party))
        self._stamps += whole.digest()

    def _party(self, article: str, party: str | None) -> bytes:
        entity = self._found.names.get((article, party)) if party else None
        if entity is None:
            return b"-"
        known = self._entities.get(id(entity))  # the survey holds it, so that no other can have its id
        if known is None:
            known = hashlib.blake2b(entity.model_dump_json().encode(), digest_size=_STAMP_BYTES).digest()
            self._entities[id(entity)] = known
        former = self._former.get(entity.id)
        return known + "\n".join(former).encode() if former else known

    def together(self, numbers: Iterable[int]) -> str:
        """The digest of a part."""
        whole = hashlib.blake2b(digest_size=_STAMP_BYTES)
        for number in numbers:
            whole.update(self._stamps[number * _STAMP_BYTES : (number + 1) * _STAMP_BYTES])
        return whole.hexdigest()


def former_of(found: Survey, article: int) -> dict[str, list[str]]:
    """The ids an article used for entities that go by others across articles, by those."""
    one = found.articles[article]
    former: dict[str, list[str]] = {}
    for value in sorted(_said(one.kept.head, one), key=lambda value: value.id):
        entity = found.names.get((one.id, value.id))
        if entity is not None and entity.id != value.id:
            former.setdefault(entity.id, []).append(value.id)
    return former
