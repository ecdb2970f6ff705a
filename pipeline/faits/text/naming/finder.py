"""Finds the names of a text: candidates, weighed, grouped, judged over the whole article."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from faits.lexicons.names import Gazetteer, Known, gazetteer_of
from faits.lexicons.naming import phrases
from faits.model import EntityType, Lang
from faits.text.naming.candidates import candidates, known_names
from faits.text.naming.commons import is_word, never_name
from faits.text.naming.cues import weigh
from faits.text.naming.described import described
from faits.text.naming.ground import Candidate, Ground, lower_words, owning_names
from faits.text.naming.grouping import Name, grouped, names_of
from faits.text.naming.located import located
from faits.text.naming.words import Words, has_capital, words

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Reading:
    """What the finder knows of one place: which entity of the article, of what type, under which full name.

    `nested` marks a name inside another one: the "Lannion" of "usine de Lannion".
    """

    group: int
    name: str
    type: EntityType
    known: Known | None
    nested: bool = False


def find_names(text: str, lang: Lang, doc: Doc | None, gazetteer: Gazetteer) -> list[tuple[int, int, Reading]]:
    """Every name of `text` as start, end and reading; in reading order, overlapping only where one is nested."""
    cut = words(text)
    tags = _tags(doc)
    ground = Ground(
        cut,
        lang,
        tags,
        lower_words(cut),
        _strange(doc, cut, tags),
        gazetteer,
        owning_names(cut) if lang == "en" else frozenset(),
    )
    found = candidates(ground, gazetteer)
    for one in found:
        weigh(ground, one)
    _heed(ground, found, doc)
    found = located(ground, described(ground, found), gazetteer)
    groups = [group for group in grouped(ground, names_of(ground, found)) if _is_named(ground, group)]
    _liken(ground, groups)
    placed = [
        (one, Reading(number, group[0].written, _type(group), _known(group), one.nested))
        for number, group in enumerate(groups)
        for name in group
        for one in name.places
    ]
    placed += _echoes(ground, groups, placed)
    spans = [(cut.starts[one.first], cut.ends[one.end - 1], reading) for one, reading in placed]
    return sorted(spans, key=lambda span: (span[0], -span[1]))


def _tags(doc: Doc | None) -> dict[int, str]:
    if doc is None or not doc.has_annotation("POS"):
        return {}
    starts, tags = doc.to_array(["IDX", "POS"]).T.tolist()
    names: dict[int, str] = {tag: doc.vocab.strings[tag] if tag else "" for tag in set(tags)}
    return {start: names[tag] for start, tag in zip(starts, tags, strict=True)}


_FORMS = frozenset({"VERB", "ADJ", "AUX"})
_PARTICIPLE = re.compile(r"(?:ée?s?|ies?|ues?)\Z")  # "Alourdie par …": no list has all of them


def _strange(doc: Doc | None, cut: Words, tags: Mapping[int, str]) -> frozenset[int]:
    """The words that open a sentence and whose lower case the pipeline has no vector of: "Ferralys", not "Plume"."""
    if doc is None or not doc.vocab.vectors_length:
        return frozenset()
    from spacy.strings import get_string_id

    known = doc.vocab.vectors.key2row
    return frozenset(
        i
        for i, written in enumerate(cut.written)
        if cut.opening[i]
        and not (tags.get(cut.starts[i]) in _FORMS and _PARTICIPLE.search(cut.norms[i]))
        and len(written) > 2
        and written.isalpha()
        and has_capital(written)
        and get_string_id(cut.norms[i]) not in known
    )


_LABELS: dict[str, EntityType] = {"PER": "PERSON", "PERSON": "PERSON", "ORG": "ORG", "LOC": "PLACE", "GPE": "PLACE"}


def _heed(ground: Ground, found: list[Candidate], doc: Doc | None) -> None:
    """Let the trained pipeline's names weigh in where they meet a candidate."""
    if doc is None or not doc.ents:
        return
    cut = ground.words
    ents = sorted((ent.start_char, ent.end_char, ent.label_) for ent in doc.ents)
    at = 0
    for one in found:
        start, end = cut.starts[one.first], cut.ends[one.end - 1]
        while at < len(ents) and ents[at][1] <= start:
            at += 1
        if at < len(ents) and ents[at][0] < end and (kind := _LABELS.get(ents[at][2])):
            one.heard = kind
            one.standing += 1 if one.capital else 0.6


def _is_named(ground: Ground, group: Sequence[Name]) -> bool:
    """Whether a group is a name at all: some place of it has a capital that nothing else explains."""
    places = [place for name in group for place in name.places]
    known = _known(group)
    if known is not None:
        return not known.ambiguous or any(p.capital or p.standing >= 1 for p in places)
    first = group[0]
    if len(group) == 1 and len(first.pieces) == 1:
        if _is_common(ground, places[0]):
            return False
        if all(_opens_as_word(ground, place) for place in places):
            return False
    if any(p.capital or p.described for p in places):
        return True
    return any(p.standing >= 1 for p in places) or (len(first.pieces) > 1 and not is_word(ground, places[0].first))


