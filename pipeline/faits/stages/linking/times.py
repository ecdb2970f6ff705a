"""When a figure holds: the date that governs it, else the period its passage has been speaking of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from faits.model import DateValue, Mention, Modality, Predicate
from faits.stages.linking.periods import end_of, is_deadline, long_enough
from faits.stages.linking.reach import Reach, governs, opens
from faits.stages.linking.scene import Scene, Sentence

Time = tuple[DateValue | None, str]

# Figures of a stretch of time: said without one, they are of the period the passage speaks of.
_FLOWS: frozenset[Predicate] = frozenset(
    {"revenue", "profit", "growth", "energy_production", "energy_consumption", "emissions"}
)
_BREAK = re.compile(r";|\s[–—]\s|: |[,)]\s|[,)]$|\(")
_FROM = re.compile(r"\b(?:de|d'|du|from)\s*$")
_TO = re.compile(r"^(?:\s*[^\s,;:.()]+){0,3}?\s*\b(?:a|au|to)\b\s*$")
_LEADS_TO = re.compile(r"^(?:a|au|to)\b")
_STARTS_FROM = re.compile(r"^(?:de|d'|du|from)\b")
_NEAR = 12


def time_of(scene: Scene, m: Mention, sentence: Sentence, predicate: Predicate, modality: Modality) -> Time:
    """The period of the figure `m`, and the rule that says so; None when nothing tells it."""
    dates = [d for d in scene.dates_in(sentence.start, sentence.end) if isinstance(d.value, DateValue)]
    whole = _whole(scene, m, sentence)
    if whole is not None:
        return time_of(scene, whole, sentence, predicate, modality)
    stretch = _compared(scene, m.start, sentence)
    if stretch is not None:
        return _nearest(scene, m, [d for d in dates if stretch[0] <= d.start < stretch[1]], "date of the comparison")
    moved = _moved(scene, m, sentence, dates)
    if moved is not None:
        return moved
    fitting = [d for d in dates if _fits(scene, d, m, sentence, predicate, modality)]
    if fitting:
        return _nearest(scene, m, fitting, None)
    if modality != "asserted" or (predicate not in _FLOWS and not _measured_against(scene, dates, m)):
        return None, "no date"
    return _spoken_of(scene, dates, m, sentence, predicate)


def _whole(scene: Scene, m: Mention, sentence: Sentence) -> Mention | None:
    """The figure that `m` is a part of, where it says so and has no date of its own ("20 millions, dont 6")."""
    cue = next((c for c in scene.comparisons.between(m.start - 20, m.start) if c.row.of == "part"), None)
    if cue is None or scene.words_between(cue.end, m.start) > 2:
        return None
    stop = _BREAK.search(scene.text, m.end, sentence.end)
    if scene.dates_in(m.end, stop.start() if stop is not None else sentence.end):
        return None
    before = scene.figures_in(sentence.start, cue.start)
    return before[-1] if before else None


def _nearest(scene: Scene, m: Mention, dates: Sequence[Mention], rule: str | None) -> Time:
    if not dates:
        return None, "no date"
    best = min(dates, key=lambda d: (_cost(scene, d, m), d.start))
    assert isinstance(best.value, DateValue)
    return best.value, rule or ("date of the clause" if _cost(scene, best, m) < _NEAR else "date of the sentence")


def _cost(scene: Scene, date: Mention, m: Mention) -> float:
    before = date.end <= m.start
    a, b = (date.end, m.start) if before else (m.end, date.start)
    gap = scene.text[a:b]
    cost = scene.words_between(a, b) + 4.0 * scene.figures_between(a, b)
    cost += 8.0 * any(mark in gap for mark in (";", " – ", ": "))
    # A date that opens its sentence dates all of it.
    if before and opens(scene, date, scene.sentence_at(date.start)):
        cost = min(cost, 6.0 + 0.2 * cost)
    return cost + (0.0 if before else 0.5)


# --- figures that are compared ----------------------------------------------------------------------------------------


def _compared(scene: Scene, at: int, sentence: Sentence) -> tuple[int, int] | None:
    """The stretch around `at` that tells what another figure is compared with ("contre 735 un an plus tôt")."""
    return next(((a, b) for a, b in _comparisons(scene, sentence) if a <= at < b), None)


def _comparisons(scene: Scene, sentence: Sentence) -> list[tuple[int, int]]:
    """The stretches of a sentence that tell what a figure is compared with."""
    if sentence.index not in scene.compared:
        scene.compared[sentence.index] = _told_to_compare(scene, sentence)
    return scene.compared[sentence.index]


def _told_to_compare(scene: Scene, sentence: Sentence) -> list[tuple[int, int]]:
    found = []
    for cue in scene.comparisons.between(sentence.start, sentence.end):
        if cue.row.of != "figure":
            continue
        figure = next(iter(scene.figures_in(cue.end, sentence.end)), None)
        if figure is None or scene.words_between(cue.end, figure.start) > 5 or _broken(scene, cue.end, figure.start):
            continue
        if scene.dates_in(cue.end, figure.start):
            continue  # "après 2023, 40 %": a date follows, no figure
        found.append((cue.start, _until(scene, figure.end, sentence.end)))
    for bracket in re.finditer(r"\(([^()]*)\)", scene.text[sentence.start : sentence.end]):
        a, b = sentence.start + bracket.start(), sentence.start + bracket.end()
        if scene.figures_in(a, b) and any(_is_former(scene, d) for d in scene.dates_in(a, b)):
            found.append((a, b))
    return found


def _until(scene: Scene, start: int, end: int) -> int:
    stop = _BREAK.search(scene.text, start, end)
    return stop.start() if stop is not None else end


def _broken(scene: Scene, a: int, b: int) -> bool:
    return _BREAK.search(scene.text, a, b) is not None


def _is_former(scene: Scene, date: Mention) -> bool:
    """Whether a date counts back from the one spoken of ("un an plus tôt")."""
    return any(cue.row.of == "former" for cue in scene.comparisons.between(date.start, date.end + 1))


def _is_base(scene: Scene, date: Mention) -> bool:
    """Whether a date is only what something is measured against ("2 % de moins qu'en 2024", "up 9% on 2023")."""
    return any(
        cue.row.of == "base" and scene.words_between(cue.end, date.start) <= 2 and cue.end <= date.end
        for cue in scene.comparisons.between(date.start - 20, date.start + 4)
    )


# --- from one figure to another ---------------------------------------------------------------------------------------


def _moved(scene: Scene, m: Mention, sentence: Sentence, dates: Sequence[Mention]) -> Time | None:
    """The time of either end of "de 310 à 257"; None where the figure is neither."""
    end = moves(scene, m, sentence)
    if end is None:
        return None
    first = end == "from"
    figures = _of_its_kind(scene, m, sentence)
    k = figures.index(m)
    one, other = (m, figures[k + 1]) if first else (figures[k - 1], m)
    for d in dates:
        assert isinstance(d.value, DateValue)
        ends = end_of(d.value, first=first)
        if ends is not None and not _broken(scene, min(d.end, other.end), max(other.end, d.start)):
            return ends, "date of the clause"
    if first:  # what it was before: the date between the two, if any
        return _nearest(scene, m, [d for d in dates if one.end <= d.start < other.start], None)
    return None


def compared(scene: Scene, m: Mention, sentence: Sentence) -> tuple[int, int] | None:
    """The stretch that says what another figure is compared with ("contre 735 un an plus tôt"), if `m` is in one."""
    return _compared(scene, m.start, sentence)


def moves(scene: Scene, m: Mention, sentence: Sentence) -> Literal["from", "to"] | None:
    """Which end of a move a figure is ("de 310 à 257"); None where it is neither."""
    figures = _of_its_kind(scene, m, sentence)
    k = figures.index(m) if m in figures else -1
    if 0 <= k < len(figures) - 1 and _is_move(scene, m, figures[k + 1]):
        return "from"
    return "to" if k > 0 and _is_move(scene, figures[k - 1], m) else None


def _of_its_kind(scene: Scene, m: Mention, sentence: Sentence) -> list[Mention]:
    return [f for f in scene.figures_in(sentence.start, sentence.end) if f.kind == m.kind]


def _is_move(scene: Scene, one: Mention, other: Mention) -> bool:
    folded = scene.folded
    starts = _STARTS_FROM.match(folded[one.start : one.end]) or _FROM.search(folded[max(0, one.start - 6) : one.start])
    between = folded[one.end : other.start]
    leads = _LEADS_TO.match(folded[other.start : other.end]) and len(between.split()) <= 4
    return bool(starts and (leads or _TO.match(between)))


# --- dates of the sentence --------------------------------------------------------------------------------------------


def _fits(
    scene: Scene, date: Mention, m: Mention, sentence: Sentence, predicate: Predicate, modality: Modality
) -> bool:
    """Whether a date of the sentence can be the time of a figure that is compared with nothing."""
    assert isinstance(date.value, DateValue)
    if _compared(scene, date.start, sentence) is not None or _is_base(scene, date):
        return False
    a, b = (date.end, m.start) if date.end <= m.start else (m.end, date.start)
    broken = _broken(scene, a, b)
    first = opens(scene, date, sentence)
    if date.end <= m.start and scene.text[a:b].strip() == "(":
        return True  # "le record de 2023 (2 094)"
    if _is_former(scene, date) and broken and not first:
        return False
    if is_deadline(date.value) and modality == "asserted" and broken and not first:
        return False
    # "74,7 TWh, du jamais-vu depuis 2013": how long it had not been so.
    if date.value.relation == "from" and broken and modality == "asserted":
        return False
    return governs(scene, date, m, Reach(first, broken, predicate))


def _measured_against(scene: Scene, dates: Sequence[Mention], m: Mention) -> bool:
    """Whether a date behind the figure counts back from its period."""
    return any(m.end <= d.start and _is_former(scene, d) for d in dates)


# --- the period a passage speaks of -----------------------------------------------------------------------------------


def _spoken_of(scene: Scene, dates: Sequence[Mention], m: Mention, sentence: Sentence, predicate: Predicate) -> Time:
    """What a later "un an plus tôt" counts from, else the period the paragraph or its heading opened with."""
    for d in dates:
        assert isinstance(d.value, DateValue)
        if _is_former(scene, d) and d.value.anchor and d.start > m.start:
            counted = [o for o in scene.dates_in(0, d.start) if _edtf(o) == d.value.anchor and long_enough(o.value)]
            if counted and isinstance(counted[-1].value, DateValue):
                return counted[-1].value, "period spoken of"
    if predicate not in _FLOWS:
        return None, "no date"
    for earlier in reversed(scene.sentences[: sentence.index]):
        beside = earlier.paragraph == sentence.paragraph
        for d in reversed(scene.dates_in(earlier.start, earlier.end)):
            if isinstance(d.value, DateValue) and _sets_period(scene, d, earlier, beside=beside):
                return d.value, "period spoken of"
    return None, "no date"


def _edtf(m: Mention) -> str | None:
    return m.value.edtf if isinstance(m.value, DateValue) else None


def _sets_period(scene: Scene, date: Mention, sentence: Sentence, *, beside: bool) -> bool:
    value = date.value
    if not isinstance(value, DateValue) or value.relation not in {"in", "during"} or not long_enough(value):
        return False
    if _compared(scene, date.start, sentence) or _is_base(scene, date) or _is_former(scene, date):
        return False
    return sentence.heading or opens(scene, date, sentence) or (beside and _dated_figure(scene, date, sentence))


def _dated_figure(scene: Scene, date: Mention, sentence: Sentence) -> bool:
    """Whether a date is the time of a figure of its own sentence."""
    figures = scene.figures_in(sentence.start, sentence.end)
    return any(
        _compared(scene, f.start, sentence) is None and _fits(scene, date, f, sentence, "revenue", "asserted")
        for f in figures
    )
