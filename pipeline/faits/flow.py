"""The whole pipeline on one screen: `read` one article (pure), `tabulate` many (the only barrier).

RawArticle -clean-> Article -annotate-> Doc -find-> Mention -normalise-> Mention(value) -link-> Claim
                                                       many Claims -merge-> Fact
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from faits.extractors import dates, entities
from faits.model import Article, ArticleRow, Claim, EntityValue, Fact, Lang, Mention, Problem, RawArticle, Removed, Zone
from faits.stages.annotate import annotate
from faits.stages.clean import clean, count_words
from faits.stages.corrections import Correction, Outcome
from faits.stages.corrections import apply as corrected
from faits.stages.find import find, outer
from faits.stages.identify import identify, spoken_of
from faits.stages.link import Linked, link
from faits.stages.merge import merge
from faits.stages.normalise import normalise
from faits.stages.proofread import proofread
from faits.stages.state import state
from faits.stages.withhold import Kept, site_of, withhold
from faits.text.parse import read_off
from faits.text.shingles import Sample, near_duplicates, sample
from faits.text.view import View, view_of


@dataclass(frozen=True)
class Settings:
    """What a user may choose about reading; part of what a cached result depends on."""

    pipelines: dict[Lang, str] = field(default_factory=dict)
    max_bytes: int = 20_000_000
    gazetteer: str | None = None  # the user's own names, the text of a file like lexicons/names.toml


class Reading(Protocol):
    """What `tabulate` asks of an article that was read, now or earlier; each part may be fetched when asked for."""

    @property
    def row(self) -> ArticleRow:
        """Its row, copies not yet known."""

    @property
    def sample(self) -> Sample:
        """What its copies are found by."""

    @property
    def source(self) -> str:
        """Its source text."""

    @property
    def mentions(self) -> Sequence[Mention]:
        """Its mentions, by place."""

    @property
    def claims(self) -> Sequence[Claim]:
        """Its claims, by place."""

    @property
    def problems(self) -> Sequence[Problem]:
        """What in it could not be read."""


@dataclass(frozen=True)
class ReadArticle:
    """Everything one article gives, in offsets of its source text."""

    article: Article
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    problems: tuple[Problem, ...]

    @property
    def row(self) -> ArticleRow:
        """Its row of articles.jsonl, copies not yet known."""
        return article_row(self.article, {})

    @property
    def sample(self) -> Sample:
        """What its copies are found by."""
        return sample(kept_text(self.article))

    @property
    def source(self) -> str:
        """Its source text."""
        return self.article.source


@dataclass(frozen=True)
class Tables:
    """The four tables, rows in their final order."""

    facts: list[Fact]
    mentions: Iterable[Mention]  # made as they are asked for: they are many
    articles: list[ArticleRow]
    problems: list[Problem]
    outcomes: list[Outcome] = field(default_factory=list)  # what became of each correction; no table of its own


def read(raw: RawArticle, settings: Settings) -> ReadArticle:
    """Read one article: pure, so its result can be kept and computed anywhere.

    Raises:
        CorpusError: the article is in no language we read.
    """
    article, problems = clean(raw, published_in=dates.published_in)
    mentions: list[Mention] = []
    claims: list[Claim] = []
    for lang in sorted({passage.lang for passage in article.passages}):
        shown = view_of(article, lang)
        found, said, unread = _read_text(article, shown, lang, settings)
        mentions += found
        claims += said
        problems += unread
    return ReadArticle(
        article=article,
        mentions=tuple(sorted(mentions, key=lambda m: (m.start, m.end, m.kind))),
        claims=tuple(sorted(claims, key=lambda c: (c.start, c.end, c.predicate))),
        problems=tuple(problems),
    )


def _read_text(
    article: Article, shown: View, lang: Lang, settings: Settings
) -> tuple[list[Mention], list[Claim], list[Problem]]:
    text = shown.text
    doc = annotate(text, lang, pipeline=settings.pipelines.get(lang))
    parse = read_off(doc, text)
    mentions, problems = normalise(
        find(text, lang, doc, gazetteer=entities.own_gazetteer(settings.gazetteer)),
        text,
        lang,
        parse,
        published=article.metadata.published,
    )
    speaking = outer(mentions)
    linked = link(
        article,
        parse,
        lang,
        text,
        speaking,
        entities.descriptions(text, lang, speaking, doc),
        entities.roles(text, lang, speaking, doc),
        zones=headings(article, shown),
    )
    return (
        [_at_source(mention, article, shown) for mention in mentions],
        [_claim_at_source(one, article, shown) for one in linked],
        [_problem_at_source(problem, article, shown) for problem in (*problems, *proofread(parse, lang))],
    )


def headings(article: Article, shown: View) -> list[tuple[int, int]]:
    """The spans of the article's headings in the view."""
    ends = ((shown.to_view(p.start), shown.to_view(p.end - 1)) for p in article.passages if p.zone == "heading")
    return [(start, last + 1) for start, last in ends if start is not None and last is not None]


