"""Puts the four tables, the texts of pages and run.json in their places, all together."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from faits.flow import Reading, Tables
from faits.model import Row
from faits.runner.record import NAME, REVIEWED, Record, texts_digest, texts_in
from faits.runner.switching import Switch
from faits.stages.write import write_rows

# The order in which the new tables take the place of the old ones.
_TABLES = ("problems", "articles", "mentions", "facts")
_PAGES = (".html", ".htm", ".xhtml")


def replace(
    tables: Tables, readings: Sequence[Reading], outputs: Path, journal: Path, record: Record, began: float
) -> Record:
    """Write everything aside, then put it in place; the finished record.

    Raises:
        OSError: the folder cannot be written; what was there is still there.
    """
    switch = Switch(outputs, journal)
    try:
        texts = _write_texts(readings, switch, outputs)
        counts = {name: _write_table(getattr(tables, name), f"{name}.jsonl", switch) for name in _TABLES}
        reviewed = ""
        if tables.outcomes:
            write_rows(tables.outcomes, switch.open(REVIEWED))
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
        switch.abandon()
    return record


def _write_table(rows: Sequence[Row], name: str, switch: Switch) -> int:
    count = write_rows(rows, switch.open(name))
    switch.close(name)
    return count


def _write_texts(readings: Sequence[Reading], switch: Switch, outputs: Path) -> str:
    """Write the texts of pages that are not there yet, have the others removed; the digest of all of them."""
    there = set(texts_in(outputs))
    names: list[str] = []
    for reading in readings:
        article = reading.row.id
        if article.lower().endswith(_PAGES):
            name = f"texts/{article}.txt"
            names.append(name)
            if name not in there or (outputs / name).read_bytes() != reading.source.encode():
                switch.open(name).write(reading.source)
                switch.close(name)
    for name in sorted(there.difference(names)):
        switch.remove(name)
    return texts_digest(names, outputs, switch.digests)
