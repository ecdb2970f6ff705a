"""Where a sentence names or points to what it is about: names, descriptions, pronouns, possessives, common nouns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from faits.lexicons.naming import noun_types
from faits.lexicons.predicates import AnaphorRow, Found, measures
from faits.model import EntityType, EntityValue
from faits.stages.linking.attribution import speakers
from faits.stages.linking.scene import Scene, Sentence
from faits.stages.linking.tree import Tree

if TYPE_CHECKING:
    from faits.text.parse import Token

SlotKind = Literal["name", "definite", "pronoun", "possessive", "noun", "nothing"]

_CONTENT = re.compile(r"[^\W\d_]{3,}")
_STOP_WORDS = frozenset(
    [
        "les", "des", "une", "aux", "sur", "dans", "par", "pour", "avec", "sans", "que", "qui", "dont", "son", "ses",
        "leur", "cette", "ces", "est", "the", "and", "its", "their", "for", "with", "from", "that", "this", "these",
        "which", "has", "have", "was", "were", "are",
    ]
)  # fmt: skip
_NAMED = frozenset({"amod", "compound", "flat:name", "flat", "fixed", "nummod"})
_NP_WORDS = 7


@dataclass(frozen=True, slots=True)
class Slot:
    """An expression that may be what a figure is about; `token` is its root in the parse, -1 without one."""

    start: int
    end: int
    kind: SlotKind
    token: int
    value: EntityValue | None = None
    types: tuple[EntityType, ...] = ()
    words: frozenset[str] = frozenset()
    noun: str = ""
    rank: Literal["first", "second"] | None = None


NOTHING = Slot(-1, -1, "nothing", -1)


def stems(folded: str) -> frozenset[str]:
    """The words of a folded text that mean something, cut to what inflection leaves alone.

    >>> sorted(stems("le groupe nantais"))
    ['groupe', 'nantai']
    """
    return frozenset(word[:6] for word in _CONTENT.findall(folded) if word not in _STOP_WORDS)


def slots_in(scene: Scene, tree: Tree, sentence: Sentence) -> list[Slot]:
    """The slots of a sentence, in reading order."""
    cited = speakers(scene, sentence)
    found = [
        Slot(m.start, m.end, "name", tree.root(m.start, m.end), m.value)
        for m in scene.entities_in(sentence.start, sentence.end)
        if isinstance(m.value, EntityValue) and m.value.name not in cited
    ]
    taken = [(m.start, m.end) for m in scene.mentions_in(sentence.start, sentence.end)]
    for one in scene.anaphors.between(sentence.start, sentence.end):
        if not _overlaps(taken, one.start, one.end):
            found.append(_pointing(scene, tree, one))
    taken += [(s.start, s.end) for s in found if s.kind != "possessive"]
    found += _nouns(scene, tree, sentence, taken)
    return sorted(found, key=lambda slot: (slot.start, slot.end))


def _overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in spans)


def _pointing(scene: Scene, tree: Tree, found: Found[AnaphorRow]) -> Slot:
    start, end, kind = found.start, found.end, found.row.sort
    token = tree.root(start, end)
    words, noun = frozenset[str](), ""
    if kind == "definite":
        noun = scene.text[start:end]
        if token >= 0:
            a, b = phrase_of(tree, token)
            words, noun = stems(scene.folded[a:b]), scene.text[a:b]
        words |= stems(scene.folded[start:end])
    return Slot(start, end, kind, token, None, found.row.types, words, noun, found.row.rank)


def _nouns(scene: Scene, tree: Tree, sentence: Sentence, taken: list[tuple[int, int]]) -> list[Slot]:
    out = []
    kinds = noun_types(scene.lang)
    for token in tree.tokens(sentence.start, sentence.end):
        opens = token.pos_ == "PROPN" and token.idx == sentence.start  # "Corn shed 1.9%": a name would have been found
        if token.pos_ not in {"NOUN", "ADJ"} and not opens:
            continue
        if token.dep_ in {"amod", "compound", "fixed", "flat", "advmod"}:
            continue
        if _overlaps(taken, token.idx, token.idx + len(token)) or len(token) < 3:
            continue
        folded = scene.folded[token.idx : token.idx + len(token)]
        if folded in measures(scene.lang) or not folded.isalpha():
            continue
        definite = any("Definite=Def" in str(c.morph) or "PronType=Dem" in str(c.morph) for c in token.children)
        if token.pos_ == "ADJ" and not definite:
            continue
        a, b = phrase_of(tree, token.i)
        kind: SlotKind = "definite" if definite else "noun"
        named = kinds.get(folded)
        types = (named,) if named is not None and definite else ()
        out.append(Slot(a, b, kind, token.i, None, types, stems(scene.folded[a:b]), scene.text[a:b]))
    return out


def topic_nouns(scene: Scene, tree: Tree) -> dict[str, str]:
    """The common nouns that a text keeps speaking of from its beginning, by their stems, each as told first."""
    doc = tree.doc
    if doc is None or len(scene.sentences) < _TEXT:
        return {}
    lead = scene.sentences[_LEAD - 1].end
    told: dict[str, int] = {}
    spoken: dict[str, set[int]] = {}
    for token in doc:
        if token.pos_ != "NOUN" or len(token.text) < 4:
            continue
        folded = scene.folded[token.idx : token.idx + len(token)]
        stem = folded[:6]
        if token.idx < lead and folded.isalpha() and folded not in measures(scene.lang):
            told.setdefault(stem, token.i)
        spoken.setdefault(stem, set()).add(scene.sentence_at(token.idx).index)
    often = sorted((stem for stem in told if len(spoken[stem]) >= _OFTEN), key=lambda stem: -len(spoken[stem]))
    spans = {stem: phrase_of(tree, told[stem]) for stem in often[:_TOPIC_NOUNS]}
    return {stem: scene.text[a:b] for stem, (a, b) in spans.items()}


_TEXT, _LEAD, _OFTEN, _TOPIC_NOUNS = 5, 2, 3, 2


def phrase_of(tree: Tree, index: int) -> tuple[int, int]:
    """The noun with its adjectives and its complements right beside it, determiners left out."""
    assert tree.doc is not None
    token = tree.doc[index]
    first = last = token.i
    for child in reversed(list(token.lefts)):
        if child.dep_ in {"amod", "compound"} and child.i == first - 1 and child.pos_ in {"ADJ", "NOUN", "PROPN"}:
            first = child.i
        else:
            break
    last = _right_end(token, last)
    last = min(last, first + _NP_WORDS)
    return tree.doc[first].idx, tree.doc[last].idx + len(tree.doc[last])


def _right_end(token: Token, last: int) -> int:
    for child in token.rights:
        left = child.left_edge.i
        if left != last + 1 or child.like_num or any(t.like_num for t in child.subtree):
            break
        if child.dep_ in _NAMED:
            last = child.i
        elif child.dep_ == "nmod" and any(c.lower_ in {"de", "d'", "d’", "du", "des", "of", "en"} for c in child.lefts):
            last = _right_end(child, child.i)
        else:
            break
    return last
