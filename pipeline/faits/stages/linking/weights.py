"""The weights of models/ranker.json and models/moods.json, as training/ranker.py and training/moods.py write them."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Literal

from faits.errors import LexiconError

Asked = Literal["subject", "predicate", "confidence", "mood"]
_FILES: dict[str, tuple[Asked, ...]] = {"ranker.json": ("subject", "predicate", "confidence"), "moods.json": ("mood",)}


@cache
def _file(name: str) -> dict[str, dict[str, float]]:
    try:
        content = json.loads(resources.files("faits.models").joinpath(name).read_text(encoding="utf-8"))
        return {asked: {str(n): float(w) for n, w in content[asked].items()} for asked in _FILES[name]}
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise LexiconError(f"models/{name}: {error}; the installation is incomplete; reinstall faits") from error


def weights(asked: Asked) -> dict[str, float]:
    """What each feature counts for, by the question it helps to answer.

    Raises:
        LexiconError: the file is missing or not what the training script writes.
    """
    return _file(next(name for name, told in _FILES.items() if asked in told))[asked]
