"""The one door through which files are written: every step can be watched, and made to fail, by a test."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

Step = Literal["folder", "open", "write", "sync", "rename", "remove", "sync_folder", "commit"]
# Told before each step what is about to happen to which path ("rename" has the new name too); may raise OSError.
Watch = Callable[[Step, Path, Path | None], None]

_BUFFER_BYTES = 1 << 16


def _unwatched(step: Step, path: Path, target: Path | None) -> None:
    del step, path, target


_watch: Watch = _unwatched


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """Tell `watch` of every step while the block runs."""
    global _watch
    before, _watch = _watch, watch
    try:
        yield
    finally:
        _watch = before


def step(what: Step, path: Path, target: Path | None = None) -> None:
    """Say that a step is about to be taken."""
    _watch(what, path, target)


class TextFile(io.TextIOBase):
    """A new UTF-8 file, "\\n" for a line end. What was not put on the disk by `done` may be lost."""

    def __init__(self, path: Path) -> None:
        step("open", path)
        self._raw = path.open("wb", buffering=0)
        self._path, self._pending, self._digest = path, bytearray(), hashlib.sha256()

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, text: str, /) -> int:
        """Take some text; it goes to the disk in larger pieces."""
        self.put(text.encode("utf-8"))
        return len(text)

    def put(self, data: bytes) -> None:
        """Take bytes as they are."""
        self._pending += data
        if len(self._pending) >= _BUFFER_BYTES:
            self.flush()

    def flush(self) -> None:
        """Hand to the system what was taken so far."""
        while self._pending:
            step("write", self._path)
            count = self._raw.write(self._pending) or 0
            self._digest.update(self._pending[:count])
            del self._pending[:count]

    def done(self) -> str:
        """Flush, sync and close; the SHA-256 of the whole file."""
        self.flush()
        step("sync", self._path)
        os.fsync(self._raw.fileno())
        self.close()
        return self._digest.hexdigest()

    def close(self) -> None:
        """Close without a care for what was not handed over yet."""
        self._pending.clear()
        self._raw.close()
        super().close()


class Scratch:
    """Bytes put aside while a process runs, on the disk and not in memory; nothing of it outlives the process."""

    def __init__(self, folder: Path) -> None:
        self._path, self._size = folder / ".scratch.faits-tmp", 0
        self._pending = bytearray()
        step("open", self._path)
        self._raw = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 – closed by `close`

    def put(self, data: bytes) -> int:
        """Take bytes; the place where `get` finds them."""
        place = self._size
        self._size += len(data)
        self._pending += data
        if len(self._pending) >= _BUFFER_BYTES:
            self._flush()
        return place

    def get(self, place: int, size: int) -> bytes:
        """What was put in a place."""
        self._flush()
        return os.pread(self._raw.fileno(), size, place)

    def _flush(self) -> None:
        while self._pending:
            step("write", self._path)
            del self._pending[: self._raw.write(self._pending) or 0]

    def close(self) -> None:
        """Forget everything."""
        self._raw.close()


def make_folder(path: Path) -> None:
    """Make a folder and those above it; nothing when it is there."""
    if path.is_dir():
        return
    step("folder", path)
    path.mkdir(parents=True, exist_ok=True)


def rename(path: Path, target: Path) -> None:
    """Put a file in the place of another, at once."""
    step("rename", path, target)
    path.replace(target)


def remove(path: Path) -> None:
    """Remove a file; nothing when it is gone."""
    step("remove", path)
    path.unlink(missing_ok=True)


def sync_folder(path: Path) -> None:
    """Wait until renames and removals in a folder have reached the disk."""
    step("sync_folder", path)
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:  # Windows opens no folder, and needs none of this
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
