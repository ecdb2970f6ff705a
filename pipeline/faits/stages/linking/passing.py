"""Figures said in passing, of which no claim is made: what a change is counted over, who is cited, what is counted off.

They stay mentions. In the annotated articles none of 9 durations of "sur un an" or "en un an" is a fact, and 1 of 5
of "en … ans" in the sentence of a change in percent; none of 4 over which something is a record, and no age.
"""

from __future__ import annotations

import re
from itertools import pairwise

from faits.lexicons.stance import passing
from faits.model import EntityValue, Mention, Quantity
from faits.stages.linking.grammar import head_of, parsed, preposition_of
from faits.stages.linking.scene import Scene

_CHANGES = frozenset({"ratio", "points"})
# "12 % de plus en deux ans": how many words may stand between a change and what it is counted over.
_BESIDE = 3
# "Two things": from a dozen on, what is counted is a figure.
_FEW = 12
_OF = frozenset({"de", "of"})
_ANY = frozenset({"un", "une", "tout", "toute", "chaque", "a", "an", "any", "every", "each"})


_ONE = re.compile(r"(?:un|une|a|an|one)\s")
_AGE = re.compile(r", (?:agee? de |aged )?$")
_NOT_A = re.compile(r"\b(?:pas|jamais|sans|not|never|without|no)\b(?:\s\w+){0,2}\s$")
_SINCE = re.compile(r"(?:depuis|en|in|for|since)\b")
_LEAST = frozenset({"power", "energy", "mass", "area", "length", "volume"})


def is_in_passing(scene: Scene, m: Mention) -> bool:
    """Whether a figure only serves what is said beside it."""
    if m.kind == "duration":
        return _is_period_of_change(scene, m) or _is_since_a_record(scene, m) or _is_age(scene, m)
    if m.kind == "count":
        return _is_cited(scene, m) or _is_counted_off(scene, m) or _sizes_any(scene, m)
    if isinstance(m.value, Quantity) and m.value.unit == "V":
        return True  # "la ligne de 400 000 volts": a voltage names a line
    return _is_one_of_any(scene, m)


def _is_since_a_record(scene: Scene, m: Mention) -> bool:
    """Whether a duration is what something is a record over: "la meilleure année depuis cinq ans"."""
    if _SINCE.match(scene.folded, m.start, m.end) is None:
        return False
    before = re.findall(r"\w+", scene.folded[scene.sentence_at(m.start).start : m.start])[-_NEAR_WORDS:]
    told = {*before, *map(" ".join, pairwise(before))}
    return not passing(scene.lang, "record").isdisjoint(told)


_NEAR_WORDS = 12


def _is_age(scene: Scene, m: Mention) -> bool:
    """Whether a duration is how old somebody is: "Anne Sorel, 58 ans, …"."""
    near = scene.entities_in(max(0, m.start - 60), m.start)
    value = near[-1].value if near else None
    if not isinstance(value, EntityValue) or value.type != "PERSON":
        return False
    return _AGE.fullmatch(scene.folded[near[-1].end : m.start]) is not None


def _is_one_of_any(scene: Scene, m: Mention) -> bool:
    """Whether a figure is one of its unit, of which any may be meant: "pas un franc", "un gigawatt équivaut à …"."""
    one = isinstance(m.value, Quantity) and m.value.stated is not None and m.value.stated.number == 1
    if not one or _ONE.match(scene.folded, m.start, m.end) is None:
        return False
    if m.kind == "money":
        return _NOT_A.search(scene.folded[max(0, m.start - 30) : m.start]) is not None
    doc = scene.doc
    token = head_of(doc, m.start, m.end) if m.kind in _LEAST and doc is not None and parsed(doc) else None
    return token is not None and token.dep_.startswith("nsubj")


def _is_period_of_change(scene: Scene, m: Mention) -> bool:
    """Whether a duration is what a change is counted over: "sur un an", "a grimpé de 22 % en deux ans"."""
    words = scene.folded[m.start : m.end].split()
    if " ".join(words) in passing(scene.lang, "year"):
        return True
    if not words or words[0] not in passing(scene.lang, "over"):
        return False
    before = scene.figures_in(scene.sentence_at(m.start).start, m.start)
    if not before or before[-1].kind not in _CHANGES:
        return False
    gap = scene.text[before[-1].end : m.start]
    return len(gap.split()) <= _BESIDE and not any(mark in gap for mark in ",;:.")


def _is_cited(scene: Scene, m: Mention) -> bool:
    """Whether those counted say so: "selon deux sources proches du dossier"."""
    cues = scene.speakers.between(scene.sentence_at(m.start).start, m.start)
    return any(cue.row.place == "before" and 0 <= scene.words_between(cue.end, m.start) < 1 for cue in cues)


def _is_counted_off(scene: Scene, m: Mention) -> bool:
    """Whether the text counts what it is about to say: "deux choses", "three reasons"."""
    few = isinstance(m.value, Quantity) and m.value.number is not None and m.value.number <= _FEW
    words = scene.folded[m.start : m.end].split()
    return few and bool(words) and words[-1] in passing(scene.lang, "saying")


def _sizes_any(scene: Scene, m: Mention) -> bool:
    """Whether a count only says how large a thing is of which there may be any: "un communiqué de quatre pages"."""
    doc = scene.doc
    counted = head_of(doc, m.start, m.end) if doc is not None and parsed(doc) else None
    if counted is None or not counted.dep_.startswith("nmod") or preposition_of(counted) not in _OF:
        return False
    noun = counted.head
    if noun.pos_ != "NOUN" or noun.i > counted.i or not noun.dep_.startswith(("obl", "nmod")):
        return False
    return any(t.dep_ == "det" and t.lower_ in _ANY for t in noun.children)
