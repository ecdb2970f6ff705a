"""What is known of each party that a figure is likely about, for a second look: one portrait a party.

The chain weighs clues one by one; the trees of `models/trees.json` ask for several at once: "the sentence before is
about it, and no name stands here". A portrait holds what they may ask, as names and numbers.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from faits.stages.linking.candidates import GROUP, Anchor, Candidate
from faits.stages.linking.centres import Centres, Clause
from faits.stages.linking.clues import Features
from faits.stages.linking.nouns import common
from faits.stages.linking.prepositions import frame, preposition_at
from faits.stages.linking.slots import Slot
from faits.stages.linking.talk import Known, Talk
from faits.stages.linking.weighing import View

# How many parties of a figure are looked at again: the right one is hardly ever further down.
LIKELIEST = 5
_FAR = 13
_BREAKS = (";", " – ", " — ", ": ")
_PREPOSITIONS = {None: 0, "of": 1, "by": 2, "to": 3, "at": 4, "in": 5, "for": 6, "with": 7, "from": 8, "against": 9}
_OTHER_PREPOSITION, _INDIRECT = 10, 11


@dataclass(slots=True)
class Party:
    """A party of an anchor as the chain has heard it: its share, the share of its own clues, its expressions."""

    key: str
    share: float
    alone: float
    best: float
    candidates: list[Candidate]


@dataclass(slots=True)
class Heard:
    """An anchor, what the parse shows of it, and its parties, likeliest first."""

    anchor: Anchor
    view: View
    parties: list[Party]
    shares: dict[str, float]


class Gallery:
    """Makes the portraits of an article's parties."""

    def __init__(self, talk: Talk, heard: Sequence[Heard]) -> None:
        self.talk, self.heard = talk, heard
        self._centres = Centres(talk)
        self._by_sentence: dict[int, list[int]] = {}
        self._by_paragraph: dict[int, list[int]] = {}
        self._by_predicate: dict[str, list[int]] = {}
        self._all: dict[str, float] = {}
        for n, one in enumerate(heard):
            self._by_sentence.setdefault(one.anchor.sentence.index, []).append(n)
            self._by_paragraph.setdefault(one.anchor.sentence.paragraph, []).append(n)
            self._by_predicate.setdefault(one.anchor.predicate, []).append(n)
            for key, share in one.shares.items():
                self._all[key] = self._all.get(key, 0.0) + share

    def portraits(self, n: int) -> list[Features]:
        """The portraits of the likeliest parties of the n-th anchor."""
        heard = self.heard[n]
        parties = heard.parties[:LIKELIEST]
        clause = self._centres.around(heard.anchor)
        context = self._context(n, clause)
        out = []
        for party in parties:
            features = {**context, **self._said(n, party)}
            self._typed(party, features)
            if party.candidates[0].value is not None:
                self._known(heard.anchor, party, clause, features)
            slots = [one.slot for one in party.candidates if one.slot.start >= 0]
            features["expressions"] = float(len(slots))
            if slots:
                self._placed(heard, party, slots, clause, features)
            out.append(features)
        for name in _RIVALLED:
            values = [features.get(name, 0.0) for features in out]
            for at, features in enumerate(out):
                features[f"rival: {name}"] = max((v for i, v in enumerate(values) if i != at), default=0.0)
        return out

    def _context(self, n: int, clause: Clause) -> Features:
        """What is the same for all parties of an anchor."""
        heard, talk = self.heard[n], self.talk
        anchor, sentence = heard.anchor, heard.anchor.sentence
        named = talk.first_in.get(sentence.index, [])
        here = self._by_sentence[sentence.index]
        before = talk.scene.sentences[sentence.index - 1] if sentence.index else None
        row = anchor.trigger.row if anchor.trigger is not None else None
        return {
            f"asks for {GROUP.get(anchor.predicate, 'figure')}": 1.0, f"a {anchor.kind}": 1.0,
            f"is {anchor.predicate}": 1.0,
            "parties": float(len(heard.shares)), "names in sentence": float(len(set(named))),
            "firms in sentence": float(sum(talk.known[id_].type == "ORG" for id_ in set(named))),
            "figures in sentence": float(min(6, len(here))), "figures before in sentence": float(here.index(n)),
            "heading": float(sentence.heading), "sentence": float(min(30, sentence.index)),
            "opens paragraph": float(before is None or before.paragraph != sentence.paragraph),
            f"subject is {clause.subject.how}": 1.0, f"outer subject is {clause.outer.how}": 1.0,
            f"governor is {heard.view.governor}": 1.0,
            "word of predicate": float(row is not None), "verb of predicate": float(row is not None and row.pos == "verb"),
            "word of predicate before": float(anchor.trigger is not None and anchor.trigger.end <= anchor.start),
        }  # fmt: skip

    def _said(self, n: int, party: Party) -> Features:
        """What the chain says of a party, here and at the other figures."""
        heard, key = self.heard[n], party.key
        here, one = heard.anchor, heard.parties
        best = one[0].share if key != one[0].key else one[1].share if len(one) > 1 else 0.0
        before = self.heard[n - 1] if n else None
        after = self.heard[n + 1] if n + 1 < len(self.heard) else None
        return {
            "share": party.share, "lead": party.share - best, "alone": party.alone, "best expression": party.best,
            "rank": float(next(i for i, other in enumerate(one) if other.key == key)),
            "figure before": before.shares.get(key, 0.0) if before is not None else -1.0,
            "figure after": after.shares.get(key, 0.0) if after is not None else -1.0,
            "figure before, sentences": float(min(5, here.sentence.index - before.anchor.sentence.index))
            if before is not None else 6.0,
            "figure before, same predicate": float(before is not None and before.anchor.predicate == here.predicate),
            "figures of sentence": self._mean(key, n, self._by_sentence[here.sentence.index]),
            "figures of paragraph": self._mean(key, n, self._by_paragraph[here.sentence.paragraph]),
            "figures of predicate": self._mean(key, n, self._by_predicate[here.predicate]),
            "all figures": (self._all[key] - party.share) / max(1, len(self.heard) - 1),
        }  # fmt: skip

    def _mean(self, key: str, n: int, others: list[int]) -> float:
        if len(others) < 2:
            return -1.0
        return sum(self.heard[i].shares.get(key, 0.0) for i in others if i != n) / (len(others) - 1)

    def _typed(self, party: Party, out: Features) -> None:
        """What sort of thing a party is."""
        one = party.candidates[0]
        out[f"type {self.talk.known[party.key].type if one.value is not None else 'noun'}"] = 1.0
        if one.value is None:
            out["noun is topic"] = float(self.talk.keeps_speaking_of(one.slot.noun))
            out["words of noun"] = float(len(one.slot.noun.split()))
            if one.slot.start >= 0:
                seen = common(self.talk, one.slot)
                out[f"{seen.sort} noun"] = out[f"{seen.article} noun"] = out[f"noun names {seen.names}"] = 1.0
                out["plural noun"], out["given noun"] = float(seen.plural), float(seen.given)

    def _known(self, anchor: Anchor, party: Party, clause: Clause, out: Features) -> None:
        """What the article has said of an entity so far, and which sentences are about it."""
        talk, key, sentence = self.talk, party.key, anchor.sentence
        scene, known, index = talk.scene, talk.known[key], sentence.index
        seen = bisect_left(known.starts, anchor.start)
        paragraph = sum(scene.sentences[i].paragraph == sentence.paragraph for i in known.sentences[:seen])
        here, before, earlier = (talk.first_in.get(index - back, []) for back in (0, 1, 2))
        out |= {
            "often named": scene.frequency(key), "topic rank": float(min(12, talk.rank[key])),
            "in title": float(scene.in_title(key)), "in heading": float(key in talk.heading_of.get(index, ())),
            "sentences since": float(min(12, index - known.sentences[seen - 1])) if seen else float(_FAR),
            "named later": float(known.starts[0] > anchor.end), "times named": float(seen),
            "named in paragraph": float(paragraph),
            "first of sentence before": float(bool(before) and before[0] == key),
            "last of sentence before": float(bool(before) and before[-1] == key),
            "in sentence before": float(key in before), "two sentences before": float(key in earlier),
            "first of sentence": float(bool(here) and here[0] == key), "in sentence": float(key in here),
            "only name": float(bool(here) and set(here) == {key}),
            "in next sentence": float(key in talk.first_in.get(index + 1, ())),
            "speaks": float(talk.speaking.get(index) == known.value.name),
            "of its type": float(talk.types[known.value.type]),
            "names since": self._since(known, seen, anchor),
            "likelier of its type": float(
                sum(talk.known[id_].value.type == known.value.type for id_ in list(talk.rank)[: talk.rank[key]])
            ),
        }  # fmt: skip
        aligned = talk.aligned(anchor.start, sentence)
        if aligned is not None:
            out["aligned"] = 1.0 if aligned == key else -1.0
        self._centred(anchor, key, clause, out)

    def _since(self, known: Known, seen: int, anchor: Anchor) -> float:
        """How many other names stand between an entity's last one and the figure."""
        if not seen:
            return 9.0
        names = self.talk.scene.entities_in(known.starts[seen - 1] + 1, anchor.start)
        return float(min(8, len({one.value.id for one in names if hasattr(one.value, "id")} - {known.value.id})))

    def _centred(self, anchor: Anchor, key: str, clause: Clause, out: Features) -> None:
        """Which sentences, clauses and nouns are an entity's by their grammar."""
        centres, index = self._centres, anchor.sentence.index
        places = centres.places.get(key, [])
        paragraph = anchor.sentence.paragraph
        own, acts = centres.of_trigger(anchor)
        last = max((i for i in places if i < index), default=None)
        out |= {
            "sentence is about it": float(centres.of[index].id == key),
            "sentence before is about it": float(index > 0 and centres.of[index - 1].id == key),
            "sentence two before is about it": float(index > 1 and centres.of[index - 2].id == key),
            "next sentence is about it": float(index + 1 < len(centres.of) and centres.of[index + 1].id == key),
            "last told of": float(centres.carried[index] == key),
            "paragraph opens with it": float(centres.opening.get(paragraph) == key),
            "paragraph before opens with it": float(centres.opening.get(paragraph - 1) == key),
            "share of sentences": len(places) / max(1, len(centres.of)),
            "sentences about it before": float(bisect_left(places, index)),
            "sentences since about it": float(min(12, index - last)) if last is not None else float(_FAR),
            "subject of clause": float(clause.subject.id == key), "subject of outer clause": float(clause.outer.id == key),
            "owns the noun": float(clause.owner == key),
            "owns word of predicate": float(own == key), "does the predicate": float(acts == key),
        }  # fmt: skip

    def _placed(self, heard: Heard, party: Party, slots: list[Slot], clause: Clause, out: Features) -> None:
        """Where the expressions for a party stand."""
        talk, anchor = self.talk, heard.anchor
        scene, trigger = talk.scene, anchor.trigger
        for kind in {slot.kind for slot in slots}:
            out[f"a {kind}"] = 1.0
        near = min(slots, key=lambda slot: self._distance(slot, anchor))
        before = near.end <= anchor.start
        a, b = (near.end, anchor.start) if before else (anchor.end, near.start)
        gap = scene.text[a:b]
        prep, direct = preposition_at(scene, near.start)
        tokens = {slot.token for slot in slots}
        out |= {
            "before": float(before), "distance": float(min(40, scene.words_between(a, b))),
            "names between": float(len(scene.entities_in(a, b))), "figures between": float(scene.figures_between(a, b)),
            "commas between": float(gap.count(",")), "break between": float(any(mark in gap for mark in _BREAKS)),
            "opens sentence": float(near.start - anchor.sentence.start < 5),
            "governs": float(any((s.start, s.end) == heard.view.governing for s in slots)),
            "is the subject": float(clause.subject.token in tokens),
            "is the outer subject": float(clause.outer.token in tokens),
            "heads the sentence": float(self._centres.of[anchor.sentence.index].token in tokens),
            "preposition": float(
                _PREPOSITIONS.get(prep, _OTHER_PREPOSITION) if direct or prep is None else _INDIRECT
            ),
        }  # fmt: skip
        if trigger is not None:
            wanted, others = frame(trigger.row.subject), frame(trigger.row.object)
            out["preposition of subject"] = float(prep in wanted)
            out["preposition of object"] = float(prep in others and prep not in wanted)
            out["predicate between"] = float(min(near.end, anchor.end) <= trigger.start < max(near.start, anchor.start))
        if out.get("free noun"):
            out["free subject"] = max(out["is the subject"], out["heads the sentence"])
        self._standing(heard, slots, out)
        if party.candidates[0].value is not None:
            self._pointed(talk.known[party.key], slots, out)

    def _distance(self, slot: Slot, anchor: Anchor) -> int:
        words = self.talk.scene.words_between
        return words(slot.end, anchor.start) if slot.end <= anchor.start else words(anchor.end, slot.start)

    def _standing(self, heard: Heard, slots: list[Slot], out: Features) -> None:
        """How the expressions stand around the figure in the parse, and how many clauses away."""
        level = 4
        for slot in slots:
            how = heard.view.standing.get((slot.start, slot.end))
            if how is None:
                continue
            role, _, rest = how.partition(" ")
            near = int(rest[0]) if rest[:1].isdigit() else 3
            name = f"under {role}" if ">" in how else f"as {role}"
            out[name] = max(out.get(name, 0.0), 4.0 - near)
            level = min(level, near)
        out["clauses away"] = float(level)

    def _pointed(self, known: Known, slots: list[Slot], out: Features) -> None:
        """How well an entity answers to the expressions that point to it."""
        out["called so"] = float(max(len(slot.words & known.called) for slot in slots))
        for slot in slots:
            if slot.kind == "definite" and slot.types:
                out["type fits" if len(slot.types) < 3 else "type may fit"] = float(known.type in slot.types)
            if slot.kind != "name" and (sure := self.talk.pointed(slot)) is not None:
                out["surely it" if sure.id == known.value.id else "surely another"] = 1.0


