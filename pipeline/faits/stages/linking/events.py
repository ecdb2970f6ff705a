"""Dates that are the point of their sentence: founded, started, ended, announced, due."""

from __future__ import annotations

from collections.abc import Iterator

from faits.model import DateValue, Mention, Predicate
from faits.stages.linking.candidates import Anchor
from faits.stages.linking.choosing import rank
from faits.stages.linking.scene import Scene

# From this score on a word says that the date itself is told, not only when something else was.
_TOLD: dict[Predicate, float] = {
    "founded": 0.75, "start_date": 0.75, "end_date": 0.75, "announced": 0.5, "deadline": 0.85,
}  # fmt: skip


def events(scene: Scene) -> Iterator[tuple[Mention, Anchor, float]]:
    """Each date that is a fact of its own, with the predicate it has and how strongly."""
    for m in scene.dates:
        if not isinstance(m.value, DateValue):
            continue
        sentence = scene.sentence_at(m.start)
        for score, one in rank(scene, m.start, m.end, "date", sentence)[:1]:
            a, b = (one.end, m.start) if one.end <= m.start else (m.end, one.start)
            score -= 0.35 * scene.figures_between(a, b)
            score -= 0.15 * (_figure_beside(scene, m))
            if one.start < m.end and m.start < one.end:
                score += 0.1
            if score >= _TOLD.get(one.row.predicate, 9.0):
                yield m, Anchor(m.start, m.end, "date", sentence, one.row.predicate, one), score


def _figure_beside(scene: Scene, m: Mention) -> bool:
    return any(abs(f.end - m.start) <= 4 or abs(m.end - f.start) <= 4 for f in scene.figures)
