"""Runs the pipeline over a folder on one machine: reads what is new or changed, and makes the tables of all of it.

Whatever moment it is killed at, the tables are whole, and the next run goes on where it stopped.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

from faits.errors import CorpusError, UsageError
from faits.flow import Settings
from faits.model import Problem
from faits.runner import fingerprint
from faits.runner.cache import Cache, DamageError
from faits.runner.keeping import KeptArticle, faults_in
from faits.runner.limits import Limits
from faits.runner.locking import locked
from faits.runner.pool import Pool
from faits.runner.progress import Progress, silent
from faits.runner.reading import Answer, answer, key_of, problem_of
from faits.runner.record import OWN, Made, Record, Summary, read_record, reviewed_in, still_stands
from faits.runner.reviewing import corrections_of
from faits.runner.switching import recover
from faits.runner.tables import replace
from faits.stages.corrections import Correction
from faits.stages.load import discover, gather


class Engine(Protocol):
    """What reads files: worker processes, or this one."""

    def read(self, paths: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Answer]]:
        """An answer for each (path, name), in any order."""


Engines = Callable[[Path, Settings, str, int, Limits], AbstractContextManager[Engine]]


def workers(
    root: Path, settings: Settings, of_reading: str, jobs: int, limits: Limits
) -> AbstractContextManager[Engine]:
    """Worker processes, also for one job: an article that overruns or kills its process costs only itself."""
    made_with = {"root": str(root), "settings": asdict(settings), "fingerprint": of_reading}
    return Pool("faits.runner.reading:reader", made_with, jobs=jobs, limits=limits)


@dataclass(frozen=True)
class Here:
    """Reads in this process, without limits: for programs that have a process of their own to lose, and for tests."""

    root: Path
    settings: Settings
    of_reading: str
    jobs: int
    limits: Limits

    def __enter__(self) -> Here:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is held."""

    def read(self, paths: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Answer]]:
        """An answer for each path, in order."""
        for path, _ in paths:
            yield path, answer(Path(path), root=self.root, settings=self.settings, fingerprint=self.of_reading)


def extract(
    corpus: Path,
    outputs: Path,
    *,
    settings: Settings,
    jobs: int = 1,
    progress: Progress = silent,
    limits: Limits | None = None,
    engine: Engines | None = None,
) -> Summary:
    """Bring the tables in `outputs` up to date with the articles under `corpus`.

    An article is read when it or what reading depends on has changed since it was last read for these tables. An
    input that cannot be read becomes a problem row; the others are read all the same. The tables are the same
    whatever `jobs` is, and whatever earlier runs have kept.

    Raises:
        UsageError: another run is at work on `outputs`, or it is the corpus itself.
        OSError: `outputs` cannot be written; the tables are those that were there.
    """
    began = time.monotonic()
    if corpus.resolve() == outputs.resolve():
        raise UsageError(f"{outputs}: cannot hold both articles and tables; choose another folder with -o")
    own = outputs / OWN
    with locked(outputs, own / "lock"):
        recover(outputs, own / "switch.json")
        run = _Run(corpus, outputs, settings, jobs, limits or Limits(), engine or workers, progress, began)
        cache = Cache(own / "cache.sqlite")
        try:
            try:
                return run.bring_up_to_date(cache)
            except DamageError:
                cache.forget()
                return run.bring_up_to_date(cache)
        except KeyboardInterrupt:
            cache.commit()
            raise
        finally:
            cache.close()


@dataclass
class _Run:
    corpus: Path
    outputs: Path
    settings: Settings
    jobs: int
    limits: Limits
    engine: Engines
    progress: Progress
    began: float
    of_reading: str = field(init=False)

    def __post_init__(self) -> None:
        self.root = self.corpus if self.corpus.is_dir() else self.corpus.parent
        self.of_reading = fingerprint.of_reading(self.settings)

    def bring_up_to_date(self, cache: Cache) -> Summary:
        paths, problems = discover(self.corpus, leaving_out=self.outputs)
        keys, unread = self._kept(paths, problems, cache)
        for path, given in self._read(unread, cache):
            if given.problem is not None:
                problems.append(given.problem)
            else:
                keys[path] = given.key
        cache.commit()
        found = sorted(keys.values())
        faults = [fault for path in sorted(keys) for fault in faults_in(cache.fetch(keys[path], "faults"))]
        corrections, unreadable = corrections_of(self.root)
        bad_inputs = sorted([*problems, *faults, *unreadable], key=lambda p: (p.article or "", p.code, p.what))
        summary = self._made(cache, found, bad_inputs, corrections, read=len(unread))
        cache.keep_only(found)
        return summary

    def _kept(self, paths: list[Path], problems: list[Problem], cache: Cache) -> tuple[dict[Path, str], list[Path]]:
        """Under which key each article is kept, and those that are to be read."""
        keys: dict[Path, str] = {}
        unread: list[Path] = []
        for path in paths:
            try:
                key = key_of(gather(path, root=self.root, max_bytes=self.settings.max_bytes), self.of_reading)
            except CorpusError as error:
                problems.append(problem_of(path.relative_to(self.root).as_posix(), error))
                continue
            if cache.holds(key):
                keys[path] = key
            else:
                unread.append(path)
        return keys, unread

    def _read(self, unread: list[Path], cache: Cache) -> Iterator[tuple[Path, Answer]]:
        if not unread:
            return
        asked = ((str(path), path.relative_to(self.root).as_posix()) for path in unread)
        with self.engine(self.root, self.settings, self.of_reading, self.jobs, self.limits) as engine:
            for path, given in self.progress(engine.read(asked), len(unread)):
                if given.parts is not None:
                    cache.put(given.key, given.parts)
                yield Path(path), given

    def _made(
        self, cache: Cache, keys: list[str], bad_inputs: list[Problem], corrections: list[Correction], *, read: int
    ) -> Summary:
        """Make the tables, unless those in place were made of the same."""
        made_of = Made.of(keys, bad_inputs, corrections, self.of_reading, fingerprint.of_runner())
        record = read_record(self.outputs)
        changed = record is None or record.made_of != made_of or not still_stands(record, self.outputs)
        if record is None or changed:
            readings = ((key, KeptArticle(partial(cache.fetch, key))) for key in keys if cache.fetch(key, "head"))
            pipelines = fingerprint.pipelines(self.settings)
            jobs = self.jobs if self.engine is workers else 1  # who reads in this process merges in it
            record = replace(readings, bad_inputs, corrections, self.outputs, self.outputs / OWN / "switch.json",
                             Record.begun(made_of, pipelines, self.jobs), self.began, jobs=jobs)  # fmt: skip
        reviewed = reviewed_in(record, self.outputs)
        return Summary.of(record, bad_inputs, reviewed, began=self.began, read=read, changed=changed)


__all__ = ["Engine", "Engines", "Here", "Summary", "extract", "workers"]
