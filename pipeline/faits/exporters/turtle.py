"""Turtle: the JSON-LD document in the other notation of linked data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from faits.exporters.jsonld import document
from faits.exporters.optional import needed
from faits.exporters.reading import Plain
from faits.stages.write import replacing


def write(tables: Plain, path: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write the graph; the path written."""
    graph = needed("rdflib", "rdf").Graph()
    graph.parse(data=json.dumps(document(tables)), format="json-ld")
    with replacing(path) as file:
        file.write(graph.serialize(format="turtle"))
    return [path]
