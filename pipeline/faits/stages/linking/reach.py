"""Whether a date governs a figure: by the verbs and nouns the parse hangs both on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from faits.lexicons.frames import found_in, happenings
from faits.model import DateValue, Mention, Predicate
from faits.stages.linking.grammar import head_of, parsed, preposition_of
from faits.stages.linking.periods import is_deadline, long_enough
from faits.stages.linking.scene import Scene, Sentence

if TYPE_CHECKING:
    from faits.text.parse import Token

# What a thing is by build: "a ouvert en 2024 un parc de 100 MW" dates the opening, not the power.
_LASTING: frozenset[Predicate] = frozenset({"power_capacity", "energy_storage", "duration"})
_CLAUSE = frozenset({"VERB", "AUX"})
_CONTENT = frozenset({"VERB", "AUX", "NOUN", "PROPN", "PRON"})
_OPENING_WORDS = 5
_SUBJECTS = ("nsubj", "csubj")
_OF_NOUNS = frozenset({"de", "of", "depuis", "since"})
_NAMING = frozenset({"nmod", "compound", "nummod", "amod"})


@dataclass(frozen=True, slots=True)
class Reach:
    """What the words alone say of a date and a figure: it opens the sentence, a mark stands between, what is told."""

    opens: bool
    broken: bool
    predicate: Predicate


def opens(scene: Scene, date: Mention, sentence: Sentence) -> bool:
    """Whether a date stands at the head of its sentence, before any noun or verb ("Au premier semestre, …")."""
    if scene.words_between(sentence.start, date.start) > _OPENING_WORDS:
        return False
    if not parsed(scene.doc) or scene.doc is None:
        return date.start - sentence.start < 12
    span = scene.doc.char_span(sentence.start, date.start, alignment_mode="contract")
    return span is None or not any(token.pos_ in _CONTENT for token in span)


def governs(scene: Scene, date: Mention, m: Mention, reach: Reach) -> bool:
    """Whether a date is said of the figure, not of another verb or noun of the sentence."""
    doc = scene.doc
    d = head_of(doc, date.start, date.end) if doc is not None and parsed(doc) else None
    f = head_of(doc, m.start, m.end) if doc is not None and parsed(doc) else None
    if d is None or f is None:
        return not (reach.broken and not reach.opens)
    if d.sent.start != f.sent.start:
        return reach.opens or not reach.broken
    verb = _verb_over(d)
    assert isinstance(date.value, DateValue)
    due = is_deadline(date.value)
    if verb is not None and not due and _tells(scene, verb) and not long_enough(date.value):
        return False
    if verb is not None and reach.broken and verb.i == d.sent.start and "Part" in verb.morph.get("VerbForm", []):
        return False  # "Founded in 2017, X employs 410 people", wherever the parse hangs the rest
    above = _over(f)
    if reach.predicate in _LASTING and not due and _describes(f):
        return f in d.ancestors and verb in (None, *above)
    if reach.opens:
        return not (verb is not None and verb.dep_ in {"acl", "acl:relcl"} and verb not in above)
    host = d.head
    if host.pos_ not in _CLAUSE and preposition_of(d) in _OF_NOUNS:
        heads = host in above or any(a.i == f.i for a in host.ancestors)
        return heads or host.i == f.i or (host.dep_.startswith(_SUBJECTS) and host.head in above)
    if verb is None:
        return not reach.broken or any(a.i == f.i for a in d.ancestors)
    if verb in above:
        return True
    return verb.dep_.startswith("acl") and not reach.broken and (verb.head in above or verb.head.i == f.i)


def _over(f: Token) -> list[Token]:
    """What governs a figure within its own clause, and the clauses that this one only completes."""
    found = [f]
    token = f
    while token.head.i != token.i:
        if token.dep_.startswith("acl") and token.i != f.i:
            break  # what is told of a noun in passing stands outside the date of its sentence
        if token.dep_ == "conj" and token.pos_ in _CLAUSE and _tense(token) != _tense(token.head):
            break  # "avait levé 450 millions en 2022 et revendique 6 GW"
        token = token.head
        found.append(token)
    return found


def _tense(verb: Token) -> tuple[list[str], list[str]]:
    return verb.morph.get("Tense", []), verb.morph.get("VerbForm", [])


def _verb_over(d: Token) -> Token | None:
    return next((a for a in d.ancestors if a.pos_ in _CLAUSE or any(c.dep_ == "cop" for c in a.children)), None)


def _describes(f: Token) -> bool:
    """Whether a figure only describes a noun ("un parc de 100 MW", "a 100MW park")."""
    return f.dep_.split(":")[0] in _NAMING and f.head.pos_ in {"NOUN", "PROPN"}


def _tells(scene: Scene, verb: Token) -> bool:
    """Whether a verb says or announces: its date is that of the telling."""
    end = verb.idx + len(verb.text)
    if any(one.start <= verb.idx < one.end for one in scene.speakers.between(verb.idx - 20, end)):
        return True
    return any(
        one.row.predicate == "announced" and one.start <= 0 < one.end
        for one in found_in(happenings(scene.lang), scene.folded[verb.idx : end])
    )
