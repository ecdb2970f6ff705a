"""`faits export`: the tables in the formats of other tools."""

from __future__ import annotations

import argparse
from pathlib import Path

from faits.commands.saying import say
from faits.errors import UsageError
from faits.exporters.targets import TARGETS


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("outputs", nargs="?", type=Path, default=Path("outputs"), help="folder of tables (outputs/)")
    parser.add_argument("--to", required=True, choices=list(TARGETS), help="the format")
    parser.add_argument("-o", "--output", type=Path, metavar="PATH", help="file or folder (OUTPUTS/export/…)")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of the articles (corpus/)")
    parser.set_defaults(command=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the export and say where it is."""
    from faits.exporters.reading import read_tables
    from faits.exporters.sources import source_texts

    target = TARGETS[arguments.to]
    path = arguments.output or arguments.outputs / "export" / target.name
    tables = read_tables(arguments.outputs)
    texts = source_texts(tables.articles, arguments.outputs, arguments.corpus) if target.texts else {}
    if target.texts and tables.articles and not texts:
        why = "the articles the tables were made from are not there, or were edited since"
        raise UsageError(
            f"{arguments.corpus}: {arguments.to} needs their texts; {why}; name their folder with --corpus"
        )
    try:
        written = target.writer()(tables, path, texts)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written; {error.strerror}; choose another with -o") from error
    say(f"{len(tables.facts)} facts: {', '.join(str(one) for one in written[:4])}{' …' if len(written) > 4 else ''}")
    return 0
