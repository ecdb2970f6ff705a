"""W3C Web Annotations: one for each passage behind a fact, on the article it stands in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote as escaped

from faits.exporters.reading import Plain, PlainRow
from faits.stages.write import replacing
from faits.text.anchors import quote


def write(tables: Plain, path: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write them as one AnnotationPage; the path written."""
    page = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:faits:annotations",
        "type": "AnnotationPage",
        "items": list(items(tables, texts)),
    }
    with replacing(path) as file:
        json.dump(page, file, ensure_ascii=False, indent=1)
        file.write("\n")
    return [path]


def items(tables: Plain, texts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """An annotation for each proof, in the order of the table.

    Positions count code points, as the recommendation asks (Web Annotation Data Model, 4.2.5).
    """
    articles = {row["id"]: row for row in tables.articles}
    for fact in tables.facts:
        for i, proof in enumerate(fact["evidence"]):
            yield {
                "id": f"urn:faits:annotation:{fact['id']}:{i}",
                "type": "Annotation",
                "motivation": "describing",
                "body": [
                    {"type": "TextualBody", "value": fact["statement"][lang], "language": lang, "format": "text/plain"}
                    for lang in ("fr", "en")
                ]
                + [{"type": "TextualBody", "value": fact["predicate"], "purpose": "tagging"}],
                "target": {"source": _source(proof, articles), "selector": _selectors(proof, texts)},
            }


def _source(proof: PlainRow, articles: Mapping[str, PlainRow]) -> str:
    url = str(articles.get(proof["article"], {}).get("url") or "")
    return url if url.startswith(("http://", "https://")) else f"urn:faits:article:{escaped(proof['article'], safe='')}"


def _selectors(proof: PlainRow, texts: Mapping[str, str]) -> list[dict[str, Any]]:
    said: dict[str, Any] = {"type": "TextQuoteSelector", "exact": proof["quote"]}
    text = texts.get(proof["article"])
    if text is not None:
        around = quote(proof["article"], text, proof["start"], proof["end"])
        said |= {"prefix": around.prefix, "suffix": around.suffix}
    return [said, {"type": "TextPositionSelector", "start": proof["start"], "end": proof["end"]}]
