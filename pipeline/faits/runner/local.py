"""Runs the pipeline over a folder on one machine: which articles, in how many processes, written where."""

from __future__ import annotations

import json
import multiprocessing
import platform
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from faits import __version__
from faits.errors import CorpusError
from faits.flow import ReadArticle, Settings, Tables, read, tabulate
from faits.model import SCHEMA, Problem
from faits.runner.progress import Progress, silent
from faits.runner.reviewing import corrections_of
from faits.stages.annotate import pipeline_name
from faits.stages.corrections import Outcome as Reviewed
from faits.stages.find import VERSIONS
from faits.stages.load import discover, load
from faits.stages.write import replacing, write

# What a worker sends back for one input: the article as read (None when it could not be), and its problems.
Outcome = tuple[ReadArticle | None, list[Problem]]


@dataclass(frozen=True)
class Summary:
    """What a run did, for the line on stderr and for run.json."""

    articles: int
    mentions: int
    facts: int
    problems: int
    seconds: float
    bad_inputs: tuple[Problem, ...]
    reviewed: tuple[Reviewed, ...] = ()  # what became of each correction


def extract(corpus: Path, outputs: Path, *, settings: Settings, jobs: int = 1, progress: Progress = silent) -> Summary:
    """Read every article under `corpus` and write the tables to `outputs`.

    An input that cannot be read becomes a problem row; the others are read all the same. The tables are the same
    whatever `jobs` is.

    Raises:
        OSError: `outputs` cannot be written.
    """
    began = time.monotonic()
    paths, problems = discover(corpus)
    root = corpus if corpus.is_dir() else corpus.parent
    work = partial(_outcome, root=root, settings=settings)
    outcomes = list(progress(_outcomes(paths, work, jobs), len(paths)))
    readings = [reading for reading, _ in outcomes if reading is not None]
    bad_inputs = [*problems, *(problem for _, found in outcomes for problem in found)]
    corrections, unreadable = corrections_of(root)
    bad_inputs += unreadable
    tables = tabulate(readings, bad_inputs, corrections)
    _write(tables, readings, outputs)
    summary = Summary(
        articles=len(tables.articles),
        mentions=len(tables.mentions),
        facts=len(tables.facts),
        problems=len(tables.problems),
        bad_inputs=tuple(bad_inputs),
        reviewed=tuple(tables.outcomes),
        seconds=round(time.monotonic() - began, 2),
    )
    _write_run(summary, settings, jobs, outputs)
    return summary


def _outcomes(paths: list[Path], work: partial[Outcome], jobs: int) -> Iterator[Outcome]:
    """One outcome for each path, in order."""
    if jobs <= 1 or len(paths) <= 1:
        yield from map(work, paths)
        return
    # spawn, not fork: the same behaviour on every system, and no inherited locks or models.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=jobs, mp_context=context) as pool:
        yield from pool.map(work, paths, chunksize=4)


def _outcome(path: Path, *, root: Path, settings: Settings) -> Outcome:
    name = path.relative_to(root).as_posix()
    try:
        raw, problems = load(path, root=root, max_bytes=settings.max_bytes)
        return read(raw, settings), problems
    except CorpusError as error:
        return None, [Problem(article=name, code=error.code, what=error.what, why=error.why, advice=error.advice)]


def _write(tables: Tables, readings: Iterable[ReadArticle], outputs: Path) -> None:
    write(tables.mentions, outputs / "mentions.jsonl")
    write(tables.articles, outputs / "articles.jsonl")
    write(tables.problems, outputs / "problems.jsonl")
    write(tables.facts, outputs / "facts.jsonl")
    for reading in readings:
        if reading.article.id.lower().endswith((".html", ".htm")):
            with replacing(outputs / "texts" / f"{reading.article.id}.txt") as file:
                file.write(reading.article.source)


def _write_run(summary: Summary, settings: Settings, jobs: int, outputs: Path) -> None:
    run = {
        "schema": SCHEMA,
        "faits": __version__,
        "python": platform.python_version(),
        "extractors": list(VERSIONS),
        "pipelines": {lang: pipeline_name(lang, settings.pipelines.get(lang)) for lang in ("en", "fr")},
        "jobs": jobs,
        "articles": summary.articles,
        "mentions": summary.mentions,
        "facts": summary.facts,
        "problems": summary.problems,
        "seconds": summary.seconds,
    }
    with replacing(outputs / "run.json") as file:
        json.dump(run, file, ensure_ascii=False, indent=1)
        file.write("\n")
