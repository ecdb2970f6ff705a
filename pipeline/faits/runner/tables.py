"""Makes the four tables of what is kept; puts them, the texts of pages and run.json in their places, all together."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from faits.flow import Sources, withheld_row
from faits.model import Fact, Problem
from faits.runner.keeping import KeptArticle, kept
from faits.runner.merging import write_facts
from faits.runner.record import NAME, REVIEWED, UNCORRECTED, Record, texts_digest, texts_in
from faits.runner.survey import Survey, Surveyed, survey
from faits.runner.switching import Switch
from faits.stages.corrections import Correction, Outcome
from faits.stages.corrections import apply as corrected
from faits.stages.identify import Entity
from faits.stages.spill import Spill
from faits.stages.state import state
from faits.stages.write import compact, line_of, rewritten, write_rows

# The order in which the new tables take the place of the old ones.
_TABLES = ("problems", "articles", "mentions", "facts")
PAGES = (".html", ".htm", ".xhtml")


def replace(
    readings: Iterable[tuple[str, KeptArticle]],
    bad_inputs: Sequence[Problem],
    corrections: Sequence[Correction],
    outputs: Path,
    journal: Path,
    record: Record,
    began: float,
    *,
    jobs: int = 1,
) -> Record:
    """Make the tables of readings, write everything aside, then put it in place; the finished record.

    They are those of `flow.tabulate`, byte for byte, but nothing is held of an article than what others depend on.

    Raises:
        OSError: the folder cannot be written; what was there is still there.
    """
    switch, spill = Switch(outputs, journal), Spill(journal.parent)
    try:
        tables = _Tables(survey(readings, spill), outputs, switch, record, jobs)
        texts = tables.write_texts()
        facts, outcomes = tables.write_facts(corrections)
        counts = {
            "problems": tables.write("problems", tables.problems(bad_inputs, outcomes)),
            "articles": tables.write("articles", tables.articles()),
            "mentions": tables.write("mentions", tables.mentions()),
            "facts": facts,
        }
        reviewed = ""
        if outcomes:
            write_rows(outcomes, switch.open(REVIEWED))
            reviewed = switch.close(REVIEWED)
        record = record.model_copy(
            update={
                **counts,
                "tables": {f"{name}.jsonl": switch.digests[f"{name}.jsonl"] for name in sorted(_TABLES)},
                "texts": texts,
                "reviewed": reviewed,
                "seconds": round(time.monotonic() - began, 2),
            }
        )
        switch.open(NAME).write(record.model_dump_json(by_alias=True, indent=1) + "\n")
        switch.close(NAME)
        switch.commit()
    finally:
        spill.close()
        switch.abandon()
    return record


@dataclass
class _Tables:
    """The tables of a survey, row by row."""

    found: Survey
    outputs: Path
    switch: Switch
    record: Record
    jobs: int  # processes that merge

    def write(self, name: str, lines: Iterable[str]) -> int:
        """Write one table, and give back how many rows it has."""
        file = self.switch.open(f"{name}.jsonl")
        count = 0
        for line in lines:
            file.put(line.encode() + b"\n")
            count += 1
        self.switch.close(f"{name}.jsonl")
        return count

    def articles(self) -> Iterator[str]:
        """The rows of articles.jsonl."""
        for one in self.found.articles:
            line = one.kept.row_line
            if one.without:
                line = line_of(withheld_row(one.kept.row, one.kept.source, one.without))
            original, similarity = self.found.copies.get(one.id, (None, None))
            if original:
                line = rewritten(line, near_duplicate_of=original, similarity=similarity)
            yield line

    def mentions(self) -> Iterator[str]:
        """The rows of mentions.jsonl, each entity under the name the corpus knows it by."""
        for number, one in enumerate(self.found.articles):
            own, names = one.kept.entities, self.found.names.of(number)

            def called(entity: int, own: Sequence[dict[str, Any]] = own, names: Mapping[str, Entity] = names) -> str:
                said = own[entity]
                return names[said["id"]].line if said["id"] in names else compact(said)

            yield from one.kept.mention_lines(called, one.without)

    def problems(self, bad_inputs: Iterable[Problem], outcomes: Iterable[Outcome]) -> Iterator[str]:
        """The rows of problems.jsonl."""
        self.found.spill.make("CREATE TABLE problems (article, start, code, what, line)")
        of_articles = (p for one in self.found.articles for p in one.kept.problems if _is_kept(p, one))
        every = chain(bad_inputs, of_articles, (o.problem for o in outcomes if o.problem))
        with self.found.spill.into("problems") as rows:
            for p in every:
                rows.add(p.article or "", p.start or 0, p.code, p.what, line_of(p))
        query = "SELECT line FROM problems ORDER BY article, start, code, what, rowid"
        return (line for (line,) in self.found.spill.rows(query))

    def write_facts(self, corrections: Sequence[Correction]) -> tuple[int, list[Outcome]]:
        """Write facts.jsonl; how many rows it has, and what became of each correction.

        What people said is applied last, to a table of its own: the next run begins from the one without.
        """
        name = UNCORRECTED if corrections else "facts.jsonl"
        if not corrections and (self.outputs / UNCORRECTED).exists():
            self.switch.remove(UNCORRECTED)
        lines = write_facts(self.found, self.record.made_of, self.outputs, self.switch, name=name, jobs=self.jobs)
        if not corrections:
            return sum(some.count(b"\n") for some in lines), []
        facts, outcomes = corrected(
            (Fact.model_validate_json(line) for some in lines for line in some.split(b"\n") if line),
            corrections,
            Sources({one.id: one.kept for one in self.found.articles}),
            copies=self.found.originals,
            state=state,
        )
        return self.write("facts", map(line_of, facts)), outcomes

    def write_texts(self) -> str:
        """Write the texts of pages that are not there yet, have the others removed; the digest of all of them."""
        there = set(texts_in(self.outputs))
        names: list[str] = []
        for one in self.found.articles:
            if one.id.lower().endswith(PAGES):
                name = f"texts/{one.id}.txt"
                names.append(name)
                if name not in there or (self.outputs / name).read_bytes() != one.kept.source.encode():
                    self.switch.open(name).write(one.kept.source)
                    self.switch.close(name)
        for name in sorted(there.difference(names)):
            self.switch.remove(name)
        return texts_digest(names, self.outputs, self.switch.digests)


def _is_kept(problem: Problem, one: Surveyed) -> bool:
    return problem.start is None or kept((problem.start, problem.end or problem.start), one.without)
