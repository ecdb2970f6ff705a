"""A text cut into words, numbers and signs, with their places: what the grammar of figures reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# A number written in digits. Spaces set thousands apart only in groups of three; anything else between digits (comma,
# dot, apostrophe) is kept here and judged by `faits.text.numbers`. French sets thousands apart with U+202F or U+00A0,
# copied text often with a plain space, the Swiss with an apostrophe.
DIGITS = r"\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d)(?:[.,]\d+)?(?![.,]?\d)|\d+(?:[.,'’]\d+)*"

# An elided article belongs to itself, not to its noun: "d'" + "euros", "jusqu'" + "à".
_TOKEN = re.compile(rf"({DIGITS})|((?:jusqu|[ldjmntsc]|qu)['’](?=\w)|[^\W\d_]\w*)|[^\s]", re.IGNORECASE)

_PAD = 8


@dataclass(slots=True)
class Tokens:
    """The tokens of a text as parallel lists: where each begins and ends, its lower case, whether it is digits.

    Empty tokens close the lists, so that a reader may look a few tokens ahead without asking.
    """

    text: str
    starts: list[int]
    ends: list[int]
    norms: list[str]
    digits: list[bool]

    def __len__(self) -> int:
        return len(self.starts) - _PAD

    def written(self, i: int) -> str:
        """Token `i` as it stands in the text."""
        return self.text[self.starts[i] : self.ends[i]]

    def glued(self, i: int) -> bool:
        """Whether token `i` touches the one before it."""
        return 0 < i < len(self) and self.starts[i] == self.ends[i - 1]

    def broken(self, i: int) -> bool:
        """Whether a paragraph ends between token `i` and the one before it."""
        return i > 0 and self.starts[i] - self.ends[i - 1] > 1 and "\n" in self.text[self.ends[i - 1] : self.starts[i]]

    def anchors(self, words: frozenset[str]) -> Iterator[int]:
        """The tokens that are digits or one of `words`, in order."""
        digits = self.digits
        return (i for i, norm in enumerate(self.norms) if digits[i] or norm in words)


def tokens(text: str) -> Tokens:
    """Cut a text into tokens.

    >>> tokens("Près de 1 200 MW, d'ici 2030").norms
    ['près', 'de', '1 200', 'mw', ',', "d'", 'ici', '2030', '', '', '', '', '', '', '', '']
    """
    starts, ends, norms, digits = [], [], [], []
    for match in _TOKEN.finditer(text):
        starts.append(match.start())
        ends.append(match.end())
        norms.append(match[0])
        digits.append(match.lastindex == 1)
    end = len(text)
    lowered = [norm.lower().replace("’", "'") for norm in norms]
    starts += [end] * _PAD
    ends += [end] * _PAD
    return Tokens(text, starts, ends, lowered + [""] * _PAD, digits + [False] * _PAD)
