"""Checks a set of tables against the data format: schema, offsets, units, ids, order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from faits.errors import CorpusError, UsageError
from faits.model import TABLES, Fact, Mention, Quantity, Row
from faits.runner.record import changed_tables, read_record
from faits.stages.load import load

# The units a table may hold: SI base and derived ones it uses, or a currency code, or one over another.
_SI = {"1", "W", "J", "kg", "m", "m2", "m3", "K", "s", "B", "m/s", "Hz", "A", "V", "Pa", "N", "mol", "cd", "C"}


def check(outputs: Path, corpus: Path | None) -> list[str]:
    """What is wrong with the tables in `outputs`, one line each; empty when nothing is.

    With `corpus` the quotes are compared with the articles themselves.

    Raises:
        UsageError: a table is missing.
    """
    tables = {name: list(_rows(outputs / f"{name}.jsonl", TABLES[name])) for name in TABLES}
    faults = [fault for rows in tables.values() for _, fault in rows if fault]
    facts = [row for row, _ in tables["facts"] if isinstance(row, Fact)]
    mentions = [row for row, _ in tables["mentions"] if isinstance(row, Mention)]
    known = {row.id for row, _ in tables["articles"] if row is not None and hasattr(row, "id")}
    faults += [f"facts.jsonl: {fault}" for fact in facts for fault in _fact_faults(fact, facts)]
    faults += [f"facts.jsonl: {id_} stands twice" for id_ in _twice([fact.id for fact in facts])]
    faults += [f"mentions.jsonl: {m.article} is not in articles.jsonl" for m in mentions if m.article not in known]
    faults += [f"mentions.jsonl: {m.article}:{m.start}: unit {m.value.unit!r} is not in SI or ISO 4217"
               for m in mentions if isinstance(m.value, Quantity) and not _is_unit(m.value.unit)]  # fmt: skip
    faults += _record_faults(outputs)
    if corpus is not None:
        faults += _quote_faults(facts, mentions, _sources(outputs, corpus))
    return faults


def _rows(path: Path, schema: type[Row]) -> Iterator[tuple[Row | None, str | None]]:
    try:
        # Not splitlines: a quote may hold U+2028 or U+0085, which end no line of JSON Lines.
        lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read; {error.strerror}; run faits extract first") from error
    for number, line in enumerate(lines if lines != [""] else [], 1):
        try:
            yield schema.model_validate(json.loads(line)), None
        except (json.JSONDecodeError, ValidationError) as error:
            yield None, f"{path.name}, line {number}: {str(error).splitlines()[0]}"


def _record_faults(outputs: Path) -> Iterator[str]:
    """Tables that are not the ones run.json tells of: edited since, or of two runs, one of which was killed."""
    record = read_record(outputs)
    for name in changed_tables(record, outputs) if record is not None else ():
        yield f"{name} is not the table that run.json tells of; run faits extract again"


def _fact_faults(fact: Fact, facts: list[Fact]) -> Iterator[str]:
    ids = {f.id for f in facts}
    if not fact.evidence:
        yield f"{fact.id} has no evidence"
    if not 0 < fact.mentions <= len(fact.evidence):  # copies of an article are shown, and do not count
        yield f"{fact.id} counts {fact.mentions} mentions and shows {len(fact.evidence)}"
    if fact.value is not None and not _is_unit(fact.value.unit):
        yield f"{fact.id}: unit {fact.value.unit!r} is not in SI or ISO 4217"
    yield from (f"{fact.id} conflicts with {other}, which is no fact" for other in fact.conflicts if other not in ids)


def _is_unit(unit: str) -> bool:
    return all(part in _SI or (len(part) == 3 and part.isascii() and part.isupper()) for part in unit.split("/"))


def _twice(ids: list[str]) -> list[str]:
    return sorted({id_ for id_ in ids if ids.count(id_) > 1}) if len(set(ids)) < len(ids) else []


def _sources(outputs: Path, corpus: Path) -> Callable[[str], str | None]:
    """A look-up of source texts: the text extracted from a page, or the article file as `load` decodes it."""
    cache: dict[str, str | None] = {}

    def source(article: str) -> str | None:
        if article not in cache:
            extracted = outputs / "texts" / f"{article}.txt"
            try:
                cache[article] = (
                    extracted.read_bytes().decode("utf-8")
                    if extracted.is_file()
                    else load(corpus / article, root=corpus)[0].source
                )
            except CorpusError:
                cache[article] = None
        return cache[article]

    return source


def _quote_faults(facts: list[Fact], mentions: list[Mention], source: Callable[[str], str | None]) -> list[str]:
    quotes: list[tuple[str, str, int, int, str]] = [("mentions", m.article, m.start, m.end, m.text) for m in mentions]
    quotes += [("facts", e.article, e.start, e.end, e.quote) for f in facts for e in f.evidence]
    return [
        f"{table}.jsonl: {article}:{start}-{end} is {_slice(source(article), start, end)!r}, not {text!r}"
        for table, article, start, end, text in quotes
        if _slice(source(article), start, end) != text
    ]


def _slice(source: str | None, start: int, end: int) -> Any:
    return None if source is None else source[start:end]
