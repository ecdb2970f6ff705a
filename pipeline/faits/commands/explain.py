"""`faits explain`: how a fact of the table came to be, in plain words."""

from __future__ import annotations

import argparse
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("id", metavar="ID", help="id of a fact (f-…)")
    parser.add_argument("outputs", nargs="?", type=Path, default=Path("outputs"), help="folder of tables (outputs/)")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of the articles (corpus/)")
    parser.add_argument("--lang", choices=("fr", "en"), default="fr", help="language of the explanation (fr)")
    parser.add_argument("--config", type=Path, help="configuration file (./faits.toml)")
    parser.set_defaults(command=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the explanation on stdout."""
    from faits.runner.configuration import settings
    from faits.runner.explaining import explain

    chosen = settings(arguments.config)
    for line in explain(arguments.id, arguments.outputs, arguments.corpus, settings=chosen, lang=arguments.lang):
        print(line)  # noqa: T201 – stdout carries the explanation
    return 0
