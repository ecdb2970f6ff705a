"""Who holds which function where: functions beside a name, and verbs of leading and founding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from faits.lexicons.frames import FrameRow, found_in, frames
from faits.lexicons.predicates import fold
from faits.model import EntityType, EntityValue, Mention, Party
from faits.stages.linking.affiliations import affiliations
from faits.stages.linking.gender import is_woman
from faits.stages.linking.grammar import head_of, parsed, slots_of
from faits.stages.linking.referents import Referent, Referents, neighbours, party_of
from faits.stages.linking.scene import Scene
from faits.stages.linking.titles import ORGANISATIONS, as_named, elided, entity_at, of_name, title_of

if TYPE_CHECKING:
    from faits.text.parse import Doc, Token

# predicate, subject, object, start, end, score, rule, cue: the fields of `relations.Related`.
Told = tuple[Any, Party, Party, int, int, float, str, tuple[int, int] | None]

_PERSON: frozenset[EntityType] = frozenset({"PERSON"})
_LED: frozenset[EntityType] = frozenset({"ORG", "PROJECT"})
_NAMED_AFTER = {"appos", "flat", "nmod", "flat:name", "compound"}
_TRADES = {
    "fr": re.compile(
        r"(?:[iy]ste|consultante?|logue|graphe|ateur|atrice|icien|icienne|eur|euse|naute|thérapeute|avocate?)$"
    ),
    "en": re.compile(r"(?:ist|ologist|ician|grapher|analyst|consultant|lawyer|researcher|engineer|professor)$"),
}


def functions(scene: Scene, referents: Referents, roles: Sequence[Any]) -> Iterator[Told]:
    """Every function a person of the text is said to hold; each person and function once."""
    seen: set[tuple[str | None, str]] = set()
    spans: list[tuple[int, int]] = []
    doc = scene.doc if scene.doc is not None and parsed(scene.doc) else None
    for one in _all(scene, referents, roles, doc):
        spans.append(one[3:5])
        key = (one[1].id, fold(one[2].name))
        if key not in seen:
            seen.add(key)
            yield (*one[:2], one[2].model_copy(update={"name": one[2].name.replace("’", "'")}), *one[3:])
    for person, other, start, end, rule in affiliations(scene, spans):
        yield "role", person, other, start, end, 0.6, rule, None


def _all(scene: Scene, referents: Referents, roles: Sequence[Any], doc: Doc | None) -> Iterator[Told]:
    for role in roles:
        told = _beside(scene, referents, role, doc)
        if told is not None:
            yield told
    yield from _apposed_trades(scene, {role.person for role in roles})
    if doc is not None:
        yield from _led(scene, referents, doc)
        yield from _trades(scene, referents, doc, {role.person for role in roles})


def _beside(scene: Scene, referents: Referents, role: Any, doc: Doc | None) -> Told | None:
    person = entity_at(scene, *role.person)
    if person is None or (doc is not None and _is_verb(scene, doc, role)):
        return None
    name = title_of(scene, referents, role)
    spans = [role.person, role.title]
    return (
        "role", party_of(person), Party(id=None, name=name, type=None),
        min(a for a, _ in spans), max(b for _, b in spans), 1.0, "role beside the name", None,
    )  # fmt: skip


def _is_verb(scene: Scene, doc: Doc, role: Any) -> bool:
    """Whether what looks like a function is a verb: "« … », juge Anne Sorel"."""
    (start, end), (_, name_end) = role.title, role.person
    if name_end <= start and any(c in scene.text[name_end:start] for c in ",("):
        return False  # "Anne Sorel, déléguée CFDT": no verb stands in an apposition
    if " " in str(role.function):
        return False  # "managing director": no verb has two words
    head = head_of(doc, start, end)
    if head is None or head.idx > start + 20:
        return False
    before = scene.text[max(0, start - 4) : start].rstrip()
    return head.pos_ in {"VERB", "AUX"} or (before.endswith(("»,", '",', "”,", "»", "”")) and start == head.idx)


def _led(scene: Scene, referents: Referents, doc: Doc) -> Iterator[Told]:
    for one in found_in(frames(scene.lang), scene.folded):
        row = one.row
        token = head_of(doc, one.start, one.end)
        if row.function is None or token is None or token.pos_ == "PROPN":
            continue
        slots = slots_of(token, noun=row.pos == "noun")
        for other in doc.char_span(one.start, one.end, alignment_mode="expand") or ():
            if other.i != token.i and other.pos_ == "NOUN":
                slots = {**slots_of(other, noun=True), **slots}
        people = [r for slot in row.subject for t in slots.get(slot, []) if (r := referents.of(t, _PERSON)).value]
        places = [r for slot in row.object for t in slots.get(slot, []) if (r := _led_thing(referents, t)).value]
        if (not people or not places) and (pair := neighbours(scene, one.start, one.end)) is not None:
            people, places = ([Referent(m.start, m.end, _value(m), m.text, "name")] for m in pair)
        people = people or _written_near(scene, one.start, one.end)
        places = places or _led_before(scene, referents, one.start)
        if not people or not places or people[0].party.type != "PERSON" or places[0].party.type not in _LED:
            continue
        place = places[0]
        led = as_named(scene, place.value) if place.value is not None else place.text
        for person in people:
            title = _function(scene, row, person, len(people)) + of_name(scene, led)
            start, end = min(one.start, person.start, place.start), max(one.end, person.end, place.end)
            yield (
                "role", person.party, Party(id=None, name=title, type=None), start, end, 0.8,
                f"“{scene.text[one.start : one.end]}”, {person.how} and {place.how}", None,
            )  # fmt: skip


_BY = re.compile(r"^[^.;:«»(\n]{0,32}?\b(?:par|by)\s+(?:le |la |l['’]|the )?(?:[\w'’-]+ ){0,2}$")
_WHOM = re.compile(r"\b(?:que|qu['’]|dont|whom)\s*$")
_AFTER_VERB = re.compile(r"^\s*(?:depuis [\w ]{3,20} )?(?:le |la |l['’]|the )?(?:[\w'’-]+ ){0,2}$")
_REACH = 60


def _written_near(scene: Scene, start: int, end: int) -> list[Referent]:
    """Who leads or founded, where the parse has lost it: "fondée il y a douze ans par X", "que préside X"."""
    asked = _WHOM.search(scene.text[max(0, start - 8) : start].lower())
    for m in scene.entities_in(end, end + _REACH):
        gap = scene.text[end : m.start].lower()
        if _value(m).type == "PERSON" and (_BY.match(gap) or (asked and _AFTER_VERB.match(gap))):
            return [Referent(m.start, m.end, _value(m), m.text, "name")]
    return []


def _led_before(scene: Scene, referents: Referents, start: int) -> list[Referent]:
    """What is led or founded, right before the verb: a name, or a description of one."""
    near = [m for m in scene.entities_in(max(0, start - _REACH), start) if _value(m).type in _LED]
    if near and scene.words_between(near[-1].end, start) <= 3:
        return [Referent(near[-1].start, near[-1].end, _value(near[-1]), near[-1].text, "name")]
    for one in reversed(scene.anaphors.between(max(0, start - _REACH), start)):
        types = frozenset(one.row.types) & _LED
        if types and scene.words_between(one.end, start) <= 5 and len(one.row.types) <= 3:
            value = referents.firm_at(one.start) if types == {"ORG"} else referents.antecedent(one.start, types)
            return [Referent(one.start, one.end, value, "", "description")] if value is not None else []
    return []


def _value(m: Mention) -> EntityValue:
    assert isinstance(m.value, EntityValue)
    return m.value


def _led_thing(referents: Referents, token: Token) -> Referent:
    return referents.of(token, _LED)


def _function(scene: Scene, row: FrameRow, person: Referent, together: int) -> str:
    assert row.function is not None
    word = row.function[1 if is_woman(scene, person.party) else 0]
    if together > 1 and word.startswith(("fondat", "founder")):
        return f"co{word}" if scene.lang == "fr" else f"co-{word}"
    return word


_HIS_TRADE = re.compile(
    r"^,\s+(?:an? |the |une? |le |la |l['’])?((?:[\w-]+ ){0,2}?([\w-]+))"
    r"(\s+(?:at|for|of|with|chez|de|du|d['’])\s*(?:the |la |l['’])?)"
)


def _apposed_trades(scene: Scene, told: set[tuple[int, int]]) -> Iterator[Told]:
    """A trade after a name, with where it is plied: "Maeve Corrigan, an economist at Lansdowne Research"."""
    for m in scene.entities:
        if not isinstance(m.value, EntityValue) or m.value.type != "PERSON" or (m.start, m.end) in told:
            continue
        match = _HIS_TRADE.match(scene.text[m.end : m.end + 70])
        if match is None or not _TRADES[scene.lang].search(match[2].lower()):
            continue
        place = scene.entities_in(m.end + match.end(), m.end + match.end() + 1)
        if place and isinstance(place[0].value, EntityValue) and place[0].value.type in ORGANISATIONS:
            name = " ".join(f"{match[1]}{match[3]}{place[0].value.name}".split())
            yield (
                "role", party_of(m.value), Party(id=None, name=elided(name, scene), type=None), m.start, place[0].end,
                0.8, "trade after the name", None,
            )  # fmt: skip


def _trades(scene: Scene, referents: Referents, doc: Doc, told: set[tuple[int, int]]) -> Iterator[Told]:
    """A trade right before a name: "l'économiste Yves Marignan"."""
    for m in scene.entities:
        if not isinstance(m.value, EntityValue) or m.value.type != "PERSON" or (m.start, m.end) in told:
            continue
        head = head_of(doc, m.start, m.end)
        if head is None or head.i == 0:
            continue
        noun = head.head
        if noun.pos_ != "NOUN" or noun.i >= head.i or head.dep_ not in _NAMED_AFTER:
            continue
        gap = scene.text[noun.idx + len(noun.text) : m.start]
        if not _TRADES[scene.lang].search(noun.lower_) or len(gap.split()) > 2 or any(c in gap for c in ',;:.«»"('):
            continue
        name = scene.text[noun.idx : m.start].strip()
        if name.endswith((" de", " du", " d'", " of")):
            continue  # "la liste de Margaux Le Bihan" is no trade
        yield (
            "role", party_of(m.value), Party(id=None, name=name, type=None), noun.idx, m.end, 0.7,
            "trade before the name", None,
        )  # fmt: skip


def employers(scene: Scene, held: Sequence[tuple[Party, Party]]) -> dict[str, Party]:
    """For whom each person speaks, by the functions she holds there: person id -> organisation."""
    found: dict[str, Party] = {}
    values = {m.value.id: m.value for m in scene.entities if isinstance(m.value, EntityValue)}
    named = sorted((v for v in values.values() if v.type in {"ORG", "PLACE"}), key=lambda v: (-len(v.name), v.id))
    for person, function in held:
        value = next((v for v in named if any(name in function.name for name in (v.name, *v.aliases))), None)
        if person.id is not None and value is not None and not _FORMER.search(fold(function.name)):
            found.setdefault(person.id, party_of(value))
    return found


_FORMER = re.compile(
    r"\b(?:ex|ancien|ancienne|former|analyste?|analyst|economiste?|economist|expert|avocate?|lawyer)\b"
)
