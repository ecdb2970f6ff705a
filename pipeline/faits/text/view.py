"""The clean view of a source text, and the mapping of offsets both ways."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from faits.model import Article, Edit, Lang, Removed

# What stands in the view for a removed block: a paragraph break, so that no pattern reads across it.
GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class View:
    """A text derived from a source by removals and repairs, with every offset mapped to the source and back.

    `text` is made of pieces; `starts[i]` is where piece i begins in `text`, `origins[i]` where it begins in the
    source, `lengths[i]` how much of the source it covers. A piece copied as it is covers as much as it shows.
    Starts and origins both rise, so either way is a binary search.
    """

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    lengths: tuple[int, ...]
    copied: tuple[bool, ...]

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that shows as `text[start:end]`.

        A repaired place counts whole; a removed block counts only where text of the span stands on both its sides.
        """
        first = self._first(start)
        return first, max(first, self._last(end - 1)) if end > start else first

    def to_view(self, offset: int) -> int | None:
        """Where a source offset shows in the view; None when it lies in a removed span or outside the source."""
        if not self.starts:
            return None
        i = max(0, bisect_right(self.origins, offset) - 1)
        inside = offset - self.origins[i]
        if self.copied[i] and 0 <= inside < self.lengths[i]:
            return self.starts[i] + inside
        if 0 <= inside < self.lengths[i] and not self._gap(i):
            return self.starts[i]
        return len(self.text) if i == len(self.starts) - 1 and inside == self.lengths[i] else None

    def _gap(self, i: int) -> bool:
        end = self.starts[i + 1] if i + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[i] : end] == GAP

    def _first(self, offset: int) -> int:
        """Where in the source the character shown at `offset` begins."""
        if not self.starts:
            return 0
        i = max(0, bisect_right(self.starts, offset) - 1)
        if self.copied[i]:
            return self.origins[i] + min(offset - self.starts[i], self.lengths[i])
        return self.origins[i] + (self.lengths[i] if self._gap(i) else 0)

    def _last(self, offset: int) -> int:
        """Where in the source the character shown at `offset` ends."""
        i = max(0, bisect_right(self.starts, offset) - 1)
        if self.copied[i]:
            return self.origins[i] + min(offset - self.starts[i] + 1, self.lengths[i])
        return self.origins[i] + (0 if self._gap(i) else self.lengths[i])


def view(source: str, removed: Sequence[Removed] = (), edits: Sequence[Edit] = ()) -> View:
    """Derive the clean view: removed spans become a paragraph break, edited spans their replacement.

    Overlapping removals are merged; an edit that touches a removed span is dropped with it.
    """
    gaps = _merge([(r.start, r.end) for r in removed])
    changes = sorted(
        [(start, end, GAP) for start, end in gaps] + [(e.start, e.end, e.replacement) for e in _outside(edits, gaps)]
    )
    pieces: list[tuple[str, int, int, bool]] = []
    at = 0
    for start, end, replacement in changes:
        if start < at:
            continue  # two edits of one place: the first in reading order stands
        if start > at:
            pieces.append((source[at:start], at, start - at, True))
        pieces.append((replacement, start, end - start, False))
        at = end
    if at < len(source):
        pieces.append((source[at:], at, len(source) - at, True))
    return _assemble(pieces)


def view_of(article: Article, lang: Lang) -> View:
    """The clean view of an article in one of its languages; what is written in another is left out of it."""
    foreign = [
        Removed(start=p.start, end=p.end, kind="language", reason=f"written in {p.lang}")
        for p in article.passages
        if p.lang != lang
    ]
    return view(article.source, [*article.removed, *foreign], article.edits)


def _outside(edits: Sequence[Edit], gaps: list[tuple[int, int]]) -> list[Edit]:
    """The edits that touch no gap; both lists are read once, in order."""
    kept, i = [], 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        while i < len(gaps) and gaps[i][1] <= edit.start:
            i += 1
        if i == len(gaps) or gaps[i][0] >= max(edit.end, edit.start + 1):
            kept.append(edit)
    return kept


def _assemble(pieces: list[tuple[str, int, int, bool]]) -> View:
    starts, total = [], 0
    shown = [p for p in pieces if p[0]]
    for text, *_ in shown:
        starts.append(total)
        total += len(text)
    return View(
        text="".join(p[0] for p in shown),
        starts=tuple(starts),
        origins=tuple(p[1] for p in shown),
        lengths=tuple(p[2] for p in shown),
        copied=tuple(p[3] for p in shown),
    )


def _merge(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(s for s in spans if s[1] > s[0]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
