"""Where organisations are from by a word beside their name: "le lorientais X", "a Leeds developer", "X, de Lyon"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from faits.extractors.entities import entity_id
from faits.lexicons.frames import DemonymRow, demonyms
from faits.lexicons.names import fold_pieces, gazetteer
from faits.lexicons.predicates import Found, fold
from faits.model import EntityType, EntityValue, Mention, Party
from faits.stages.linking.described import firm_nouns
from faits.stages.linking.grammar import head_of, preposition_of
from faits.stages.linking.referents import Referent, Referents
from faits.stages.linking.scene import Scene

if TYPE_CHECKING:
    from faits.text.parse import Doc, Token

Origin = tuple[Referent, Party, int, int, str]

_FROM: frozenset[EntityType] = frozenset({"ORG", "PROJECT"})
_BESIDE = frozenset({"name", "apposition", "relative"})
_DESCRIBES = frozenset({"ADJ", "NOUN"})
_OF = frozenset({"de", "d'", "d’", "des", "du"})
_AND = re.compile(r"^(?:,| et| and| ou| or)\s+(?:l['’]|le |la )?$")
_MANY = re.compile(r"\b(?:les|des|aux|deux|trois|quatre)\s+(?:[\w-]+\s+)?$")
_AFTER_CHARS, _MOST_WORDS = 45, 4
_APPOSED = re.compile(r"^,\s+(?:an?|the)\s+(?:[a-z][\w-]*\s+){0,2}$")
_AND_FROM = re.compile(r"^,\s+(?:de\s+|d['’])$")
_CLOSES = re.compile(r"^\s*(?:[,.);]|$)")
_NAMED_OF = re.compile(r"(?:^|[\s'’])([\w-]+)\s+(?:de\s+|d['’])$")


def origins(scene: Scene, referents: Referents, doc: Doc | None) -> Iterator[Origin]:
    """Each organisation with where a word beside it says it is from, and the span and the rule of it."""
    for one in demonyms(scene.lang).find(scene.folded):
        if _written(scene, one):
            yield from _by_adjective(scene, referents, doc, one)
    for m in scene.entities:
        if isinstance(m.value, EntityValue) and m.value.type == "PLACE" and m.text[:1].isupper():
            yield from _by_town(scene, doc, m)


def place_named(scene: Scene, name: str) -> Party:
    """A place under the id the article gives it, else the gazetteer, else one of its own."""
    known = gazetteer().lookup(fold_pieces(name))
    called = {fold(name), fold(known.called(scene.lang))} if known is not None else {fold(name)}
    for m in scene.entities:
        if isinstance(m.value, EntityValue) and m.value.type == "PLACE" and fold(m.value.name) in called:
            return _party(m.value)
    if known is not None and known.type == "PLACE":
        return Party(id=entity_id("PLACE", known.name), name=known.called(scene.lang), type="PLACE")
    return Party(id="-".join(("place", *fold_pieces(name))), name=name, type="PLACE")


def _written(scene: Scene, one: Found[DemonymRow]) -> bool:
    """Whether an adjective stands by itself as it is written: forms are found without case ("us" is no "US")."""
    if scene.text[one.start : one.end].replace("’", "'") not in one.row.written:
        return False
    near = scene.entities_in(max(0, one.start - 60), one.end)
    # A town's own adjective may be a mention of the town.
    over = [m for m in near if m.start < one.end and one.start < m.end]
    return not any(m.text[:1].isupper() or _is_org(m) for m in over)  # "le gouvernement wallon" is called so


def _by_adjective(scene: Scene, referents: Referents, doc: Doc | None, one: Found[DemonymRow]) -> Iterator[Origin]:
    place, rule = place_named(scene, one.row.place), f"“{scene.text[one.start : one.end]}”"
    behind = _behind(scene, doc, one.start, one.end) or _before(scene, one.start)
    for m in behind:
        yield _referent(m), place, min(one.start, m.start), max(one.end, m.end), rule
    token = head_of(doc, one.start, one.end) if doc is not None and not behind else None
    if token is None:
        return
    noun = token if token.pos_ in {"NOUN", "PROPN"} else token.head
    found = _told_of(referents, noun)
    if found is not None:
        yield found, place, min(one.start, found.start), max(one.end, found.end), rule


def _behind(scene: Scene, doc: Doc | None, start: int, end: int) -> list[Mention]:
    """The organisations named right behind an adjective of place: "la start-up nantaise Lumen"."""
    near = scene.entities_in(end, end + _AFTER_CHARS)
    if not near or not _is_org(near[0]) or not _joined(scene, doc, end, near[0].start):
        return []
    found = near[:1]
    if _MANY.search(scene.folded[max(0, start - 30) : start]):
        for before, after in pairwise(near):
            if not _is_org(after) or not _AND.match(scene.text[before.end : after.start]):
                break
            found.append(after)
    return found


def _before(scene: Scene, start: int) -> list[Mention]:
    """The organisation named right before what it is, in a place's adjective: "Lumen, jeune pousse rennaise"."""
    near = scene.entities_in(max(scene.sentence_at(start).start, start - _BEFORE_CHARS), start)
    if scene.lang != "fr" or not near or not _is_org(near[-1]):
        return []
    said = _IS_A.match(scene.text[near[-1].end : start].lower())
    words = said[1].split() if said is not None else []
    firm = any(fold(word) in firm_nouns("fr") or _TRADES["fr"].search(word) for word in words)
    return near[-1:] if firm or words[-1:] == ["pousse"] else []


