"""A figure while it is being read, in tokens."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from faits.model import Bound, Kind
from faits.text.forms import Currency, Unit
from faits.text.terms import Term


@dataclass(slots=True)
class Draft:
    """A figure being read: `begin` and `end` are tokens, cue and unit included; `kind` is None until something says it.

    `scale` is what its number was multiplied by ("milliards"), for a figure after it that leaves the word out.
    """

    begin: int
    end: int
    number_begin: int
    number_end: int
    number: Decimal | None
    resolution: Decimal | None
    kind: Kind | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    from_: Decimal | None = None
    bound: Bound = "exact"
    unit: Unit | None = None
    currency: Currency | None = None
    over: tuple[Unit, ...] = ()
    per: str | None = None
    of: str | None = None
    price_base: str | None = None
    scale: Decimal = Decimal(1)
    signed: bool = False
    digits: bool = True
    difference: bool = False


def draft_of(term: Term, *, digits: bool) -> Draft:
    """A figure made of one term, with the kind its unit gives."""
    return Draft(
        begin=term.begin,
        end=term.end,
        number_begin=term.number_begin,
        number_end=term.number_end,
        number=term.number,
        resolution=term.resolution,
        kind=kind_of(term.unit, term.currency, term.over),
        bound="approx" if term.approx else "exact",
        unit=term.unit,
        currency=term.currency,
        over=term.over,
        per=term.per,
        scale=term.scale,
        signed=term.signed,
        digits=digits,
    )


def kind_of(unit: Unit | None, currency: Currency | None, over: tuple[Unit, ...]) -> Kind | None:
    """What a unit measures; a quotient is a price, an intensity of emissions, or a quantity of its own."""
    if currency is not None:
        return "price" if over else "money"
    if unit is None:
        return None
    if over and unit.kind not in ("emissions", "ratio", "points"):
        return "quantity"
    return unit.kind  # type: ignore[return-value]  # every kind of a unit but "time" is a Kind, and no term has a time
