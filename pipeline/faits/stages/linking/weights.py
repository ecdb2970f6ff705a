"""The weights of models/ranker.json, as training/ranker.py writes them."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Literal

from faits.errors import LexiconError

Asked = Literal["subject", "predicate", "confidence"]
_ASKED: tuple[Asked, ...] = ("subject", "predicate", "confidence")


@cache
def _file() -> dict[str, dict[str, float]]:
    try:
        content = json.loads(resources.files("faits.models").joinpath("ranker.json").read_text(encoding="utf-8"))
        return {asked: {str(n): float(w) for n, w in content[asked].items()} for asked in _ASKED}
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise LexiconError(f"models/ranker.json: {error}; the installation is incomplete; reinstall faits") from error


def weights(asked: Asked) -> dict[str, float]:
    """What each feature counts for, by the question it helps to answer.

    Raises:
        LexiconError: the file is missing or not what training/ranker.py writes.
    """
    return _file()[asked]
