"""Reads the tables of a folder as plain rows: what every exporter starts from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

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
    require_facts(outputs)
    tables = {name: tuple(read_rows(outputs / f"{name}.jsonl")) for name in TABLES}
    return Plain(**tables, run=_run(outputs / "run.json"))


def require_facts(outputs: Path) -> None:
    """See that a folder holds tables.

    Raises:
        UsageError: there is no facts table.
    """
    if not (outputs / "facts.jsonl").is_file():
        raise UsageError(f"{outputs}: no facts.jsonl there; nothing was extracted to it; run faits extract -o it")


def read_rows(path: Path) -> Iterator[PlainRow]:
    """The rows of one table; none when the file is missing.

    Raises:
        UsageError: a line is no JSON object.
    """
    return (_row(line, path, number) for number, line in _lines(path))


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of a table that are not blank, with their numbers."""
    if not path.is_file():
        return
    # Bytes end a line at "\n" alone: a quote may hold U+2028, which ends no line of JSON.
    with path.open("rb") as file:
        yield from ((number, line) for number, line in enumerate(file, 1) if line.strip())


def _row(line: bytes, path: Path, number: int) -> PlainRow:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise UsageError(f"{path}: line {number} is no JSON; {error}; run faits extract again") from None
    if not isinstance(row, dict):
        raise UsageError(f"{path}: line {number} is no object; a table has one a line; run faits extract again")
    return row


def _run(path: Path) -> PlainRow:
    try:
        run = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # it only says how the tables were made; they stand without it
    return run if isinstance(run, dict) else {}


# --- row by row -------------------------------------------------------------------------------------------------------


class Tables(Protocol):
    """Tables of which nothing is held: their rows are read as they are asked for, as often as that is."""

    @property
    def run(self) -> PlainRow:
        """How they were made."""

    def lines(self, table: str) -> Iterator[bytes]:
        """The rows of one table as JSON, in their order."""

    def row(self, table: str, line: bytes) -> PlainRow:
        """One of them.

        Raises:
            UsageError: it is no JSON object.
        """


@dataclass(frozen=True)
class OnDisk:
    """The tables in a folder."""

    outputs: Path

    @property
    def run(self) -> PlainRow:
        return _run(self.outputs / "run.json")

    def lines(self, table: str) -> Iterator[bytes]:
        return (line.rstrip(b"\n") for _, line in _lines(self._path(table)))

    def row(self, table: str, line: bytes) -> PlainRow:
        try:
            return _row(line, self._path(table), 0)
        except UsageError:  # which line it is need not be known before
            every = _lines(self._path(table))
            return _row(line, self._path(table), next(n for n, other in every if other.rstrip(b"\n") == line))

    def _path(self, table: str) -> Path:
        return self.outputs / f"{table}.jsonl"


@dataclass(frozen=True)
class InMemory:
    """Tables that were read."""

    tables: Plain

    @property
    def run(self) -> PlainRow:
        return self.tables.run

    def lines(self, table: str) -> Iterator[bytes]:
        return map(json_line, getattr(self.tables, table))

    def row(self, table: str, line: bytes) -> PlainRow:
        del table
        row: PlainRow = json.loads(line)
        return row


def json_line(row: object) -> bytes:
    """A row as JSON; half a character, which UTF-8 cannot hold, as JSON escapes it."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
