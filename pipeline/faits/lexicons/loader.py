"""Reads lexicon files: words as data, each row with sentences it must read.

A topic (figures, calendar, boilerplate…) owns its row schemas in a module of its own beside this one; all of them
descend from `LexiconRow` and are read through `rows`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from faits.errors import LexiconError


class LexiconRow(BaseModel):
    """A row of any lexicon. A row without examples does not load: the tests read every one of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    examples: tuple[str, ...] = Field(min_length=1)


R = TypeVar("R", bound=LexiconRow)


@cache
def rows(file: str, table: str, schema: type[R]) -> tuple[R, ...]:
    """Read one table of one lexicon file, in file order.

    `file` is relative to this folder ("fr/units.toml"), `table` the name of its `[[table]]` entries.

    Raises:
        LexiconError: the file is not TOML, holds another table, or a row does not fit `schema`.
    """
    return tuple(_row(file, table, number, entry, schema) for number, entry in enumerate(_table(file, table), 1))


def _table(file: str, table: str) -> list[object]:
    try:
        content = tomllib.loads(resources.files(__package__).joinpath(file).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LexiconError(f"{file}: no such lexicon; the installation is incomplete; reinstall faits") from None
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{file}: not TOML; {error}; correct the file") from error
    entries = content.get(table, [])
    if not isinstance(entries, list):
        raise LexiconError(f"{file}: {table} is not a list of rows; got {type(entries).__name__}; write [[{table}]]")
    return entries


def _row(file: str, table: str, number: int, entry: object, schema: type[R]) -> R:
    try:
        return schema.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise LexiconError(
            f"{file}, {table} row {number}: {place}: {first['msg']}; got {str(entry)[:120]}; correct the row"
        ) from error
