"""Reads one article file and gives back what is to be kept of it: what a worker process does all day."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from faits.errors import CorpusError, FaitsError
from faits.flow import Settings, read
from faits.model import Lang, Problem
from faits.runner.keeping import packed
from faits.stages.annotate import load_pipeline
from faits.stages.load import Gathered, decoded, gather

_LANGS: tuple[Lang, ...] = ("fr", "en")


@dataclass(frozen=True)
class Answer:
    """What became of one file: what is to be kept of it and under which key, or else a problem that is not kept."""

    key: str = ""
    parts: dict[str, bytes] | None = None
    problem: Problem | None = None


def key_of(gathered: Gathered, fingerprint: str, frozen: bytes = b"") -> str:
    """What a reading is kept under; `frozen` is whatever else its `read` is given that depends on other articles."""
    whole = hashlib.sha256(fingerprint.encode())
    for part in (gathered.digest(), hashlib.sha256(frozen).digest()):
        whole.update(part)
    return whole.hexdigest()


def answer(path: Path, *, root: Path, settings: Settings, fingerprint: str) -> Answer:
    """Read one file. Whatever goes wrong with it becomes a problem row, so that no sibling is lost.

    Raises:
        MemoryError: it takes more memory than it may.
        FaitsError: a lexicon or a pipeline is broken, whatever the article.
    """
    name = path.relative_to(root).as_posix()
    try:
        gathered = gather(path, root=root, max_bytes=settings.max_bytes)
    except CorpusError as error:
        return Answer(problem=problem_of(name, error))
    key = key_of(gathered, fingerprint)
    try:
        raw, faults = decoded(gathered)
        return Answer(key, packed(read(raw, settings), faults))
    except CorpusError as error:
        return Answer(key, packed(None, [problem_of(name, error)]))
    except (FaitsError, MemoryError):  # a broken lexicon or model is no fault of the article
        raise
    except Exception as error:  # noqa: BLE001 – a fault of ours in one article must not cost the others
        return Answer(key, packed(None, [_fault(name, error)]))


def problem_of(name: str, error: CorpusError) -> Problem:
    """The row that says why an input could not be read."""
    return Problem(article=name, code=error.code, what=error.what, why=error.why, advice=error.advice)


def _fault(name: str, error: Exception) -> Problem:
    return Problem(
        article=name,
        code="fault",
        what="could not be read",
        why=f"{type(error).__name__} in {_place(error.__traceback__)}",
        advice="this is a fault of faits: please report it with the article",
    )


def _place(trace: TracebackType | None) -> str:
    """Where in our own code an exception came from."""
    found = "an unknown place"
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if "faits" in file.parts:
            found = f"{file.name}:{trace.tb_frame.f_code.co_name}"
        trace = trace.tb_next
    return found


def reader(root: str, settings: dict[str, object], fingerprint: str) -> Callable[[str], Answer]:
    """What a worker process is made with: the function that reads files, its pipelines loaded beforehand."""
    chosen = Settings(**settings)  # type: ignore[arg-type]  # made by asdict of such an object
    for lang in _LANGS:
        load_pipeline(lang, chosen.pipelines.get(lang))
    folder = Path(root)

    def read_file(path: str) -> Answer:
        return answer(Path(path), root=folder, settings=chosen, fingerprint=fingerprint)

    return read_file
