"""Lines that stand twice: a second copy of the body, headings listed before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from faits.text.segments import Segment

# A line so long is not written twice by chance; shorter ones count only beside such a one.
_LONG_CHARS = 70


def copies(segments: Sequence[Segment]) -> dict[int, int]:
    """Segments that repeat an earlier one, each with the index of the first copy.

    A short line (a headline, a byline, a list item) is a copy only where a long one beside it is: the lines between
    two long copies, and those right before and after, when they too stand earlier in the text.
    """
    first: dict[str, int] = {}
    again: dict[int, int] = {}
    for i, segment in enumerate(segments):
        key = segment.key()
        if not key:
            continue
        if key in first:
            again[i] = first[key]
        else:
            first[key] = i
    long = sorted(i for i in again if len(segments[i].text) >= _LONG_CHARS)
    kept = set(long)
    for step in (1, -1):
        for i in long:
            at = i + step
            # One line that is no copy (an advertisement) may stand between two that are.
            while at in again or (at + step in again and 0 <= at < len(segments)):
                if at in again:
                    kept.add(at)
                at += step
                if at in kept and at in again:
                    break
    return {i: again[i] for i in sorted(kept)}


def listed_headings(segments: Sequence[Segment]) -> dict[int, int]:
    """Lines that come again below as headings, with the index below: two or more together are a table of contents."""
    where: dict[str, list[int]] = defaultdict(list)
    for i, segment in enumerate(segments):
        if len(segment.text) < 200 and (key := segment.key().lstrip("0123456789 ")):
            where[key].append(i)
    early = {
        i: spots[-1]
        for spots in where.values()
        if len(spots) > 1
        for i in spots[:-1]
        if len(segments[i].words) >= 2 and not segments[i].prose
    }
    return {i: later for i, later in early.items() if i + 1 in early or i - 1 in early}
