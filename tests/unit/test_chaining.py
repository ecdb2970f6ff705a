"""The figures of an article chosen for together."""

import itertools
import math

import pytest

from faits.stages.linking.chaining import shares


def by_counting(keys: list[list[str]], scores: list[list[float]], again: list[list[float]]) -> list[list[float]]:
    """The shares by the sum over every way to answer all questions."""
    out = [[0.0] * len(some) for some in keys]
    for way in itertools.product(*[range(len(some)) for some in keys]):
        weight = sum(scores[n][i] for n, i in enumerate(way))
        weight += sum(again[n][i] for n, i in enumerate(way) if n and keys[n - 1][way[n - 1]] == keys[n][i])
        for n, i in enumerate(way):
            out[n][i] += math.exp(weight)
    total = sum(out[0])
    return [[value / total for value in some] for some in out]


def test_shares_are_those_of_all_ways_to_answer() -> None:
    keys = [["a", "b"], ["a", "b", "a"], ["c", "b"]]
    scores, again = [[0.3, -0.2], [0.0, 1.0, 0.5], [0.2, 0.1]], [[0.0, 0.0], [1.5, 0.7, -0.4], [0.3, 2.0]]

    for found, wanted in zip(shares(keys, scores, again), by_counting(keys, scores, again), strict=True):
        assert found == pytest.approx(wanted)


def test_a_sure_figure_helps_its_neighbour_on_either_side() -> None:
    keys, again = [["a", "b"]] * 3, [[1.0, 1.0]] * 3

    first, _, last = shares(keys, [[0.0, 0.0], [5.0, 0.0], [0.0, 0.0]], again)

    assert first[0] > 0.6
    assert last[0] > 0.6
