"""Reads the tables of a folder as plain rows: what every exporter starts from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from faits.errors import UsageError
from faits.model import TABLES

PlainRow = Mapping[str, Any]


@dataclass(frozen=True)
class Plain:
    """The four tables of a folder, rows as they are written, in the order of the files."""

    facts: tuple[PlainRow, ...] = ()
    mentions: tuple[PlainRow, ...] = ()
    articles: tuple[PlainRow, ...] = ()
    problems: tuple[PlainRow, ...] = ()
    run: PlainRow = field(default_factory=dict)


def read_tables(outputs: Path) -> Plain:
    """The tables in `outputs`; facts.jsonl has to be there, the others may be missing.

    Raises:
        UsageError: there is no facts table, or a line is no JSON object.
    """
    if not (outputs / "facts.jsonl").is_file():
        raise UsageError(f"{outputs}: no facts.jsonl there; nothing was extracted to it; run faits extract -o it")
    tables = {name: tuple(read_rows(outputs / f"{name}.jsonl")) for name in TABLES}
    return Plain(**tables, run=_run(outputs / "run.json"))


def read_rows(path: Path) -> Iterator[PlainRow]:
    """The rows of one table; none when the file is missing.

    Raises:
        UsageError: a line is no JSON object.
    """
    if not path.is_file():
        return
    # Not splitlines(): a quote may hold U+2028, which ends no line of JSON.
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise UsageError(f"{path}: line {number} is no JSON; {error}; run faits extract again") from None
        if not isinstance(row, dict):
            raise UsageError(f"{path}: line {number} is no object; a table has one a line; run faits extract again")
        yield row


def _run(path: Path) -> PlainRow:
    try:
        run = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError):
        return {}  # it only says how the tables were made; they stand without it
    return run if isinstance(run, dict) else {}
