"""The two parties around a noun by the words alone: "X, filiale à parité de Y et de Z", "its owner, the miner X".

Long appositions are what a parser loses first; their words are few and always in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from faits.lexicons.frames import FrameRow
from faits.lexicons.predicates import Found
from faits.model import EntityType, EntityValue, Mention
from faits.stages.linking.referents import Referent, Referents
from faits.stages.linking.scene import Scene, Sentence

Types = frozenset[EntityType]

# Words that may stand between a noun and a name without parting the two: no verb, no preposition, no conjunction.
_PLAIN = (
    r"(?!(?:et|ou|mais|que|qui|dont|où|est|sont|a|ont|de|du|des|à|au|aux|en|dans|par|pour|sur|avec|sans|chez|selon|son|sa"
    r"|and|or|but|that|which|who|is|are|was|were|has|had|have|of|to|in|for|from|at|by|with|on|as|its|their)\s)"
    r"[a-zà-ÿ][\w'’-]*\s+"
)
_THE = r"(?:le |la |les |l['’]|un |une |the |an? )?"
_BEFORE = re.compile(rf"^(?:\s*[,(–—-]\s*|\s+){_THE}(?:{_PLAIN}){{0,3}}$")
_IS = re.compile(
    r"^\s+(?:est|était|reste|devient|deviendra|is|was|remains|becomes)\s+(?:désormais |aussi |également |now |also )?"
    rf"{_THE}(?:{_PLAIN}){{0,3}}$"
)
_PARTED = re.compile(r"[,(–—]")
_HIS = re.compile(rf"\b(?P<his>son|sa|ses|leurs?|its|their|his|her)\s+(?:{_PLAIN}){{0,3}}$", re.IGNORECASE)
_GENITIVE = re.compile(rf"^['’]s?\s+(?:{_PLAIN}){{0,3}}$")
_OF = re.compile(
    rf"^\s+(?:à parité |à parts égales |{_PLAIN}){{0,2}}(?:(?:of|de) (?:[a-zà-ÿ-]+\s+){{1,3}})?"
    r"(?P<of>de |d['’]|du |des |entre |of |between |to |for |pour |in )(?:le |la |les |l['’]|the )?"
    rf"(?:{_PLAIN}|(?:homme |femme |fonds )?d['’]affaires |fonds de pension |state-owned )?(?:{_PLAIN}){{0,3}}$"
)
_AND = re.compile(rf"^\s*(?:,|et|and|,\s*and)\s*(?:de |d['’]|du |of )?{_THE}(?:{_PLAIN}){{0,3}}(?:[A-Z]\w+['’]s )?$")
_MADE_OF = re.compile(
    r"^ (?:formée? (?:par|de)|réunissant|associant|regroupant|composée? de|constituée? (?:de|par)|comprising|made up of"
    r"|formed by|including|grouping)(?= )"
)
_FIRST = re.compile(rf"^\s+{_THE}(?:{_PLAIN}){{0,3}}$")
_COMMA = re.compile(r"^\s*,\s+(?!et |and |de |d['’]|du |of )")
_RIGHT_AFTER = re.compile(rf"^\s+(?:{_PLAIN}){{0,3}}$")
_AFTER_COMMA = re.compile(
    rf"^(?:\s+(?:de |d['’])?[a-zà-ÿ-]+)?\s*,\s+{_THE}"
    r"(?:[\w'’-]+\s+|d['’]affaires |de (?!la |l)[a-zà-ÿ-]+ |d['’][a-zà-ÿ-]+ ){0,6}$"
)
_CLOSES = re.compile(r"^\s*(?:[,.;:)]|$|(?:of|de)\s)")
_FAR = 90
# How much more often than its owner a text names the one it is about.
_MUCH_MORE = 1.5
# Nouns of ownership that a firm can be called by; "la branche robots d'ABB" is no firm of the text's.
_WHOLE_FIRMS = frozenset({"filiale", "maison mere", "subsidiary", "parent company"})
_DONT = re.compile(r",?\s+dont (?:le |la |l['’]|les )?$")
_DEFINITE = re.compile(r"(?:\b(?:le|la|du|au|the) |\bl')$")


def apposed(scene: Scene, referents: Referents, one: Found[FrameRow], types: tuple[Types, Types]) -> list[
    tuple[Referent, Referent]
]:  # fmt: skip
    """The subjects and objects of a noun that the words around it leave no doubt of; none where they do."""
    row = one.row
    if any(slot.startswith("second ") for slot in row.object):
        return _together(scene, referents, one, types)
    told_first = any(slot in {"host", "apposed"} for slot in row.subject[:2])
    whose_slots = set(row.object if told_first else row.subject)
    if not whose_slots & {"de", "of", "owner"} or not {"host", "apposed"} & {*row.subject[:2], *row.object[:2]}:
        return []
    told, whose = (types[0], types[1]) if told_first else (types[1], types[0])
    if not row.people:
        told, whose = (told - {"PERSON"}, whose) if told_first else (told, whose - {"PERSON"})
    found = _Around(scene, referents, one, whose_slots).pairs(told, whose)
    return [pair if told_first else (pair[1], pair[0]) for pair in found]


def _together(scene: Scene, referents: Referents, one: Found[FrameRow], types: tuple[Types, Types]) -> list[
    tuple[Referent, Referent]
]:  # fmt: skip
    """The first of those a noun joins, with each of the others: "un consortium de X et du danois Y"."""
    around = _Around(scene, referents, one, {"de", "of", "entre", "between"})
    found, _ = around._complement(types[0])
    if not found:
        made = _MADE_OF.match(scene.text[one.end : one.end + 30])
        start = one.end + made.end() if made is not None else one.end
        found = listed(scene, start, around.sentence.end, _FIRST, types[0], "name") if made is not None else []
    return [(found[0], other) for other in found[1:]]


class _Around:
    """The words around one noun that ties two parties."""

    def __init__(self, scene: Scene, referents: Referents, one: Found[FrameRow], slots: set[str]) -> None:
        self.scene, self.referents, self.one, self.slots = scene, referents, one, slots
        self.sentence: Sentence = scene.sentence_at(one.start)

    def pairs(self, told: Types, whose: Types) -> Iterator[tuple[Referent, Referent]]:
        """Who the noun is said of, and whose it makes him."""
        owners, end = self._complement(whose)
        if len(owners) > 2 and self._many() and _COMMA.match(self._between(owners[0], owners[1])):
            hosts, owners = owners[1:], owners[:1]  # "les filiales de X, Y et Z"
        elif owners:
            hosts = self._hosts(self.one.start, told) or self._behind(end, told) or self._meant(owners, told)
        else:
            owners = self._possessor(whose)
            hosts = self._named(told) if owners else self._of_which(told)
            owners = owners or self._before_which(hosts, whose)
            if owners and not hosts:
                hosts = self._hosts(owners[0].start, told)  # "X, Norsel's owner", "X, son propriétaire"
                owners = [self._not_itself(owner, hosts, whose) for owner in owners]
        if not hosts or self._measured([*owners, *hosts]):
            return
        known = [owner for owner in owners if owner.value is not None]
        yield from ((h, o) for h, o in product(hosts, known) if h.party.id != o.party.id)

    def _between(self, one: Referent, other: Referent) -> str:
        return self.scene.text[one.end : other.start]

    def _of_which(self, types: Types) -> list[Referent]:
        """Who is said to be it of something: "X, dont Y est l'unique actionnaire"."""
        near = self.scene.entities_in(max(self.sentence.start, self.one.start - _FAR), self.one.start)
        if not near or not _fits(near[-1], types) or not _IS.match(self.scene.text[near[-1].end : self.one.start]):
            return []
        which = _DONT.search(self.scene.text[self.sentence.start : near[-1].start])
        return [_referent(near[-1], "name")] if which is not None else []

    def _before_which(self, hosts: list[Referent], types: Types) -> list[Referent]:
        """What a clause with "dont" is said of."""
        before = self.scene.entities_in(self.sentence.start, hosts[0].start) if hosts else []
        return [_referent(before[-1], "name")] if before and _fits(before[-1], types) else []

    def _not_itself(self, owner: Referent, hosts: list[Referent], types: Types) -> Referent:
        """Whose the noun is, where a pronoun stands right behind a name: the text's ("X, son principal client")."""
        if owner.how != "pronoun" or not hosts:
            return owner
        said = {host.party.id for host in hosts}
        return replace(
            owner, value=next((v for v in self.scene.ranked_topics if v.type in types and v.id not in said), None)
        )

    def _complement(self, types: Types) -> tuple[list[Referent], int]:
        """Those named behind "de" right after the noun, and where the last of them ends."""
        found = self._joined(self.one.end, _OF, types)
        of = _OF.match(self.scene.text[self.one.end : found[0].start]) if found else None
        return (found, found[-1].end) if of is not None and self._takes(of["of"]) else ([], self.one.end)

    def _joined(self, start: int, first: re.Pattern[str], types: Types, how: str = "name") -> list[Referent]:
        return listed(self.scene, start, min(self.sentence.end, start + _FAR), first, types, how)

    def _takes(self, preposition: str) -> bool:
        plain = preposition.strip().replace("’", "'")
        return {"d'": "de", "du": "de", "des": "de"}.get(plain, plain) in self.slots

    def _hosts(self, start: int, types: Types) -> list[Referent]:
        """The names before an apposition that begins at `start`: "X, filiale de", "X et Y, filiales de"."""
        scene, found, end = self.scene, list[Referent](), start
        for m in reversed(scene.entities_in(max(self.sentence.start, start - _FAR), start)):
            gap = scene.text[m.end : end]
            if not _fits(m, types) or m.end > end:
                break
            if not found and not (_IS.match(gap) or (_BEFORE.match(gap) and _PARTED.search(gap))):
                break
            if found and not (self._many() and _AND.match(gap)):
                break
            found.insert(0, _referent(m, "apposition"))
            end = m.start
        return found

    def _many(self) -> bool:
        """Whether the noun is a plural: "X et Y, filiales de Z"."""
        return self.scene.folded[: self.one.end].endswith("s")

    def _behind(self, end: int, types: Types) -> list[Referent]:
        """The name behind the comma, or the description: "la maison mère de Y, X", "Filiale de Y, l'entreprise"."""
        opens = not self.scene.text[self.sentence.start : self.one.start].strip(" «“\"'’lLaAeE")
        named = self._joined(end, _AFTER_COMMA, types, "apposition")
        if named and (opens or self._closed(named)):
            return named[:1] if opens else named
        comma = re.match(r"\s*,\s+", self.scene.text[end : end + 4])
        if not opens or comma is None:
            return []
        start = end + comma.end()
        for a, b, value in self.scene.descriptions:
            if a == start and value.type in types:
                return [Referent(a, b, value, self.scene.text[a:b], "description")]
        for one in self.scene.anaphors.between(start, start + 1):
            if "ORG" in one.row.types and "ORG" in types and (firm := self.referents.firm_at(self.one.start)):
                return [Referent(one.start, one.end, firm, self.scene.text[one.start : one.end], "description")]
        return []

    def _meant(self, owners: list[Referent], types: Types) -> list[Referent]:
        """Whom a definite noun means without his name: the one the text is about ("la filiale d'EDF a annoncé")."""
        start = self.one.start
        whole = self.one.row.predicate == "supply_agreement" or self.scene.folded[start : self.one.end] in _WHOLE_FIRMS
        if self._many() or not whole or not _DEFINITE.search(self.scene.folded[max(0, start - 5) : start]):
            return []
        topic = next((v for v in self.scene.ranked_topics if v.type == "ORG"), None)
        if topic is None or topic.type not in types or any(o.party.id == topic.id for o in owners):
            return []
        others = max(self.scene.frequency(o.party.id or "") for o in owners)
        if not self.scene.in_title(topic.id) or self.scene.frequency(topic.id) < _MUCH_MORE * others:
            return []
        return [Referent(start, self.one.end, topic, topic.name, "what the text is about")]

    def _closed(self, named: list[Referent]) -> bool:
        """Whether an apposition ends behind the names."""
        return bool(named) and _CLOSES.match(self.scene.text[named[-1].end : named[-1].end + 4]) is not None

    def _possessor(self, types: Types) -> list[Referent]:
        """Whose the noun is by a word before it: "son propriétaire", "Norsel's owner"."""
        if "owner" not in self.slots:
            return []
        start, text = self.one.start, self.scene.text
        his = _HIS.search(text[max(self.sentence.start, start - 40) : start])
        if his is not None:
            at = max(self.sentence.start, start - 40) + his.start("his")
            value = self.referents.owner(at, types)
            return [Referent(at, start, value, his["his"], "pronoun")] if value is not None else []
        before = self.scene.entities_in(max(self.sentence.start, start - 60), start)
        if before and _fits(before[-1], types - {"PLACE"}):
            gap = text[before[-1].end : start]
            if _GENITIVE.match(gap) or (gap == " " and self.scene.lang == "en"):  # "an Engie subsidiary"
                return [_referent(before[-1], "name")]
        return []

    def _named(self, types: Types) -> list[Referent]:
        """The names that somebody's noun has: "sa filiale X", "its owner, the miner X,", "ses fournisseurs, X et Y"."""
        found = self._joined(self.one.end, _RIGHT_AFTER, types, "apposition")
        if not found:
            found = self._joined(self.one.end, _AFTER_COMMA, types, "apposition")
            found = found if self._closed(found) else []
        return found if self._many() else found[:1]

    def _measured(self, parties: list[Referent]) -> bool:
        """Whether a share is told among the words: that tells the relation, with its size."""
        start = min(self.one.start, *(p.start for p in parties))
        end = max(self.one.end, *(p.end for p in parties))
        return any(m.kind == "ratio" for m in self.scene.figures_in(start, end))


