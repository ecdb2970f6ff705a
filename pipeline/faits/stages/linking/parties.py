"""The two parties of a frame: which entities stand in the slots its row names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from faits.lexicons.frames import FrameRow
from faits.lexicons.predicates import Found
from faits.model import EntityType, EntityValue, Predicate
from faits.stages.linking.grammar import Slots, preposition_of
from faits.stages.linking.referents import Referent, Referents
from faits.stages.linking.scene import Scene

if TYPE_CHECKING:
    from faits.text.parse import Token

Types = frozenset[EntityType]
_PARTIES: Types = frozenset({"ORG", "PERSON"})
SIDES: Mapping[Predicate, tuple[Types, Types]] = {
    "supply_agreement": (frozenset({"ORG"}), frozenset({"ORG", "PLACE", "PROJECT"})),
    "partnership": (frozenset({"ORG"}), frozenset({"ORG"})),
    "ownership": (_PARTIES, frozenset({"ORG", "PROJECT", "PRODUCT"})),
    "acquisition": (_PARTIES, frozenset({"ORG", "PROJECT", "PRODUCT"})),
    "investment": (_PARTIES, frozenset({"ORG", "PROJECT"})),
}
# Where a thing may stand for those whose it is: "the turbines for Orsted's wind farm".
# "Livré par X, au détriment de Y": Y gets nothing.
_AGAINST = frozenset({"détriment", "dépens", "place", "lieu", "expense"})
_SITE: Types = frozenset({"PROJECT"})
# In its first sentences a text names the one it is about, and nobody who only supplies or buys.
_LEAD = 4
_WHOSE_SLOTS = frozenset({"object", "subject", "to", "for", "à", "pour"})
# Where a country that buys may stand; elsewhere a place is only where it happens.
_COUNTRY_SLOTS = frozenset({"à", "au", "to", "for", "pour", "with", "avec", "subject"})


def pairs(
    scene: Scene, referents: Referents, token: Token, slots: Slots, one: Found[FrameRow]
) -> Iterator[tuple[Referent, Referent]]:
    """The parties of a frame: every entity of its first slot that holds one, with every one of the other side."""
    row, types = one.row, SIDES[one.row.predicate]
    around = _Around(scene, referents, token, slots, one)
    # Who builds or launches makes a project or a product, no firm.
    makes = row.predicate == "ownership" and not row.people and row.object == ("object",)
    others = types[1] - {"ORG"} if makes else types[1]
    for first in around.filled(row.subject, types[0] if row.people else types[0] - {"PERSON"}, None):
        for second in around.filled(row.object, others, first):
            yield first, second
        if row.predicate == "partnership":
            return


class _Around:
    """What stands around one word that ties two parties."""

    def __init__(self, scene: Scene, referents: Referents, token: Token, slots: Slots, one: Found[FrameRow]) -> None:
        self.scene, self.referents, self.token, self.slots, self.one = scene, referents, token, slots, one
        self.supplies = one.row.predicate == "supply_agreement"

    def filled(self, names: tuple[str, ...], types: Types, taken: Referent | None) -> list[Referent]:
        """The entities in the first of some slots that holds any but the party taken already."""
        for name in names:
            found = [r for r in self._in(name, types) if r.value is not None]
            if taken is not None and any(r.party.id == taken.party.id for r in found):
                continue  # the slot holds the other party: what else hangs there is no party
            if any(r.how == "name" for r in found):
                found = [r for r in found if r.how != "pronoun"]  # a subject the parse took from another clause
            if found:
                return found
        return []

    def _in(self, name: str, types: Types) -> list[Referent]:
        place, after = name.removeprefix("second "), 1 if name.startswith("second ") else 0
        tokens = self.slots.get(place, [])[after:]
        if len(tokens) > 1 and self.scene.figures_in(max(0, tokens[0].idx - 2), tokens[0].idx + 1):
            tokens = tokens[:1]  # "for €310m, and Implenia": a parse joins what comes next to the sum
        told = place == "host" or (place == "apposed" and not self._possessed())  # "X, la maison mère de Y"
        if told and (near := self._right_before(types)) is not None:
            return [near]
        if place == "whose object":
            return self._owners(types)
        if place == "topic":
            return self._spoken_of(types)
        if place == "article":
            return self._article(types | _SITE)
        found = [self._party(t, place, types) for t in tokens if not self._inside_name(t)]
        if place == "apposed" and not any(r.value for r in found):
            return self._right_after(types)
        if place in {"de", "of"} and self.one.row.pos == "noun" and not any(r.value for r in found):
            return self._complement(types)
        return found

    def _party(self, token: Token, place: str, types: Types) -> Referent:
        found = self.referents.of(token, types)
        if self.supplies and found.value is None and place in _WHOSE_SLOTS and token.lower_ not in _AGAINST:
            person = self.referents.of(token).value is not None  # "son remplaçant, Paul Mercier, vient de Suez"
            return found if person else whose(self.referents, token, types) or found
        country = found.value is not None and found.value.type == "PLACE"
        if country and (place not in _COUNTRY_SLOTS or (place == "à" and not _has_article(token))):
            return self.referents.of(token, types - {"PLACE"})
        return found

    def _inside_name(self, token: Token) -> bool:
        """Whether the preposition of a token is part of a name: "sa filiale Générale de manutention"."""
        case = next((c for c in token.children if c.dep_ == "case" and c.idx < token.idx), None)
        return case is not None and any(m.end > case.idx for m in self.scene.entities_in(case.idx - 60, case.idx))

    def _owners(self, types: Types) -> list[Referent]:
        """Whose the thing is that is made or delivered; nobody's, where it has a name of its own."""
        if any(self._is_party(t) for t in self.slots.get("object", [])):
            return []
        found = (whose(self.referents, t, types - {"PLACE"}) for t in self.slots.get("object", []))
        return [r for r in found if r is not None]

    def _spoken_of(self, types: Types) -> list[Referent]:
        """Who the text speaks of, where the clause names no other side; "qui" and a name are one."""
        if any(self._is_party(t) or t.pos_ == "PRON" for t in [*self._of("object"), *self._of("subject")]):
            return []
        value = self.referents.firm_at(self.one.start)
        if value is None or value.type not in types:
            return []
        return [Referent(self.one.start, self.one.end, value, value.name, "what the text speaks of")]

    def _article(self, types: Types) -> list[Referent]:
        """Whom the whole text is about, where the clause only tells of somebody else: "Nexans fournira les câbles"."""
        ranked = [v for v in self.scene.ranked_topics if v.type in types]
        named = {r.party.id for t in self._beside() if (r := self.referents.of(t)).value is not None}
        if not ranked or not named or ranked[0].id in named:
            return []
        value = ranked[0]
        lead = {v.id for v in self.referents.spoken_of(0, self.scene.sentences[:_LEAD][-1].end)}
        helped = any(c.dep_.startswith("aux") for c in self.token.children)
        finite = helped or "Inf" not in self.token.morph.get(
            "VerbForm", []
        )  # "s'entend avec X pour fournir" tells of X
        names = (value.name, *(m.text for m in self.scene.entities if getattr(m.value, "id", None) in named))
        if not finite or value.id not in lead or named & lead or any(_PUBLIC.search(name) for name in names):
            return []
        return [Referent(self.one.start, self.one.end, value, value.name, "what the article is about")]

    def _beside(self) -> list[Token]:
        return [t for slot in (*self.one.row.subject, *self.one.row.object) for t in self.slots.get(slot, [])]

    def _of(self, slot: str) -> list[Token]:
        """The tokens of a slot but those of the other side."""
        return self.slots.get(slot, []) if slot not in self.one.row.subject else []

    def _is_party(self, token: Token) -> bool:
        """Whether a thing is an entity or a figure, and no common noun."""
        figures = self.scene.figures_in(max(0, token.idx - 20), token.idx + 1)
        counted = any(m.start <= token.idx < m.end and m.kind != "count" for m in figures)
        return counted or self.referents.of(token).value is not None

    def _right_after(self, types: Types) -> list[Referent]:
        """The name right behind its noun, which the parse may have hung elsewhere: "sa maison mère EDF"."""
        one, scene = self.one, self.scene
        near = scene.entities_in(one.end, one.end + 25)
        value = near[0].value if near else None
        if not isinstance(value, EntityValue) or value.type not in types:
            return []
        if scene.text[one.end : one.end + 1] == "," and not self._possessed():
            return []
        if _ADJECTIVE.match(scene.text[one.end : near[0].start]) is None:
            return []
        return [Referent(near[0].start, near[0].end, value, near[0].text, "apposition")]

    def _possessed(self) -> bool:
        """Whether the noun is somebody's by a word before it: "sa filiale", "Norsel's subsidiary"."""
        start = self.one.start
        return _POSSESSED.search(self.scene.folded[max(0, start - 30) : start]) is not None

    def _complement(self, types: Types) -> list[Referent]:
        """The name behind "de" right after its noun, which the parse may have hung elsewhere: "filiale d'ACS"."""
        near = self.scene.entities_in(self.one.end, self.one.end + 40)
        value = near[0].value if near else None
        if not isinstance(value, EntityValue) or value.type not in types:
            return []
        if _DE.match(self.scene.text[self.one.end : near[0].start]) is None:
            return []
        return [Referent(near[0].start, near[0].end, value, near[0].text, "name")]

    def _right_before(self, types: Types) -> Referent | None:
        """The name an apposition follows at once: "X, filiale de Y"; long chains of them are often parsed flat."""
        scene, left = self.scene, self.token.left_edge.idx
        near = scene.entities_in(max(0, left - 60), left)
        if near and near[-1].end <= left and scene.text[near[-1].end : left].strip() in {",", "(", "–", "—"}:
            value = near[-1].value
            if isinstance(value, EntityValue) and value.type in types:
                return Referent(near[-1].start, near[-1].end, value, near[-1].text, "apposition")
        return None


