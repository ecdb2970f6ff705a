"""Writes the four tables: JSON Lines, UTF-8, keys and rows in a fixed order, each file replaced whole."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import IO

import jsonlines

from faits.model import Row


def write(rows: Iterable[Row], path: Path) -> int:
    """Write one table and give back how many rows it has; a reader sees the old table or the new one, never half.

    Raises:
        OSError: the folder cannot be written; the old table is still there.
    """
    count = 0
    with replacing(path) as file, jsonlines.Writer(file, compact=True) as writer:
        for row in rows:
            writer.write(row.model_dump(mode="json", by_alias=True))
            count += 1
    return count


class replacing:  # noqa: N801 – a context manager reads as a verb where it is used
    """A text file that takes the place of `path` when the block ends well, and vanishes when it does not."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")

    def __enter__(self) -> IO[str]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.file: IO[str] = self.temporary.open("w", encoding="utf-8", newline="\n")
        return self.file

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        try:
            if failure is None:
                self.file.flush()
                os.fsync(self.file.fileno())
        finally:
            self.file.close()
        if failure is None:
            self.temporary.replace(self.path)
        else:
            self.temporary.unlink(missing_ok=True)
