"""Which facts a page shows: those a search finds, and of too many the ones that most speaks for."""

from __future__ import annotations

import heapq
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress

from faits.exporters.carried import proofs_in
from faits.exporters.reading import PlainRow, Tables

_COUNTS = re.compile(rb'"articles":(\d+),"mentions":(\d+),"disagreements":\[(.?).*?"conflicts":\[(.?)')
_ID = re.compile(rb'"id":"(f-[0-9a-f]{16})"')
_SURE = re.compile(rb'"confidence":([0-9.]+)')
_NEEDLE = re.compile(r'"[^"]+"|\S+')

Labels = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class Known:
    """What is held of an article."""

    sha256: str
    names: tuple[str, ...]  # its id, title and publisher


class Chosen:
    """The rows that a page shows: all, or some facts and the articles that they quote."""

    def __init__(self, tables: Tables, *, search: str | None, most: int, labels: Labels) -> None:
        """`labels` are what a predicate is called."""
        self._tables, self._searched = tables, search is not None
        rows = (tables.row("articles", line) for line in tables.lines("articles"))
        self.every = {row["id"]: _known(row) for row in rows}
        if search is None:
            self._shown = bytearray(b"\1" * sum(1 for _ in tables.lines("facts")))
        else:
            self._shown = matching(tables.lines("facts"), search, self.every, labels)
        self.found = self.count
        if self.found > most:
            kept = best(compress(enumerate(tables.lines("facts")), self._shown), most)
            self._shown = bytearray(number in kept for number in range(self.of))
        self.articles = list(self.every) if self.count == self.of else self._quoted()

    @property
    def count(self) -> int:
        """How many facts are shown."""
        return sum(self._shown)

    @property
    def of(self) -> int:
        """How many there are."""
        return len(self._shown)

    def _quoted(self) -> list[str]:
        quoted = {article for fact in self.facts() for article, _, _ in proofs_in(fact)}
        return [article for article in self.every if article in quoted]

    def facts(self) -> Iterator[bytes]:
        """The rows of the facts."""
        return compress(self._tables.lines("facts"), self._shown)

    def article_rows(self) -> Iterator[bytes]:
        """The rows of the articles."""
        return self._about("articles", "id", set(self.articles))

    def problems(self) -> Iterator[bytes]:
        """The rows of the problems; a search shows those of its articles."""
        every = self._tables.lines("problems")
        return self._about("problems", "article", set(self.articles)) if self._searched else every

    def _about(self, table: str, field: str, articles: set[str]) -> Iterator[bytes]:
        lines = self._tables.lines(table)
        return (line for line in lines if self._tables.row(table, line).get(field) in articles)


def _known(row: PlainRow) -> Known:
    names = (row["id"], row.get("title"), row.get("publisher"))
    return Known(row.get("sha256") or "", tuple(name for name in names if name))


# --- of too many ------------------------------------------------------------------------------------------------------

Rank = tuple[bool, int, int, float, bytes]


def best(facts: Iterable[tuple[int, bytes]], most: int) -> set[int]:
    """The numbers of the `most` facts that a reader should see first.

    Those that something contradicts or a person has looked at, then those that most articles and passages tell, then
    the surest; of equals, any: their ids decide, so that no letter of the alphabet is preferred.
    """
    ranked = ((_rank(fact), number) for number, fact in facts)
    return {number for _, number in heapq.nlargest(most, ranked)}


def _rank(fact: bytes) -> Rank:
    counts, id_ = _COUNTS.search(fact), _ID.search(fact)
    if counts is None or id_ is None:  # written by another hand: the same said with other spaces, or in another order
        row = json.loads(fact)
        disputed = bool(row.get("disagreements") or row.get("conflicts") or row.get("review"))
        return disputed, row["articles"], row["mentions"], row.get("confidence") or 0.0, row["id"].encode()
    sure = _SURE.search(fact)
    disputed = counts[3] != b"]" or counts[4] != b"]" or b'"review":"' in fact
    return disputed, int(counts[1]), int(counts[2]), float(sure[1]) if sure else 0.0, id_[1]


# --- searching as the page does ---------------------------------------------------------------------------------------


def matching(facts: Iterable[bytes], search: str, articles: Mapping[str, Known], labels: Labels) -> bytearray:
    """For each fact whether every word of a search stands in it; "words between quotes" stand together."""
    needles = [needle.strip('"').strip() for needle in _NEEDLE.findall(_folded(search))]
    hays = ("\n".join(_said(json.loads(fact), articles, labels)) for fact in facts)
    return bytearray(all(needle in hay for needle in needles) for hay in hays)


def _said(row: PlainRow, articles: Mapping[str, Known], labels: Labels) -> Iterator[str]:
    yield from map(_folded, (*row["statement"].values(), row["id"], row.get("attribution") or ""))
    yield from map(_folded_once, labels(row["predicate"]))
    for party in (row["subject"], row.get("object")):
        if party:
            yield from map(_folded_once, (party["name"], *party.get("aliases", ())))
    for proof in row["evidence"]:
        yield _folded(proof["sentence"])
        known = articles.get(proof["article"])
        yield from map(_folded_once, known.names if known is not None else (proof["article"],))


def _folded(text: str) -> str:
    """Without case, accents and kinds of spaces, as `fold` in base.js."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not "\u0300" <= c <= "\u036f").lower()
    plain = plain.replace("œ", "oe").replace("æ", "ae").replace("\u2019", "'").replace("\u02bc", "'")
    return " ".join(plain.split())


_folded_once = lru_cache(1 << 16)(_folded)
