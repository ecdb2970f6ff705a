"""GraphML: who is tied to whom, for Gephi, yEd, Cytoscape and networkx."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from faits.exporters.columns import Flat, flat
from faits.exporters.optional import needed
from faits.exporters.reading import Plain

# XML 1.0 has no place for these, escaped or not.
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_KEPT = ("predicate", "statement_fr", "statement_en", "kind", "number", "low", "high", "unit", "bound", "edtf",
         "earliest", "latest", "modality", "attribution", "articles", "confidence")  # fmt: skip


def write(tables: Plain, path: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write the graph; the path written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    needed("networkx", "graph").write_graphml(graph(tables), path, encoding="utf-8")
    return [path]


def graph(tables: Plain) -> Any:
    """A networkx MultiDiGraph: entities are nodes, a fact is the edge from its subject to its object, keyed by its id.

    A fact without an object leads to a node of its own, of type "figure".
    """
    made = needed("networkx", "graph").MultiDiGraph()
    for row in flat(tables, "facts"):
        source = _node(made, row, "subject")
        if row["object"] is not None:
            target = _node(made, row, "object")
        else:
            target = f"value-{row['id']}"
            made.add_node(target, label=_clean(row["statement_en"]), type="figure")
        kept = {name: _clean(row[name]) for name in _KEPT if row[name] is not None}
        made.add_edge(source, target, key=row["id"], label=kept["predicate"], **kept)
    return made


def _node(made: Any, row: Flat, party: str) -> str:
    name = _clean(row[party])
    node = row[f"{party}_id"] or f"noun-{name}"
    made.add_node(node, label=name, type=(row[f"{party}_type"] or "noun"))
    return str(node)


def _clean(value: Any) -> Any:
    return _NOT_XML.sub("", value) if isinstance(value, str) else value
