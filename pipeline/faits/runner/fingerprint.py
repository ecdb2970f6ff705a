"""What a reading depends on besides the article itself, as one digest: our code and words, the models, the settings.

Python is left out on purpose: a table does not depend on which one made it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import importlib.metadata
import importlib.util
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import faits
from faits.flow import Settings
from faits.model import Lang
from faits.stages.annotate import INSTALLED

_PACKAGE = Path(faits.__file__).parent
# What schedules, shows and exports, and reads no article.
_ASIDE = frozenset({"runner", "exporters", "commands", "cli.py", "__pycache__"})
# Bumped when what is kept of an article changes its form.
FORM = 2

LANGS: tuple[Lang, ...] = ("fr", "en")


def of_reading(settings: Settings) -> str:
    """The digest under which readings with these settings are kept."""
    return _digest([FORM, _package(), _libraries(), pipelines(settings), _plain(settings)])


def pipelines(settings: Settings) -> dict[str, str]:
    """Which spaCy pipeline reads each language, and which weights it has, without loading it."""
    return {lang: _pipeline(lang, settings.pipelines.get(lang)) for lang in LANGS}


def of_files(files: Mapping[str, Path]) -> str:
    """A digest of files under the names given."""
    whole = hashlib.sha256()
    for name, path in sorted(files.items()):
        whole.update(f"{name}\0".encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


@cache
def _package() -> str:
    """Everything of faits that a reading may pass through: stages, finders, lexicons and our own weights."""
    return of_files({path.relative_to(_PACKAGE).as_posix(): path for path in _files(_PACKAGE)})


@cache
def of_runner() -> str:
    """What makes tables and the report of readings besides that: this folder, and the exporters."""
    folders = (_PACKAGE / "runner", _PACKAGE / "exporters")
    return of_files({path.relative_to(_PACKAGE).as_posix(): path for folder in folders for path in _files(folder)})


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        if path.is_file() and not _ASIDE.intersection((parts[0], *parts[-2:-1])) and path.suffix != ".pyc":
            yield path


@cache
def _libraries() -> dict[str, str]:
    """The versions of the libraries faits asks for."""
    asked = (
        re.match(r"[\w.-]+", line) for line in importlib.metadata.requires("faits") or () if "extra ==" not in line
    )
    names = sorted({found[0].lower() for found in asked if found})
    return {name: importlib.metadata.version(name) for name in names}


def _pipeline(lang: Lang, named: str | None) -> str:
    if named is not None and Path(named).is_dir():
        folder = Path(named)
        return f"{named} {of_files({p.relative_to(folder).as_posix(): p for p in _files(folder)})}"
    name = named or next((one for one in INSTALLED[lang] if importlib.util.find_spec(one)), None)
    if name is None:
        return f"faits {lang} {_shipped(lang)}"
    try:
        return f"{name} {importlib.metadata.version(name)}"
    except importlib.metadata.PackageNotFoundError:
        return name  # `annotate` says that it cannot be loaded


@cache
def _shipped(lang: Lang) -> str:
    """The version of the pipeline that comes with faits; its weights are part of `_package`."""
    try:
        meta = json.loads((_PACKAGE / "models" / lang / "meta.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return "without weights"
    return str(meta["version"])


def _plain(value: object) -> object:
    """Settings as JSON can hold them; a file that is named counts by its content."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Path):
        return [str(value), of_files({"": value}) if value.is_file() else None]
    if isinstance(value, Mapping):
        return sorted(([str(key), _plain(item)] for key, item in value.items()), key=lambda pair: str(pair[0]))
    if isinstance(value, (set, frozenset)):
        return sorted((_plain(item) for item in value), key=repr)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else repr(value)


def _digest(parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
