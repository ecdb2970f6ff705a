"""Decision trees that weigh several things at once, as training/trees.py grows them: models/trees.json.

A node of the file is [feature, threshold, node where the feature is at most that, node where it is more, value]; a
leaf is its value alone. Values are whole thousandths, so that their sum is the same in any order and on any machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from faits.errors import LexiconError
from faits.stages.linking.clues import Features

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Forest:
    """Trees as columns of nodes: a leaf leads to itself."""

    names: tuple[str, ...]
    roots: Numbers
    feature: Numbers
    threshold: NDArray[np.float64]
    at_most: Numbers
    more: Numbers
    value: Numbers
    depth: int

    def leaves(self, rows: Sequence[Features]) -> Numbers:
        """The leaf of each tree that each row ends in."""
        table = np.zeros((len(rows), len(self.names)))
        places = self._places
        for n, row in enumerate(rows):
            for name, value in row.items():
                at = places.get(name)
                if at is not None:
                    table[n, at] = value
        here: Numbers = np.repeat(self.roots[None, :], len(rows), axis=0)
        line = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            low = table[line, self.feature[here]] <= self.threshold[here]
            here = np.where(low, self.at_most[here], self.more[here])
        return here

    def scores(self, leaves: Numbers) -> list[int]:
        """What all trees say of each row, in thousandths."""
        said: list[int] = self.value[leaves].sum(axis=1).tolist()
        return said

    def told(self, leaves: Numbers, other: Numbers) -> dict[str, int]:
        """By feature, what makes one row score higher than another, in thousandths."""
        said = self._told[leaves].sum(axis=0) - self._told[other].sum(axis=0)
        return {self.names[n]: int(said[n]) for n in np.flatnonzero(said)}

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: n for n, name in enumerate(self.names)}

    @cached_property
    def _told(self) -> NDArray[np.int32]:
        """What each feature has added on the way to each node."""
        out = np.zeros((len(self.value), len(self.names)), dtype=np.int32)
        for node in range(len(self.value)):  # a parent stands before its children
            for child in {int(self.at_most[node]), int(self.more[node])} - {node}:
                out[child] = out[node]
                out[child, self.feature[node]] += self.value[child] - self.value[node]
        return out


def forest_of(trees: Sequence[Any]) -> Forest:
    """The forest of some trees as the file writes them.

    >>> two = forest_of([["share", 0.5, -10, ["rank", 1, 20, 5, 12], 3]])
    >>> two.scores(two.leaves([{"share": 0.4}, {"share": 0.6}, {"share": 0.6, "rank": 2.0}]))
    [-10, 20, 5]
    """
    names = sorted({name for tree in trees for name in _asked(tree)})
    place = {name: n for n, name in enumerate(names)}
    nodes: list[list[float]] = []

    def put(tree: Any) -> int:
        at = len(nodes)
        if not isinstance(tree, list):
            nodes.append([0, 0.0, at, at, tree])
            return at
        nodes.append([place[tree[0]], tree[1], 0, 0, tree[4]])
        nodes[at][2:4] = put(tree[2]), put(tree[3])
        return at

    roots = [put(tree) for tree in trees]
    feature, threshold, at_most, more, value = zip(*nodes, strict=True) if nodes else ((), (), (), (), ())
    return Forest(
        names=tuple(names),
        roots=np.array(roots, dtype=np.int64),
        feature=np.array(feature, dtype=np.int64),
        threshold=np.array(threshold, dtype=np.float64),
        at_most=np.array(at_most, dtype=np.int64),
        more=np.array(more, dtype=np.int64),
        value=np.array(value, dtype=np.int64),
        depth=max((_depth(tree) for tree in trees), default=0),
    )


def _asked(tree: Any) -> set[str]:
    return {tree[0], *_asked(tree[2]), *_asked(tree[3])} if isinstance(tree, list) else set()


def _depth(tree: Any) -> int:
    return 1 + max(_depth(tree[2]), _depth(tree[3])) if isinstance(tree, list) else 0


@cache
def forest() -> Forest:
    """The trees that look again at whom a figure is about.

    Raises:
        LexiconError: the file is missing or not what the training script writes.
    """
    try:
        content: Mapping[str, Any] = json.loads(
            resources.files("faits.models").joinpath("trees.json").read_text(encoding="utf-8")
        )
        return forest_of(content["subject"])
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise LexiconError(f"models/trees.json: {error}; the installation is incomplete; reinstall faits") from error
