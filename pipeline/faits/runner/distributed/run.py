"""Runs the pipeline on Spark: what is new is read, and the tables of all of it are made, as the local engine does."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from faits.errors import UsageError
from faits.flow import Settings
from faits.model import Fact, Problem
from faits.runner import fingerprint
from faits.runner.limits import Limits
from faits.runner.locking import locked
from faits.runner.record import (
    NAME,
    OWN,
    REVIEWED,
    Made,
    Record,
    Summary,
    read_record,
    reviewed_in,
    still_stands,
    texts_digest,
)
from faits.runner.reviewing import corrections_of
from faits.runner.switching import Switch, recover
from faits.stages import corrections as reviewing
from faits.stages.corrections import Correction, Outcome
from faits.stages.load import discover
from faits.stages.state import state
from faits.stages.write import line_of, write_rows

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from faits.runner.distributed.tables import Parts

# Files whose bytes are looked at in one task, for what of them is new.
_LOOKED_AT = 1000


def extract(
    corpus: Path,
    outputs: Path,
    *,
    settings: Settings,
    master: str,
    limits: Limits | None = None,
    parts: Parts | None = None,
) -> Summary:
    """Bring the tables in `outputs` up to date with the articles under `corpus`, on the cluster at `master`.

    Both folders must be ones that every executor sees under the same name. The tables are those of the local engine,
    byte for byte; with `parts` each is a folder of files under OUTPUTS/parts instead.

    Raises:
        UsageError: pyspark or Java is missing, another run is at work on `outputs`, or it is the corpus itself.
        FaitsError: Spark cannot begin or gives up.
        OSError: `outputs` cannot be written.
    """
    from faits.runner.distributed.session import session

    began = time.monotonic()
    corpus, outputs = corpus.resolve(), outputs.resolve()
    if corpus == outputs:
        raise UsageError(f"{outputs}: cannot hold both articles and tables; choose another folder with -o")
    with locked(outputs, outputs / OWN / "lock"), session(master) as spark:
        recover(outputs, outputs / OWN / "switch.json")
        work = outputs / OWN / "spark" / "work"
        shutil.rmtree(work, ignore_errors=True)
        try:
            return _Run(spark, corpus, outputs, settings, limits or Limits(), parts, began).bring_up_to_date()
        finally:
            shutil.rmtree(work, ignore_errors=True)


@dataclass
class _Run:
    spark: SparkSession
    corpus: Path
    outputs: Path
    settings: Settings
    limits: Limits
    parts: Parts | None
    began: float
    of_reading: str = field(init=False)

    def __post_init__(self) -> None:
        self.root = self.corpus if self.corpus.is_dir() else self.corpus.parent
        self.of_reading = fingerprint.of_reading(self.settings)
        self.own = self.outputs / OWN / "spark"

    def bring_up_to_date(self) -> Summary:
        from faits.runner.distributed.reading import Reader, Readings, bring_up_to_date

        paths, problems = discover(self.corpus, leaving_out=self.outputs)
        asked = self._frame(({"path": str(path)} for path in paths), "path string", "paths")
        asked = asked.repartition(1 + len(paths) // _LOOKED_AT)
        reader = Reader(str(self.root), self.settings, self.of_reading, self.limits)
        kept = Readings(self.spark, self.own / "readings")
        readings, unread, read = bring_up_to_date(asked, reader, kept, self._held)
        problems += [Problem.model_validate_json(row.problem) for row in unread.toLocalIterator()]
        corrections, unreadable = corrections_of(self.root)
        faults = _faults(readings)
        bad = sorted([*problems, *faults, *unreadable], key=lambda p: (p.article or "", p.code, p.what))
        return self._made(readings, bad, corrections, read=read)

    def _made(self, readings: DataFrame, bad: list[Problem], corrections: list[Correction], *, read: int) -> Summary:
        """Make the tables, unless those in place were made of the same."""
        keys = (row.key for row in readings.select("key").orderBy("key").toLocalIterator())
        made_of = Made.of(keys, bad, corrections, self.of_reading, fingerprint.of_runner())
        record = read_record(self.outputs)
        stands = record is not None and record.made_of == made_of and still_stands(record, self.outputs)
        changed = bool(self.parts) or not stands
        if record is None or changed:
            jobs = self.spark.sparkContext.defaultParallelism
            begun = Record.begun(made_of, fingerprint.pipelines(self.settings), jobs)
            record = self._written(readings, bad, corrections, begun)
        reviewed = () if self.parts else reviewed_in(record, self.outputs)
        return Summary.of(record, bad, reviewed, began=self.began, read=read, changed=changed)

    def _written(
        self, readings: DataFrame, bad: list[Problem], corrections: list[Correction], record: Record
    ) -> Record:
        from faits.runner.distributed import merging, tables
        from faits.runner.distributed.survey import survey

        surveyed = self._held(survey(readings, self.own / "work"), "survey")
        facts = merging.facts(readings, surveyed, self._held).orderBy("name", "predicate", "id").select("line")
        outcomes: list[Outcome] = []
        if corrections:
            facts, outcomes = self._corrected(facts, corrections, readings, surveyed)
        others = [
            *tables.problem_rows(bad, 0),
            *tables.problem_rows((one.problem for one in outcomes if one.problem is not None), 2),
        ]
        made = tables.Made(
            problems=tables.problems(readings, surveyed, self._frame(iter(others), tables.PROBLEM_ROWS, "problems")),
            articles=tables.articles(readings, surveyed),
            mentions=tables.mentions(readings, surveyed),
            facts=facts,
        )
        if self.parts:
            return record.model_copy(update=dict(tables.write_parts(made, self.outputs, self.parts)))
        return self._switched(made, readings, outcomes, record)

    def _switched(self, made: Any, readings: DataFrame, outcomes: list[Outcome], record: Record) -> Record:
        """Write one file a table aside, then put all in place; the finished record."""
        from faits.runner.distributed import tables

        switch = Switch(self.outputs, self.outputs / OWN / "switch.json")
        try:
            texts = tables.write_texts(readings, switch, self.outputs)
            counts = {
                name: tables.write_table(tables.lines_of(getattr(made, name)), f"{name}.jsonl", switch)
                for name in tables.TABLES
            }
            if outcomes:
                write_rows(outcomes, switch.open(REVIEWED))
                switch.close(REVIEWED)
            update: dict[str, Any] = {
                **counts,
                "tables": {f"{name}.jsonl": switch.digests[f"{name}.jsonl"] for name in sorted(tables.TABLES)},
                "texts": texts_digest(texts, self.outputs, switch.digests),
                "reviewed": switch.digests.get(REVIEWED, ""),
                "seconds": round(time.monotonic() - self.began, 2),
            }
            record = record.model_copy(update=update)
            switch.open(NAME).write(record.model_dump_json(by_alias=True, indent=1) + "\n")
            switch.close(NAME)
            switch.commit()
        finally:
            switch.abandon()
        return record

    def _corrected(
        self, facts: DataFrame, corrections: list[Correction], readings: DataFrame, surveyed: DataFrame
    ) -> tuple[DataFrame, list[Outcome]]:
        """What people said of the facts, applied on the driver, which then holds all facts and all texts."""
        from faits.runner.distributed import tables
        from faits.runner.distributed.survey import told

        rows = readings.where("article is not null").select("article", "source").toLocalIterator()
        sources = {row.article: told(row.asDict()).reading.source for row in rows}
        originals = {row.article: row.original for row in surveyed.where("original is not null").toLocalIterator()}
        found, outcomes = reviewing.apply(
            (Fact.model_validate_json(line) for line in tables.lines_of(facts)),
            corrections,
            sources,
            copies=originals,
            state=state,
        )
        lines = ({"line": line_of(fact), "number": number} for number, fact in enumerate(found))
        frame = self._frame(lines, "line string, number long", "corrected")
        return frame.orderBy("number").select("line"), outcomes

    def _frame(self, rows: Iterator[Mapping[str, Any]], schema: str, name: str) -> DataFrame:
        from faits.runner.distributed.survey import written

        return written(self.spark, rows, schema, self.own / "work" / name)

    def _held(self, frame: DataFrame, name: str) -> DataFrame:
        """A frame as it is now, on disk: an executor that is lost takes nothing with it."""
        target = (self.own / "work" / "held" / name).as_uri()
        schema = frame.schema
        frame.write.mode("overwrite").parquet(target)
        return self.spark.read.schema(schema).parquet(target)


def _faults(readings: DataFrame) -> list[Problem]:
    """What of the inputs that were read could not be, by input."""
    from faits.runner.keeping import faults_in

    rows = readings.select("faults").toLocalIterator()
    return [fault for row in rows for fault in faults_in(bytes(row.faults))]
