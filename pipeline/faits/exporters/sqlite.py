"""SQLite with full-text search, and the metadata with which Datasette publishes it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from faits.exporters.columns import COLUMNS, Column, flat
from faits.exporters.reading import Plain

_TYPES = {"text": "TEXT", "real": "REAL", "whole": "INTEGER", "truth": "INTEGER", "texts": "TEXT"}
_KEYS = {
    "facts": "PRIMARY KEY (id)",
    "evidence": "PRIMARY KEY (fact, place), FOREIGN KEY (fact) REFERENCES facts (id), "
    "FOREIGN KEY (article) REFERENCES articles (id)",
    "articles": "PRIMARY KEY (id)",
    "mentions": "FOREIGN KEY (article) REFERENCES articles (id)",
    "problems": "",
}
_INDEXES = (("facts", "predicate"), ("facts", "subject_id"), ("facts", "object_id"), ("evidence", "article"),
            ("mentions", "article"), ("mentions", "kind"))  # fmt: skip
_SEARCH = """
CREATE VIRTUAL TABLE facts_fts USING fts5(
  statement_fr, statement_en, subject, object, sentences, id UNINDEXED, tokenize = "unicode61 remove_diacritics 2"
);
INSERT INTO facts_fts (rowid, statement_fr, statement_en, subject, object, sentences, id)
SELECT f.rowid, f.statement_fr, f.statement_en, f.subject, f.object,
  (SELECT group_concat(e.sentence, char(10)) FROM evidence e WHERE e.fact = f.id), f.id
FROM facts f;
"""
_LISTED = ("statement_fr", "statement_en", "predicate", "subject", "object", "number", "unit", "edtf", "articles")


def write(tables: Plain, path: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write the database, and NAME.metadata.json beside it; the paths written.

    Serve it with `datasette NAME.db --metadata NAME.metadata.json`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.unlink(missing_ok=True)
    with closing(sqlite3.connect(temporary)) as database:
        for name in ("articles", "facts", "evidence", "mentions", "problems"):
            _fill(database, tables, name)
        for table, column in _INDEXES:
            database.execute(f'CREATE INDEX "{table}_{column}" ON "{table}" ("{column}")')
        database.executescript(_SEARCH)
        database.commit()
    temporary.replace(path)
    metadata = path.with_name(f"{path.stem}.metadata.json")
    metadata.write_text(json.dumps(_metadata(path.stem), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [path, metadata]


def _fill(database: sqlite3.Connection, tables: Plain, name: str) -> None:
    columns = COLUMNS[name]
    declared = [f'"{column.name}" {_TYPES[column.type]}' for column in columns]
    if _KEYS[name]:
        declared.append(_KEYS[name])
    database.execute(f'CREATE TABLE "{name}" ({", ".join(declared)})')
    places = ", ".join("?" * len(columns))
    rows = ([_cell(row[column.name], column) for column in columns] for row in flat(tables, name))
    database.executemany(f'INSERT INTO "{name}" VALUES ({places})', rows)


def _cell(value: Any, column: Column) -> Any:
    return json.dumps(value, ensure_ascii=False) if column.type == "texts" else value


def _metadata(name: str) -> dict[str, Any]:
    queries = {
        "disputed": {
            "title": "Facts that cannot both be true",
            "sql": "select id, statement_en, conflicts from facts where conflicts != '[]' order by subject",
        },
        "shared": {
            "title": "Facts told by several articles",
            "sql": "select id, statement_en, articles from facts where articles > 1 order by articles desc",
        },
    }
    about = {
        "facts": {"fts_table": "facts_fts", "fts_pk": "rowid", "label_column": "statement_en", "sort_desc": "articles",
                  "facets": ["predicate", "modality", "kind", "subject"], "description": "What the articles say"},
        "evidence": {"description": "The passage behind each fact", "facets": ["article"]},
        "articles": {"label_column": "title", "facets": ["lang", "publisher"]},
        "mentions": {"facets": ["kind", "article"]},
        "facts_fts": {"hidden": True},
    }  # fmt: skip
    return {"title": "faits", "databases": {name: {"tables": about, "queries": queries}}}
