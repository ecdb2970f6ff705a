"""Adds articles to a corpus: copies each in, with a sidecar for what is known about it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from faits.errors import CorpusError, UsageError
from faits.extractors.dates import parse_published
from faits.stages.load import FORMATS, discover, gather, passed_over
from faits.stages.write import place
from faits.text.containers import ContainerError, sidecar_fields


@dataclass(frozen=True)
class Known:
    """What the user says of an article; it wins over what the file says of itself."""

    published: str | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None


@dataclass(frozen=True)
class Added:
    """Where an article stands now, and whether it did before."""

    path: Path
    new: bool


@dataclass(frozen=True)
class _Plan:
    target: Path
    data: bytes | None  # None where the article is there already
    sidecar: dict[str, object] | None  # None where nothing is to be written


def add(files: list[Path], corpus: Path, known: Known) -> list[Added]:
    """Copy `files` into `corpus`, each with a NAME.json sidecar where something is known; where they are now.

    The sidecar beside a file comes along; what is said here wins over it, and both over a sidecar that is there
    already. An article that the corpus holds, under whatever name, is not copied again. All is checked before anything
    is written.

    Raises:
        UsageError: a file is no article, or another one has its name or its sidecar's; or the date is none.
        OSError: the corpus cannot be written.
    """
    if known.published and parse_published(known.published, "fr") is None:
        raise UsageError(f"--published {known.published!r}; not a date; write 2024-05-15, 2024-05 or 2024")
    there = discover(corpus)[0] if corpus.is_dir() else []
    plans = [_plan(file, corpus, known, there) for file in files]
    for target, count in Counter(plan.target for plan in plans if plan.data is not None).items():
        if count > 1:
            raise UsageError(f"{target}: cannot be added; two of these files have that name; rename one")
    for plan in plans:
        # The sidecar first: without it an article would be read with a date that is not its own.
        if plan.sidecar is not None:
            text = json.dumps(plan.sidecar, ensure_ascii=False, indent=1) + "\n"
            place(text.encode("utf-8"), plan.target.with_suffix(".json"))
        if plan.data is not None:
            place(plan.data, plan.target)
    return [Added(plan.target, plan.data is not None) for plan in plans]


def _plan(file: Path, corpus: Path, known: Known, there: list[Path]) -> _Plan:
    try:
        data = gather(file, root=file.parent).data
    except CorpusError as error:
        raise UsageError(f"{file}: cannot be added; it {error.what}: {error.why}; {error.advice}") from error
    if passed_over(file.name):
        formats = ", ".join(FORMATS)
        raise UsageError(f"{file}: cannot be added; that name is passed over; name it otherwise, with one of {formats}")
    twin = next((path for path in there if _same(path, data)), None)
    target = twin or corpus / file.name
    if twin is None and target.exists():
        raise UsageError(f"{target}: already there; another article has that name; rename yours")
    told = {**_fields(file.with_suffix(".json")), **{key: value for key, value in vars(known).items() if value}}
    kept = _fields(target.with_suffix(".json"))
    other = next((path for path in there if path.with_suffix("") == target.with_suffix("") and path != target), None)
    if other is not None and (told or kept):
        raise UsageError(f"{target}: cannot be added; its sidecar would be that of {other.name} too; rename yours")
    sidecar = {**kept, **told}
    return _Plan(target, None if twin else data, sidecar if sidecar != kept else None)


def _same(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _fields(sidecar: Path) -> dict[str, object]:
    """What a sidecar says; nothing where there is none."""
    if not sidecar.is_file():
        return {}
    try:
        return dict(sidecar_fields(sidecar.read_text(encoding="utf-8-sig")))
    except (ContainerError, UnicodeDecodeError, OSError) as error:
        raise UsageError(f"{sidecar}: cannot be read; {error}; correct it, or take it away") from error
