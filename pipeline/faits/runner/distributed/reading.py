"""Has Spark's workers read articles, each in a reader process of its own; what was read stays on disk.

The reader is the one the local engine has: what one article may cost, a retry after a death and the problem rows are
the same. It belongs to the Python worker, which Spark keeps from task to task, so that pipelines are loaded once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from faits.errors import CorpusError
from faits.flow import Settings
from faits.runner.distributed.grouping import Rows, mapped
from faits.runner.keeping import PARTS, KeptArticle
from faits.runner.limits import Limits
from faits.runner.pool import Pool
from faits.runner.reading import key_of, problem_of
from faits.stages.load import gather
from faits.stages.withhold import site_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

# Articles of a task: enough to be worth its start, few enough to be read again when an executor is lost.
_OF_A_TASK = 64

_KEYS = "path string, key string, problem string"
READINGS = ", ".join(["key string", "article string", "site string", *(f"{part} binary" for part in PARTS)])
_READ = f"path string, problem string, {READINGS}"


@dataclass(frozen=True)
class Reader:
    """What articles are read with, on any machine."""

    root: str
    settings: Settings
    of_reading: str
    limits: Limits

    def keys(self, rows: Rows) -> Iterator[Mapping[str, Any]]:
        """Under which key each file is kept, or why it cannot be."""
        for row in rows:
            path = Path(row["path"])
            try:
                gathered = gather(path, root=Path(self.root), max_bytes=self.settings.max_bytes)
                yield {"path": row["path"], "key": key_of(gathered, self.of_reading), "problem": None}
            except CorpusError as error:
                problem = problem_of(path.relative_to(self.root).as_posix(), error)
                yield {"path": row["path"], "key": None, "problem": problem.model_dump_json()}

    def read(self, rows: Rows) -> Iterator[Mapping[str, Any]]:
        """What is to be kept of each file."""
        names = ((row["path"], Path(row["path"]).relative_to(self.root).as_posix()) for row in rows)
        for path, answer in _pool(self).read(names):
            if answer.parts is None:
                problem = answer.problem.model_dump_json() if answer.problem is not None else None
                yield {"path": path, "problem": problem}
            else:
                yield {"path": path, "key": answer.key, **_heading(answer.parts), **answer.parts}


def _heading(parts: Mapping[str, bytes]) -> dict[str, str | None]:
    if not parts["row"]:
        return {"article": None, "site": None}  # it could not be read; its faults are kept
    row = KeptArticle(parts.__getitem__).row
    return {"article": row.id, "site": site_of(row.url, row.publisher)}


_pools: dict[str, Pool] = {}


def _pool(reader: Reader) -> Pool:
    """The reader process of this worker, begun once; it ends when the worker does, for its pipe closes."""
    made_with = {"root": reader.root, "settings": asdict(reader.settings), "fingerprint": reader.of_reading}
    name = json.dumps([made_with, asdict(reader.limits)], sort_keys=True, default=str)
    if name not in _pools:
        _pools[name] = Pool("faits.runner.reading:reader", made_with, jobs=1, limits=reader.limits)
    return _pools[name]


class Readings:
    """The folder in which readings stay from run to run, a part of it for each run that read something.

    A part is used when Spark has marked it as whole.
    """

    def __init__(self, spark: SparkSession, folder: Path) -> None:
        self._spark, self._folder = spark, folder

    def all(self) -> DataFrame:
        """Every reading there is; of two under one key either, for they are the same."""
        parts = [part.as_uri() for part in self._parts()]
        if not parts:
            return self._spark.createDataFrame([], READINGS)
        return self._spark.read.schema(READINGS).parquet(*parts)

    def add(self, read: DataFrame) -> None:
        """Keep what is read, as a part of its own."""
        number = max((int(part.name) for part in self._folder.glob("[0-9]*")), default=0) + 1
        read.write.parquet((self._folder / f"{number:06}").as_uri())

    def _parts(self) -> Sequence[Path]:
        return sorted(part for part in self._folder.glob("[0-9]*") if (part / "_SUCCESS").exists())


def bring_up_to_date(
    paths: DataFrame, reader: Reader, readings: Readings, held: Callable[[DataFrame, str], DataFrame]
) -> tuple[DataFrame, DataFrame, int]:
    """Have read what is not kept; the readings of these paths, the problems of the others, and how many were read."""
    from pyspark.sql import functions as f

    keyed = held(paths.mapInArrow(mapped(reader.keys, _KEYS), _KEYS), "keys")
    unread = keyed.where("key is not null").join(readings.all().select("key"), "key", "left_anti").select("path")
    asked = unread.count()
    problems = keyed.where("problem is not null").select("problem")
    if asked:
        tasks = -(-asked // _OF_A_TASK)
        read = held(unread.repartition(tasks).mapInArrow(mapped(reader.read, _READ), _READ), "read")
        problems = problems.union(read.where("problem is not null").select("problem"))
        readings.add(read.where("key is not null").drop("path", "problem"))
    found = readings.all().join(f.broadcast(keyed.select("key").distinct()), "key", "left_semi")
    return found.dropDuplicates(["key"]), problems, asked
