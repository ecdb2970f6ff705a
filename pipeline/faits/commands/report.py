"""`faits report`: the tables as one page that opens from disk."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from faits.commands.saying import say
from faits.errors import UsageError

if TYPE_CHECKING:
    from faits.exporters.report import Asked


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("outputs", nargs="?", type=Path, default=Path("outputs"), help="folder of tables (outputs/)")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of the articles (corpus/)")
    where = "where the page goes (OUTPUTS/report.html; with --search OUTPUTS/report-WORDS.html)"
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help=where)
    parser.add_argument("--title", help="what stands at the head of the page")
    parser.add_argument("--search", metavar="WORDS", help="a page of the facts in which all these words stand")
    parser.add_argument("--most", type=_count, metavar="N", help="how many facts the page may show (100,000)")
    parser.set_defaults(command=run)


def _count(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of facts; give 1 or more")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Write the page and say where it is."""
    from faits.exporters.report import MOST_FACTS, Asked

    asked = Asked(title=arguments.title, search=arguments.search, most=arguments.most or MOST_FACTS)
    path = arguments.output
    if path is None and arguments.search is not None:
        path = arguments.outputs / f"report-{_slug(arguments.search)}.html"
    written = write(arguments.outputs, arguments.corpus, path, asked=asked)
    say(f"{written}: written; open it in a browser, no network is needed")
    return 0


def _slug(search: str) -> str:
    """Words as a part of the name of a file.

    >>> _slug('"Électricité de France" 2030')
    'électricité-de-france-2030'
    """
    return "-".join(re.findall(r"\w+", search.lower()))[:80] or "search"


def stands(outputs: Path) -> bool:
    """Whether there is a report, written since the tables were."""
    try:
        return (outputs / "report.html").stat().st_mtime_ns >= (outputs / "run.json").stat().st_mtime_ns
    except OSError:
        return False


def write(outputs: Path, corpus: Path, path: Path | None = None, *, asked: Asked | None = None) -> Path:
    """Write the report of `outputs` and give back where it is; says so where it does not show all facts.

    Raises:
        UsageError: there are no tables, or the page cannot be written.
    """
    from faits.exporters.report import write_report

    try:
        written = write_report(outputs, corpus, path, asked)
    except OSError as error:
        where = path or outputs / "report.html"
        raise UsageError(f"{where}: cannot be written; {error.strerror}; choose another with -o") from error
    if written.shown < written.of:
        say(f"{written.path}: shows {written.shown:,} of {written.of:,} facts; all are in {outputs / 'facts.jsonl'}; "
            "faits report --search WORDS makes a page of those on one subject")  # fmt: skip
    return written.path
