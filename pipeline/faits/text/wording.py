"""Writes values the way each language writes them: "375 millions de dollars", "$375 million", "1 GW", "d'ici 2030"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from faits.lexicons.statements import statements
from faits.model import DateValue, FactValue, Lang

if TYPE_CHECKING:
    from babel import Locale

# Prefixes by which a figure in SI is written with one to four digits before the decimal sign.
_SCALES = ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))
_WH = 3600.0
_UNITS = {"K": "K", "m": "m", "m2": "m²", "m3": "m³", "kg": "kg", "s": "s", "1": ""}
_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_ELISION = re.compile(r"\b([dD]e) (?=[aeiouyâàéèêëîïôûœAEIOUYÂÀÉÈÊËÎÏÔÛŒ])")
_CONTRACTED = ((re.compile(r"\bde le "), "du "), (re.compile(r"\bde les "), "des "),
               (re.compile(r"\bà le "), "au "), (re.compile(r"\bà les "), "aux "))  # fmt: skip


def write_value(value: FactValue, lang: Lang) -> str:
    """A figure with its unit and bound, as running text.

    >>> write_value(FactValue(number=3.75e8, unit="USD", kind="money"), "en")
    '$375 million'
    >>> write_value(FactValue(number=3.75e8, unit="USD", kind="money"), "fr").replace("\u00a0", " ")
    '375 millions de dollars'
    """
    words = statements(lang)
    if value.number is not None:
        text = _one(value.number, value, lang)
        text = words.bounds.get(value.bound, "{}").format(text)
    elif value.low is not None and value.high is not None:
        frame = words.phrases.several if value.bound == "indefinite" else words.phrases.between
        text = frame.format(low=_one(value.low, value, lang), high=_one(value.high, value, lang))
    else:
        known = value.low if value.low is not None else value.high
        text = value.of or "" if known is None else _one(known, value, lang)
    return polish(text + _per(value, lang), lang)


def _per(value: FactValue, lang: Lang) -> str:
    if not value.per:
        return ""
    words = statements(lang)
    return words.phrases.per.format(per=words.units.get(value.per, value.per))


def _one(number: float, value: FactValue, lang: Lang) -> str:
    unit = value.unit
    if value.kind in {"ratio", "points"} and unit == "1":
        return _share(number, value, lang)
    if value.kind == "duration" and unit == "s":
        return _duration(number, value, lang)
    if len(unit) == 3 and unit.isupper():
        return _money(number, unit, lang)
    if value.kind == "count" or unit == "1":
        counted = _compact(number, lang)
        noun = value.of or ""
        joint = " " + ("de " if lang == "fr" and abs(number) >= 1e6 and noun else "")
        return (counted + joint + noun).strip()
    return _physical(number, unit, lang)


def _share(number: float, value: FactValue, lang: Lang) -> str:
    stated = value.stated.unit if value.stated else "%"
    if value.kind == "points":
        return f"{_decimal(number * 100, lang)} points"
    if stated == "%" or abs(number) < 1:
        return f"{_decimal(number * 100, lang)}\u00a0%" if lang == "fr" else f"{_decimal(number * 100, lang)}%"
    return f"{_decimal(number, lang)} {'fois' if lang == 'fr' else 'times'}"


_ISO = re.compile(r"P(?:(?P<year>[\d.]+)Y)?(?:(?P<month>[\d.]+)M)?(?:(?P<week>[\d.]+)W)?(?:(?P<day>[\d.]+)D)?"
                  r"(?:T(?:(?P<hour>[\d.]+)H)?(?:(?P<minute>[\d.]+)M)?(?:(?P<second>[\d.]+)S)?)?$")  # fmt: skip


def _duration(number: float, value: FactValue, lang: Lang) -> str:
    from babel.units import format_unit

    match = _ISO.match(value.iso or "") if value.number is not None else None
    parts = [(float(n), name) for name, n in match.groupdict().items() if n] if match else []
    if not parts:
        size = {"year": 31557600, "month": 2629800, "day": 86400, "hour": 3600, "minute": 60, "second": 1}
        coarsest = "day" if number >= 86400 else "second"
        name = next((n for n, s in size.items() if number >= s and number % s == 0), coarsest)
        parts = [(number / size[name], name)]
    return " ".join(format_unit(n, f"duration-{name}", length="long", locale=_locale(lang)) for n, name in parts)


def _money(number: float, code: str, lang: Lang) -> str:
    amount = _compact(abs(number), lang)
    minus = "-" if number < 0 else ""
    if lang == "en":
        sign = _SYMBOLS.get(code)
        return f"{minus}{sign}{amount}" if sign else f"{minus}{code} {amount}"
    return f"{minus}{amount} {'de ' if abs(number) >= 1e6 else ''}{_currency(code, abs(number), lang)}"


def _currency(code: str, number: float, lang: Lang) -> str:
    from babel.numbers import get_currency_name

    row = statements(lang).currencies.get(code)
    if row is not None:
        return row.one if abs(number) < 2 and lang == "fr" else row.other
    return str(get_currency_name(code, count=max(2, number), locale=_locale(lang)))


def _physical(number: float, unit: str, lang: Lang) -> str:
    if unit == "J" or unit.startswith("J/"):
        number, unit = number / _WH, "Wh" + unit[1:]
    if unit.endswith("/J"):
        number, unit = number * _WH * 1e6, unit[:-1] + "MWh"
    if unit == "kg" and abs(number) >= 1000:
        return f"{_compact(number / 1000, lang)} t"
    if unit == "m" and abs(number) >= 1000:
        number, unit = number / 1000, "km"
    elif unit == "m2" and abs(number) >= 1e4:
        return f"{_compact(number / 1e4, lang)} ha"
    elif unit[:1] == "W" or unit.startswith("B"):
        for factor, prefix in _SCALES:
            if abs(number) >= factor:
                return f"{_decimal(number / factor, lang)} {prefix}{unit}"
    return f"{_compact(number, lang)} {_UNITS.get(unit, unit)}".strip()


def _compact(number: float, lang: Lang) -> str:
    """A number in digits, with its scale in words from a million on ("1,5 milliard")."""
    for factor in (1e12, 1e9, 1e6):
        if abs(number) >= factor:
            locale = _locale(lang)
            scaled = round(number / factor, 6)
            forms = locale.compact_decimal_formats["long"]
            plural = locale.plural_form(abs(scaled)) if abs(scaled) >= 1 else "one"
            pattern = forms.get(plural, forms["other"])[str(int(factor))].pattern
            word = re.sub(r"[\d#.,¤]+|'", "", pattern).replace("\u00a0", " ").strip()
            return f"{_decimal(scaled, lang)} {word}"
    return _decimal(number, lang)


def _decimal(number: float, lang: Lang) -> str:
    from babel.numbers import format_decimal

    digits = 4 if abs(number) >= 0.01 else 8
    return str(format_decimal(round(number, digits), format=f"#,##0.{'#' * digits}", locale=_locale(lang)))


def write_time(time: DateValue, lang: Lang) -> str | None:
    """A date with its relation ("d'ici 2030", "on 20 June 2025"); None where it is unresolved.

    >>> write_time(DateValue(edtf="2030", relation="by"), "fr")
    "d'ici 2030"
    """
    if not time.edtf:
        return None
    if time.edtf.startswith("../"):
        relation, edtf = "by", time.edtf[3:]
    elif time.edtf.endswith("/.."):
        relation, edtf = "from", time.edtf[:-3]
    else:
        relation, edtf = time.relation, time.edtf
    row = statements(lang).when[relation]  # type: ignore[index]
    if "/" in edtf:
        first, last = (_period(end, lang)[0] for end in edtf.split("/", 1))
        return f"{first}–{last}"
    text, grain = _period(edtf.rstrip("~?%"), lang)
    return {"month": row.month, "day": row.day, "part": row.part}[grain].format(text)


def _period(edtf: str, lang: Lang) -> tuple[str, str]:
    from datetime import date

    from babel.dates import format_date

    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", edtf):
        pattern = "d MMMM y"
        return str(format_date(date(*(int(n) for n in match.groups())), pattern, locale=_locale(lang))), "day"
    if match := re.fullmatch(r"(\d{4})-(\d\d)", edtf):
        year, part = int(match[1]), int(match[2])
        if 1 <= part <= 12:
            return str(format_date(date(year, part, 1), "MMMM y", locale=_locale(lang))), "month"
        row = statements(lang).parts.get(part)
        if row is not None:
            return row.text.format(year), "month" if row.bare or lang == "en" else "part"
    if match := re.fullmatch(r"(\d{3})X", edtf):
        return (f"les années {match[1]}0" if lang == "fr" else f"the {match[1]}0s"), "month"
    return edtf, "month"


def polish(text: str, lang: Lang) -> str:
    """French elision and contraction ("de Orano" is "d'Orano"), and one blank where a part is missing."""
    text = text.replace("  ", " ")
    if lang != "fr":
        return text
    for pattern, short in _CONTRACTED:
        text = pattern.sub(short, text)
    return _ELISION.sub(lambda match: match[1][:-1] + "'", text)


@cache
def _locale(lang: Lang) -> Locale:
    from babel import Locale

    return Locale.parse("fr_FR" if lang == "fr" else "en_US")
