"""The trained line classifier: how likely a segment is no part of the article, where no rule knows it.

A logistic regression over `context.FEATURES`; its weights are one readable JSON file, made by training/lines.py.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from importlib import resources
from operator import mul

from faits.errors import ModelError
from faits.text.context import FEATURES

_FILE = "models/lines.json"


def likelihoods(rows: Sequence[Sequence[float]]) -> list[float]:
    """For each row of features, how likely the segment is boilerplate, 0 to 1.

    Raises:
        ModelError: the weights cannot be read, or are not for these features.
    """
    bias, weights = _weights()
    return [1 / (1 + math.exp(-max(-30.0, min(30.0, bias + sum(map(mul, row, weights)))))) for row in rows]


@cache
def _weights() -> tuple[float, tuple[float, ...]]:
    # Not through faits.models, which takes a second to import spaCy.
    try:
        read = json.loads(resources.files("faits").joinpath(_FILE).read_text(encoding="utf-8"))
        named: dict[str, float] = read["weights"]
        bias = float(read["bias"])
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{_FILE}: cannot be read ({error}); reinstall the package") from error
    if set(named) != set(FEATURES):
        odd = ", ".join(sorted(set(named) ^ set(FEATURES)))
        raise ModelError(f"{_FILE}: made for other features ({odd}); train it again with training/lines.py")
    return bias, tuple(float(named[name]) for name in FEATURES)
