"""run.json: what the tables beside it were made of, by what, and the digest of each."""

from __future__ import annotations

import hashlib
import json
import platform
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from faits import __version__
from faits.model import SCHEMA, Problem
from faits.stages.corrections import Correction, Outcome
from faits.stages.find import VERSIONS

NAME = "run.json"
# Where a folder of tables keeps what is no table.
OWN = ".faits"
REVIEWED = f"{OWN}/reviewed.jsonl"
# What is known of the lines of facts.jsonl, and the facts as they were before people corrected them, if they did.
LINES = f"{OWN}/lines.jsonl"
UNCORRECTED = f"{OWN}/uncorrected.jsonl"


class Made(BaseModel):
    """What tables were made of: equal, and the tables are equal."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    articles: str = Field(description="digest of the keys of all readings")
    problems: str = Field(description="digest of the inputs that could not be read")
    corrections: str = Field(description="digest of what people said of the facts")
    reading: str = Field(description="digest of what reads: code, lexicons, models, libraries, settings")
    tabulating: str = Field(description="digest of what makes tables besides that")

    @classmethod
    def of(
        cls,
        keys: Iterable[str],
        problems: Iterable[Problem],
        corrections: Iterable[Correction],
        reading: str,
        tabulating: str,
    ) -> Made:
        """The digests of these."""
        return cls(
            articles=_digest(keys),
            problems=_digest(problem.model_dump_json() for problem in problems),
            corrections=_digest(correction.model_dump_json() for correction in corrections),
            reading=reading,
            tabulating=tabulating,
        )


class Record(BaseModel):
    """The fields of run.json."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    schema_: str = Field(alias="schema")
    faits: str
    python: str
    extractors: list[str]
    pipelines: dict[str, str]
    jobs: int
    articles: int = 0
    mentions: int = 0
    facts: int = 0
    problems: int = 0
    seconds: float = 0.0
    tables: dict[str, str] = Field({}, description="SHA-256 of each table")
    texts: str = Field("", description="digest of the names and contents of texts/")
    reviewed: str = Field("", description="SHA-256 of what became of each correction")
    made_of: Made

    @classmethod
    def begun(cls, made_of: Made, pipelines: Mapping[str, str], jobs: int) -> Record:
        """A record of which the tables are still to be made."""
        return cls(
            schema_=SCHEMA, faits=__version__, python=platform.python_version(), extractors=list(VERSIONS),
            pipelines=dict(pipelines), jobs=jobs, made_of=made_of,
        )  # fmt: skip


@dataclass(frozen=True)
class Summary:
    """What a run did, for the line on stderr and for run.json."""

    articles: int
    mentions: int
    facts: int
    problems: int
    seconds: float
    bad_inputs: tuple[Problem, ...]
    reviewed: tuple[Outcome, ...] = ()  # what became of each correction
    read: int = 0
    changed: bool = True  # whether tables were made; else those that were there are of the same articles

    @classmethod
    def of(
        cls,
        record: Record,
        bad_inputs: Iterable[Problem],
        reviewed: tuple[Outcome, ...],
        *,
        began: float,
        read: int,
        changed: bool,
    ) -> Summary:
        """What a run did that `began` then, by the record of the tables it made or found."""
        return cls(
            articles=record.articles,
            mentions=record.mentions,
            facts=record.facts,
            problems=record.problems,
            seconds=round(time.monotonic() - began, 2),
            bad_inputs=tuple(bad_inputs),
            reviewed=reviewed,
            read=read,
            changed=changed,
        )


def read_record(outputs: Path) -> Record | None:
    """The record of the tables in a folder; None where there is none that can be read."""
    try:
        return Record.model_validate(json.loads((outputs / NAME).read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, ValueError, ValidationError, RecursionError):
        return None


def still_stands(record: Record, outputs: Path) -> bool:
    """Whether the tables and texts in a folder are those of its record."""
    kept = not record.reviewed or _file_digest(outputs / REVIEWED) == record.reviewed
    return kept and not changed_tables(record, outputs) and texts_digest(texts_in(outputs), outputs) == record.texts


def reviewed_in(record: Record, outputs: Path) -> tuple[Outcome, ...]:
    """What became of each correction when the tables were made."""
    if not record.reviewed:
        return ()
    lines = (outputs / REVIEWED).read_text(encoding="utf-8").split("\n")
    return tuple(Outcome.model_validate_json(line) for line in lines if line)


def changed_tables(record: Record, outputs: Path) -> list[str]:
    """The tables that are not those of the record."""
    return [name for name, digest in sorted(record.tables.items()) if _file_digest(outputs / name) != digest]


def texts_in(outputs: Path) -> list[str]:
    """The names of the texts in a folder of tables, sorted."""
    below = outputs / "texts"
    return sorted(path.relative_to(outputs).as_posix() for path in below.rglob("*.txt") if path.is_file())


def texts_digest(names: Iterable[str], outputs: Path, digests: Mapping[str, str] | None = None) -> str:
    """A digest of texts: of those in `digests`, about to take their places, and of the files of the others."""
    known = digests or {}
    return _digest(f"{name} {known.get(name) or _file_digest(outputs / name)}" for name in sorted(names))


def _file_digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _digest(lines: Iterable[str]) -> str:
    whole = hashlib.sha256()
    for line in lines:
        whole.update(line.encode() + b"\n")
    return whole.hexdigest()
