"""The one door through which files are written: every step can be watched, and made to fail, by a test."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, cast

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


class Written(io.FileIO):
    """A file being written, which knows its own digest."""

    def __init__(self, path: Path) -> None:
        step("open", path)
        super().__init__(path, "w")
        self.path = path
        self.digest = hashlib.sha256()

    def write(self, data: bytes | bytearray | memoryview, /) -> int:  # type: ignore[override]  # any buffer will do
        step("write", self.path)
        count = super().write(data)
        self.digest.update(bytes(data)[:count])
        return count

    def sync(self) -> None:
        """Wait until what was written has reached the disk."""
        step("sync", self.path)
        os.fsync(self.fileno())


class TextFile(io.TextIOWrapper):
    """A UTF-8 file with "\\n" line ends; `done` puts it on the disk and gives back its SHA-256."""

    def __init__(self, path: Path) -> None:
        self._written = Written(path)
        buffered = io.BufferedWriter(cast("io.RawIOBase", self._written), _BUFFER_BYTES)
        super().__init__(buffered, encoding="utf-8", newline="\n")

    def done(self) -> str:
        """Flush, sync and close; the SHA-256 of the whole file."""
        self.flush()
        self._written.sync()
        self.close()
        return self._written.digest.hexdigest()

    def abandon(self) -> None:
        """Close without a care for what was not written yet."""
        self._written.close()


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