# What is asked of the other parties too: the best of them has it as much.
_RIVALLED = (
    "subject of clause", "sentence is about it", "sentence before is about it", "paragraph opens with it", "last told of",
    "called so", "a name", "surely it", "owns the noun", "owns word of predicate", "governs", "often named",
    "is the subject", "share of sentences", "free subject",
)  # fmt: skip


def hear(anchor: Anchor, view: View, found: Sequence[Candidate], said: Sequence[float], scores: Sequence[float]) -> Heard:
    """An anchor as the chain has heard it: `said` are the shares of its candidates, `scores` what each has by itself."""
    top = max(scores)
    own = [math.exp(score - top) for score in scores]
    total = sum(own)
    parties: dict[str, Party] = {}
    for one, share, alone in zip(found, said, own, strict=True):
        party = parties.setdefault(one.key, Party(one.key, 0.0, 0.0, 0.0, []))
        party.share += share
        party.alone += alone / total
        party.best = max(party.best, alone / total)
        party.candidates.append(one)
    for party in parties.values():  # what a last digit makes of a sum must not choose
        party.share, party.alone, party.best = round(party.share, 6), round(party.alone, 6), round(party.best, 6)
    ranked = sorted(parties.values(), key=lambda p: (-p.share, p.candidates[0].start, p.key))
    return Heard(anchor, view, ranked, {p.key: p.share for p in ranked})
