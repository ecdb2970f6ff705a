"""The texts a report carries: of each article the whole, or what stands around each proof."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, Protocol

from faits.exporters.reading import json_line

Mode = Literal["whole", "around", "sentences"]

# What stands around a proof, in characters.
AROUND = 600

# Where a row of facts.jsonl says in which article a proof stands and where: JSON holds no quote that is not escaped.
_PROOF = re.compile(rb'\{"article":("(?:[^"\\]|\\.)*"),"start":(\d+),"end":(\d+)')


class Texts(Protocol):
    """The source texts of articles."""

    def stamp(self, article: str) -> tuple[str, int] | None:
        """A digest of the text of an article and its size in bytes, known without reading it as text; None: no text."""

    def text(self, article: str) -> str | None:
        """The text of an article; None where there is none."""


class Carried:
    """The texts of some articles as rows of the page: [article, [[code point it starts at, text], …]]."""

    def __init__(self, texts: Texts, articles: Iterable[str], facts: Iterable[bytes], whole: int) -> None:
        """`facts` are rows of facts.jsonl, asked for where the texts have more than `whole` bytes together."""
        self._texts = texts
        stamps = ((article, texts.stamp(article)) for article in articles)
        self._stamps = {article: stamp for article, stamp in stamps if stamp is not None}
        self._spans: Mapping[str, Sequence[tuple[int, int]]] = {}
        self.mode: Mode = "whole" if self._stamps else "sentences"
        if sum(size for _, size in self._stamps.values()) > whole:
            self.mode, self._spans = "around", _spans(facts)

    def rows(self) -> Iterator[bytes]:
        """What each row is made of."""
        for article, (digest, _) in self._stamps.items():
            if self.mode == "whole":
                yield json.dumps([article, digest]).encode()
            elif article in self._spans:
                yield json.dumps([article, digest, sorted(self._spans[article])]).encode()

    def shown(self, row: bytes) -> bytes | None:
        """The row; None where its text is gone since."""
        article, _, *spans = json.loads(row)
        text = self._texts.text(article)
        if text is None:
            return None
        return json_line([article, pieces_around(text, spans[0]) if spans else [(0, text)]])


def _spans(facts: Iterable[bytes]) -> dict[str, list[tuple[int, int]]]:
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for fact in facts:
        for article, start, end in proofs_in(fact):
            spans[article].append((start, end))
    return spans


def proofs_in(fact: bytes) -> list[tuple[str, int, int]]:
    """Where the proofs of a row of facts.jsonl stand: article, start, end."""
    found = [(json.loads(article), int(start), int(end)) for article, start, end in _PROOF.findall(fact)]
    if found:
        return found
    # Written by another hand: the same said with other spaces, or in another order.
    return [(proof["article"], proof["start"], proof["end"]) for proof in json.loads(fact)["evidence"]]


def pieces_around(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, str]]:
    """What stands around the spans, overlapping pieces joined, in order."""
    joined: list[list[int]] = []
    for start, end in sorted(spans):
        first, last = max(0, start - AROUND), min(len(text), end + AROUND)
        if joined and first <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], last)
        else:
            joined.append([first, last])
    return [(first, text[first:last]) for first, last in joined]
