"""Claims that say the same thing in the same way, taken as one: what is compared, blocked and clustered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from faits.model import Claim, EntityValue, FactValue, Lang, Party, Predicate
from faits.stages.merging.measuring import Interval, Period, day, digits, named, open_period, reach
from faits.stages.merging.wording import NOTHING, Wording, function_words, language, wording
from faits.text.folding import fold

# Predicates whose value is the date itself.
DATED: frozenset[Predicate] = frozenset({"founded", "start_date", "end_date", "announced", "deadline"})

# A growth says by its sign what "hausse" and "baisse" say, a profit what "perte" says.
_SIGNED = frozenset({"rise", "fall"})
_PROFITS = {"@loss": (), "@profit": (), "@net_loss": ("@net",), "@net_income": ("@net",)}

# "Utilisateurs mensuels" and "utilisateurs par mois" are the same.
_MONTHLY = frozenset({"month", "mo"})

Signature = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """Whom a party is: by id, or by folded name where the text has only words."""

    id: str | None
    folded: tuple[str, ...]

    def same(self, other: Name) -> bool:
        """Whether two names are of one party: by id when both have one, by their words otherwise."""
        return self.id == other.id if self.id and other.id else self.folded == other.folded


@dataclass(eq=False)
class Atom:
    """Claims with one signature, and what comparing needs to know of them."""

    claims: list[Claim]
    restated: FactValue | None = None  # the amount in the other currency, where one restates the other
    restating: list[Claim] = field(default_factory=list)  # the claims about that amount

    @cached_property
    def claim(self) -> Claim:
        """The claim that stands for all of them."""
        return self.claims[0]

    @property
    def articles(self) -> set[str]:
        """The articles it stands in."""
        return {claim.article for claim in self.claims}

    @cached_property
    def subject(self) -> Name:
        """Who it is about."""
        return name_of(self.claim.subject)

    @cached_property
    def other(self) -> Name | None:
        """The other party, where it is an entity."""
        party = self.claim.object
        return name_of(party) if party is not None and party.id else None

    @cached_property
    def about(self) -> Wording:
        """The free words of the claim: an object that is no entity, and what a count counts."""
        party, value = self.claim.object, self.claim.value
        written = [party.name] if party is not None and not party.id else []
        if value is not None and value.of:
            written.append(value.of)
        about = wording(" ".join(written)) if written else NOTHING
        if value is not None and value.per in _MONTHLY:
            about = replace(about, words=about.words - {"@month"})
        match self.claim.predicate:
            case "growth":
                return replace(about, variants=about.variants - _SIGNED)
            case "profit" if about.words & _PROFITS.keys():
                words = frozenset(kept for word in about.words for kept in _PROFITS.get(word, (word,)))
                return replace(about, words=words)
        return about

    @cached_property
    def language(self) -> Lang:
        """The language most of its sentences are in."""
        votes = sum(1 if language(claim.sentence) == "fr" else -1 for claim in self.claims[:9])
        return "fr" if votes >= 0 else "en"

    @cached_property
    def intervals(self) -> dict[str, Interval]:
        """What the value leaves open, by unit."""
        values = [v for v in (self.claim.value, self.restated) if v is not None]
        found = ((value.unit, reach(value)) for value in values)
        return {unit: interval for unit, interval in found if interval is not None}

    @cached_property
    def period(self) -> Period | None:
        """When: the period named for a date, the days left open for anything else."""
        dated = self.claim.predicate in DATED and self.claim.value is None
        return named(self.claim.time) if dated else open_period(self.claim.time)

    @cached_property
    def published(self) -> tuple[int, int] | None:
        """First and last day it was published, as day numbers."""
        days = [d for claim in self.claims if claim.published and (d := day(claim.published)) is not None]
        return (min(days), max(days)) if days else None

    @cached_property
    def digits(self) -> int:
        """How many significant digits its figure shows."""
        return digits(self.claim.value)

    def rank(self, signature: Signature) -> tuple[object, ...]:
        """Its place in the order of clustering: the most definite first, then by content alone."""
        claim = self.claim
        interval = next(iter(self.intervals.values()), None)
        width = (interval.high - interval.low) / (abs(interval.high) or 1.0) if interval is not None else 9.0
        return (
            not claim.subject.id,
            self.other is None,
            self.period is None,
            not self.about.words,
            round(width, 9),
            self.period.days if self.period is not None else 0,
            _sortable(signature),
        )


def name_of(party: Party) -> Name:
    """The party's name as the merger compares it."""
    return _name(party.id, party.name)


@lru_cache(maxsize=65536)
def _name(id_: str | None, written: str) -> Name:
    words = fold(written)
    little = function_words("fr") | function_words("en")
    return Name(id_, words if id_ else tuple(word for word in words if word not in little) or words)


