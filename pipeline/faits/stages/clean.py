"""Keeps the article and drops the page around it, without touching a character: spans and repairs, no edited text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from faits.errors import CorpusError
from faits.model import Article, Edit, Lang, Metadata, Passage, Problem, RawArticle, Removed
from faits.text.bylines import author_of, plain_title
from faits.text.containers import header_line
from faits.text.glue import repairs
from faits.text.invisible import invisible_repairs
from faits.text.judge import judge
from faits.text.languages import READ, foreign, language_of
from faits.text.mojibake import mojibake_repairs
from faits.text.page import Verdict
from faits.text.segments import Segment, segments_of
from faits.text.signs import sign_repairs
from faits.text.wrapped import WRAPPED, wrap_repairs

PublishedIn = Callable[[str, Lang], str | None]

# The publication date stands near the top or not at all.
_DATED_CHARS = 5000

_WORD = re.compile(r"\w+(?:[-'’.,]\w+)*")


def clean(raw: RawArticle, *, published_in: PublishedIn | None = None) -> tuple[Article, list[Problem]]:
    """The article of a source text: what is removed and why, what is repaired, what is kept, in which language.

    Lines that other articles of its site have too are no matter of one article: `withhold` takes them out.

    Raises:
        CorpusError: it is in neither French nor English ("language").
    """
    labels, said = _labelled(raw)
    start = max((label.end for label in labels), default=0)
    lang = _language(raw.source[start:], said.lang)
    edits = _repairs(raw.source, start, lang)
    cuts = [e.start for e in edits if e.replacement == "\n"]
    segments = segments_of(raw.source, start, cuts, lang, [e.start for e in edits if e.reason == WRAPPED])
    # What is left of an HTML page has been chosen by its tags: shape and place tell no more.
    verdicts = [v or _foreign(s) for s, v in zip(segments, judge(segments, trained=raw.format != "html"), strict=True)]
    removed = [*labels, *_removed(segments, verdicts)]
    kept = [segment for segment, verdict in zip(segments, verdicts, strict=True) if verdict is None]
    passages = _passages(raw.source, kept, removed)
    article = Article(
        id=raw.id,
        sha256=raw.sha256,
        source=raw.source,
        lang=lang,
        metadata=_completed(said, raw, segments, verdicts, lang, published_in),
        removed=tuple(removed),
        edits=_kept_edits(edits, removed),
        passages=passages,
        words=sum(count_words(raw.source, p.start, p.end) for p in passages),
    )
    return article, _damage(article, kept)


def count_words(source: str, start: int, end: int) -> int:
    """The words of a span: "l'an" and "2,5" are one each."""
    return len(_WORD.findall(source, start, end))


def _labelled(raw: RawArticle) -> tuple[list[Removed], Metadata]:
    """The loader's labels and metadata, with the date line at the head when the text never was a file."""
    labels = list(raw.labels)
    header = header_line(raw.source) if not labels and raw.format == "text" else None
    if header is None:
        return labels, raw.metadata
    if raw.metadata.published is not None:
        return [header[0]], raw.metadata
    return [header[0]], raw.metadata.model_copy(
        update={"published": header[1].published, "published_source": header[1].published_source}
    )


def _language(text: str, declared: str | None) -> Lang:
    found = language_of(text, declared)
    for lang in READ:
        if found == lang:
            return lang
    raise CorpusError(
        "language", f"is written in {found!r}", "only French and English are read", "remove it, or translate it"
    )


def _repairs(source: str, start: int, lang: Lang) -> list[Edit]:
    """All repairs, in reading order, no two of one place."""
    found = [
        *repairs(source, lang, [(start, len(source))]),
        *mojibake_repairs(source),
        *sign_repairs(source, lang),
        *invisible_repairs(source),
        *wrap_repairs(source),
    ]
    edits: list[Edit] = []
    for edit in sorted(found, key=lambda e: (e.start, e.end)):
        if edit.start >= start and (not edits or edit.start >= edits[-1].end):
            edits.append(edit)
    return edits


def _foreign(segment: Segment) -> Verdict | None:
    """A verdict on a paragraph in neither French nor English; one in the other of them is marked so and kept."""
    found = foreign(segment.words, segment.text, segment.lang)
    if found is None:
        return None
    for lang in READ:
        if found == lang:
            segment.lang = lang
            return None
    return Verdict("language", f"written in {found!r}", 0.9)


