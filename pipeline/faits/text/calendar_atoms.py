"""dateparser, fed only with what the grammar has already read, and believed only as far as the text goes.

dateparser knows hundreds of spellings, but reads what is not there too: a missing day comes from the base date, "sept.
2024" becomes a 30th. So it is given one canonical shape at a time ("12 mars 2024", "mardi", "il y a 3 mois"), with its
direction and reference day, and its answer is dropped where it contradicts the words. One parser serves a language.
"""

from __future__ import annotations

from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from faits.model import Lang

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

Direction = Literal["past", "future"]

# Any day will do for a date that states its year; a fixed one, so that one answer serves every article.
_NO_REFERENCE = date(2000, 1, 1)


def stated_day(text: str, lang: Lang, year: int, month: int, day: int) -> date | None:
    """The day that "12 mars 2024" names; None when there is no such day.

    >>> stated_day("12 mars 2024", "fr", 2024, 3, 12)
    datetime.date(2024, 3, 12)
    >>> stated_day("31 février 2024", "fr", 2024, 2, 31) is None
    True
    """
    found = _ask(text, lang, "past", _NO_REFERENCE)
    return found if found and (found.year, found.month, found.day) == (year, month, day) else None


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
