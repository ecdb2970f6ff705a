"""Every figure of a text, read in one pass: number, unit, bound, range or change, what it counts or applies to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from faits.model import Bound, Kind, Lang
from faits.text.drafts import Draft
from faits.text.ellipsis import complete
from faits.text.forms import Currency, Unit, grammar
from faits.text.reading import openers, read_drafts
from faits.text.tokens import Tokens, tokens


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as the text states it: numbers are in `currency` or `unit` as written, scale words applied.

    `start` and `end` bound it with its cue and unit, `number_start` and `number_end` the number alone. `low` and
    `high` stand for `number` in a range or an order of magnitude; `from_` is where a change starts; `difference` tells
    a rise of temperature from a level.
    """

    kind: Kind
    start: int
    end: int
    number_start: int
    number_end: int
    number: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    from_: Decimal | None = None
    resolution: Decimal | None = None
    bound: Bound = "exact"
    unit: Unit | None = None
    currency: Currency | None = None
    over: tuple[Unit, ...] = ()
    per: str | None = None
    of: str | None = None
    price_base: str | None = None
    converts: tuple[int, int] | None = None
    difference: bool = False


def figures(text: str, lang: Lang) -> list[Figure]:
    """The figures of a text in reading order, never overlapping, empty when there are none.

    >>> [(f.kind, text[f.start : f.end]) for text in ["un parc de 3,2 GW"] for f in figures(text, "fr")]
    [('power', '3,2 GW')]
    """
    cut, g = tokens(text), grammar(lang)
    drafts: list[Draft] = []
    at = floor = 0
    for i in cut.anchors(openers(lang)):
        if i >= at:
            found, at = read_drafts(cut, i, g, floor)
            if found:
                drafts += found
                floor = at
    complete(cut, drafts, g)
    return _converted(text, [_figure(cut, draft, draft.kind) for draft in drafts if draft.kind is not None])


def _figure(cut: Tokens, draft: Draft, kind: Kind) -> Figure:
    return Figure(
        kind=kind,
        start=cut.starts[draft.begin],
        end=cut.ends[draft.end - 1],
        number_start=cut.starts[draft.number_begin],
        number_end=cut.ends[draft.number_end - 1],
        number=draft.number,
        low=draft.low,
        high=draft.high,
        from_=draft.from_,
        resolution=draft.resolution,
        bound=draft.bound,
        unit=draft.unit,
        currency=draft.currency,
        over=draft.over,
        per=draft.per,
        of=draft.of,
        price_base=draft.price_base,
        difference=draft.difference,
    )


def _converted(text: str, found: list[Figure]) -> list[Figure]:
    """The same figures, each amount in brackets linked to the one it restates: "100 dollars (92 euros)"."""
    for n in range(1, len(found)):
        one, other = found[n - 1], found[n]
        if text[one.end : other.start].strip() in _BRACKETS and _restates(one, other):
            found[n] = replace(other, converts=(one.start, one.end))
    return found


_BRACKETS = frozenset({"(", "(soit", "(or", "[", "(i.e.", ", soit", "(équivalent à", "(c'est-à-dire"})


def _restates(one: Figure, other: Figure) -> bool:
    if one.currency is not None and other.currency is not None:
        return one.currency.code != other.currency.code
    if one.unit is None or other.unit is None:
        return False
    return one.unit.kind == other.unit.kind and one.unit.code != other.unit.code and one.kind not in ("ratio", "points")
