"""Writes the four tables: JSON Lines, UTF-8, keys and rows in a fixed order, each file replaced whole."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from io import TextIOBase
from pathlib import Path
from typing import IO, cast

import jsonlines

from faits.model import Row
from faits.stages import disk


def write(rows: Iterable[Row], path: Path) -> int:
    """Write one table and give back how many rows it has; a reader sees the old table or the new one, never half.

    Raises:
        OSError: the folder cannot be written; the old table is still there.
    """
    with replacing(path) as file:
        return write_rows(rows, file)


def place(data: bytes, path: Path) -> None:
    """Put a file in the place of `path`, whole.

    Raises:
        OSError: the folder cannot be written; what was there still is.
    """
    with replacing(path) as file:
        file.put(data)


_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def line_of(row: Row) -> str:
    """A row as a line of its table, without the end of the line: what `write_rows` writes of it."""
    return compact(row.model_dump(mode="json", by_alias=True))


def compact(fields: Mapping[str, object]) -> str:
    """Fields as a line of a table."""
    return _COMPACT.encode(fields)


def rewritten(line: str, **fields: object) -> str:
    """A line of a table with other values for some of its fields."""
    return _COMPACT.encode({**json.loads(line), **fields})


def write_rows(rows: Iterable[Row], file: TextIOBase) -> int:
    """Write rows to a file that is open, and give back how many."""
    count = 0
    with jsonlines.Writer(cast("IO[str]", file), compact=True) as writer:
        for row in rows:
            writer.write(row.model_dump(mode="json", by_alias=True))
            count += 1
    return count


class replacing:  # noqa: N801 – a context manager reads as a verb where it is used
    """A text file that takes the place of `path` when the block ends well, and vanishes when it does not.

    Flushed, synced, renamed, and the folder synced: after a crash at any moment there is the old file or the new one.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.digest = path, ""  # SHA-256 of the file, once it is in its place
        self.temporary = path.with_name(f".{path.name[:100]}.{os.getpid()}.faits-tmp")

    def __enter__(self) -> disk.TextFile:
        disk.make_folder(self.path.parent)
        self.file = disk.TextFile(self.temporary)
        return self.file

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        try:
            if failure is None:
                self.digest = self.file.done()
                disk.rename(self.temporary, self.path)
                disk.sync_folder(self.path.parent)
        finally:
            self.file.close()
            if self.temporary.exists():
                disk.remove(self.temporary)
