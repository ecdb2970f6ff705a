"""Every type that crosses a stage, and the rows of the four tables: read this file first.

    RawArticle -load-> -clean-> Article -annotate-> Doc -find-> Mention -normalise-> Mention(value) -link-> Claim
                                              many Claims -merge-> Fact -write-> facts.jsonl

Offsets are Unicode code points, half-open. Inside the pipeline they point into the article's clean view
(`Article.view`); the last step of `read` moves them to the source text, which is what every table holds.
The JSON Schema and docs/data-format.md are generated from these classes: a field's description is its documentation.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA = "faits/1"

Lang = Literal["fr", "en"]

EntityType = Literal["ORG", "PERSON", "PLACE", "PRODUCT", "PROJECT", "EVENT"]

Kind = Literal[
    "entity", "date", "duration", "money", "power", "energy", "mass", "length", "area", "volume", "temperature",
    "emissions", "data", "price", "ratio", "points", "count", "ordinal", "quantity",
]  # fmt: skip

Bound = Literal["exact", "approx", "min", "max", "gt", "lt", "range", "indefinite"]

Relation = Literal["in", "from", "by", "before", "after", "during", "until", "not_before"]

Zone = Literal["body", "heading"]

Modality = Literal["asserted", "planned", "conditional", "negated"]

Predicate = Literal[
    "investment", "funding_raised", "valuation", "cost", "revenue", "profit", "price", "contract_value", "acquisition",
    "spending", "debt", "subsidy", "market_size", "amount",
    "power_capacity", "power_demand", "energy_production", "energy_consumption", "energy_storage",
    "count", "share", "growth", "emissions", "quantity",
    "founded", "start_date", "end_date", "announced", "deadline", "duration",
    "role", "supply_agreement", "partnership", "ownership", "location",
]  # fmt: skip


class Row(BaseModel):
    """A record that never changes; its fields are written in the order they are declared."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


# --- values: what a mention means -------------------------------------------------------------------------------------


class Stated(Row):
    """The figure as written, beside the normalised one: `60` and "EUR/MWh", `3` and "GW"."""

    number: float | None = Field(None, description="the number as written, scale words applied ('3 milliards' is 3e9)")
    low: float | None = Field(None, description="the lower end as written, where it is an interval")
    high: float | None = Field(None, description="the upper end as written, where it is an interval")
    unit: str = Field(description="the unit as written, in canonical symbols ('GW', 'EUR/MWh', '%')")
    resolution: float | None = Field(
        None, description="how finely it was stated, in `unit`: 1e8 for '1,5 milliard', 1e7 for '1,48 milliard'"
    )


class Quantity(Row):
    """A figure in SI or ISO 4217: `7 GW` is 7e9 "W", `80 %` is 0.8 "1", `60 €/MWh` is 1.667e-8 "EUR/J"."""

    number: float | None = Field(None, description="the value in `unit`; null for a range or an indefinite amount")
    low: float | None = Field(None, description="lower end of a range or of an order of magnitude, in `unit`")
    high: float | None = Field(None, description="upper end of a range or of an order of magnitude, in `unit`")
    unit: str = Field(description="SI unit or ISO 4217 code, or both ('W', 'J', 'EUR', 'EUR/J', '1')")
    bound: Bound = Field(
        "exact", description="how the figure bounds the truth, its sign included: 'plus de' is gt, 'environ' approx"
    )
    per: str | None = Field(None, description="what the number applies to each of ('year', 'person', 'MWh')")
    of: str | None = Field(None, description="what a count counts, as written")
    from_: float | None = Field(None, alias="from", description="where a change starts: 'passer de 3 à 5 GW' is 3e9")
    stated: Stated | None = Field(None, description="number and unit as written")
    iso: str | None = Field(None, description="ISO 8601 duration ('P1Y'), for durations")
    recurring: bool | None = Field(None, description="true for 'par an', 'chaque année', for durations")
    currency_assumed: bool | None = Field(
        None, description="true where a bare sign ($) was read as its commonest sense"
    )
    price_base: str | None = Field(None, description="the year of the money ('euros de 2015'), EDTF")
    converts: tuple[int, int] | None = Field(
        None, description="span of the amount that this one, in brackets, restates in another unit"
    )


