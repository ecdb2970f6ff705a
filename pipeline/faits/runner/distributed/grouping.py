"""Rows of Arrow batches for the functions that Spark maps over partitions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

import pyarrow as pa

Rows = Iterator[dict[str, Any]]
Mapped = Callable[[Iterable[pa.RecordBatch]], Iterable[pa.RecordBatch]]

# Rows of a batch that goes back to Spark, and the most bytes of them where they are large.
_BATCH_ROWS = 256
_BATCH_BYTES = 1 << 24

_TYPES = {"string": pa.string(), "binary": pa.binary(), "long": pa.int64(), "double": pa.float64(),
          "array<string>": pa.list_(pa.string()), "array<long>": pa.list_(pa.int64())}  # fmt: skip


def fields_of(schema: str) -> pa.Schema:
    """The Arrow schema of "name type, name type"."""
    pairs = (field.strip().rsplit(" ", 1) for field in schema.split(", "))
    return pa.schema([pa.field(name, _TYPES[kind]) for name, kind in pairs])


def mapped(function: Callable[[Rows], Iterable[Mapping[str, Any]]], schema: str) -> Mapped:
    """What mapInArrow takes, of a function from the rows of a partition to other rows."""

    def over(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        yield from _batches(function(_rows(batches)), fields_of(schema))

    return over


def grouped(
    function: Callable[[Any, Rows], Iterable[Mapping[str, Any]]], by: str
) -> Callable[[Rows], Iterator[Mapping[str, Any]]]:
    """A function over partitions that are sorted by a column, of one over the rows that share it."""

    def over(rows: Rows) -> Iterator[Mapping[str, Any]]:
        for key, together in groupby(rows, key=lambda row: row[by]):
            yield from function(key, together)

    return over


def _rows(batches: Iterable[pa.RecordBatch]) -> Rows:
    for batch in batches:
        yield from batch.to_pylist()


def _batches(rows: Iterable[Mapping[str, Any]], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    held: list[Mapping[str, Any]] = []
    size = 0
    for row in rows:
        held.append(row)
        size += sum(len(value) for value in row.values() if isinstance(value, (bytes, str)))
        if len(held) >= _BATCH_ROWS or size >= _BATCH_BYTES:
            yield pa.RecordBatch.from_pylist(held, schema=schema)
            held, size = [], 0
    if held:
        yield pa.RecordBatch.from_pylist(held, schema=schema)
