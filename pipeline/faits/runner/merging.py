"""The facts of all kept articles as lines of the table: those of parts that did not change are taken from the last one.

Of which part of the claims each line of a table was made stands in .faits/lines.jsonl.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from faits.model import Claim
from faits.runner.keeping import claim_of
from faits.runner.lines import Before, Line, Lines, before
from faits.runner.parting import Parting
from faits.runner.parts import PartClaims, Told, merged_by, merged_here
from faits.runner.record import LINES, Made
from faits.runner.survey import Survey
from faits.runner.switching import Switch
from faits.stages import disk
from faits.stages.merging.atoms import renamed
from faits.stages.merging.corroborating import Choice, settled


def write_facts(
    found: Survey, made_of: Made, outputs: Path, switch: Switch, *, name: str, jobs: int = 1
) -> Iterator[bytes]:
    """Write the facts of all articles as `name`, and what is known of its lines; gives them back once written.

    Some lines come at a time, each with its end. With several `jobs` worker processes merge where there is much.

    Raises:
        OSError: the disk is full or refuses.
    """
    by = [made_of.reading, made_of.tabulating]
    scratch = disk.Scratch(outputs / LINES.rpartition("/")[0])
    try:
        with before(outputs, by) as last:
            fresh = _Merging(found, scratch, jobs).fresh(last)
            lines = Lines(last, scratch, fresh.ids(), {"by": by, "table": name})
            yield from lines.written(merge(last.lines(), fresh.lines()), switch, name)
    finally:
        scratch.close()


class _Fresh:
    """The lines of parts that were merged anew, on the disk until all are there."""

    def __init__(self, found: Survey) -> None:
        self._spill = found.spill
        self._spill.make("CREATE TABLE fresh (name, predicate, id, part, place, size, former)")

    def lines(self) -> Iterator[Line]:
        """The lines, in the order of the table."""
        query = "SELECT name, predicate, id, part, place, size, former FROM fresh ORDER BY name, predicate, id"
        for name, predicate, id_, part, place, size, former in self._spill.rows(query):
            ids = tuple(json.loads(former)) if former else ()
            yield Line(name, predicate, id_, part, size, ids, ids, place, fresh=True)

    def ids(self) -> Iterator[str]:
        """The ids of the facts."""
        for (id_,) in self._spill.rows("SELECT id FROM fresh"):
            yield id_


class _Merging:
    """Merges the parts of the claims of a survey that no earlier run has merged."""

    def __init__(self, found: Survey, scratch: disk.Scratch, jobs: int) -> None:
        self._found, self._spill, self._scratch, self._jobs = found, found.spill, scratch, jobs
        self._rivals: Mapping[tuple[int, int], Choice] = {}

    def fresh(self, last: Before) -> _Fresh:
        """The lines of the facts of all parts that `last` does not have; it keeps those it has."""
        parting = Parting(self._found)
        self._rivals = parting.rivals
        self._spill.make("CREATE TABLE parts (number INTEGER PRIMARY KEY, digest TEXT)")
        self._spill.make("CREATE TABLE wanted (part INTEGER, article INTEGER, place INTEGER)")
        with self._spill.into("parts") as parts, self._spill.into("wanted") as wanted:
            for number, part in enumerate(parting.parts()):
                if not last.keep(part.digest.hex()):
                    parts.add(number, part.digest.hex())
                    for article, place in part.places:
                        wanted.add(number, article, place)
        self._put_aside()
        fresh = _Fresh(self._found)
        with self._spill.into("fresh") as lines:
            for line in self._lines():
                former = json.dumps(line.former) if line.former else None
                lines.add(line.name, line.predicate, line.id, line.part, line.place, line.size, former)
        return fresh

    def _put_aside(self) -> None:
        """Have the claims of parts that are to be merged lie where each is found by itself."""
        self._spill.make(
            "CREATE TABLE aside (part INTEGER, article INTEGER, place INTEGER, start INTEGER, size INTEGER)"
        )
        rows = self._spill.rows("SELECT article, place, part FROM wanted ORDER BY article, place")
        with self._spill.into("aside") as aside:
            for article, wanted in groupby(rows, key=itemgetter(0)):
                claims = self._found.articles[article].kept.claim_lines
                for _, place, part in wanted:
                    data = claims[place].encode()
                    aside.add(part, article, place, self._scratch.put(data), len(data))
        self._spill.make("DROP TABLE wanted")

    def _lines(self) -> Iterator[Line]:
        told = merged_by(self._jobs, self._parts()) if self._jobs > 1 and self._are_many() else self._merged()
        for one in told:
            place = self._scratch.put(one.line)
            yield Line(one.name, one.predicate, one.id, one.part, len(one.line), one.replaces, one.replaces, place)

    def _are_many(self) -> bool:
        """Whether there are more claims to merge than processes are worth starting for."""
        ((claims,),) = self._spill.rows("SELECT count(*) FROM aside")
        return bool(claims > _MANY)

    def _merged(self) -> Iterator[Told]:
        for part in self._parts():
            yield from merged_here(part)

    def _parts(self) -> Iterator[PartClaims]:
        query = (
            "SELECT part, digest, article, place, start, size FROM aside JOIN parts ON aside.part = parts.number"
            " ORDER BY part, article, place"
        )
        for (_, digest), rows in groupby(self._spill.rows(query), key=itemgetter(0, 1)):
            former: dict[tuple[str, str], list[str]] = {}
            claims = list(self._claims(rows, former))
            originals = self._found.originals
            copies = {one.article: originals[one.article] for one in claims if one.article in originals}
            yield PartClaims(digest, claims, copies, former)

    def _claims(self, rows: Iterable[Any], former: dict[tuple[str, str], list[str]]) -> Iterator[Claim]:
        """The claims of a part as all articles together make them; notes what their articles called their parties."""
        known = -1
        for _, _, article, place, start, size in rows:
            if article != known:
                known, id_ = article, self._found.articles[article].id
                former.update(((id_, now), ids) for now, ids in self._found.former(article).items())
            claim = claim_of(self._scratch.get(start, size).decode())
            yield settled(renamed(claim, self._found.called(article)), self._rivals.get((article, place)))


# Up to so many claims are merged before a second process is ready to help.
_MANY = 4000
