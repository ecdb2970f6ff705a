"""What a segment looks like beside its neighbours and the body of the text: the features of the line classifier."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from faits.lexicons.boilerplate import folded_words
from faits.text.evidence import Evidence
from faits.text.segments import Segment

# How fast the nearness of prose and of dropped lines fades, a segment further on.
_FADE = 0.75

# The body reaches as far as this share of the densest place of the text.
_EDGE = 0.2

# Words that begin with a figure or a capital, and words all in capitals, of the beginning of a line.
# The look behind comes second: a pattern that opens with a class of characters is searched for much faster.
_FIGURE = re.compile(r"\d(?<!\S.)")
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-ÞŒ](?<!\S.)")
_SHOUTED = re.compile(r"[A-ZÀ-ÖØ-ÞŒ](?<!\S.)[A-ZÀ-ÖØ-ÞŒ]+(?!\S)")

_OWN = (
    "prose", "question", "ended", "heading", "item", "size", "common", "digits", "capitals", "shouted", "reader",
    "same_line", "new_block", "lower", "colon", "dots", "evidence", "weak_evidence", "name", "bio", "opens", "quoted",
    "twice", "long", "short", "self",
)  # fmt: skip
_PLACE = (
    "dropped", "prose_before", "density", "dropped_before", "dropped_after", "share_dropped", "share_prose", "length",
    "inside", "far_above", "far_below", "above", "below", "topic", "title", "above_title", "position",
)  # fmt: skip
_BESIDE = ("prose", "dropped", "size", "evidence", "ended", "new_block", "item", "edge")

FEATURES = (*_OWN, *_PLACE, *(f"previous_{name}" for name in _BESIDE), *(f"next_{name}" for name in _BESIDE))


def features(
    segments: Sequence[Segment], evidence: Sequence[Evidence], dropped: Sequence[bool], title: int | None
) -> list[list[float]]:
    """One row of numbers a segment, in the order of `FEATURES`; `dropped` tells which segments the rules took."""
    if not segments:
        return []
    copies = Counter(segment.key() for segment in segments)
    own = [_own(s, e, copies[s.key()] > 1) for s, e in zip(segments, evidence, strict=True)]
    body = _body(segments, dropped)
    gone = [float(drop) for drop in dropped]
    before, after = _faded(gone), _faded(gone[::-1])[::-1]
    share = sum(gone) / len(gone)
    prose = sum(1 for mass in body.mass if mass) / len(gone)
    length = math.log1p(len(gone))
    beside = [
        (row[0], drop, row[5], row[16], row[2], row[12], row[4], 0.0) for row, drop in zip(own, gone, strict=True)
    ]
    edge = (0.0,) * 7 + (1.0,)
    rows = []
    for i, segment in enumerate(segments):
        above, below = max(0, body.first - i), max(0, i - body.last)
        place = (
            gone[i], body.before[i], body.density[i], before[i] / 4, after[i] / 4, share, prose, length,
            float(not above and not below), math.log1p(above), math.log1p(below), float(above > 0), float(below > 0),
            body.topic(segment) if above or below else 0.5,
            float(i == title), float(title is not None and i < title), i / len(gone),
        )  # fmt: skip
        last = i + 1 == len(gone)
        rows.append([*own[i], *place, *(beside[i - 1] if i else edge), *(edge if last else beside[i + 1])])
    return rows


def _own(segment: Segment, evidence: Evidence, twice: bool) -> list[float]:
    """What a segment is by itself."""
    text, words = segment.plain, segment.words
    size = len(words)
    head = text[:400]
    written = head.count(" ") + 1
    kind, score = evidence.best()
    if kind == "name":
        score = 0.0
    return [
        float(segment.prose),
        float(segment.question),
        float(segment.ended),
        float(segment.heading),
        float(segment.bullet),
        math.log1p(size),
        segment.common,
        len(_FIGURE.findall(head)) / written,
        len(_CAPITAL.findall(head)) / written,
        len(_SHOUTED.findall(head)) / written,
        float(not folded_words(segment.lang, "reader").isdisjoint(words)),
        float(segment.gap == 0),
        float(segment.gap >= 2),
        float(text[:1].islower()),
        float(text.endswith(":")),
        float(text.endswith(("…", "..."))),
        score,
        float(0 < score < 0.5),
        float("name" in evidence.by_kind),
        evidence.bio,
        float(evidence.opens is not None),
        float(text.startswith(("«", "“", '"'))),
        float(twice),
        float(size > 40),
        float(size <= 3),
        float(not folded_words(segment.lang, "self").isdisjoint(words)),
    ]


@dataclass(frozen=True, slots=True)
class _Body:
    """Where the text of the article lies densest, and what it is about."""

    mass: list[float]
    before: list[float]
    density: list[float]
    first: int
    last: int
    words: frozenset[str]

    def topic(self, segment: Segment) -> float:
        """The share of a segment's long words that the body has too; a middling one when it has none."""
        long = [word for word in segment.words if len(word) >= 5]
        return sum(map(self.words.__contains__, long)) / len(long) if long else 0.3


def _body(segments: Sequence[Segment], dropped: Sequence[bool]) -> _Body:
    mass = [
        min(len(s.text), 600) / 100 if s.prose and not drop else 0.0 for s, drop in zip(segments, dropped, strict=True)
    ]
    before, after = _faded(mass), _faded(mass[::-1])[::-1]
    density = [b + m + a for b, m, a in zip(before, mass, after, strict=True)]
    top = max(density) or 1.0
    first = last = density.index(max(density))
    while first > 0 and density[first - 1] >= _EDGE * top:
        first -= 1
    while last + 1 < len(density) and density[last + 1] >= _EDGE * top:
        last += 1
    full = [i for i in range(first, last + 1) if mass[i]] or [first]
    words = frozenset(word for i in full if mass[i] for word in segments[i].words if len(word) >= 5)
    return _Body(mass, [b / top for b in before], [d / top for d in density], full[0], full[-1], words)


def _faded(values: Sequence[float]) -> list[float]:
    """For each place the sum of the values before it, each fading with its distance."""
    faded, total = [], 0.0
    for value in values:
        faded.append(total)
        total = total * _FADE + value
    return faded
