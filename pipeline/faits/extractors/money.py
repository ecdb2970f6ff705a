"""Money and prices: amounts in a currency, and what one unit of something costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from faits.model import Lang, Mention
from faits.text import currencies
from faits.text.currencies import Meant
from faits.text.figures import Figure
from faits.text.values import mention_of, quantity_of

VERSION = "money@2"

_KINDS = frozenset({"money", "price"})


def find(text: str, lang: Lang, figures: list[Figure]) -> list[Mention]:
    """The amounts of money of a text, in reading order, never overlapping, not yet normalised.

    `figures` are those of the same text (`faits.text.figures.figures`).
    """
    return [mention_of(text, figure) for figure in figures if figure.kind in _KINDS]


def normalise(mention: Mention, *, meant: Mapping[str, Meant]) -> Mention:
    """The mention with its value in ISO 4217 and SI.

    A bare $ is USD, "couronnes" SEK, and the value says that this is assumed, unless the article says which it means
    (`meant`, of `currencies_meant`).
    """
    if not isinstance(mention.reading, Figure):
        return mention
    return mention.model_copy(update={"value": quantity_of(mention.reading, meant=meant)})


def currencies_meant(mentions: Iterable[Mention], text: str, lang: Lang) -> Mapping[str, Meant]:
    """What a text means by the currencies that its amounts only assume."""
    readings = [m.reading for m in mentions if isinstance(m.reading, Figure)]
    return currencies.meant(text, lang, readings) if any(r.currency and r.currency.assumed for r in readings) else {}
