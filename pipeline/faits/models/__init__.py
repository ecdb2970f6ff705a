"""The French and English spaCy pipelines that come with the package, and how to load them.

Each language is a folder: `config.cfg` (the spaCy configuration), `meta.json` (scores, versions, licences, and the
SHA-256 of every other file) and one `<component>.bin` for each component: zlib over msgpack, weights in eight bits
with one scale a row. A component that is left out is not even read. `vectors.bin` holds the word vectors.
"""

import hashlib
import json
import zlib
from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import spacy
import srsly  # type: ignore[import-untyped]
from spacy.language import Language
from spacy.vectors import Vectors  # type: ignore[import-not-found]  # compiled, without types
from thinc.api import Config

from faits.errors import ModelError
from faits.models.arithmetic import multiply_quickly
from faits.models.lemmas import FACTORY as REMEMBERING
from faits.models.linewise import LINEWISE
from faits.models.token_vectors import token_vectors
from faits.models.tokenizer import import_french

LANGS = ("en", "fr")
LABELS = ("LOC", "MISC", "ORG", "PER")
_HERE = Path(__file__).parent
# What listens to the shared token vectors; without any of them the vectors are not needed either.
_LISTENERS = frozenset({"morphologizer", "trainable_lemmatizer", "parser"})


def load_pipeline(lang: str, *, exclude: Sequence[str] = (), folder: Path | None = None) -> Language:
    """The shipped pipeline of one language, ready to read text.

    `exclude` names components to leave out, among tok2vec, morphologizer, trainable_lemmatizer, parser and ner;
    tok2vec goes by itself when nothing that needs it stays. `folder` replaces the shipped folder of the language.

    Raises:
        ModelError: no such language or component, or a file is missing or not the one its meta.json describes.
    """
    nlp = load_layers(lang, exclude=exclude, folder=folder)
    _hasten(nlp)
    return nlp


def load_layers(lang: str, *, exclude: Sequence[str] = (), folder: Path | None = None) -> Language:
    """The same, its token vectors computed layer by layer: slower, and what `load_pipeline` is measured against."""
    source = folder or _folder(lang)
    meta = read_meta(lang, folder=folder)
    if lang == "fr":
        import_french()
    config = Config().from_str(_checked(source, "config.cfg", meta).decode("utf-8"))
    components = config["nlp"]["pipeline"]
    for name, factory in (LINEWISE | {"trainable_lemmatizer": REMEMBERING}).items():
        config["components"][name]["factory"] = factory
    left_out = _left_out(exclude, components, lang)
    nlp = spacy.util.load_model_from_config(config, meta=_nlp_meta(meta), exclude=left_out, auto_fill=False)
    if any(_reads_vectors(config, name) for name in components if name not in left_out):
        nlp.vocab.vectors = read_vectors(source / "vectors.bin", meta["files"].get("vectors.bin", ""))
    for name in components:
        if name not in left_out:
            _fill(nlp, name, _unpacked(source, f"{name}.bin", meta))
    return nlp


def _hasten(nlp: Language) -> None:
    """Let the pipeline compute the same token vectors in less time."""
    pipes: dict[str, Any] = dict(nlp.pipeline)
    multiply_quickly(nlp)
    if "tok2vec" in pipes:
        pipes["tok2vec"].model = token_vectors(pipes["tok2vec"].model)
    if "ner" in pipes:
        reading = pipes["ner"].model.get_ref("tok2vec")
        reading.layers[0] = token_vectors(reading.layers[0])


def _reads_vectors(config: Config, component: str) -> bool:
    model = config["components"][component]["model"]
    embed = model.get("tok2vec", model).get("embed", {})
    return bool(embed.get("include_static_vectors"))


def _nlp_meta(meta: dict[str, Any]) -> dict[str, Any]:
    """The part of `meta.json` that spaCy itself keeps on a pipeline."""
    return {key: meta[key] for key in ("lang", "name", "version", "description", "license")}


