"""Replaces several files together: all are written aside first, then take their places one after the other.

Between the first and the last rename a journal lies beside them; a run that finds one finishes what it tells. So each
file is always whole, and after a crash the set is the old one, or becomes the new one with the next run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from pydantic import BaseModel, ConfigDict, ValidationError

from faits.stages import disk
from faits.stages.write import replacing

_ASIDE = ".faits-tmp"


class Journal(BaseModel):
    """What is left to do, in paths relative to the folder."""

    model_config = ConfigDict(extra="forbid")

    moves: list[tuple[str, str]]
    removals: list[str]


class Switch:
    """New contents for some files of a folder, none of them in place before `commit`."""

    def __init__(self, folder: Path, journal: Path) -> None:
        self._folder, self._journal = folder, journal
        self._aside: dict[str, tuple[Path, disk.TextFile]] = {}
        self._removed: list[str] = []
        self.digests: dict[str, str] = {}

    def open(self, name: str) -> disk.TextFile:
        """A file to write what `name` (with '/') is to hold."""
        target = self._folder / name
        disk.make_folder(target.parent)
        aside = target.parent / f".{len(self._aside)}{_ASIDE}"
        file = disk.TextFile(aside)
        self._aside[name] = (aside, file)
        return file

    def close(self, name: str) -> str:
        """End what `open` began; the SHA-256 of the file."""
        self.digests[name] = self._aside[name][1].done()
        return self.digests[name]

    def remove(self, name: str) -> None:
        """Have a file removed when the others take their places."""
        self._removed.append(name)

    def commit(self) -> None:
        """Put all files in their places."""
        names = {name: aside.relative_to(self._folder).as_posix() for name, (aside, _) in self._aside.items()}
        for folder in sorted({aside.parent for aside, _ in self._aside.values()}):
            disk.sync_folder(folder)
        journal = Journal(moves=[(aside, name) for name, aside in names.items()], removals=self._removed)
        with replacing(self._journal) as file:
            file.write(journal.model_dump_json())
        self._aside = {}
        _carry_out(journal, self._folder, self._journal)

    def abandon(self) -> None:
        """Remove what was written aside; nothing after `commit`."""
        for aside, file in self._aside.values():
            file.close()
            disk.remove(aside)
        self._aside = {}


def recover(folder: Path, journal: Path) -> bool:
    """Finish or undo what a run that was killed has left in `folder`; whether tables were put in their places.

    Raises:
        OSError: the folder cannot be written.
    """
    told = _read(journal)
    if told is not None:
        _carry_out(told, folder, journal)
    elif journal.exists():
        disk.remove(journal)
    for litter in sorted(_litter(folder)):
        disk.remove(litter)
    return told is not None


def _read(journal: Path) -> Journal | None:
    try:
        told = Journal.model_validate(json.loads(journal.read_text(encoding="utf-8")))
    except (FileNotFoundError, UnicodeDecodeError, json.JSONDecodeError, ValidationError, RecursionError):
        return None
    names = [name for move in told.moves for name in move] + told.removals
    return told if all(_inside(name) for name in names) else None


def _inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _carry_out(journal: Journal, folder: Path, path: Path) -> None:
    for aside, name in journal.moves:
        if (folder / aside).exists():  # else a run before us has moved it already
            disk.rename(folder / aside, folder / name)
    for name in journal.removals:
        disk.remove(folder / name)
    touched = [name for _, name in journal.moves] + journal.removals
    for parent in sorted({(folder / name).parent for name in touched}):
        disk.sync_folder(parent)
    disk.remove(path)
    disk.sync_folder(path.parent)


def _litter(folder: Path) -> Iterator[Path]:
    yield from (path for path in folder.glob(f".*{_ASIDE}") if path.is_file())
    for below in (folder / "texts", folder / ".faits"):
        yield from (path for path in below.rglob(f".*{_ASIDE}") if path.is_file())
