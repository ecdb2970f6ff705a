"""The tables flattened: one name and one type for each column, for every target that wants rows of plain values.

A column's type is one of text, real, whole, truth, texts (a list of text). None of them is guessed from rows: a column
that is null throughout keeps its type.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from faits.exporters.reading import Plain, PlainRow

Type = Literal["text", "real", "whole", "truth", "texts"]
Flat = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """A column of a flat table, and how it is got from a row."""

    name: str
    type: Type
    get: Callable[[PlainRow], Any]


def _at(name: str, type_: Type, *path: str) -> Column:
    def get(row: PlainRow) -> Any:
        value: Any = row
        for step in path or (name,):
            if value is None:
                return None
            value = value.get(step)
        return float(value) if type_ == "real" and value is not None else value

    return Column(name, type_, get)


def _figure(of: str) -> list[Column]:
    reals = [_at(name, "real", of, name) for name in ("number", "low", "high")]
    stated = [_at(f"stated_{name}", "real", of, "stated", name) for name in ("number", "low", "high")]
    texts = [_at(name, "text", of, name) for name in ("unit", "bound", "per", "of")]
    return [
        *reals,
        *texts,
        _at("from", "real", of, "from"),
        *stated,
        _at("stated_unit", "text", of, "stated", "unit"),
        _at("iso", "text", of, "iso"),
        _at("currency_assumed", "truth", of, "currency_assumed"),
        _at("price_base", "text", of, "price_base"),
    ]


def _period(of: str) -> list[Column]:
    names = ("edtf", "earliest", "latest", "relation")
    return [*(_at(name, "text", of, name) for name in names), _at("anchor", "text", of, "anchor")]


def _party(of: str) -> list[Column]:
    return [_at(of, "text", of, "name"), _at(f"{of}_id", "text", of, "id"), _at(f"{of}_type", "text", of, "type")]


FACTS = (
    _at("id", "text"),
    _at("statement_fr", "text", "statement", "fr"),
    _at("statement_en", "text", "statement", "en"),
    _at("predicate", "text"),
    *_party("subject"),
    *_party("object"),
    _at("kind", "text", "value", "kind"),
    *_figure("value"),
    *_period("time"),
    _at("modality", "text"),
    _at("attribution", "text"),
    _at("articles", "whole"),
    _at("mentions", "whole"),
    Column("disagreements", "texts", lambda row: [one["field"] for one in row.get("disagreements", ())]),
    Column("conflicts", "texts", lambda row: list(row.get("conflicts", ()))),
    Column("updates", "texts", lambda row: list(row.get("updates", ()))),
    _at("review", "text"),
    _at("confidence", "real"),
)

EVIDENCE = (
    _at("fact", "text"),
    _at("place", "whole"),
    _at("article", "text"),
    _at("start", "whole"),
    _at("end", "whole"),
    _at("quote", "text"),
    _at("sentence", "text"),
    _at("published", "text"),
    Column("stated", "text", lambda row: _json(row.get("stated"))),
)

MENTIONS = (
    _at("article", "text"),
    _at("kind", "text"),
    _at("start", "whole"),
    _at("end", "whole"),
    _at("text", "text"),
    _at("entity_id", "text", "value", "id"),
    _at("entity_name", "text", "value", "name"),
    _at("entity_type", "text", "value", "type"),
    *_figure("value"),
    *_period("value"),
)

ARTICLES = (
    *(_at(name, "text") for name in ("id", "sha256", "lang", "title", "author", "publisher", "url", "published")),
    _at("published_source", "text"),
    _at("words", "whole"),
    Column("removed", "text", lambda row: _json(row.get("removed"))),
    _at("near_duplicate_of", "text"),
    _at("similarity", "real"),
)

PROBLEMS = (
    *(_at(name, "text") for name in ("article", "code", "what", "why", "advice")),
    _at("start", "whole"),
    _at("end", "whole"),
    _at("text", "text"),
)

COLUMNS: dict[str, tuple[Column, ...]] = {
    "facts": FACTS, "evidence": EVIDENCE, "mentions": MENTIONS, "articles": ARTICLES, "problems": PROBLEMS,
}  # fmt: skip


def flat(tables: Plain, name: str) -> Iterator[Flat]:
    """The rows of one flat table: every column, in order."""
    rows = _proofs(tables) if name == "evidence" else getattr(tables, name)
    for row in rows:
        yield flattened(row, name)


def flattened(row: PlainRow, name: str) -> Flat:
    """One row of a flat table."""
    return {column.name: column.get(row) for column in COLUMNS[name]}


def _proofs(tables: Plain) -> Iterator[PlainRow]:
    for fact in tables.facts:
        for place, proof in enumerate(fact["evidence"]):
            yield {"fact": fact["id"], "place": place, **proof}


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)
