"""What an article talks about as it goes: which entity was named where, how often, and what it is called."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from faits.lexicons.goods import goods
from faits.lexicons.naming import noun_types
from faits.lexicons.predicates import FormRow, fold
from faits.model import EntityType, EntityValue, Mention
from faits.stages.linking.attribution import attribution_of
from faits.stages.linking.paying import Paid, paid
from faits.stages.linking.pricing import goods_of
from faits.stages.linking.referents import Referents
from faits.stages.linking.scene import Places, Scene, Sentence
from faits.stages.linking.slots import NOTHING, Slot, slots_in, stems, topic_nouns
from faits.stages.linking.tree import Tree

if TYPE_CHECKING:
    from faits.stages.linking.candidates import Candidate
    from faits.stages.linking.nouns import Common

# "le loueur de puces CoreWeave", "l'américain Eli Lilly", "the research firm DC Byte": what stands before a name.
_CALLED_BEFORE = re.compile(
    r"(?:^|(?<=[\s(«“\"]))(?i:le |la |l['’]|les |un |une |du |au |the |a |an |son |sa |its )"
    r"([a-zà-öø-ÿ][\w'’-]*(?: [a-zà-öø-ÿ][\w'’-]*){0,5} ?)$"
)
_LINKED = re.compile(r"\b(?:de|du|des|d|à|au|aux|par|avec|chez|pour|dans|en|sur|of|by|with|at|in|to|from|for|on)\s*$")
# "Octavio, l'éditeur toulousain", "Nscale, a British start-up", "Calyste (une jeune pousse)".
_CALLED_AFTER = re.compile(
    r"^(?:,|\s\(| est| is| was)\s*(?:le |la |l['’]|un |une |the |a |an |son |sa |its )"
    r"([^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*){0,6} ?)"
)
# Two figures or names told in one breath: "612 000 et 587 400", "Alvera et Korda", "d'Alvera et de Korda".
_BESIDE = re.compile(
    r"^(?:\s*,)?\s*(?:et|and|puis|ou)?\s*(?:de |d['’]|du |à |of |by |par |le |la |l['’]|the |celle de |celui de )*$"
)
_WHERE = re.compile(
    r"\b(?:a|en|dans|pres de|au large de|aux portes de|in|at|near|off|outside)\s+(?:les? |la |l'|the )?$"
)
_REFERENTS = 9
_REMEMBERED = 14


def _series(text: str, spans: list[tuple[int, int, str]]) -> list[list[tuple[int, int, str]]]:
    """The spans that stand side by side, two or more together."""
    out: list[list[tuple[int, int, str]]] = []
    for one in spans:
        if out and _BESIDE.match(text[out[-1][-1][1] : one[0]]):
            out[-1].append(one)
        else:
            out.append([one])
    return [some for some in out if len(some) > 1]


@dataclass(slots=True)
class Known:
    """One entity of the article: where it is named, and the words it goes by."""

    value: EntityValue
    starts: list[int]
    sentences: list[int]
    called: frozenset[str]
    type: EntityType  # what the nouns it goes by say it is ("l'hébergeur Skylane"), else the type of its name


@dataclass
class Talk:
    """The article as a talk: its scene, its parse, its entities, and the slots of each sentence."""

    scene: Scene
    tree: Tree = field(init=False)
    _slots: dict[int, list[Slot]] = field(init=False, default_factory=dict)
    _referents: dict[tuple[int, int], list[EntityValue]] = field(init=False, default_factory=dict)
    _spoken: dict[str, bool] = field(init=False, default_factory=dict)
    # By sentence, whom `candidates.py` has found in reach of it: it asks again for each figure.
    reached: dict[int, list[Candidate]] = field(init=False, default_factory=dict)
    # By span, what `nouns.py` has seen of a common noun.
    commons: dict[tuple[int, int], Common] = field(init=False, default_factory=dict)
    _aligned: dict[int, list[tuple[list[int], list[str]]]] = field(init=False, default_factory=dict)
    _priced: dict[int, Slot | None] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.tree = Tree(self.scene.doc)

    def slots(self, sentence: Sentence) -> list[Slot]:
        """The slots of a sentence, in reading order."""
        if sentence.index not in self._slots:
            self._slots[sentence.index] = slots_in(self.scene, self.tree, sentence)
        return self._slots[sentence.index]

    @cached_property
    def known(self) -> dict[str, Known]:
        """Every entity by id, in the order of first mention."""
        out: dict[str, Known] = {}
        told: dict[str, Counter[EntityType]] = {}
        for m in self.scene.entities:
            assert isinstance(m.value, EntityValue)
            words, types = self._called(m.start, m.end)
            told.setdefault(m.value.id, Counter()).update(types)
            words |= stems(" ".join(w for w in m.text.split() if w[:1].islower()))
            one = out.get(m.value.id)
            index = self.scene.sentence_at(m.start).index
            if one is None:
                out[m.value.id] = Known(m.value, [m.start], [index], words, m.value.type)
            else:
                one.starts.append(m.start)
                one.sentences.append(index)
                one.called |= words
        for id_, types_told in told.items():
            if types_told:
                out[id_].type = types_told.most_common(1)[0][0]
        return out

    def is_where(self, start: int) -> bool:
        """Whether a preposition of place stands before what starts at an offset."""
        return _WHERE.search(self.scene.folded[max(0, start - 24) : start]) is not None

    def _called(self, start: int, end: int) -> tuple[frozenset[str], list[EntityType]]:
        """The words that stand before or behind a name and say what it is, and the kinds of thing they name."""
        scene, sentence = self.scene, self.scene.sentence_at(start)
        found: list[tuple[int, int]] = []
        before = _CALLED_BEFORE.search(scene.text[max(sentence.start, start - 70) : start])
        if before and not _LINKED.search(before[1]):
            found.append((start - len(before[1]), start))
        after = _CALLED_AFTER.match(scene.text[end : min(sentence.end, end + 70)])
        if after:
            found.append((end + after.start(1), end + after.end(1)))
        words, types = frozenset[str](), []
        for a, b in found:
            words |= stems(scene.folded[a:b])
            first = (self.noun_types.get(word) for word in scene.folded[a:b].split())
            types += [one for one in first if one is not None][:1]
        return words, types

    @cached_property
    def noun_types(self) -> dict[str, EntityType]:
        """What common nouns name in the language of the text."""
        return noun_types(self.scene.lang)

    @cached_property
    def topic_nouns(self) -> dict[str, str]:
        """The common nouns that the text keeps speaking of, by their stems."""
        return topic_nouns(self.scene, self.tree)

    @cached_property
    def topic_slots(self) -> list[Slot]:
        """Those nouns as what no expression of a sentence needs to point to."""
        return [replace(NOTHING, noun=noun) for noun in self.topic_nouns.values()]

    def keeps_speaking_of(self, noun: str) -> bool:
        """Whether the text keeps speaking of what an expression has as its noun."""
        if noun not in self._spoken:
            folded = fold(noun)
            self._spoken[noun] = any(stem in folded for stem in self.topic_nouns)
        return self._spoken[noun]

    @cached_property
    def described(self) -> dict[int, EntityValue]:
        """The descriptions whose entity is beyond doubt, by where they start."""
        return {start: value for start, _, value in self.scene.descriptions}

    def pointed(self, slot: Slot) -> EntityValue | None:
        """The entity a description in the slot's place is known to point to."""
        for offset in range(slot.start - 4, slot.end):
            if offset in self.described:
                return self.described[offset]
        return None

    def referents(self, slot: Slot) -> list[EntityValue]:
        """What an expression may point to, most recent first; only what it can be by type or by its words."""
        key = (slot.start, slot.end)
        if key not in self._referents:
            self._referents[key] = self._search(slot)
        return self._referents[key]

    def _search(self, slot: Slot) -> list[EntityValue]:
        at = slot.start
        pointed = self.pointed(slot)
        pool = {value.id: value for value in [*self.recent(at), *self.scene.ranked_topics[:3]]}
        if pointed is not None and pointed.id in self.known:
            pool.setdefault(pointed.id, pointed)
        sure = pointed.id if pointed is not None else None
        fitting = [
            value
            for n, (id_, value) in enumerate(pool.items())
            if self.known[id_].type in slot.types
            or id_ == sure
            or slot.words & self.known[id_].called
            # The type a name was given may be wrong: the last one named stays possible.
            or (slot.types and n < 2)
        ]
        return fitting[:_REFERENTS]

    def ordinal(self, slot: Slot) -> EntityValue | None:
        """Whom "le premier", "the latter", "l'un" point to: one of the last two parties named side by side."""
        if slot.rank is None:
            return None
        pair = self._pair(slot.start)
        return pair[0 if slot.rank == "first" else 1] if pair else None

    def _pair(self, at: int) -> tuple[EntityValue, EntityValue] | None:
        """The two parties named last before `at`, the one named first coming first; places are no parties."""
        scene, here = self.scene, self.scene.sentence_at(at)
        for sentence in reversed(scene.sentences[max(0, here.index - 3) : here.index + 1]):
            named: dict[str, EntityValue] = {}
            for m in scene.entities_in(sentence.start, min(at, sentence.end)):
                if isinstance(m.value, EntityValue) and m.value.type not in {"PLACE", "PERSON"}:
                    named.setdefault(m.value.id, m.value)
            if len(named) >= 2:
                first, second = list(named.values())[-2:] if len(named) > 2 else named.values()
                return first, second
        return None

    @cached_property
    def speaking(self) -> dict[int, str | None]:
        """Who speaks in each sentence, by name."""
        return {
            sentence.index: attribution_of(self.scene, sentence.end, sentence, None)[0]
            for sentence in self.scene.sentences
        }

    def aligned(self, m_start: int, sentence: Sentence) -> str | None:
        """The party that stands where a figure stands: "A et B ont vendu respectivement 3 et 5", by entity id."""
        rows = self._rows(sentence)
        for figures, names in rows:
            if m_start in figures:
                return names[figures.index(m_start)]
        return None

    def _rows(self, sentence: Sentence) -> list[tuple[list[int], list[str]]]:
        if sentence.index not in self._aligned:
            scene = self.scene
            figures = [(m.start, m.end, "") for m in scene.figures_in(sentence.start, sentence.end)]
            names = [
                (m.start, m.end, m.value.id)
                for m in scene.entities_in(sentence.start, sentence.end)
                if isinstance(m.value, EntityValue)
            ]
            self._aligned[sentence.index] = [
                ([start for start, _, _ in some], [id_ for _, _, id_ in others])
                for some in _series(scene.text, figures)
                for others in _series(scene.text, names)
                if len(some) == len(others)
            ]
        return self._aligned[sentence.index]

    def recent(self, at: int) -> list[EntityValue]:
        """The entities named before `at`, the last one first."""
        scene = self.scene
        last = bisect_left(scene.entity_starts, at)
        out: dict[str, EntityValue] = {}
        for m in reversed(scene.entities[max(0, last - 3 * _REMEMBERED) : last]):
            assert isinstance(m.value, EntityValue)
            out.setdefault(m.value.id, m.value)
            if len(out) >= _REMEMBERED:
                break
        return list(out.values())

    @cached_property
    def rank(self) -> dict[str, int]:
        """Entities by how much the article is about them: 0 for its topic."""
        return {value.id: n for n, value in enumerate(self.scene.ranked_topics)}

    @cached_property
    def first_in(self) -> dict[int, list[str]]:
        """The entities of each sentence, in reading order."""
        out: dict[int, list[str]] = {}
        for m in self.scene.entities:
            assert isinstance(m.value, EntityValue)
            out.setdefault(self.scene.sentence_at(m.start).index, []).append(m.value.id)
        return out

    @cached_property
    def heading_of(self) -> dict[int, frozenset[str]]:
        """The entities in the last heading above each sentence."""
        out: dict[int, frozenset[str]] = {}
        above: frozenset[str] = frozenset()
        for sentence in self.scene.sentences:
            out[sentence.index] = above
            if sentence.heading and sentence.index:
                above = frozenset(self.first_in.get(sentence.index, ()))
        return out

    @cached_property
    def _payments(self) -> tuple[dict[int, Paid], frozenset[int]]:
        return paid(self.scene, self.tree, self.referents_of)

    @property
    def paid(self) -> dict[int, Paid]:
        """The figures that a word of payment governs, by where they start."""
        return self._payments[0]

    @property
    def handed(self) -> frozenset[int]:
        """Where the figures start that somebody gives, whatever for."""
        return self._payments[1]

    @cached_property
    def referents_of(self) -> Referents:
        """Whom the words of the text stand for."""
        return Referents(self.scene)

    def priced(self, m: Mention) -> Slot | None:
        """The goods a price is of, as a common noun; None where it is of what somebody sells."""
        if m.start not in self._priced:
            self._priced[m.start] = goods_of(self.scene, self.tree, self.traded, m)
        return self._priced[m.start]

    @cached_property
    def traded(self) -> Places[FormRow]:
        """The nouns of goods that anybody sells."""
        return Places(goods(self.scene.lang).find(self.scene.folded))

    @cached_property
    def types(self) -> Counter[str]:
        """How many entities there are of each type."""
        return Counter(one.value.type for one in self.known.values())