def listed(scene: Scene, start: int, end: int, first: re.Pattern[str], types: Types, how: str) -> list[Referent]:
    """The entity behind words of one pattern, and those joined to it: "de X et de Y"."""
    at, gap_is, found = start, first, list[Referent]()
    for m in scene.entities_in(start, end):
        if _is_adjective(scene, m):
            continue
        if not _fits(m, types) or not gap_is.match(scene.text[at : m.start]):
            break
        found.append(_referent(m, how))
        at, gap_is = m.end, _AND
    while len(found) > 1 and _COMMA.match(scene.text[found[-2].end : found[-1].start]):
        found.pop()  # "filiale de X et de Y, Z recrute": a row of names ends on a conjunction
    return found


def _is_adjective(scene: Scene, m: Mention) -> bool:
    """Whether a mention only says where a name behind it is from: "le fonds lyonnais X", "Denmark's X"."""
    return (
        isinstance(m.value, EntityValue)
        and m.value.type == "PLACE"
        and (m.text[:1].islower() or scene.text[m.end : m.end + 3] in {"'s ", "’s "})
    )


def _fits(m: Mention, types: Types) -> bool:
    return isinstance(m.value, EntityValue) and m.value.type in types


def _referent(m: Mention, how: str) -> Referent:
    assert isinstance(m.value, EntityValue)
    return Referent(m.start, m.end, m.value, m.text, how)