class DateValue(Row):
    """The period named, and how the passage stands to it: "dès 2028" is 2028, 2028-01-01, 2028-12-31, from."""

    edtf: str | None = Field(None, description="the period named, EDTF; null where it cannot be resolved")
    earliest: str | None = Field(None, description="its first day, YYYY-MM-DD; null when open or unresolved")
    latest: str | None = Field(None, description="its last day, YYYY-MM-DD; null when open or unresolved")
    relation: Relation = Field("in", description="place of the event in time, relative to the period")
    relative: bool = Field(False, description="true where it counts from another date ('hier', 'mardi')")
    anchor: str | None = Field(None, description="the date it counts from, EDTF, with its own grain")


class EntityValue(Row):
    """An entity under its canonical name."""

    id: str = Field(description="canonical id, [a-z0-9-] ('org-helion-energy')")
    name: str = Field(description="canonical name")
    type: EntityType
    aliases: tuple[str, ...] = Field((), description="other names found in the text, sorted")


Value = Quantity | DateValue | EntityValue


class Mention(Row):
    """One thing at one span, as written, and what it means (a row of mentions.jsonl)."""

    article: str = Field("", description="id of the article")
    kind: Kind
    start: int = Field(description="first code point, in the article's source text")
    end: int = Field(description="one past the last code point")
    text: str = Field(description="source[start:end]")
    value: Value | None = Field(None, description="what it means; null where nothing could be resolved")
    reading: Annotated[Any, Field(exclude=True, repr=False)] = None  # the extractor's own parse, for `normalise`


# --- articles ---------------------------------------------------------------------------------------------------------


class Removed(Row):
    """A span of the source text that is no part of the article: nothing is extracted from it."""

    start: int
    end: int
    kind: str = Field(description="newsletter, bio, related, toc, nav, cookie, share, credit, date_header, repeat…")
    reason: str = Field("", description="which rule removed it, in words")
    score: float | None = Field(None, description="how sure the rule is, 0 to 1; null where it does not weigh")


class Edit(Row):
    """A repair of the clean view: `source[start:end]` is read as `replacement`. The source text stays untouched."""

    start: int
    end: int
    replacement: str
    reason: str


class Metadata(Row):
    """What the container says of an article: sidecar, HTML meta tags, front matter, header line."""

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    lang: str | None = None
    published: str | None = Field(None, description="EDTF, as precise as known")
    published_source: Literal["sidecar", "metadata", "header", "text"] | None = None


class RawArticle(Row):
    """An input as decoded: the source text that all offsets count in, and what its container says."""

    id: str = Field(description="path relative to the corpus root, with '/'")
    sha256: str = Field(description="of the file's bytes")
    source: str = Field(repr=False)
    encoding: str
    format: Literal["text", "markdown", "html"]
    metadata: Metadata = Metadata()
    labels: tuple[Removed, ...] = Field((), description="spans the loader already knows to be no text (front matter)")


class Problem(Row):
    """Something no stage could read: data, not an exception (a row of problems.jsonl)."""

    article: str | None = Field(description="id of the article or path of the input; null for the whole corpus")
    code: str = Field(description="kind of problem, one word ('empty', 'encoding', 'no_publication_date'…)")
    what: str = Field(description="what happened")
    why: str = Field(description="why")
    advice: str = Field(description="what to do about it")
    start: int | None = Field(None, description="where in the source text, when it has a place")
    end: int | None = None
    text: str | None = Field(None, description="source[start:end]")

    def __str__(self) -> str:
        return f"{self.article or 'corpus'}: {self.what}; {self.why}; {self.advice}"


class Passage(Row):
    """A kept stretch of an article in one language; together they cover everything that was not removed."""

    start: int
    end: int
    lang: Lang
    zone: Zone = "body"


class Article(Row):
    """A cleaned article: what is text and what is not, in offsets of the source; the text itself is untouched."""

    id: str
    sha256: str
    source: str = Field(repr=False)
    lang: Lang = Field(description="the language most of it is written in")
    metadata: Metadata
    removed: tuple[Removed, ...] = ()
    edits: tuple[Edit, ...] = ()
    passages: tuple[Passage, ...] = ()
    words: int = Field(description="words of the article, boilerplate not counted")


class ArticleRow(Row):
    """A row of articles.jsonl."""

    id: str = Field(description="path relative to the corpus root")
    sha256: str = Field(description="of the file's bytes")
    lang: Lang
    title: str | None
    author: str | None
    publisher: str | None
    url: str | None
    published: str | None = Field(description="EDTF, as precise as known")
    published_source: Literal["sidecar", "metadata", "header", "text"] | None
    words: int = Field(description="words of the article, boilerplate not counted")
    removed: tuple[Removed, ...] = Field(description="spans of boilerplate, in order")
    near_duplicate_of: str | None = Field(description="id of the article this one copies")
    similarity: float | None = Field(description="share of this article's text found there, 0 to 1")


