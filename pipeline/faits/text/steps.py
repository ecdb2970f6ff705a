"""Steps of judging a page: each drops segments for what they say or for the company they stand in."""

from __future__ import annotations

from collections.abc import Iterator

from faits.lexicons.boilerplate import folded_words
from faits.text.bios import bios
from faits.text.page import NEEDED, NEEDED_PROSE, Page
from faits.text.repeats import copies, listed_headings
from faits.text.shapes import is_stamp

# No link and no heading of a list is longer.
_LISTED_WORDS = 25

# So many lines with the day and hour of a reply show that readers wrote what stands between them.
_STAMPS = 3


def drop_copies(page: Page) -> None:
    """The second copy of the body, of its headline and byline."""
    for i, original in copies(page.segments).items():
        kind, score = page.evidence[i].best()
        if score >= NEEDED["body"] and kind not in ("credit", "name"):
            continue  # a newsletter call stands twice too; it keeps its own name
        page.drop(i, "repeat", f"stands at offset {page.segments[original].start} already", 1.0)


def drop_listed_headings(page: Page) -> None:
    """Headings that are listed before the text they head, with "Sommaire" above or not."""
    for i, later in sorted(listed_headings(page.segments).items()):
        if page.verdicts[i] is None and page.verdicts[later] is None:
            page.drop(i, "toc", "comes again below as a heading", 0.95)
            if i and page.evidence[i - 1].by_kind.get("toc", 0) >= 0.5:
                page.drop(i - 1, "toc", "heads a table of contents", 0.95)
    _drop_stacked_headings(page)


def _drop_stacked_headings(page: Page) -> None:
    """Headings stacked between the headline and the text, "Conclusion" among them: torn out of the body."""
    stack = [i for i in range(page.first) if page.segments[i].heading and page.evidence[i].best()[1] < 0.6]
    if len(stack) >= 4 and any(page.evidence[i].closing for i in stack[1:]) and stack[-1] == page.first - 1:
        for i in stack[1:]:
            page.drop(i, "toc", "heading stacked before the text", 0.8)


def weigh(page: Page) -> None:
    """Drop what its words and shape speak enough against, for the place where it stands."""
    for i, segment in enumerate(page.segments):
        kind, score = page.evidence[i].best()
        if not kind or kind in ("name",):
            continue
        if kind == "links":
            kind = "nav" if page.zone(i) == "head" else "tags"
        needed = (NEEDED_PROSE if segment.prose else NEEDED)[page.zone(i)]
        if i == page.title or (segment.heading and segment.text.startswith("# ")):
            needed = max(needed, 0.9)
        if score >= needed and not page.figures(i, kind):
            page.drop(i, kind, page.evidence[i].reasons[page.evidence[i].best()[0]], score)


def drop_company(page: Page) -> None:
    """Lines beside a dropped one that speak for the same kind, but not enough alone."""
    order = range(len(page.segments))
    for step, indexes in ((1, order), (-1, reversed(order))):
        for i in indexes:
            beside = i - step
            if page.verdicts[i] is not None or not 0 <= beside < len(page.segments) or i == page.title:
                continue
            verdict = page.verdicts[beside]
            if verdict is None or verdict.kind in ("repeat", "toc", "credit", "bio"):
                continue
            score = page.evidence[i].by_kind.get(verdict.kind, 0.0)
            if score >= (0.5 if page.segments[i].prose else 0.3):
                page.drop(i, verdict.kind, "beside a line of the same kind", score)


def drop_comments(page: Page) -> None:
    """What readers wrote: all below the heading of the comments, when the article is above it."""
    above = 0
    total = sum(len(s.text) for i, s in enumerate(page.segments) if page.prose[i])
    for i, segment in enumerate(page.segments):
        above += len(segment.text) if page.prose[i] else 0
        if not _opens_comments(page, i) or above < 200:
            continue
        if above < 0.5 * total and i >= _replied(page):
            continue
        for j in range(i + 1, len(page.segments)):
            page.drop(j, "comments", "below the heading of the comments", 0.8)
        page.last = min(page.last, i)
        return


def _replied(page: Page) -> int:
    """The index from which on too few lines give the day and hour of a reply to show that readers wrote."""
    if page.last_replies is None:
        stamps = [i for i, segment in enumerate(page.segments) if is_stamp(segment)]
        page.last_replies = stamps[-_STAMPS] if len(stamps) >= _STAMPS else 0
    return page.last_replies


def _opens_comments(page: Page, i: int) -> bool:
    evidence = page.evidence[i]
    short = len(page.segments[i].words) <= 6 and not page.segments[i].prose
    return evidence.opens == "comments" and short and page.verdicts[i] is not None