_BEFORE_CHARS = 80
_IS_A = re.compile(
    r"^,\s+(?:le |la |l['’]|une? |ce |cet |cette )?((?:(?!(?:et|ou|que|qui|dont|où|est|a|ont|de|du|des|à|au|en|dans|par"
    r"|pour|sur|avec|chez|son|sa)\s)[a-zà-ÿ][\w-]*\s+){1,4})$"
)


def _joined(scene: Scene, doc: Doc | None, start: int, end: int) -> bool:
    """Whether between an adjective and a name stand only adjectives and nouns that say what the named one is."""
    gap = scene.text[start:end]
    if any(c in gap for c in ',;:.()«»"“”\n') or scene.words_between(start, end) > _MOST_WORDS:
        return False
    between = doc.char_span(start, end, alignment_mode="contract") if doc is not None else None
    if between is None:
        return not gap.strip()
    return all(t.is_space or t.pos_ in _DESCRIBES or t.lower_ in _OF for t in between)


def _told_of(referents: Referents, noun: Token) -> Referent | None:
    """The one a noun with such an adjective is said of: "X, groupe breton", "son rival lillois, X"."""
    tried = [noun]
    if noun.dep_ == "appos" or (noun.dep_ in {"nmod", "flat"} and not preposition_of(noun)):
        tried.append(noun.head)
    if any(c.dep_ == "cop" for c in noun.children):
        tried += [c for c in noun.children if c.dep_.startswith("nsubj") and c.pos_ == "PROPN"]
    for token in tried:
        found = referents.of(token, _FROM)
        if found.value is not None and found.how in _BESIDE:
            return found
    return None


def _by_town(scene: Scene, doc: Doc | None, m: Mention) -> Iterator[Origin]:
    """A town that stands as an adjective, or behind a comma: "Steelwatch, a London think-tank", "X, de Rennes,"."""
    found: Mention | None = None
    sentence = scene.sentence_at(m.start)
    before = scene.entities_in(sentence.start, m.start)
    gap = scene.text[before[-1].end : m.start] if before and _is_org(before[-1]) else ""
    if gap and _is_said_from(scene, gap):
        found = before[-1]
    elif scene.lang == "en" and _before_noun(doc, m):
        behind = _behind(scene, doc, m.start, m.end)
        found = behind[0] if behind else before[-1] if _APPOSED.match(gap) else None
    elif scene.lang == "fr" and _AND_FROM.match(gap) and _CLOSES.match(scene.text[m.end : m.end + 4]):
        found = before[-1]
    elif scene.lang == "fr" and (noun := _NAMED_OF.search(scene.folded[max(0, m.start - 30) : m.start])):
        after = scene.entities_in(m.end, m.end + 3)
        if noun[1] in firm_nouns("fr") and after and _is_org(after[0]) and scene.text[m.end : after[0].start] == " ":
            found = after[0]
    if found is not None:
        start, end = min(m.start, found.start), max(m.end, found.end)
        assert isinstance(m.value, EntityValue)
        yield _referent(found), _party(m.value), start, end, "town beside it"


def _is_said_from(scene: Scene, gap: str) -> bool:
    """Whether a noun of a firm behind a name says where that is from: "X, l'électricien de", "X, a group from"."""
    said = _NOUN_OF[scene.lang].match(gap.lower())
    if said is None:
        return False
    return fold(said[1]) in firm_nouns(scene.lang) or _TRADES[scene.lang].search(said[1]) is not None


_NOUN_OF = {
    "fr": re.compile(
        r"^,\s+(?:le |la |l['’]|une? |son |sa )?(?:(?:plus |gros |grand |petite? |puissante? )*)([a-zà-ÿ-]+)"
        r"(?: [a-zà-ÿ-]+)?\s+(?:de |d['’])$"
    ),
    "en": re.compile(r"^,\s+(?:an?|the)\s+(?:[a-z][\w-]*\s+){0,4}?([a-z-]+)\s+(?:from|in|of)\s+$"),
}
_TRADES = {
    "fr": re.compile(r"(?:eur|ier|iste|icien|euse|ière|voisin)$"),
    "en": re.compile(r"(?:maker|builder|producer|repairer|seller|provider|supplier|developer|operator|retailer)$"),
}


def _before_noun(doc: Doc | None, m: Mention) -> bool:
    """Whether a common noun that a place qualifies stands behind it ("London think-tank")."""
    span = doc.char_span(m.start, m.end, alignment_mode="expand") if doc is not None else None
    if doc is None or span is None or span.end >= len(doc):
        return False
    after = doc[span.end]
    return after.pos_ in _DESCRIBES and after.text[:1].islower() and span.root.head.i > span.root.i


def _is_org(m: Mention) -> bool:
    return isinstance(m.value, EntityValue) and m.value.type == "ORG"


def _referent(m: Mention) -> Referent:
    assert isinstance(m.value, EntityValue)
    return Referent(m.start, m.end, m.value, m.text, "name")


def _party(value: EntityValue) -> Party:
    return Party(id=value.id, name=value.name, type=value.type, aliases=value.aliases)
