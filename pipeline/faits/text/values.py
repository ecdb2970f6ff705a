"""What a figure is worth in SI and ISO 4217: the only place that asks pint."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from faits.model import Mention, Quantity, Stated
from faits.text.currencies import Meant
from faits.text.figures import Figure
from faits.text.forms import Unit


def mention_of(text: str, figure: Figure) -> Mention:
    """The mention of a figure in its text, not yet normalised."""
    return Mention(
        kind=figure.kind, start=figure.start, end=figure.end, text=text[figure.start : figure.end], reading=figure
    )


def quantity_of(figure: Figure, *, meant: Mapping[str, Meant] | None = None) -> Quantity:
    """A figure in SI units and ISO 4217 codes, with what was stated.

    `meant` gives, for a currency that is only assumed (a bare $), the one the article means.
    """
    money = figure.currency
    code, assumed = None, None
    if money is not None:
        code, assumed = money.code, True if money.assumed else None
        if money.assumed and meant and code in meant:
            code, guessed = meant[code]
            assumed = guessed or None
    symbol = code or _si(figure.unit)
    factor, symbol = _quotient(_factor(figure.unit), symbol, figure.over)
    shift = _zero(figure)
    return Quantity(
        number=_float(figure.number, factor, shift),
        low=_float(figure.low, factor, shift),
        high=_float(figure.high, factor, shift),
        unit=symbol,
        bound=figure.bound,
        per=figure.per,
        of=figure.of,
        from_=_float(figure.from_, factor, shift),
        stated=_stated(figure, code),
        currency_assumed=assumed,
        price_base=figure.price_base,
        converts=figure.converts,
    )


def _stated(figure: Figure, code: str | None) -> Stated:
    parts = [code or (figure.unit.code if figure.unit is not None else "1"), *(unit.code for unit in figure.over)]
    one = Decimal(1)
    return Stated(
        number=_float(figure.number, one),
        low=_float(figure.low, one),
        high=_float(figure.high, one),
        unit="/".join(parts),
        resolution=_float(figure.resolution, one),
    )


def _float(number: Decimal | None, factor: Decimal, shift: Decimal = Decimal(0)) -> float | None:
    return None if number is None else float(number * factor + shift)


def _si(unit: Unit | None) -> str:
    return "1" if unit is None else unit.si


# 0 °C is 273.15 K, by definition (SI brochure, 9th ed., 2.3.1); 0 °F is 459.67 °R x 5/9.
_ZEROS = {"degC": Decimal("273.15"), "degF": Decimal("459.67") * 5 / 9}


def _zero(figure: Figure) -> Decimal:
    if figure.unit is None or figure.difference or figure.over:
        return Decimal(0)
    return _ZEROS.get(figure.unit.code, Decimal(0))


def _quotient(factor: Decimal, symbol: str, over: tuple[Unit, ...]) -> tuple[Decimal, str]:
    for unit in over:
        factor, symbol = factor / _factor(unit), f"{symbol}/{unit.si}"
    return factor, symbol


@cache
def _factor(unit: Unit | None) -> Decimal:
    """How many SI units one of this unit is: 3600000 for the kilowatt-hour."""
    if unit is None or unit.pint is None:
        return Decimal(1) if unit is None else unit.factor
    return _base_factor(unit.pint, unit.si) * unit.factor


@cache
def _base_factor(expression: str, si: str) -> Decimal:
    try:
        return Decimal(expression)  # a plain ratio: "0.01" for the percent
    except ArithmeticError:
        pass
    registry = _registry()
    quantity = registry.Quantity(expression)
    return Decimal(f"{float(quantity.to(_PINT.get(si, si)).magnitude):.15g}")


def si_factor(unit: str, si: str) -> str | None:
    """How many `si` one of pint's `unit` is; None when pint does not know it or measures something else with it.

    >>> si_factor("furlong", "m"), si_factor("bushel", "kg")
    ('201.168402336805', None)
    """
    from pint import DimensionalityError, UndefinedUnitError

    try:
        return f"{float(_registry().Quantity(1, unit).to(_PINT.get(si, si)).magnitude):.15g}"
    except (UndefinedUnitError, DimensionalityError):
        return None


# SI symbols as the tables write them, in the words of pint.
_PINT = {"m2": "meter**2", "m3": "meter**3", "B": "byte", "B/s": "byte/second", "m/s": "meter/second", "K": "kelvin",
         "ohm": "ohm", "Hz": "1/second"}  # fmt: skip


@cache
def _registry():  # type: ignore[no-untyped-def]  # pint publishes no types
    import pint

    return pint.UnitRegistry()
