"""Who a figure or a date may be about: every entity in reach, each with plain features a ranker weighs."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from faits.lexicons.predicates import Found, TriggerRow
from faits.model import EntityType, EntityValue, Party, Predicate
from faits.stages.linking.attribution import speakers
from faits.stages.linking.scene import Scene, Sentence
from faits.stages.linking.syntax import relation_to

# Predicates whose subjects behave alike: who pays, who gets or owns, what is measured, what happens.
_GROUPS: dict[str, tuple[Predicate, ...]] = {
    "payer": ("investment", "subsidy", "acquisition", "spending", "contract_value"),
    "owner": ("funding_raised", "valuation", "revenue", "profit", "debt", "amount", "ownership"),
    "thing": ("cost", "price", "market_size"),
    "plant": (
        "power_capacity", "power_demand", "energy_production", "energy_consumption", "energy_storage", "emissions",
    ),
    "figure": ("count", "share", "growth", "quantity", "duration"),
    "event": ("founded", "start_date", "end_date", "announced", "deadline"),
}  # fmt: skip
GROUP: dict[Predicate, str] = {predicate: group for group, members in _GROUPS.items() for predicate in members}

_PREPOSITION = re.compile(
    r"(?:\b(de|du|des|d['’]|à|au|aux|par|avec|chez|pour|dans|en|sur|contre|selon|entre|auprès|via"
    r"|of|by|with|at|in|into|to|from|for|against|on|under|near)(?:\s+|(?<=['’])))"
    r"(?:(?:le|la|les|the|its|their|son|sa|leur|un|une|a|an)\s+|l['’])?(?:[\w'’-]+\s+){0,2}?$"
)
_PREPOSITION_DIRECT = re.compile(
    r"(?:\b(de|du|des|d['’]|à|au|aux|par|avec|chez|pour|dans|en|sur|contre|selon|entre|auprès|via"
    r"|of|by|with|at|in|into|to|from|for|against|on|under|near)(?:\s+|(?<=['’])))"
    r"(?:(?:le|la|les|the|its|their|son|sa|leur)\s+|l['’])?$"
)
_CLASS = {
    "de": "of", "du": "of", "des": "of", "d'": "of", "d’": "of", "of": "of", "à": "to", "au": "to", "aux": "to",
    "to": "to", "par": "by", "by": "by", "avec": "with", "with": "with", "chez": "at", "at": "at", "pour": "for",
    "for": "for", "dans": "in", "en": "in", "in": "in", "into": "in", "sur": "in", "on": "in", "near": "in",
    "under": "in", "contre": "against", "against": "against", "selon": "says", "entre": "between", "auprès": "from",
    "via": "in", "from": "from",
}  # fmt: skip
_FRAME = {
    "de": "of", "du": "of", "des": "of", "of": "of", "a": "to", "au": "to", "aux": "to", "to": "to", "a la": "to",
    "par": "by", "by": "by", "avec": "with", "with": "with", "chez": "at", "at": "at", "pour": "for", "for": "for",
    "dans": "in", "en": "in", "in": "in", "into": "in", "sur": "in", "on": "in", "contre": "against",
    "against": "against", "entre": "between", "between": "between", "aupres": "from", "aupres de": "from",
    "from": "from", "near": "in", "pres de": "in", "off": "in", "outside": "in",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that may be a party of a claim; `how` says where it comes from."""

    start: int
    end: int
    value: EntityValue
    how: str

    @property
    def party(self) -> Party:
        """The entity as a party."""
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


@dataclass(slots=True)
class Memory:
    """What was talked about so far: the subject of the last claim, and where."""

    subject: EntityValue | None = None
    sentence: int = -9
    paragraph: int = -9


def candidates(scene: Scene, anchor: Anchor, memory: Memory) -> list[Candidate]:
    """The entities in reach of an anchor, nearest sources first; one entity may stand there several times."""
    sentence = anchor.sentence
    cited = speakers(scene, sentence)
    found = [
        Candidate(m.start, m.end, m.value, "name")
        for m in scene.entities_in(sentence.start, sentence.end)
        if isinstance(m.value, EntityValue) and not (anchor.start <= m.start < anchor.end) and m.value.name not in cited
    ]
    described = [d for d in scene.descriptions if sentence.start <= d[0] < sentence.end]
    found += [Candidate(a, b, value, "description") for a, b, value in described]
    found += _anaphoric(scene, sentence, described, memory)
    if memory.subject is not None and sentence.index - memory.sentence <= 3:
        found.append(Candidate(-1, -1, memory.subject, "previous"))
    if sentence.index:
        before = scene.sentences[sentence.index - 1]
        found += [
            Candidate(-1, -1, m.value, "sentence before")
            for m in scene.entities_in(before.start, before.end)[:2]
            if isinstance(m.value, EntityValue)
        ]
    found += [Candidate(-1, -1, value, "topic") for value in scene.ranked_topics[:2]]
    return found


def _anaphoric(
    scene: Scene, sentence: Sentence, described: list[tuple[int, int, EntityValue]], memory: Memory
) -> Iterator[Candidate]:
    for one in scene.anaphors.between(sentence.start, sentence.end):
        if any(a < one.end and one.start < b for a, b, _ in described):
            continue
        value = _antecedent(scene, one.start, sentence, one.row.types, memory)
        if value is not None:
            yield Candidate(one.start, one.end, value, "anaphor")


