"""Sites that have no name but the place where they stand: "sa principale usine, à Zwolle", "a plant at Deventer"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from faits.extractors.entities import descriptions
from faits.lexicons.frames import found_in, frames, locatives, site_nouns
from faits.lexicons.names import fold_pieces, gazetteer, territories
from faits.model import EntityValue, Mention
from faits.stages.linking.grammar import head_of, parsed, preposition_of
from faits.stages.linking.only_site import only_site
from faits.stages.linking.scene import Scene, Sentence
from faits.stages.linking.site_names import as_known, as_near, called, can_be, projects

if TYPE_CHECKING:
    from faits.text.parse import Doc, Token

_LOCATIVE = {
    "fr": re.compile(r"\b(?:a|en|dans|pres de|au large de)\s+(?:le |la |les |l')?$"),
    "en": re.compile(r"\b(?:in|at|near|outside)\s+(?:the )?$"),
}
_AFTER_WORDS, _OPENED_WORDS = 7, 14
_PARTIES = ("nsubj", "obj", "dobj", "ccomp", "attr", "dep", "ROOT")
_CLAUSE = frozenset({"VERB", "AUX"})
_OBJECTS = ("obj", "dobj", "nsubj:pass", "nsubjpass", "dep")
_OBLIQUE = ("obl", "nmod", "conj", "dep", "appos")


@dataclass(frozen=True, slots=True)
class Site:
    """A common noun that stands for one site, under the name its place gives it, and how the two are tied."""

    mention: Mention
    place: Mention
    how: str
    verb: tuple[int, int] | None = None

    @property
    def value(self) -> EntityValue:
        """The site as an entity."""
        assert isinstance(self.mention.value, EntityValue)
        return self.mention.value


def with_sites(scene: Scene) -> Scene:
    """The same scene with the sites that only their place tells apart among its entities."""
    found = sites(scene)
    if not found:
        return scene
    mentions = sorted([*scene.mentions, *(one.mention for one in found)], key=lambda m: (m.start, -m.end))
    told = descriptions(scene.text, scene.lang, mentions, None)
    return replace(scene, mentions=mentions, descriptions=told, sites=found)


def sites(scene: Scene) -> list[Site]:
    """The sites of a text that only their place tells apart, in reading order."""
    doc = scene.doc
    if doc is None or not parsed(doc):
        return []
    found = list(_sites(scene, doc))
    there = [one for one in found if not _only_near(scene, one)]
    known = projects(scene)
    named = [as_known(scene, one, known) for one in there]
    near = [as_near(scene, one, known) for one in found if one not in there]
    return sorted([*named, *near, *_only(scene, found)], key=lambda one: one.mention.start)


def _only(scene: Scene, found: list[Site]) -> Iterator[Site]:
    told = only_site(scene, [(one.mention.start, one.mention.end) for one in found], _is_place) if not found else None
    if told is not None:
        (start, end), place = told
        yield Site(_mention(scene, start, end, place), place, "the place of the one site the text speaks of")


_NEAR = re.compile(r"\b(?:pres de|non loin de|aux portes de|au large de|near|outside|off|close to)\s+(?:la |l'|the )?$")


def _only_near(scene: Scene, one: Site) -> bool:
    """Whether a site is only near the place that is told with it ("une usine près de Lyon")."""
    return _NEAR.search(scene.folded[max(0, one.place.start - 24) : one.place.start]) is not None


def _sites(scene: Scene, doc: Doc) -> Iterator[Site]:
    for one in site_nouns(scene.lang).find(scene.folded):
        if _named(scene, one.start, one.end):
            continue
        token = head_of(doc, one.start, one.end)
        # Forms are found without accents: "basé" is no "base".
        written = " ".join(scene.text[one.start : one.end].lower().split()) in one.row.written
        if token is None or not written:
            continue
        if _points_back(scene, one.start, one.end):
            continue
        found = (
            _beside(scene, doc, one.start, one.end)
            or _around(scene, doc, token)
            or _opened(scene, doc, one.start, token)
            or _alone(scene, doc, one.start, one.end)
        )
        if found is not None:
            place, how, verb = found
            yield Site(_mention(scene, one.start, one.end, place), place, how, verb)


def _named(scene: Scene, start: int, end: int) -> bool:
    """Whether a noun is part of a name, or has one right behind it ("le site Velmor de Fos")."""
    if any(m.start < end and start < m.end for m in scene.entities_in(max(0, start - 60), end)):
        return True
    after = scene.entities_in(end, end + 3)
    return bool(after) and isinstance(after[0].value, EntityValue) and after[0].value.type in {"PROJECT", "PRODUCT"}


_DEFINITE = {
    "fr": re.compile(r"\b(?:le|la|l'|du|au|ce|cet|cette)\s*(?:(?:nouvelle?|futur|future|grande?|petite?)\s+)?$"),
    "en": re.compile(r"\b(?:the|this|that)\s+(?:(?:new|future|planned|proposed|large|small)\s+)?$"),
}


def _points_back(scene: Scene, start: int, end: int) -> bool:
    """Whether a definite noun may mean a project that the text names: "la centrale" after "les Îlots Blandin"."""
    if not _DEFINITE[scene.lang].search(scene.folded[max(0, start - 20) : start]):
        return False
    return any(can_be(scene, scene.text[start:end], value) for value in projects(scene))


def _mention(scene: Scene, start: int, end: int, place: Mention) -> Mention:
    assert isinstance(place.value, EntityValue)
    name = called(scene, " ".join(scene.text[start:end].split()), place.value.name)
    value = EntityValue(
        id="-".join(("project", *fold_pieces(name))), name=name, type="PROJECT", aliases=(place.value.name,)
    )
    return Mention(kind="entity", start=start, end=end, text=scene.text[start:end], value=value)


def _beside(scene: Scene, doc: Doc, start: int, end: int) -> tuple[Mention, str, tuple[int, int] | None] | None:
    """The place told right behind the noun, with no verb and no other name but its owner's between the two."""
    sentence = scene.sentence_at(start)
    for m in scene.entities_in(end, sentence.end):
        gap = scene.text[end : m.start]
        if scene.words_between(end, m.start) > _AFTER_WORDS or any(c in gap for c in ';:.()«»"'):
            return None
        between = doc.char_span(end, m.start, alignment_mode="contract")
        if between is not None and any(t.pos_ in _CLAUSE and not _sited(scene, t) for t in between):
            return None
        if not _is_place(m):
            if isinstance(m.value, EntityValue) and m.value.type in {"ORG", "PLACE"}:
                continue
            return None
        return (m, "place behind it", None) if _stands_there(scene, doc, m) else None
    return None


