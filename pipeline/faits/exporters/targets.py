"""Which targets there are, what each is called on disk, and the extra its library comes with."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from faits.exporters.reading import Plain

Writer = Callable[[Plain, Path, Mapping[str, str]], list[Path]]


@dataclass(frozen=True)
class Target:
    """One format: the file of its exporter and the function in it, its usual name, whether it needs the texts."""

    module: str
    name: str
    function: str = "write"
    texts: bool = False

    def writer(self) -> Writer:
        """The function that writes it."""
        found: Any = getattr(importlib.import_module(f"faits.exporters.{self.module}"), self.function)
        writer: Writer = found
        return writer


TARGETS: dict[str, Target] = {
    "csv": Target("delimited", "csv", "write_csv"),
    "tsv": Target("delimited", "tsv", "write_tsv"),
    "excel-csv": Target("delimited", "excel", "write_excel"),
    "parquet": Target("parquet", "parquet"),
    "sqlite": Target("sqlite", "faits.db"),
    "duckdb": Target("duck", "faits.duckdb"),
    "graphml": Target("graphml", "faits.graphml"),
    "jsonld": Target("jsonld", "faits.jsonld"),
    "turtle": Target("turtle", "faits.ttl"),
    "ftm": Target("ftm", "faits.ftm.jsonl"),
    "webannotation": Target("webannotation", "annotations.jsonld", texts=True),
    "labelstudio": Target("labelstudio", "labelstudio.json", texts=True),
    "displacy": Target("displacy", "displacy.json", texts=True),
    "brat": Target("brat", "brat", texts=True),
}