_ADJECTIVE = re.compile(
    r"^,?\s+(?:(?!(?:of|to|in|for|from|at|by|with|and|or|is|as|on|de|du|des|à|au|en|pour|chez|par|et|ou|est|que|qui)\s)"
    r"[a-zà-ÿ][\w-]*\s+)?$"
)


_DE = re.compile(
    r"^\s+(?:[a-zà-ÿ]+\s+)?(?:de |d['’]|du |of )(?:la |le |l['’]|the )?"
    r"(?:groupe |géant |constructeur |fonds |[a-z-]+ group )?$"
)
_POSSESSED = re.compile(r"(?:\b(?:son|sa|leur|its|their)|'s)\s+(?:[\w-]+\s+){0,3}$")


_PUBLIC = re.compile(
    r"\b(?:état|gouvernement|minist|commission|autorité|régulat|parlement|tribunal|cour d|state\b|government|ministry"
    r"|commission|authority|regulator|parliament|court)",
    re.IGNORECASE,
)


def _has_article(token: Token) -> bool:
    return any(c.dep_ == "det" or c.lower_ in {"au", "aux"} for c in token.children)


def whose(referents: Referents, token: Token, types: Types) -> Referent | None:
    """Whose a thing is: "EDF alimentera les centres de données d'Amazon"."""
    for child in token.children:
        owner = child.dep_ in {"nmod:poss", "poss"} or (child.dep_ == "det" and "Yes" in child.morph.get("Poss", []))
        if not owner and not (child.dep_.startswith("nmod") and preposition_of(child) in {"de", "of"}):
            continue
        one = referents.of(child, types)
        if one.value is not None:
            return one
        if not owner and (inner := whose(referents, child, types)) is not None:
            return inner
    return None
