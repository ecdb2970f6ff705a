"""Judges each segment of a text: part of the article, or of the page around it; in context, with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from faits.lexicons.boilerplate import folded_words
from faits.text.bios import bios
from faits.text.classifier import likelihoods
from faits.text.context import FEATURES, features
from faits.text.evidence import evidence_of
from faits.text.repeats import copies, listed_headings
from faits.text.segments import Segment
from faits.text.shapes import is_stamp


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a segment is no part of the article."""

    kind: str
    reason: str
    score: float


# Evidence needed, by place in the page. Before the text and after it, a page speaks; inside it, an author does.
_NEEDED = {"head": 0.62, "body": 0.78, "tail": 0.5}
_NEEDED_PROSE = {"head": 0.9, "body": 0.94, "tail": 0.8}

# How likely the line classifier must hold a line for boilerplate before it goes; a sentence lost is a fact lost.
_LIKELY = 0.6
_LIKELIER = 0.8  # of sentences, of lines among those of the article, and of lines with a figure
_MOST_LIKELY = (
    0.9  # of a heading above text or a list that stays, and of all lines where the rules found little to drop
)
_LITTLE = 0.2
_PROSE, _INSIDE, _HEADING, _DIGITS, _SHARE, _NEXT_PROSE, _NEXT_ITEM, _NEXT_DROPPED = map(
    FEATURES.index,
    ("prose", "inside", "heading", "digits", "share_dropped", "next_prose", "next_item", "next_dropped"),
)

# No link and no heading of a list is longer.
_LISTED_WORDS = 25

# So many lines with the day and hour of a reply show that readers wrote what stands between them.
_STAMPS = 3

# Kinds a line without a word that tells its own takes over from the dropped one beside it.
_SHARED_KINDS = frozenset(
    {"nav", "related", "tags", "comments", "share", "newsletter", "ad", "legal", "cookie", "paywall"}
)


def judge(segments: Sequence[Segment], *, trained: bool = True) -> list[Verdict | None]:
    """One verdict for each segment, None for the article's own.

    The order of the steps is the order of trust: the rules, then the line classifier for what they leave, if wanted.
    """
    page = _ruled(segments)
    if trained:
        page.classify()
    return page.verdicts


def features_of(segments: Sequence[Segment]) -> list[list[float]]:
    """What the line classifier sees of each segment, the verdicts of the rules included."""
    return _ruled(segments).features()


def likely_enough(row: Sequence[float]) -> float:
    """How likely the classifier must hold a segment for boilerplate before it is dropped, from its features."""
    if row[_SHARE] < _LITTLE or (row[_HEADING] and not row[_NEXT_DROPPED] and (row[_NEXT_PROSE] or row[_NEXT_ITEM])):
        return _MOST_LIKELY
    return _LIKELIER if row[_PROSE] or row[_INSIDE] or row[_DIGITS] else _LIKELY


def _ruled(segments: Sequence[Segment]) -> _Page:
    """A page after the rules: copies, words and shapes, lists under a heading, then the place."""
    page = _Page(segments)
    page.drop_copies()
    page.drop_listed_headings()
    page.weigh()
    page.drop_company()
    page.drop_comments()
    page.drop_sections()
    page.drop_runs()
    page.drop_signatures()
    page.drop_bios()
    page.drop_questions()
    page.settle()
    page.weigh()
    page.drop_company()
    page.drop_between()
    return page


