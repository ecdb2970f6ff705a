"""Where things stand: "PAR03, à Nozay", "l'usine de Nandy", "l'éditeur toulousain", "opened an office in Madrid"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from faits.lexicons.frames import found_in, frames, locatives, site_nouns
from faits.lexicons.naming import noun_types
from faits.lexicons.predicates import fold, measures
from faits.model import EntityType, EntityValue, Mention, Party
from faits.stages.linking.described import described_places
from faits.stages.linking.grammar import head_of, parsed, preposition_of, slots_of
from faits.stages.linking.nested import nested
from faits.stages.linking.origins import origins, place_named
from faits.stages.linking.referents import Referent, Referents
from faits.stages.linking.roles import Told
from faits.stages.linking.scene import Scene, Sentence
from faits.stages.linking.seats import seats

if TYPE_CHECKING:
    from faits.text.parse import Doc, Token

_SITED: frozenset[EntityType] = frozenset({"ORG", "PROJECT"})
_IN_PLACE = re.compile(
    r"^\s*,?\s*(?:est\s+|is\s+)?"
    r"(?:à|au|aux|en|dans (?:le|la|les|l['’])|près de|au large de|in|at|near|off|outside|\()\s*$",
    re.IGNORECASE,
)
_BASED = re.compile(
    r"^\s*[,(]?\s*(?:qui est |which is |is |est )?(?:une? |an? )?"
    r"(?:(?:situ|bas|implant|install|établi|localis|domicili|ancr)ée?s?|headquartered|based|located|sited|moored"
    r"|en chantier|en construction|under construction"
    r"|dont le siège (?:social )?(?:est|se trouve|se situe)(?: situé| installé| basé)?"
    r"|whose (?:headquarters|head office) (?:are|is)"
    r"|with (?:its )?headquarters)\s+"
    r"(?:à|au|aux|en|dans|près de|in|at|near|outside)\s+(?:le |la |les |l['’]|the )?$",
    re.IGNORECASE,
)
_OPENS_BASED = re.compile(
    r"^\W*(?:(?:situ|bas|implant|install|établi|localis|domicili)ée?s?|headquartered|based|located)\s+"
    r"(?:à|au|aux|en|dans|près de|in|at|near|outside)\s+(?:le |la |les |l['’]|the )?$",
    re.IGNORECASE,
)
_OPENS_IN = re.compile(r"^\W*(?:à|au|aux|en|dans|in|at|near)\s+(?:le |la |les |l['’]|the )?$", re.IGNORECASE)
_WHERE = re.compile(r"^\s*,\s+(?:où|where)\s")
_APPOSED = re.compile(r"^,\s+(?:an?|the)\s+(?:[a-z][\w-]*\s+){0,2}$")
_HYPHENATED = re.compile(r"^-based\b", re.IGNORECASE)
_NAMED_IN_FULL = re.compile(
    r"(?:\b(?:de|à|in|at)\s|\bd['’])"
    r"((?:[A-ZÉÈÎÔ][\w'’-]*)(?:(?:[ -](?:sur|sous|en|le|la|les|lès|lez|de|du|des)[ -]|[ -])[A-ZÉÈÎÔ][\w'’-]*)*)$"
)

_SUPERLATIVE = re.compile(
    r"\b(?:plus|moins|premi[eè]re?|seule?|derni[eè]re?|largest|biggest|first|only|last)\b", re.IGNORECASE
)


def locations(scene: Scene, referents: Referents) -> Iterator[Told]:
    """A thing and its place, surest rules first; a firm told by a common noun where nothing else places it."""
    located: set[str | None] = set()
    for one in _all(scene, referents):
        located.add(one[1].id)
        yield one
    for value, place, start, end in described_places(scene, referents):
        if value.id not in located:
            located.add(value.id)
            where = place_named(scene, place) if isinstance(place, str) else _party_of(place)
            yield "location", _party(value), where, start, end, 0.5, "description with a place", None


def _all(scene: Scene, referents: Referents) -> Iterator[Told]:
    doc = scene.doc if scene.doc is not None and parsed(scene.doc) else None
    for site in scene.sites:
        yield _told(site.mention, site.place, 0.6, site.how, (site.mention.start, site.mention.end))
    for m in scene.entities:
        if _type(m) == "PLACE":
            yield from _around(scene, referents, m)
            yield from _opened(scene, referents, m)
    if doc is not None:
        for m in scene.entities:
            if _type(m) == "PLACE":
                yield from _governed(scene, referents, doc, m)
    for found, place, start, end, rule in origins(scene, referents, doc):
        yield "location", found.party, place, start, end, 0.6, rule, None
    for m in scene.entities:
        if _type(m) == "PROJECT":
            yield from _in_name(scene, m)
    yield from nested(scene)
    yield from seats(scene, referents)


def _around(scene: Scene, referents: Referents, m: Mention) -> Iterator[Told]:
    """The site or organisation right before a place, or the site a sentence names after opening on it."""
    assert isinstance(m.value, EntityValue)
    sentence = scene.sentence_at(m.start)
    other = next((o for o in reversed(scene.entities_in(sentence.start, m.start)) if _type(o) in _SITED), None)
    gap = scene.text[other.end : m.start] if other is not None else ""
    if other is not None and any(one.place.start == m.start for one in scene.sites):
        return  # "l'usine de Veolia à Grenoble": the plant is there
    based = _BASED.match(gap)
    inside = _complement_of(referents, other) if other is not None and (based or _IN_PLACE.match(gap)) else None
    if inside is not None and not based and (inside.value is None or inside.value.type != "PROJECT"):
        inside = None
    if inside is not None:
        # "DeepMind, le laboratoire de Google basé à Londres": what is Google's is there.
        if inside.value is not None and inside.value.type in _SITED:
            start, end = min(m.start, inside.start), max(m.end, inside.end)
            yield "location", inside.party, _party(m.value), start, end, 0.6, f"place after it, {inside.how}", None
        return
    if other is not None and (_IN_PLACE.match(gap) or based):
        yield _told(other, m, 0.6, "place after it")
    elif (first := _where(scene, m, sentence)) is not None:
        yield _told(first, _innermost(scene, m), 0.5, "where it is")
    elif _HYPHENATED.match(scene.text[m.end : m.end + 9]):
        yield from _hyphenated(scene, m, other, gap)
    elif scene.lang == "en" and other is not None and _type(other) == "ORG" and gap == " of ":
        yield _told(other, m, 0.6, "place behind of")  # "Adnoc of Abu Dhabi"
    elif scene.text[m.end : m.end + 3] in {"'s ", "’s "}:
        after = scene.entities_in(m.end + 3, m.end + 12)
        if after and _type(after[0]) in _SITED:
            yield _told(after[0], m, 0.6, "possessive place")
    elif _stands_in(scene, sentence, m) and (first := _first_project(scene, m.end, sentence)):
        yield _told(first, m, 0.5, "place before it")


def _innermost(scene: Scene, m: Mention) -> Mention:
    """The place that a wider one is only told with: "à Bruyères, dans l'Essonne"."""
    before = scene.entities_in(max(0, m.start - 40), m.start)
    inside = bool(before) and _type(before[-1]) == "PLACE" and _IN_PLACE.match(scene.text[before[-1].end : m.start])
    return before[-1] if inside else m


def _hyphenated(scene: Scene, m: Mention, before: Mention | None, gap: str) -> Iterator[Told]:
    """The firm before or behind a place with a hyphen: "X, a Grenoble-based designer", "the Nantes-based X"."""
    after = scene.entities_in(m.end + 6, m.end + 45)
    if before is not None and _type(before) == "ORG" and _APPOSED.match(gap):
        yield _told(before, m, 0.6, "place behind it")
    elif after and _type(after[0]) in _SITED and scene.words_between(m.end, after[0].start) <= 6:
        yield _told(after[0], m, 0.6, "place before it")


def _where(scene: Scene, m: Mention, sentence: Sentence) -> Mention | None:
    """Who does something at a place that a clause tells of: "à Everett, où Solstice assemble", "where X is based"."""
    opens = _WHERE.match(scene.text[m.end : m.end + 12])
    if opens is None:
        return None
    start = m.end + opens.end()
    stop = re.compile(r"[,;.:]").search(scene.text, start, sentence.end)
    named = scene.entities_in(start, stop.start() if stop else sentence.end)
    return next((o for o in named if _type(o) in _SITED), None)


def _stands_in(scene: Scene, sentence: Sentence, m: Mention) -> bool:
    """Whether a sentence opens with a place that something is in, rather than one that does something."""
    return m.start - sentence.start < 8 and _OPENS_IN.match(scene.text[sentence.start : m.start]) is not None


def _complement_of(referents: Referents, org: Mention) -> Referent | None:
    """What a noun stands for whose complement an organisation is ("le laboratoire de Google"), if it is one."""
    doc = referents.scene.doc
    token = head_of(doc, org.start, org.end) if doc is not None and parsed(doc) else None
    if token is None or preposition_of(token) not in {"de", "of"} or token.head.pos_ != "NOUN":
        return None
    return referents.of(token.head, _SITED)


def _first_project(scene: Scene, offset: int, sentence: Sentence) -> Mention | None:
    near = [m for m in scene.entities_in(offset, sentence.end) if scene.words_between(offset, m.start) <= 12]
    return next((m for m in near if _type(m) == "PROJECT"), None)


def _opened(scene: Scene, referents: Referents, m: Mention) -> Iterator[Told]:
    """The name after the comma, for a participle that opens its sentence: "Based in Lyon, Veolia …"."""
    sentence = scene.sentence_at(m.start)
    after = scene.entities_in(m.end, min(sentence.end, m.end + 60))
    if not _OPENS_BASED.match(scene.text[sentence.start : m.start]) or not after:
        return
    gap = scene.text[m.end : after[0].start]
    if gap.lstrip()[:1] in {",", "("} and scene.words_between(m.end, after[0].start) <= 7 and _type(after[0]) in _SITED:
        yield _told(after[0], m, 0.6, "place that opens the sentence")


def _governed(scene: Scene, referents: Referents, doc: Doc, m: Mention) -> Iterator[Told]:
    """What a place is the complement of: a noun ("le chantier de Hinkley dans le Somerset"), a verb of being there."""
    token = head_of(doc, m.start, m.end)
    if token is None or not isinstance(m.value, EntityValue):
        return
    place = token
    if place.dep_ == "conj":
        place = place.head
    elif _type(_mention(referents, place.head)) == "PLACE" or _innermost(scene, m) is not m:
        return  # "à Escaudain (Nord)", "à Hanau, en Allemagne": a thing stands in the innermost
    if preposition_of(place) not in locatives(scene.lang) and preposition_of(token) not in locatives(scene.lang):
        return
    head = place.head
    found: Referent | None = None
    if head.pos_ in {"NOUN", "PROPN"}:
        found = referents.of(head, _SITED)
        if fold(head.text) in measures(scene.lang):
            return  # "after eight years at Denso"
        if found.how == "description" and any(_type(o) in _SITED for o in scene.entities_in(head.idx, m.start)):
            return  # "le groupe juge que le chantier de X, dans le Somerset, …": what is named nearer stands there
        if found.value is None and head.head.pos_ == "VERB" and head.dep_ in {"obj", "obl", "obl:arg", "nsubj"}:
            found = _said_there(scene, referents, head.head)
    elif head.pos_ in {"VERB", "AUX", "ADJ"}:
        found = _said_there(scene, referents, head)
    if found is not None and found.value is not None:
        start, end = min(m.start, found.start), max(m.end, found.end)
        yield (
            "location", found.party, _party(m.value), start, end, 0.5,
            f"“{head.text}”, {found.how}", (head.idx, head.idx + len(head.text)) if head.pos_ == "VERB" else None,
        )  # fmt: skip


def _mention(referents: Referents, token: Token) -> Mention | None:
    one = referents.named(token)
    if one is None or one.value is None:
        return None
    return Mention(kind="entity", start=one.start, end=one.end, text=one.text, value=one.value)


def _said_there(scene: Scene, referents: Referents, verb: Token) -> Referent | None:
    for one in found_in(frames(scene.lang)[:1], scene.folded[verb.idx : verb.idx + 40]):
        if one.start > 0:
            break
        if one.row.predicate != "location":
            continue
        slots = slots_of(verb, noun=False)
        types = _SITED if one.row.people else _SITED - {"ORG"}
        for slot in one.row.subject:
            for token in slots.get(slot, []):
                found = referents.of(token, types)
                if found.value is not None:
                    return found
    return None


def _in_name(scene: Scene, m: Mention) -> Iterator[Told]:
    """A site named after where it stands: "usine de Nandy", "Coventry plant"."""
    assert isinstance(m.value, EntityValue)
    others = {fold(o.text): o.value for o in scene.entities if isinstance(o.value, EntityValue)}
    name = _NAMED_IN_FULL.search(m.text)
    written = name[1] if name else (m.text.split()[0] if scene.lang == "en" and m.text[:1].isupper() else "")
    known = others.get(fold(written))
    if fold(written) in noun_types(scene.lang):
        return  # "le terminal de Port 2000"
    if _SUPERLATIVE.search(scene.text[max(0, m.start - 24) : m.start]):
        return  # "la plus grosse batterie de France" stands in its rank, not in its name
    if not written or fold(written) == fold(m.text) or (known is not None and known.type != "PLACE"):
        return
    if known is None and scene.lang == "en" and not name and not _ends_as_site(scene, m):
        return
    if known is None and any(fold(written) in fold(v.name).split() for v in others.values() if v.type == "ORG"):
        return  # "le site de recyclage de Circéa" is named after its owner
    place = _party(known) if isinstance(known, EntityValue) else place_named(scene, written)
    yield "location", _party(m.value), place, m.start, m.end, 0.5, "place in its name", None


def _ends_as_site(scene: Scene, m: Mention) -> bool:
    """Whether a name is a place and the noun of a site ("Grenoble plant")."""
    return any(one.end == len(m.text) for one in site_nouns(scene.lang).find(fold(m.text)))


def _told(one: Mention, place: Mention, score: float, rule: str, cue: tuple[int, int] | None = None) -> Told:
    assert isinstance(one.value, EntityValue) and isinstance(place.value, EntityValue)
    start, end = min(one.start, place.start), max(one.end, place.end)
    return "location", _party(one.value), _party(place.value), start, end, score, rule, cue


def _type(m: Mention | None) -> EntityType | None:
    return m.value.type if m is not None and isinstance(m.value, EntityValue) else None


def _party_of(m: Mention) -> Party:
    assert isinstance(m.value, EntityValue)
    return _party(m.value)


def _party(value: EntityValue) -> Party:
    return Party(id=value.id, name=value.name, type=value.type, aliases=value.aliases)
