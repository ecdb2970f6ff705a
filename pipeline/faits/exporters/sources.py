"""The source texts of a set of tables, for what shows or counts in an article's own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from faits.errors import CorpusError
from faits.stages.load import load


def source_texts(articles: Iterable[Mapping[str, Any]], outputs: Path, corpus: Path | None) -> dict[str, str]:
    """The source text of each article that is still the one the tables were made from.

    `articles` are rows of articles.jsonl. An article that is gone, or was edited since, is left out: offsets into it
    would quote the wrong words.
    """
    found = ((row["id"], _source(row["id"], row["sha256"], outputs, corpus)) for row in articles)
    return {name: source for name, source in found if source is not None}


def _source(article: str, sha256: str, outputs: Path, corpus: Path | None) -> str | None:
    extracted = outputs / "texts" / f"{article}.txt"
    if extracted.is_file():
        return extracted.read_bytes().decode("utf-8")
    root = corpus if corpus is None or corpus.is_dir() else corpus.parent
    if root is None:
        return None
    try:
        raw = load(root / article, root=root)[0]
    except CorpusError:
        return None
    return raw.source if raw.sha256 == sha256 else None
