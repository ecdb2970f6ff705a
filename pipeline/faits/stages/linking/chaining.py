"""The figures of an article chosen for together: what one is about, the next is likely to be about too.

A chain of anchors in reading order: each candidate speaks for itself (`weighing.py`), and for being the party that the
anchor before is about. Both are weighed together, forwards and backwards, so that a sure anchor helps its neighbours on
either side.
"""

from __future__ import annotations

import math

from faits.stages.linking.candidates import GROUP, Anchor
from faits.stages.linking.clues import Features, clue
from faits.stages.linking.talk import Talk


def ties(talk: Talk, before: Anchor, anchor: Anchor) -> tuple[str, ...]:
    """How an anchor hangs together with the one before it, in words for a ranker."""
    scene = talk.scene
    gap = anchor.sentence.index - before.sentence.index
    if gap == 0:
        names = min(2, len(scene.entities_in(before.end, anchor.start)))
        out = ["sentence", f"sentence, {names} names between"]
        text = scene.text[before.end : anchor.start]
        if scene.words_between(before.end, anchor.start) <= 3:
            out.append("side by side")
        if ";" in text:
            out.append("semicolon")
    elif anchor.sentence.paragraph == before.sentence.paragraph:
        out = [f"paragraph, {min(2, gap)} apart"]
    else:
        out = [f"other paragraph, {min(3, gap)} apart"]
        if before.sentence.heading:
            out.append("after heading")
    same = before.predicate == anchor.predicate
    alike = GROUP.get(before.predicate) == GROUP.get(anchor.predicate)
    out.append("same predicate" if same else "alike" if alike else "other predicate")
    if gap == 0:
        out.append("sentence, " + out[-1])
    return tuple(out)


@clue
def tied(how: tuple[str, ...], kind: str) -> Features:
    """What speaks for a candidate that the anchor before is about, too."""
    out = {"again": 1.0, f"again {kind}": 1.0}
    for name in how:
        out[f"again, {name}"] = 1.0
    out[f"again {kind} × {how[0]}"] = 1.0
    return out


def shares(keys: list[list[str]], scores: list[list[float]], again: list[list[float]]) -> list[list[float]]:
    """The share of each candidate of each anchor, all anchors heard.

    `keys` names the party of each candidate, `scores` is what speaks for it by itself, `again` what is added when the
    anchor before is about the same party (not read for the first one).
    """
    own = [[math.exp(s - max(some)) for s in some] for some in scores]
    forth: list[list[float]] = []
    for n, some in enumerate(own):
        if n:
            by_party = _summed(keys[n - 1], forth[-1])
            some = [
                value * (1.0 + (math.exp(more) - 1.0) * by_party.get(key, 0.0))
                for value, key, more in zip(some, keys[n], again[n], strict=True)
            ]
        forth.append(_normal(some))
    back = [[1.0] * len(some) for some in own]
    for n in range(len(own) - 1, 0, -1):
        said = [a * b for a, b in zip(own[n], back[n], strict=True)]
        extra = _summed(keys[n], [v * (math.exp(more) - 1.0) for v, more in zip(said, again[n], strict=True)])
        total = sum(said)
        back[n - 1] = _normal([total + extra.get(key, 0.0) for key in keys[n - 1]])
    return [_normal([a * b for a, b in zip(f, b_, strict=True)]) for f, b_ in zip(forth, back, strict=True)]


def _summed(keys: list[str], values: list[float]) -> dict[str, float]:
    out: dict[str, float] = {}
    for key, value in zip(keys, values, strict=True):
        out[key] = out.get(key, 0.0) + value
    return out


def _normal(values: list[float]) -> list[float]:
    total = sum(values)
    return [value / total for value in values] if total else values
