"""Rows put aside in an SQLite file and given back in order: what a run decides on all articles without holding them.

SQLite sorts what is more than a few megabytes on the disk. Nothing of it outlives the process.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any

from faits.stages import disk

# Rows handed over at once, and given back at once: between two of these a step of the disk may be watched.
_AT_ONCE = 4096
_CACHE_KB = 16_384

Fields = Sequence[Any]


class Spill:
    """Tables on the disk, in a folder; in memory without one, for what is small."""

    def __init__(self, folder: Path | None = None) -> None:
        """Begin without a table.

        Raises:
            OSError: the folder cannot be written.
        """
        self._path: Path | None = None
        place = ":memory:"
        if folder is not None:
            disk.step("open", folder / ".spill.faits-tmp")
            handle, place = tempfile.mkstemp(prefix=".spill.", suffix=".faits-tmp", dir=folder)
            os.close(handle)
            self._path = Path(place)
        with self._telling():
            self._database = sqlite3.connect(place, isolation_level=None, cached_statements=256)
            for pragma in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE",
                           f"cache_size = -{_CACHE_KB}", "temp_store = FILE"):  # fmt: skip
                self._database.execute(f"PRAGMA {pragma}").fetchall()
            # Never ended: what is not committed is written all the same when memory is short, and never synced.
            self._database.execute("BEGIN EXCLUSIVE")
        if self._path is not None:
            with suppress(OSError):  # where an open file cannot go, it goes when it is closed
                self._path.unlink()

    def __enter__(self) -> Spill:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.close()

    def make(self, statement: str, given: Fields = ()) -> None:
        """Make a table, or change what is in it."""
        with self._telling():
            self._database.execute(statement, given)

    def put(self, into: str, rows: Iterable[Fields]) -> None:
        """Put rows into a table of so many columns.

        Raises:
            OSError: the disk is full or refuses.
        """
        coming = iter(rows)
        while some := list(islice(coming, _AT_ONCE)):
            if self._path is not None:
                disk.step("write", self._path)
            with self._telling():
                marks = ", ".join("?" * len(some[0]))
                self._database.executemany(f"INSERT INTO {into} VALUES ({marks})", some)

    def into(self, table: str) -> Pending:
        """A list of rows that go into a table, as it grows and at the end of a `with`."""
        return Pending(self, table)

    def rows(self, query: str, given: Fields = ()) -> Iterator[Any]:
        """The rows of a query, fetched as they are asked for."""
        with self._telling():
            cursor = self._database.execute(query, given)
        while True:
            with self._telling():
                some = cursor.fetchmany(_AT_ONCE)
            if not some:
                return
            yield from some

    def all(self, query: str, given: Fields = ()) -> list[Any]:
        """All rows of a query at once: of few."""
        with self._telling():
            return self._database.execute(query, given).fetchall()

    def number(self, query: str, given: Fields = ()) -> int:
        """The only number a query gives."""
        return int(self.all(query, given)[0][0])

    def function(self, name: str, of: Callable[[int], int]) -> None:
        """Let queries call a function of one number, always the same for the same number."""
        with self._telling():
            self._database.create_function(name, 1, of, deterministic=True)

    def close(self) -> None:
        """Forget everything."""
        self._database.close()
        if self._path is not None:
            with suppress(OSError):
                self._path.unlink()

    def _telling(self) -> _Telling:
        return _Telling(str(self._path or "memory"))


class _Telling:
    """Tells what SQLite says as an error of the system."""

    __slots__ = ("_where",)

    def __init__(self, where: str) -> None:
        self._where = where

    def __enter__(self) -> None:
        """Nothing is made ready."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if isinstance(error, sqlite3.Error):
            raise OSError(None, str(error), self._where) from error


class Pending:
    """Rows on their way into a table."""

    def __init__(self, spill: Spill, table: str) -> None:
        self._spill, self._table = spill, table
        self._rows: list[Fields] = []

    def __enter__(self) -> Pending:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if error is None:
            self._hand_over()

    def add(self, *row: Any) -> None:
        """One row more."""
        self._rows.append(row)
        if len(self._rows) >= _AT_ONCE:
            self._hand_over()

    def _hand_over(self) -> None:
        self._spill.put(self._table, self._rows)
        self._rows = []
