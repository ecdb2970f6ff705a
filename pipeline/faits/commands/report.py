"""`faits report`: the tables as one page that opens from disk."""

from __future__ import annotations

import argparse
from pathlib import Path

from faits.commands.saying import say
from faits.errors import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("outputs", nargs="?", type=Path, default=Path("outputs"), help="folder of tables (outputs/)")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of the articles (corpus/)")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="where the page goes (OUTPUTS/report.html)")
    parser.add_argument("--title", help="what stands at the head of the page")
    parser.set_defaults(command=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the page and say where it is."""
    written = write(arguments.outputs, arguments.corpus, arguments.output, title=arguments.title)
    say(f"{written}: written; open it in a browser, no network is needed")
    return 0


def stands(outputs: Path) -> bool:
    """Whether there is a report, written since the tables were."""
    try:
        return (outputs / "report.html").stat().st_mtime_ns >= (outputs / "run.json").stat().st_mtime_ns
    except OSError:
        return False


def write(outputs: Path, corpus: Path, path: Path | None = None, *, title: str | None = None) -> Path:
    """Write the report of `outputs` and give back where it is.

    Raises:
        UsageError: there are no tables, or the page cannot be written.
    """
    from faits.exporters.report import write_report

    try:
        return write_report(outputs, corpus, path, title=title)
    except OSError as error:
        where = path or outputs / "report.html"
        raise UsageError(f"{where}: cannot be written; {error.strerror}; choose another with -o") from error