_WORD_TAGS = frozenset({"NOUN", "ADJ", "VERB", "ADV", "NUM", "AUX", "DET", "ADP", "PRON"})


def _opens_as_word(ground: Ground, place: Candidate) -> bool:
    """Whether a lone capital that its place explains is a word of the language, as tags and names say."""
    if place.capital or place.described or place.heard or place.first in ground.strange:
        return False
    written = ground.words.written[place.first]
    if not written[1:].islower():
        return False  # "OpenAI", "EDF", "Data4": no word is written so
    return ground.pos.get(ground.words.starts[place.first]) in _WORD_TAGS or place.standing < 1


def _is_common(ground: Ground, place: Candidate) -> bool:
    if place.described:
        return False
    norm = ground.words.norms[place.first]
    return (
        never_name(ground, place.first)
        or norm in phrases(ground.lang, "institution")
        or (norm in phrases(ground.lang, "place_head") and not place.heard)
        or norm in phrases(ground.lang, "opener")
    )


def _known(group: Sequence[Name]) -> Known | None:
    return next((name.known for name in group if name.known), None)


def _type(group: Sequence[Name]) -> EntityType:
    """The type of the group: the gazetteer's, else what all its places speak for together."""
    first = group[0]
    if known := _known(group):
        return known.type
    described = next((name for name in group if name.described), None)
    if described is not None:
        return described.type()  # its noun says it
    pooled = Name(first.key, first.written, first.pieces, first.described, None)
    for name in group:
        pooled.heard += name.heard
        for kind, weight in name.votes.items():
            pooled.votes[kind] = pooled.votes.get(kind, 0.0) + weight
    return pooled.type()


_LIST_JOINTS = frozenset({"et", "ou", "and", "or"})
_LIKENED = 1.0
_SETTLED = 1.4


def _liken(ground: Ground, groups: Sequence[Sequence[Name]]) -> None:
    """Let a name that little speaks for be of the type of those it is listed with ("Orval, Lezennes et Carvin")."""
    words = ground.words
    starting = {place.first: group for group in groups for name in group for place in name.places if not place.nested}
    ends = {place.first: place.end for group in groups for name in group for place in name.places if not place.nested}
    lent: list[tuple[Name, EntityType]] = []
    for group in groups:
        for name in group:
            for place in name.places:
                joint = place.end
                if words.norm(joint, place.first) not in _LIST_JOINTS and not _is_listed(ground, ends, place):
                    continue
                after = joint + 1 + (words.norm(joint + 1, joint) in _LIST_WORDS)
                other = starting.get(after)
                if other is not None and other is not group:
                    lent += [(other[0], kind) for kind in _settled(group)]
                    lent += [(group[0], kind) for kind in _settled(other)]
    for name, kind in lent:
        name.votes[kind] = name.votes.get(kind, 0.0) + _LIKENED


def _is_listed(ground: Ground, ends: Mapping[int, int], place: Candidate) -> bool:
    """Whether a comma behind a name goes on a list of names that "et" ends ("Sanofir, Ipsène et Servia")."""
    words, at = ground.words, place.end
    if words.norm(place.first - 1, place.first) in _SITUATING:
        return False  # "à Nozay, Data4 et Orvane …"
    while words.norm(at, place.first) == ",":
        after = at + 1 + (words.norm(at + 1, at) in _LIST_WORDS)
        if after not in ends:
            return False
        at = ends[after]
        if words.norm(at, place.first) in _LIST_JOINTS:
            return at + 1 + (words.norm(at + 1, at) in _LIST_WORDS) in ends
    return False


_SITUATING = frozenset({"à", "en", "in", "at", "near", "de", "d'", "chez"})
_LIST_WORDS = frozenset({"d'", "de", "à", "l'", "la", "le", "du", "the", "in", "of", "chez", "en"})


def _settled(group: Sequence[Name]) -> list[EntityType]:
    """The type of a group that is beyond doubt, in a list of one; else nothing."""
    if known := _known(group):
        return [known.type]
    votes: dict[EntityType, float] = {}
    for name in group:
        for kind, weight in name.votes.items():
            votes[kind] = votes.get(kind, 0.0) + weight
    best = sorted(votes, key=lambda kind: (-votes[kind], kind))
    return best[:1] if best and votes[best[0]] >= _SETTLED else []


def _echoes(
    ground: Ground, groups: Sequence[Sequence[Name]], placed: Sequence[tuple[Candidate, Reading]]
) -> list[tuple[Candidate, Reading]]:
    """Names of the article where their capital proved nothing: headlines in capitals, sentence starts."""
    taken = {i for one, _ in placed for i in range(one.first, one.end)}
    readings = {id(one): reading for one, reading in placed}
    own: dict[Known, Reading] = {}
    for group in groups:
        reading = readings[id(group[0].places[0])]
        spelled = tuple(dict.fromkeys(ground.text_of(place) for name in group for place in name.places))
        own[Known(reading.name, reading.type, reading.name, reading.name, spelled)] = reading
    found = known_names(ground.words, gazetteer_of(own))
    return [
        (one, own[one.known])
        for one in found.values()
        if one.known in own and not taken & set(range(one.first, one.end))
    ]
