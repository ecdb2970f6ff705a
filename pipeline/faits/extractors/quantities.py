"""Quantities that are no money: physical ones, ratios and points, counts, ordinals."""

from __future__ import annotations

from faits.model import Lang, Mention
from faits.text.figures import Figure
from faits.text.values import mention_of, quantity_of

VERSION = "quantities@1"

_OTHERS = frozenset({"money", "price"})


def find(text: str, lang: Lang, figures: list[Figure]) -> list[Mention]:
    """The quantities of a text, in reading order, never overlapping, not yet normalised.

    `figures` are those of the same text (`faits.text.figures.figures`).
    """
    return [mention_of(text, figure) for figure in figures if figure.kind not in _OTHERS]


def normalise(mention: Mention) -> Mention:
    """The mention with its value in SI."""
    if not isinstance(mention.reading, Figure):
        return mention
    return mention.model_copy(update={"value": quantity_of(mention.reading)})
