"""Keeps what people say of the table beside the articles, in CORPUS/corrections.jsonl, where every run finds it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from faits.errors import UsageError
from faits.model import Problem
from faits.stages.corrections import Correction, read
from faits.stages.write import write

# Beside the articles, for it speaks of them: it goes where they go, and outlives every table.
NAME = "corrections.jsonl"


def corrections_of(root: Path) -> tuple[list[Correction], list[Problem]]:
    """The corrections of a corpus in their order, and the lines that are none; nothing where there is no file."""
    path = root / NAME
    try:
        return read(path) if path.is_file() else ([], [])
    except (OSError, UnicodeDecodeError) as error:
        problem = Problem(
            article=NAME,
            code="unreadable",
            what="no correction was applied",
            why=str(error),
            advice="make the file readable, as UTF-8",
        )
        return [], [problem]


def keep(files: Sequence[Path], corpus: Path) -> tuple[int, int]:
    """Add the corrections of `files` to those of the corpus; how many were new, and how many it now has.

    Order is kept: of two that say different things of one fact, the later one stands. A line that is already there
    is not added again, so that a file can be given twice.

    Raises:
        UsageError: a file is missing or holds a line that is no correction; then nothing is added.
    """
    if not corpus.is_dir():
        raise UsageError(f"{corpus}: no such folder; corrections are kept beside the articles; name their folder")
    kept, unreadable = corrections_of(corpus)
    for problem in unreadable:
        raise UsageError(f"{corpus / NAME}: {problem.what}; {problem.why}; {problem.advice}")
    known = {correction.model_dump_json() for correction in kept}
    new = []
    for correction in (one for file in files for one in _given(file)):
        line = correction.model_dump_json()
        if line not in known:
            known.add(line)
            new.append(correction)
    if new:
        write([*kept, *new], corpus / NAME)
    return len(new), len(kept) + len(new)


def _given(file: Path) -> list[Correction]:
    try:
        found, problems = read(file)
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(f"{file}: no corrections read; {why}; name a corrections.jsonl") from error
    for problem in problems:
        raise UsageError(f"{file}: {problem.what}; {problem.why}; {problem.advice.split(';')[0]}")
    return found
