"""Numbers in digits: which marks set thousands apart, which one is the decimal mark, how finely they are stated."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from faits.model import Lang

ONE = Decimal(1)

# No press figure is larger; a chain of scale words beyond it is noise.
LARGEST = Decimal(10) ** 24
# Longer runs of digits are serial numbers or noise, not figures a press article states.
LONGEST = 24


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """A number and how finely it was written; `approx` where the word itself rounds ("une vingtaine")."""

    number: Decimal
    resolution: Decimal
    approx: bool = field(default=False, repr=False)


MINUS = frozenset("-−–")
_SPACED = re.compile(r"[ \u00a0\u202f\u2009'’]")
_GROUPS = {mark: re.compile(rf"[1-9]\d{{0,2}}(?:\{mark}\d{{3}})+") for mark in ".,"}
# India sets lakhs apart: 12,34,567.
_LAKHS = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")


@lru_cache(maxsize=4096)
def read_digits(text: str, lang: Lang) -> WrittenNumber | None:
    """Read one number written in digits only; None when it is a date, a version or a list.

    Where a mark could be either, the language decides: "1.200" is 1200 in French and 1.2 in English.

    >>> read_digits("1.234.567,89", "fr").number
    Decimal('1234567.89')
    >>> read_digits("1,234", "en").number, read_digits("1,234", "fr").number
    (Decimal('1234'), Decimal('1.234'))
    >>> read_digits("31.01.2026", "fr") is None
    True
    """
    if len(text) > LONGEST:
        return None
    plain = text
    if not text.isdigit():
        unspaced = _SPACED.sub("", text)
        if ("'" in text or "’" in text) and not re.fullmatch(r"\d{1,3}(?:['’]\d{3})+(?:[.,]\d+)?", text):
            return None
        marked = _point(unspaced, lang, grouped=len(unspaced) < len(text))
        if marked is None:
            return None
        plain = marked
    if not plain.isascii():
        return None
    number = Decimal(plain)
    return WrittenNumber(number, resolution(number))


def _point(text: str, lang: Lang, *, grouped: bool) -> str | None:
    """The digits with a plain decimal point, or None when the marks make no number."""
    marks = [c for c in text if c in ".,"]
    if not marks:
        return text
    last = marks[-1]
    if len(set(marks)) == 2:
        whole, _, decimals = text.rpartition(last)
        other = "." if last == "," else ","
        return whole.replace(other, "") + "." + decimals if _GROUPS[other].fullmatch(whole) else None
    if len(marks) > 1:
        lakhs = last == "," and lang == "en" and _LAKHS.fullmatch(text)
        return text.replace(last, "") if _GROUPS[last].fullmatch(text) or lakhs else None
    thousands = "." if lang == "fr" else ","
    if last == thousands and not grouped and _GROUPS[last].fullmatch(text):
        return text.replace(last, "")
    return text.replace(",", ".")


def resolution(number: Decimal, scale: Decimal = ONE) -> Decimal:
    """How finely a number was stated: its last digit, trailing zeros taken for rounding beyond two digits.

    >>> resolution(Decimal("1.50")), resolution(Decimal("1650")), resolution(Decimal("40000")), resolution(Decimal(20))
    (Decimal('0.01'), Decimal('1E+1'), Decimal('1E+3'), Decimal('1'))
    """
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    if exponent < 0:
        return Decimal(1).scaleb(exponent) * scale
    digits = str(abs(int(number)))
    zeros = len(digits) - len(digits.rstrip("0"))
    return Decimal(1).scaleb(max(0, min(zeros, len(digits) - 2))) * scale
