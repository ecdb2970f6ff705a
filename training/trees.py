"""Grows the trees that look again at whom a figure is about; training/ranker.py teaches them.

A figure and the portraits of its likeliest parties make one question; its right parties shall get the most of a
softmax over what the chain gave them and what the trees add. The splits are tried at random (extremely randomised
trees), each on a part of features and rows: with a few thousand questions from some hundred articles, trees that seek
the best split learn the articles by heart.
"""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

import lightgbm as lgb
import numpy as np

ROUNDS, SEEN = 120, 60
_LEAST = 1e-6
GROWTH = {
    "learning_rate": 0.05, "num_leaves": 12, "min_data_in_leaf": 40, "feature_fraction": 0.4, "bagging_fraction": 0.7,
    "bagging_freq": 1, "lambda_l2": 5.0, "extra_trees": True, "seed": 1, "num_threads": 1, "deterministic": True,
    "verbose": -1,
}  # fmt: skip


@dataclass
class Look:
    """The portraits of a figure's likeliest parties, and which of them are right."""

    rows: list[dict[str, float]]
    right: list[bool]


def grow(seen: list[Look]) -> list[Any]:
    """Trees as models/trees.json writes them: [feature, threshold, at most, more, value], or a leaf's value."""
    counts = Counter(name for look in seen for row in look.rows for name, value in row.items() if value)
    names = sorted(name for name, n in counts.items() if n >= SEEN)
    place = {name: n for n, name in enumerate(names)}
    table = np.zeros((sum(len(look.rows) for look in seen), len(names)))
    for n, row in enumerate(row for look in seen for row in look.rows):
        for name, value in row.items():
            if name in place:
                table[n, place[name]] = value
    right = np.array([float(r) for look in seen for r in look.right])
    sizes = np.array([len(look.rows) for look in seen])
    data = lgb.Dataset(table, right, init_score=np.log(table[:, place["share"]] + _LEAST))
    grown = lgb.train({**GROWTH, "objective": _softmax(sizes)}, data, ROUNDS)
    return [_node(tree["tree_structure"], names) for tree in grown.dump_model()["tree_info"]]


def _softmax(sizes: np.ndarray) -> Any:
    """The gradient of minus the log-likelihood of the right parties, by questions of these sizes."""
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    question = np.repeat(np.arange(len(sizes)), sizes)

    def gradient(score: np.ndarray, data: lgb.Dataset) -> tuple[np.ndarray, np.ndarray]:
        right = data.get_label()
        said = np.exp(score - np.maximum.reduceat(score, starts)[question])
        share = said / np.add.reduceat(said, starts)[question]
        told = said * right
        wanted = told / np.add.reduceat(told, starts)[question]
        return share - wanted, np.maximum(share * (1 - share), 1e-3)

    return gradient


def _node(node: dict[str, Any], names: list[str]) -> Any:
    if "leaf_value" in node:
        return round(1000 * node["leaf_value"])
    below, above = (_node(node[side], names) for side in ("left_child", "right_child"))
    threshold = float(f"{node['threshold']:.6g}")
    return [names[node["split_feature"]], threshold, below, above, round(1000 * node["internal_value"])]


def as_json(trees: list[Any]) -> str:
    """The file: one tree a line."""
    about = (
        "trees over portraits of parties: [feature, threshold, at most, more, value in thousandths]; training/trees.py"
    )
    lines = ",\n".join("  " + json.dumps(tree) for tree in trees)
    return f'{{\n "about": {json.dumps(about)},\n "subject": [\n{lines}\n ]\n}}\n'