class _Page:
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
        self._last_replies: int | None = None

    def _is_text(self, i: int) -> bool:
        return self.segments[i].prose and self.evidence[i].best()[1] < _NEEDED_PROSE["tail"]

    def _title(self) -> int | None:
        """The headline: of the lines before the text that may be one, the last long one nothing speaks against."""
        for least in (5, 3):
            for i in range(self.first - 1, -1, -1):
                segment = self.segments[i]
                if segment.heading and len(segment.words) >= least and self.evidence[i].best()[1] < _NEEDED["head"]:
                    return self._first_of_block(i, least)
        return None

    def _first_of_block(self, i: int, least: int) -> int:
        """The headline above a standfirst: the first of the long lines that follow on each other."""
        while i > 0 and self.segments[i - 1].heading and len(self.segments[i - 1].words) >= least:
            if self.evidence[i - 1].best()[1] >= _NEEDED["head"]:
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

    def drop_copies(self) -> None:
        """The second copy of the body, of its headline and byline."""
        for i, original in copies(self.segments).items():
            kind, score = self.evidence[i].best()
            if score >= _NEEDED["body"] and kind not in ("credit", "name"):
                continue  # a newsletter call stands twice too; it keeps its own name
            self.drop(i, "repeat", f"stands at offset {self.segments[original].start} already", 1.0)

    def drop_listed_headings(self) -> None:
        """Headings that are listed before the text they head, with "Sommaire" above or not."""
        for i, later in sorted(listed_headings(self.segments).items()):
            if self.verdicts[i] is None and self.verdicts[later] is None:
                self.drop(i, "toc", "comes again below as a heading", 0.95)
                if i and self.evidence[i - 1].by_kind.get("toc", 0) >= 0.5:
                    self.drop(i - 1, "toc", "heads a table of contents", 0.95)
        self._drop_stacked_headings()

    def _drop_stacked_headings(self) -> None:
        """Headings stacked between the headline and the text, "Conclusion" among them: torn out of the body."""
        stack = [i for i in range(self.first) if self.segments[i].heading and self.evidence[i].best()[1] < 0.6]
        if len(stack) >= 4 and any(self.evidence[i].closing for i in stack[1:]) and stack[-1] == self.first - 1:
            for i in stack[1:]:
                self.drop(i, "toc", "heading stacked before the text", 0.8)

    def weigh(self) -> None:
        """Drop what its words and shape speak enough against, for the place where it stands."""
        for i, segment in enumerate(self.segments):
            kind, score = self.evidence[i].best()
            if not kind or kind in ("name",):
                continue
            if kind == "links":
                kind = "nav" if self.zone(i) == "head" else "tags"
            needed = (_NEEDED_PROSE if segment.prose else _NEEDED)[self.zone(i)]
            if i == self.title or (segment.heading and segment.text.startswith("# ")):
                needed = max(needed, 0.9)
            if score >= needed and not self._figures(i, kind):
                self.drop(i, kind, self.evidence[i].reasons[self.evidence[i].best()[0]], score)

    def drop_company(self) -> None:
        """Lines beside a dropped one that speak for the same kind, but not enough alone."""
        order = range(len(self.segments))
        for step, indexes in ((1, order), (-1, reversed(order))):
            for i in indexes:
                beside = i - step
                if self.verdicts[i] is not None or not 0 <= beside < len(self.segments) or i == self.title:
                    continue
                verdict = self.verdicts[beside]
                if verdict is None or verdict.kind in ("repeat", "toc", "credit", "bio"):
                    continue
                score = self.evidence[i].by_kind.get(verdict.kind, 0.0)
                if score >= (0.5 if self.segments[i].prose else 0.3):
                    self.drop(i, verdict.kind, "beside a line of the same kind", score)

    def _figures(self, i: int, kind: str) -> bool:
        """A list item with a figure is content in all but the plainest cases."""
        segment = self.segments[i]
        digits = any(word[0].isdigit() for word in segment.words)
        weak = kind in ("nav", "related", "tags", "credit", "source")
        return digits and segment.bullet and weak and not segment.ended

    def drop_comments(self) -> None:
        """What readers wrote: all below the heading of the comments, when the article is above it."""
        above = 0
        total = sum(len(s.text) for i, s in enumerate(self.segments) if self.prose[i])
        for i, segment in enumerate(self.segments):
            above += len(segment.text) if self.prose[i] else 0
            if not self._opens_comments(i) or above < 200:
                continue
            if above < 0.5 * total and i >= self._replied():
                continue
            for j in range(i + 1, len(self.segments)):
                self.drop(j, "comments", "below the heading of the comments", 0.8)
            self.last = min(self.last, i)
            return

    def _replied(self) -> int:
        """The index from which on too few lines give the day and hour of a reply to show that readers wrote."""
        if self._last_replies is None:
            stamps = [i for i, segment in enumerate(self.segments) if is_stamp(segment)]
            self._last_replies = stamps[-_STAMPS] if len(stamps) >= _STAMPS else 0
        return self._last_replies

    def _opens_comments(self, i: int) -> bool:
        evidence = self.evidence[i]
        short = len(self.segments[i].words) <= 6 and not self.segments[i].prose
        return evidence.opens == "comments" and short and self.verdicts[i] is not None

    def drop_sections(self) -> None:
        """The short lines under "Lire aussi", "Sommaire", "Most read": they go with their heading."""
        i = 0
        while i < len(self.segments):
            kind = self.evidence[i].opens
            verdict = self.verdicts[i]
            i += 1
            if kind is None or verdict is None or verdict.kind != kind or kind == "comments":
                continue
            if len(self.segments[i - 1].words) > 6:
                continue
            for j in self._list_below(i - 1, kind):
                self.drop(j, kind, f"listed under {self.segments[i - 1].plain[:30]!r}", 0.8)

    def _list_below(self, opener: int, kind: str) -> Iterator[int]:
        """The lines listed under a heading: those of its block, list items, and after the text all short ones."""
        tail = self.zone(opener) == "tail"
        for listed, j in enumerate(range(opener + 1, min(opener + 16, len(self.segments)))):
            segment = self.segments[j]
            if segment.prose or self.verdicts[j] is not None or j == self.title or len(segment.words) > _LISTED_WORDS:
                return
            close = segment.gap <= 1 or segment.bullet
            if not close and not tail and (listed or kind == "toc"):
                return
            yield j

    def drop_runs(self) -> None:
        """Five or more very short lines in a row: a menu."""
        run: list[int] = []
        for i in range(len(self.segments) + 1):
            if i < len(self.segments) and self._menu_item(i):
                run.append(i)
                continue
            if len(run) >= 5:
                for j in run:
                    self.drop(j, "nav", "one of many short lines in a row", 0.75)
            run = []

    def _menu_item(self, i: int) -> bool:
        segment = self.segments[i]
        if segment.prose or segment.ended or i == self.title or segment.text.startswith("|"):
            return False
        figures = sum(word[0].isdigit() for word in segment.words)
        return len(segment.words) <= 5 and len(segment.text) <= 45 and not figures and not segment.text.endswith(":")

    def drop_signatures(self) -> None:
        """A name alone beside the headline, at the top, or before what an author says of himself."""
        for i, segment in enumerate(self.segments):
            named = self.evidence[i].by_kind.get("name", 0)
            if not named or self.verdicts[i] is not None or i == self.title:
                continue
            if self.zone(i) == "head" and self.title is not None:
                kind = "credit" if i > self.title else "nav"
                self.drop(i, kind, "a name alone beside the headline", 0.7)
            elif self.zone(i) == "head" and i == 0 and len(segment.words) <= 3 and len(self.segments) > 3:
                self.drop(i, "nav", "a name alone at the top", 0.6)
        if self.title and self.zone(0) == "head" and len(self.segments[0].words) <= 2 and self.title > 0:
            self.drop(0, "nav", "one or two words above the headline", 0.6)

    def drop_questions(self) -> None:
        """Questions to the readers at the end: several in a row, or one that speaks to them."""
        run: list[int] = []
        for i in range(len(self.segments) - 1, -1, -1):
            if self.verdicts[i] is not None and self.verdicts[i].kind != "repeat":  # type: ignore[union-attr]
                continue
            if not self.segments[i].question:
                break
            run.append(i)
        asked = [i for i in run if self._asks_reader(i)]
        if len(run) >= 3 or asked:
            for i in run if len(run) >= 3 else range(min(asked), max(run) + 1):
                if self.verdicts[i] is None and self.segments[i].question:
                    self.drop(i, "reader_questions", "questions at the end of the text", 0.85)

    def _asks_reader(self, i: int) -> bool:
        segment = self.segments[i]
        return not folded_words(segment.lang, "reader").isdisjoint(segment.words)

    def drop_bios(self) -> None:
        """What is said of the author after the text."""
        own = [i for i, prose in enumerate(self.prose) if prose]
        below = max((i for i in own if self.verdicts[i] is None), default=0)
        start = max(1, below, own[0] + 1 if own else len(self.segments))
        candidates = [i for i in range(start, len(self.segments)) if self.verdicts[i] is None]
        bylines = [s for s, v in zip(self.segments, self.verdicts, strict=True) if v and v.kind == "credit"]
        for i, score, signed in list(bios(self.segments, self.evidence, self.prose, candidates, bylines)):
            self.drop(i, "bio", "speaks of the author after the text", score)
            if signed:
                self.drop(i - 1, "bio", "the name of the author", score)

    def drop_between(self) -> None:
        """A short line between two that were dropped after the text, or before the headline."""
        for i in range(len(self.segments)):
            if self.verdicts[i] is not None or self.segments[i].prose or i == self.title:
                continue
            zone = self.zone(i)
            above = i > 0 and self.verdicts[i - 1] is not None
            below = i + 1 >= len(self.segments) or self.verdicts[i + 1] is not None
            if above and below and zone == "tail" and not self._figures(i, "related"):
                self.drop(i, self.verdicts[i - 1].kind, "stands between two such lines", 0.6)  # type: ignore[union-attr]

    def features(self) -> list[list[float]]:
        """What the line classifier sees of each segment."""
        return features(self.segments, self.evidence, [verdict is not None for verdict in self.verdicts], self.title)

    def classify(self) -> None:
        """Drop what looks like boilerplate beside its neighbours, though no word says so."""
        rows = self.features()
        found = [
            (i, likely)
            for i, (row, likely) in enumerate(zip(rows, likelihoods(rows), strict=True))
            if self.verdicts[i] is None and i != self.title and not self.segments[i].text.startswith("|")
            if likely >= likely_enough(row)
        ]
        for i, likely in found:
            self.drop(i, self._kind_of(i), "by its shape, its place and its neighbours", likely)

    def _kind_of(self, i: int) -> str:
        """What a line is taken for that no rule knows: by its words, by the line beside it, by its place."""
        kind, score = self.evidence[i].best()
        if score >= 0.3 and kind not in ("name", "links"):
            return kind
        for beside in (i - 1, i + 1):
            verdict = self.verdicts[beside] if 0 <= beside < len(self.segments) else None
            if verdict is not None and verdict.kind in _SHARED_KINDS:
                return verdict.kind
        return "nav" if self.zone(i) == "head" else "related"
