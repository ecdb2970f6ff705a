"""What is known of each party that a figure is likely about, for a second look: one portrait a party.

The chain weighs clues one by one; the trees of `models/trees.json` ask for several at once: "the sentence before is
about it, and no name stands here". A portrait holds what they may ask, as names and numbers; what it leaves out is 0.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from faits.model import EntityValue
from faits.stages.linking.candidates import Anchor
from faits.stages.linking.centres import Centre, Centres
from faits.stages.linking.clues import Features
from faits.stages.linking.hearing import Heard, Party
from faits.stages.linking.nouns import common
from faits.stages.linking.slots import Slot
from faits.stages.linking.talk import Known, Talk

# How many parties of a figure are looked at again: the right one is hardly ever further down.
LIKELIEST = 3
_FAR, _MANY = 12, 8
# Where no other figure is there to be asked.
_NONE = -1.0
# What is asked of the other parties too: the best of them has it as much.
_RIVALLED = (
    "share of sentences", "paragraph opens with it", "often named", "sentence before is about it", "last told of",
    "subject of clause", "free subject",
)  # fmt: skip


class Gallery:
    """Makes the portraits of an article's parties."""

    def __init__(self, talk: Talk, heard: Sequence[Heard]) -> None:
        self.talk, self.heard = talk, heard
        self._centres = Centres(talk)
        self._by: dict[tuple[str, object], list[int]] = {}
        self._all: dict[str, float] = {}
        for n, one in enumerate(heard):
            for key in _company(one.anchor):
                self._by.setdefault(key, []).append(n)
            for party, share in one.shares.items():
                self._all[party] = self._all.get(party, 0.0) + share

    def portraits(self, n: int) -> list[Features]:
        """The portraits of the likeliest parties of the n-th anchor."""
        heard = self.heard[n]
        actor = self._centres.actor(heard.anchor)
        out = []
        for rank, party in enumerate(heard.parties[:LIKELIEST]):
            features = self._said(n, rank, party)
            if party.expression.value is not None:
                self._known(heard.anchor, party.key, actor, features)
            else:
                features["type noun"] = 1.0
            slots = [one.slot for one in party.candidates if one.slot.start >= 0]
            if slots:
                self._placed(heard, party, slots, actor, features)
            out.append(features)
        for name in _RIVALLED:
            for at, features in enumerate(out):
                others = [other.get(name, 0.0) for other in out if other is not out[at]]
                features[f"rival: {name}"] = max(others, default=0.0)
        return out

    def _said(self, n: int, rank: int, party: Party) -> Features:
        """What the chain says of a party, here and at the other figures."""
        heard, key = self.heard[n], party.key
        here, parties = heard.anchor, heard.parties
        others = [other.share for other in parties[:2] if other is not party]
        sentence = here.sentence
        opens = not sentence.index or self.talk.scene.sentences[sentence.index - 1].paragraph != sentence.paragraph
        means = [self._mean(key, n, self._by[company]) for company in _company(here)]
        return {
            "share": party.share, "lead": party.share - max(others, default=0.0), "rank": float(rank),
            "opens paragraph": float(opens),
            "figure before": self.heard[n - 1].shares.get(key, 0.0) if n else _NONE,
            "figure after": self.heard[n + 1].shares.get(key, 0.0) if n + 1 < len(self.heard) else _NONE,
            "figures of sentence": means[0], "figures of paragraph": means[1], "figures of predicate": means[2],
            "all figures": round((self._all[key] - party.share) / max(1, len(self.heard) - 1), 6),
        }  # fmt: skip

    def _mean(self, key: str, n: int, others: list[int]) -> float:
        """The share a party has of some other figures."""
        if len(others) < 2:
            return _NONE
        return round(sum(self.heard[i].shares.get(key, 0.0) for i in others if i != n) / (len(others) - 1), 6)

    def _known(self, anchor: Anchor, key: str, actor: Centre, out: Features) -> None:
        """What the article has said of an entity so far."""
        talk, sentence = self.talk, anchor.sentence
        scene, known = talk.scene, talk.known[key]
        seen = bisect_left(known.starts, anchor.start)
        named = talk.first_in.get(sentence.index)
        out[f"type {known.type}"] = 1.0
        out["often named"] = round(scene.frequency(key), 6)
        out["in title"] = float(scene.in_title(key))
        out["topic rank"] = float(min(_FAR, talk.rank[key]))
        out["of its type"] = float(talk.types[known.value.type])
        out["first of sentence"] = float(named is not None and named[0] == key)
        out["named in paragraph"] = float(
            sum(scene.sentences[i].paragraph == sentence.paragraph for i in known.sentences[:seen])
        )
        out["sentences since"] = (
            float(min(_FAR, sentence.index - known.sentences[seen - 1])) if seen else float(_FAR + 1)
        )
        out["names since"] = self._since(known, seen, anchor)
        self._centred(anchor, key, actor, out)

    def _since(self, known: Known, seen: int, anchor: Anchor) -> float:
        """How many other names stand between an entity's last one and the figure."""
        if not seen:
            return float(_MANY + 1)
        names = self.talk.scene.entities_in(known.starts[seen - 1] + 1, anchor.start)
        ids = {one.value.id for one in names if isinstance(one.value, EntityValue)}
        return float(min(_MANY, len(ids - {known.value.id})))

    def _centred(self, anchor: Anchor, key: str, actor: Centre, out: Features) -> None:
        """Which sentences and paragraphs are about an entity by their grammar."""
        centres, index, paragraph = self._centres, anchor.sentence.index, anchor.sentence.paragraph
        places = centres.places.get(key, ())
        before = bisect_left(places, index)
        out["share of sentences"] = round(len(places) / len(centres.of), 6)
        out["sentence before is about it"] = float(index > 0 and centres.of[index - 1].id == key)
        out["sentences since about it"] = float(min(_FAR, index - places[before - 1])) if before else float(_FAR + 1)
        out["last told of"] = float(centres.carried[index] == key)
        out["paragraph opens with it"] = float(centres.opening.get(paragraph) == key)
        out["paragraph before opens with it"] = float(centres.opening.get(paragraph - 1) == key)
        out["subject of clause"] = float(actor.id == key)

    def _placed(self, heard: Heard, party: Party, slots: list[Slot], actor: Centre, out: Features) -> None:
        """Where the expressions for a party stand, and how well they fit it."""
        top = self._centres.of[heard.anchor.sentence.index].token
        heads = any(slot.token == top for slot in slots)
        out["heads the sentence"] = float(heads)
        level = 4
        for slot in slots:
            out[f"a {slot.kind}"] = 1.0
            how = heard.view.standing.get((slot.start, slot.end))
            if how is not None:
                role, _, rest = how.partition(" ")
                near = int(rest[0]) if rest[:1].isdigit() else 3
                name = f"under {role}" if ">" in how else f"as {role}"
                out[name] = max(out.get(name, 0.0), 4.0 - near)
                level = min(level, near)
        out["clauses away"] = float(level)
        if party.expression.value is None:
            free = any(slot.start >= 0 and common(self.talk, slot).sort == "free" for slot in slots)
            out["free subject"] = float(free and (heads or any(slot.token == actor.token for slot in slots)))
        else:
            sure = [self.talk.pointed(slot) for slot in slots if slot.kind != "name"]
            out["surely another"] = float(any(one is not None and one.id != party.key for one in sure))


def _company(anchor: Anchor) -> tuple[tuple[str, object], ...]:
    """The groups of figures that a figure is in: those of its sentence, its paragraph, its predicate."""
    sentence = anchor.sentence
    return ("sentence", sentence.index), ("paragraph", sentence.paragraph), ("predicate", anchor.predicate)