def _stands_there(scene: Scene, doc: Doc, m: Mention) -> bool:
    """Whether a preposition of place stands before a place, by the parse or by its words."""
    token = head_of(doc, m.start, m.end)
    if token is not None and preposition_of(token) in locatives(scene.lang):
        return True
    return _LOCATIVE[scene.lang].search(scene.folded[max(0, m.start - 16) : m.start]) is not None


def _sited(scene: Scene, token: Token) -> bool:
    """Whether a verb says where a thing is or is built ("une usine implantée à Zwolle"), or helps one."""
    if token.pos_ == "AUX":
        return True
    found = found_in(frames(scene.lang)[:1], scene.folded[token.idx : token.idx + len(token.text)])
    return any(one.start == 0 and one.row.predicate == "location" for one in found)


def _around(scene: Scene, doc: Doc, noun: Token) -> tuple[Mention, str, tuple[int, int] | None] | None:
    """The place where the clause says it is done: "À Hanau, il a acheté une base", "to open, in Fos, a plant"."""
    if not noun.dep_.startswith(_OBJECTS) or noun.head.pos_ not in _CLAUSE:
        return None
    verb = noun.head
    for child in verb.children:
        if not child.dep_.startswith(_OBLIQUE) or child.pos_ not in {"PROPN", "NOUN"}:
            continue
        if preposition_of(child) in locatives(scene.lang):
            m = _place_at(scene, child)
            if m is not None:
                return m, f"place of “{verb.text}”", (verb.idx, verb.idx + len(verb.text))
    return None


