"""Who a figure or a date may be about: every entity and every noun in reach."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from faits.lexicons.naming import given_names
from faits.lexicons.predicates import Found, TriggerRow, fold
from faits.model import EntityValue, Party, Predicate
from faits.stages.linking.scene import Sentence
from faits.stages.linking.slots import NOTHING, Slot
from faits.stages.linking.talk import Talk

_TOPICS = 4

# Predicates whose subjects behave alike: who pays, who gets or owns, what is measured, what happens.
_GROUPS: dict[str, tuple[Predicate, ...]] = {
    "payer": ("investment", "subsidy", "acquisition", "spending"),
    "buyer": ("contract_value",),
    "holder": ("ownership",),
    "owner": ("funding_raised", "valuation", "revenue", "profit", "debt", "amount"),
    "thing": ("cost", "price", "market_size"),
    "plant": (
        "power_capacity", "power_demand", "energy_production", "energy_consumption", "energy_storage", "emissions",
    ),
    "figure": ("count", "share", "growth", "quantity", "duration"),
    "event": ("founded", "start_date", "end_date", "announced", "deadline"),
}  # fmt: skip
# What a person never has: of 695 such facts in the annotated articles none is about one.
_IMPERSONAL: frozenset[Predicate] = frozenset(
    {*_GROUPS["plant"], "valuation", "funding_raised", "growth", "market_size", "price"}
)
# Who reckons the size of a market or sells on it: the market is of something else.
_PARTIES = frozenset({"ORG", "PERSON"})
_ON_MARKET = re.compile(r"\b(?:sur|on)\s+(?:le |la |l'|the )?$")
GROUP: dict[Predicate, str] = {predicate: group for group, members in _GROUPS.items() for predicate in members}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A party a claim may be about, and the expression that names it: an entity, or a common noun without one."""

    slot: Slot
    value: EntityValue | None
    key: str = field(init=False)  # the entity's id, or the noun: what makes two candidates one party

    def __post_init__(self) -> None:
        key = self.value.id if self.value is not None else "=" + self.slot.noun.casefold()
        object.__setattr__(self, "key", key)

    @property
    def start(self) -> int:
        """Where the expression begins; -1 for an entity that the sentence does not point to."""
        return self.slot.start

    @property
    def name(self) -> str:
        """The party's name."""
        return self.value.name if self.value is not None else self.slot.noun

    @property
    def how(self) -> str:
        """Where the party comes from, in one word."""
        return self.slot.kind if self.slot.start >= 0 else "talked about"

    @property
    def party(self) -> Party:
        """The entity or the noun as a party."""
        if self.value is None:
            return Party(id=None, name=self.slot.noun, type=None)
        return Party(id=self.value.id, name=self.value.name, type=self.value.type, aliases=self.value.aliases)


@dataclass(frozen=True, slots=True)
class Anchor:
    """The figure or date a claim hangs on, with the predicate chosen for it and the words that gave it."""

    start: int
    end: int
    kind: str
    sentence: Sentence
    predicate: Predicate
    trigger: Found[TriggerRow] | None


def candidates(talk: Talk, anchor: Anchor) -> list[Candidate]:
    """The parties in reach of an anchor, by place; one entity may stand there several times."""
    here = anchor.sentence
    if here.index not in talk.reached:
        talk.reached[here.index] = [*_pointed_to(talk, here), *(Candidate(NOTHING, one) for one in _unsaid(talk, here))]
    found = [c for c in talk.reached[here.index] if anchor.end <= c.slot.start or c.slot.end <= anchor.start]
    said = {one.key for one in found}
    found += [one for one in (Candidate(slot, None) for slot in talk.topic_slots) if one.key not in said]
    figure = anchor.predicate in _GROUPS["figure"]
    apart = [one for one in found if not _is_only_where(talk, one)] if figure else found
    if apart and len(apart) < len(found) and _is_told_of(talk, anchor):
        found = apart
    if anchor.kind == "price":
        found = [one for one in found if not _is_market(talk, one)] or found
    if anchor.predicate == "market_size":
        found = [one for one in found if one.value is None or one.value.type not in _PARTIES] or found
    if anchor.predicate in _IMPERSONAL:
        return [one for one in found if not _is_person(one.value)]
    return found


