"""Turns press articles into a table of facts: who, what, how much, when, says who.

The way in is `faits.flow.read` (one article) and `faits.flow.tabulate` (many); the types are in `faits.model`.
Importing this package loads neither spaCy nor a lexicon.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from faits.exporters.loading import Loaded

__version__ = "0.1.0"
__all__ = ["__version__", "load"]


def load(path: str | Path = "outputs") -> Loaded:
    """The tables of a folder: typed facts, with `.mentions`, `.articles`, `.problems` and data frames.

    Raises:
        UsageError: there are no tables there.
    """
    from faits.exporters import loading

    return loading.load(path)
