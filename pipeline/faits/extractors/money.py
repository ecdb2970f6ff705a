"""Money and prices: amounts in a currency, and what one unit of something costs."""

from __future__ import annotations

from faits.model import Lang, Mention
from faits.text.figures import Figure
from faits.text.values import mention_of, quantity_of

VERSION = "money@1"

_KINDS = frozenset({"money", "price"})


def find(text: str, lang: Lang, figures: list[Figure]) -> list[Mention]:
    """The amounts of money of a text, in reading order, never overlapping, not yet normalised.

    `figures` are those of the same text (`faits.text.figures.figures`).
    """
    return [mention_of(text, figure) for figure in figures if figure.kind in _KINDS]


def normalise(mention: Mention, *, dollar: str | None = None) -> Mention:
    """The mention with its value in ISO 4217 and SI.

    `dollar` is the currency a bare $ stands for where the article itself says so ("CAD"); without it a bare $ is USD,
    and the value says that this is assumed.
    """
    if not isinstance(mention.reading, Figure):
        return mention
    return mention.model_copy(update={"value": quantity_of(mention.reading, dollar=dollar)})
