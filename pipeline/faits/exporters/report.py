"""Writes report.html: the tables as one page that opens from disk and asks nothing of any network.

The page is html/report.html; style, scripts and words are files beside it. What varies from one report to another is
data, packed (gzip, base64) into two blocks: the facts, which the page needs at once, and the texts, which it unpacks
when an article is first opened. Base64 holds no character that could end a script.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from faits.exporters.reading import Plain, PlainRow, read_tables
from faits.exporters.sources import source_texts
from faits.model import DateValue, FactValue, Lang
from faits.stages.write import replacing
from faits.text.wording import write_time, write_value

# Concatenated in this order into one script; each file says at its head what it gives the later ones.
SCRIPTS = (
    "base.js", "store.js", "filter.js", "table.js", "reader.js", "fact.js", "review.js", "correct.js", "charts.js",
    "pages.js", "main.js",
)  # fmt: skip

# Up to so many characters of articles the page carries them whole; beyond, what stands around each proof.
WHOLE_TEXTS = 40_000_000
AROUND = 600

_LANGS: tuple[Lang, ...] = ("fr", "en")


def write_report(outputs: Path, corpus: Path | None, path: Path | None = None, *, title: str | None = None) -> Path:
    """Write the report of the tables in `outputs`, and give back where it is (`outputs`/report.html).

    The articles' own texts come from `corpus`; of an article that is not there, or was edited since, the page shows
    the sentences alone.

    Raises:
        UsageError: there are no tables.
        OSError: the page cannot be written.
    """
    tables = read_tables(outputs)
    texts = source_texts(tables.articles, outputs, corpus)
    target = path or outputs / "report.html"
    with replacing(target) as file:
        file.write(report(tables, texts, title=title))
    return target


def report(tables: Plain, texts: Mapping[str, str], *, title: str | None = None, whole: int = WHOLE_TEXTS) -> str:
    """The page. `texts` are source texts by article; `whole` is how many characters of them it may carry."""
    carried = _carried(tables, texts, whole)
    script, style = _script(), _part("report.css")
    parts = {
        "policy": f"default-src 'none'; script-src {_sha256(script)}; style-src {_sha256(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'",
        "style": style,
        "script": script,
        "facts": _packed(_facts(tables, carried, title)),
        "texts": _packed(carried),
    }
    page = _part("report.html")
    for name, text in parts.items():
        page = page.replace(f"<!--{name}-->", text, 1)
    return page


def _facts(tables: Plain, carried: Mapping[str, Any], title: str | None) -> dict[str, Any]:
    return {
        "title": title,
        "run": {key: tables.run[key] for key in ("faits", "schema", "extractors", "pipelines") if key in tables.run},
        "mentions": len(tables.mentions),
        "carried": carried["mode"],
        "articles": tables.articles,
        "problems": tables.problems,
        "facts": [_shown(fact) for fact in tables.facts],
        "words": words(),
    }


def _shown(fact: PlainRow) -> dict[str, Any]:
    """A row with its value and time written out in both languages, and without what says nothing."""
    row = {key: field for key, field in fact.items() if key != "schema" and field is not None}
    for field, words_for_it in (("value", "written"), ("time", "when")):
        if fact.get(field):
            row[field] = _known(fact[field])
            row[words_for_it] = _in_words(field, fact[field])
    row["evidence"] = [_proof(proof) for proof in fact["evidence"]]
    row["disagreements"] = [
        {"field": one["field"], "readings": [_reading(one["field"], reading) for reading in one["readings"]]}
        for one in fact.get("disagreements", ())
    ]
    return row


def _known(row: PlainRow) -> dict[str, Any]:
    return {key: field for key, field in row.items() if field is not None}


def _proof(proof: PlainRow) -> dict[str, Any]:
    stated = proof.get("stated") or {}
    told = {field: in_words for field, value in stated.items() if (in_words := _in_words(field, value))}
    return {**_known(proof), "in_words": told} if told else _known(proof)


def _reading(field: str, reading: PlainRow) -> dict[str, Any]:
    in_words = _in_words(field, reading["value"])
    return {**reading, "in_words": in_words} if in_words else dict(reading)


def _in_words(field: str, value: Any) -> list[str | None] | None:
    """A value or time in French and English; None for fields that need no wording."""
    if not isinstance(value, Mapping) or field not in ("value", "time"):
        return None
    if field == "time":
        time = DateValue.model_validate(value)
        return [write_time(time, lang) for lang in _LANGS]
    figure = FactValue.model_validate(value)
    return [write_value(figure, lang) for lang in _LANGS]


# --- the texts --------------------------------------------------------------------------------------------------------


def _carried(tables: Plain, texts: Mapping[str, str], whole: int) -> dict[str, Any]:
    """The texts the page carries: pieces of each article with the code point each starts at."""
    if not texts:
        return {"mode": "sentences", "texts": {}}
    if sum(map(len, texts.values())) <= whole:
        return {"mode": "whole", "texts": {name: [[0, text]] for name, text in texts.items()}}
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for proof in (proof for fact in tables.facts for proof in fact["evidence"]):
        spans[proof["article"]].append((proof["start"], proof["end"]))
    pieces = {name: _pieces(texts[name], found) for name, found in sorted(spans.items()) if name in texts}
    return {"mode": "around", "texts": pieces}


def _pieces(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, str]]:
    """What stands around the spans, overlapping pieces joined, in order."""
    joined: list[list[int]] = []
    for start, end in sorted(spans):
        first, last = max(0, start - AROUND), min(len(text), end + AROUND)
        if joined and first <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], last)
        else:
            joined.append([first, last])
    return [(first, text[first:last]) for first, last in joined]


# --- the parts of the page --------------------------------------------------------------------------------------------


@cache
def words() -> dict[str, Sequence[str]]:
    """The words of the page, by key: French, English."""
    return {key: (row["fr"], row["en"]) for key, row in tomllib.loads(_part("words.toml")).items()}


@cache
def _script() -> str:
    return "(() => {\n'use strict';\n" + "\n".join(_part(name) for name in SCRIPTS) + "})();\n"


@cache
def _part(name: str) -> str:
    return (resources.files("faits.exporters") / "html" / name).read_text(encoding="utf-8")


def _sha256(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"


def _packed(data: object) -> str:
    plain = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    # mtime=0: the same tables give the same page.
    return base64.b64encode(gzip.compress(plain, compresslevel=6, mtime=0)).decode("ascii")
