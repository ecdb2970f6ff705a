"""Quantities that are no money: physical ones, ratios and points, counts, ordinals."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from faits.model import Kind, Lang, Mention
from faits.text.figures import Figure
from faits.text.second_reader import read_unit
from faits.text.values import mention_of, quantity_of

VERSION = "quantities@2"

_OTHERS = frozenset({"money", "price"})


def find(text: str, lang: Lang, figures: list[Figure]) -> list[Mention]:
    """The quantities of a text, in reading order, never overlapping, not yet normalised.

    `figures` are those of the same text (`faits.text.figures.figures`).
    """
    mine = (figure for figure in figures if figure.kind not in _OTHERS)
    return [mention_of(text, _second_reading(figure) if lang == "en" else figure) for figure in mine]


def _second_reading(figure: Figure) -> Figure:
    """What our lexicon took for a count of things, where quantulum3 knows the thing as a unit ("4 furlongs")."""
    unit = read_unit(figure.of) if figure.kind == "count" and figure.of else None
    if unit is None:
        return figure
    return replace(figure, kind=cast("Kind", unit.kind), unit=unit, of=None)


def normalise(mention: Mention) -> Mention:
    """The mention with its value in SI."""
    if not isinstance(mention.reading, Figure):
        return mention
    return mention.model_copy(update={"value": quantity_of(mention.reading)})
