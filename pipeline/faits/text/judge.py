"""Judges each segment of a text: part of the article, or of the page around it; in context, with a reason."""

from __future__ import annotations

from collections.abc import Sequence

from faits.text import steps
from faits.text.classifier import likelihoods
from faits.text.context import FEATURES, features
from faits.text.page import Page, Verdict
from faits.text.segments import Segment

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
        _classify(page)
    return page.verdicts


def features_of(segments: Sequence[Segment]) -> list[list[float]]:
    """What the line classifier sees of each segment, the verdicts of the rules included."""
    return _features(_ruled(segments))


def likely_enough(row: Sequence[float]) -> float:
    """How likely the classifier must hold a segment for boilerplate before it is dropped, from its features."""
    if row[_SHARE] < _LITTLE or (row[_HEADING] and not row[_NEXT_DROPPED] and (row[_NEXT_PROSE] or row[_NEXT_ITEM])):
        return _MOST_LIKELY
    return _LIKELIER if row[_PROSE] or row[_INSIDE] or row[_DIGITS] else _LIKELY


def _ruled(segments: Sequence[Segment]) -> Page:
    """A page after the rules: copies, words and shapes, lists under a heading, then the place."""
    page = Page(segments)
    steps.drop_copies(page)
    steps.drop_listed_headings(page)
    steps.weigh(page)
    steps.drop_company(page)
    steps.drop_comments(page)
    steps.drop_sections(page)
    steps.drop_runs(page)
    steps.drop_signatures(page)
    steps.drop_bios(page)
    steps.drop_questions(page)
    page.settle()
    steps.weigh(page)
    steps.drop_company(page)
    steps.drop_between(page)
    return page


def _features(page: Page) -> list[list[float]]:
    """What the line classifier sees of each segment."""
    return features(page.segments, page.evidence, [verdict is not None for verdict in page.verdicts], page.title)


def _classify(page: Page) -> None:
    """Drop what looks like boilerplate beside its neighbours, though no word says so."""
    rows = _features(page)
    found = [
        (i, likely)
        for i, (row, likely) in enumerate(zip(rows, likelihoods(rows), strict=True))
        if page.verdicts[i] is None and i != page.title and not page.segments[i].text.startswith("|")
        if likely >= likely_enough(row)
    ]
    for i, likely in found:
        page.drop(i, _kind_of(page, i), "by its shape, its place and its neighbours", likely)


def _kind_of(page: Page, i: int) -> str:
    """What a line is taken for that no rule knows: by its words, by the line beside it, by its place."""
    kind, score = page.evidence[i].best()
    if score >= 0.3 and kind not in ("name", "links"):
        return kind
    for beside in (i - 1, i + 1):
        verdict = page.verdicts[beside] if 0 <= beside < len(page.segments) else None
        if verdict is not None and verdict.kind in _SHARED_KINDS:
            return verdict.kind
    return "nav" if page.zone(i) == "head" else "related"
