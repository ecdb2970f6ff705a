"""Words reduced to what two spellings of them share."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")

# NFKD leaves these letters whole, and both languages write them two ways.
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "Ø": "o", "ł": "l"})


def fold(text: str) -> tuple[str, ...]:
    """The words of a text without case, accents, punctuation and plural.

    >>> fold("Les Centres de données")
    ('les', 'centre', 'de', 'donnee')
    """
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
        text = "".join(c for c in decomposed if not unicodedata.combining(c))
    return tuple(_singular(word) for word in _WORD.findall(text.casefold()))


def _singular(word: str) -> str:
    """The word without its plural mark, as far as a letter tells; short words ("gas", "bus") are left alone."""
    if len(word) > 5 and word.endswith("aux") and word[-4] != "e":
        return word[:-3] + "al"
    if len(word) > 3 and word[-1] in "sx" and word[-2] != "s" and not word[0].isdigit():
        return word[:-1]
    return word
