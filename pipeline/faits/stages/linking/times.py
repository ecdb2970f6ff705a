"""When a claim holds: the date in its clause, else in its sentence."""

from __future__ import annotations

from faits.model import DateValue, Mention
from faits.stages.linking.scene import Scene, Sentence


def time_of(scene: Scene, start: int, end: int, sentence: Sentence) -> tuple[DateValue | None, str]:
    """The date a figure at `start` belongs to, and the rule that says so; None when its sentence has none."""
    dates = [m for m in scene.dates_in(sentence.start, sentence.end) if isinstance(m.value, DateValue)]
    if not dates:
        return None, "no date"
    best = min(dates, key=lambda m: (_cost(scene, m, start, end), m.start))
    assert isinstance(best.value, DateValue)
    rule = "date of the clause" if _cost(scene, best, start, end) < 12 else "date of the sentence"
    return best.value, rule


def _cost(scene: Scene, date: Mention, start: int, end: int) -> float:
    before = date.end <= start
    a, b = (date.end, start) if before else (end, date.start)
    gap = scene.text[a:b]
    cost = scene.words_between(a, b) + 4.0 * scene.figures_between(a, b)
    cost += 8.0 * any(mark in gap for mark in (";", " – ", ": "))
    # A date that opens its sentence dates all of it.
    if before and date.start - scene.sentence_at(date.start).start < 12:
        cost = min(cost, 6.0 + 0.2 * cost)
    return cost + (0.0 if before else 0.5)