def _at_source(mention: Mention, article: Article, shown: View) -> Mention:
    start, end = shown.to_source(mention.start, mention.end)
    update: dict[str, object] = {
        "article": article.id, "start": start, "end": end, "text": article.source[start:end], "reading": None
    }  # fmt: skip
    converts = getattr(mention.value, "converts", None)
    if mention.value is not None and converts:
        update["value"] = mention.value.model_copy(update={"converts": shown.to_source(*converts)})
    return mention.model_copy(update=update)


def _problem_at_source(problem: Problem, article: Article, shown: View) -> Problem:
    update: dict[str, object] = {"article": article.id}
    if problem.start is not None:
        start, end = shown.to_source(problem.start, problem.end or problem.start)
        update |= {"start": start, "end": end, "text": article.source[start:end]}
    return problem.model_copy(update=update)


def _claim_at_source(linked: Linked, article: Article, shown: View) -> Claim:
    claim = linked.claim
    start, end = shown.to_source(claim.start, claim.end)
    first, last = shown.to_source(*linked.sentence)
    value = claim.value
    if value is not None and value.converts:
        value = value.model_copy(update={"converts": shown.to_source(*value.converts)})
    return claim.model_copy(
        update={
            "article": article.id,
            "published": article.metadata.published,
            "value": value,
            "start": start,
            "end": end,
            "quote": article.source[start:end],
            "sentence": article.source[first:last].strip(),
            "zone": _zone_of(start, article),
        }
    )


def _zone_of(start: int, article: Article) -> Zone:
    return next((p.zone for p in article.passages if p.start <= start < p.end), "body")


def tabulate(
    readings: Sequence[Reading], problems: Iterable[Problem] = (), corrections: Sequence[Correction] = ()
) -> Tables:
    """Make the four tables of many articles: the only step that sees more than one of them.

    The result does not depend on the order of `readings`; what people said of the facts is applied last. Mentions are
    asked of them one article at a time.
    """
    rows = [(reading.row, reading) for reading in readings]
    rows.sort(key=lambda pair: pair[0].id)
    copies = near_duplicates((row.id, reading.sample) for row, reading in rows)
    rows = _without_shared_lines(rows, copies)
    ordered = [reading for _, reading in rows]
    names = identify((row.id, value) for row, r in rows for value in spoken_of(r.mentions, r.claims))
    originals = {copy: original for copy, (original, _) in copies.items()}
    facts = merge(
        (claim for r in ordered for claim in r.claims),
        copies=originals,
        entities=names,
        state=state,
    )
    outcomes: list[Outcome] = []
    if corrections:
        sources = Sources({row.id: reading for row, reading in rows})
        facts, outcomes = corrected(facts, corrections, sources, copies=originals, state=state)
    return Tables(
        facts=facts,
        mentions=_Identified(ordered, names),
        articles=[with_copy(row, copies) for row, _ in rows],
        problems=sorted(
            [*problems, *(p for r in ordered for p in r.problems), *(o.problem for o in outcomes if o.problem)],
            key=lambda p: (p.article or "", p.start or 0, p.code, p.what),
        ),
        outcomes=outcomes,
    )


