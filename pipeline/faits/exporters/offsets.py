"""Code points, which all tables count in, and UTF-16 units, which browsers and Java count in."""

from __future__ import annotations

from bisect import bisect_right


class Units:
    """The two ways to count in one text.

    >>> Units("a🌬b").of(2), Units("a🌬b").points(3)
    (3, 2)
    """

    def __init__(self, text: str) -> None:
        # Where each character that takes two units ends, in both counts.
        self._wide = [i for i, char in enumerate(text) if ord(char) > 0xFFFF]
        self._wide_units = [i + k for k, i in enumerate(self._wide)]

    def of(self, point: int) -> int:
        """The UTF-16 offset of a code point."""
        return point + bisect_right(self._wide, point - 1)

    def points(self, unit: int) -> int:
        """The code point at a UTF-16 offset; inside a character, the one that follows it."""
        return unit - bisect_right(self._wide_units, unit - 1)
