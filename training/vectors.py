"""Shrink the word vectors of `fr_core_news_md` to what the package ships: fewer words, fewer dimensions, eight bits."""

import re
import zlib
from pathlib import Path

import numpy as np
import spacy
import srsly

SOURCE = "fr_core_news_md"
DIMENSIONS = 64
# The words come in order of frequency. Names say more of themselves than common words do, so more of them are kept.
CAPITALISED, LOWER = 250_000, 70_000
_WORD = re.compile(r"^\w[\w'’.&-]*$")
_NAME = re.compile(r"^(?:[A-ZÀ-ÖØ-Þ]|\d*[A-Z])")


def shrink(out: Path) -> None:
    """Write `out`: rows of unit length in eight bits, and for each word kept, by its hash, the row it reads."""
    nlp = spacy.load(SOURCE, exclude=["ner", "parser", "lemmatizer", "morphologizer", "attribute_ruler", "senter"])
    vectors = nlp.vocab.vectors
    keys, rows = list[int](), list[int]()
    for rank, (key, row) in enumerate(vectors.key2row.items()):
        word = nlp.vocab.strings[key]
        if _WORD.match(word) and rank < (CAPITALISED if _NAME.match(word) else LOWER):
            keys.append(key)
            rows.append(row)
    used = sorted(set(rows))
    place = {row: i for i, row in enumerate(used)}
    values = _principal(np.asarray(vectors.data)[used])
    scales = np.abs(values).max(axis=1) / 127
    packed = {
        "dimensions": DIMENSIONS,
        "keys": np.asarray(keys, dtype="<u8").tobytes(),
        "rows": np.asarray([place[row] for row in rows], dtype="<u2").tobytes(),
        "scales": scales.astype("<f4").tobytes(),
        "values": np.rint(values / scales[:, None]).astype("i1").tobytes(),
    }
    out.write_bytes(zlib.compress(srsly.msgpack_dumps(packed), 9))


def _principal(data: np.ndarray) -> np.ndarray:
    """The rows on their first principal axes, each of length two."""
    unit = data / np.maximum(np.linalg.norm(data, axis=1, keepdims=True), 1e-9)
    centred = unit - unit.mean(axis=0)
    values, axes = np.linalg.eigh(centred.T @ centred)
    order = np.argsort(values)[::-1][:DIMENSIONS]
    axes = axes[:, order] * np.sign(axes[np.abs(axes[:, order]).argmax(axis=0), order])
    projected = centred @ axes
    return np.asarray(2 * projected / np.maximum(np.linalg.norm(projected, axis=1, keepdims=True), 1e-9))