def _removed(segments: Sequence[Segment], verdicts: Sequence[Verdict | None]) -> list[Removed]:
    """The dropped spans in order; neighbours of one kind are one block, blanks between them included."""
    spans: list[Removed] = []
    previous: Verdict | None = None
    for segment, verdict in zip(segments, verdicts, strict=True):
        if verdict is not None:
            span = Removed(
                start=segment.start, end=segment.end, kind=verdict.kind, reason=verdict.reason, score=verdict.score
            )
            if previous is not None and previous.kind == verdict.kind and spans:
                last = spans.pop()
                span = last.model_copy(update={"end": span.end, "score": min(last.score or 0, verdict.score)})
            spans.append(span)
        previous = verdict
    return spans


def _passages(source: str, kept: Sequence[Segment], removed: Sequence[Removed]) -> tuple[Passage, ...]:
    """The kept stretches by language and zone; each reaches to the next, or to what is removed between."""
    ends = sorted(r.start for r in removed)
    passages: list[Passage] = []
    at = 0
    for i, segment in enumerate(kept):
        following = kept[i + 1].start if i + 1 < len(kept) else len(source)
        while at < len(ends) and ends[at] < segment.end:
            at += 1
        end = min(following, ends[at]) if at < len(ends) else following
        zone = "heading" if _is_heading(kept, i) else "body"
        last = passages[-1] if passages else None
        if last and last.end == segment.start and (last.lang, last.zone) == (segment.lang, zone):
            passages[-1] = last.model_copy(update={"end": end})
        else:
            passages.append(Passage(start=segment.start, end=end, lang=segment.lang, zone=zone))
    return tuple(passages)


def _is_heading(kept: Sequence[Segment], i: int) -> bool:
    """A line that may be a heading and has text below it."""
    segment = kept[i]
    if not segment.heading or segment.prose or segment.text.startswith("|") or i + 1 >= len(kept):
        return False
    return any(below.prose for below in kept[i + 1 : i + 3])


def _kept_edits(edits: Sequence[Edit], removed: Sequence[Removed]) -> tuple[Edit, ...]:
    """The edits that lie in no removed span, nor on the border of one."""
    kept, i = [], 0
    for edit in edits:
        while i < len(removed) and removed[i].end <= edit.start:
            i += 1
        if i == len(removed) or removed[i].start > edit.start:
            kept.append(edit)
    return tuple(kept)


def _completed(
    said: Metadata,
    raw: RawArticle,
    segments: Sequence[Segment],
    verdicts: Sequence[Verdict | None],
    lang: Lang,
    published_in: PublishedIn | None,
) -> Metadata:
    """The metadata with what the text itself tells: headline, author, and the day when only the month is known."""
    update: dict[str, str] = {}
    kept = [segment for segment, verdict in zip(segments, verdicts, strict=True) if verdict is None]
    if not said.title and kept and kept[0].heading and len(kept) > 1:
        update["title"] = plain_title(kept[0])
    if not said.author and (author := author_of(segments, verdicts)):
        update["author"] = author
    if not said.lang:
        update["lang"] = lang
    known = said.published or ""
    if published_in is not None and len(known) < len("2024-06-01"):
        found = published_in(raw.source[len(raw.source) - len(raw.source.lstrip()) :][:_DATED_CHARS], lang)
        if found and found != known and found.startswith(known):
            update |= {"published": found, "published_source": "text"}
    return said.model_copy(update=update)


def _damage(article: Article, kept: Sequence[Segment]) -> list[Problem]:
    """What the text has lost and no repair can bring back: nothing left at all, or half a bracket."""
    if not article.words:
        return [
            Problem(
                article=article.id,
                code="no_text",
                what="nothing of it is an article",
                why="every line looks like the page around one",
                advice="look at what was removed, in articles.jsonl",
            )
        ]
    return [
        Problem(
            article=article.id,
            code="damaged",
            what="part of a sentence is missing",
            why="a bracket is closed that was never opened",
            advice="compare with the page it was copied from",
            start=at,
            end=at + 1,
            text=article.source[at : at + 1],
        )
        for segment in kept
        if segment.prose and (at := _unopened(segment)) is not None
    ]


def _unopened(segment: Segment) -> int | None:
    """Where a bracket closes that was never opened, in the source; None when all is well."""
    depth = 0
    if ")" not in segment.text:
        return None
    for found in re.finditer(r"(?<=\w{2})[)]|[(]", segment.text):
        depth += 1 if found[0] == "(" else -1
        if depth < 0:
            return segment.start + found.start()
    return None
