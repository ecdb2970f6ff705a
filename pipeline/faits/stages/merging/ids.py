"""Ids of facts, from what is agreed alone: order, wording, folders and unrelated articles do not change them."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from faits.model import DateValue, Party, Predicate, Quantity
from faits.stages.merging.agreeing import Row, claims_of
from faits.stages.merging.atoms import DATED, name_of
from faits.stages.merging.cluster import Cluster
from faits.stages.merging.measuring import named
from faits.stages.merging.parties import MUTUAL
from faits.stages.merging.wording import NOTHING, wording

Key = tuple[object, ...]


def identify_rows(rows: Sequence[tuple[Row, Cluster]]) -> list[str]:
    """An id for each row, none twice.

    Two facts with one predicate, parties and figure (the same sum invested in two years) would share an id: the one
    published first keeps the plain id, the others add to theirs what sets them apart.
    """
    same: dict[Key, list[int]] = defaultdict(list)
    for i, (row, _) in enumerate(rows):
        same[key_of(row.predicate, row.subject, row.object, row.value, row.time)].append(i)
    ids = [""] * len(rows)
    for key, places in same.items():
        ids[places[0]] = hashed(key)
        if len(places) > 1:
            _tell_apart(key, places, rows, ids)
    return ids


def _tell_apart(key: Key, places: list[int], rows: Sequence[tuple[Row, Cluster]], ids: list[str]) -> None:
    ordered = sorted(places, key=lambda i: (_first_published(rows[i][1]), repr(_particulars(rows[i][0]))))
    given: dict[str, int] = defaultdict(int)
    for n, i in enumerate(ordered):
        one = hashed(key if n == 0 else (*key, *_particulars(rows[i][0])))
        given[one] += 1
        ids[i] = one if given[one] == 1 else hashed((*key, *_particulars(rows[i][0]), given[one]))


def former_ids(row: Row, cluster: Cluster, former_names: Mapping[tuple[str, str], Iterable[str]]) -> set[str]:
    """The ids a row's claims would give it by themselves: what it was called before they met.

    `former_names` holds the ids an article's entities bore before they were identified across articles.
    """
    found = set()
    for claim in claims_of(cluster):
        subjects = [claim.subject, *_formerly(claim.article, claim.subject, former_names)]
        objects = [claim.object, *_formerly(claim.article, claim.object, former_names)]
        for subject, other in product(subjects, objects):
            assert subject is not None
            found.add(key_of(claim.predicate, subject, other, claim.value, claim.time))
    return {hashed(key) for key in found}


def _formerly(article: str, party: Party | None, names: Mapping[tuple[str, str], Iterable[str]]) -> list[Party]:
    if party is None or party.id is None:
        return []
    return [party.model_copy(update={"id": name}) for name in names.get((article, party.id), ())]


def key_of(
    predicate: Predicate, subject: Party, other: Party | None, value: Quantity | None, time: DateValue | None
) -> Key:
    """What an id is made of.

    Of free words only those without which nothing is said: a relation to something that has no name, as a set of
    notions. A figure speaks for itself, and its number is enough.
    """
    parties: list[object] = [_party(subject), _party(other) if other is not None and other.id else None]
    if predicate in MUTUAL:
        parties.sort(key=repr)
    if value is not None:
        return (predicate, *parties, value.unit, *(_rounded(x) for x in (value.number, value.low, value.high)))
    if predicate in DATED:
        period = named(time)
        return (predicate, *parties, (period.first, period.last) if period is not None else None)
    read = wording(other.name) if other is not None and not other.id else NOTHING
    return (predicate, *parties, tuple(sorted(read.words)))


def _party(party: Party) -> object:
    return party.id or name_of(party).folded


def _rounded(number: float | None) -> str | None:
    return None if number is None else f"{number:.6g}"


def hashed(key: Key) -> str:
    """The id for a key: "f-" and 16 hex digits.

    >>> hashed(("founded", "org-helion-energy"))
    'f-1d4705be459bb24f'
    """
    return "f-" + hashlib.sha256(json.dumps(key, ensure_ascii=True).encode()).hexdigest()[:16]


def _particulars(row: Row) -> Key:
    """What sets apart two facts with the same figure: when, of what, how sure."""
    period = named(row.time)
    described = row.object.name if row.object is not None else ""
    of = row.value.of if row.value is not None and row.value.of else ""
    return (
        (period.first, period.last, row.time.relation) if period is not None and row.time is not None else None,
        tuple(sorted(wording(f"{described} {of}").words)),
        row.value.bound if row.value is not None else None,
        row.value.per if row.value is not None else None,
        row.modality,
    )


def _first_published(cluster: Cluster) -> str:
    return min((claim.published for claim in claims_of(cluster) if claim.published), default="9999")
