"""The row of a cluster: the best-supported reading of each field, every proof, and where the proofs differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from faits.model import (
    Claim,
    DateValue,
    Disagreement,
    Evidence,
    FactValue,
    Modality,
    Party,
    Predicate,
    Quantity,
    Reading,
)
from faits.stages.merging.atoms import Atom, Name, claim_order, name_of
from faits.stages.merging.cluster import Cluster
from faits.stages.merging.counting import origin
from faits.stages.merging.measuring import named, reach

T = TypeVar("T")

# With equal support the firmer reading stands.
_FIRMNESS: dict[Modality, int] = {"asserted": 0, "planned": 1, "conditional": 2, "negated": 3}
# Predicates that only say "some money", "some figure" give way to any other reading.
_VAGUE: frozenset[Predicate] = frozenset({"amount", "quantity"})
# A plain figure stands before a bounded one with the same support.
_PLAIN = {"exact": 0, "range": 0, "approx": 1, "gt": 2, "min": 2, "lt": 2, "max": 2, "indefinite": 3}


@dataclass(frozen=True)
class Row:
    """The agreed fields of a fact."""

    predicate: Predicate
    subject: Party
    object: Party | None
    value: FactValue | None
    time: DateValue | None
    modality: Modality
    attribution: str | None


def agreed(cluster: Cluster, copies: Mapping[str, str]) -> Row:
    """The best-supported reading of each field; an article that says nothing of a field has no vote on it.

    Predicate, subject and object are taken together, from one way of telling it: mixing "Microsoft invests in
    Stargate" with "Stargate costs" would give a sentence nobody wrote.
    """
    if len(cluster.atoms) == 1 and len(cluster.atoms[0].claims) == 1:
        return _sole(cluster.atoms[0].claim)
    votes = _Votes(cluster.atoms, copies)
    core = _core(cluster.atoms, votes)
    telling = [atom for atom in cluster.atoms if _core_of(atom)[:2] == core[:2]]
    return Row(
        predicate=core[0],
        subject=_gathered((atom.claim.subject for atom in telling), core[1]),
        object=_object(telling, core, votes),
        value=_value(cluster.atoms, votes),
        time=votes.best((a.claim.time for a in cluster.atoms), time_key, _time_order),
        modality=_modality(votes),
        attribution=_attribution(cluster.atoms, copies),
    )


def _sole(claim: Claim) -> Row:
    """The row of a claim that nothing else confirms or disputes: most rows of most corpora."""
    return Row(
        predicate=claim.predicate,
        subject=_ordered(claim.subject),
        object=_ordered(claim.object) if claim.object is not None and claim.object.id else claim.object,
        value=_alone(claim.value),
        time=claim.time,
        modality=claim.modality,
        attribution=claim.attribution or None,
    )


def _alone(value: FactValue | None) -> FactValue | None:
    """A figure as a row has it: what it restates is told by where it stands."""
    return value.model_copy(update={"converts": None}) if value is not None and value.converts else value


def _ordered(party: Party) -> Party:
    aliases = tuple(sorted(set(party.aliases)))
    return party if aliases == party.aliases else party.model_copy(update={"aliases": aliases})


def evidence(cluster: Cluster, row: Row) -> tuple[Evidence, ...]:
    """Every passage of a cluster, by article and place, each with the fields it puts differently."""
    passages: dict[tuple[str, int, int], list[Claim]] = defaultdict(list)
    for claim in claims_of(cluster):
        passages[claim.article, claim.start, claim.end].append(claim)
    found = []
    for place in sorted(passages):
        claims = passages[place]
        if len(claims) > 1:
            claims.sort(key=claim_order)
        stated = min((differing(claim, row) for claim in claims), key=len)
        first = claims[0]
        found.append(
            Evidence(
                article=first.article,
                start=first.start,
                end=first.end,
                quote=first.quote,
                sentence=first.sentence,
                published=first.published,
                zone=first.zone,
                stated=stated or None,
            )
        )
    return tuple(found)


def disagreements(cluster: Cluster, row: Row, proofs: Sequence[Evidence]) -> tuple[Disagreement, ...]:
    """The fields on which passages differ, the row's own reading first, then by number of passages.

    Silence is no reading, another source for the same thing no disagreement, and an amount restated in another
    currency the same amount.
    """
    places = {(proof.article, proof.start, proof.end): i for i, proof in enumerate(proofs)}
    found = []
    for field, key in _DISPUTED.items():
        readings: dict[object, tuple[Any, set[int]]] = {}
        for atom in cluster.atoms:  # its claims read alike in every field of this table
            reading = getattr(atom.claim, field)
            if reading is None or (field == "value" and row.value is not None and reading.unit != row.value.unit):
                continue
            _, indexes = readings.setdefault(key(reading), (reading, set()))
            indexes.update(places[claim.article, claim.start, claim.end] for claim in atom.claims)
        if len(readings) > 1:
            own = getattr(row, field)
            mine = key(own) if own is not None else None
            ordered = sorted(readings.items(), key=lambda kv: (kv[0] != mine, -len(kv[1][1]), repr(kv[0])))
            found.append(
                Disagreement(
                    field=field,
                    readings=tuple(Reading(value=_dumped(v), evidence=tuple(sorted(at))) for _, (v, at) in ordered),
                )
            )
    return tuple(found)


def claims_of(cluster: Cluster) -> list[Claim]:
    """Every claim of a cluster, those about a restated amount included."""
    return [claim for atom in cluster.atoms for claim in (*atom.claims, *atom.restating)]


def differing(claim: Claim, row: Row) -> dict[str, Any]:
    """The fields a claim puts differently from the row, in the row's own form; silence is not putting differently.

    A claim about another subject also says what its own object is, none included.
    """
    stated: dict[str, Any] = {}
    for field, key in _FIELDS.items():
        reading, own = getattr(claim, field), getattr(row, field)
        if reading is not None and (own is None or key(reading) != key(own)):
            stated[field] = _dumped(reading)
    if "subject" in stated:
        stated["object"] = _dumped(claim.object) if claim.object is not None else None
    return stated


# --- keys: what makes two readings of a field one ---------------------------------------------------------------------


def value_key(value: Quantity) -> tuple[object, ...]:
    """A figure as a reading: the number, its unit and its bound, whatever the words."""
    return (*_number(value), value.bound, value.per)


def time_key(time: DateValue) -> tuple[object, ...]:
    """A date as a reading."""
    return (time.earliest, time.latest, time.relation) if time.earliest or time.latest else (time.edtf, time.relation)


def _number(value: Quantity) -> tuple[object, ...]:
    return (value.unit, *(None if x is None else f"{x:.6g}" for x in (value.number, value.low, value.high)))


def _party_key(party: Party) -> object:
    name = name_of(party)
    return name.id or name.folded


_FIELDS: dict[str, Callable[[Any], object]] = {
    "predicate": lambda x: x,
    "subject": _party_key,
    "object": _party_key,
    "value": value_key,
    "time": time_key,
    "modality": lambda x: x,
    "attribution": lambda x: x,
}
_DISPUTED = {field: key for field, key in _FIELDS.items() if field != "attribution"}


def _dumped(reading: Any) -> Any:
    if hasattr(reading, "model_dump"):
        return reading.model_dump(mode="json", by_alias=True, exclude={"converts"})
    return reading


# --- votes ------------------------------------------------------------------------------------------------------------


class _Votes:
    """Which articles give which reading; copies vote with their original."""

    def __init__(self, atoms: Iterable[Atom], copies: Mapping[str, str]) -> None:
        self.copies = copies
        self.atoms = [(atom, {origin(claim.article, copies) for claim in atom.claims}) for atom in atoms]

    def voters(self, wanted: Callable[[Atom], bool]) -> set[str]:
        """The articles of the atoms that are wanted."""
        return {article for atom, articles in self.atoms if wanted(atom) for article in articles}

    def best(self, readings: Iterable[T | None], key: Callable[[T], object], order: Callable[[T], Any]) -> T | None:
        """The reading most articles give, one reading an atom; between equals the first in `order`."""
        support: dict[object, set[str]] = defaultdict(set)
        sample: dict[object, T] = {}
        for reading, (_, articles) in zip(readings, self.atoms, strict=True):
            if reading is not None:
                support[key(reading)] |= articles
                sample.setdefault(key(reading), reading)
        if not sample:
            return None
        return sample[min(sample, key=lambda k: (-len(support[k]), order(sample[k]), repr(k)))]


Core = tuple[Predicate, Name, Name | None]


def _core_of(atom: Atom) -> Core:
    return atom.claim.predicate, atom.subject, atom.other


def _core(atoms: Sequence[Atom], votes: _Votes) -> Core:
    """The way of telling it that most articles use, one that says less counting for it too."""
    cores = list(dict.fromkeys(_core_of(atom) for atom in atoms))

    def supports(atom: Atom, core: Core) -> bool:
        predicate, subject, other = _core_of(atom)
        return predicate == core[0] and subject.same(core[1]) and other in (None, core[2])

    def order(core: Core) -> tuple[object, ...]:
        voters = votes.voters(lambda atom: supports(atom, core))
        return (core[0] in _VAGUE, -len(voters), core[2] is None, core[1].id is None, repr(core))

    return min(cores, key=order)


def _gathered(parties: Iterable[Party], name: Name) -> Party:
    """One party of those that bear a name, with the aliases of all."""
    same = [party for party in parties if name_of(party).same(name)]
    first = min(same, key=lambda p: (p.id is None, p.name, p.model_dump_json()))
    aliases = sorted({alias for party in same for alias in party.aliases})
    return first.model_copy(update={"aliases": tuple(aliases)})


def _object(telling: Sequence[Atom], core: Core, votes: _Votes) -> Party | None:
    if core[2] is not None:
        named = (atom.claim.object for atom in telling if atom.other is not None)
        return _gathered((party for party in named if party is not None), core[2])
    mine = {id(atom) for atom in telling}
    written = (
        atom.claim.object if id(atom) in mine and atom.claim.object is not None and not atom.claim.object.id else None
        for atom, _ in votes.atoms
    )
    # Two wordings with the same support: the fuller one, up to a point, tells the reader more.
    return votes.best(written, _party_key, lambda party: (-min(len(party.name), 40), party.name))


def _value(atoms: Sequence[Atom], votes: _Votes) -> FactValue | None:
    """The number most articles give, with the bound most of those give it; between equals the most finely stated."""

    def order(value: FactValue) -> tuple[object, ...]:
        interval = reach(value)
        width = interval.high - interval.low if interval is not None else float("inf")
        return (_PLAIN[value.bound], width, repr(value_key(value)), value.model_dump_json())

    values = [atom.claim.value for atom in atoms]
    known = sorted((v for v in values if v is not None), key=order)
    if not known:
        return None
    number = votes.best(values, _number, lambda v: known.index(v))
    assert number is not None
    same = (v if v is not None and _number(v) == _number(number) else None for v in values)
    chosen = votes.best(same, value_key, lambda v: known.index(v))
    return _alone(chosen)


def _time_order(time: DateValue) -> tuple[object, ...]:
    period = named(time)
    return (period is None, period.days if period is not None else 0, time.relation != "in")


def _has_modality(modality: Modality, atom: Atom) -> bool:
    return atom.claim.modality == modality


def _modality(votes: _Votes) -> Modality:
    voters = {m: votes.voters(partial(_has_modality, m)) for m in _FIRMNESS}
    return min(_FIRMNESS, key=lambda m: (-len(voters[m]), _FIRMNESS[m]))


def _attribution(atoms: Sequence[Atom], copies: Mapping[str, str]) -> str | None:
    """Who most articles say says so."""
    support: dict[str, set[str]] = defaultdict(set)
    for claim in (claim for atom in atoms for claim in atom.claims):
        if claim.attribution:
            support[claim.attribution].add(origin(claim.article, copies))
    return min(support, key=lambda name: (-len(support[name]), name)) if support else None
