"""Writes values the way each language writes them: "375 millions de dollars", "$375 million", "1 GW", "d'ici 2030"."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from faits.lexicons.statements import statements
from faits.model import DateValue, FactValue, Lang, Relation

if TYPE_CHECKING:
    from babel import Locale

# Prefixes by which a figure in SI is written with one to four digits before the decimal sign.
_SCALES = ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))
_WH = 3600.0
_UNITS = {"K": "K", "m": "m", "m2": "m²", "m3": "m³", "km3": "km³", "kg": "kg", "s": "s", "1": ""}
_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_ELISION = re.compile(
    r"\b([dD]e) (?=[aeiouyâàéèêëîïôûœAEIOUYÂÀÉÈÊËÎÏÔÛŒ]|h(?:abita|eure|ectare|omme|ôpita|ôtel|élico|ydro|umain|éberge))"
)
_FROM_TO = re.compile(r"\bd(?:e |')entre ([^,()]+?) et (?=\d)")
_CONTRACTED = ((re.compile(r"\bde le "), "du "), (re.compile(r"\bde les "), "des "),
               (re.compile(r"\bà le "), "au "), (re.compile(r"\bà les "), "aux "))  # fmt: skip


# Between a figure and its unit, where a line must not end: "et", "à" and "ou" are no units.
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=(?!(?:et|à|ou)\b)[^\W\d_]|°)")


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
        low, high = _one(value.low, value, lang), _one(value.high, value, lang)
        text = frame.format(low=_without_tail(low, high), high=high)
    else:
        known = value.low if value.low is not None else value.high
        text = value.of or "" if known is None else _one(known, value, lang)
    text = polish(text + _per(value, lang), lang)
    # French ties a figure to its unit: "5\u00a0GW" never ends a line on 5.
    return _BEFORE_UNIT.sub("\u00a0", text) if lang == "fr" else text


def _without_tail(low: str, high: str) -> str:
    """The lower end without the words that the upper one repeats: "31 et 34 milliards de livres"."""
    ours, theirs = (
        re.fullmatch(r"((?:[€$£¥]|[A-Z]{3} )?[-\d\s.,\u202f]*\d)([\s\u00a0][^\d]+)", text) for text in (low, high)
    )
    return ours[1] if ours and theirs and ours[2] == theirs[2] else low


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
    if len(unit) > 4 and unit[3] == "/" and unit[:3].isupper():
        return _price(number, value, lang)
    if value.kind == "count" or unit == "1":
        counted = _compact(number, lang)
        noun = value.of or ""
        joint = " " + ("de " if lang == "fr" and abs(number) >= 1e6 and noun else "")
        return (counted + joint + noun).strip()
    if value.kind == "temperature" and unit == "K" and (degrees := _celsius(number, value)) is not None:
        joint = " de" if lang == "fr" and abs(degrees) >= 1e6 else ""
        return f"{_compact(degrees, lang)}{joint} °C"
    return _physical(number, unit, lang)


_ZERO = 273.15


def _celsius(number: float, value: FactValue) -> float | None:
    """A temperature, or how much warmer it gets, in the degrees it was told in; None where it was told in others."""
    stated = value.stated
    if stated is None or stated.unit != "degC":
        return None
    told = next((n for n in (stated.number, stated.low, stated.high) if n is not None), 0.0)
    kept = next((n for n in (value.number, value.low, value.high) if n is not None), 0.0)
    return round(number - _ZERO if abs(kept - told - _ZERO) < 1e-3 * max(1.0, abs(told)) else number, 4)


def _price(number: float, value: FactValue, lang: Lang) -> str:
    """Money for each unit of a thing, in the unit it was written for ("58 euros par MWh")."""
    code, per = value.unit.split("/", 1)
    stated = value.stated
    written = stated.unit.split("/", 1)[1] if stated is not None and "/" in stated.unit else None
    base = next((n for n in (value.number, value.low, value.high) if n), None)
    told = next((n for n in (stated.number, stated.low, stated.high) if n), None) if stated is not None else None
    if written and base and told:
        number, per = number * told / base, written
    elif per == "J":
        number, per = number * _WH * 1e6, "MWh"
    words = statements(lang)
    return _money(number, code, lang) + words.phrases.per.format(per=words.units.get(per, _UNITS.get(per, per)))


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
    if unit == "m3" and abs(number) >= 1e8:
        number, unit = number / 1e9, "km3"
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


# The French press counts thousands of milliards: few readers know what a French billion is.
_FACTORS: dict[Lang, tuple[float, ...]] = {"fr": (1e9, 1e6), "en": (1e12, 1e9, 1e6)}


def _compact(number: float, lang: Lang) -> str:
    """A number in digits, with its scale in words from a million on ("1,5 milliard", "2 676 milliards")."""
    for factor in _FACTORS[lang]:
        if abs(number) >= factor:
            scaled = round(number / factor, 6)
            plural = _locale(lang).plural_form(abs(scaled)) if abs(scaled) >= 1 else "one"
            return f"{_decimal(scaled, lang)} {_scale(factor, plural, lang)}"
    return _decimal(number, lang)


@cache
def _scale(factor: float, plural: str, lang: Lang) -> str:
    """The word for a million and its powers ("milliards")."""
    forms = _locale(lang).compact_decimal_formats["long"]
    pattern = forms.get(plural, forms["other"])[str(int(factor))].pattern
    return re.sub(r"[\d#.,¤]+|'", "", pattern).replace("\u00a0", " ").strip()


@lru_cache(maxsize=16384)
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
        return _when("by", time.edtf[3:], lang)
    if time.edtf.endswith("/.."):
        return _when("from", time.edtf[:-3], lang)
    # "By the end of 2026" names the year; its last day is the limit.
    limit = time.latest if time.earliest == time.latest and len(time.edtf) < len("2024-01-01") else None
    return _when(time.relation, limit or time.edtf, lang)


@lru_cache(maxsize=16384)
def _when(relation: Relation, edtf: str, lang: Lang) -> str:
    words = statements(lang)
    if "/" in edtf:
        ends = [_period(end.rstrip("~?%"), lang) for end in edtf.split("/", 1)]
        first, last = (f"le {text}" if lang == "fr" and grain in {"day", "part"} else text for text, grain in ends)
        return _joined(words.phrases.dates.format(low=first, high=last))
    row = words.when[relation]
    text, grain = _period(edtf.rstrip("~?%"), lang)
    return _joined({"month": row.month, "day": row.day, "part": row.part, "bare": row.bare}[grain].format(text))


def _joined(text: str) -> str:
    """A French date with its article elided or contracted ("à le été" is "à l'été"); others as they are."""
    text = re.sub(r"\ble (?=[éaào])", "l'", text)
    for pattern, short in _CONTRACTED:
        text = pattern.sub(short, text)
    return re.sub(r"\b(en|jusqu'en) les ", lambda m: {"en": "dans les "}.get(m[1], "jusqu'aux "), text)


def _period(edtf: str, lang: Lang) -> tuple[str, str]:
    from datetime import date

    from babel.dates import format_date

    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", edtf):
        told = str(format_date(date(*(int(n) for n in match.groups())), "d MMMM y", locale=_locale(lang)))
        return re.sub(r"^1 ", "1er ", told) if lang == "fr" else told, "day"
    if match := re.fullmatch(r"(\d{4})-(\d\d)", edtf):
        year, part = int(match[1]), int(match[2])
        if 1 <= part <= 12:
            return str(format_date(date(year, part, 1), "MMMM y", locale=_locale(lang))), "month"
        row = statements(lang).parts.get(part)
        if row is not None:
            return row.text.format(year), "bare" if row.bare else "part"
    if match := re.fullmatch(r"(\d{3})X", edtf):
        return statements(lang).phrases.decade.format(f"{match[1]}0"), "month"
    return edtf, "month"


def polish(text: str, lang: Lang) -> str:
    """French elision and contraction ("de Orano" is "d'Orano"), and one blank where a part is missing."""
    text = text.replace("  ", " ")
    if lang != "fr":
        return text
    if " le" in text:
        for pattern, short in _CONTRACTED:
            text = pattern.sub(short, text)
    if "entre " in text:
        text = _FROM_TO.sub(r"de \1 à ", text)
    return _ELISION.sub(lambda match: match[1][:-1] + "'", text)


@lru_cache(maxsize=16384)
def foreign(text: str, lang: Lang) -> str:
    """Words of an article as they are; in quotation marks where they are those of the other language."""
    other: Lang = "en" if lang == "fr" else "fr"
    seen = set(re.findall(r"[^\W\d_]+'?", text.lower().replace("’", "'")))
    ours, theirs = (len(seen & set(statements(one).phrases.words)) for one in (lang, other))
    accented = lang == "en" and ours == 0 and re.search(r"[éèêàùçœî]", text.lower()) and text[:1].islower()
    return statements(lang).phrases.quoted.format(text) if theirs > ours or accented else text


def with_article(name: str, lang: Lang) -> str:
    """A place as a subject: French countries and regions take their article ("la France", "le Texas")."""
    name = _translated(name, lang)
    before = _before_place(name, lang)
    if lang != "fr" or before is None:
        return name
    article = {"au": "le ", "aux": "les ", "dans le": "le ", "dans les": "les "}.get(before)
    if before in {"sur le", "dans l'"}:
        article = before.split()[-1] + ("" if before.endswith("'") else " ")
    if article is None:
        article = "l'" if name[:1].lower() in "aeéèêiîoôuhy" else "la "
    return article + name


def write_place(name: str, lang: Lang) -> str:
    """Where a thing is: "à Nozay", "en France", "dans le Somerset", "in Nozay"."""
    name = _translated(name, lang)
    before = _before_place(name, lang) or statements(lang).phrases.at
    return f"{before}{name}" if before.endswith("'") else f"{before} {name}"


def _before_place(name: str, lang: Lang) -> str | None:
    known = statements(lang).places.get(name)
    if known is not None or lang != "fr" or name not in _territories():
        return known
    if name.endswith("s") and name[:1] in "ÉEPBSCIMFA" and name.split()[0].endswith("s"):
        return "aux"
    return "en" if name.endswith("e") or name[:1].lower() in "aeéèêiîoôuy" else "au"


def _translated(name: str, lang: Lang) -> str:
    """A country under its name in the language of the sentence; other places as they are."""
    other: Lang = "en" if lang == "fr" else "fr"
    return _translations(other, lang).get(name, name)


@cache
def _translations(one: Lang, other: Lang) -> dict[str, str]:
    theirs, ours = _locale(one).territories, _locale(other).territories
    return {str(name): str(ours[code]) for code, name in theirs.items() if len(code) == 2 and code in ours}


@cache
def _territories() -> frozenset[str]:
    territories = _locale("fr").territories
    return frozenset(str(name) for code, name in territories.items() if len(code) == 2)


@cache
def _locale(lang: Lang) -> Locale:
    from babel import Locale

    return Locale.parse("fr_FR" if lang == "fr" else "en_US")
