"""Facts of different articles that give one figure to one subject, but as another thing: one of them misread."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from faits.stages.merging.measuring import digits, identical
from faits.stages.merging.sides import PAIRED, Side
from faits.stages.merging.wording import Likeness, like

# Digits by which two things would hardly share a figure by chance.
TELLING_DIGITS = 3


def same_figure_otherwise(sides: Iterable[Side]) -> Iterator[tuple[Side, Side]]:
    """Facts of different articles that give one figure to one subject, but as another thing.

    "36 800 logements" and "37 000 habitants", "0,7 %" and "0,7 TWh" of the same consumption: one of them misread
    their common source.
    """
    groups: dict[tuple[object, ...], list[Side]] = defaultdict(list)
    for side in sides:
        value = side.row.value
        if value is not None and value.number is not None and "negated" not in side.cluster.modalities:
            subject = side.subject.id or side.subject.folded
            if value.stated is not None and value.stated.number is not None:
                groups[subject, "stated", f"{value.stated.number:.6g}"].append(side)
            if value.unit == "1":
                groups[subject, side.row.predicate, f"{value.number:.2g}"].append(side)
    for key, group in groups.items():
        for a, b in combinations(group[:PAIRED], 2):
            if not a.articles & b.articles and _misread(a, b, same_unit=key[1] != "stated"):
                yield a, b


def _misread(a: Side, b: Side, *, same_unit: bool) -> bool:
    left, right = a.row.value, b.row.value
    if left is None or right is None or not a.periods_meet(b):
        return False
    words = like(a.about, b.about, same_language=a.language == b.language)
    if not same_unit:
        return left.unit != right.unit and bool(a.about.words & b.about.words) and not identical(left, right)
    return (
        left.kind == right.kind
        and max(digits(left), digits(right)) >= TELLING_DIGITS
        and words is not Likeness.SAME
        and bool(a.about.words and b.about.words)
        and a.figures_meet(b)
    )
