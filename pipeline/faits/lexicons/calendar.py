"""Rows of the lexicons of dates: what each word of the calendar is, and what it is worth.

One schema serves every row: `role` is the part the word plays in the grammar (`faits.text.calendar_grammar`), `value`
what it is worth there. `VALUES` says which values a role takes.
"""

from __future__ import annotations

import re
from functools import cache

from pydantic import model_validator

from faits.lexicons.loader import LexiconRow, rows
from faits.model import Lang

_UNITS = "second|minute|hour|day|weekend|week|fortnight|month|quarter|half|year|decade|century|fiscal"

# What each role may be worth, as a regular expression over `value`; roles worth nothing take "".
VALUES: dict[str, str] = {
    # names
    "month": r"[1-9]|1[0-2]",
    "month_shy": r"[1-9]|1[0-2]",  # a month that is a name or a verb too: "Mars", "May"
    "month_beside": r"[1-9]|1[0-2]",  # a month only beside a day or a year: "sept.", "Mar"
    "weekday": r"[1-7]",
    "weekday_beside": r"[1-7]",
    "season": r"2[1-4]",
    "season_stated": r"2[1-4]",  # a season only with a year or a turn: "spring" also is a verb
    "byline": r"",  # opens the names of those who wrote: a date at the end of the line is the publication
    "feast": r"(0[1-9]|1[0-2])-\d{2}|easter[+-]\d{1,2}",  # a day by its feast: "Noël", "Easter"
    "unit": _UNITS,
    "unit_only_length": _UNITS,  # measures a length and names no part of the calendar: "h"
    "division": r"quarter|half|month",
    "quarter": r"3[3-6]|4[01]",  # in one word: "T3", "H1"
    "ordinal": r"-1|[1-9]|[12]\d|3[01]",
    "ordinal_suffix": r"",
    "roman": r"[1-9]|[12]\d",
    "decade": r"",
    "century": r"",
    "fiscal": r"",
    "yearly": r"",  # a span of years by its two years: "la saison 2024-2025"
    "business_year": r"",  # "the year (ended in March)"
    "closes": r"",
    "runs": r"",
    # points and turns
    "point": r"(day|week|month|year|weekend) -?\d (now|last)",
    "turn": r"-1|0|1",
    "turn_before": r"-1|0|1",
    "turn_last": r"-1|0|1",  # counts from the last date of the text: "suivant", "même"
    "turn_last_before": r"-1|0|1",
    "daypart": r"",
    "slice": r"early|mid|late|close|whole",  # "close" is "la fin": with "avant" it is the last day
    # counts
    "ago": r"",  # opens "il y a trois ans"
    "ago_after": r"",  # closes "three years ago"
    "ahead": r"",  # opens "dans deux ans"
    "ahead_after": r"",
    "since_last": r"-1|1",  # closes "deux ans plus tard"
    "recent": r"-1|1",  # "ces dernières années", "les six prochains mois"
    "recent_after": r"-1|1",
    "vague": r"",  # "quelques", "plusieurs"
    "count": r"\d+(\.\d+)?",  # numbers that no number lexicon holds: "couple of"
    "and_half": r"",
    "half": r"",  # "une demi-heure", "half a year"
    "every": r"",  # "chaque", "par"
    "every_count": r"",  # "tous les"
    "recurrence": _UNITS,  # in one word: "annually"
    # how the passage stands to it
    "relation": r"in|from|by|before|after|during|until|not_before",
    "began": r"",  # what follows is past, whatever the verb: "depuis juin"
    "negation": r"",
    "moved": r"",  # before "de 2027 à 2029": two dates, and no time between
    "same": r"",  # "la même période (de 2023)"
    "filler": r"",
    "approx": r"",
    "bound": r"approx|min|max|gt|lt",
    "bound_after": r"approx|min|max|gt|lt",
    "length_lead": r"",  # "pendant", "sur": what follows measures a length
    "between": r"",
    "range_from": r"",
    "range_to": r"",
    "and": r"",
    "comma": r"",
    "than": r"",  # after "deux ans plus tôt": then it measures a delay
    # what is no date
    "name": r"",  # a name that holds a word of the calendar: "Vendredi saint"
    "not_year": r"",  # before a number: "vol", "article"
    "price": r"",  # before a year: "euros de 2015"
    "function": r"",  # words in -s that may follow a year without being counted
    "counted": r"",  # what a bare number before it counts, though it does not end in -s
    # tense
    "tense": r"past|present|future",
    "tense_ending": r"past|present|future",
    "tense_not": r"",  # words with such an ending that are no verb
    "helper": r"have|be",  # with a participle: past
    "participle_ending": r"",
    "infinitive_ending": r"",
    "going": r"",  # with an infinitive: future
    "clause": r"",
    # publication
    "published": r"first|later",
}


class CalendarRow(LexiconRow):
    """A word of the calendar, its part in the grammar and what it is worth there."""

    role: str
    value: str = ""
    written: tuple[str, ...]

    @model_validator(mode="after")
    def _known(self) -> CalendarRow:
        if self.role not in VALUES:
            raise ValueError(f'role "{self.role}" is not one of faits.lexicons.calendar.VALUES')
        if not re.fullmatch(VALUES[self.role], self.value):
            raise ValueError(f'value "{self.value}" of role "{self.role}" is none of {VALUES[self.role] or "(empty)"}')
        return self


@cache
def calendar_words(lang: Lang) -> tuple[CalendarRow, ...]:
    """Every row of the lexicons of dates of a language, in file order.

    Raises:
        LexiconError: a row is malformed, or its role or value is unknown.
    """
    files = ("calendar.toml", "calendar_cues.toml", "calendar_tense.toml")
    return tuple(row for file in files for row in rows(f"{lang}/{file}", "word", CalendarRow))
