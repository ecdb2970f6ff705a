"""Places in a text named by the words that stand there, which outlive offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Protocol

from pydantic import Field

from faits.model import Row

# How much of what stands before and after is kept with a quote: enough to tell two places apart, short enough that
# most edits of an article do not touch it.
CONTEXT = 32


class _Spanned(Protocol):
    @property
    def article(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Quote(Row):
    """Words in an article, and what stands around them (a TextQuoteSelector of the W3C Web Annotation Data Model)."""

    article: str
    exact: str = Field(min_length=1)
    prefix: str = ""
    suffix: str = ""


class Place(Row):
    """Where words stand now."""

    article: str
    start: int
    end: int

    def touches(self, span: _Spanned) -> bool:
        """Whether a span of the same article overlaps this place."""
        return self.article == span.article and self.start < span.end and span.start < self.end

    def covers(self, span: _Spanned) -> bool:
        """Whether a span is this very place."""
        return (self.article, self.start, self.end) == (span.article, span.start, span.end)


def quote(article: str, source: str, start: int, end: int) -> Quote:
    """The quote that names `source[start:end]`.

    >>> quote("a.txt", "Il a investi 10 milliards.", 13, 25).prefix
    'Il a investi '
    """
    return Quote(
        article=article,
        exact=source[start:end],
        prefix=source[max(0, start - CONTEXT) : start],
        suffix=source[end : end + CONTEXT],
    )


def locate(quoted: Quote, sources: Mapping[str, str]) -> Place | None:
    """Where a quote stands now; None when its words are gone, or stand in several places that fit as well.

    The article is looked up by its id; under another id it is known by the words around the quote as well.

    >>> locate(Quote(article="a", exact="10 milliards"), {"a": "Soit 10  milliards."})
    Place(article='a', start=5, end=18)
    """
    own = sources.get(quoted.article)
    if own is not None:
        return _best(quoted, quoted.article, own)
    whole = len(_squeezed(quoted.prefix)) + len(_squeezed(quoted.suffix))
    moved = []
    for article in sorted(sources):
        place = _best(quoted, article, sources[article])
        if place is not None and whole and _fit(quoted, sources[article], place.start, place.end) >= whole:
            moved.append(place)
    return moved[0] if len(moved) == 1 else None


def _best(quoted: Quote, article: str, source: str) -> Place | None:
    found = [(_fit(quoted, source, start, end), start, end) for start, end in _occurrences(quoted.exact, source)]
    if not found:
        return None
    most = max(fit for fit, _, _ in found)
    best = [(start, end) for fit, start, end in found if fit == most]
    if len(best) > 1 and (quoted.prefix or quoted.suffix) and most == 0:
        return None
    return Place(article=article, start=best[0][0], end=best[0][1]) if len(best) == 1 or most else None


def _occurrences(exact: str, source: str) -> Iterator[tuple[int, int]]:
    """The places where words stand, however they are spaced: an edit may have reflowed the text."""
    pattern = r"\s+".join(re.escape(word) for word in exact.split())
    if pattern:
        yield from (match.span() for match in re.finditer(pattern, source))


def _fit(quoted: Quote, source: str, start: int, end: int) -> int:
    """How many characters before and after are as they were, spaces aside."""
    before = _squeezed(source[max(0, start - 2 * CONTEXT) : start])
    after = _squeezed(source[end : end + 2 * CONTEXT])
    return _common(_squeezed(quoted.prefix)[::-1], before[::-1]) + _common(_squeezed(quoted.suffix), after)


def _common(a: str, b: str) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _squeezed(text: str) -> str:
    return "".join(text.split())
