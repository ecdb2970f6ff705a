"""CSV, TSV, and CSV as a European Excel opens it: facts in one file, evidence in another."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from faits.exporters.columns import COLUMNS, Flat, flat
from faits.exporters.reading import Plain
from faits.stages.write import replacing

# What a spreadsheet runs as a formula, full-width forms included: OWASP, "CSV Injection".
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class _Manner:
    suffix: str
    delimiter: str
    decimal: str = "."
    mark: str = ""
    end: str = "\n"


_CSV = _Manner(".csv", ",")
_TSV = _Manner(".tsv", "\t")
# Where the list separator is a semicolon, the decimal sign is a comma; without the mark Excel reads UTF-8 as ANSI.
_EXCEL = _Manner(".csv", ";", ",", "\ufeff", "\r\n")


def write_csv(tables: Plain, path: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write facts and evidence as CSV; the paths written."""
    return _write(tables, path, _CSV)


def write_tsv(tables: Plain, path: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write facts and evidence with tabs between; the paths written."""
    return _write(tables, path, _TSV)


def write_excel(tables: Plain, path: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write facts and evidence as a European Excel opens them at a double click; the paths written."""
    return _write(tables, path, _EXCEL)


def _write(tables: Plain, path: Path, manner: _Manner) -> list[Path]:
    """`path` is a folder, or the file for the facts: the evidence then stands beside it."""
    if path.suffix:
        targets = {"facts": path, "evidence": path.with_name(f"{path.stem}-evidence{path.suffix}")}
    else:
        targets = {name: path / f"{name}{manner.suffix}" for name in ("facts", "evidence")}
    for name, target in targets.items():
        _write_one(flat(tables, name), [column.name for column in COLUMNS[name]], target, manner)
    return list(targets.values())


def _write_one(rows: Iterable[Flat], names: list[str], path: Path, manner: _Manner) -> None:
    with replacing(path) as file:
        file.write(manner.mark)
        writer = csv.writer(file, delimiter=manner.delimiter, lineterminator=manner.end)
        writer.writerow(names)
        writer.writerows([_cell(row[name], manner) for name in names] for row in rows)


def _cell(value: Any, manner: _Manner) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value).replace(".", manner.decimal)
    if isinstance(value, int):
        return str(value)
    text = " | ".join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
