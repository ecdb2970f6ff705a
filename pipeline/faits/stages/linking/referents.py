"""Whom a word of the text stands for: a name, a description, a pronoun, or nothing that has a name."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from faits.lexicons.naming import noun_types, phrases
from faits.lexicons.predicates import fold
from faits.model import EntityType, EntityValue, Mention, Party
from faits.stages.linking.attribution import speakers
from faits.stages.linking.gender import agrees
from faits.stages.linking.grammar import head_of, parsed, phrase, preposition_of, slots_of
from faits.stages.linking.scene import Scene, Sentence

if TYPE_CHECKING:
    from faits.text.parse import Token

ANYTHING: frozenset[EntityType] = frozenset({"ORG", "PERSON", "PLACE", "PRODUCT", "PROJECT", "EVENT"})
_PEOPLE: frozenset[EntityType] = frozenset({"PERSON"})
_ANNOUNCED: frozenset[EntityType] = frozenset({"PERSON", "ORG"})
_RELATIVE = frozenset({"qui", "que", "qu'", "qu’", "dont", "auquel", "à laquelle", "lequel", "laquelle", "lesquels",
                       "lesquelles", "which", "who", "that", "whom", "whose", "où"})  # fmt: skip
_HUMAN = frozenset({"he", "she", "his", "her", "him"})
_PERSONAL = frozenset({"il", "elle", "ils", "elles", "celui-ci", "celle-ci", "it", "they", "lui", "leur"}) | _HUMAN
_POSSESSIVE = frozenset({"son", "sa", "ses", "leur", "leurs", "its", "their", "his", "her", "whose"})
_NAMED_AFTER = {"appos", "flat", "flat:name", "nmod", "nmod:appos", "compound", "dep"}
_GOVERNED = re.compile(
    r"\b(?:par|a|au|aux|de|du|des|avec|chez|pour|dans|en|sur|selon|by|with|of|from|to|in|at|for|on)\s+"
    r"(?:les? |la |the )?$"
    r"|\b(?:d'|de l'|a l'|par l')$"
)
_ORGANISATIONS: frozenset[EntityType] = frozenset({"ORG"})
_INSTITUTIONS: frozenset[EntityType] = frozenset({"ORG", "PLACE"})
_NEAR_SENTENCES = 3
_OBJECTS = ("obj", "iobj", "obl", "dative", "dobj")
_REACH_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class Referent:
    """What a token stands for: an entity, or a common noun as written; `how` says which rule found it."""

    start: int
    end: int
    value: EntityValue | None
    text: str
    how: str

    @property
    def party(self) -> Party:
        """The referent as a party of a claim."""
        if self.value is None:
            return Party(id=None, name=self.text, type=None)
        return party_of(self.value)


def party_of(value: EntityValue) -> Party:
    """An entity as a party of a claim."""
    return Party(id=value.id, name=value.name, type=value.type, aliases=value.aliases)


class Referents:
    """The referents of one text's tokens."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    @cached_property
    def _starts(self) -> list[int]:
        return [m.start for m in self.scene.entities]

    def named(self, token: Token) -> Referent | None:
        """The entity whose name covers a token."""
        at = bisect_right(self._starts, token.idx) - 1
        # A long name may hold a short one that starts later: look a few back.
        for m in reversed(self.scene.entities[max(0, at - 2) : at + 1]):
            if m.start <= token.idx < m.end and isinstance(m.value, EntityValue):
                return Referent(m.start, m.end, m.value, m.text, "name")
        return None

    def of(self, token: Token, types: frozenset[EntityType] = ANYTHING, depth: int = 0) -> Referent:
        """What a token stands for; a common noun where no entity of `types` is behind it."""
        found = self._entity(token, types, depth)
        if found is not None and found.value is not None and found.value.type in types:
            return found
        text = phrase(token)
        return Referent(token.idx, token.idx + len(token.text), None, text, "common noun")

    def _entity(self, token: Token, types: frozenset[EntityType], depth: int) -> Referent | None:
        if (one := self.named(token)) is not None:
            return one
        word = token.lower_
        if word in _RELATIVE and depth < 3:
            return self._relative(token, types, depth)
        if word in _PERSONAL or word in _POSSESSIVE:
            wanted = _PEOPLE & types if word in _HUMAN else types
            return self._pronoun(token, wanted or types, possessive=word in _POSSESSIVE, depth=depth)
        beside = self._beside(token) or self._apposed(token, types) or self._hosted(token, types)
        if beside is not None:  # "le modèle Llama": the noun has its name, of the wanted type or not
            return beside
        return self._described(token, types)

    def _relative(self, token: Token, types: frozenset[EntityType], depth: int) -> Referent | None:
        for one in [token, *token.ancestors]:
            if one.dep_.startswith("acl") and one.head.i != one.i:
                found = self.of(one.head, types, depth + 1)
                if found.value is not None:
                    return found
                break
        before = self.scene.entities_in(max(0, token.idx - 60), token.idx)
        near = before and self.scene.words_between(before[-1].end, token.idx) <= 1
        m = before[-1] if near else None
        return Referent(m.start, m.end, m.value, m.text, "relative") if m and isinstance(m.value, EntityValue) else None

    def _beside(self, token: Token) -> Referent | None:
        """The name right behind its common noun: "le fonds américain Palisade", "its partner Korvan"."""
        if token.pos_ not in {"NOUN", "PROPN", "ADJ"}:
            return None
        for m in self.scene.entities_in(token.idx + len(token.text), token.idx + len(token.text) + 45):
            gap = self.scene.text[token.idx + len(token.text) : m.start]
            if any(c in gap for c in ',;:.()«»"\n') or len(gap.split()) > 4 or not isinstance(m.value, EntityValue):
                return None
            span = token.doc.char_span(m.start, m.end, alignment_mode="expand")
            if span is None or span.start == 0:
                return None
            if span.root.pos_ == "ADJ" and m.text[:1].islower():
                continue  # "l'éditeur toulousain Octavio": the town is no name of the editor
            before = token.doc[span.start - 1]
            joined = before.pos_ in {"NOUN", "ADJ", "PROPN", "X"} and token in span.root.ancestors
            if not joined:
                continue
            return Referent(m.start, m.end, m.value, m.text, "apposition")
        return None

    def _apposed(self, token: Token, types: frozenset[EntityType]) -> Referent | None:
        """The name after the comma that a noun announces: "the chief executive of Orano, Nicolas Maes"."""
        for child in token.rights:
            one = self.named(child) if child.dep_ == "appos" else None
            value = one.value if one is not None else None
            if one is not None and value is not None and value.type in types & _ANNOUNCED:
                return Referent(one.start, one.end, value, one.text, "apposition")
        return None

    def _hosted(self, token: Token, types: frozenset[EntityType]) -> Referent | None:
        """The name that a noun in apposition tells of: "Lumen, le spécialiste breton des puces"."""
        noun = token
        while noun.dep_ == "nmod" and noun.head.pos_ == "NOUN" and noun.head.i < noun.i and noun.i - noun.head.i < 6:
            noun = noun.head
        if noun.dep_ != "appos" or noun.head.i > noun.i or (noun.i != token.i and token.dep_ != "nmod"):
            return None
        one = self.named(noun.head)
        fits = one is not None and one.value is not None and one.value.type in types and one.end <= noun.idx
        return Referent(one.start, one.end, one.value, one.text, "apposition") if one is not None and fits else None

    def _described(self, token: Token, types: frozenset[EntityType]) -> Referent | None:
        if any(c.dep_ == "nmod" and c.pos_ == "NOUN" and preposition_of(c) in {"de", "of"} for c in token.rights):
            return None  # "le tribunal de commerce" says what it is: it points back to nobody
        at = token.idx
        for a, b, value in self.scene.descriptions:
            if a <= at < b and value.type in types:
                return Referent(a, b, value, self.scene.text[a:b], "description")
        for one in self.scene.anaphors.between(max(0, at - 25), at + 1):
            wanted = frozenset(one.row.types) & types
            if one.start <= at < one.end and wanted:
                firm = one.row.types == ("ORG",)
                found = self.firm_at(one.start) if firm else self.antecedent(one.start, wanted)
                if found is not None:
                    return Referent(one.start, one.end, found, self.scene.text[one.start : one.end], "description")
        return None

    def _pronoun(self, token: Token, types: frozenset[EntityType], *, possessive: bool, depth: int) -> Referent | None:
        wanted = types - {"PLACE"}
        if possessive:
            value = self.owner(token.idx, wanted)
        elif token.dep_.startswith(_OBJECTS):
            value = self._beside_subject(token, wanted) or self.antecedent(token.idx, wanted, here=False)
        elif (outer := self._clause_subject(token, depth)) is not None:
            value = outer.value
        else:
            value = self.antecedent(token.idx, wanted, here=self._after_stop(token.idx))
        if value is None or value.type not in wanted or not agrees(self.scene, token.text, value):
            return None
        return Referent(token.idx, token.idx + len(token.text), value, token.text, "pronoun")

    def _after_stop(self, offset: int) -> bool:
        """Whether a colon or semicolon before a pronoun makes what stands before it a sentence: "X persiste : il"."""
        start = self.scene.sentence_at(offset).start
        return re.search(r"[;:]\s", self.scene.text[start:offset]) is not None

    def just_said(self, token: Token, types: frozenset[EntityType]) -> Referent | None:
        """What of these types the sentence before named, for a pronoun that its own sentence leaves open."""
        if token.lower_ in _RELATIVE:
            return found if (found := self.of(token, types)).value is not None else None
        outer = self._clause_subject(token, 0)
        sentence = self.scene.sentence_at(token.idx)
        if outer is not None or sentence.index == 0:
            value = outer.value if outer is not None else None
        else:
            before = self.scene.sentences[sentence.index - 1]
            value = self._leading(before, before.end, types) if before.paragraph == sentence.paragraph else None
        if value is None or value.type not in types:
            return None
        return Referent(token.idx, token.idx + len(token.text), value, token.text, "pronoun")

    def firm_at(self, offset: int) -> EntityValue | None:
        """The organisation a definite description means: who acts before it in its sentence, else the article's."""
        sentence = self.scene.sentence_at(offset)
        for m in reversed(self.scene.entities_in(sentence.start, offset)):
            if isinstance(m.value, EntityValue) and m.value.type == "ORG" and self.is_subject(m.start, m.end):
                return m.value
        first = self.scene.sentences[max(0, sentence.index - _NEAR_SENTENCES)].start
        near = {v.id for v in self.spoken_of(first, offset)}
        topics = [v for v in self.scene.ranked_topics if v.type == "ORG"]
        if topics and (topics[0].id in near or len(topics) == 1):
            return topics[0]
        return self.antecedent(offset, _ORGANISATIONS, here=False)

    def _clause_subject(self, token: Token, depth: int) -> Referent | None:
        """The subject of the clause around the pronoun's own: "la start-up promet l'électricité qu'elle produira"."""
        if depth > 1:
            return None
        verb = token.head
        for above in verb.ancestors:
            for child in above.children:
                if child.dep_.startswith("nsubj") and child.idx < token.idx and child.i != token.i:
                    found = self.of(child, ANYTHING, depth + 1)
                    if found.value is not None and agrees(self.scene, token.text, found.value):
                        return found
        return None

    def _beside_subject(self, token: Token, types: frozenset[EntityType]) -> EntityValue | None:
        """The last one named before an object pronoun who is not its verb's subject: "X soutient Y et lui fournit"."""
        sentence = self.scene.sentence_at(token.idx)
        subjects = {self.of(t, ANYTHING, 1).party.id for t in slots_of(token.head, noun=False).get("subject", [])}
        for m in reversed(self.scene.entities_in(sentence.start, token.idx)):
            value = m.value
            if isinstance(value, EntityValue) and value.type in types and value.id not in subjects:
                return value if agrees(self.scene, token.text, value) else None
        return None

    def owner(self, offset: int, types: frozenset[EntityType]) -> EntityValue | None:
        """Whose a thing is behind "son" or "its": the subject of its clause, else what was spoken of last."""
        doc = self.scene.doc
        token = head_of(doc, offset, offset + 1) if doc is not None and parsed(doc) else None
        if token is not None:
            verb = next((t for t in token.ancestors if t.pos_ in {"VERB", "AUX"}), None)
            for child in verb.children if verb is not None else ():
                acts = child.dep_.startswith("nsubj") and token not in child.subtree and child.pos_ != "PRON"
                # "Dans son rapport, X explique": what opens the clause points at its subject.
                if acts and (child.idx < offset or self._opens(token, child)):
                    found = self.of(child, types, 2)
                    if found.value is not None:
                        return found.value
        return self.antecedent(offset, types)

    def acting_noun(self, offset: int) -> str | None:
        """The nearest subject before "son" or "its" in its sentence, as written, where it is an institution's noun."""
        doc, sentence = self.scene.doc, self.scene.sentence_at(offset)
        if doc is None or not parsed(doc):
            return None
        span = doc.char_span(sentence.start, offset, alignment_mode="contract")
        for token in reversed(span or ()):
            if not token.dep_.startswith("nsubj") or token.pos_ in {"PRON", "DET"}:
                continue
            words = phrase(token)
            public = bool(phrases(self.scene.lang, "public_body").starting(words.lower().split(), 0))
            known = self.named(token) or self._beside(token)
            if token.pos_ != "NOUN" or known or not (public or self._entity(token, ANYTHING, 1) is None):
                return None
            determiner = next((c for c in token.lefts if c.dep_ == "det"), None)
            kind = noun_types(self.scene.lang).get(fold(token.text))
            if determiner is None or not (public or kind in _INSTITUTIONS):
                return None
            return f"{determiner.text}{determiner.whitespace_}{words}"
        return None

    def _opens(self, possessive: Token, subject: Token) -> bool:
        """Whether a possessive stands in a complement that opens its sentence, parted from the subject by a comma."""
        start = self.scene.sentence_at(possessive.idx).start
        opening = self.scene.text[start : possessive.idx].split()
        comma = self.scene.text.find(",", possessive.idx, subject.idx)
        return len(opening) == 1 and comma > 0 and not self.scene.entities_in(start, subject.idx)

    def antecedent(self, offset: int, types: frozenset[EntityType], *, here: bool = True) -> EntityValue | None:
        """The entity a pronoun or description at `offset` points back to: of its sentence, else of those before."""
        sentence = self.scene.sentence_at(offset)
        if here and (value := self._leading(sentence, offset, types)) is not None:
            return value
        for back in range(1, _REACH_SENTENCES + 1):
            if sentence.index - back < 0:
                break
            before = self.scene.sentences[sentence.index - back]
            if (earlier := self._leading(before, before.end, types)) is not None:
                return earlier
        if not here and (value := self._leading(sentence, offset, types)) is not None:
            return value
        return next((v for v in self.scene.ranked_topics[:2] if v.type in types), self._only(offset, types))

    def _only(self, offset: int, types: frozenset[EntityType]) -> EntityValue | None:
        """The one entity of these types that the text has named so far, if there is just one."""
        named = {m.value.id: m.value for m in self.scene.entities_in(0, offset) if isinstance(m.value, EntityValue)}
        fitting = [value for value in named.values() if value.type in types]
        return fitting[0] if len(fitting) == 1 else None

    def spoken_of(self, start: int, end: int) -> list[EntityValue]:
        """The entities named or told by their place in a stretch of the text, in reading order."""
        return [m.value for m in self.scene.entities_in(start, end) if isinstance(m.value, EntityValue)]

    def _leading(self, sentence: Sentence, until: int, types: frozenset[EntityType]) -> EntityValue | None:
        """The entity a sentence is about so far: its subject, else the first it names."""
        first: EntityValue | None = None
        free: EntityValue | None = None
        cited = speakers(self.scene, sentence)
        for m in self.scene.entities_in(sentence.start, until):
            if not isinstance(m.value, EntityValue) or m.value.type not in types or m.value.name in cited:
                continue
            if first is None:
                first = m.value
            if self.is_subject(m.start, m.end):
                return m.value
            if free is None and not _GOVERNED.search(self.scene.folded[max(0, m.start - 14) : m.start]):
                free = m.value
        return free or first  # "Soutenue par X, la start-up Y prépare": the one no preposition governs

    def is_subject(self, start: int, end: int) -> bool:
        """Whether the name at a span is the subject of a verb."""
        doc = self.scene.doc
        if doc is None or not parsed(doc):
            return False
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None or not len(span):
            return False
        root = span.root
        while root.dep_ in _NAMED_AFTER and not preposition_of(root) and root.head.i < root.i:
            root = root.head
        return root.dep_.startswith("nsubj")


_HELPING = re.compile(
    r"^\s*(?:,\s*)?(?:who |which |that |qui |a |ont |avait |has |have |had |will |va |vient de |is |est |was |a été "
    r"|has been |then |aussi |also |désormais |now )*\s*$"
)
_DETERMINED = re.compile(r"^\s*(?:the |le |la |les |l['’]|its |son |sa )?\s*$")
_AGENT = re.compile(r"^\s*(?:by|par)\s+(?:the |le |la |les |l['’])?$")
_NEAR = 40


def neighbours(scene: Scene, start: int, end: int) -> tuple[Mention, Mention] | None:
    """Who does and whom it is done to, right beside a verb at `text[start:end]`, where the parse fails."""
    left, right = scene.entities_in(max(0, start - 2 * _NEAR), start), scene.entities_in(end, end + _NEAR)
    if not left or not right or left[-1].end > start:
        return None
    before, after = scene.text[left[-1].end : start].lower(), scene.text[end : right[0].start].lower()
    if not _HELPING.match(before):
        return None
    if _AGENT.match(after):
        return right[0], left[-1]
    return (left[-1], right[0]) if _DETERMINED.match(after) else None