def drop_sections(page: Page) -> None:
    """The short lines under "Lire aussi", "Sommaire", "Most read": they go with their heading."""
    i = 0
    while i < len(page.segments):
        kind = page.evidence[i].opens
        verdict = page.verdicts[i]
        i += 1
        if kind is None or verdict is None or verdict.kind != kind or kind == "comments":
            continue
        if len(page.segments[i - 1].words) > 6:
            continue
        for j in _list_below(page, i - 1, kind):
            page.drop(j, kind, f"listed under {page.segments[i - 1].plain[:30]!r}", 0.8)


def _list_below(page: Page, opener: int, kind: str) -> Iterator[int]:
    """The lines listed under a heading: those of its block, list items, and after the text all short ones."""
    tail = page.zone(opener) == "tail"
    for listed, j in enumerate(range(opener + 1, min(opener + 16, len(page.segments)))):
        segment = page.segments[j]
        if segment.prose or page.verdicts[j] is not None or j == page.title or len(segment.words) > _LISTED_WORDS:
            return
        close = segment.gap <= 1 or segment.bullet
        if not close and not tail and (listed or kind == "toc"):
            return
        yield j


def drop_runs(page: Page) -> None:
    """Five or more very short lines in a row: a menu."""
    run: list[int] = []
    for i in range(len(page.segments) + 1):
        if i < len(page.segments) and _menu_item(page, i):
            run.append(i)
            continue
        if len(run) >= 5:
            for j in run:
                page.drop(j, "nav", "one of many short lines in a row", 0.75)
        run = []


def _menu_item(page: Page, i: int) -> bool:
    segment = page.segments[i]
    if segment.prose or segment.ended or i == page.title or segment.text.startswith("|"):
        return False
    figures = sum(word[0].isdigit() for word in segment.words)
    return len(segment.words) <= 5 and len(segment.text) <= 45 and not figures and not segment.text.endswith(":")


def drop_signatures(page: Page) -> None:
    """A name alone beside the headline, at the top, or before what an author says of himpage."""
    for i, segment in enumerate(page.segments):
        named = page.evidence[i].by_kind.get("name", 0)
        if not named or page.verdicts[i] is not None or i == page.title:
            continue
        if page.zone(i) == "head" and page.title is not None:
            kind = "credit" if i > page.title else "nav"
            page.drop(i, kind, "a name alone beside the headline", 0.7)
        elif page.zone(i) == "head" and i == 0 and len(segment.words) <= 3 and len(page.segments) > 3:
            page.drop(i, "nav", "a name alone at the top", 0.6)
    if page.title and page.zone(0) == "head" and len(page.segments[0].words) <= 2 and page.title > 0:
        page.drop(0, "nav", "one or two words above the headline", 0.6)


def drop_questions(page: Page) -> None:
    """Questions to the readers at the end: several in a row, or one that speaks to them."""
    run: list[int] = []
    for i in range(len(page.segments) - 1, -1, -1):
        verdict = page.verdicts[i]
        if verdict is not None and verdict.kind != "repeat":
            continue
        if not page.segments[i].question:
            break
        run.append(i)
    asked = [i for i in run if _asks_reader(page, i)]
    if len(run) >= 3 or asked:
        for i in run if len(run) >= 3 else range(min(asked), max(run) + 1):
            if page.verdicts[i] is None and page.segments[i].question:
                page.drop(i, "reader_questions", "questions at the end of the text", 0.85)


def _asks_reader(page: Page, i: int) -> bool:
    segment = page.segments[i]
    return not folded_words(segment.lang, "reader").isdisjoint(segment.words)


def drop_bios(page: Page) -> None:
    """What is said of the author after the text."""
    own = [i for i, prose in enumerate(page.prose) if prose]
    below = max((i for i in own if page.verdicts[i] is None), default=0)
    start = max(1, below, own[0] + 1 if own else len(page.segments))
    candidates = [i for i in range(start, len(page.segments)) if page.verdicts[i] is None]
    bylines = [s for s, v in zip(page.segments, page.verdicts, strict=True) if v and v.kind == "credit"]
    for i, score, signed in list(bios(page.segments, page.evidence, page.prose, candidates, bylines)):
        page.drop(i, "bio", "speaks of the author after the text", score)
        if signed:
            page.drop(i - 1, "bio", "the name of the author", score)


def drop_between(page: Page) -> None:
    """A short line between two that were dropped after the text, or before the headline."""
    for i in range(len(page.segments)):
        if page.verdicts[i] is not None or page.segments[i].prose or i == page.title:
            continue
        zone = page.zone(i)
        above = page.verdicts[i - 1] if i else None
        below = i + 1 >= len(page.segments) or page.verdicts[i + 1] is not None
        if above is not None and below and zone == "tail" and not page.figures(i, "related"):
            page.drop(i, above.kind, "stands between two such lines", 0.6)
