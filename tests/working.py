"""What worker processes are made with in tests of the pool: a file's name says how reading it goes."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from faits.errors import LexiconError
from faits.runner.reading import Answer

PARTS = {"row": b"read"}


def reader(marks: str = "", broken: str = "") -> Callable[[str], Answer]:
    """A reader that hangs, sleeps, eats, dies or answers."""
    if broken:
        raise LexiconError(broken)

    def read(path: str) -> Answer:
        name = Path(path).name
        if name.startswith("loops"):
            while True:
                pass
        if name.startswith("sleeps"):
            time.sleep(3600)
        if name.startswith("eats"):
            return Answer("x" * (1 << 34))
        if name.startswith("dies") or (name.startswith("once") and _first(Path(marks, name))):
            os.kill(os.getpid(), signal.SIGKILL)
        if name.startswith("prints"):
            print("not a message", flush=True)
        return Answer(f"{name} by {os.getpid()}", PARTS)

    return read


def _first(mark: Path) -> bool:
    if mark.exists():
        return False
    mark.touch()
    return True
