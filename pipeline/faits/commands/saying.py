"""Messages to the person at the terminal: on stderr, and only what went wrong when --quiet was asked."""

from __future__ import annotations

import sys

_quiet = False


def be_quiet(quiet: bool) -> None:
    """From here on say only what went wrong, or everything again."""
    global _quiet
    _quiet = quiet


def is_quiet() -> bool:
    """Whether only what went wrong is said."""
    return _quiet


def say(message: str) -> None:
    """Say what was done."""
    if not _quiet:
        warn(message)


def warn(message: str) -> None:
    """Say what went wrong: never silenced. Control characters, which a file's name may hold, are spelt out."""
    from faits.runner.progress import printable

    print(printable(message), file=sys.stderr)  # noqa: T201 – messages go to stderr
