"""What only all articles together decide before anything is merged: copies, lines of sites, names of entities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import TypeAdapter

from faits.flow import Reading, Withheld
from faits.model import EntityValue, Removed
from faits.runner.distributed.copies import copies
from faits.runner.distributed.grouping import Rows, fields_of, grouped, mapped
from faits.runner.keeping import KeptArticle
from faits.stages.identify import identify, spoken_of
from faits.stages.withhold import Kept, withhold

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_REMOVED = TypeAdapter(tuple[Removed, ...])
_ENTITIES = TypeAdapter(tuple[EntityValue, ...])
_PAIRS = TypeAdapter(tuple[tuple[str, EntityValue], ...])

_SAMPLES = "article string, words long, whole long, shingles array<long>"
_LINES = "article string, removed string"
_NAMED = "article string, entities string"
# So many articles of a site are the fewest that can share a line.
_OF_A_SITE = 3


@dataclass(frozen=True)
class Told:
    """One article with what the others say of it."""

    reading: Reading
    names: Mapping[tuple[str, str], EntityValue]
    original: tuple[str, float] | None


def survey(readings: DataFrame, folder: Path) -> DataFrame:
    """What each article is told by the others, one row an article of which there is something to tell."""
    spark = readings.sparkSession
    read = readings.where("article is not null")
    found = copies(read.select("article", "sample").mapInArrow(mapped(_samples, _SAMPLES), _SAMPLES))
    originals = written(spark, _copied(found), "article string, original string, similarity double", folder / "copies")
    lines = _shared_lines(read, originals).persist()
    told = read.select("article", "head", "mentions", "claims").join(lines, "article", "left")
    entities = told.mapInArrow(mapped(_entities, _NAMED), _NAMED)
    names = written(spark, _names(entities), "article string, names string", folder / "names")
    whole = read.select("article").join(originals, "article", "left")
    whole = whole.join(lines, "article", "left").join(names, "article", "left")
    return whole.select("article", "removed", "names", "original", "similarity")


def told(row: Mapping[str, Any]) -> Told:
    """An article out of a row that holds parts of a reading and what the survey says of it."""
    kept: Reading = KeptArticle(row.__getitem__)
    lines = _REMOVED.validate_json(row["removed"]) if row.get("removed") else ()
    pairs = _PAIRS.validate_json(row["names"]) if row.get("names") else ()
    original = (row["original"], row["similarity"]) if row.get("original") else None
    names = {(row["article"], own): entity for own, entity in pairs}
    return Told(Withheld(kept, lines) if lines else kept, names, original)


def _samples(rows: Rows) -> Iterator[Mapping[str, Any]]:
    for row in rows:
        one = KeptArticle(row.__getitem__).sample
        # Spark has no unsigned numbers, and needs none: both are below 2**63.
        yield {"article": row["article"], "words": one.words, "whole": one.whole, "shingles": list(one.shingles)}


def _copied(found: Mapping[str, tuple[str, float]]) -> Iterator[Mapping[str, Any]]:
    for article, (original, similarity) in found.items():
        yield {"article": article, "original": original, "similarity": similarity}


def _shared_lines(read: DataFrame, originals: DataFrame) -> DataFrame:
    """The lines each article shares with others of its site."""
    many = read.where("site <> ''").groupBy("site").count().where(f"count >= {_OF_A_SITE}").select("site")
    own = read.select("article", "site", "row", "source").join(many, "site", "left_semi")
    own = own.join(originals.select("article", "original"), "article", "left")
    together = own.repartition("site").sortWithinPartitions("site", "article")
    return together.mapInArrow(mapped(grouped(_of_site, "site"), _LINES), _LINES)


def _of_site(site: str, rows: Rows) -> Iterator[Mapping[str, Any]]:
    kept: list[Kept] = []
    copied: set[str] = set()
    for row in rows:
        one = KeptArticle({"row": row["row"], "source": row["source"]}.__getitem__)
        head = one.row
        kept.append(Kept(head.id, site, head.title, partial(_source, one), head.removed))
        if row["original"]:
            copied.add(head.id)
    for article, lines in withhold(kept, copied).items():
        yield {"article": article, "removed": _REMOVED.dump_json(lines).decode()}


def _source(one: KeptArticle) -> str:
    return one.source


def _entities(rows: Rows) -> Iterator[Mapping[str, Any]]:
    for row in rows:
        reading = told(row).reading
        last = {value.id: value for value in spoken_of(reading.mentions, reading.claims)}
        yield {"article": row["article"], "entities": _ENTITIES.dump_json(tuple(last.values())).decode()}


def _names(entities: DataFrame) -> Iterator[Mapping[str, Any]]:
    """The names of each article's entities across articles: decided here, on nothing but names."""
    same: dict[EntityValue, EntityValue] = {}  # one object for what many articles say

    def said() -> Iterator[tuple[str, EntityValue]]:
        for row in entities.toLocalIterator(prefetchPartitions=True):
            for value in _ENTITIES.validate_json(row.entities):
                yield row.article, same.setdefault(value, value)

    article, pairs = None, []
    for (name, own), entity in sorted(identify(said()).items(), key=lambda pair: pair[0]):
        if name != article and article is not None:
            yield {"article": article, "names": _PAIRS.dump_json(tuple(pairs)).decode()}
            pairs = []
        article = name
        pairs.append((own, entity))
    if article is not None:
        yield {"article": article, "names": _PAIRS.dump_json(tuple(pairs)).decode()}


def written(spark: SparkSession, rows: Iterator[Mapping[str, Any]], schema: str, folder: Path) -> DataFrame:
    """Rows of the driver as a frame that every executor can read, without the driver holding them."""
    folder.mkdir(parents=True)
    held: list[Mapping[str, Any]] = []
    with pq.ParquetWriter(folder / "part.parquet", fields_of(schema)) as writer:
        for row in rows:
            held.append(row)
            if len(held) >= 10_000:
                writer.write_table(pa.Table.from_pylist(held, schema=fields_of(schema)))
                held = []
        writer.write_table(pa.Table.from_pylist(held, schema=fields_of(schema)))
    return spark.read.schema(schema).parquet(folder.as_uri())
