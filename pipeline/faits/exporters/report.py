"""Writes report.html: the tables as one page that opens from disk and asks nothing of any network.

The page is html/report.html; style, scripts and words are files beside it. What varies from one report to another is
data, packed in pieces (deflate, base64) into blocks of rows: those the page needs at once, and the texts, which it
unpacks when an article is first opened. Base64 holds no character that could end a script. What the last page has too
is copied from it, and of the tables only what is asked of all rows is held.
"""

from __future__ import annotations

import base64
import hashlib
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from faits.exporters.carried import Carried, Texts
from faits.exporters.choosing import Chosen
from faits.exporters.pieces import LastPage, Packer, Shown, keep
from faits.exporters.reading import InMemory, OnDisk, Plain, Tables, json_line, require_facts
from faits.exporters.shown import shown
from faits.exporters.sources import SourceTexts
from faits.stages.write import replacing

# Concatenated in this order into one script; each file says at its head what it gives the later ones.
SCRIPTS = (
    "base.js", "store.js", "filter.js", "table.js", "reader.js", "fact.js", "review.js", "correct.js", "charts.js",
    "pages.js", "main.js",
)  # fmt: skip

# Up to so many bytes of articles the page carries them whole; beyond, what stands around each proof.
WHOLE_TEXTS = 40_000_000
# Of more facts than this the page shows those that most speaks for, and says so (docs/adr/0011-report-one-file.md).
MOST_FACTS = 100_000

NAME, PIECES = "report.html", ".faits/report.json"

_HOLE = re.compile(r"<!--([a-z]+)-->")


@dataclass(frozen=True)
class Asked:
    """What a page is to show."""

    title: str | None = None
    search: str | None = None  # only the facts that this finds, as the page's own search would
    most: int = MOST_FACTS
    whole: int = WHOLE_TEXTS


@dataclass(frozen=True)
class Written:
    """A page, and how many facts it shows of how many."""

    path: Path
    shown: int
    of: int


def write_report(outputs: Path, corpus: Path | None, path: Path | None = None, asked: Asked | None = None) -> Written:
    """Write the report of the tables in `outputs`, to `outputs`/report.html where no other `path` is given.

    The articles' own texts come from `corpus`; of an article that is not there, or was edited since, the page shows
    the sentences alone.

    Raises:
        UsageError: there are no tables, or a row of them is no JSON object.
        OSError: the page cannot be written.
    """
    require_facts(outputs)
    target, known = path or outputs / NAME, outputs / PIECES
    page = replacing(target)
    with LastPage.of(outputs / NAME, known) as last, page as file:
        packer = Packer(file.put, last)
        chosen = _write(packer, OnDisk(outputs), lambda sums: SourceTexts(sums, outputs, corpus), asked or Asked())
    if path is None:
        keep(known, page.digest, packer.placed)
    return Written(target, chosen.count, chosen.of)


@dataclass(frozen=True)
class _Given:
    """Texts that were read."""

    texts: Mapping[str, str]

    def stamp(self, article: str) -> tuple[str, int] | None:
        text = self.texts.get(article)
        return ("", len(text.encode("utf-8", "surrogatepass"))) if text is not None else None

    def text(self, article: str) -> str | None:
        return self.texts.get(article)


def report(tables: Plain, texts: Mapping[str, str], **asked: Any) -> str:
    """The page of tables in memory. `texts` are source texts by article; the rest is what `Asked` has."""
    page = bytearray()
    _write(Packer(page.extend, LastPage()), InMemory(tables), lambda _: _Given(texts), Asked(**asked))
    return page.decode()


def _write(packer: Packer, tables: Tables, texts_of: Callable[[Mapping[str, str]], Texts], asked: Asked) -> Chosen:
    chosen = Chosen(tables, search=asked.search, most=asked.most, labels=_labels)
    sums = {article: chosen.every[article].sha256 for article in chosen.articles}
    carried = Carried(texts_of(sums), chosen.articles, chosen.facts(), asked.whole)
    head = {
        "title": asked.title,
        "run": {key: tables.run[key] for key in ("faits", "schema", "extractors", "pipelines") if key in tables.run},
        "carried": carried.mode,
        "of": {"facts": chosen.of, "articles": len(chosen.every)},
        "search": asked.search,
        "found": chosen.found,
        "words": words(),
    }
    blocks: dict[str, tuple[Iterable[bytes], Shown]] = {
        "head": ([json_line(head)], lambda line: line),
        "articles": (chosen.article_rows(), lambda line: json_line(tables.row("articles", line))),
        "problems": (chosen.problems(), lambda line: json_line(tables.row("problems", line))),
        "facts": (chosen.facts(), lambda line: json_line(shown(tables.row("facts", line)))),
        "texts": (carried.rows(), carried.shown),
    }
    for number, part in enumerate(_HOLE.split(_part("report.html"))):
        if number % 2 and part in blocks:
            packer.block(part, *blocks[part])
        else:
            packer.write((_fixed(part) if number % 2 else part).encode())
    return chosen


# --- the parts of the page --------------------------------------------------------------------------------------------


def _fixed(part: str) -> str:
    """A part that is the same in every page."""
    script, style = _script(), _part("report.css")
    policy = (
        f"default-src 'none'; script-src {_sha256(script)}; style-src {_sha256(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return {"policy": policy, "style": style, "script": script}[part]


def _labels(predicate: str) -> Sequence[str]:
    return words().get(f"predicate.{predicate}", (predicate,))


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
