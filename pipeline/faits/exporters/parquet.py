"""Parquet with an Arrow schema of its own: a column that is null throughout keeps its type."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from faits.exporters.columns import COLUMNS, flat
from faits.exporters.optional import needed
from faits.exporters.reading import Plain


def write(tables: Plain, path: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write every table to a folder, or the facts alone to `path` where that ends in .parquet; the paths written.

    A fact holds its evidence as a list of records as well: Parquet has no open maps.
    """
    parquet = needed("pyarrow.parquet", "parquet")
    targets = {"facts": path} if path.suffix else {name: path / f"{name}.parquet" for name in COLUMNS}
    for name, target in targets.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        parquet.write_table(arrow(tables, name), target, compression="zstd")
    return list(targets.values())


def arrow(tables: Plain, name: str) -> Any:
    """One flat table as an Arrow table; facts with their evidence."""
    pa = needed("pyarrow", "parquet")
    rows = list(flat(tables, name))
    if name == "facts":
        for row, fact in zip(rows, tables.facts, strict=True):
            row["evidence"] = [{column.name: column.get(proof) for column in _PROOF} for proof in fact["evidence"]]
    return pa.Table.from_pylist(rows, schema=schema(name))


_PROOF = tuple(column for column in COLUMNS["evidence"] if column.name not in ("fact", "place"))


def schema(name: str) -> Any:
    """The Arrow schema of one flat table."""
    pa = needed("pyarrow", "parquet")
    types = {"text": pa.string(), "real": pa.float64(), "whole": pa.int64(), "truth": pa.bool_(),
             "texts": pa.list_(pa.string())}  # fmt: skip
    fields = [pa.field(column.name, types[column.type]) for column in COLUMNS[name]]
    if name == "facts":
        proof = pa.struct([pa.field(column.name, types[column.type]) for column in _PROOF])
        fields.append(pa.field("evidence", pa.list_(proof)))
    return pa.schema(fields, metadata={"schema": "faits/1"})
