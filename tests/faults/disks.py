"""Disks that fail: one that is full, one whose process is killed, one whose power is cut."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path

from faits.stages.disk import Step

# What no power cut is played on: SQLite is tested for it by its own authors, and the lock holds nothing.
_LEFT_ALONE = ("cache.sqlite", "cache.sqlite-wal", "cache.sqlite-shm", "lock")


class KilledError(BaseException):
    """The process is no more: nothing catches it, and nothing it would do on its way out reaches the disk."""


class Counting:
    """Counts the steps of a run."""

    def __init__(self) -> None:
        self.steps: list[Step] = []

    def __call__(self, step: Step, path: Path, target: Path | None) -> None:
        self.steps.append(step)


class Failing(Counting):
    """Refuses one step, or all from there on that would need room."""

    def __init__(self, at: int, code: int, *, stays: bool) -> None:
        super().__init__()
        self._at, self._code, self._stays = at, code, stays

    def __call__(self, step: Step, path: Path, target: Path | None) -> None:
        super().__call__(step, path, target)
        number = len(self.steps) - 1
        needs_room = step in ("open", "write", "sync", "commit", "folder")
        if number == self._at or (self._stays and number > self._at and needs_room):
            raise OSError(self._code, errno.errorcode[self._code], str(path))


class Killing(Counting):
    """Kills the process before one step."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self._at = at

    def __call__(self, step: Step, path: Path, target: Path | None) -> None:
        super().__call__(step, path, target)
        if len(self.steps) > self._at:
            raise KilledError


@dataclass
class _Inode:
    content: bytes


class PowerCut(Killing):
    """Kills, and then leaves on the disk only what had reached it: synced contents, and names of synced folders.

    `lucky` lets names reach the disk without having been synced, as they often do, but never contents.
    """

    def __init__(self, at: int, folder: Path, *, lucky: bool) -> None:
        super().__init__(at)
        self._folder, self._lucky = folder, lucky
        self._durable = {path: _Inode(path.read_bytes()) for path in _files(folder)}
        self._live = dict(self._durable)
        self._pending: list[tuple[Path, Path | None, _Inode | None]] = []  # name gone, name there, what it names

    def __call__(self, step: Step, path: Path, target: Path | None) -> None:
        super().__call__(step, path, target)
        if path.name in _LEFT_ALONE:
            return
        if step == "open":
            self._live[path] = _Inode(b"")
            self._pending.append((path, path, self._live[path]))
        elif step == "sync":
            self._live[path].content = path.read_bytes()
        elif step == "rename" and target is not None:
            self._live[target] = self._live.pop(path)
            self._pending.append((path, target, self._live[target]))
        elif step == "remove" and path in self._live:
            del self._live[path]
            self._pending.append((path, None, None))
        elif step == "sync_folder":
            here = [change for change in self._pending if change[0].parent == path]
            self._pending = [change for change in self._pending if change[0].parent != path]
            self._reach_disk(here)

    def cut(self) -> None:
        """Make the folder what a restart would find."""
        if self._lucky:
            self._reach_disk(self._pending)
        for path in _files(self._folder):
            path.unlink()
        for path, inode in self._durable.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(inode.content)

    def _reach_disk(self, changes: list[tuple[Path, Path | None, _Inode | None]]) -> None:
        for gone, there, inode in changes:
            self._durable.pop(gone, None)
            if there is not None and inode is not None:
                self._durable[there] = inode


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.name not in _LEFT_ALONE]
