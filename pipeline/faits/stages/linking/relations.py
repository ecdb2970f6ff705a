"""Relations with no figure: who has which role, who owns, supplies, works with whom, what stands where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from faits.lexicons.predicates import Found, TriggerRow
from faits.model import EntityType, EntityValue, Mention, Party, Predicate
from faits.stages.linking.candidates import frame, preposition_at
from faits.stages.linking.scene import Scene, Sentence

_SIDES: dict[Predicate, tuple[frozenset[EntityType], frozenset[EntityType]]] = {
    "supply_agreement": (frozenset({"ORG"}), frozenset({"ORG", "PLACE"})),
    "partnership": (frozenset({"ORG"}), frozenset({"ORG"})),
    "ownership": (frozenset({"ORG", "PERSON"}), frozenset({"ORG", "PROJECT", "PRODUCT"})),
    "acquisition": (frozenset({"ORG", "PERSON"}), frozenset({"ORG", "PROJECT"})),
    "investment": (frozenset({"ORG", "PERSON"}), frozenset({"ORG", "PROJECT"})),
    "location": (frozenset({"ORG", "PROJECT", "EVENT"}), frozenset({"PLACE"})),
}
_REACH_WORDS = 9
_IN_PLACE = re.compile(
    r"^\s*,?\s*(?:est\s+|is\s+)?"
    r"(?:à|au|aux|en|dans (?:le|la|les|l['’])|près de|au large de|in|at|near|off|outside|\()\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Related:
    """Two parties and how they stand to each other, with the span that says it."""

    predicate: Predicate
    subject: Party
    object: Party
    start: int
    end: int
    score: float
    rule: str


def relations(scene: Scene, roles: Sequence[Any]) -> Iterator[Related]:
    """Every relation, in reading order of the words that give it; each pair of parties once a predicate."""
    seen: set[tuple[str, str | None, str | None]] = set()
    for one in [*_roles(scene, roles), *_triggered(scene), *_located(scene), *_owned(scene)]:
        key = (one.predicate, one.subject.id, one.object.id or one.object.name.casefold())
        if key not in seen and one.subject.id != one.object.id:
            seen.add(key)
            yield one


def _roles(scene: Scene, roles: Sequence[Any]) -> Iterator[Related]:
    for role in roles:
        person = _entity_at(scene, *role.person)
        if person is None:
            continue
        organisation = _entity_at(scene, *role.organisation) if role.organisation else None
        name = role.function
        if organisation is not None and organisation.name.casefold() not in name.casefold():
            name += _of(scene, organisation.name)
        spans = [role.person, *([role.organisation] if role.organisation else [])]
        yield Related(
            "role", party(person), Party(id=None, name=name, type=None),
            min(a for a, _ in spans), max(b for _, b in spans), 1.0, "role beside the name",
        )  # fmt: skip


def _of(scene: Scene, name: str) -> str:
    if scene.lang == "en":
        return f" of {name}"
    return f" d'{name}" if name[:1].lower() in "aeiouyéèêâîôh" else f" de {name}"


def _entity_at(scene: Scene, start: int, end: int) -> EntityValue | None:
    for m in scene.entities_in(max(0, start - 40), end):
        if m.start < end and start < m.end and isinstance(m.value, EntityValue):
            return m.value
    return next((value for a, b, value in scene.descriptions if a < end and start < b), None)


def _triggered(scene: Scene) -> Iterator[Related]:
    for one in scene.triggers.all:
        if "relation" not in one.row.kinds or one.row.predicate == "location":
            continue
        sentence = scene.sentence_at(one.start)
        pair = _pair(scene, one, sentence)
        if pair is not None:
            first, second = pair
            yield Related(
                one.row.predicate, party(_value(first)), party(_value(second)),
                min(first.start, second.start, one.start), max(first.end, second.end, one.end), 0.7,
                f"“{scene.text[one.start : one.end]}”",
            )  # fmt: skip


def _pair(scene: Scene, one: Found[TriggerRow], sentence: Sentence) -> tuple[Mention, Mention] | None:
    """The nearest entities on both sides of a trigger, as subject and object by their prepositions."""
    left = [m for m in scene.entities_in(sentence.start, one.start) if _value(m).type != "PLACE"]
    right = scene.entities_in(one.end, sentence.end)
    if not left or not right:
        return None
    a, b = left[-1], right[0]
    if scene.words_between(a.end, one.start) > _REACH_WORDS or scene.words_between(one.end, b.start) > _REACH_WORDS:
        return None
    kind, _ = preposition_at(scene, b.start)
    last_word = scene.folded[one.start : one.end].split()[-1]
    subject_after = (kind in frame(one.row.subject) and kind in {"by", "of"}) or last_word in {"par", "by"}
    if one.row.predicate == "ownership":
        subject_after = subject_after or last_word in {"de", "du", "d'", "of", "to", "a"} or kind in {"to"}
    first, second = (b, a) if subject_after else (a, b)
    types = _SIDES[one.row.predicate]
    if _value(first).type in types[0] and _value(second).type in types[1] and _value(first).id != _value(second).id:
        return first, second
    return None


def _located(scene: Scene) -> Iterator[Related]:
    """A site or organisation right before a place, or named after it: "PAR03, à Nozay", "l'usine de Nandy"."""
    for m in scene.entities:
        if _value(m).type == "PLACE":
            sentence = scene.sentence_at(m.start)
            other = next((o for o in reversed(scene.entities_in(sentence.start, m.start)) if _sited(o)), None)
            if other is not None and (
                _IN_PLACE.match(scene.text[other.end : m.start]) or _based(scene, other.end, m.start)
            ):
                yield _location(other, m, 0.6, "place after it")
            elif m.start - sentence.start < 4 and (first := _first_project(scene, m.end, sentence)):
                yield _location(first, m, 0.5, "place before it")
        elif _value(m).type == "PROJECT":
            named = next((p for p in scene.places_by_length if _value(m).name.endswith(_of_place(p.text))), None)
            if named is not None:
                yield _location(m, named, 0.5, "place in its name")


def _of_place(name: str) -> tuple[str, ...]:
    return tuple(f"{word}{name}" for word in (" de ", " d'", " d’", " du ", " à ", " in ", " at "))


def _sited(m: Mention) -> bool:
    return _value(m).type in {"ORG", "PROJECT"}


def _first_project(scene: Scene, offset: int, sentence: Sentence) -> Mention | None:
    near = [m for m in scene.entities_in(offset, sentence.end) if scene.words_between(offset, m.start) <= 12]
    return next((m for m in near if _value(m).type == "PROJECT"), None)


def _location(one: Mention, place: Mention, score: float, rule: str) -> Related:
    start, end = min(one.start, place.start), max(one.end, place.end)
    return Related("location", party(_value(one)), party(_value(place)), start, end, score, rule)


_ITS = re.compile(
    r"\b(?:son|sa|ses|leur|leurs|its|their)\s+(?:[\w'’-]+\s+){0,4}(?:de\s|d['’]|du\s|,\s*)?(?:baptisée?\s)?$"
)
_OF = re.compile(r"^\s*(?:de|d['’]|du|des|of|from|by)\s*(?:l['’]|la |le |the )?(?:[\w-]+ ){0,2}$")


def _owned(scene: Scene) -> Iterator[Related]:
    """What is somebody's by the grammar: "son parc de Penmarch", "la Type 26 de BAE", "Meta's Llama"."""
    for m in scene.entities:
        if _value(m).type not in {"PROJECT", "PRODUCT"}:
            continue
        sentence = scene.sentence_at(m.start)
        before = [o for o in scene.entities_in(sentence.start, m.start) if _value(o).type == "ORG"]
        after = scene.entities_in(m.end, min(sentence.end, m.end + 40))
        if _ITS.search(scene.text[max(0, m.start - 60) : m.start].lower()) and before:
            owner, rule = before[0], "possessive"
        elif before and scene.text[before[-1].end : m.start].strip() in {"'s", "’s"}:
            owner, rule = before[-1], "possessive"
        elif after and _value(after[0]).type == "ORG" and _OF.match(scene.text[m.end : after[0].start].lower()):
            owner, rule = after[0], "named after it"
        else:
            continue
        start, end = min(owner.start, m.start), max(owner.end, m.end)
        yield Related("ownership", party(_value(owner)), party(_value(m)), start, end, 0.5, rule)


def _based(scene: Scene, a: int, b: int) -> bool:
    near = any(one.row.predicate == "location" for one in scene.triggers.between(a, b))
    return near and scene.words_between(a, b) <= _REACH_WORDS


def _value(m: Mention) -> EntityValue:
    assert isinstance(m.value, EntityValue)
    return m.value


def party(value: EntityValue) -> Party:
    """An entity as a party."""
    return Party(id=value.id, name=value.name, type=value.type, aliases=value.aliases)
