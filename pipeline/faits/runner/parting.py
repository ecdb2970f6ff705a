"""Which claims have to do with each other: parts that can be merged by themselves, and copied when nothing changed.

In memory is one number a claim; everything else is put aside and comes back in order.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from faits.runner.keeping import kept
from faits.runner.survey import Survey
from faits.stages.identify import Entity
from faits.stages.merging.corroborating import TOO_COMMON, Choice, Told, decided
from faits.stages.merging.outline import RIVALS, Outline, Roots, outlined, parties, told_in

Place = tuple[int, int]  # article, by its number in the survey; claim, by its number in the article

_STAMP_BYTES = 16
_ENTITIES_AT_HAND = 4096


@dataclass(frozen=True)
class Part:
    """Claims that have nothing to do with others."""

    digest: bytes  # of all that their facts depend on
    places: list[Place]


class Parting:
    """The claims of all articles in parts: the facts of each depend on its claims and their parties' names alone."""

    def __init__(self, found: Survey) -> None:
        self._spill = found.spill
        self.rivals = _decided(found)  # the claims that other articles read otherwise, and how
        self._roots = Roots()
        self._spill.make("CREATE TABLE claims (number INTEGER PRIMARY KEY, article INTEGER, place INTEGER, stamp BLOB)")
        self._spill.make("CREATE TABLE parties (party TEXT, claim INTEGER)")
        self._note_claims(found)
        rows = self._spill.rows("SELECT party, claim FROM parties ORDER BY party, claim")
        known, first = None, 0
        for party, claim in rows:
            if party == known:
                self._roots.tie(first, claim)
            known, first = party, claim
        self._spill.make("DROP TABLE parties")

    def _note_claims(self, found: Survey) -> None:
        stamps = _Stamps(found, self.rivals)
        with self._spill.into("claims") as claims, self._spill.into("parties") as named:
            for article, said in _plain(found):
                id_, number_of = found.articles[article].id, dict[int, int]()
                names = {(id_, own): entity for own, entity in found.names.of(article).items()}
                ties: list[tuple[int, int]] = []
                for place, plain in said:
                    choice = self.rivals.get((article, place))
                    outline = outlined(plain, id_, whole=choice is not None)
                    number = number_of[place] = self._roots.add()
                    claims.add(number, article, place, stamps.of((article, place), outline))
                    for party in parties(outline, choice, names, id_):
                        named.add(party if isinstance(party, str) else f"\0{party}", number)
                    ties += [(number, other) for other in outline.beside]
                for number, other in ties:
                    if other in number_of:
                        self._roots.tie(number, number_of[other])

    def parts(self) -> Iterator[Part]:
        """The parts, by their first claims."""
        self._spill.function("root_of", self._roots.of)
        query = "SELECT root_of(number), article, place, stamp FROM claims ORDER BY root_of(number), number"
        for _, rows in groupby(self._spill.rows(query), key=itemgetter(0)):
            whole = hashlib.blake2b(digest_size=_STAMP_BYTES)
            places = []
            for _, article, place, stamp in rows:
                whole.update(stamp)
                places.append((article, place))
            yield Part(whole.digest(), places)


def _plain(found: Survey) -> Iterator[tuple[int, list[tuple[int, Sequence[Any]]]]]:
    """The outlines of all claims that are kept, as JSON holds them, by their places; article by article."""
    for number, one in enumerate(found.articles):
        outlines = enumerate(one.kept.outlines)
        yield number, [(n, said) for n, said in outlines if not one.without or kept((said[0], said[1]), one.without)]


def _decided(found: Survey) -> dict[Place, Choice]:
    """What other articles decide of the claims in doubt about their subject: a figure that several give, at a time."""
    spill = found.spill
    spill.make("CREATE TABLE told (figure TEXT, article INTEGER, place INTEGER, said TEXT)")
    with spill.into("told") as told:
        for article, claims in _plain(found):
            names = found.names.of(article)
            for place, said in claims:
                if said[-1] is not None:
                    told.add(said[-1][0], article, place, json.dumps(_renamed(said[-1], names)))
    rivals: dict[Place, Choice] = {}
    query = (
        "SELECT figure, article, place, said FROM told WHERE figure IN"
        " (SELECT figure FROM told GROUP BY figure HAVING count(*) BETWEEN 2 AND ?) ORDER BY figure, article, place"
    )
    for _, rows in groupby(spill.rows(query, (TOO_COMMON,)), key=itemgetter(0)):
        asked: dict[Place, Told] = {}
        for _, article, place, said in rows:
            told_there = told_in([json.loads(said)], found.articles[article].id)
            assert told_there is not None
            asked[article, place] = told_there
        rivals |= decided(asked, found.originals)
    spill.make("DROP TABLE told")
    return rivals


def _renamed(told: Sequence[Any], names: Mapping[str, Entity]) -> list[Any]:
    """What `plain` gave of a figure and its rivals, those under their names across articles."""
    now = [(names[party].id if party in names else party, share) for party, share in told[RIVALS]]
    return [*told[:RIVALS], now, *told[RIVALS + 1 :]]


class _Stamps:
    """For each claim a digest of what its facts depend on: itself, its parties' names, its original."""

    def __init__(self, found: Survey, rivals: Mapping[Place, Choice]) -> None:
        self._found, self._rivals, self._originals = found, rivals, found.originals
        self._article = -1
        self._former: dict[str, list[str]] = {}
        self._entity = lru_cache(_ENTITIES_AT_HAND)(self._digest)

    def of(self, place: Place, outline: Outline) -> bytes:
        """The digest of a claim; those of an article follow each other."""
        if place[0] != self._article:
            self._article = place[0]
            self._former = self._found.former(place[0])
        one, names = self._found.articles[place[0]], self._found.names.of(place[0])
        rival = self._rivals.get(place)
        parties = [outline.subject, outline.object]
        if rival is not None and outline.told is not None:
            parties.append(outline.subject_now(rival))
        said = [one.key, str(place[1]), str(rival), self._originals.get(one.id, "")]
        whole = hashlib.blake2b("\n".join(said).encode(), digest_size=_STAMP_BYTES)
        for party in parties:
            entity = names.get(party) if party else None
            whole.update(self._party(entity) if entity is not None else b"-")
        return whole.digest()

    def _party(self, entity: Entity) -> bytes:
        former = self._former.get(entity.id)
        known = self._entity(entity.line)
        return known + "\n".join(former).encode() if former else known

    @staticmethod
    def _digest(line: str) -> bytes:
        return hashlib.blake2b(line.encode(), digest_size=_STAMP_BYTES).digest()
