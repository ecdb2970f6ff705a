"""The lines of facts.jsonl and what is known of each: which part of the claims it was made of, and what sorts it.

What is known lies in .faits/lines.jsonl, a line for each line of the table and in the same order. So a run that adds
an article copies the table in long pieces, and touches only the lines that are new, gone, or told otherwise.
"""

from __future__ import annotations

import hashlib
import json
import os
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from pydantic_core import from_json

from faits.runner.record import LINES
from faits.runner.switching import Switch
from faits.stages import disk
from faits.stages.write import rewritten

# Of the table so much is copied at once.
_PIECE_BYTES = 1 << 18
_FOOT_BYTES = 1 << 12


@dataclass(slots=True)
class Line:
    """A fact by what sorts it, where its line is, and the former ids it has unless another fact bears them."""

    name: str
    predicate: str
    id: str
    part: str
    size: int
    former: Sequence[str]
    written: Sequence[str]  # those the line has
    place: int = 0
    fresh: bool = False  # in the scratch file; else in the table of the last run
    text: bytes = b""  # what is known of it, where nothing changed

    def __lt__(self, other: Line) -> bool:
        return (self.name, self.predicate, self.id) < (other.name, other.predicate, other.id)


class Before:
    """The facts of the last run, part by part."""

    def __init__(self, path: Path | None = None, table: BinaryIO | None = None) -> None:
        """Know nothing, or what a file tells.

        Raises:
            OSError, ValueError, KeyError, TypeError: it is not what was written.
        """
        self._path, self.table = path, table
        self._ids = array("Q")
        self._part_of = array("L")
        self._parts: dict[str, int] = {}  # in the order of their first lines
        self._kept = bytearray()
        if path is not None:
            for part, id_ in _beginnings(path):
                self._ids.append(_number_of(id_))
                self._part_of.append(self._parts.setdefault(part, len(self._parts)))
            self._kept = bytearray(len(self._parts))

    def keep(self, part: str) -> bool:
        """Whether there is a part of this digest; from now on its lines are kept."""
        number = self._parts.get(part)
        if number is None:
            return False
        self._kept[number] = True
        return True

    def lines(self) -> Iterator[Line]:
        """The lines of parts that are kept, in the order of the table."""
        if self._path is not None:
            for line, part in zip(_lines_in(self._path), self._part_of, strict=True):
                if self._kept[part]:
                    yield line

    def ids(self) -> Iterator[int]:
        """The ids of the facts that are kept, as numbers."""
        return (id_ for id_, part in zip(self._ids, self._part_of, strict=True) if self._kept[part])

    def get(self, place: int, size: int) -> bytes:
        """A piece of its table."""
        assert self.table is not None
        return os.pread(self.table.fileno(), size, place)

    def __enter__(self) -> Before:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if self.table is not None:
            self.table.close()


def before(outputs: Path, by: Sequence[str]) -> Before:
    """What the last run left, where it can be trusted and was made by the same code; else nothing."""
    path = outputs / LINES
    table = None
    try:
        foot = _foot(path)
        if foot["by"] != list(by) or _digest_of(path, int(str(foot["at"]))) != foot["lines"]:
            return Before()
        table = (outputs / str(foot["table"])).open("rb")
        if hashlib.file_digest(table, "sha256").hexdigest() == foot["sha256"]:
            return Before(path, table)
    except (OSError, ValueError, KeyError, TypeError):
        pass
    if table is not None:
        table.close()
    return Before()


def _foot(path: Path) -> Mapping[str, object]:
    """The last line: what the others are told to be."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _FOOT_BYTES))
        foot: object = json.loads(file.read().rstrip(b"\n").rpartition(b"\n")[2])
    if not isinstance(foot, dict):
        raise TypeError("no last line")
    return foot


def _digest_of(path: Path, size: int) -> str:
    whole = hashlib.sha256()
    with path.open("rb") as file:
        while size and (piece := file.read(min(size, _PIECE_BYTES))):
            whole.update(piece)
            size -= len(piece)
    return whole.hexdigest()


def _lines_in(path: Path) -> Iterator[Line]:
    place = 0
    with path.open("rb") as file:
        for text in file:
            said = from_json(text)
            if isinstance(said, dict):
                return
            part, id_, size, former, written, name, predicate = said
            yield Line(name, predicate, id_, part, size, former, written, place, text=text)
            place += size


def _beginnings(path: Path) -> Iterator[tuple[str, str]]:
    """Of each line the part and the id, which are always as long."""
    with path.open("rb") as file:
        for text in file:
            if not text.startswith(b'["'):
                return
            yield text[2:34].decode(), text[38:56].decode()


def _number_of(id_: str) -> int:
    return int(id_[2:], 16)


class Lines:
    """Writes a table of facts out of the lines of the last one and fresh ones, and what is known of them."""

    def __init__(self, last: Before, scratch: disk.Scratch, ids: Iterable[str], foot: Mapping[str, object]) -> None:
        """Begin with the ids of all fresh lines, and what the last line of lines.jsonl is to say."""
        self._last, self._scratch, self._foot = last, scratch, dict(foot)
        self._taken = array("Q", sorted([*last.ids(), *map(_number_of, ids)]))

    def _is_taken(self, id_: str) -> bool:
        number = _number_of(id_)
        at = bisect_left(self._taken, number)
        return at < len(self._taken) and self._taken[at] == number

    def written(self, lines: Iterable[Line], switch: Switch, name: str) -> Iterator[bytes]:
        """Write lines that are in their order; gives them back, some at a time."""
        table, known = switch.open(name), switch.open(LINES)
        whole, size = hashlib.sha256(), 0
        start = end = 0  # what of the last table is to be copied
        for line in lines:
            replaces = [id_ for id_ in line.former if not self._is_taken(id_)] if line.former else []
            same = replaces == list(line.written)
            if line.fresh or not same or line.place != end or end - start >= _PIECE_BYTES:
                if end > start:
                    yield _put(table, self._last.get(start, end - start))
                start = end = line.place
            if line.fresh or not same:
                data = (self._scratch if line.fresh else self._last).get(line.place, line.size)
                if not same:
                    data = (rewritten(data.decode(), replaces=replaces) + "\n").encode()
                yield _put(table, data)
                text = _text_of(line, len(data), replaces)
                start = end = -1
            else:
                end, text = line.place + line.size, line.text
            known.put(text)
            whole.update(text)
            size += len(text)
        if end > start:
            yield _put(table, self._last.get(start, end - start))
        foot = {**self._foot, "sha256": switch.close(name), "at": size, "lines": whole.hexdigest()}
        known.put(json.dumps(foot).encode() + b"\n")
        switch.close(LINES)


def _put(file: disk.TextFile, data: bytes) -> bytes:
    file.put(data)
    return data


def _text_of(line: Line, size: int, replaces: Sequence[str]) -> bytes:
    said = [line.part, line.id, size, line.former, replaces, line.name, line.predicate]
    return json.dumps(said).encode() + b"\n"
