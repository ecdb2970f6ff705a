"""What is kept of an article: its parts as JSON, packed small, and unpacked one by one when `tabulate` asks."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

from pydantic import TypeAdapter

from faits.flow import ReadArticle
from faits.model import ArticleRow, Claim, Mention, Problem
from faits.text.shingles import Sample

# The parts of a reading, in the order they are sealed; `faults` is what of the input itself could not be read.
PARTS = ("row", "sample", "mentions", "claims", "problems", "faults", "source")
Parts = Mapping[str, bytes]

_MENTIONS = TypeAdapter(tuple[Mention, ...])
_CLAIMS = TypeAdapter(tuple[Claim, ...])
_PROBLEMS = TypeAdapter(tuple[Problem, ...])
# The fastest level: articles shrink five times, and packing costs less than a thousandth of reading.
_LEVEL = 1


def packed(reading: ReadArticle | None, faults: Sequence[Problem]) -> dict[str, bytes]:
    """The parts of one article as read (None when it could not be), and what of its input could not be read."""
    found = {"faults": _PROBLEMS.dump_json(tuple(faults))}
    if reading is not None:
        found |= {
            "row": reading.row.model_dump_json().encode(),
            "sample": json.dumps(asdict(reading.sample)).encode(),
            "mentions": _MENTIONS.dump_json(reading.mentions, by_alias=True),
            "claims": _CLAIMS.dump_json(reading.claims, by_alias=True),
            "problems": _PROBLEMS.dump_json(reading.problems),
            "source": reading.source.encode(),
        }
    return {part: zlib.compress(found[part], _LEVEL) if part in found else b"" for part in PARTS}


def faults_in(packed_faults: bytes) -> tuple[Problem, ...]:
    """What of an input could not be read."""
    return _PROBLEMS.validate_json(zlib.decompress(packed_faults))


@dataclass(frozen=True)
class KeptArticle:
    """A reading whose parts are fetched when asked for, and not held."""

    fetch: Callable[[str], bytes]

    @property
    def row(self) -> ArticleRow:
        """Its row of articles.jsonl, copies not yet known."""
        return ArticleRow.model_validate_json(self._part("row"))

    @property
    def sample(self) -> Sample:
        """What its copies are found by."""
        said = json.loads(self._part("sample"))
        return Sample(said["words"], tuple(said["shingles"]), said["whole"])

    @property
    def source(self) -> str:
        """Its source text."""
        return self._part("source").decode()

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Its mentions, by place."""
        return _MENTIONS.validate_json(self._part("mentions"))

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Its claims, by place."""
        return _CLAIMS.validate_json(self._part("claims"))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What in it could not be read."""
        return _PROBLEMS.validate_json(self._part("problems"))

    def _part(self, name: str) -> bytes:
        return zlib.decompress(self.fetch(name))
