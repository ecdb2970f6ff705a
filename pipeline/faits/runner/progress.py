"""What a long run shows on stderr: a bar on a terminal, nothing anywhere else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Protocol, TypeVar

T = TypeVar("T")


class Progress(Protocol):
    """Passes items through, having been told how many will come."""

    def __call__(self, items: Iterator[T], total: int, /) -> Iterator[T]:
        """The items, in order."""


def silent(items: Iterator[T], total: int) -> Iterator[T]:
    """The items, shown nowhere."""
    del total
    return items


def bar(items: Iterator[T], total: int) -> Iterator[T]:
    """The items, counted by a bar on stderr when that is a terminal."""
    if not sys.stderr.isatty():
        return items
    from rich.console import Console
    from rich.progress import track

    return iter(track(items, description="articles", total=total, console=Console(stderr=True), transient=True))


def printable(text: str) -> str:
    """`text` safe to show on a terminal: control characters, which may come from a file's name, are escaped.

    >>> printable("a\\x1b[31mb")
    'a\\\\x1b[31mb'
    """
    return "".join(c if c.isprintable() or c == " " else c.encode("unicode_escape").decode() for c in text)
