"""Libraries that only some targets need; without one the message says which extra brings it."""

from __future__ import annotations

import importlib
from typing import Any

from faits.errors import UsageError


def needed(module: str, extra: str) -> Any:
    """The module.

    Raises:
        UsageError: it is not installed.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != module.partition(".")[0]:
            raise  # it is there, and something it needs itself is not
        what = f"{module.partition('.')[0]} is not installed"
        raise UsageError(f"{extra}; {what}; pip install 'faits[{extra}]'") from None
