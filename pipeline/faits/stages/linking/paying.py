"""Who gives a sum or a share and who gets it, read off the noun or the verb that governs the figure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from faits.lexicons.payments import HandingRow, PaymentRow, handings, payments, public, sums
from faits.lexicons.predicates import Found, fold
from faits.model import EntityType, Mention, Predicate
from faits.stages.linking.grammar import Slots, preposition_of, slots_of
from faits.stages.linking.referents import Referent, Referents
from faits.stages.linking.scene import Places, Scene
from faits.stages.linking.surrounding import around, around_verb
from faits.stages.linking.tree import Tree

if TYPE_CHECKING:
    from faits.text.parse import Token

Row = PaymentRow | HandingRow
R = TypeVar("R", PaymentRow, HandingRow)

# Whose fact it is: who gives, but for these who gets.
_GETS: frozenset[Predicate] = frozenset({"debt", "funding_raised", "valuation"})
# What a sum can be that somebody gives, where no word of payment says what it is.
_PAID: frozenset[Predicate] = frozenset(
    {"investment", "subsidy", "contract_value", "spending", "amount", "acquisition"}
)
_SIDES: frozenset[EntityType] = frozenset({"ORG", "PERSON", "PLACE", "PROJECT", "PRODUCT"})
_KINDS = frozenset({"money", "ratio"})
_CLAUSES = frozenset({"VERB", "AUX"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubjpass"})
_NOMINAL = ("nmod", "obl", "compound", "nummod", "appos", "obj", "dobj", "conj", "flat", "amod", "dep", "nsubj:pass")
_GOVERNED = frozenset(
    {"obj", "dobj", "obl", "obl:arg", "obl:mod", "iobj", "nsubj:pass", "nsubjpass", "dep", "nmod", "advmod", "conj",
     "ccomp", "xcomp", "appos", "obl:npmod", "obl:unmarked"}
)  # fmt: skip
_OF = re.compile(r"\s?(?:de |d['’]|of |in |euros? de |euros? d['’])?(?:public |nouve\w+ )?\s*")
_LEVELS = frozenset({"at", "from"})  # "puts the subsidy at £3m": that is no giving
_SURE = frozenset({"name", "apposition"})
_RIGHT = re.compile(r" (a|au|aux|dans|en|in|into|to|from) (?:the |la |le |l'|les )?")
_WRITTEN = {"a": "à", "au": "à", "aux": "à"}
_ARCS = 4


@dataclass(frozen=True, slots=True)
class Paid:
    """What governs a figure: the predicate its words give it, who gives and who gets; None is what they do not say."""

    predicate: Predicate | None
    giver: Referent | None
    getter: Referent | None
    cue: tuple[int, int]
    givers: frozenset[str]  # all who give, by id
    getters: frozenset[str]
    neither: frozenset[str]  # who only sells or allows it
    taken: bool  # whether something without a name stands where who gets it would

    def sides(self, predicate: Predicate) -> tuple[Referent | None, Referent | None]:
        """The subject and the object of a fact of this predicate, as far as they are said."""
        if self.predicate is None and predicate not in _PAID and not (predicate == "debt" and self.getter is not None):
            return None, None
        if predicate in _GETS:
            return self.getter, self.giver
        if predicate == "amount" and self.giver is None:
            return self.getter, None  # a dividend that somebody gets, whoever pays it
        return self.giver, self.getter

    def others(self, predicate: Predicate) -> frozenset[str]:
        """All on the other side of a fact of this predicate, by id: it is about none of them."""
        other = self.sides(predicate)[1]
        known = (self.givers if predicate in _GETS else self.getters) if other is not None else frozenset()
        return known | self.neither


def paid(scene: Scene, tree: Tree, referents: Referents) -> tuple[dict[int, Paid], frozenset[int]]:
    """By where they start, the figures of a text that a word of payment governs, and those that somebody gives."""
    figures = [m for m in scene.figures if m.kind in _KINDS]
    if tree.doc is None or not figures:
        return {}, frozenset()
    reader = _Reader(scene, tree, referents, figures)
    found = ((m, reader.read(m)) for m in figures)
    told = {m.start: one for m, one in found if one is not None}
    return told, frozenset(reader.given)


class _Reader:
    """The words of payment around the figures of one text, by the tokens they stand on."""

    def __init__(self, scene: Scene, tree: Tree, referents: Referents, figures: list[Mention]) -> None:
        self.scene, self.tree, self.referents = scene, tree, referents
        self._found_nouns = Places(payments(scene.lang).find(scene.folded))
        verbs = Places(handings(scene.lang).find(scene.folded))
        self.given: set[int] = set()
        self.nouns: dict[int, list[Found[PaymentRow]]] = {}
        self.verbs: dict[int, list[Found[HandingRow]]] = {}
        for a, b in dict.fromkeys((one.start, one.end) for one in map(scene.sentence_at, (m.start for m in figures))):
            for noun in self._found_nouns.between(a, b):
                token = tree.token(noun.start, noun.end)
                if token is not None and token.pos_ not in _CLAUSES:
                    self.nouns.setdefault(token.i, []).append(noun)
            for verb in verbs.between(a, b):
                token = tree.token(verb.start, verb.end)
                if token is not None and (token.pos_ in _CLAUSES or _describes(token)):
                    self.verbs.setdefault(token.i, []).append(verb)

    def read(self, m: Mention) -> Paid | None:
        """The payment a figure is of."""
        f = self.tree.token(m.start, m.end)
        if f is None:
            return None
        noun, verb = self._governing(f, m)
        said = self._row(self.nouns, noun, m, None)
        hands = self._row(self.verbs, verb, m, said)
        if said is None and hands is None:
            return None
        givers, getters, taken = self._sides(m, f, noun, said, verb, hands)
        plain = said is None and hands is not None and hands.row.predicate is None
        if plain and hands is not None and (givers or "subject" in hands.row.giver):
            self.given.add(m.start)
        giver, getter = next(iter(givers), None), next(iter(getters), None)
        neither = self._neither(verb, hands)
        valued = hands is not None and hands.row.predicate == "valuation"
        if giver is None and getter is None and not neither and not valued:
            return None
        if giver is not None and getter is not None and giver.party.id == getter.party.id:
            return None
        cue = said or hands
        assert cue is not None
        predicate = said.row.predicate if said is not None else cue.row.predicate
        return Paid(predicate, giver, getter, (cue.start, cue.end), _ids(givers), _ids(getters), neither, taken)

    def _row(
        self, table: Mapping[int, list[Found[R]]], token: Token | None, m: Mention, said: Found[PaymentRow] | None
    ) -> Found[R] | None:
        found = table.get(token.i, []) if token is not None else []
        return next((one for one in found if m.kind in one.row.kinds and _fits(one.row, said)), None)

    def _governing(self, f: Token, m: Mention) -> tuple[Token | None, Token | None]:
        """The noun of payment a figure measures, and the verb that hands it or the figure over."""
        noun = self._behind(m) or self._noun_over(f)
        verb = self._handing(noun, f) if noun is not None else self._verb_over(f)
        return noun, verb

    def _behind(self, m: Mention) -> Token | None:
        """The noun right behind a figure: "300 millions d'aides", "a $2bn contract"."""
        for one in self._found_nouns.between(m.end, m.end + 12):
            if _OF.fullmatch(self.scene.text[m.end : one.start]):
                token = self.tree.token(one.start, one.end)
                return token if token is not None and token.i in self.nouns else None
        return None

    def _noun_over(self, f: Token) -> Token | None:
        """The noun above a figure that it measures: "un prêt de 300 millions", "the loan is worth $3m"."""
        token = f
        for _ in range(_ARCS):
            if token.i in self.nouns:
                return token
            subject = next((c for c in token.children if c.dep_ in _SUBJECTS and c.i in self.nouns), None)
            if subject is not None and (token.i == f.i or token.pos_ in _CLAUSES) and token.i not in self.verbs:
                return subject
            clause = token.pos_ in _CLAUSES or token.dep_.startswith("acl")
            if clause:
                described = token.dep_.startswith(("acl", "amod")) and token.head.i in self.nouns
                return token.head if described and token.i not in self.verbs else None
            if token.head.i == token.i or token.dep_ in _SUBJECTS:
                return None
            if token.i != f.i and token.lower_ not in sums(self.scene.lang):
                # "un four de 300 millions financé par un prêt": the figure measures the noun between.
                return token.head if token.head.i in self.nouns and token.dep_ in {"amod", "appos", "conj"} else None
            token = token.head
        return None

    def _verb_over(self, f: Token) -> Token | None:
        """The verb that a figure is object or complement of, by itself or as a sum."""
        token = f
        for _ in range(_ARCS):
            head = token.head
            if token.dep_ in _SUBJECTS and not token.dep_.endswith("pass"):
                # "£500m will come from the state": what hands over nobody's doing has the sum as its subject.
                goes = any("subject" not in one.row.giver for one in self.verbs.get(head.i, ()))
                return head if goes and head.pos_ in _CLAUSES else None
            hands = head.i in self.verbs and (head.pos_ in _CLAUSES or _describes(head))
            if hands and token.dep_ in _GOVERNED and preposition_of(token) not in _LEVELS:
                return head
            # "fined Meta €798m" may be read as one name.
            joined = token.dep_.startswith(("conj", "appos", "flat")) or head.lower_ in sums(self.scene.lang)
            if head.i == token.i or not joined:
                return None
            token = head
        return None

    def _handing(self, noun: Token, f: Token) -> Token | None:
        """The verb that hands a noun of payment over: that describes it, or has it as object."""
        for child in (*noun.children, *f.children):
            if child.dep_.startswith(("acl", "amod")) and child.i in self.verbs:
                return child
        token = noun
        for _ in range(_ARCS):
            if not token.dep_.startswith(_NOMINAL) or token.head.i == token.i:
                return None
            token = token.head
            if token.pos_ in _CLAUSES:
                return token if token.i in self.verbs else None
        return None

    def _sides(
        self, m: Mention, f: Token, noun: Token | None, said: Found[PaymentRow] | None, verb: Token | None,
        hands: Found[HandingRow] | None,
    ) -> tuple[list[Referent], list[Referent], bool]:  # fmt: skip
        """Who gives and who gets, and whether something nameless gets it: around the verb first, then the noun."""
        givers: list[Referent] = []
        getters: list[Referent] = []
        but = {f.i} if noun is None else {f.i, noun.i}
        places: list[tuple[Row, Slots]] = []
        if hands is not None and verb is not None:
            places.append((hands.row, around_verb(verb, f)))
            if said is None:
                # Of two sums of one verb each has its own getter: "8 millions à X et 3 à Y".
                places.insert(0 if f.dep_ == "conj" else 1, (hands.row, around(f, f)))
            places.insert(0, (hands.row, self._right_behind(m)))
        if said is not None and noun is not None:
            places.append((said.row, around(noun, f)))
        for row, slots in places:
            givers = givers or self._parties(slots, row.giver, but)
            getters = getters or self._parties(slots, row.getter, but)
        stands = any(t.i not in but for row, slots in places for name in row.getter for t in slots.get(name, ()))
        return givers, getters, stands and not getters

    def _right_behind(self, m: Mention) -> Slots:
        """The name right behind a figure, under its preposition, wherever the parse hangs it."""
        near = self.scene.entities_in(m.end, m.end + 20)
        slot = _RIGHT.fullmatch(self.scene.folded[m.end : near[0].start]) if near else None
        token = self.tree.token(near[0].start, near[0].end) if slot is not None else None
        return {_WRITTEN.get(slot[1], slot[1]): [token]} if slot is not None and token is not None else {}

    def _neither(self, verb: Token | None, hands: Found[HandingRow] | None) -> frozenset[str]:
        if verb is None or hands is None or not hands.row.neither:
            return frozenset()
        return _ids(self._parties(slots_of(verb, noun=False), hands.row.neither, set()))

    def _parties(self, slots: Slots, names: tuple[str, ...], but: set[int]) -> list[Referent]:
        """The entities named in the first slot that holds any."""
        for name in names:
            found = [self._party(token) for token in slots.get(name, ()) if token.i not in but]
            if named := [one for one in found if one.value is not None and one.how in _SURE]:
                return named
        return []

    def _party(self, token: Token) -> Referent:
        found = self.referents.of(token, _SIDES)
        if found.value is None and fold(token.text) in public(self.scene.lang):
            of = (c for c in token.children if c.dep_.startswith("nmod") and preposition_of(c) in {"de", "of"})
            place = next((self.referents.of(c, _SIDES) for c in of), None)  # "le canton de Vaud"
            return place if place is not None else found
        return found


def _ids(parties: list[Referent]) -> frozenset[str]:
    return frozenset(one.value.id for one in parties if one.value is not None)


def _fits(row: Row, said: Found[PaymentRow] | None) -> bool:
    """Whether a verb goes with the noun of payment it has."""
    if isinstance(row, PaymentRow):
        return True
    if row.of:
        return said is not None and said.row.predicate in row.of
    return said is None or row.predicate is None or row.predicate == said.row.predicate


def _describes(token: Token) -> bool:
    return token.pos_ == "ADJ" or token.dep_.startswith(("acl", "advcl"))
