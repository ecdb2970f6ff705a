"""A text cut into words, numbers and signs, with their places: what the grammar of figures reads."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from faits.lexicons.figures import SignRow
from faits.lexicons.loader import rows

# A number written in digits. Spaces set thousands apart only in groups of three; anything else between digits (comma,
# dot, apostrophe) is kept here and judged by `faits.text.numbers`. French sets thousands apart with U+202F or U+00A0,
# copied text often with a plain space, the Swiss with an apostrophe.
DIGITS = r"\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d)(?:[.,]\d+)?(?![.,]?\d)|\d+(?:[.,'’]\d+)*"

# The letters that stand for a currency before a number, glued to it: "EUR500m", "SFr2.2bn"; no other word ends there.
_SIGNS = [sign for row in rows("currencies.toml", "currency", SignRow) for sign in row.symbols]
CODES = frozenset(sign for sign in _SIGNS if sign.isalpha() and len(sign) > 1)
_CODE = "|".join(sorted(CODES, key=lambda code: (-len(code), code)))

# What a code and its number look like, so that not every word is compared with every code.
_CODED = rf"[{''.join(sorted({code[0] for code in CODES}))}]\w{{1,{max(map(len, CODES)) - 1}}}\d"

# An elided article belongs to itself, not to its noun: "d'" + "euros", "jusqu'" + "à".
_ELIDED = r"(?:[ldjmntscLDJMNTSC]|[jJ][uU][sS][qQ][uU]|[qQ][uU])['’]"
_TOKEN = re.compile(rf"(?=[^\W\d_])(\b(?={_CODED})(?:{_CODE})(?=\d)|{_ELIDED}(?=\w)|[^\W\d_]\w*)|({DIGITS})|\S")

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
    numbers: dict[object, Any] = field(default_factory=dict)  # those read so far: each is asked for several times

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

    def part(self, start: int, end: int) -> Tokens:
        """The tokens of `text[start:end]`, which begins and ends where lines do: as if cut by itself."""
        first, last = bisect_left(self.starts, start, 0, len(self)), bisect_left(self.starts, end, 0, len(self))
        pad = [end - start] * _PAD
        return Tokens(
            self.text[start:end],
            [at - start for at in self.starts[first:last]] + pad,
            [at - start for at in self.ends[first:last]] + pad,
            self.norms[first:last] + [""] * _PAD,
            self.digits[first:last] + [False] * _PAD,
        )


@lru_cache(maxsize=4)
def tokens(text: str) -> Tokens:
    """Cut a text into tokens; what is given back is shared by the finders, and not to be changed.

    >>> tokens("Près de 1 200 MW, d'ici 2030").norms
    ['près', 'de', '1 200', 'mw', ',', "d'", 'ici', '2030', '', '', '', '', '', '', '', '']
    """
    found = list(_TOKEN.finditer(text))
    end = len(text)
    starts = [match.start() for match in found] + [end] * _PAD
    ends = [match.end() for match in found] + [end] * _PAD
    norms = _lowered([match[0] for match in found]) + [""] * _PAD
    digits = [match.lastindex == 2 for match in found] + [False] * _PAD
    return Tokens(text, starts, ends, norms, digits)


class Part(str):
    """A paragraph that knows where it stands in its text: what is remembered of one is remembered by its words."""

    __slots__ = ("start", "whole")
    whole: str
    start: int

    @classmethod
    def of(cls, whole: str, start: int, end: int) -> Part:
        """The paragraph `whole[start:end]`."""
        part = cls(whole[start:end])
        part.whole, part.start = whole, start
        return part

    def cut(self) -> Tokens:
        """Its tokens, from those of the text."""
        whole = tokens(self.whole)
        return whole if len(self) == len(self.whole) else whole.part(self.start, self.start + len(self))


def _lowered(words: list[str]) -> list[str]:
    """The words in lower case, apostrophes straight: all at once where the sign between them is in none."""
    whole = "\0".join(words)
    if whole.count("\0") != len(words) - 1:
        return [word.lower().replace("’", "'") for word in words]
    return whole.lower().replace("’", "'").split("\0")
