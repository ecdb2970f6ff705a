"""Write a trained spaCy pipeline as the package ships it: eight bits a weight, one file a component, checksums."""

import hashlib
import json
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import srsly
from spacy.language import Language

NO_TREE = 2**32 - 1  # how spaCy writes that a lemma rule has no rule for what is before or after


def ship(nlp: Language, meta: dict[str, Any], vectors: Path, out: Path) -> dict[str, Any]:
    """Write `nlp` and its vectors to the folder `out` and give back its `meta.json`, checksums included."""
    out.mkdir(parents=True, exist_ok=True)
    config = nlp.config.copy()
    for unused in ("training", "initialize", "corpora", "pretraining", "paths", "system"):
        config.pop(unused, None)
    files = {"config.cfg": config.to_str().encode("utf-8"), vectors.name: vectors.read_bytes()}
    for name in nlp.pipe_names:
        files[f"{name}.bin"] = _packed(nlp, name)
    for name, data in files.items():
        (out / name).write_bytes(data)
    full = {**meta, "files": {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}}
    (out / "meta.json").write_text(json.dumps(full, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return full


def reship(nlp: Language, name: str, notes: dict[str, Any], out: Path) -> None:
    """Put one component in the place of the one in the folder `out`; `notes` is what changes in its `meta.json`."""
    data = _packed(nlp, name)
    (out / f"{name}.bin").write_bytes(data)
    meta = json.loads((out / "meta.json").read_text(encoding="utf-8"))
    files = {**meta["files"], f"{name}.bin": hashlib.sha256(data).hexdigest()}
    (out / "meta.json").write_text(
        json.dumps({**meta, **notes, "files": files}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )


def _packed(nlp: Language, name: str) -> bytes:
    component = srsly.msgpack_loads(nlp.get_pipe(name).to_bytes(exclude=["vocab"]))
    if name == "trainable_lemmatizer":
        _prune(component)
    model = srsly.msgpack_loads(component.pop("model"))
    model["params"] = [{key: _eight_bits(value) for key, value in node.items()} for node in model["params"]]
    packed = {"component": component, "model": model, "strings": _strings(nlp, component)}
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


def _prune(component: dict[str, Any]) -> None:
    """Leave out the lemma rules that are no label: training keeps each it has met, and loading checks each."""
    cfg = srsly.json_loads(component["cfg"])
    trees = srsly.msgpack_loads(component["trees"])["trees"]
    kept = list[int]()

    def keep(number: int) -> None:
        for part in ("prefix_tree", "suffix_tree"):
            if trees[number].get(part, NO_TREE) != NO_TREE:
                keep(trees[number][part])
        if number not in place:
            place[number] = len(kept)
            kept.append(number)

    place = dict[int, int]()
    for label in cfg["labels"]:
        keep(label)
    for tree in (trees[number] for number in kept):
        for part in ("prefix_tree", "suffix_tree"):
            if tree.get(part, NO_TREE) != NO_TREE:
                tree[part] = place[tree[part]]
    cfg["labels"] = [place[label] for label in cfg["labels"]]
    component["cfg"] = srsly.json_dumps(cfg)
    component["trees"] = srsly.msgpack_dumps({"trees": [trees[number] for number in kept]})


def _strings(nlp: Language, component: dict[str, Any]) -> list[str]:
    """The strings that a component knows by hash alone: the pieces of its lemma rules."""
    if "trees" not in component:
        return []
    trees = srsly.msgpack_loads(component["trees"])["trees"]
    hashes = {value for tree in trees for key, value in tree.items() if key in ("orig", "subst")}
    return sorted(nlp.vocab.strings[value] for value in hashes if value)
