"""dateparser, fed only with what the grammar has already read, and believed only as far as the text goes.

dateparser knows hundreds of spellings, but reads what is not there too: a missing day comes from the base date, "sept.
2024" becomes a 30th. So it is given one canonical shape at a time ("mardi", "il y a 3 mois"), with its direction and
reference day. A day stated in full is not asked for: it is what the words say, or there is no such day.
"""

from __future__ import annotations

from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from faits.model import Lang

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

Direction = Literal["past", "future"]


def weekday(name: str, lang: Lang, direction: Direction, reference: date) -> date | None:
    """The nearest day of that name strictly before or after a reference day.

    >>> weekday("mardi", "fr", "past", date(2024, 5, 15))
    datetime.date(2024, 5, 14)
    """
    return _ask(name, lang, direction, reference)


def counted(text: str, lang: Lang, reference: date) -> date | None:
    """The day "il y a 3 ans" or "dans 2 mois" leads to from a reference day.

    >>> counted("il y a 3 ans", "fr", date(2024, 5, 15))
    datetime.date(2021, 5, 15)
    """
    return _ask(text, lang, "past", reference)


@lru_cache(maxsize=8192)
def _ask(text: str, lang: Lang, direction: Direction, reference: date) -> date | None:
    answer = _parser(lang, direction, reference).get_date_data(text).date_obj
    return answer.date() if answer else None


@lru_cache(maxsize=64)
def _parser(lang: Lang, direction: Direction, reference: date) -> DateDataParser:
    return _parser_class()(
        languages=[lang],
        settings={
            "PREFER_DATES_FROM": direction,
            "RELATIVE_BASE": datetime.combine(reference, time()),
            "DATE_ORDER": "DMY",
            "STRICT_PARSING": False,
        },
    )


@cache
def _parser_class() -> type[DateDataParser]:
    from dateparser.date import DateDataParser  # half a second, and only where a text has dates

    return DateDataParser


def easter(year: int) -> date:
    """Easter Sunday of a year, by the Gregorian rule.

    >>> easter(2025)
    datetime.date(2025, 4, 20)
    """
    from dateutil.easter import easter as of_year

    found: date = of_year(year)
    return found
