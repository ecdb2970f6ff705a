"""`faits completion`: the script that teaches a shell to complete faits."""

from __future__ import annotations

import argparse
from collections.abc import Callable

SHELLS = ("bash", "zsh", "tcsh")


def arguments(parser: argparse.ArgumentParser, whole: Callable[[], argparse.ArgumentParser]) -> None:
    """Declare what the command takes; `whole` makes the parser the script is about."""
    parser.add_argument("shell", choices=SHELLS, help="which shell")
    parser.epilog = 'bash: eval "$(faits completion bash)"; zsh: faits completion zsh > _faits, in a folder of $fpath'
    parser.set_defaults(command=run, whole=whole)


def run(arguments: argparse.Namespace) -> int:
    """Print the script."""
    import shtab

    print(shtab.complete(arguments.whole(), shell=arguments.shell))  # noqa: T201 – stdout carries the data
    return 0
