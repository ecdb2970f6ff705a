"""What is said of the author after the text: signed by a name alone, in the first person, or off the topic."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from faits.lexicons.boilerplate import folded_words, words_of
from faits.text.evidence import Evidence
from faits.text.segments import Segment

# What others say: their "je" is not the author's.
_QUOTED = re.compile('«[^»]{0,800}(?:»|$)|“[^”]{0,800}(?:”|$)|"[^"]{0,800}(?:"|$)')

_MOST_WORDS = 130
_ENOUGH = 0.7


def bios(
    segments: Sequence[Segment],
    evidence: Sequence[Evidence],
    prose: Sequence[bool],
    candidates: Sequence[int],
    bylines: Sequence[Segment],
) -> Iterator[tuple[int, float, bool]]:
    """The segments that speak of the author, how surely, and whether his name stands alone before them.

    `candidates` are the segments at the end of the text, `bylines` the lines somebody signs.
    """
    first: dict[str, int] | None = None
    for i in candidates:
        segment = segments[i]
        signed = i > 0 and evidence[i - 1].by_kind.get("name", 0) > 0
        score = evidence[i].bio
        if len(segment.words) > _MOST_WORDS or not (score or signed):
            continue
        if first is None:
            first = _first_places(segments, prose)
        said = words_of(_QUOTED.sub(" ", segment.text))
        first_person = sum(map(folded_words(segment.lang, "self").__contains__, said)) >= 2
        strange = _on_topic(segment, i, first) < 0.1
        for strength in (0.5 * signed, 0.4 * first_person, 0.6 * _signs(segment, bylines), 0.2 * strange):
            score = 1 - (1 - score) * (1 - strength)
        if score >= _ENOUGH:
            yield i, score, signed


def _first_places(segments: Sequence[Segment], prose: Sequence[bool]) -> dict[str, int]:
    """For each word of the sentences, the first of them that has it."""
    first: dict[str, int] = {}
    for i, segment in enumerate(segments):
        if prose[i]:
            for word in segment.words:
                first.setdefault(word, i)
    return first


def _on_topic(segment: Segment, i: int, first: dict[str, int]) -> float:
    """The share of a segment's long words that the text above it has too."""
    long = {word for word in segment.words if len(word) >= 5}
    return sum(first.get(word, i) < i for word in long) / len(long) if long else 1.0


def _signs(segment: Segment, bylines: Sequence[Segment]) -> bool:
    """Whether a segment begins with a name that a byline bears."""
    name = segment.words[:2]
    return len(name) == 2 and any(_contains(line.words, name) for line in bylines[:50])


def _contains(words: Sequence[str], name: Sequence[str]) -> bool:
    return any(words[k : k + len(name)] == name for k in range(len(words)))
