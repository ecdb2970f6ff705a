"""The source texts of a set of tables, for what shows or counts in an article's own words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from faits.errors import CorpusError
from faits.stages.load import Gathered, decoded, gather


def source_texts(articles: Iterable[Mapping[str, Any]], outputs: Path, corpus: Path | None) -> dict[str, str]:
    """The source text of each article that is still the one the tables were made from.

    `articles` are rows of articles.jsonl. An article that is gone, or was edited since, is left out: offsets into it
    would quote the wrong words.
    """
    texts = SourceTexts({row["id"]: row["sha256"] for row in articles}, outputs, corpus)
    found = ((article, texts.text(article)) for article in texts.sha256)
    return {article: source for article, source in found if source is not None}


@dataclass(frozen=True)
class SourceTexts:
    """The same, one at a time; `sha256` of the files that the tables were made from, by article."""

    sha256: Mapping[str, str]
    outputs: Path
    corpus: Path | None

    def stamp(self, article: str) -> tuple[str, int] | None:
        """A digest of the text of an article and its size in bytes, without decoding it; None where there is none."""
        extracted = self._extracted(article)
        if extracted is not None:
            return hashlib.sha256(extracted).hexdigest(), len(extracted)
        gathered = self._gathered(article)
        return (self.sha256[article], len(gathered.data)) if gathered is not None else None

    def text(self, article: str) -> str | None:
        """The text of an article; None where there is none."""
        extracted = self._extracted(article)
        if extracted is not None:
            return extracted.decode("utf-8")
        gathered = self._gathered(article)
        try:
            return decoded(gathered)[0].source if gathered is not None else None
        except CorpusError:
            return None

    def _extracted(self, article: str) -> bytes | None:
        """The text of a page, as it was kept beside the tables."""
        try:
            return (self.outputs / "texts" / f"{article}.txt").read_bytes()
        except OSError:
            return None

    def _gathered(self, article: str) -> Gathered | None:
        root = self.corpus if self.corpus is None or self.corpus.is_dir() else self.corpus.parent
        if root is None:
            return None
        try:
            gathered = gather(root / article, root=root)
        except CorpusError:
            return None
        return gathered if hashlib.sha256(gathered.data).hexdigest() == self.sha256[article] else None