def _without_shared_lines(
    rows: list[tuple[ArticleRow, Reading]], copies: Mapping[str, object]
) -> list[tuple[ArticleRow, Reading]]:
    """The same articles, those lines removed that others of their site have too, and nothing found there."""
    shared = withhold(
        (
            Kept(row.id, site_of(row.url, row.publisher), row.title, partial(_source_of, reading), row.removed)
            for row, reading in rows
        ),
        copies,
    )
    withheld = [(row, Withheld(reading, shared[row.id]) if row.id in shared else reading) for row, reading in rows]
    return [(reading.row if isinstance(reading, Withheld) else row, reading) for row, reading in withheld]


def _source_of(reading: Reading) -> str:
    return reading.source


def withheld_row(row: ArticleRow, source: str, lines: Sequence[Removed]) -> ArticleRow:
    """The row of an article from which more lines are removed."""
    words = sum(count_words(source, line.start, line.end) for line in lines)
    removed = tuple(sorted((*row.removed, *lines), key=lambda span: span.start))
    return row.model_copy(update={"removed": removed, "words": row.words - words})


@dataclass(frozen=True)
class Withheld:
    """A reading without the lines its article shares with others of its site."""

    whole: Reading
    lines: tuple[Removed, ...]

    @property
    def row(self) -> ArticleRow:
        return withheld_row(self.whole.row, self.source, self.lines)

    @property
    def sample(self) -> Sample:
        return self.whole.sample

    @property
    def source(self) -> str:
        return self.whole.source

    @property
    def mentions(self) -> Sequence[Mention]:
        return [mention for mention in self.whole.mentions if self._keeps(mention.start, mention.end)]

    @property
    def claims(self) -> Sequence[Claim]:
        return [claim for claim in self.whole.claims if self._keeps(claim.start, claim.end)]

    @property
    def problems(self) -> Sequence[Problem]:
        return [p for p in self.whole.problems if p.start is None or self._keeps(p.start, p.end or p.start)]

    def _keeps(self, start: int, end: int) -> bool:
        return all(end <= line.start or line.end <= start for line in self.lines)


@dataclass(frozen=True)
class _Identified:
    """The mentions of all articles, each entity under the name the corpus knows it by."""

    readings: Sequence[Reading]
    names: dict[tuple[str, str], EntityValue]

    def __iter__(self) -> Iterator[Mention]:
        return (identified(mention, self.names) for reading in self.readings for mention in reading.mentions)


@dataclass(frozen=True)
class Sources(Mapping[str, str]):
    """The source text of every article, fetched when asked for."""

    readings: Mapping[str, Reading]

    def __getitem__(self, article: str) -> str:
        return self.readings[article].source

    def __iter__(self) -> Iterator[str]:
        return iter(self.readings)

    def __len__(self) -> int:
        return len(self.readings)


def with_copy(row: ArticleRow, copies: Mapping[str, tuple[str, float]]) -> ArticleRow:
    """The row, with what its article copies."""
    original, similarity = copies.get(row.id, (None, None))
    return row.model_copy(update={"near_duplicate_of": original, "similarity": similarity}) if original else row


def identified(mention: Mention, names: Mapping[tuple[str, str], EntityValue]) -> Mention:
    """The mention, its entity under the name the corpus knows it by."""
    if not isinstance(mention.value, EntityValue):
        return mention
    return mention.model_copy(update={"value": names.get((mention.article, mention.value.id), mention.value)})


def kept_text(article: Article) -> str:
    """The article's own words, boilerplate left out."""
    return "\n".join(article.source[p.start : p.end] for p in article.passages)


def article_row(article: Article, copies: dict[str, tuple[str, float]]) -> ArticleRow:
    """The row of articles.jsonl for one article; `copies` says what it near-duplicates, and how closely."""
    original, similarity = copies.get(article.id, (None, None))
    meta = article.metadata
    return ArticleRow(
        id=article.id,
        sha256=article.sha256,
        lang=article.lang,
        title=meta.title,
        author=meta.author,
        publisher=meta.publisher,
        url=meta.url,
        published=meta.published,
        published_source=meta.published_source,
        words=article.words,
        removed=article.removed,
        near_duplicate_of=original,
        similarity=similarity,
    )
