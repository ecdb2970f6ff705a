"""displaCy: articles with their mentions, for `spacy.displacy.render(…, style="ent", manual=True)`."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from faits.exporters.reading import Plain
from faits.stages.write import replacing


def write(tables: Plain, path: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write a list of documents; the path written. Articles whose text is not at hand are left out."""
    with replacing(path) as file:
        json.dump(documents(tables, texts), file, ensure_ascii=False, indent=1)
        file.write("\n")
    return [path]


def documents(tables: Plain, texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """What displaCy renders: text, title, and entities that do not overlap, in code points."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for mention in tables.mentions:
        ents = found[mention["article"]]
        if not ents or ents[-1]["end"] <= mention["start"]:
            ents.append({"start": mention["start"], "end": mention["end"], "label": mention["kind"].upper()})
    return [
        {"text": texts[row["id"]], "ents": found[row["id"]], "title": row.get("title")}
        for row in tables.articles
        if row["id"] in texts
    ]
