"""Relations told without a verb: "EDF-owned Framatome", "Framatome (groupe EDF)", "ChatGPT, le robot d'OpenAI"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from faits.lexicons.frames import joints, tied
from faits.lexicons.predicates import fold
from faits.model import EntityType, EntityValue, Mention, Predicate
from faits.stages.linking.referents import Referents, party_of
from faits.stages.linking.roles import Told
from faits.stages.linking.scene import Scene

_ORG: frozenset[EntityType] = frozenset({"ORG"})
_MADE: frozenset[EntityType] = frozenset({"PRODUCT", "PROJECT"})
_HYPHEN = re.compile(r"^-([a-z]+)\s+(?:[a-z][\w-]*\s+){0,3}$")
_IN_GROUP = re.compile(
    r"^\s*[(,]\s*(?:du |membre du |une? (?:filiale|société|entreprise) du |part of (?:the )?|a member of (?:the )?)?"
    r"(?:groupe\s+)?$",
    re.IGNORECASE,
)
_GROUP_WORD = re.compile(r"groupe|part of|member of", re.IGNORECASE)
_THE_THING_OF = re.compile(
    r"^\s*,\s+(?:le |la |l['’]|un |une |the |an? )(?:[\w'’-]+\s+){0,4}?([\w'’-]+)\s+"
    r"(?:de |d['’]|du |of |from |by )(?:the |la |le |l['’])?$",
    re.IGNORECASE,
)
_ITS_OWN = re.compile(r"^['’]s\s+(?:[\w-]+\s+){0,3}?([\w-]+)\s*[,.)]")
_COMMA = re.compile(r"^\s*,\s*(?:the |le |la )?$")
_AFTER_JOINT = re.compile(r"^\s*(?:le |la |les |l['’]|du |des |the |an? |its |son |sa )?(?:[\w'’-]+\s+){0,4}$")
_AND = re.compile(
    r"^\s*(?:,|et|and|ou|,\s*(?:et|and))?\s*(?:de |d['’]|du |avec |with )?(?:le |la |l['’]|the )?"
    r"(?:[a-zà-ÿ-]+\s+){0,2}$"
)


def nominal(scene: Scene, referents: Referents) -> Iterator[Told]:
    """Every relation that stands in a noun phrase or behind a preposition."""
    yield from _joint(scene, referents)
    entities = [m for m in scene.entities if isinstance(m.value, EntityValue)]
    for one, other in pairwise(entities):
        if scene.sentence_at(one.start).index != scene.sentence_at(other.start).index:
            continue
        gap = scene.text[one.end : other.start]
        yield from _hyphenated(scene, one, other, gap)
        if _type(one) == "ORG" and _type(other) == "ORG" and _IN_GROUP.match(gap) and _GROUP_WORD.search(gap):
            yield _told("ownership", other, one, "part of a group")
        elif _type(one) == "ORG" and _type(other) == "ORG" and gap in {"'s ", "’s "}:
            yield _told("ownership", one, other, "possessive")
        elif _type(one) in _MADE and _type(other) == "ORG":
            yield from _made(scene, one, other, gap)


def _hyphenated(scene: Scene, one: Mention, other: Mention, gap: str) -> Iterator[Told]:
    """ "EDF-owned Framatome", "Nvidia-backed start-up Lumen"."""
    match = _HYPHEN.match(gap)
    if match is None or _type(one) not in {"ORG", "PERSON"}:
        return
    for row in tied(scene.lang):
        if match[1] in row.written and _type(other) in {"ORG", *_MADE}:
            yield _told(row.predicate, one, other, f"“-{match[1]}”")


def _made(scene: Scene, one: Mention, other: Mention, gap: str) -> Iterator[Told]:
    """ "ChatGPT, le robot d'OpenAI", "ChatGPT, OpenAI's chatbot"."""
    match = _THE_THING_OF.match(gap)
    if match is not None and fold(match[1]) not in _RIVALS:
        yield _told("ownership", other, one, "apposition")
        return
    own = _ITS_OWN.match(scene.text[other.end : other.end + 50]) if _COMMA.match(gap) else None
    if own is not None and fold(own[1]) not in _RIVALS:
        yield _told("ownership", other, one, "apposition")


_RIVALS = frozenset({
    "concurrent", "concurrente", "rival", "rivale", "partenaire", "client", "cliente", "fournisseur", "competitor",
    "partner", "customer", "supplier", "answer", "reponse", "equivalent",
})  # fmt: skip


def _joint(scene: Scene, referents: Referents) -> Iterator[Told]:
    """Who does it and with whom, behind a preposition that says so ("aux côtés de X et de Y")."""
    for cue in joints(scene.lang).find(scene.folded):
        sentence = scene.sentence_at(cue.start)
        first = referents.antecedent(cue.start, _ORG)
        at, gap_is = cue.end, _AFTER_JOINT
        for m in scene.entities_in(cue.end, sentence.end):
            if not gap_is.match(scene.text[at : m.start]) or _type(m) != "ORG":
                break
            value = m.value
            if first is not None and isinstance(value, EntityValue) and value.id != first.id:
                yield (
                    "partnership", party_of(first), party_of(value), cue.start, m.end, 0.7,
                    f"“{scene.text[cue.start : cue.end]}”", (cue.start, cue.end),
                )  # fmt: skip
            at, gap_is = m.end, _AND


def _told(predicate: Predicate, one: Mention, other: Mention, rule: str) -> Told:
    assert isinstance(one.value, EntityValue) and isinstance(other.value, EntityValue)
    start, end = min(one.start, other.start), max(one.end, other.end)
    return predicate, party_of(one.value), party_of(other.value), start, end, 0.6, rule, None


def _type(m: Mention) -> EntityType | None:
    return m.value.type if isinstance(m.value, EntityValue) else None
