"""Writes what Spark has made: one file a table, or the parts of each as Spark wrote them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pyarrow as pa

from faits.exporters.parquet import arrow, schema
from faits.exporters.reading import Plain
from faits.flow import identified, with_copy
from faits.runner.distributed.grouping import Rows, mapped
from faits.runner.distributed.survey import told
from faits.runner.record import texts_in
from faits.runner.switching import Switch
from faits.runner.tables import PAGES
from faits.stages.write import line_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

Parts = Literal["jsonl", "parquet"]

# The order in which the new tables take the place of the old ones.
TABLES = ("problems", "articles", "mentions", "facts")

_FORMATS: dict[Parts, str] = {"jsonl": "text", "parquet": "parquet"}
_LINES = "article string, line string"
_PROBLEMS = "article string, start long, code string, what string, rank long, number long, line string"


@dataclass(frozen=True)
class Made:
    """The four tables as frames with a column `line`, in their order; a line may be several rows of the table."""

    problems: DataFrame
    articles: DataFrame
    mentions: DataFrame
    facts: DataFrame


def articles(readings: DataFrame, surveyed: DataFrame) -> DataFrame:
    """The lines of articles.jsonl."""
    own = readings.where("article is not null").select("article", "row", "source").join(surveyed, "article")
    return own.mapInArrow(mapped(_articles, _LINES), _LINES).orderBy("article").select("line")


def mentions(readings: DataFrame, surveyed: DataFrame) -> DataFrame:
    """The lines of mentions.jsonl, those of an article together."""
    own = readings.where("article is not null").select("article", "head", "mentions").join(surveyed, "article")
    return own.mapInArrow(mapped(_mentions, _LINES), _LINES).orderBy("article").select("line")


def problems(readings: DataFrame, surveyed: DataFrame, others: DataFrame) -> DataFrame:
    """The lines of problems.jsonl; `others` are those that stand in no reading, as `problem_rows` has them."""
    own = readings.where("article is not null").select("article", "problems").join(surveyed, "article")
    found = own.mapInArrow(mapped(_problems, _PROBLEMS), _PROBLEMS)
    return found.union(others).orderBy("article", "start", "code", "what", "rank", "number").select("line")


def problem_rows(found: Iterable[Any], rank: int) -> Iterator[Mapping[str, Any]]:
    """Problems with what they are sorted by; those of a lower rank come first where all else is the same."""
    for number, one in enumerate(found):
        yield {"article": one.article or "", "start": one.start or 0, "code": one.code, "what": one.what,
               "rank": rank, "number": number, "line": line_of(one)}  # fmt: skip


PROBLEM_ROWS = _PROBLEMS


def _articles(rows: Rows) -> Iterator[Mapping[str, Any]]:
    for row in rows:
        one = told(row)
        copied = {row["article"]: one.original} if one.original is not None else {}
        yield {"article": row["article"], "line": line_of(with_copy(one.reading.row, copied))}


def _mentions(rows: Rows) -> Iterator[Mapping[str, Any]]:
    for row in rows:
        one = told(row)
        lines = [line_of(identified(mention, one.names)) for mention in one.reading.mentions]
        if lines:
            yield {"article": row["article"], "line": "\n".join(lines)}


def _problems(rows: Rows) -> Iterator[Mapping[str, Any]]:
    for row in rows:
        yield from problem_rows(told(row).reading.problems, 1)


# --- one file a table -------------------------------------------------------------------------------------------------


def write_table(lines: Iterable[str], name: str, switch: Switch) -> int:
    """Write lines aside, as they come; how many rows they are."""
    file, count = switch.open(name), 0
    for line in lines:
        file.write(line + "\n")
        count += 1 + line.count("\n")
    switch.close(name)
    return count


def lines_of(frame: DataFrame) -> Iterator[str]:
    """The lines of a frame, a partition of them at a time on the driver."""
    return (row.line for row in frame.toLocalIterator(prefetchPartitions=True))


def write_texts(readings: DataFrame, switch: Switch, outputs: Path) -> list[str]:
    """Write the texts of pages that are not there yet, have the others removed; the names of all of them."""
    from pyspark.sql import functions as f

    there = set(texts_in(outputs))
    page = f.lower("article").rlike("|".join(f"\\{suffix}$" for suffix in PAGES))
    texts = readings.where(page).select("article", "source").mapInArrow(mapped(_texts, _LINES), _LINES)
    names: list[str] = []
    for row in texts.orderBy("article").toLocalIterator():
        name = f"texts/{row.article}.txt"
        names.append(name)
        if name not in there or (outputs / name).read_bytes() != row.line.encode():
            switch.open(name).write(row.line)
            switch.close(name)
    for name in sorted(there.difference(names)):
        switch.remove(name)
    return names


def _texts(rows: Rows) -> Iterator[Mapping[str, Any]]:
    for row in rows:
        yield {"article": row["article"], "line": told(row).reading.source}


# --- parts of each table ----------------------------------------------------------------------------------------------


def write_parts(made: Made, outputs: Path, form: Parts) -> dict[str, int]:
    """Write each table to a folder of OUTPUTS/parts, all put in place together; how many rows each has."""
    aside, place = outputs / ".faits" / "parts", outputs / "parts"
    shutil.rmtree(aside, ignore_errors=True)
    for name in TABLES:
        frame, target = getattr(made, name), (aside / name).as_uri()
        if form == "jsonl":
            frame.write.text(target)
        else:
            typed = frame.mapInArrow(partial(_typed, name), _spark_schema(name))
            typed.write.option("compression", "zstd").parquet(target)
    old = outputs / ".faits" / "parts-before"
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    aside.rename(place)
    shutil.rmtree(old, ignore_errors=True)
    spark = made.facts.sparkSession
    return {name: spark.read.format(_FORMATS[form]).load((place / name).as_uri()).count() for name in TABLES}


def _typed(name: str, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        rows = [json.loads(one) for lines in batch.column("line").to_pylist() for one in lines.split("\n")]
        table = arrow(_only(name, tuple(rows)), name)
        yield from table.replace_schema_metadata(None).to_batches()


def _only(name: str, rows: tuple[Mapping[str, Any], ...]) -> Plain:
    given: dict[str, Any] = {name: rows}
    return Plain(**given)


def _spark_schema(name: str) -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(schema(name))
