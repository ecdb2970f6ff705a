"""Adds articles to a corpus: copies each in, with a sidecar for what is known about it."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from faits.errors import UsageError
from faits.extractors.dates import parse_published


@dataclass(frozen=True)
class Known:
    """What the user says of an article; it wins over what the file says of itself."""

    published: str | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None


def add(files: list[Path], corpus: Path, known: Known) -> list[Path]:
    """Copy `files` into `corpus`, each with a NAME.json sidecar where something is known; the paths they got.

    All is checked before anything is copied.

    Raises:
        UsageError: a file is missing or already there with other content, or the date is none.
    """
    if known.published and parse_published(known.published, "fr") is None:
        raise UsageError(f"--published {known.published!r}; not a date; write 2024-05-15, 2024-05 or 2024")
    targets = [_target(file, corpus) for file in files]
    corpus.mkdir(parents=True, exist_ok=True)
    facts = {key: value for key, value in vars(known).items() if value}
    for file, target in zip(files, targets, strict=True):
        if not target.exists():
            shutil.copyfile(file, target)
        if facts:
            sidecar = target.with_suffix(".json")
            sidecar.write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return targets


def _target(file: Path, corpus: Path) -> Path:
    target = corpus / file.name
    if not file.is_file():
        raise UsageError(f"{file}: cannot be added; no such file; name an existing article")
    if target.exists() and target.read_bytes() != file.read_bytes():
        raise UsageError(f"{target}: already there; another article has that name; rename yours")
    return target
