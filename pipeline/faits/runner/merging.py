"""The facts of all kept articles as lines of the table: those of parts that did not change are taken from the last one.

Of which part of the claims each line of a table was made stands in .faits/lines.jsonl.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from faits.model import Claim
from faits.runner.keeping import claim_of
from faits.runner.record import LINES, Made
from faits.runner.survey import Parting, Place, Survey, former_of, parting
from faits.runner.switching import Switch
from faits.stages import disk
from faits.stages.merge import facts_of, order
from faits.stages.merging.atoms import renamed
from faits.stages.merging.corroborating import Choice, settled
from faits.stages.state import state
from faits.stages.write import line_of, rewritten

# Articles whose claims are at hand: a part is mostly of one article, or of some that follow each other.
_AT_HAND = 512


@dataclass(slots=True)
class Line:
    """A fact by what sorts it, where its line is, and the former ids it has unless another fact bears them."""

    name: str
    predicate: str
    id: str
    part: str
    size: int
    former: tuple[str, ...]
    written: tuple[str, ...]  # those the line has
    place: int = 0
    fresh: bool = False  # in the scratch file; else in the table of the last run

    @property
    def order(self) -> tuple[str, str, str]:
        """Sorts lines as `merge` sorts facts."""
        return self.name, self.predicate, self.id


@dataclass
class Before:
    """The facts of the last run, part by part."""

    parts: Mapping[str, Sequence[Line]] = field(default_factory=dict)
    table: BinaryIO | None = None

    def get(self, place: int, size: int) -> bytes:
        """A piece of its table."""
        assert self.table is not None
        return os.pread(self.table.fileno(), size, place)

    def __enter__(self) -> Before:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if self.table is not None:
            self.table.close()


def before(outputs: Path, made_of: Made) -> Before:
    """What the last run left, where it can be trusted and was made by the same code; else nothing."""
    try:
        head, parts = _lines_in(outputs / LINES)
        if head["by"] != _by(made_of):
            return Before()
        table = (outputs / str(head["table"])).open("rb")
    except (OSError, ValueError, KeyError, TypeError):
        return Before()
    if hashlib.file_digest(table, "sha256").hexdigest() != head["sha256"]:
        table.close()
        return Before()
    return Before(parts, table)


def _lines_in(path: Path) -> tuple[dict[str, object], dict[str, list[Line]]]:
    parts: dict[str, list[Line]] = {}
    place = 0
    with path.open("rb") as file:
        head = json.loads(file.readline())
        whole = hashlib.sha256()
        for text in file:
            whole.update(text)
            name, predicate, id_, part, size, former, written = json.loads(text)
            same = tuple(former)
            line = Line(name, predicate, id_, part, size, same, same if former == written else tuple(written), place)
            parts.setdefault(part, []).append(line)
            place += size
    if whole.hexdigest() != head["lines"]:
        raise ValueError("not what was written")
    return head, parts


def _by(made_of: Made) -> list[str]:
    return [made_of.reading, made_of.tabulating]


def write_facts(found: Survey, made_of: Made, outputs: Path, switch: Switch, *, name: str) -> Iterator[bytes]:
    """Write the facts of all articles as `name`, and what is known of its lines; gives each line back once written.

    Raises:
        OSError: the disk is full or refuses.
    """
    scratch = disk.Scratch(outputs / LINES.rpartition("/")[0])
    try:
        with before(outputs, made_of) as last:
            lines = sorted(_merged(found, parting(found), last, scratch), key=lambda line: line.order)
            taken = {line.id for line in lines}
            file = switch.open(name)
            for line in lines:
                data = scratch.get(line.place, line.size) if line.fresh else last.get(line.place, line.size)
                replaces = tuple(id_ for id_ in line.former if id_ not in taken) if line.former else ()
                if replaces != line.written:
                    data = (rewritten(data.decode(), replaces=replaces) + "\n").encode()
                    line.written, line.size = replaces, len(data)
                file.put(data)
                yield data
            digest = switch.close(name)
    finally:
        scratch.close()
    _write_lines(lines, switch, {"by": _by(made_of), "table": name, "sha256": digest})


def _merged(found: Survey, parted: Parting, last: Before, scratch: disk.Scratch) -> Iterator[Line]:
    merge = _Merging(found, parted.rivals)
    for part, digest in zip(parted.parts, parted.digests, strict=True):
        known = last.parts.get(digest)
        if known is None:
            yield from merge.lines(part, digest, scratch)
        else:
            yield from known


class _Merging:
    """Merges parts of the claims of a survey."""

    def __init__(self, found: Survey, rivals: Mapping[Place, Choice]) -> None:
        self._found, self._rivals, self._originals = found, rivals, found.originals
        self._claims = lru_cache(_AT_HAND)(lambda article: found.articles[article].kept.claim_lines)
        self._former = lru_cache(_AT_HAND)(lambda article: former_of(found, article))

    def lines(self, part: Sequence[Place], digest: str, scratch: disk.Scratch) -> Iterator[Line]:
        """The lines of the facts of one part, put aside."""
        former = {
            (self._found.articles[article].id, now): ids
            for article in {place[0] for place in part}
            for now, ids in self._former(article).items()
        }
        claims = (self._claim(place) for place in part)
        for fact in sorted(facts_of(claims, copies=self._originals, former=former, state=state), key=order):
            data = (line_of(fact) + "\n").encode()
            line = Line(fact.subject.name, fact.predicate, fact.id, digest, len(data), fact.replaces, fact.replaces)
            line.place, line.fresh = scratch.put(data), True
            yield line

    def _claim(self, place: Place) -> Claim:
        claim = claim_of(self._claims(place[0])[place[1]])
        return settled(renamed(claim, self._found.names), self._rivals.get(place))


def _write_lines(lines: Sequence[Line], switch: Switch, head: dict[str, object]) -> None:
    """Write what is known of the lines of a table."""
    texts = [_text_of(line) for line in lines]
    whole = hashlib.sha256()
    for text in texts:
        whole.update(text)
    file = switch.open(LINES)
    file.put(json.dumps({**head, "lines": whole.hexdigest()}).encode() + b"\n")
    for text in texts:
        file.put(text)
    switch.close(LINES)


def _text_of(line: Line) -> bytes:
    said = [line.name, line.predicate, line.id, line.part, line.size, line.former, line.written]
    return json.dumps(said).encode() + b"\n"
