"""Gathers what words and shape of one segment say of it, its neighbours left aside."""

from __future__ import annotations

from dataclasses import dataclass, field

from faits.lexicons.boilerplate import Hit, cues, folded_words
from faits.text.segments import Segment
from faits.text.shapes import hints

# Kinds that speak to a reader: "vous" and "you" make them likelier.
_TO_READER = frozenset({"newsletter", "cookie", "paywall", "comments", "reader_questions", "related", "ad"})


@dataclass(slots=True)
class Evidence:
    """All that speaks for a segment being boilerplate, by kind."""

    by_kind: dict[str, float] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    opens: str | None = None
    bio: float = 0.0
    closing: bool = False
    _best: tuple[str, float] | None = None

    def add(self, kind: str, strength: float, reason: str) -> None:
        """Put one more reason beside the others: two halves make three quarters."""
        self._best = None
        before = self.by_kind.get(kind, 0.0)
        self.by_kind[kind] = 1 - (1 - before) * (1 - strength)
        if strength >= 0.5 or kind not in self.reasons:
            self.reasons.setdefault(kind, reason)

    def without(self, kind: str) -> None:
        """Forget what speaks for one kind."""
        self._best = None
        self.by_kind.pop(kind, None)

    def best(self) -> tuple[str, float]:
        """The kind with most evidence, and how much; the first by name where two tie."""
        if self._best is None:
            self._best = self._weighed()
        return self._best

    def _weighed(self) -> tuple[str, float]:
        if not self.by_kind:
            return "", 0.0
        kind = max(sorted(self.by_kind), key=lambda k: self.by_kind[k])
        # A second kind strengthens the first a little: a line is odd in more than one way.
        others = sorted((v for k, v in self.by_kind.items() if k != kind), reverse=True)
        extra = 0.3 * others[0] if others else 0.0
        return kind, 1 - (1 - self.by_kind[kind]) * (1 - extra)


def evidence_of(segment: Segment) -> Evidence:
    """What words and shape say of a segment, its neighbours left aside."""
    evidence = Evidence()
    for hint in hints(segment):
        evidence.add(hint.kind, hint.strength, hint.reason)
    _add_cues(segment, evidence)
    if not folded_words(segment.lang, "reader").isdisjoint(segment.words) and len(segment.words) <= 60:
        for kind in sorted(_TO_READER & evidence.by_kind.keys()):
            evidence.add(kind, 0.3, "speaks to the reader")
    if "reader_questions" in evidence.by_kind and "?" not in segment.text and "!" not in segment.text:
        evidence.without("reader_questions")
    return evidence


def _add_cues(segment: Segment, evidence: Evidence) -> None:
    taken: set[tuple[str, str, int]] = set()
    for hit in cues(segment.lang).hits(segment.words, segment.starts):
        cue = hit.cue
        if cue.kind == "closing_heading":
            evidence.closing = True
            continue
        if cue.kind == "bio":
            evidence.bio = 1 - (1 - evidence.bio) * (1 - cue.strength)
        # One place in the line counts once for a kind, however many phrases begin there.
        mark = (cue.kind, cue.place, hit.first)
        if mark in taken:
            continue
        taken.add(mark)
        if cue.opens and hit.first == 0:
            evidence.opens = cue.kind
        evidence.add(cue.kind, _weight(segment, hit, cue.strength), _said(segment, cue.place))


def _weight(segment: Segment, hit: Hit, strength: float) -> float:
    """How much a phrase counts: wholly at the head of a short line, less further on, least in a full sentence."""
    if hit.first and hit.cue.place == "start":
        strength *= 0.85
    if not segment.prose:
        return strength if len(segment.words) <= 30 else 0.85 * strength
    width = hit.last - hit.first
    return strength * (0.9 if width >= 3 else 0.7 if width == 2 else 0.5)


def _said(segment: Segment, place: str) -> str:
    return {"whole": "words of such a line", "start": "opens as such lines do", "end": "ends as such lines do"}.get(
        place, "speaks as such lines do"
    )