def atoms(claims: Iterable[Claim]) -> list[Atom]:
    """Group claims into atoms, in the order they are clustered; a repeated claim counts once.

    The order depends on what the claims say, never on which article says it or how often.
    """
    grouped: dict[Signature, Atom] = {}
    for claim, other in _bundles(claims):
        restated = other.value if other is not None else None
        signature = (_signature(claim), _value_signature(restated))
        atom = grouped.get(signature)
        if atom is None:
            atom = grouped[signature] = Atom([], restated)
        atom.claims.append(claim)
        if other is not None:
            atom.restating.append(other)
    return [atom for _, atom in sorted(grouped.items(), key=lambda item: item[1].rank(item[0]))]


def claim_order(claim: Claim) -> tuple[object, ...]:
    """Sorts claims by place, then by everything they say, so that no order of arrival shows."""
    return claim.article, claim.start, claim.end, claim.model_dump_json()


def renamed(claim: Claim, entities: Mapping[tuple[str, str], EntityValue]) -> Claim:
    """The claim with its parties under their names across articles."""

    def called(article: str, party: Party) -> Party:
        entity = entities.get((article, party.id)) if party.id else None
        if entity is None or _is_called(party, entity):
            return party
        return Party(id=entity.id, name=entity.name, type=entity.type, aliases=entity.aliases)

    update: dict[str, object] = {}
    for slot in ("subject", "object"):
        party: Party | None = getattr(claim, slot)
        if party is not None and (known := called(claim.article, party)) is not party:
            update[slot] = known
    known_as = [called(claim.article, rival.party) for rival in claim.rivals]
    if any(party is not rival.party for party, rival in zip(known_as, claim.rivals, strict=True)):
        update["rivals"] = tuple(
            rival if party is rival.party else rival.model_copy(update={"party": party})
            for party, rival in zip(known_as, claim.rivals, strict=True)
        )
    return claim.model_copy(update=update) if update else claim


def _is_called(party: Party, entity: EntityValue) -> bool:
    return (party.id, party.name, party.type, party.aliases) == (entity.id, entity.name, entity.type, entity.aliases)


def _bundles(claims: Iterable[Claim]) -> list[tuple[Claim, Claim | None]]:
    """Every distinct claim in order of place, with the one that restates its amount in another currency, if any.

    "2 676 milliards de FCFA (4,8 milliards de dollars)" is one statement: the claim about the bracket goes with the
    claim about the amount before it.
    """
    distinct = _distinct(claims)
    restating: dict[str, list[Claim]] = defaultdict(list)
    for claim in distinct:
        if claim.value is not None and claim.value.converts:
            restating[claim.article].append(claim)
    bundles: dict[int, Claim] = {}
    taken: set[int] = set()
    for claim in (c for c in distinct if c.article in restating):
        others = (o for o in restating[claim.article] if id(o) not in taken)
        other = next((o for o in others if restates(o, claim)), None)
        if other is not None:
            bundles[id(claim)] = other
            taken.add(id(other))
    return [(claim, bundles.get(id(claim))) for claim in distinct if id(claim) not in taken]


def _distinct(claims: Iterable[Claim]) -> list[Claim]:
    """Each claim once, in order of place; what several say at one place is put in order by all they say."""
    places: dict[tuple[str, int, int], list[Claim]] = defaultdict(list)
    for claim in claims:
        places[claim.article, claim.start, claim.end].append(claim)
    found: list[Claim] = []
    for place in sorted(places):
        here = places[place]
        if len(here) > 1:
            keyed = {claim_order(claim): claim for claim in here}
            here = [keyed[key] for key in sorted(keyed)]
        found += here
    return found


def restates(other: Claim, claim: Claim, *, whoever: bool = False) -> bool:
    """Whether a claim of the same article is about the amount of another, given again in brackets in another unit.

    Both must be about the same subject, but for `whoever`.
    """
    value = other.value
    if other is claim or value is None or claim.value is None or value.converts is None or claim.value.converts:
        return False
    start, end = value.converts
    return (
        value.unit != claim.value.unit
        and claim.start < end
        and start < claim.end
        and other.predicate == claim.predicate
        and (whoever or name_of(other.subject).same(name_of(claim.subject)))
    )


def _signature(claim: Claim) -> Signature:
    time = claim.time
    return (
        claim.predicate,
        name_of(claim.subject),
        name_of(claim.object) if claim.object is not None else None,
        _value_signature(claim.value),
        (time.edtf, time.earliest, time.latest, time.relation) if time is not None else None,
        claim.modality,
    )


def _value_signature(value: FactValue | None) -> Signature | None:
    if value is None:
        return None
    stated = value.stated
    return (
        value.kind, value.unit, value.number, value.low, value.high, value.bound, value.per,
        fold(value.of) if value.of else None, value.price_base,
        (stated.unit, stated.resolution) if stated is not None else None,
    )  # fmt: skip


def _sortable(value: object) -> str:
    return repr(value)