def _opened(scene: Scene, doc: Doc, start: int, noun: Token) -> tuple[Mention, str, tuple[int, int] | None] | None:
    """The place a sentence opens with: "À Vernoux, le centre de données divise les riverains"."""
    sentence = scene.sentence_at(start)
    named = scene.entities_in(sentence.start, start)
    if not named or not _is_place(named[0]) or scene.words_between(sentence.start, named[0].start) > 2:
        return None
    token = head_of(doc, named[0].start, named[0].end)
    if token is None or preposition_of(token) not in locatives(scene.lang) or not noun.dep_.startswith(_PARTIES):
        return None
    if scene.words_between(named[0].end, start) > _OPENED_WORDS or any(_is_project(m) for m in named):
        return None
    return named[0], "place that opens the sentence", None


def _alone(scene: Scene, doc: Doc, start: int, end: int) -> tuple[Mention, str, tuple[int, int] | None] | None:
    """The one place a sentence names, for the one site it tells of: "le campus que Nordalis implantera à Niergnies"."""
    if not _INDEFINITE[scene.lang].search(scene.folded[max(0, start - 24) : start]):
        return None
    sentence = scene.sentence_at(start)
    named = scene.entities_in(sentence.start, sentence.end)
    nouns = (sentence.start + one.start for one in site_nouns(scene.lang).find(_folded(scene, sentence)))
    others = [at for at in nouns if not _only_tells(scene, at)]
    if len(others) > 1 or any(_is_project(m) and not _only_tells(scene, m.start) for m in named):
        return None
    places = [m for m in named if _is_place(m) and _stands_there(scene, doc, m) and not _holds(scene, m)]
    if len({m.value.id for m in places if isinstance(m.value, EntityValue)}) != 1:
        return None
    near = min(places, key=lambda m: abs(m.start - start))
    a, b = (end, near.start) if near.start >= end else (near.end, start)
    if scene.words_between(a, b) > _ALONE_WORDS:
        return None
    return near, "the one place of its sentence", None


_INDEFINITE = {
    "fr": re.compile(r"\b(?:une?)\s+(?:[\w-]+\s+)?$"),
    "en": re.compile(r"\b(?:an?|another)\s+(?:[\w-]+\s+){0,2}$"),
}
_ALONE_WORDS = 18
# "Un campus de centres de données, sur l'ancienne base aérienne": one site, what it is of and where it stands.
_TELLS = re.compile(r"(?:\bde |\bd'|\b(?:sur|dans|on|in|inside) (?:les? |la |l'|une? |the |an? )(?:[\w-]+ )?)$")


def _only_tells(scene: Scene, at: int) -> bool:
    """Whether what begins at an offset only tells of what a site is, or on what ground it stands."""
    return _TELLS.search(scene.folded[max(0, at - 30) : at]) is not None


def _folded(scene: Scene, sentence: Sentence) -> str:
    return scene.folded[sentence.start : sentence.end]


def _holds(scene: Scene, m: Mention) -> bool:
    """Whether a place only says where the place before it is: "Escaudain (Nord)", "Hanau, en Allemagne"."""
    before = scene.entities_in(max(0, m.start - 40), m.start)
    return bool(before) and _is_place(before[-1]) and scene.words_between(before[-1].end, m.start) <= 4


def _is_project(m: Mention) -> bool:
    return isinstance(m.value, EntityValue) and m.value.type == "PROJECT"


def _place_at(scene: Scene, token: Token) -> Mention | None:
    for m in scene.entities_in(max(0, token.idx - 40), token.idx + 1):
        if m.start <= token.idx < m.end and _is_place(m):
            return m
    return None


def _is_place(m: Mention) -> bool:
    """Whether a mention is a place small enough to name a site by: "a plant in France" is no "France plant"."""
    return isinstance(m.value, EntityValue) and m.value.type == "PLACE" and not _is_country(m.value)


def _is_country(value: EntityValue) -> bool:
    known = gazetteer().lookup(fold_pieces(value.name))
    return known is not None and known.name in territories()
