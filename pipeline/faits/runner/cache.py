"""Readings kept between runs, in one SQLite file: each under the digest of all it depends on, and sealed.

SQLite's write-ahead log keeps the file whole through a crash; the last commits may be lost, and are read again. A
reading whose seal is broken is never used, and a file that is no database any more is begun anew.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Iterator
from pathlib import Path

from faits.runner.keeping import PARTS, Parts
from faits.stages import disk

# Readings put between two commits: what a kill may cost, against a sync of the disk for each.
_COMMIT_EVERY = 32
_FORM = 2

_TABLE = f"CREATE TABLE IF NOT EXISTS readings (key TEXT PRIMARY KEY, seal BLOB, {', '.join(PARTS)})"
_PUT = f"INSERT OR REPLACE INTO readings VALUES ({', '.join('?' * (len(PARTS) + 2))})"
_GET = f"SELECT seal, {', '.join(PARTS)} FROM readings WHERE key = ?"


class DamageError(Exception):
    """What is kept cannot be trusted: it is to be forgotten and read again."""


# What a damaged file makes SQLite say, and Python where what it says is no text.
_DAMAGED = (sqlite3.DatabaseError, UnicodeDecodeError)


class Cache:
    """The readings of one folder of tables. Whoever opens it holds the lock of that folder."""

    def __init__(self, path: Path) -> None:
        """Open the cache, or begin a new one where there is none that can be used.

        Raises:
            OSError: the folder cannot be written.
        """
        self._path, self._put_since_commit = path, 0
        try:
            self._open()
        except _DAMAGED:
            self._begin_anew()

    def _open(self) -> None:
        disk.step("open", self._path)
        self._database = sqlite3.connect(self._path, isolation_level=None, timeout=0)
        try:
            if self._one("PRAGMA user_version") not in (0, _FORM):
                raise sqlite3.DatabaseError("made by another version")
            # Nobody else opens it: no shared memory beside it, which network folders do not have.
            for pragma in ("locking_mode = EXCLUSIVE", "auto_vacuum = FULL", "journal_mode = WAL",
                           "synchronous = NORMAL", f"user_version = {_FORM}"):  # fmt: skip
                self._database.execute(f"PRAGMA {pragma}").fetchall()
            self._database.execute(_TABLE)
            self._database.execute(_GET, ("",)).fetchall()
        except BaseException:
            self._database.close()
            raise

    def _begin_anew(self) -> None:
        for suffix in ("", "-wal", "-shm", "-journal"):
            disk.remove(self._path.with_name(self._path.name + suffix))
        try:
            self._open()
        except _DAMAGED as error:
            raise OSError(None, str(error), str(self._path)) from error

    def forget(self) -> None:
        """Forget everything: what is kept turned out to be damaged."""
        self._database.close()
        self._put_since_commit = 0
        self._begin_anew()

    def holds(self, key: str) -> bool:
        """Whether a reading is kept under `key`, whole; a damaged one is forgotten."""
        try:
            row = self._database.execute(_GET, (key,)).fetchone()
            if row is None:
                return False
            if row[0] == _seal(key, row[1:]):
                return True
            self._database.execute("DELETE FROM readings WHERE key = ?", (key,))
        except _DAMAGED as error:
            raise DamageError from error
        return False

    def fetch(self, key: str, part: str) -> bytes:
        """One part of what is kept under `key`.

        Raises:
            DamageError: it is not there, or cannot be read.
        """
        if part not in PARTS:
            raise KeyError(part)
        try:
            row = self._database.execute(f"SELECT {part} FROM readings WHERE key = ?", (key,)).fetchone()
        except _DAMAGED as error:
            raise DamageError from error
        if row is None:
            raise DamageError
        return bytes(row[0])

    def put(self, key: str, parts: Parts) -> None:
        """Keep a reading.

        Raises:
            OSError: the disk is full or refuses.
        """
        values = [parts[part] for part in PARTS]
        try:
            if not self._put_since_commit:
                self._database.execute("BEGIN")
            self._database.execute(_PUT, (key, _seal(key, values), *values))
        except _DAMAGED as error:
            raise OSError(None, str(error), str(self._path)) from error
        self._put_since_commit += 1
        if self._put_since_commit >= _COMMIT_EVERY:
            self.commit()

    def commit(self) -> None:
        """Have all that was put survive a kill from now on."""
        if not self._put_since_commit:
            return
        disk.step("commit", self._path)
        self._put_since_commit = 0
        try:
            self._database.execute("COMMIT")
        except _DAMAGED as error:
            raise OSError(None, str(error), str(self._path)) from error

    def keep_only(self, keys: Collection[str]) -> None:
        """Forget what no article of the corpus needs any more."""
        kept = set(keys)
        try:
            gone = [(key,) for key in self.keys() if key not in kept]
            if gone:
                disk.step("commit", self._path)
                self._database.execute("BEGIN")
                self._database.executemany("DELETE FROM readings WHERE key = ?", gone)
                self._database.execute("COMMIT")
        except _DAMAGED as error:
            raise OSError(None, str(error), str(self._path)) from error

    def keys(self) -> Iterator[str]:
        """What readings are kept under."""
        yield from [key for (key,) in self._database.execute("SELECT key FROM readings")]

    def _one(self, query: str) -> object:
        return self._database.execute(query).fetchone()[0]

    def close(self) -> None:
        """Close it; what was not committed is lost, as in a crash."""
        self._database.close()


def _seal(key: str, parts: Collection[bytes]) -> bytes:
    whole = hashlib.sha256(key.encode())
    for part in parts:
        if not isinstance(part, bytes):
            return b""
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.digest()
