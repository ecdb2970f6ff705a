"""Signs that stand for a word, as in notes: "le + gros", "beaucoup – de déchets"."""

from __future__ import annotations

import re
from functools import cache

from faits.lexicons.boilerplate import SignRow
from faits.lexicons.loader import rows
from faits.model import Edit, Lang


def sign_repairs(source: str, lang: Lang) -> list[Edit]:
    """Edits that read a sign as the word it stands for; a sign between figures or names is left alone.

    >>> [(e.start, e.replacement) for e in sign_repairs("le + gros lot, 3 + 4, OpenAI + Helion", "fr")]
    [(3, 'plus')]
    """
    edits = [
        Edit(start=found.start("sign"), end=found.end("sign"), replacement=reading, reason="a sign for a word")
        for signs, pattern, reading in _patterns(lang)
        if any(sign in source for sign in signs)
        for found in pattern.finditer(source)
    ]
    return sorted(edits, key=lambda edit: edit.start)


@cache
def _patterns(lang: Lang) -> tuple[tuple[tuple[str, ...], re.Pattern[str], str], ...]:
    """For each row its signs between blanks, and a pattern: a word of the row, the sign, a small letter."""
    return tuple(
        (
            tuple(f" {sign} " for sign in row.written),
            re.compile(
                rf"(?<![\w'’])(?:{'|'.join(map(re.escape, row.after))}) "
                rf"(?P<sign>{'|'.join(map(re.escape, row.written))})(?= [a-zß-öø-ÿœ])"
            ),
            row.reads,
        )
        for row in rows(f"{lang}/boilerplate.toml", "sign", SignRow)
    )