@cache
def read_vectors(path: Path, sha256: str | None = None) -> Vectors:
    """The word vectors in a file, one table for all who ask; unknown words have none.

    Raises:
        ModelError: the file is missing, or is not the one with that checksum.
    """
    packed = srsly.msgpack_loads(zlib.decompress(_read(path, sha256)))
    keys, rows = np.cumsum(_whole(packed["keys"], "<u8"), dtype="u8"), _whole(packed["rows"], "<u2")
    scales = np.frombuffer(packed["scales"], dtype="<f4")
    values = np.frombuffer(packed["values"], dtype="i1").reshape(len(scales), packed["dimensions"])
    vectors = Vectors(data=values.astype("f4") * scales[:, None], attr=packed["attr"])
    vectors.key2row = dict(zip(keys.tolist(), rows.tolist(), strict=True))
    return vectors


def _whole(planes: bytes, kind: str) -> Any:
    """Numbers of which the first bytes are stored first, then the second bytes, and so on."""
    size = np.dtype(kind).itemsize
    return np.ascontiguousarray(np.frombuffer(planes, dtype="u1").reshape(size, -1).T).view(kind)[:, 0]


@cache
def _read_meta(path: Path) -> dict[str, Any]:
    try:
        meta: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: cannot be read ({error}); reinstall the package") from error
    return meta


def read_meta(lang: str, *, folder: Path | None = None) -> dict[str, Any]:
    """What `meta.json` says of a pipeline: name, version, scores, seeds, sources, licences, checksums.

    Raises:
        ModelError: no such language, or the file cannot be read.
    """
    return _read_meta((folder or _folder(lang)) / "meta.json")


def _folder(lang: str) -> Path:
    if lang not in LANGS:
        raise ModelError(f"{lang}: no pipeline is shipped for this language; use one of {', '.join(LANGS)}")
    return _HERE / lang


def _left_out(exclude: Sequence[str], components: Collection[str], lang: str) -> list[str]:
    unknown = sorted(set(exclude) - set(components))
    if unknown:
        raise ModelError(f"{lang}: no component {', '.join(unknown)}; exclude some of {', '.join(components)}")
    left_out = set(exclude)
    kept = set(components) - left_out
    if "tok2vec" in left_out and kept & _LISTENERS:
        raise ModelError(f"{lang}: tok2vec is needed by {', '.join(sorted(kept & _LISTENERS))}; exclude these as well")
    if not kept & _LISTENERS:
        left_out.add("tok2vec")
    return sorted(left_out & set(components))


def _checked(folder: Path, name: str, meta: dict[str, Any]) -> bytes:
    """The bytes of a file, after comparing them with the checksum in `meta.json`."""
    return _read(folder / name, meta["files"].get(name, ""))


def _read(path: Path, sha256: str | None) -> bytes:
    """The bytes of a file, which must have the checksum given, if any is."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}); reinstall the package") from error
    if sha256 is not None and hashlib.sha256(data).hexdigest() != sha256:
        raise ModelError(f"{path}: damaged or changed, its checksum is not the one in meta.json; reinstall the package")
    return data


def _unpacked(folder: Path, name: str, meta: dict[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = srsly.msgpack_loads(zlib.decompress(_checked(folder, name, meta)))
    return data


def _fill(nlp: Language, name: str, packed: dict[str, Any]) -> None:
    """Give the component its labels and weights, by way of the bytes that spaCy itself reads."""
    for string in packed["strings"]:
        nlp.vocab.strings.add(string)
    model = packed["model"]
    model["params"] = [{key: _array(value) for key, value in node.items()} for node in model["params"]]
    component = {**packed["component"], "model": srsly.msgpack_dumps(model)}
    pipe: Any = nlp.get_pipe(name)
    pipe.from_bytes(srsly.msgpack_dumps(component))


def fill_from_shipped(nlp: Language, lang: str, name: str) -> None:
    """Give one component of `nlp` the labels and weights it is shipped with, for training to go on from."""
    _fill(nlp, name, _unpacked(_folder(lang), f"{name}.bin", read_meta(lang)))


def _array(packed: dict[str, Any] | None) -> Any:
    """The weights of one parameter as 32-bit floats: as stored, or eight bits times the scale of the row."""
    if packed is None:
        return None
    shape = packed["shape"]
    if "scales" not in packed:
        return np.frombuffer(packed["values"], dtype="<f4").reshape(shape).copy()
    scales = np.frombuffer(packed["scales"], dtype="<f4")
    rows = np.frombuffer(packed["values"], dtype="i1").reshape(len(scales), -1)
    return (rows.astype("f4") * scales[:, None]).reshape(shape)
