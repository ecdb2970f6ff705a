"""DuckDB: the flat tables, typed, as a file or in memory."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from faits.exporters.columns import COLUMNS, flat
from faits.exporters.optional import needed
from faits.exporters.reading import Plain

_TYPES = {"text": "VARCHAR", "real": "DOUBLE", "whole": "BIGINT", "truth": "BOOLEAN", "texts": "VARCHAR[]"}


def write(tables: Plain, path: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write the database; the path written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.unlink(missing_ok=True)
    connection = connected(tables, str(temporary))
    connection.close()
    temporary.replace(path)
    return [path]


def connected(tables: Plain, database: str = ":memory:", names: tuple[str, ...] = tuple(COLUMNS)) -> Any:
    """A connection to a database that holds the flat tables."""
    connection = needed("duckdb", "duckdb").connect(database)
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            _fill(connection, tables, name, Path(folder) / f"{name}.jsonl")
    return connection


def _fill(connection: Any, tables: Plain, name: str, file: Path) -> None:
    """Through a file of JSON with stated types: rows one by one are a hundred times slower."""
    columns = COLUMNS[name]
    declared = ", ".join(f'"{column.name}" {_TYPES[column.type]}' for column in columns)
    connection.execute(f'CREATE TABLE "{name}" ({declared})')
    with file.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in flat(tables, name))
    types = ", ".join(f"'{column.name}': '{_TYPES[column.type]}'" for column in columns)
    listed = ", ".join(f'"{column.name}"' for column in columns)
    source = f"read_json(?, format = 'newline_delimited', columns = {{{types}}}, maximum_object_size = 100000000)"
    if file.stat().st_size:
        connection.execute(f'INSERT INTO "{name}" SELECT {listed} FROM {source}', [str(file)])
