"""How sure a claim is: the chance that its subject and predicate are right, calibrated on annotated articles."""

from __future__ import annotations

import math

# Above this a larger share was no likelier right, in articles that the rankers had not seen.
_SUREST = 0.7


def log_odds(share: float) -> float:
    """The log-odds of a share of 0 to 1, kept within what the shares of the rankers can tell.

    >>> round(log_odds(0.5), 3), round(log_odds(1.0), 2)
    (0.0, 0.85)
    """
    kept = min(_SUREST, max(1 - _SUREST, share))
    return math.log(kept / (1 - kept))


def confidence(subject: float, predicate: float, table: dict[str, float]) -> float:
    """The chance that a claim is right, from the rankers' shares for its subject and its predicate.

    `table` is the logistic regression that training/ranker.py fits on articles its rankers have not seen.
    """
    score = table["base"] + table["subject"] * log_odds(subject) + table["predicate"] * log_odds(predicate)
    return round(1 / (1 + math.exp(-score)), 2)
