"""The token vectors of the shipped pipelines, computed as their layers say and a good deal faster than layer by layer.

A `Tok2Vec` embeds every token by itself (`MultiHashEmbed`) and then looks four times at the neighbours of each
(`MaxoutWindowEncoder`). The first step depends on the word alone, so each word is embedded once and remembered; the
second is five passes over one array instead of forty calls. What is remembered is multiplied word by word: a product of
matrices rounds a row differently by the place it has among others, and the vector of a word must not depend on the
texts that were read before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.tokens import Doc
from thinc.api import Model

from faits.models.arithmetic import one_thread

# Words remembered: 8 MB for each of the two sets of vectors of a pipeline.
REMEMBERED = 20_000


def token_vectors(tok2vec: Any) -> Any:
    """A layer that gives what the spaCy layer `tok2vec`, of the shape above, gives when it is not trained."""
    embed, encode = tok2vec.get_ref("embed"), tok2vec.get_ref("encode")
    words, windows = Words(embed), [_Maxout.of(*pair) for pair in _maxouts(encode)]
    return Model("token_vectors", _forward, attrs={"words": words, "windows": windows, "pad": encode.attrs["pad"]})


def _forward(model: Any, docs: Sequence[Doc], is_train: bool) -> tuple[list[Any], Any]:
    assert not is_train
    words, windows, pad = (model.attrs[name] for name in ("words", "windows", "pad"))
    with one_thread():
        return [_encoded(words.embedded(doc), windows, pad) for doc in docs], None


def _encoded(vectors: Any, windows: list[_Maxout], pad: int) -> Any:
    """The vectors of a text after each has looked at its neighbours; `pad` empty places stand at either end."""
    count, width = vectors.shape
    if not count:
        return vectors
    seen = np.zeros((count + 2 * pad, width), dtype="f4")
    seen[pad : pad + count] = vectors
    around = np.zeros((len(seen), 3 * width), dtype="f4")
    for window in windows:
        around[1:, :width] = seen[:-1]
        around[:, width : 2 * width] = seen
        around[:-1, 2 * width :] = seen[1:]
        seen += window(around)
    return seen[pad : pad + count]


class Words:
    """The vectors of words by themselves, the last many of them remembered."""

    def __init__(self, embed: Any) -> None:
        self._embed = embed
        self._columns = next(node for node in embed.walk() if node.name == "extract_features").attrs["columns"]
        self._hashed = [node for node in embed.walk() if node.name == "hashembed"]
        self._static = next((node for node in embed.walk() if node.name == "static_vectors"), None)
        (mix,) = _maxouts(embed)
        self._mix, width = _Maxout.of(*mix), mix[0].get_dim("nO")
        self._rows: dict[int, int] = {}
        self._vectors = np.zeros((0, width), dtype="f4")

    def embedded(self, doc: Doc) -> Any:
        """One vector for each token of the text."""
        # The last column is the form that the table of word vectors is looked up by: as written, or in lower case.
        features = doc.to_array([*self._columns, "ORTH", doc.vocab.vectors.attr])
        # Prefix, suffix and shape follow from the word as written; its norm may be set for a token by itself.
        keys = (features[:, -2] * np.uint64(31) + features[:, 0]).tolist()
        if len(self._rows) + len(keys) > REMEMBERED:
            self._rows.clear()
        fresh = {key: place for place, key in enumerate(keys) if key not in self._rows}
        if fresh:
            self._remember(doc, features, fresh)
        return self._vectors[[self._rows[key] for key in keys]]

    def _remember(self, doc: Doc, features: Any, fresh: dict[int, int]) -> None:
        first = len(self._rows)
        if first + len(fresh) > len(self._vectors):
            more = max(1024, len(self._vectors), first + len(fresh) - len(self._vectors))
            self._vectors = np.concatenate([self._vectors, np.zeros((more, self._vectors.shape[1]), dtype="f4")])
        self._vectors[first : first + len(fresh)] = self._of(doc, features[list(fresh.values())])
        self._rows.update({key: first + n for n, key in enumerate(fresh)})

    def _of(self, doc: Doc, features: Any) -> Any:
        parts = [node.predict(np.ascontiguousarray(features[:, n])) for n, node in enumerate(self._hashed)]
        if self._static is not None:
            parts.append(self._known(doc, features[:, -1]))
        return self._mix.best_of(_row_by_row(np.concatenate(parts, axis=1), self._mix.weights))

    def _known(self, doc: Doc, words: Any) -> Any:
        """What the table of word vectors says, brought to the width of the others; nothing for unknown words."""
        assert self._static is not None
        table = doc.vocab.vectors
        rows = np.asarray(table.find(keys=words))
        known = np.where((rows >= 0)[:, None], table.data[rows], 0).astype("f4")
        return _row_by_row(known, self._static.get_param("W").T)


def _row_by_row(rows: Any, weights: Any) -> Any:
    product = np.empty((len(rows), weights.shape[1]), dtype="f4")
    for row, out in zip(rows, product, strict=True):
        np.dot(row, weights, out=out)
    return product


@dataclass(frozen=True, slots=True)
class _Maxout:
    """A maxout layer and the layer normalisation behind it; `weights` has the pieces side by side."""

    weights: Any
    bias: Any
    pieces: int
    gain: Any
    shift: Any

    @classmethod
    def of(cls, maxout: Any, norm: Any) -> _Maxout:
        weights, bias = maxout.get_param("W"), maxout.get_param("b")
        out, pieces, width = weights.shape
        by_piece = np.ascontiguousarray(weights.transpose(1, 0, 2).reshape(out * pieces, width).T)
        return cls(by_piece, bias.T.reshape(-1), pieces, norm.get_param("G"), norm.get_param("b"))

    def __call__(self, given: Any) -> Any:
        return self.best_of(np.dot(given, self.weights))

    def best_of(self, every: Any) -> Any:
        """The best piece of each unit, normalised, given their products with the weights."""
        every += self.bias
        width = every.shape[1] // self.pieces
        best = np.maximum(every[:, :width], every[:, width : 2 * width])
        for piece in range(2, self.pieces):
            np.maximum(best, every[:, piece * width : (piece + 1) * width], out=best)
        best -= best.mean(axis=1, keepdims=True)
        spread = np.einsum("ij,ij->i", best, best) / np.float32(width) + np.float32(1e-8)
        best *= (spread ** np.float32(-0.5))[:, None]
        best *= self.gain
        best += self.shift
        return best


def _maxouts(model: Any) -> list[tuple[Any, Any]]:
    """The maxout layers of a model, each with its normalisation, in order."""
    nodes = list(model.walk())
    return list(zip((n for n in nodes if n.name == "maxout"), (n for n in nodes if n.name == "layernorm"), strict=True))
