"""Characters inside words that nobody sees: soft hyphens, and blanks without width."""

from __future__ import annotations

import re

from faits.model import Edit

_CHARS = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_INVISIBLE = re.compile(rf"(?<=\w)[{_CHARS}]+(?=\w)")


def invisible_repairs(source: str) -> list[Edit]:
    """Edits that leave out what parts a word unseen, so that it is found as the word it is.

    >>> [(e.start, e.end, e.replacement) for e in invisible_repairs("dix méga\\u00adwatts")]
    [(8, 9, '')]
    """
    if not any(char in source for char in _CHARS):
        return []
    return [
        Edit(start=found.start(), end=found.end(), replacement="", reason="a mark inside a word that nobody sees")
        for found in _INVISIBLE.finditer(source)
    ]
