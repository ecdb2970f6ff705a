"""Written forms looked up token by token, and the tables of one language built from its lexicons, once."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property
from typing import Generic, TypeVar

from faits.errors import LexiconError
from faits.lexicons.figures import (
    AbbreviationRow,
    CueRow,
    CurrencyRow,
    MultipleRow,
    PerRow,
    PrefixRow,
    SignRow,
    SubstanceRow,
    TimesRow,
    UnitFormRow,
    UnitRow,
    VerbRow,
    WordRow,
)
from faits.lexicons.loader import rows
from faits.model import Lang
from faits.text.tokens import Tokens, tokens

T = TypeVar("T")


class Forms(Generic[T]):
    """Phrases and what they stand for, matched against tokens, longest first."""

    def __init__(self, *, exact: bool = False, backwards: bool = False) -> None:
        # By the token at which a phrase is tried, then by the one beside it: what follows these two, longest first.
        self._by_token: dict[str, dict[str, list[tuple[tuple[str, ...], T]]]] = {}
        self._exact, self._backwards = exact, backwards

    def add(self, phrase: str, meaning: T, *, keep: bool = False) -> None:
        """Add a phrase; a phrase already there is kept where `keep` says so, else it is replaced."""
        self.add_parts(_parts(phrase, exact=self._exact), meaning, keep=keep)

    def add_parts(self, parts: tuple[str, ...], meaning: T, *, keep: bool = False) -> None:
        """The same for a phrase already cut into tokens."""
        key, rest = (parts[-1], parts[-2::-1]) if self._backwards else (parts[0], parts[1:])
        beside = self._by_token.setdefault(key, {})
        entries = beside.setdefault(rest[0] if rest else "", [])
        self.__dict__.pop("firsts", None)
        known = next((n for n, (other, _) in enumerate(entries) if other == rest), None)
        if known is None:
            entries.append((rest, meaning))
            entries.sort(key=lambda entry: -len(entry[0]))
        elif not keep:
            entries[known] = (rest, meaning)

    def match(self, cut: Tokens, i: int) -> tuple[T, int] | None:
        """The longest phrase that begins at token `i` and the token after it.

        Built backwards: that ends at token `i`, and the token it begins with.
        """
        beside = self._by_token.get(cut.written(i) if self._exact else cut.norms[i])
        if beside is None:
            return None
        step = -1 if self._backwards else 1
        norms = cut.norms
        # On either side the empty tokens that close the lists stop it: no part is empty.
        for rest, meaning in beside.get(cut.written(i + step) if self._exact else norms[i + step], ()):
            j = i + step
            for part in rest:
                if (cut.written(j) if self._exact else norms[j]) != part:
                    break
                j += step
            else:
                return meaning, j if not self._backwards else j + 1
        for _, meaning in beside.get("", ()):
            return meaning, i + 1 if not self._backwards else i
        return None

    @cached_property
    def firsts(self) -> frozenset[str]:
        """The tokens at which a phrase is tried: those it can begin with, or end with when built backwards."""
        return frozenset(self._by_token)

    def get(self, token: str) -> T | None:
        """What a phrase of one token stands for."""
        return next((meaning for _, meaning in self._by_token.get(token, {}).get("", ())), None)


def _parts(phrase: str, *, exact: bool) -> tuple[str, ...]:
    elided = phrase[-1:] in ("'", "’")  # "l'" is one token only before a word
    cut = tokens(phrase + "a" if elided else phrase)
    return tuple(cut.written(i) if exact else cut.norms[i] for i in range(len(cut) - elided))


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with its prefix: "GW" is 1e9 of what pint calls a watt."""

    code: str
    kind: str
    si: str
    pint: str | None
    factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency as a sign or a name gives it; `scale` is in the sign itself ("k€", "MUSD") or a hundredth ("c€")."""

    code: str
    assumed: bool = False
    scale: Decimal = Decimal(1)
    strong: str | None = None


@dataclass(frozen=True, slots=True)
class Grammar:
    """What one language knows of figures."""

    lang: Lang
    symbols: Forms[Unit]
    names: Forms[Unit]
    loose: dict[str, Unit]
    signs: Forms[Currency]
    signs_before: Forms[Currency]
    currencies: Forms[Currency]
    abbreviations: dict[str, Decimal]
    before: Forms[str]
    after: Forms[str]
    per: Forms[str]
    per_adverbs: Forms[str]
    substances: Forms[None]
    down: frozenset[str]
    up: frozenset[str]
    words: dict[str, frozenset[str]] = field(default_factory=dict)
    multiples: Forms[Decimal] = field(default_factory=Forms)
    times: dict[str, Forms[None]] = field(default_factory=dict)


@cache
def grammar(lang: Lang) -> Grammar:
    """The tables of one language.

    Raises:
        LexiconError: a row names a unit, a currency or a prefix that does not exist.
    """
    units = _units()
    symbols, names = _symbols(units), Forms[Unit]()
    loose: dict[str, Unit] = {}
    _name_units(lang, units, symbols, names)
    for unit in units.values():
        if unit.kind in ("power", "energy") or unit.code in ("km", "kg"):
            loose.setdefault(unit.code.lower(), unit)
    signs, before = _signs()
    file = f"{lang}/figures.toml"
    cues = rows(file, "cue", CueRow)
    per, adverbs = _per(lang)
    multiples = Forms[Decimal]()
    for multiple in rows(file, "multiple", MultipleRow):
        for form in multiple.written:
            multiples.add(form, multiple.value)
    words: dict[str, frozenset[str]] = {}
    for word in rows(file, "word", WordRow):
        words[word.role] = words.get(word.role, frozenset()) | set(word.written)
    return Grammar(
        lang=lang,
        symbols=symbols,
        names=names,
        loose=loose,
        signs=signs,
        signs_before=before,
        currencies=_currencies(lang),
        abbreviations={w: row.value for row in rows(file, "abbreviation", AbbreviationRow) for w in row.written},
        before=_cues(cues, "before", backwards=True),
        after=_cues(cues, "after", backwards=False),
        per=per,
        per_adverbs=adverbs,
        substances=_set([w for row in rows(file, "substance", SubstanceRow) for w in row.written]),
        down=_verbs(lang, "down"),
        up=_verbs(lang, "up"),
        words=words,
        multiples=multiples,
        times={row.role: _set(list(row.written), backwards=row.role == "by") for row in rows(file, "times", TimesRow)},
    )


def _units() -> dict[str, Unit]:
    """Every unit by its code, with and without prefix."""
    prefixes = {row.symbol: row.factor for row in rows("units.toml", "prefix", PrefixRow)}
    units: dict[str, Unit] = {}
    for row in rows("units.toml", "unit", UnitRow):
        if row.code in units:
            raise LexiconError(f'units.toml: unit "{row.code}" is written twice; keep one row')
        units[row.code] = Unit(row.code, row.kind, row.si, row.pint)
        for prefix in row.prefixes:
            if prefix not in prefixes:
                raise LexiconError(f'units.toml: unit "{row.code}": prefix "{prefix}" has no row; add it')
            units[prefix + row.code] = Unit(prefix + row.code, row.kind, row.si, row.pint, prefixes[prefix])
    return units


def _symbols(units: dict[str, Unit]) -> Forms[Unit]:
    forms = Forms[Unit](exact=True)
    for row in rows("units.toml", "unit", UnitRow):
        for symbol in row.symbols:
            if row.bare:
                forms.add(symbol, units[row.code], keep=row.weak)
            for prefix in row.prefixes:
                forms.add(prefix + symbol, units[prefix + row.code], keep=row.weak)
    return forms


def _name_units(lang: Lang, units: dict[str, Unit], symbols: Forms[Unit], names: Forms[Unit]) -> None:
    prefixes = rows("units.toml", "prefix", PrefixRow)
    taken = {row.code: row.prefixes for row in rows("units.toml", "unit", UnitRow)}
    for number, row in enumerate(rows(f"{lang}/units.toml", "form", UnitFormRow), 1):
        if row.code not in units:
            raise LexiconError(f'{lang}/units.toml, row {number}: unit "{row.code}" is not in units.toml; add it there')
        table = symbols if row.symbol else names
        for form in row.written:
            if not row.prefixed:
                table.add(form, units[row.code])
            if not row.compose:
                continue
            for prefix in prefixes:
                if prefix.symbol not in taken.get(row.code, ()):
                    continue
                for name in [prefix.symbol] if row.symbol else getattr(prefix, lang):
                    table.add(name + form, units[prefix.symbol + row.code], keep=True)


# Which scales a sign may carry in front: "k€", "Md€", "MUSD".
_CARRIED = {"k": Decimal(1000), "M": Decimal(10) ** 6, "Md": Decimal(10) ** 9, "Mds": Decimal(10) ** 9}
_CENT = Decimal("0.01")


def _signs() -> tuple[Forms[Currency], Forms[Currency]]:
    after, before = Forms[Currency](exact=True), Forms[Currency](exact=True, backwards=True)
    for row in rows("currencies.toml", "currency", SignRow):
        for sign in row.symbols:
            currency = Currency(row.code, row.assumed, _CENT if row.minor else Decimal(1))
            after.add(sign, currency, keep=True)
            if not row.minor:
                before.add(sign, currency, keep=True)
            if sign.isalpha() and len(sign) == 3 and sign.isupper():
                for prefix, scale in _CARRIED.items():
                    after.add(prefix + sign, Currency(row.code, row.assumed, scale), keep=True)
    return after, before


def _currencies(lang: Lang) -> Forms[Currency]:
    forms = Forms[Currency]()
    for row in rows(f"{lang}/currencies.toml", "currency", CurrencyRow):
        for form in row.written:
            forms.add(form, Currency(row.code, row.assumed, _CENT if row.minor else Decimal(1), row.strong))
    for code, form in _cldr(lang):
        forms.add(form, Currency(code), keep=True)
    return forms


def _cldr(lang: Lang) -> list[tuple[str, str]]:
    """The names CLDR gives to every currency, singular and plural, by code."""
    from babel import Locale
    from babel.numbers import get_currency_name

    locale = Locale(lang)
    names = ((code, get_currency_name(code, count, locale)) for code in sorted(locale.currencies) for count in (1, 2))
    return [(code, name.split(" (")[0]) for code, name in names if name and name != code]


# What a cue's last word becomes before a vowel or with an article.
_ELIDED = {"de": ("d'", "des", "du"), "à": ("au", "aux")}


def _cues(cues: tuple[CueRow, ...], side: str, *, backwards: bool) -> Forms[str]:
    forms = Forms[str](backwards=backwards)
    for row in cues:
        if row.side != side:
            continue
        for phrase in row.written:
            parts = _parts(phrase, exact=False)
            forms.add_parts(parts, row.bound)
            if backwards and len(parts) > 1:
                for other in _ELIDED.get(parts[-1], ()):
                    forms.add_parts((*parts[:-1], other), row.bound)
    return forms


def _per(lang: Lang) -> tuple[Forms[str], Forms[str]]:
    nouns, adverbs = Forms[str](), Forms[str]()
    for row in rows(f"{lang}/figures.toml", "per", PerRow):
        for n, form in enumerate(row.written):
            nouns.add(form, form if row.own and n else row.code)
        for form in row.adverbs:
            adverbs.add(form, row.code)
    return nouns, adverbs


def _set(phrases: list[str], *, backwards: bool = False) -> Forms[None]:
    forms = Forms[None](backwards=backwards)
    for phrase in phrases:
        forms.add(phrase, None)
    return forms


# Endings of the first conjugation that the press uses with figures.
_ENDINGS = (
    "e", "es", "ent", "er", "é", "ée", "és", "ées", "ait", "aient", "ant", "era", "eront", "erait", "eraient", "a",
    "èrent", "ons",
)  # fmt: skip


def _verbs(lang: Lang, direction: str) -> frozenset[str]:
    found: set[str] = set()
    for row in rows(f"{lang}/figures.toml", "verb", VerbRow):
        if row.direction == direction:
            found.update(row.written)
            found.update(stem + ending for stem in row.stems for ending in _ENDINGS)
    return frozenset(found)
