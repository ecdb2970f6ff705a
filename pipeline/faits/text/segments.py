"""Cuts a text into segments, the stretches that are kept or removed whole, and measures each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from faits.lexicons.boilerplate import common_words, words_of
from faits.model import Lang

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_BLANKS = " \t\u00a0\u202f\u200b\u2009\ufeff"

# Marks before a list item, a quotation or a heading, in text and in Markdown.
_BULLET = re.compile(r"(?:[-–—•●▪◦‣·*+►▶→»>#☰✓✔]|\d{1,2}[.)]|[a-z]\))[ \t\u00a0]+")
_MARKDOWN = re.compile(r"[*_`~]+|\]\([^)]{0,300}\)|^[#>\s]+|!?\[")

_MARKED_HEADING = re.compile(r"#{1,6}[ \t]")

# A sentence may close with quotation marks, brackets or a footnote star after its stop.
_ENDED = re.compile(r"[.!?…][»”’\"')\]*_\s\u00a0\u202f]*$")

# Where a new sentence, or a part of a line that stands on its own, begins.
# Each blank parts by itself: what is left between two of them holds no word, and the words alone are counted.
_PART = re.compile(r"\s(?:(?<=[.!?…:*»”\")].)|(?<=[.!?…:*»”\")]\n)|[–—|•·›>-]\s)")

_FIRST = frozenset({0})

# Longer segments are text of an article or one lost line; nothing about their words is worth counting.
_COUNTED_CHARS = 4000


T = TypeVar("T")


class _once(Generic[T]):  # noqa: N801 — a decorator
    """A property worked out when first asked for; `functools.cached_property` without its lock, a third of its cost."""

    def __init__(self, work: Callable[[Any], T]) -> None:
        self.work = work
        self.name = work.__name__
        self.__doc__ = work.__doc__

    def __get__(self, owner: object, kind: type | None = None) -> T:
        value = owner.__dict__[self.name] = self.work(owner)
        return value


@dataclass
class Segment:
    """A line of a text, or a part of one where a line end was lost, without the blanks around it.

    `gap` counts the line ends before it: 0 where it follows on the same line, 2 or more where it starts a block.
    """

    start: int
    end: int
    text: str
    gap: int
    lang: Lang

    @_once
    def words(self) -> list[str]:
        """The folded words, of the beginning alone when it is very long."""
        text = self.text[:_COUNTED_CHARS]
        return words_of(_MARKDOWN.sub(" ", text) if self.marked_up else text)

    @_once
    def starts(self) -> frozenset[int]:
        """The indexes of words that open a sentence or a part of the line."""
        if len(self.text) > 400:
            return _FIRST
        parts = _PART.split(_MARKDOWN.sub(" ", self.text) if self.marked_up else self.text)
        found, count = {0}, 0
        for part in parts[:-1]:
            count += len(words_of(part)) if part else 0
            found.add(count)
        return frozenset(found) if count else _FIRST

    @_once
    def marked_up(self) -> bool:
        """Whether it bears Markdown."""
        return "](" in self.text or "**" in self.text or self.text.startswith(("#", "*", ">", "_"))

    @_once
    def plain(self) -> str:
        """The text without Markdown, bullet and number before it."""
        text = _MARKDOWN.sub("", self.text).strip(_BLANKS) if self.marked_up else self.text
        bullet = _BULLET.match(text)
        return text[bullet.end() :] if bullet else text

    @_once
    def bullet(self) -> bool:
        """Whether it begins as a list item."""
        return bool(_BULLET.match(self.text)) and not self.text.startswith("#")

    @_once
    def ended(self) -> bool:
        """Whether it ends as a sentence does."""
        return bool(_ENDED.search(self.text[-12:]))

    @_once
    def common(self) -> float:
        """The share of function words, 0 to 1."""
        known = common_words(self.lang)
        return sum(map(known.__contains__, self.words)) / len(self.words) if self.words else 0.0

    @_once
    def prose(self) -> bool:
        """Whether it reads as sentences: words enough, tied by function words, and ended."""
        size = len(self.words)
        if self.question:
            return False
        if size >= 25:
            return self.common >= 0.25 and (self.ended or size >= 40)
        return size >= 9 and self.ended and self.common >= 0.28

    @_once
    def question(self) -> bool:
        """Whether it is one question and nothing else."""
        return self.text.endswith("?") and not re.search(r"[^\W\d_]{3}[.!…] ", self.text)

    @_once
    def heading(self) -> bool:
        """Whether it may be a heading: short, alone, not ended as a sentence (a question may be one)."""
        if _MARKED_HEADING.match(self.text):
            return True
        return 1 <= len(self.words) <= 22 and not self.bullet and (not self.ended or self.text.endswith(("?", "!")))

    def key(self) -> str:
        """What two copies of one line have in common."""
        return " ".join(self.words) if len(self.text) <= _COUNTED_CHARS else self.text


def segments_of(source: str, start: int, cuts: Sequence[int], lang: Lang, joins: Sequence[int] = ()) -> list[Segment]:
    """The segments of a source from `start` on, in reading order.

    `cuts` are offsets where lines are glued, `joins` offsets where a line end stands inside a sentence.
    """
    segments: list[Segment] = []
    rest = iter([*sorted(cuts), len(source) + 1])
    cut = next(rest)
    last_end = start
    for first, end_of_line in _lines(source, start, joins):
        at = first
        while cut <= at:
            cut = next(rest)
        stops = []
        while cut < end_of_line:
            stops.append(cut)
            cut = next(rest)
        for end in (*stops, end_of_line):
            if segment := _segment(source, at, end, last_end, lang):
                segments.append(segment)
                last_end = end
            at = end
    return segments


def _lines(source: str, start: int, joins: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The spans of the lines from `start` on, those that go on in the next one taken together."""
    joined = set(joins)
    first: int | None = None
    for line in _LINE.finditer(source, start):
        first = line.start() if first is None else first
        if joined and len(line[0].rstrip(_BLANKS)) + line.start() in joined:
            continue
        yield first, line.end()
        first = None
    if first is not None:
        yield first, len(source)


def _segment(source: str, at: int, end: int, last_end: int, lang: Lang) -> Segment | None:
    text = source[at:end]
    stripped = text.strip(_BLANKS)
    if not stripped:
        return None
    first = at + text.index(stripped[0])
    between = source[last_end:first]
    gap = between.count("\n") or between.count("\r")
    return Segment(first, first + len(stripped), stripped, gap, lang)
