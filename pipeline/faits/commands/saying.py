"""Messages to the person at the terminal: on stderr, and none of them when --quiet was asked."""

from __future__ import annotations

import os
import sys

# Set by --quiet or FAITS_QUIET; errors are said all the same.
QUIET = "FAITS_QUIET"


def say(message: str) -> None:
    """Say what was done."""
    if not is_quiet():
        warn(message)


def warn(message: str) -> None:
    """Say what went wrong: this is never silenced."""
    print(message, file=sys.stderr)  # noqa: T201 – messages go to stderr


def is_quiet() -> bool:
    """Whether only errors are to be said."""
    return os.environ.get(QUIET, "") not in ("", "0", "false", "no")
