"""Which currency an article means by a word that several countries use: "couronnes", "dollars", "francs".

Names of currencies and what each country pays with are CLDR's, by way of Babel.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from faits.model import Lang
from faits.text.figures import Figure

# A dollar is paid with far from the countries that have one: only the article's own words ("dollars canadiens") make
# a bare dollar another than the American one. A krone or a peso is spoken of where it is spent.
_ABROAD = frozenset({"dollar"})


class Meant(NamedTuple):
    """A currency, and whether it is still a guess."""

    code: str
    assumed: bool


def meant(text: str, lang: Lang, figures: Iterable[Figure]) -> dict[str, Meant]:
    """For each currency assumed somewhere in a text, the one the text means by that word.

    It says so by giving the full name ("dollars canadiens", and none of another country); it lets it be guessed by
    naming countries that pay in one currency of the family and no other. Empty where nothing is assumed, or nothing
    settles it.

    >>> from faits.text.figures import figures
    >>> text = "La Norvège commandera cinq frégates pour 136 milliards de couronnes."
    >>> meant(text, "fr", figures(text, "fr"))
    {'SEK': Meant(code='NOK', assumed=True)}
    """
    amounts = [figure for figure in figures if figure.currency is not None]
    found = {}
    for code in sorted({a.currency.code for a in amounts if a.currency is not None and a.currency.assumed}):
        named, paid = _named(code, amounts, text), _of_country(code, text, lang)
        if named is not None:
            found[code] = Meant(named, assumed=False)
        elif paid is not None and paid != code:
            found[code] = Meant(paid, assumed=True)
    return found


def _named(code: str, amounts: list[Figure], text: str) -> str | None:
    """The one currency of the family that the amounts give by its full name.

    A sign is no name, for "C$2bn ($1.5bn)" sets one dollar beside another; so does any amount in brackets.
    """
    family = _family(code)
    said = set()
    for amount in amounts:
        assert amount.currency is not None
        if _family(amount.currency.code) != family:
            continue
        if amount.currency.assumed and amount.converts:
            return None
        if not amount.currency.assumed and family in text[amount.start : amount.end].lower():
            said.add(amount.currency.code)
    return said.pop() if len(said) == 1 else None


def _of_country(code: str, text: str, lang: Lang) -> str | None:
    """The one currency of the family that is paid with in the countries a text names."""
    family = _family(code)
    if family in _ABROAD:
        return None
    pattern, pays = _countries(lang)
    paid = {pays[match[0]] for match in pattern.finditer(text)}
    inside = {one for one in paid if _family(one) == family}
    return inside.pop() if len(inside) == 1 else None


@cache
def _family(code: str) -> str:
    """The word a currency shares with others: "couronne" for NOK, SEK and DKK."""
    from babel.numbers import get_currency_name

    return get_currency_name(code, 1, "fr").split()[0]


@cache
def _countries(lang: Lang) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """The names of all countries, and what each pays with today."""
    from babel import Locale
    from babel.numbers import get_territory_currencies

    pays = {}
    for territory, name in Locale(lang).territories.items():
        if len(territory) == 2 and territory.isalpha():
            tender = get_territory_currencies(territory)
            if tender:
                pays[name] = tender[0]
    names = "|".join(re.escape(name) for name in sorted(pays, key=lambda name: (-len(name), name)))
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)"), pays
