"""Dates that are the point of their sentence: founded, started, ended, announced, due; and what it happened to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from faits.lexicons.frames import EventRow, found_in, happenings, parts, when_verbs
from faits.lexicons.predicates import Found
from faits.model import DateValue, EntityType, EntityValue, Mention, Party, Predicate
from faits.stages.linking.grammar import head_of, parsed, phrase, preposition_of, slots_of
from faits.stages.linking.referents import Referent, Referents
from faits.stages.linking.scene import Scene, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# From this score on a word says that the date itself is told, not only when something else was.
_TOLD: dict[Predicate, float] = {
    "founded": 0.5, "start_date": 0.62, "end_date": 0.62, "announced": 0.55, "deadline": 0.55,
}  # fmt: skip
_ARC, _WORD, _FIGURE, _UNTIMED, _TIMED, _COARSE = 0.13, 0.02, 0.2, 0.15, 0.2, 0.25
_CLOSED = {"ccomp", "acl:relcl", "advcl", "parataxis", "ROOT"}
_QUOTES = '«»“”"'
_ARCS = 3
_THINGS: frozenset[EntityType] = frozenset({"ORG", "PROJECT", "PRODUCT", "EVENT", "PERSON"})
_SAYERS: frozenset[EntityType] = frozenset({"ORG", "PERSON", "PLACE", "EVENT"})
_SITES: frozenset[EntityType] = frozenset({"PROJECT", "PRODUCT", "EVENT"})
_BACK_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Event:
    """A date that is a fact, with what it is the date of.

    `subject` is None where no word of the clause names it; `noun` is then the common noun that stands there, if any.
    """

    date: Mention
    sentence: Sentence
    predicate: Predicate
    cue: tuple[int, int]
    subject: Party | None
    object: Party | None
    score: float
    rule: str
    noun: Party | None = None


class _Told:
    """The words for what happens in one text, and their tokens."""

    def __init__(self, scene: Scene, doc: Doc) -> None:
        self.scene, self.doc = scene, doc
        self.referents = Referents(scene)

    @cached_property
    def by_token(self) -> dict[int, list[Found[EventRow]]]:
        found: dict[int, list[Found[EventRow]]] = {}
        for one in found_in(happenings(self.scene.lang), self.scene.folded):
            if self.within(one.start, self.scene.dates) or self.within(one.start, self.scene.figures):
                continue  # "fin 2027", "début juin": part of the date itself
            token = head_of(self.doc, one.start, one.end)
            if token is not None and _is(token, one.row):
                found.setdefault(token.i, []).append(one)
        return found

    def within(self, offset: int, mentions: Sequence[Mention]) -> bool:
        """Whether `offset` lies inside one of `mentions`, which are in reading order."""
        at = bisect_right(mentions, offset, key=lambda m: m.start) - 1
        return at >= 0 and mentions[at].start <= offset < mentions[at].end

    @cached_property
    def parts(self) -> frozenset[str]:
        return parts(self.scene.lang)

    @cached_property
    def when(self) -> set[int]:
        hits = (head_of(self.doc, one.start, one.end) for one in when_verbs(self.scene.lang).find(self.scene.folded))
        return {token.i for token in hits if token is not None}


def events(scene: Scene) -> Iterator[Event]:
    """Each date that is a fact of its own, in reading order."""
    if scene.doc is None or not parsed(scene.doc):
        return
    told = _Told(scene, scene.doc)
    for m in scene.dates:
        if isinstance(m.value, DateValue) and m.value.edtf is not None:
            best = max(_readings(told, m), key=lambda pair: pair[0], default=None)
            if best is not None and best[0] >= _TOLD[best[1].row.predicate]:
                found = _event(told, m, *best)
                if found is not None:
                    yield found


def _is(token: Token, row: EventRow) -> bool:
    if row.pos == "noun":
        return token.pos_ in {"NOUN", "PROPN", "ADJ", "X"}
    # A participle that opens its sentence ("Inaugurée le 20 juin, …") is often tagged a name.
    return token.pos_ in {"VERB", "AUX", "ADJ"} or token.dep_ in {"advcl", "acl", "ROOT"}


def _readings(told: _Told, m: Mention) -> Iterator[tuple[float, Found[EventRow], Token]]:
    """The words a date may belong to: those that govern it, and those its verb speaks of."""
    date = head_of(told.doc, m.start, m.end)
    if date is None:
        return
    for arcs, token in enumerate([date, *date.ancestors][: _ARCS + 2]):
        spoken = list(_spoken_of(told, m, token, arcs)) if token.pos_ in {"VERB", "AUX"} or token.i in told.when else []
        timed = bool(spoken) and token.i in told.when
        for one in told.by_token.get(token.i, []):
            if timed and one.row.predicate == "announced":
                continue  # "la fermeture est fixée au 1er août": the verb only times its noun
            if not (one.row.predicate == "announced" and date.dep_ in {"obj", "dobj"} and arcs <= 1):
                yield _weigh(told, m, one, arcs), one, token
        yield from spoken
        # Within a subject or an apposition, or a clause of its own, a date is not said of what governs that.
        if token.i != date.i and (token.dep_.startswith(("nsubj", "appos")) or token.dep_ in _CLOSED):
            break


def _spoken_of(told: _Told, m: Mention, verb: Token, arcs: int) -> Iterator[tuple[float, Found[EventRow], Token]]:
    slots = slots_of(verb, noun=False)
    less = -_TIMED if verb.i in told.when else _UNTIMED
    for argument in [*slots.get("object", []), *slots.get("subject", [])]:
        for token in [argument, *(c for c in argument.children if c.dep_ == "nmod")]:
            for one in told.by_token.get(token.i, []):
                if one.row.pos == "noun":
                    yield _weigh(told, m, one, arcs + 1) - less, one, token


def _weigh(told: _Told, m: Mention, one: Found[EventRow], arcs: int) -> float:
    scene = told.scene
    a, b = (one.end, m.start) if one.end <= m.start else (m.end, one.start)
    score = one.row.weight - _ARC * max(0, arcs - 1) - _WORD * min(20, scene.words_between(a, b))
    score -= _FIGURE * min(2, scene.figures_between(a, b))
    relation = m.value.relation if isinstance(m.value, DateValue) else "in"
    if one.row.predicate == "deadline":
        score += 0.1 if relation in {"by", "before"} else -0.5 if relation == "from" else 0.0
    if one.row.predicate == "announced":
        score -= 0.5 if relation in {"from", "by", "not_before", "until"} else 0.0
        # News has a day or a month; a year alone mostly dates what is told.
        score -= 1.0 if not scene.text[a:b].strip() and m.text.strip().isdigit() else 0.0  # "elle annonçait 2029"
        score -= _COARSE if re.fullmatch(r"\d{4}(?:/\d{4})?", getattr(m.value, "edtf", None) or "") else 0.0
    if any(mark in scene.text[a:b] for mark in _QUOTES):
        score -= 0.5
    return score


def _event(told: _Told, m: Mention, score: float, one: Found[EventRow], token: Token) -> Event | None:
    scene = told.scene
    theme = _Theme(told, one.row, token)
    if theme.counted or (one.row.predicate == "founded" and theme.subject is None):
        return None
    word = scene.text[one.start : one.end]
    return Event(
        m, scene.sentence_at(m.start), one.row.predicate, (one.start, one.end), theme.subject, theme.object,
        round(score, 3), f"“{word}”, {theme.rule}", theme.noun,
    )  # fmt: skip


class _Theme:
    """What a thing happened to, what of it, and how that was found."""

    def __init__(self, told: _Told, row: EventRow, token: Token) -> None:
        self.told, self.row, self.token = told, row, token
        self.subject: Party | None = None
        self.object: Party | None = None
        self.noun: Party | None = None
        self.counted = False
        self.rule = "no name beside it"
        self.slots = slots_of(token, noun=row.pos == "noun")
        if row.predicate == "announced":
            self._announced()
        else:
            self._found()

    def _announced(self) -> None:
        for slot in self.row.theme[:1] if self.row.pos == "verb" else self.row.theme:
            for argument in self._arguments(slot):
                found = self.told.referents.of(argument, _SAYERS)
                if found.value is not None:
                    self.subject, self.rule = found.party, f"{slot}, {found.how}"
                    break
                if argument.pos_ == "NOUN" and self.noun is None:
                    self.noun = self._described(argument)
            if self.subject is not None:
                break
        if self.subject is None and self.row.pos == "verb":
            self._inverted()
        about = next((t for t in self._arguments("object") if t.pos_ in {"NOUN", "PROPN"}), None)
        if self.row.pos == "verb" and about is not None:
            self.object = self._described(about)

    def _inverted(self) -> None:
        """A sayer right after its verb, taken for an object: "…, a indiqué mardi EDF"."""
        for argument in self._arguments("object"):
            named = self.told.referents.named(argument)
            if named is not None and named.value is not None and named.value.type in _SAYERS:
                self.subject, self.rule = named.party, "after its verb"
                self.slots["object"] = []
                return

    def _found(self) -> None:
        nouns: list[Token] = []
        for slot in self.row.theme:
            for argument in self._arguments(slot):
                found = self._thing(argument)
                if found.value is not None and self._done_by(found, nouns):
                    break
                if found.value is not None:
                    other = self._described(nouns[0]) if nouns else None
                    self._take(found.party, other, f"{slot}, {found.how}")
                    return
                inside = _inside(self.told, argument)
                if inside is not None:
                    self._take(inside.party, self._described(argument), f"named in its {slot}")
                    return
                if argument.pos_ in {"NOUN", "PROPN"} and self.told.within(argument.idx, self.told.scene.figures):
                    self.counted = self.row.pos == "verb"
                    return
                if argument.pos_ in {"NOUN", "PROPN"}:
                    nouns.append(argument)
        opened = _opened(self.told, self.token) if not nouns and self.row.pos == "verb" else None
        if opened is not None:
            self._take(opened.party, None, "the name after it")
            return
        self._common(nouns[0] if nouns else self.token if self.row.pos == "noun" else None)

    def _thing(self, argument: Token) -> Referent:
        """What an argument stands for: a pronoun that starts or ends is a project rather than who runs it."""
        if argument.pos_ == "PRON" and self.row.predicate != "founded":
            found = self.told.referents.of(argument, _SITES)
            if found.value is not None:
                return found
        return self.told.referents.of(argument, _THINGS)

    def _done_by(self, found: Referent, nouns: list[Token]) -> bool:
        """Whether a name only does it to a part of a project ("EDF mettra en service le premier réacteur")."""
        if not nouns or found.value is None or found.value.type in _SITES or not _definite(nouns[0]):
            return False
        return _context(self.told, nouns[0]) is not None

    def _common(self, noun: Token | None) -> None:
        """A common noun: a part or step of the project spoken of, else a thing of its own."""
        if noun is None or self.row.predicate == "founded":
            return
        part = noun.i == self.token.i or noun.lemma_.lower() in self.told.parts or noun.lower_ in self.told.parts
        value = _context(self.told, noun) if part else None
        if value is not None:
            self._take(Referent(0, 0, value, "", "").party, self._described(noun), "what the text speaks of")
        elif not part and noun.i != self.token.i:
            self._take(self._described(noun), None, "common noun")
        else:
            self.noun = self._described(noun)
            self.object = self.noun

    def _described(self, token: Token) -> Party | None:
        """A noun phrase as written, up to a date in it ("le site" of "le site lundi")."""
        found = _described(token)
        if found is None:
            return None
        start = self.told.scene.text.find(found.name, max(0, token.idx - len(found.name)))
        dates = self.told.scene.dates_in(start, start + len(found.name)) if start >= 0 else []
        name = found.name[: dates[0].start - start].strip() if dates else found.name
        return found.model_copy(update={"name": name}) if name else None

    def _take(self, subject: Party | None, other: Party | None, rule: str) -> None:
        self.subject, self.object, self.rule = subject, other, rule

    def _arguments(self, slot: str) -> Iterator[Token]:
        for token in self.slots.get(slot, []):
            if not self.told.within(token.idx, self.told.scene.dates):
                yield token


def _opened(told: _Told, token: Token) -> Referent | None:
    """The name after the comma, for a participle that opens its sentence ("Founded in 2013, Helion …")."""
    scene = told.scene
    sentence = scene.sentence_at(token.idx)
    if token.idx - sentence.start > 2 or (comma := scene.text.find(",", token.idx, sentence.end)) < 0:
        return None
    for m in scene.entities_in(comma, min(sentence.end, comma + 60)):
        if isinstance(m.value, EntityValue) and m.value.type in _THINGS:
            return Referent(m.start, m.end, m.value, m.text, "name")
    return None


def _definite(noun: Token) -> bool:
    return any(c.dep_ == "det" and "Def" in c.morph.get("Definite", []) for c in noun.children)


def _described(token: Token) -> Party | None:
    text = phrase(token)
    return Party(id=None, name=text, type=None) if text else None


def _inside(told: _Told, token: Token) -> Referent | None:
    """The entity a noun phrase names in its complement: "le premier réacteur de Hinkley Point C"."""
    for child in token.rights:
        if child.dep_.startswith("nmod") and preposition_of(child) in {"de", "of"}:
            one = told.referents.of(child, _THINGS)
            if one.value is not None and one.how in {"name", "apposition", "description"}:
                return one
            return _inside(told, child)
    return None


def _context(told: _Told, token: Token) -> EntityValue | None:
    """The project or product spoken of last before a part or a step of it is ("le premier réacteur")."""
    scene = told.scene
    sentence = scene.sentence_at(token.idx)
    for one in reversed(scene.sentences[max(0, sentence.index - _BACK_SENTENCES) : sentence.index + 1]):
        if one.paragraph != sentence.paragraph:
            break
        named = [
            m.value
            for m in scene.entities_in(one.start, one.end)
            if isinstance(m.value, EntityValue) and m.value.type in _SITES
        ]
        if named:
            return named[0]
    return next((value for value in scene.ranked_topics if value.type in _SITES), None)
