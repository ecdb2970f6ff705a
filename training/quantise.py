"""Write a trained spaCy pipeline as the package ships it: eight bits a weight, one file a component, checksums."""

import hashlib
import json
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import srsly
from spacy.language import Language


def ship(nlp: Language, meta: dict[str, Any], out: Path) -> dict[str, Any]:
    """Write `nlp` to the folder `out` and give back its `meta.json`, checksums included."""
    out.mkdir(parents=True, exist_ok=True)
    config = nlp.config.copy()
    for unused in ("training", "initialize", "corpora", "pretraining", "paths", "system"):
        config.pop(unused, None)
    files = {"config.cfg": config.to_str().encode("utf-8")}
    for name in nlp.pipe_names:
        files[f"{name}.bin"] = _packed(nlp, name)
    for name, data in files.items():
        (out / name).write_bytes(data)
    full = {**meta, "files": {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}}
    (out / "meta.json").write_text(json.dumps(full, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return full


def _packed(nlp: Language, name: str) -> bytes:
    component = srsly.msgpack_loads(nlp.get_pipe(name).to_bytes(exclude=["vocab"]))
    model = srsly.msgpack_loads(component.pop("model"))
    model["params"] = [{key: _eight_bits(value) for key, value in node.items()} for node in model["params"]]
    packed = {"component": component, "model": model, "strings": _strings(nlp, name)}
    return zlib.compress(srsly.msgpack_dumps(packed), 9)


def _eight_bits(array: Any) -> dict[str, Any] | None:
    """A parameter with one scale for each row of its last axis; vectors and single numbers stay floats."""
    if array is None:
        return None
    values = np.asarray(array, dtype="<f4")
    if values.ndim < 2:
        return {"shape": list(values.shape), "values": values.tobytes()}
    rows = values.reshape(-1, values.shape[-1])
    scales = np.maximum(np.abs(rows).max(axis=1), 1e-12).astype("<f4") / np.float32(127)
    return {
        "shape": list(values.shape),
        "scales": scales.tobytes(),
        "values": np.rint(rows / scales[:, None]).astype("i1").tobytes(),
    }


def _strings(nlp: Language, name: str) -> list[str]:
    """The strings that a component knows by hash alone: the pieces of its lemma rules."""
    if name != "trainable_lemmatizer":
        return []
    trees = srsly.msgpack_loads(srsly.msgpack_loads(nlp.get_pipe(name).to_bytes())["trees"])["trees"]
    hashes = {value for tree in trees for key, value in tree.items() if key in ("orig", "subst")}
    return sorted(nlp.vocab.strings[value] for value in hashes if value)
