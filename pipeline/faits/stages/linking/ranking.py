"""Weighs candidates for a party with the weights of models/ranker.json."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from faits.errors import LexiconError
from faits.stages.linking.candidates import GROUP, Anchor, Candidate, Memory, candidates, features
from faits.stages.linking.scene import Scene

# "un investissement de 375 millions sur la start-up X": X is paid, whoever else stands near. The gold has too few
# payers for the fitted weights to have learned it.
_RECIPIENT = 1.0


@cache
def weights() -> dict[str, float]:
    """What each feature counts for.

    Raises:
        LexiconError: the file is missing or not what training/ranker.py writes.
    """
    try:
        content = json.loads(resources.files("faits.models").joinpath("ranker.json").read_text(encoding="utf-8"))
        return {str(name): float(weight) for name, weight in content["subject"].items()}
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise LexiconError(f"models/ranker.json: {error}; the installation is incomplete; reinstall faits") from error


def rank_subjects(scene: Scene, anchor: Anchor, memory: Memory) -> list[tuple[float, Candidate]]:
    """The candidates for subject, best first, each entity once, with what its place weighs."""
    table = weights()
    best: dict[str, tuple[float, Candidate]] = {}
    for one in candidates(scene, anchor, memory):
        seen = features(scene, anchor, one, memory)
        score = sum(table.get(name, 0.0) * value for name, value in seen.items())
        if "preposition of object" in seen and GROUP.get(anchor.predicate) == "payer":
            score -= _RECIPIENT
        if one.value.id not in best or score > best[one.value.id][0]:
            best[one.value.id] = (score, one)
    return sorted(best.values(), key=lambda pair: (-pair[0], pair[1].start, pair[1].value.id))
