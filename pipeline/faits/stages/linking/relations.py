"""Relations with no figure: who supplies, owns, works with, takes over whom, read off the words that tie them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from faits.lexicons.frames import FrameRow, found_in, frames, general_sites, site_nouns
from faits.lexicons.predicates import Found, fold
from faits.model import EntityValue, Mention, Party, Predicate
from faits.stages.linking.apposed import apposed
from faits.stages.linking.betweens import told_between
from faits.stages.linking.grammar import Slots, distance, head_of, is_passive, parsed, slots_of
from faits.stages.linking.locations import locations
from faits.stages.linking.nominal import nominal
from faits.stages.linking.parties import SIDES, pairs
from faits.stages.linking.possessions import possessions
from faits.stages.linking.referents import Referent, Referents, neighbours
from faits.stages.linking.roles import functions
from faits.stages.linking.rounds import investors
from faits.stages.linking.scene import Scene

if TYPE_CHECKING:
    from faits.text.parse import Doc, Token

# Predicates that a figure of these kinds in the same sentence tells already, with the figure.
_TOLD_WITH: dict[Predicate, frozenset[str]] = {
    "ownership": frozenset({"ratio"}), "acquisition": frozenset({"money"}), "investment": frozenset({"money"}),
}  # fmt: skip
_FIGURE_ARCS = 3
# What is done, also where a noun tells it: planned or denied like a verb ("en partenariat avec", "le rachat").
_DONE: frozenset[Predicate] = frozenset({"acquisition", "partnership"})
# What is done on a day, and has its date.
_HAPPENS: frozenset[Predicate] = frozenset({"acquisition", "investment", "supply_agreement"})


@dataclass(frozen=True, slots=True)
class Related:
    """Two parties and how they stand to each other, with the span that says it and the word it hangs on."""

    predicate: Predicate
    subject: Party
    object: Party
    start: int
    end: int
    score: float
    rule: str
    cue: tuple[int, int] | None = None
    date: Mention | None = None


def relations(scene: Scene, roles: Sequence[Any]) -> Iterator[Related]:
    """Every relation, surest rules first; each pair of parties once a predicate."""
    seen: set[tuple[str, str | None, str | None]] = set()
    for one in [*_all(scene, roles)]:
        key = (one.predicate, one.subject.id or one.subject.name, one.object.id or one.object.name.casefold())
        turned = (one.predicate, key[2], key[1])
        known = key in seen or (one.predicate == "partnership" and turned in seen)
        if not known and one.subject.id != one.object.id:
            seen.add(key)
            yield one


def _all(scene: Scene, roles: Sequence[Any]) -> Iterator[Related]:
    referents = Referents(scene)
    yield from (Related(*one) for one in functions(scene, referents, roles))
    doc = scene.doc
    if doc is not None and parsed(doc):
        yield from _framed(scene, referents, doc)
    yield from (Related(*one) for one in investors(scene, referents))
    yield from (Related(*one) for one in told_between(scene))
    yield from (Related(*one) for one in nominal(scene, referents))
    yield from (Related(*one) for one in possessions(scene, referents))
    yield from (Related(*one) for one in locations(scene, referents))


def _framed(scene: Scene, referents: Referents, doc: Doc) -> Iterator[Related]:
    for one in found_in(frames(scene.lang), scene.folded):
        if one.row.predicate not in SIDES:
            continue
        told = apposed(scene, referents, one, SIDES[one.row.predicate]) if one.row.pos == "noun" else []
        if told:
            yield from _stated(scene, one, told, None)
            continue
        token = head_of(doc, one.start, one.end)
        if token is not None and not _is(token, one.row) and " " in scene.folded[one.start : one.end]:
            yield from _stated(scene, one, _around(scene, one), (one.start, one.end))  # "X teams up with Y"
        if (
            token is None
            or not _is(token, one.row)
            or (one.row.passive and not _suffers(token))
            or (one.row.active and _suffers(token))
            or _figured(scene, doc, token, one)
        ):
            continue
        slots = whole_slots(doc, token, one)
        if one.row.nouns and not _said_of(token, slots, one.row.nouns):
            continue
        if one.row.definite and not _takes_thing(scene, referents, slots):
            continue
        if one.row.predicate == "supply_agreement" and _sold_whole(referents, slots, one.row):
            continue
        found = (
            list(pairs(scene, referents, token, slots, one))
            or list(_beside(scene, one))
            or _side_by_side(scene, one)
            or _around(scene, one)
        )
        # "Son partenaire X" is one, whatever the clause plans.
        done = one.row.predicate in _DONE and "apposed" not in one.row.object
        does = one.row.pos == "verb" or bool(one.row.verbs) or done
        date = _dated(scene, doc, token) if one.row.predicate in _HAPPENS and does else None
        yield from _stated(scene, one, found, (one.start, one.end) if does else None, date)


def _stated(
    scene: Scene,
    one: Found[FrameRow],
    found: Sequence[tuple[Referent, Referent]],
    cue: tuple[int, int] | None,
    date: Mention | None = None,
) -> Iterator[Related]:
    for subject, other in found:
        start, end = _span(one, subject, other)
        why = f"“{scene.text[one.start : one.end]}”, {subject.how} and {other.how}"
        yield Related(one.row.predicate, subject.party, other.party, start, end, 0.7, why, cue, date)


def _dated(scene: Scene, doc: Doc, verb: Token) -> Mention | None:
    """The date that hangs on a verb itself, or on what it has as object or complement."""
    sentence = scene.sentence_at(verb.idx)
    for m in scene.dates_in(sentence.start, sentence.end):
        head = head_of(doc, m.start, m.end)
        above = next((t for t in head.ancestors if t.pos_ in {"VERB", "AUX"}), None) if head is not None else None
        if above is not None and above.i == verb.i:
            return m
    return None


def whole_slots(doc: Doc, token: Token, one: Found[FrameRow]) -> Slots:
    """The slots around a form, those that hang on its other words included ("entré au capital de X")."""
    slots = slots_of(token, noun=one.row.pos == "noun")
    span = doc.char_span(one.start, one.end, alignment_mode="expand")
    for other in span if span is not None else ():
        if other.i != token.i and other.pos_ in {"NOUN", "VERB", "ADV"}:
            for slot, tokens in slots_of(other, noun=other.pos_ != "VERB").items():
                if slot not in {"subject", "host", "owner", "apposed"} and slot not in slots:
                    slots[slot] = [t for t in tokens if not one.start <= t.idx < one.end]
    return slots


def _suffers(verb: Token) -> bool:
    """Whether a verb is passive, and no participle by mistake: "X construit à Y un campus" has an object."""
    done = any(c.dep_ in {"obj", "dobj"} for c in verb.children)
    return is_passive(verb) and not (done and verb.dep_.startswith("acl"))


def _said_of(token: Token, slots: Slots, nouns: tuple[str, ...]) -> bool:
    """Whether a verb is said of one of some nouns: above it, or as what it is done to."""
    near = [*[*token.ancestors][:3], *slots.get("object", [])]
    return any(fold(t.text) in nouns for t in near)


def _takes_thing(scene: Scene, referents: Referents, slots: Slots) -> bool:
    """Whether what a verb is done to is a thing that the text knows, but no site and nobody with a name."""
    sites = general_sites(scene.lang)
    for argument in slots.get("object", []):
        above = next((t for t in argument.ancestors if t.dep_.startswith("acl")), None)
        relative = argument.lower_ in _RELATIVE and above is not None
        token = above.head if relative and above is not None else argument  # "les turbines, que Dalmor livrera"
        known = any(c.dep_ == "det" and "Def" in c.morph.get("Definite", []) for c in token.children)
        site = fold(token.text) in sites or any(True for _ in site_nouns(scene.lang).find(fold(token.text)))
        if token.pos_ == "NOUN" and known and not site and referents.of(token).value is None:
            return True
    return False


_RELATIVE = frozenset({"que", "qu'", "qu’", "which", "that"})


def _sold_whole(referents: Referents, slots: Slots, row: FrameRow) -> bool:
    """Whether what changes hands is a firm or a site: that is a takeover, no supply."""
    if "object" in row.object or "object" in row.subject or "recipient" in slots:
        return False
    found = [referents.named(t) for t in slots.get("object", [])]
    return any(r is not None and r.value is not None and r.value.type in {"ORG", "PROJECT"} for r in found)


def _beside(scene: Scene, one: Found[FrameRow]) -> Iterator[tuple[Referent, Referent]]:
    """The names right beside a verb, where the parse has lost them."""
    if one.row.pos == "noun" or one.row.subject[0] != "subject" or "object" not in one.row.object[:1]:
        return
    pair = neighbours(scene, one.start, one.end)
    types = SIDES[one.row.predicate]
    if pair is None:
        return
    first, second = (
        Referent(m.start, m.end, m.value, m.text, "name") for m in pair if isinstance(m.value, EntityValue)
    )
    fits = first.value is not None and first.value.type in types[0] and (one.row.people or first.value.type != "PERSON")
    if fits and second.value is not None and second.value.type in types[1]:
        yield first, second


def _around(scene: Scene, one: Found[FrameRow]) -> list[tuple[Referent, Referent]]:
    """The names before a verb and behind its preposition, where the parse has lost them: "X teams up with Y"."""
    row, types = one.row, SIDES[one.row.predicate]
    left = scene.entities_in(max(0, one.start - _NEAR), one.start)
    right = scene.entities_in(one.end, one.end + _NEAR)
    if row.pos != "verb" or row.nouns or not left or not right or left[-1].end > one.start:
        return []
    behind = _PREPOSITION.match(scene.text[one.end : right[0].start])
    if behind is None or not _HELPED.match(scene.text[left[-1].end : one.start]):
        return []
    slot = _PLAIN.get(behind[1].lower(), behind[1].lower())
    before, after = (
        Referent(m.start, m.end, m.value, m.text, "name")
        for m in (left[-1], right[0])
        if isinstance(m.value, EntityValue)
    )
    if "subject" in row.subject and slot in row.object:
        subject, other = before, after
    elif slot in row.subject and "subject" in row.object:
        subject, other = after, before
    else:
        return []
    fits = subject.party.type in types[0] and other.party.type in types[1] - {"PLACE"}
    return [(subject, other)] if fits and (row.people or subject.party.type != "PERSON") else []


_NEAR = 40
_PREPOSITION = re.compile(r"^ (with|avec|to|à|au|aux|from) (?:le |la |l['’]|the )?$", re.IGNORECASE)
_PLAIN = {"au": "à", "aux": "à"}


def _side_by_side(scene: Scene, one: Found[FrameRow]) -> list[tuple[Referent, Referent]]:
    """The two firms that do it together, right before their verb: "In Loughton, X and Y plan a plant"."""
    near = scene.entities_in(scene.sentence_at(one.start).start, one.start)[-2:]
    if one.row.predicate != "partnership" or one.row.pos != "verb" or len(near) < 2:
        return []
    first, second = (
        Referent(m.start, m.end, m.value, m.text, "name") for m in near if isinstance(m.value, EntityValue)
    )
    joined = _JOINED.match(scene.text[first.end : second.start]) and _HELPED.match(scene.text[second.end : one.start])
    return [(first, second)] if joined and first.party.type == second.party.type == "ORG" else []


_JOINED = re.compile(r"^ (?:et|and) (?:le |la |l['’]|the )?(?:[a-zà-ÿ-]+ ){0,2}$")
_HELPED = re.compile(r"^ (?:(?:se |s['’]|ont |vont |veulent |have |will |want to |are |also |jointly )*)$")


def _is(token: Token, row: FrameRow) -> bool:
    """Whether a token is the kind of word a row speaks of; a tagger may take a participle for an adjective."""
    if row.pos == "noun":
        return token.pos_ in {"NOUN", "PROPN", "ADJ"} and (not row.verbs or _under(token, row.verbs))
    return token.pos_ in {"VERB", "AUX", "ADJ"} or token.dep_.startswith(("acl", "advcl"))


def _under(noun: Token, verbs: tuple[str, ...]) -> bool:
    verb = next((t for t in noun.ancestors if t.pos_ in {"VERB", "AUX"}), None)
    word = fold(verb.text) if verb is not None else ""
    return any(word.startswith(v[:-1]) if v.endswith("*") else word == v for v in verbs)


def _figured(scene: Scene, doc: Doc, token: Token, one: Found[FrameRow]) -> bool:
    """Whether a figure that hangs on the same word tells the relation, and its size with it."""
    kinds = _TOLD_WITH.get(one.row.predicate, frozenset())
    sentence = scene.sentence_at(one.start)
    for m in scene.figures:
        if m.kind in kinds and sentence.start <= m.start < sentence.end:
            figure = head_of(doc, m.start, m.end)
            if figure is not None and distance(figure, token) <= _FIGURE_ARCS and not one.row.with_figure:
                return True
    return False


def _span(one: Found[FrameRow], *parties: Referent) -> tuple[int, int]:
    places = [(one.start, one.end), *((p.start, p.end) for p in parties)]
    return min(a for a, _ in places), max(b for _, b in places)