# --- claims and facts -------------------------------------------------------------------------------------------------


class Party(Row):
    """Subject or object of a fact: an entity, or a common noun with neither id nor type."""

    id: str | None = Field(description="entity id, or null for a common noun")
    name: str = Field(description="canonical name, or the noun as written")
    type: EntityType | None
    aliases: tuple[str, ...] = ()


class FactValue(Quantity):
    """A quantity with its kind."""

    kind: Kind


class Rival(Row):
    """A party that may be the subject of a claim, as one article tells it."""

    party: Party
    share: float = Field(description="its share of all that speaks for any party, 0 to 1")


class Claim(Row):
    """What one article says once: the linker's output and the merger's input."""

    article: str
    published: str | None = Field(None, description="publication date of the article, EDTF")
    predicate: Predicate
    subject: Party
    object: Party | None = None
    value: FactValue | None = None
    time: DateValue | None = None
    modality: Modality = "asserted"
    attribution: str | None = None
    start: int = Field(description="span of the passage that says it, in the source text")
    end: int
    quote: str = Field(description="source[start:end]")
    sentence: str = Field(description="the whole sentence, from the source text")
    zone: Zone = Field("body", description="whether a headline or a sub-heading says it, or the text")
    rules: tuple[str, ...] = Field((), description="which rule gave subject, predicate, object, time, modality")
    refused: tuple[str, ...] = Field((), description="what was considered and left, for `faits explain`")
    score: float | None = Field(None, description="how good the link is, as the rules weigh it; no probability")
    rivals: tuple[Rival, ...] = Field((), description="the parties its subject was chosen from, the likeliest first")
    confidence: float | None = Field(
        None, description="the chance that subject and predicate are right, calibrated on gold; null where it is not"
    )


class Evidence(Row):
    """One passage behind a fact."""

    article: str
    start: int
    end: int
    quote: str = Field(description="source[start:end]")
    sentence: str = Field(description="the sentence around it")
    published: str | None = Field(description="publication date of the article, EDTF")
    zone: Zone = Field("body", description="whether a headline or a sub-heading says it, or the text")
    stated: dict[str, Any] | None = Field(
        None, description="the row's fields this passage puts differently, with its own reading"
    )


class Reading(Row):
    """One of the readings of a disputed field, and the places in `evidence` that give it."""

    value: Any
    evidence: tuple[int, ...] = Field(description="indexes into the row's `evidence`")


class Disagreement(Row):
    """A field on which the evidence of one fact differs."""

    field: str
    readings: tuple[Reading, ...]


class Statement(Row):
    """One readable sentence in each language."""

    fr: str
    en: str


class Fact(Row):
    """What the corpus says: one row, all its proofs (a row of facts.jsonl)."""

    schema_: str = Field(SCHEMA, alias="schema", description="version of this format")
    id: str = Field(description="'f-' and 16 hex digits, from predicate, entities and value alone")
    predicate: Predicate = Field(description="what is said of the subject; docs/predicates.md defines each")
    subject: Party = Field(description="whom or what the fact is about")
    object: Party | None = Field(description="the other party: recipient, target, place, function… or null")
    value: FactValue | None = Field(description="the figure, or null for a fact without one")
    time: DateValue | None = Field(description="when it is true of the world; never the article's own date")
    modality: Modality = Field(description="asserted, planned, conditional ('serait', 'pourrait') or negated")
    attribution: str | None = Field(description="who says so, as written")
    statement: Statement = Field(description="the fact as one sentence in each language")
    evidence: tuple[Evidence, ...] = Field(description="every passage, by article and place")
    articles: int = Field(description="how many articles say so; near-duplicates count once")
    mentions: int = Field(description="how many passages say so")
    disagreements: tuple[Disagreement, ...] = Field((), description="fields on which the evidence differs")
    conflicts: tuple[str, ...] = Field((), description="ids of facts that cannot both hold with this one")
    updates: tuple[str, ...] = Field(
        (), description="ids of facts this one replaces: an earlier figure for the same thing"
    )
    replaces: tuple[str, ...] = Field((), description="ids this row went by, or would have, before its readings met")
    review: Literal["confirmed", "corrected"] | None = Field(None, description="what a person said of it, if anything")
    confidence: float | None = Field(None, description="0 to 1 when calibrated on gold, else null")


TABLES: dict[str, type[Row]] = {"facts": Fact, "mentions": Mention, "articles": ArticleRow, "problems": Problem}
