"""Figures said in passing, of which no claim is made: what a change is counted over, who is cited, what is counted off.

They stay mentions. In the annotated articles none of 9 durations of "sur un an" or "en un an" is a fact, and 1 of 5
of "en … ans" in the sentence of a change in percent.
"""

from __future__ import annotations

from faits.lexicons.stance import passing
from faits.model import Mention, Quantity
from faits.stages.linking.grammar import head_of, parsed, preposition_of
from faits.stages.linking.scene import Scene

_CHANGES = frozenset({"ratio", "points"})
# "12 % de plus en deux ans": how many words may stand between a change and what it is counted over.
_BESIDE = 3
# "Two things": from a dozen on, what is counted is a figure.
_FEW = 12
_OF = frozenset({"de", "of"})
_ANY = frozenset({"un", "une", "tout", "toute", "chaque", "a", "an", "any", "every", "each"})


def is_in_passing(scene: Scene, m: Mention) -> bool:
    """Whether a figure only serves what is said beside it."""
    if m.kind == "duration":
        return _is_period_of_change(scene, m)
    return m.kind == "count" and (_is_cited(scene, m) or _is_counted_off(scene, m) or _sizes_any(scene, m))


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
