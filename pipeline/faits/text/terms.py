"""A figure being read: its number, scale, unit, currency, divisors and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from faits.text.digits import ONE
from faits.text.forms import Currency, Unit

OF = frozenset({"de", "d'", "of"})


@dataclass(slots=True)  # frozen ones take twice as long to make, and several are made for each figure
class Term:
    """One number with its unit, in tokens: `begin` and `end` bound it, `number_end` ends the number itself.

    `scale` is the product of its scale words and `mantissa` the number without them; `over` are the units it is
    divided by, `per` what it applies to each of.
    """

    begin: int
    number_begin: int
    number_end: int
    end: int
    number: Decimal
    resolution: Decimal
    scale: Decimal = ONE
    approx: bool = False
    unit: Unit | None = None
    currency: Currency | None = None
    over: tuple[Unit, ...] = ()
    per: str | None = None
    signed: bool = False

    @property
    def mantissa(self) -> Decimal:
        return self.number / self.scale

    @property
    def measured(self) -> bool:
        """Whether it has a unit or a currency."""
        return self.unit is not None or self.currency is not None


def plain(number: Decimal) -> Decimal:
    """The number without an exponent or empty decimals."""
    return number.quantize(ONE) if number == number.to_integral_value() else number
