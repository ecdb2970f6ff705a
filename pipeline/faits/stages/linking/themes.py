"""What a date is the date of: who announced, what opened or closed, and what of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from faits.lexicons.frames import EventRow
from faits.lexicons.predicates import Found
from faits.model import EntityType, EntityValue, Party, Predicate
from faits.stages.linking.grammar import is_passive, phrase, preposition_of, slots_of
from faits.stages.linking.happening import ORGS, SAYERS, SITES, THINGS, Told
from faits.stages.linking.referents import Referent, party_of

if TYPE_CHECKING:
    from faits.text.parse import Token

# What is signed or carried out: no site, though an article may call one so.
_DEALS = frozenset({"opération", "transaction", "accord", "rachat", "offre", "deal", "purchase", "takeover",
                    "merger", "fusion", "vente", "cession", "sale"})  # fmt: skip
_RANKS = frozenset({"premier", "première", "second", "deuxième", "troisième", "first", "third"})
_DESCRIBING = ("acl", "amod")
_MANY = frozenset({"ils", "elles", "they", "leur", "leurs", "their", "eux"})
_BACK_SENTENCES = 3


class Theme:
    """What a thing happened to, what of it, and how that was found."""

    def __init__(
        self, told: Told, one: Found[EventRow], token: Token, predicate: Predicate, *, opens: bool = False
    ) -> None:
        self.told, self.row, self.token, self.predicate = told, one.row, token, predicate
        self.opens = opens  # whether the date opens a stretch of time ("à partir de 2028"), whatever is counted in it
        self.cue = (one.start, one.end)
        self.subject: Party | None = None
        self.object: Party | None = None
        self.noun: Party | None = None
        self.others: list[Party] = []
        self.counted = False
        self.rule = "no name beside it"
        self.agent: Party | None = None  # a common noun that makes it known or decides
        self.slots = slots_of(token, noun=self.row.pos == "noun")
        if predicate == "announced":
            self._announced()
        elif predicate == "deadline" and self.row.pos == "verb" and self._has_figure():
            self.counted = True  # "recruter 500 personnes d'ici à 2027": the date is that of the figure
        elif predicate == "end_date" and self._is_set():
            self.counted = True  # "un budget arrêté à 7,2 millions en 2021" ends nothing
        else:
            self._found()

    def _announced(self) -> None:
        for slot in ("subject",) if self.row.pos == "verb" else self.row.theme:
            for argument in self._arguments(slot):
                found = self.told.referents.of(argument, SAYERS)
                if found.value is not None and self.subject is not None:
                    self.others += [found.party] if found.how == "name" and found.party != self.subject else []
                elif found.value is not None:
                    self.subject, self.rule = found.party, f"{slot}, {found.how}"
                elif (
                    self.subject is None and (inside := _inside(self.told, argument)) is not None and slot == "subject"
                ):
                    self.subject, self.rule = inside.party, "named in its subject"
                elif argument.i in self.told.deciders and self.agent is None:
                    self.agent = self._described(argument)
            if self.subject is not None:
                break
        if self.subject is None and self.row.pos == "verb":
            self._inverted()
        if self.subject is None and self.agent is None and self.token.dep_.startswith(_DESCRIBING):
            self._outer()
        about = next((t for t in self._arguments("object") if t.pos_ in {"NOUN", "PROPN"}), None)
        if self.row.pos == "verb" and about is not None:
            self.object = self._described(about)

    def _outer(self) -> None:
        """Who does what is told of with a paper: "L'autorité a infligé une amende, dans une décision publiée jeudi"."""
        verb = next((t for t in self.token.head.ancestors if t.pos_ in {"VERB", "AUX"}), None)
        for argument in slots_of(verb, noun=False).get("subject", []) if verb is not None else []:
            found = self.told.referents.of(argument, SAYERS)
            if found.value is None:
                found = _inside(self.told, argument) or found
            if found.value is not None and found.how != "pronoun":
                self.subject, self.rule = found.party, f"subject of the clause around, {found.how}"
                return

    def _inverted(self) -> None:
        """A sayer right after its verb, taken for an object: "…, a indiqué mardi EDF"."""
        for argument in self._arguments("object"):
            found = self.told.referents.of(argument, SAYERS)
            if found.value is not None and found.how in {"name", "description", "apposition"}:
                self.subject, self.rule = found.party, "after its verb"
                self.slots["object"] = []
                return

    def _found(self) -> None:
        nouns: list[Token] = []
        due = _due(self.told, self.token) if self.row.pos == "verb" else None
        if due is not None:
            self._take(due.party, None, "the name before it")
            return
        for slot in self.row.theme:
            for argument in self._arguments(slot):
                if nouns and self.told.within(argument.idx, self.told.scene.figures):
                    continue  # "le premier bâtiment, de 10 MW et 4 000 m²": a parse joins the area to the building
                found = self._thing(argument)
                if found.value is not None and self._done_by(found, nouns):
                    break
                if found.value is not None and self._is_part(found, argument):
                    nouns.append(argument)
                elif self._settles(slot, argument, found, nouns):
                    return
                elif argument.pos_ in {"NOUN", "PROPN"} and not self._only_says_what(argument):
                    nouns.append(argument)
        opened = _opened(self.told, self.token) if not nouns and self.row.pos == "verb" else None
        if opened is not None:
            self._take(opened.party, None, "the name after it")
        elif nouns and self.token.dep_.startswith(_DESCRIBING) and _indefinite(nouns[0]):
            self.counted = True  # "dimensionné pour une usine fermée en 2012": told of nothing the text speaks of
        else:
            self._common(nouns[0] if nouns else self.token if self.row.pos == "noun" else None)

    def _only_says_what(self, argument: Token) -> bool:
        """Whether a bare complement tells of what kind a start is: "premier tir de mine" is no start of a mine."""
        bare = not any(c.dep_ in {"det", "nummod", "amod", "nmod:poss"} for c in argument.children)
        return self.row.pos == "noun" and bare and argument.head.i == self.token.i and argument.pos_ == "NOUN"

    def _settles(self, slot: str, argument: Token, found: Referent, nouns: list[Token]) -> bool:
        """Whether an argument says what the date is of: an entity, one in its complement, a figure, a name unknown."""
        if found.value is not None:
            self._take(found.party, self._described(nouns[0]) if nouns else None, f"{slot}, {found.how}")
            return True
        inside = _inside(self.told, argument)
        if inside is not None and (site := self._site_of(inside, argument)) is not None:
            self._take(party_of(site), self._described(argument), "what the text speaks of")
            return True
        if inside is not None:
            self._take(inside.party, self._described(argument), f"named in its {slot}")
            return True
        if self.told.within(argument.idx, self.told.scene.figures):
            return self._counts(argument)
        if slot == "subject" and self.predicate == "deadline" and argument.i in self.told.deciders:
            self.agent = self._described(argument)
        if argument.pos_ == "PROPN" and argument.text[:1].isupper():
            self._take(self._described(argument), None, f"{slot}, a name")
            return True
        return False

    def _site_of(self, owner: Referent, argument: Token) -> EntityValue | None:
        """The site spoken of, where its owner is named with a part or step of it: "la première cellule d'Ampélia"."""
        part = argument.lemma_.lower() in self.told.parts or argument.lower_ in self.told.parts
        lasting = self.predicate in {"start_date", "end_date"}
        if not part or not lasting or owner.value is None or owner.value.type != "ORG":
            return None
        value = _context(self.told, argument)
        return value if value is not None and value.type == "PROJECT" else None

    def _counts(self, argument: Token) -> bool:
        """Whether a figure ends the search: what starts is a part of the project spoken of, or else only counted."""
        starts = self.predicate == "start_date" and self.row.pos == "verb"
        if starts and self.opens and not argument.dep_.startswith("nsubj"):
            return False  # "le site produira 15 000 plaquettes à partir de 2028": the site starts
        value = _context(self.told, argument) if starts and argument.dep_.startswith("nsubj") else None
        if value is not None and value.type == "PROJECT":
            self._take(Referent(0, 0, value, "", "").party, self._described(argument), "what the text speaks of")
        else:
            self.counted = self.row.pos == "verb"
        return True

    def _has_figure(self) -> bool:
        figures = self.told.scene.figures
        return any(self.told.within(t.idx, figures) for t in self._arguments("object"))

    def _is_set(self) -> bool:
        """Whether a verb of ending says at which sum a thing was fixed."""
        sums = [m for m in self.told.scene.figures if m.kind == "money"]
        return any(self.told.within(t.idx, sums) for t in self.slots.get("à", []))

    def _is_part(self, found: Referent, argument: Token) -> bool:
        """Whether a product told by its rank is a part of a project ("le premier EPR")."""
        ranked = any(c.dep_ == "amod" and c.lemma_.lower() in _RANKS for c in argument.children)
        value = found.value
        return ranked and value is not None and value.type == "PRODUCT" and _context(self.told, argument) is not None

    def _thing(self, argument: Token) -> Referent:
        """What an argument stands for: a pronoun that starts or ends is a project rather than who runs it."""
        if argument.lemma_.lower() in _DEALS and self.told.referents.named(argument) is None:
            return Referent(argument.idx, argument.idx + len(argument.text), None, argument.text, "common noun")
        if argument.pos_ == "PRON" and self.row.predicate != "founded":
            found = self.told.referents.just_said(argument, SITES)
            if found is not None or self.row.things:
                return found or self._only_site(argument)
        types = THINGS - {"PERSON"} if argument.lower_ in _MANY else THINGS
        return self.told.referents.of(argument, types)

    def _only_site(self, pronoun: Token) -> Referent:
        """The one site or product of a text, for a pronoun of what no organisation does ("elle entrera en service")."""
        named = {v.id: v for v in self.told.scene.ranked_topics if v.type in SITES}
        value = next(iter(named.values())) if len(named) == 1 else None
        return Referent(pronoun.idx, pronoun.idx + len(pronoun.text), value, pronoun.text, "pronoun")

    def _done_by(self, found: Referent, nouns: list[Token]) -> bool:
        """Whether a name only does it to a part of a project ("EDF mettra en service le premier réacteur")."""
        if not nouns or found.value is None or found.value.type in SITES or not _definite(nouns[0]):
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
        for token in _names_first(self.slots.get(slot, [])):
            own = self.cue[0] <= token.idx < self.cue[1]  # "voir le jour": no day sees the light
            if not own and not _stresses(token) and not self.told.within(token.idx, self.told.scene.dates):
                yield token


def _names_first(tokens: list[Token]) -> list[Token]:
    """The tokens of a slot, pronouns last: a name beside its verb is what the verb is said of."""
    return sorted(tokens, key=lambda t: t.pos_ == "PRON" and any(o.pos_ == "PROPN" for o in tokens))


def _stresses(token: Token) -> bool:
    """Whether a pronoun only stresses who is meant already ("prévu lui aussi", "elle-même")."""
    after = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
    return token.lower_ in {"lui", "elle", "eux", "elles"} and after in {
        "aussi",
        "même",
        "non",
        "également",
        "-",
        "seul",
    }


def _is_thing(told: Told, token: Token) -> bool:
    return token.pos_ in {"NOUN", "PROPN"} and not told.within(token.idx, told.scene.dates)


def acting(told: Told, verb: Token, types: frozenset[EntityType] = ORGS) -> tuple[Party, Party | None, str] | None:
    """Which organisation, or what else of `types`, a verb says did what; None where its subject is none."""
    slots = slots_of(verb, noun=False)
    done_to = slots.get("object", []) if types > ORGS and is_passive(verb) else []
    for argument in (*slots.get("subject", []), *done_to):
        found = told.referents.of(argument, types)
        if found.value is not None and (found.how != "pronoun" or types > ORGS):
            about = next((t for t in slots.get("object", []) if _is_thing(told, t) and t.i != argument.i), None)
            return found.party, _described(about) if about is not None else None, f"subject, {found.how}"
    return None


def acted(told: Told, verb: Token) -> Party | None:
    """The common noun that a verb is said of, of what is done or done to it."""
    slots = slots_of(verb, noun=False)
    done_to = slots.get("object", []) if is_passive(verb) else []
    noun = next((t for t in (*slots.get("subject", []), *done_to) if t.pos_ == "NOUN" and _is_thing(told, t)), None)
    return _described(noun) if noun is not None and not told.within(noun.idx, told.scene.figures) else None


def _opened(told: Told, token: Token) -> Referent | None:
    """The name after the comma, for a participle that opens its sentence ("Founded in 2013, Helion …")."""
    scene = told.scene
    sentence = scene.sentence_at(token.idx)
    if token.idx - sentence.start > 2 or (comma := scene.text.find(",", token.idx, sentence.end)) < 0:
        return None
    for m in scene.entities_in(comma, min(sentence.end, comma + 60)):
        if isinstance(m.value, EntityValue) and m.value.type in THINGS:
            return Referent(m.start, m.end, m.value, m.text, "name")
    return None


_DUE = re.compile(
    r",\s+(?:due|set|expected|scheduled|slated|planned|meant|intended|now due)\s+to\s+(?:be\s+)?$"
    r"|,\s+(?:censée?s?|appelée?s?|destinée?s?|promise?s?)\s+(?:à\s+)?(?:être\s+)?$"
)


def _due(told: Told, token: Token) -> Referent | None:
    """The site or product right before a comma and when it is due: "a design centre in Austin, due to open in 2026"."""
    scene = told.scene
    sentence = scene.sentence_at(token.idx)
    comma = _DUE.search(scene.text[sentence.start : token.idx])
    if comma is None:
        return None
    for m in reversed(scene.entities_in(sentence.start, sentence.start + comma.start())):
        value = m.value
        if isinstance(value, EntityValue) and value.type in SITES:
            return Referent(m.start, m.end, value, m.text, "name")
        if not isinstance(value, EntityValue) or value.type != "PLACE":
            return None
    return None


def _indefinite(noun: Token) -> bool:
    return any(c.dep_ == "det" and "Ind" in c.morph.get("Definite", []) for c in noun.children)


def _definite(noun: Token) -> bool:
    return any(c.dep_ == "det" and "Def" in c.morph.get("Definite", []) for c in noun.children)


def _described(token: Token) -> Party | None:
    text = phrase(token)
    return Party(id=None, name=text, type=None) if text else None


def _inside(told: Told, token: Token) -> Referent | None:
    """The entity a noun phrase names in its complement: "le premier réacteur de Hinkley Point C"."""
    for child in token.rights:
        if child.dep_.startswith("nmod") and preposition_of(child) in {"de", "of"}:
            one = told.referents.of(child, THINGS)
            if one.value is not None and one.how in {"name", "apposition", "description"}:
                return one
            return _inside(told, child)
    return None


def _context(told: Told, token: Token) -> EntityValue | None:
    """The project or product spoken of last before a part or a step of it is ("le premier réacteur")."""
    scene = told.scene
    sentence = scene.sentence_at(token.idx)
    for types in ({"PROJECT"}, SITES):
        for one in reversed(scene.sentences[max(0, sentence.index - _BACK_SENTENCES) : sentence.index + 1]):
            if one.paragraph != sentence.paragraph:
                break
            if named := [value for value in told.referents.spoken_of(one.start, one.end) if value.type in types]:
                return named[0]
        if value := next((value for value in scene.ranked_topics if value.type in types), None):
            return value
    return None
