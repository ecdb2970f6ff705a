"""Label Studio tasks, out and in: mentions as pre-annotations, and what annotators made of them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from faits.errors import UsageError
from faits.exporters.offsets import Units
from faits.exporters.reading import Plain, PlainRow
from faits.stages.write import replacing

FROM, TO = "kind", "text"


def write(tables: Plain, path: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write one task an article, its mentions as a prediction; the path written.

    Articles whose text is not at hand are left out: a task is its text.
    """
    with replacing(path) as file:
        json.dump(list(tasks(tables, texts)), file, ensure_ascii=False, indent=1)
        file.write("\n")
    return [path]


def tasks(tables: Plain, texts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The tasks, in the order of the articles; offsets count UTF-16 units, as the browser does."""
    mentions: dict[str, list[PlainRow]] = defaultdict(list)
    for mention in tables.mentions:
        mentions[mention["article"]].append(mention)
    for article in tables.articles:
        text = texts.get(article["id"])
        if text is None:
            continue
        units = Units(text)
        result = [_region(i, mention, units) for i, mention in enumerate(mentions[article["id"]])]
        yield {
            "data": {TO: text, "article": article["id"], "title": article.get("title"), "lang": article.get("lang")},
            "predictions": [{"model_version": tables.run.get("faits", "faits"), "result": result}],
        }


def _region(number: int, mention: PlainRow, units: Units) -> dict[str, Any]:
    value = {"start": units.of(mention["start"]), "end": units.of(mention["end"]), "text": mention["text"]}
    return {
        "id": f"m{number}", "from_name": FROM, "to_name": TO, "type": "labels",
        "value": {**value, "labels": [mention["kind"]]}, "meta": {"value": mention.get("value")},
    }  # fmt: skip


def read(path: Path) -> list[dict[str, Any]]:
    """The spans of an export from Label Studio, offsets in code points: `article`, `kind`, `start`, `end`, `text`.

    Where a task was annotated its annotations are read (the last one that was not cancelled), else its prediction.

    Raises:
        UsageError: the file is no list of tasks.
    """
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        return [span for task in given for span in _spans(task)]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{path}: no Label Studio tasks; {error}; export them as JSON") from error


def _spans(task: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    text = task["data"][TO]
    units = Units(text)
    done = [one for one in task.get("annotations") or () if not one.get("was_cancelled")]
    for region in (done or task.get("predictions") or [{"result": []}])[-1]["result"]:
        if region.get("type") != "labels":
            continue
        start, end = units.points(region["value"]["start"]), units.points(region["value"]["end"])
        for kind in region["value"]["labels"]:
            yield {
                "article": task["data"].get("article"),
                "kind": kind,
                "start": start,
                "end": end,
                "text": text[start:end],
            }
