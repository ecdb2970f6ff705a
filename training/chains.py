"""Questions that hang together, and the gradient of their likelihood: the linear chain that the linker decodes."""

from dataclasses import dataclass, field

import numpy as np


@dataclass
class Question:
    """The candidates of one fact, as features, and which of them are its subject.

    In a chain `again` holds what speaks for a candidate when the question before has the answer of the same key, and a
    question whose answer nobody knows (`right` all true) is asked all the same: its neighbours hear it.
    """

    rows: list[dict[str, float]]
    right: list[bool]
    keys: list[str] = field(default_factory=list)
    again: list[dict[str, float]] = field(default_factory=list)
    known: bool = True
    accepted: list[bool] = field(default_factory=list)  # what the score lets pass, where `right` is stricter


Chain = list[Question]


class Chains:
    """Chains of questions as arrays, one slice of candidates a place in the chain, all chains side by side."""

    def __init__(self, put: list[Chain], names: dict[str, int]) -> None:
        self._width = len(names)
        depth = max(len(chain) for chain in put)
        party: dict[tuple[int, str], int] = {}
        rows, again, right, chains, parties, self._slices = [], [], [], [], [], []
        for place in range(depth):
            first = len(rows)
            for n, chain in enumerate(put):
                if place >= len(chain):
                    continue
                q = chain[place]
                for at, row in enumerate(q.rows):
                    rows.append(row)
                    again.append(q.again[at] if q.again else {})
                    right.append(q.right[at])
                    chains.append(n)
                    parties.append(party.setdefault((n, q.keys[at] if q.keys else str(at)), len(party)))
            self._slices.append(slice(first, len(rows)))
        self._right, self._chain, self._party = np.array(right), np.array(chains), np.array(parties)
        self._chains, self._parties, self._rows = len(put), len(party), len(rows)
        self._own, self._again = _cells(rows, names), _cells(again, names)

    def gradient(self, w: np.ndarray) -> np.ndarray:
        """The gradient of minus the log-likelihood of the right answers."""
        own, more = self._weigh(self._own, w), self._weigh(self._again, w)
        free, free_again = self._expect(own, more, np.ones(self._rows))
        told, told_again = self._expect(own, more, self._right.astype(float))
        return self._spread(self._own, free - told) + self._spread(self._again, free_again - told_again)

    def _weigh(self, cells: tuple[np.ndarray, ...], w: np.ndarray) -> np.ndarray:
        row, column, value = cells
        return np.bincount(row, value * w[column], self._rows)

    def _spread(self, cells: tuple[np.ndarray, ...], said: np.ndarray) -> np.ndarray:
        row, column, value = cells
        return np.bincount(column, value * said[row], self._width)

    def _expect(self, own: np.ndarray, more: np.ndarray, allowed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """How likely each candidate is, and how likely together with the same party before it."""
        forth, back, boost = np.zeros(self._rows), np.ones(self._rows), np.exp(more)
        said = np.exp(np.clip(own, -30, 30)) * allowed
        heard = np.zeros(self._rows)
        before: slice | None = None
        for here in self._slices:
            value = said[here]
            if before is not None:
                heard[here] = np.bincount(self._party[before], forth[before], self._parties)[self._party[here]]
                value = value * (1.0 + (boost[here] - 1.0) * heard[here])
            forth[here] = value / np.bincount(self._chain[here], value, self._chains)[self._chain[here]]
            before = here
        for n in range(len(self._slices) - 1, 0, -1):
            here, before = self._slices[n], self._slices[n - 1]
            value = said[here] * back[here]
            total = np.bincount(self._chain[here], value, self._chains)
            extra = np.bincount(self._party[here], value * (boost[here] - 1.0), self._parties)
            goes_on = total[self._chain[before]] > 0
            told = total[self._chain[before]] + extra[self._party[before]]
            scale = np.maximum(total[self._chain[before]], 1e-300)
            back[before] = np.where(goes_on, told / scale, 1.0)
        likely, both = np.zeros(self._rows), np.zeros(self._rows)
        for n, here in enumerate(self._slices):
            value = forth[here] * back[here]
            likely[here] = value / np.bincount(self._chain[here], value, self._chains)[self._chain[here]]
            if n:
                with_same = boost[here] * heard[here] / (1.0 + (boost[here] - 1.0) * heard[here])
                both[here] = likely[here] * with_same
        return likely, both


def _cells(rows: list[dict[str, float]], names: dict[str, int]) -> tuple[np.ndarray, ...]:
    cells = [(n, names[k], v) for n, row in enumerate(rows) for k, v in row.items() if k in names]
    row, column, value = zip(*cells, strict=True) if cells else ((), (), ())
    return np.array(row, dtype=int), np.array(column, dtype=int), np.array(value, dtype=float)