def _antecedent(
    scene: Scene, offset: int, sentence: Sentence, types: tuple[EntityType, ...], memory: Memory
) -> EntityValue | None:
    earlier = [m.value for m in scene.entities_in(sentence.start, offset) if isinstance(m.value, EntityValue)]
    fitting = [v for v in earlier if v.type in types and v.type != "PLACE"]
    if fitting:
        return fitting[0]
    if memory.subject is not None and memory.subject.type in types and sentence.index - memory.sentence <= 2:
        return memory.subject
    for before in reversed(scene.sentences[max(0, sentence.index - 3) : sentence.index]):
        for m in scene.entities_in(before.start, before.end):
            if isinstance(m.value, EntityValue) and m.value.type in types and m.value.type != "PLACE":
                return m.value
    return next((v for v in scene.ranked_topics if v.type in types), None)


@lru_cache(maxsize=4096)
def preposition(before: str) -> tuple[str | None, bool]:
    """The class of the preposition that governs what follows `before`, and whether it stands right there."""
    if match := _PREPOSITION_DIRECT.search(before):
        return _CLASS[match[1]], True
    if match := _PREPOSITION.search(before):
        return _CLASS[match[1]], False
    return None, False


def preposition_at(scene: Scene, offset: int) -> tuple[str | None, bool]:
    """The class of the preposition that governs what starts at `offset`."""
    return preposition(scene.text[max(0, offset - 40) : offset].lower())


def frame(prepositions: tuple[str, ...]) -> set[str]:
    """The classes of the prepositions a trigger names."""
    return {_FRAME[p] for p in prepositions if p in _FRAME}


def features(scene: Scene, anchor: Anchor, one: Candidate, memory: Memory) -> dict[str, float]:
    """What speaks for and against `one` as the subject of `anchor`, as numbers around 0 to 1."""
    group = GROUP.get(anchor.predicate, "figure")
    out: dict[str, float] = {f"how {one.how}": 1.0, f"{group} {one.value.type}": 1.0}
    topic = scene.topic
    if topic is not None and topic.id == one.value.id:
        out["topic"] = out[f"{group} topic"] = 1.0
    out[f"{one.how} {one.value.type}"] = 1.0
    out["often named"] = scene.frequency(one.value.id)
    if scene.in_title(one.value.id):
        out[f"{group} in title"] = 1.0
    if memory.subject is not None and memory.subject.id == one.value.id:
        near = anchor.sentence.index - memory.sentence
        out["same as last"] = 1.0 if near == 0 else 0.6 if near == 1 else 0.2
    if one.start >= 0:
        out |= _place(scene, anchor, one, group)
        if relation := relation_to(scene.doc, one.start, one.end, anchor.start, anchor.end):
            out |= {f"dep {name}": 1.0 for name in relation}
    return out


def _place(scene: Scene, anchor: Anchor, one: Candidate, group: str) -> dict[str, float]:
    before = one.end <= anchor.start
    a, b = (one.end, anchor.start) if before else (anchor.end, one.start)
    gap = scene.text[a:b]
    words = scene.words_between(a, b)
    side = "before" if before else "after"
    out = {
        f"{side}": 1.0,
        f"{group} {side}": 1.0,
        f"distance {side}": math.log1p(words) / 3,
        f"names between {side}": float(min(3, len(scene.entities_in(a, b)))),
        "figures between": float(min(3, scene.figures_between(a, b))),
        "commas between": float(min(3, gap.count(","))),
        "break between": float(any(mark in gap for mark in (";", " – ", " — ", ": "))),
        "brackets": float(gap.count("(") != gap.count(")")),
    }
    in_sentence = scene.entities_in(anchor.sentence.start, anchor.sentence.end)
    if in_sentence and in_sentence[0].start == one.start:
        out["first name"] = 1.0
    if one.start - anchor.sentence.start < 5:
        out["opens sentence"] = 1.0
    if scene.text[one.end : one.end + 2] in {"'s", "’s"}:
        out["possessive"] = 1.0
    kind, direct = preposition_at(scene, one.start)
    out[f"{group} prep {kind}"] = 1.0 if direct or kind is None else 0.6
    out[f"prep {kind} {side}"] = 1.0 if direct or kind is None else 0.6
    out |= _framed(scene, anchor, one, kind)
    return out


def _framed(scene: Scene, anchor: Anchor, one: Candidate, kind: str | None) -> dict[str, float]:
    if anchor.trigger is None:
        return {}
    row, out = anchor.trigger.row, dict[str, float]()
    subject, about = frame(row.subject), frame(row.object)
    if kind in subject:
        out["preposition of subject"] = 1.0
    if kind in about and kind not in subject:
        out["preposition of object"] = 1.0
    if one.end <= anchor.trigger.start:
        out[f"{row.pos} after it"] = 1.0
        if scene.words_between(one.end, anchor.trigger.start) <= 2:
            out[f"{row.pos} right after it"] = 1.0
    elif one.start >= anchor.trigger.end and scene.words_between(anchor.trigger.end, one.start) <= 3:
        out[f"{row.pos} right before it {kind}"] = 1.0
    return out
