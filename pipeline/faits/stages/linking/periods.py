"""Periods as the linker weighs them: how long, how far ahead, and the two ends of "entre 2019 et 2024"."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from faits.model import DateValue, Value

# A month is the shortest period a passage speaks of.
_MONTH = 28


def long_enough(value: Value | None) -> bool:
    """Whether a value is a period of a month at least."""
    return isinstance(value, DateValue) and _days(value) >= _MONTH


def _days(value: DateValue) -> int:
    if value.earliest is None or value.latest is None:
        return 0
    return (date.fromisoformat(value.latest) - date.fromisoformat(value.earliest)).days + 1


def is_deadline(value: DateValue) -> bool:
    """Whether a date says by when."""
    return value.relation in {"by", "before", "not_before"}


def is_day(value: DateValue) -> bool:
    """Whether a date names one day."""
    return value.earliest is not None and value.earliest == value.latest


def is_later(value: DateValue, published: str | None) -> bool | None:
    """Whether a period begins after the article came out; None where that is not known."""
    if published is None or value.earliest is None:
        return None
    if value.relation in {"by", "before"} and value.latest is not None:
        return value.latest[: len(published)] > published
    return value.earliest[: len(published)] > published


def days_before(value: DateValue, published: str | None) -> int | None:
    """How many days before its article a day lies; None where either is not known to the day."""
    if published is None or len(published) != len("2024-01-01") or not is_day(value) or value.earliest is None:
        return None
    try:
        return (date.fromisoformat(published) - date.fromisoformat(value.earliest)).days
    except ValueError:
        return None


def end_of(value: DateValue, *, first: bool) -> DateValue | None:
    """One end of a closed interval as a period of its own; None for any other date."""
    ends = (value.edtf or "").split("/")
    if len(ends) != 2 or not all(ends) or ".." in ends:
        return None
    edtf = ends[0] if first else ends[1]
    known = _bounds(edtf)
    if known is None:
        return None
    return value.model_copy(update={"edtf": edtf, "earliest": known[0], "latest": known[1], "relation": "in"})


def _bounds(edtf: str) -> tuple[str, str] | None:
    parts = edtf.split("-")
    if not all(part.isdigit() for part in parts):
        return None
    if len(parts) == 1 and len(edtf) == 4:
        return f"{edtf}-01-01", f"{edtf}-12-31"
    if len(parts) == 2 and 1 <= int(parts[1]) <= 12:
        return f"{edtf}-01", f"{edtf}-{monthrange(int(parts[0]), int(parts[1]))[1]:02}"
    return (edtf, edtf) if len(parts) == 3 else None
