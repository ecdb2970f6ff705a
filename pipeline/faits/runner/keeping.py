"""What is kept of an article: its parts, packed small, and unpacked one by one when the tables are made.

Rows are kept as the lines of their tables, so that a table is mostly copied together. Only entities are left out of
them: what an article calls one is its own affair, what the table calls it that of the corpus.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import from_json

from faits.flow import ReadArticle
from faits.model import ArticleRow, Claim, EntityValue, Mention, Problem, Removed, Row
from faits.stages.identify import spoken_of
from faits.stages.merging.outline import outlines, plain
from faits.stages.withhold import Lines, lines_of, site_of
from faits.stages.write import line_of
from faits.text.shingles import Sample

# The parts of a reading, in the order they are sealed: `head` is what is asked of every article in every run, `lines`
# what its site may repeat, and `faults` what of the input itself could not be read.
PARTS = ("head", "row", "sample", "lines", "mentions", "outlines", "claims", "problems", "faults", "source")
Parts = Mapping[str, bytes]

_PROBLEMS = TypeAdapter(tuple[Problem, ...])
# The fastest level: articles shrink five times, and packing costs less than a thousandth of reading.
_LEVEL = 1
# Stands around the number of an entity in a line; JSON never holds it as it is.
_HOLE = "\0"
_PLACE = re.compile(r'"start":(\d+),"end":(\d+)')


def packed(reading: ReadArticle | None, faults: Sequence[Problem]) -> dict[str, bytes]:
    """The parts of one article as read (None when it could not be), and what of its input could not be read."""
    found = _parts(reading) if reading is not None else {}
    found["faults"] = _dumped(faults)
    return {part: zlib.compress(text.encode(), _LEVEL) if (text := found.get(part)) else b"" for part in PARTS}


def _parts(reading: ReadArticle) -> dict[str, str]:
    row = reading.row
    site = site_of(row.url, row.publisher)
    entities = _numbered(spoken_of(reading.mentions, reading.claims))
    latest = {value.id: number for value, number in entities.items()}
    return {
        "head": Head(
            id=row.id, site=site, entities=tuple(entities), last=tuple(sorted(latest.values()))
        ).model_dump_json(),
        "row": line_of(row),
        "sample": json.dumps(asdict(reading.sample)),
        "lines": json.dumps(lines_of(reading.source, row.title, row.removed)) if site else "",
        "mentions": "\n".join(_mention_line(mention, entities) for mention in reading.mentions),
        "outlines": json.dumps([plain(one) for one in outlines(reading.claims)]) if reading.claims else "",
        "claims": "\n".join(claim.model_dump_json(by_alias=True) for claim in reading.claims),
        "problems": _dumped(reading.problems),
        "source": reading.source,
    }


def _dumped(problems: Sequence[Problem]) -> str:
    return _PROBLEMS.dump_json(tuple(problems)).decode() if problems else ""


def _numbered(values: Iterable[EntityValue]) -> dict[EntityValue, int]:
    """Each value once, in the order an article last has it: of two with one id, the later one speaks for it."""
    last: dict[EntityValue, int] = {}
    for place, value in enumerate(values):
        last[value] = place
    return {value: number for number, value in enumerate(sorted(last, key=lambda one: last[one]))}


def _mention_line(mention: Mention, entities: Mapping[EntityValue, int]) -> str:
    if not isinstance(mention.value, EntityValue):
        return line_of(mention)
    bare = line_of(mention.model_copy(update={"value": None}))
    head, empty, tail = bare.rpartition('"value":null')
    return f'{head}"value":{_HOLE}{entities[mention.value]}{_HOLE}{tail}' if empty else bare


def faults_in(packed_faults: bytes) -> tuple[Problem, ...]:
    """What of an input could not be read."""
    return _PROBLEMS.validate_json(zlib.decompress(packed_faults)) if packed_faults else ()


class Head(Row):
    """What is asked of every article in every run."""

    id: str
    site: str
    entities: tuple[EntityValue, ...]  # the different values its mentions have, and the parties of its claims
    last: tuple[int, ...]  # those that speak for their ids


@dataclass(frozen=True)
class KeptArticle:
    """A reading whose parts are fetched when asked for, and not held."""

    fetch: Callable[[str], bytes]

    @property
    def head(self) -> Head:
        """Its id, its site, its entities."""
        return Head.model_validate_json(self._part("head"))

    @property
    def entities(self) -> list[dict[str, Any]]:
        """Its entities by number, as JSON holds them."""
        found: list[dict[str, Any]] = self._json("head", {})["entities"]
        return found

    @property
    def row(self) -> ArticleRow:
        """Its row of articles.jsonl, copies not yet known."""
        return ArticleRow.model_validate_json(self.row_line)

    @property
    def row_line(self) -> str:
        """That row as a line of the table."""
        return self._part("row")

    @property
    def sample(self) -> Sample:
        """What its copies are found by."""
        said = self._json("sample", {})
        return Sample(said["words"], tuple(said["shingles"]), said["whole"])

    @property
    def lines(self) -> Lines:
        """The lines that others of its site may have too; none where its site is not known."""
        said = self._json("lines", {})
        return {key: [(start, end) for start, end in spans] for key, spans in said.items()}

    @property
    def source(self) -> str:
        """Its source text."""
        return self._part("source")

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Its mentions, by place."""
        own = [line_of(value) for value in self.head.entities]
        return tuple(Mention.model_validate_json(line) for line in self.mention_lines(own.__getitem__))

    def mention_lines(self, entity: Callable[[int], str], without: Sequence[Removed] = ()) -> list[str]:
        """Its lines of mentions.jsonl; `entity` is what stands for its entity of a number, `without` spans left out."""
        text = self._part("mentions")
        if not text:
            return []
        if without:
            text = "\n".join(line for line in text.split("\n") if kept(_span(line), without))
        pieces = text.split(_HOLE)
        pieces[1::2] = [entity(int(number)) for number in pieces[1::2]]
        filled = "".join(pieces)
        return filled.split("\n") if filled else []

    @property
    def named(self) -> list[tuple[tuple[int, int], int]]:
        """The span of each mention of an entity, and the number of the entity."""
        found = []
        for line in self._part("mentions").split("\n"):
            if len(pieces := line.split(_HOLE)) == 3:
                found.append((_span(line), int(pieces[1])))
        return found

    @property
    def outlines(self) -> list[list[Any]]:
        """The outlines of its claims, as JSON holds them."""
        said: list[list[Any]] = self._json("outlines", [])
        return said

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Its claims, by place."""
        return tuple(claim_of(line) for line in self.claim_lines)

    @property
    def claim_lines(self) -> list[str]:
        """Its claims as JSON."""
        text = self._part("claims")
        return text.split("\n") if text else []

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What in it could not be read."""
        return faults_in(self.fetch("problems"))

    def _json(self, name: str, empty: Any) -> Any:
        found = self.fetch(name)
        return from_json(zlib.decompress(found)) if found else empty

    def _part(self, name: str) -> str:
        found = self.fetch(name)
        return zlib.decompress(found).decode() if found else ""


def claim_of(line: str) -> Claim:
    """The claim kept as a line."""
    return Claim.model_validate_json(line)


def kept(span: tuple[int, int], without: Iterable[Removed]) -> bool:
    """Whether a span touches none of those left out."""
    return all(span[1] <= line.start or line.end <= span[0] for line in without)


def _span(line: str) -> tuple[int, int]:
    found = _PLACE.search(line)  # before the text of the mention, which could look like it
    assert found is not None
    return int(found[1]), int(found[2])
