"""The segments of one text with what is known of each, and the verdicts given so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from faits.text.evidence import evidence_of
from faits.text.segments import Segment


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a segment is no part of the article."""

    kind: str
    reason: str
    score: float


# Evidence needed, by place in the page. Before the text and after it, a page speaks; inside it, an author does.
NEEDED = {"head": 0.62, "body": 0.78, "tail": 0.5}
NEEDED_PROSE = {"head": 0.9, "body": 0.94, "tail": 0.8}


class Page:
    """The segments of one text with what is known of each; every step adds verdicts and takes none away."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = segments
        self.verdicts: list[Verdict | None] = [None] * len(segments)
        self.evidence = [evidence_of(segment) for segment in segments]
        self.prose = [self._is_text(i) for i in range(len(segments))]
        own = [i for i, prose in enumerate(self.prose) if prose]
        self.first = own[0] if own else 0
        self.last = own[-1] if own else len(segments) - 1
        self.title = self._title()
        self.last_replies: int | None = None

    def _is_text(self, i: int) -> bool:
        return self.segments[i].prose and self.evidence[i].best()[1] < NEEDED_PROSE["tail"]

    def _title(self) -> int | None:
        """The headline: of the lines before the text that may be one, the last long one nothing speaks against."""
        for least in (5, 3):
            for i in range(self.first - 1, -1, -1):
                segment = self.segments[i]
                if segment.heading and len(segment.words) >= least and self.evidence[i].best()[1] < NEEDED["head"]:
                    return self._first_of_block(i, least)
        return None

    def _first_of_block(self, i: int, least: int) -> int:
        """The headline above a standfirst: the first of the long lines that follow on each other."""
        while i > 0 and self.segments[i - 1].heading and len(self.segments[i - 1].words) >= least:
            if self.evidence[i - 1].best()[1] >= NEEDED["head"]:
                break
            i -= 1
        return i

    def settle(self) -> None:
        """Take the ends of the text anew: what was taken for its last paragraph may be gone."""
        own = [i for i, prose in enumerate(self.prose) if prose and self.verdicts[i] is None]
        if own:
            self.first, self.last = own[0], own[-1]

    def zone(self, i: int) -> str:
        """Where a segment stands: before the text, in it, or after it."""
        if i < self.first:
            return "head"
        return "tail" if i > self.last else "body"

    def drop(self, i: int, kind: str, reason: str, score: float) -> None:
        """Give a segment its verdict, unless it has one."""
        if self.verdicts[i] is None and 0 <= i < len(self.segments):
            self.verdicts[i] = Verdict(kind, reason, round(min(score, 1.0), 3))

    def figures(self, i: int, kind: str) -> bool:
        """A list item with a figure is content in all but the plainest cases."""
        segment = self.segments[i]
        digits = any(word[0].isdigit() for word in segment.words)
        weak = kind in ("nav", "related", "tags", "credit", "source")
        return digits and segment.bullet and weak and not segment.ended
