"""Lengths of time as quantities: seconds, and the ISO 8601 duration that keeps their unit."""

from __future__ import annotations

from decimal import Decimal

from faits.model import Quantity, Stated
from faits.text.calendar import LengthReading, Unit

# The year is the Julian year of astronomy and of the SI brochure's neighbours: 365.25 days; a month is a twelfth of it.
SECONDS: dict[Unit, int] = {
    "second": 1, "minute": 60, "hour": 3600, "day": 86400, "weekend": 172800, "week": 604800, "fortnight": 1209600,
    "month": 2629800, "quarter": 7889400, "half": 15778800, "year": 31557600, "fiscal": 31557600,
    "decade": 315576000, "century": 3155760000,
}  # fmt: skip

# The ISO 8601 designator of a unit, and how many of it the unit is worth.
_ISO: dict[Unit, tuple[str, int]] = {
    "second": ("T{}S", 1), "minute": ("T{}M", 1), "hour": ("T{}H", 1), "day": ("{}D", 1), "weekend": ("{}D", 2),
    "week": ("{}W", 1), "fortnight": ("{}W", 2), "month": ("{}M", 1), "quarter": ("{}M", 3), "half": ("{}M", 6),
    "year": ("{}Y", 1), "fiscal": ("{}Y", 1), "decade": ("{}Y", 10), "century": ("{}Y", 100),
}  # fmt: skip


def quantity(reading: LengthReading) -> Quantity:
    """A length in seconds, with its ISO 8601 form.

    >>> quantity(LengthReading("year", Decimal("1.5"), halves=True)).iso
    'P1Y6M'
    """
    factor = SECONDS[reading.unit]
    number, low, high = (
        None if value is None else float(value * factor) for value in (reading.number, reading.low, reading.high)
    )
    return Quantity(
        number=number,
        low=low,
        high=high,
        unit="s",
        bound=reading.bound,
        stated=Stated(
            number=_float(reading.number), low=_float(reading.low), high=_float(reading.high), unit=reading.unit
        ),
        iso=iso(reading),
        recurring=reading.recurring,
    )


def iso(reading: LengthReading) -> str:
    """The ISO 8601 duration; the two of a range set apart by a stroke ("P2Y/P3Y")."""
    if reading.number is None:
        return "/".join(_one(value, reading.unit) for value in (reading.low, reading.high) if value is not None)
    if reading.halves and reading.unit in _HALVES:
        whole = int(reading.number)
        return _HALVES[reading.unit].format(whole)
    return _one(reading.number, reading.unit)


# How half a unit is written with the next one down, where it is a whole number of them.
_HALVES: dict[Unit, str] = {"year": "P{}Y6M", "hour": "PT{}H30M", "minute": "PT{}M30S", "day": "P{}DT12H"}


def _one(value: Decimal, unit: Unit) -> str:
    if unit == "month" and value > 12 and value == int(value):
        pass  # "dix-huit mois" stays P18M: the text counts months
    shape, worth = _ISO[unit]
    return "P" + shape.format(_plain(value * worth))


def _plain(value: Decimal) -> str:
    text = format(value.normalize(), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
