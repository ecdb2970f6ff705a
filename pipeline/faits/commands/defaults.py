"""What a command takes when a flag does not say it: the environment first, then faits.toml, then its own default."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from faits.commands.saying import be_quiet
from faits.errors import UsageError

_YES, _NO = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")


def parse(parser: argparse.ArgumentParser, argv: Sequence[str] | None, environment: Mapping[str, str]) -> Any:
    """The arguments of a command line, with what the environment and the configuration say where it says nothing.

    Raises:
        UsageError: a variable or the configuration holds what cannot be.
    """
    for one in _parsers(parser):
        one.add_argument(
            "-q", "--quiet", action="store_true", default=argparse.SUPPRESS, help="say only what went wrong"
        )
    for name, value in _chosen(argv, environment).items():
        parser.set_defaults(**{name: value}) if name == "quiet" else _set(parser, name, value)
    arguments = parser.parse_args(argv)
    be_quiet(bool(getattr(arguments, "quiet", False)))
    return arguments


def _chosen(argv: Sequence[str] | None, environment: Mapping[str, str]) -> dict[str, Any]:
    before = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    before.add_argument("--config", type=Path)
    try:
        named = before.parse_known_args(argv)[0].config
    except argparse.ArgumentError:
        named = None  # the real parser will say what is wrong with it
    given = {
        name: read(environment[_variable(name)], name)
        for name, read in _READERS.items()
        if _variable(name) in environment
    }
    return {**_configured(named or given.get("config")), **given}


def _configured(path: Path | None) -> dict[str, Any]:
    if path is None and not Path("faits.toml").is_file():
        return {}  # nothing to read, and nothing to import for it: `faits --help` answers at once
    from faits.runner.configuration import defaults

    return defaults(path)


def _variable(name: str) -> str:
    return f"FAITS_{name.upper()}"


def _path(text: str, name: str) -> Path:
    return Path(text)


def _number(text: str, name: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise UsageError(f"{_variable(name)}={text!r}; not a number of processes; give 1 or more")
    return int(text)


def _truth(text: str, name: str) -> bool:
    if text.lower() not in (*_YES, *_NO):
        raise UsageError(f"{_variable(name)}={text!r}; neither yes nor no; give 1 or 0")
    return text.lower() in _YES


_READERS: dict[str, Callable[[str, str], Any]] = {
    "corpus": _path, "outputs": _path, "config": _path, "jobs": _number, "quiet": _truth, "report": _truth,
}  # fmt: skip


def _set(parser: argparse.ArgumentParser, name: str, value: Any) -> None:
    for one in _parsers(parser):
        for action in one._actions:
            # A command that must be told its input is not told it by a default.
            if action.dest == name and not action.required:
                action.default = value


def _parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """A parser and those of its commands, all the way down."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for one in action.choices.values():
                yield from _parsers(one)
