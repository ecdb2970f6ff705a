"""What is seen of a candidate, said in features that a linear ranker weighs.

Each function says one kind of thing in numbers around 0 to 1. What they are given is small and the same for many
candidates ("a pronoun right before, one name between"), so each saying is made once and weighed once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, ParamSpec

if TYPE_CHECKING:
    from faits.stages.linking.nouns import Common

Features = dict[str, float]
P = ParamSpec("P")


class Clue:
    """Features that are seen together, and what a table of weights makes of them."""

    __slots__ = ("_table", "_weight", "features")

    def __init__(self, features: Features) -> None:
        self.features = features
        self._table: Features | None = None
        self._weight = 0.0

    def weight(self, table: Features) -> float:
        """What the features count for; worked out again when the table is another one."""
        if self._table is not table:
            self._table, self._weight = table, sum(table.get(n, 0.0) * value for n, value in self.features.items())
        return self._weight


def clue(say: Callable[P, Features]) -> Callable[P, Clue]:
    """Keep what `say` says of something as a clue, for whatever looks the same."""

    @lru_cache(maxsize=4096)
    def seen(*args: P.args, **options: P.kwargs) -> Clue:
        return Clue(say(*args, **options))

    return seen  # type: ignore[return-value]  # what it is called with can be a key: words, numbers, tuples of them


def features(seen: Iterable[Clue]) -> Features:
    """All that some clues say."""
    return {name: value for one in seen for name, value in one.features.items()}


@clue
def kinds(group: str, kind: str, type_: str, figure: str, predicate: str) -> Features:
    """What is asked for, and what sort of expression and thing the candidate is."""
    return {
        kind: 1.0, f"{group} {type_}": 1.0, f"{kind} {type_}": 1.0, f"{figure} × {type_}": 1.0,
        f"{predicate} × {type_}": 1.0,
    }  # fmt: skip


@clue
def governs(group: str, kind: str, itself: bool, governor: str) -> Features:
    """Whether the candidate is the subject of the clause in the parse, or what sort of expression is."""
    if itself:
        return {f"{kind} governs": 1.0, "governs": 1.0, f"{group} × governs": 1.0}
    return {f"{kind} while {governor}": 1.0, f"not the {governor}": 1.0}


@clue
def noun(group: str, kind: str, topic: bool) -> Features:
    """Whether a common noun is one that the text keeps speaking of."""
    return {"noun is topic": 1.0, f"{group} × noun is topic": 1.0, f"{kind} noun is topic": 1.0} if topic else {}


@clue
def common(one: Common, group: str, governs: bool) -> Features:
    """What the form of a common noun says: whether it stands for itself, and for a thing that is new."""
    how = "governs" if governs else "aside"
    out = {
        f"noun is {one.sort}": 1.0, f"{one.sort} noun, {how}": 1.0, f"noun is {one.article}": 1.0,
        f"{one.article} noun, {how}": 1.0, f"noun names {one.names}": 1.0, f"{group} × noun is {one.sort}": 1.0,
        f"{one.sort} × noun is {one.article}": 1.0,
    }  # fmt: skip
    if one.plural:
        out["plural noun"] = out[f"plural noun, {how}"] = 1.0
    if one.given:
        out["given noun"] = out[f"given noun, {how}"] = 1.0
    return out


@clue
def frequency(share: float) -> Features:
    """How often an entity is named among all."""
    return {"often named": share}


@clue
def topic(group: str, kind: str, rank: int, in_title: bool, in_heading: bool) -> Features:
    """Whether the text is about an entity."""
    out: Features = {}
    if rank < 3:
        out[f"topic {rank}"] = out[f"{group} × topic {rank}"] = out[f"{kind} topic {rank}"] = 1.0
    if in_title:
        out[f"{group} × in title"] = out[f"{kind} in title"] = 1.0
    if in_heading:
        out["in heading"] = out[f"{kind} in heading"] = 1.0
    return out


@clue
def told(kind: str, type_: str, aligned: bool | None, speaks: bool, later: bool) -> Features:
    """Whether an entity has its row in a list, speaks in the sentence, or is named only later."""
    out: Features = {}
    if aligned is not None:
        out["aligned" if aligned else "not aligned"] = 1.0
    if speaks:
        out["speaks"] = out[f"speaks × {type_}"] = out[f"{kind} × speaks"] = 1.0
    if later:
        out[f"{kind} named later"] = 1.0
    return out


@clue
def named(first: bool, alone: bool) -> Features:
    """The place of a name among those of its sentence."""
    return {name: 1.0 for name, is_so in (("first name", first), ("only name", alone)) if is_so}


@clue
def pointed(
    kind: str, gap: int, place: tuple[bool, bool] | None, called: bool, of_type: bool | None, alone: bool | None,
    ranked: bool, sure: bool | None,
) -> Features:  # fmt: skip
    """How well an entity answers to the expression that points to it: when it was named, what it is called and is."""
    out = {f"{kind} said {gap} ago": 1.0}
    if place is not None:
        out[f"{kind} first said"], out[f"{kind} last said"] = map(float, place)
    if called:
        out[f"{kind} called so"] = 1.0
    if of_type is not None:
        out[f"{kind} type {of_type}"] = 1.0
    if alone is not None:
        out[f"{kind} strict type {of_type}"] = 1.0
        out[f"{kind} only one"] = float(alone)
    if ranked:
        out["by its rank"] = 1.0
    if sure is not None:
        out["surely it" if sure else "surely another"] = 1.0
    return out


@clue
def unsaid(figures: int, names: int) -> Features:
    """What a sentence has that does not point to the candidate."""
    return {"unsaid figures before": float(figures), f"unsaid names {names}": 1.0}


@clue
def distance(kind: str, side: str, words: int) -> Features:
    """How far it is from the figure."""
    far = math.log1p(words) / 3
    return {f"distance {side}": far, f"{kind} distance {side}": far}


@clue
def between(side: str, names: int, figures: int, commas: int, broken: bool, bracket: bool) -> Features:
    """What stands between it and the figure."""
    return {
        f"names between {side}": float(names), "figures between": float(figures), "commas between": float(commas),
        "break between": float(broken), "brackets": float(bracket),
    }  # fmt: skip


@clue
def beside(
    group: str, kind: str, side: str, right: bool, owns: bool, names: bool, opens: bool, possessive: bool
) -> Features:
    """How it stands by the figure and in its sentence."""
    out = {side: 1.0, f"{group} × {side}": 1.0, f"{kind} {side}": 1.0}
    if right:
        out[f"{kind} right {side}"] = 1.0
    if owns:
        out["owns the brackets"] = out[f"{kind} owns the brackets"] = 1.0
    if names:
        out["names it"] = 1.0
    if opens:
        out["opens sentence"] = out[f"{kind} opens sentence"] = 1.0
    if possessive:
        out["possessive"] = out[f"possessive {side}"] = 1.0
    return out


@clue
def standing(group: str, kind: str, type_: str, how: str) -> Features:
    """Its role around the figure in the parse."""
    return {f"is {how}": 1.0, **{f"{one} × is {how}": 1.0 for one in (kind, group, type_)}}


@clue
def preposition(group: str, type_: str, prep: str | None, direct: bool, side: str) -> Features:
    """The preposition that governs it."""
    weight = 1.0 if direct or prep is None else 0.6
    return {
        f"prep {prep}": weight, f"{group} × prep {prep}": weight, f"prep {prep} {side}": weight,
        f"{type_} × prep {prep}": weight,
    }  # fmt: skip


@clue
def answers(group: str, to_subject: bool, to_object: bool) -> Features:
    """Whether its preposition is one that the word of the predicate has before its subject, or before its object."""
    out: Features = {}
    if to_subject:
        out["preposition of subject"] = 1.0
    elif to_object:
        out["preposition of object"] = out[f"{group} × preposition of object"] = 1.0
    return out


@clue
def near(kind: str, pos: str, prep: str | None, place: str, words: int) -> Features:
    """Where it stands from the word that gave the predicate."""
    if place == "on":
        return {f"{kind} is trigger": 1.0}
    if place == "before":
        out = {f"{pos} after it": 1.0, f"{kind} {pos} after it": 1.0}
        return out if words > 2 else {**out, f"{kind} {pos} right after it": 1.0}
    if words > 3:
        return {}
    return {f"{pos} right before it {prep}": 1.0, f"{kind} {pos} right before it {prep}": 1.0}