def _pointed_to(talk: Talk, sentence: Sentence) -> list[Candidate]:
    """What the expressions of a sentence name or point to, by place."""
    found = []
    for slot in talk.slots(sentence):
        if slot.value is not None:
            found.append(Candidate(slot, slot.value))
            continue
        if slot.kind != "noun":
            ordinal = talk.ordinal(slot)
            found += [Candidate(slot, value) for value in ([ordinal] if ordinal else talk.referents(slot))]
        if slot.kind in {"noun", "definite"} and slot.noun and not _has_name(talk, slot):
            found.append(Candidate(slot, None))
    return found


def _has_name(talk: Talk, slot: Slot) -> bool:
    """Whether a noun has its name right behind: "l'institut Solmer", "le fonds suédois Hartwell"; a town is none."""
    if _is_of_its_place(talk, slot):
        return True
    near = talk.scene.entities_in(slot.end, slot.end + _BESIDE)
    if not near or not isinstance(near[0].value, EntityValue) or near[0].value.type == "PLACE":
        return False
    return _JOINED.fullmatch(talk.scene.folded, slot.end, near[0].start) is not None


def _is_of_its_place(talk: Talk, slot: Slot) -> bool:
    """Whether a noun only says what its place is: "la ville de Brest", "the state of Texas"."""
    head, _, rest = fold(slot.noun).partition(" ")
    if talk.noun_types.get(head) != "PLACE" or not rest.startswith(_OF):
        return False
    inside = talk.scene.entities_in(slot.start, slot.start + len(slot.noun) + _BESIDE)
    places = (m.value for m in inside if isinstance(m.value, EntityValue) and m.value.type == "PLACE")
    return any(rest.endswith(fold(name)) for value in places for name in (value.name, *value.aliases))


_OF = ("de ", "d'", "du ", "des ", "of ")
_BESIDE = 22
_JOINED = re.compile(r"\s(?:[a-z]{4,}\s)?")


def _is_told_of(talk: Talk, anchor: Anchor) -> bool:
    """Whether the clause of a figure has a subject that is an entity or points to one."""
    around = talk.tree.around(talk.tree.root(anchor.start, anchor.end))
    for slot in talk.slots(anchor.sentence):
        apart = slot.end <= anchor.start or anchor.end <= slot.start
        if apart and slot.kind in _TELLING and talk.tree.standing(around, slot.token) == "subject 1":
            return slot.value is not None or bool(talk.referents(slot))
    return False


_TELLING = frozenset({"name", "definite", "pronoun"})


def _is_only_where(talk: Talk, one: Candidate) -> bool:
    """Whether a place only says where its clause happens: "le chantier emploie 1 150 personnes à Brest"."""
    if one.value is None or one.value.type != "PLACE" or one.slot.kind != "name":
        return False
    return talk.is_where(one.slot.start)


def _is_market(talk: Talk, one: Candidate) -> bool:
    """Whether a name only says where a thing is sold at a price: "à 205 euros la tonne sur Euronext"."""
    if one.value is None or one.slot.kind != "name" or one.value.type not in {"ORG", "PLACE"}:
        return False
    return _ON_MARKET.search(talk.scene.folded[max(0, one.slot.start - 12) : one.slot.start]) is not None


def _is_person(value: EntityValue | None) -> bool:
    """Whether an entity is surely a person, told by a given name: another name may be of a firm taken for one."""
    if value is None or value.type != "PERSON":
        return False
    first, *others = value.name.split()
    return bool(others) and first.lower() in given_names()


def _unsaid(talk: Talk, sentence: Sentence) -> list[EntityValue]:
    """The entities talked about that the sentence itself need not point to."""
    index = sentence.index
    ids = [id_ for back in (1, 2) for id_ in talk.first_in.get(index - back, [])[:4]]
    ids += [value.id for value in talk.scene.ranked_topics[:_TOPICS]]
    ids += sorted(talk.heading_of.get(index, ()))
    return [talk.known[id_].value for id_ in dict.fromkeys(ids)]
