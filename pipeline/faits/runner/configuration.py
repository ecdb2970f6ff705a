"""Reads the configuration file: what a user chooses once instead of at each call."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from faits.errors import LexiconError, UsageError
from faits.flow import Settings
from faits.lexicons.names import own_gazetteer
from faits.model import Lang
from faits.runner.limits import Limits

# Looked for in the current folder when the command names no other.
DEFAULT = Path("faits.toml")


class Configuration(BaseModel):
    """The tables and keys of faits.toml."""

    model_config = ConfigDict(extra="forbid")

    pipelines: dict[Lang, str] = {}
    max_bytes: int = Field(Settings.max_bytes, gt=0)
    max_seconds: float = Field(Limits.seconds, gt=0)
    max_memory_mb: int = Field(Limits.memory_mb, gt=0)
    gazetteer: Path | None = None
    corpus: Path | None = None
    outputs: Path | None = None
    jobs: int | None = Field(None, ge=1)
    quiet: bool | None = None
    report: bool | None = None


def settings(path: Path | None = None) -> Settings:
    """The settings of `path`, of ./faits.toml when there is one, else the defaults.

    Raises:
        UsageError: the file is missing though named, is not TOML, or has a key or value we do not know.
    """
    told = _configuration(path)
    own = _gazetteer(told.gazetteer, beside=path or DEFAULT)
    return Settings(pipelines=told.pipelines, max_bytes=told.max_bytes, gazetteer=own)


def limits(path: Path | None = None) -> Limits:
    """What one article may cost, from the same file.

    Raises:
        UsageError: as `settings`.
    """
    told = _configuration(path)
    return Limits(seconds=told.max_seconds, memory_mb=told.max_memory_mb)


def defaults(path: Path | None = None) -> dict[str, Any]:
    """What a command takes where its flags say nothing, from the same file: only what it says.

    Raises:
        UsageError: as `settings`.
    """
    told = _configuration(path)
    names = ("corpus", "outputs", "jobs", "quiet", "report")
    return {name: value for name in names if (value := getattr(told, name)) is not None}


def _configuration(path: Path | None) -> Configuration:
    if path is None and not DEFAULT.is_file():
        return Configuration()
    file = path or DEFAULT
    try:
        return Configuration.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise UsageError(f"{file}: cannot be read; {error.strerror}; name an existing file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: not TOML; {error}; correct it") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"{file}: {key}; {first['msg']}; correct or remove it") from error


def _gazetteer(named: Path | None, *, beside: Path) -> str | None:
    """The text of the user's gazetteer, named from where the configuration stands."""
    if named is None:
        return None
    path = beside.parent / named
    try:
        text = path.read_text(encoding="utf-8")
        own_gazetteer(text)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{beside}: gazetteer {path}; cannot be read ({error}); name an existing file") from error
    except LexiconError as error:
        raise UsageError(f"{path}: {error}") from error
    return text
