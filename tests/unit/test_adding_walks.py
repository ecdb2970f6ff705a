"""docs/adding.md is followed to the letter, each section in a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "adding.md").read_text(encoding="utf-8")

_FENCE = re.compile(r"^```(?P<lang>\w+)(?: (?P<file>\S+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block: what it is written in, the file it belongs into, if any, and its text."""

    lang: str
    file: str | None
    text: str


def sections() -> dict[str, list[Block]]:
    """The blocks of each section that types a command."""
    found = {}
    for part in PAGE.split("\n## ")[1:]:
        title, text = part.split("\n", 1)
        blocks = [Block(m["lang"], m["file"], m["text"]) for m in _FENCE.finditer(text)]
        if blocks:
            found[title] = blocks
    return found


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of what the page touches, with a `.venv` whose commands run the copy."""
    ignored = shutil.ignore_patterns("models", "__pycache__", "*.egg-info")
    for name in ("pipeline", "tests", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    (tmp_path / "pipeline/faits/models").symlink_to(ROOT / "pipeline/faits/models")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    commands = tmp_path / ".venv" / "bin"
    commands.mkdir(parents=True)
    for name, call in (
        ("faits", '-c "import sys; from faits.cli import main; sys.exit(main(sys.argv[1:]))" "$@"'),
        ("python", '"$@"'),
    ):
        script = commands / name
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" {call}\n', encoding="utf-8")
        script.chmod(0o755)
    return tmp_path


def put(block: Block, root: Path) -> None:
    """Make one change: a new file, rows at the end of one, or lines for lines."""
    assert block.file is not None
    path = root / block.file
    if block.lang != "diff":
        known = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(known + block.text, encoding="utf-8")
        return
    lines = block.text.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line[0] in " -")
    new = "".join(line[1:] for line in lines if line[0] in " +")
    content = path.read_text(encoding="utf-8")
    assert content.count(old) == 1, f"{block.file} does not hold once what is to be replaced: {old}"
    path.write_text(content.replace(old, new), encoding="utf-8")


def typed(command: str, root: Path) -> str:
    """What the shell prints, standard error aside."""
    environment = {**os.environ, "PYTHONPATH": str(root / "pipeline"), "NO_COLOR": "1"}
    done = subprocess.run(
        ["sh", "-ec", command], cwd=root, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.parametrize("title", sections())
def test_a_section_works_as_it_is_written(title: str, copy: Path) -> None:
    blocks = sections()[title]
    for block in blocks:
        if block.file is not None:
            put(block, copy)

    printed = "".join(typed(block.text, copy) for block in blocks if block.lang == "sh")

    wanted = [line for block in blocks if block.lang == "text" for line in block.text.splitlines()]
    assert [line for line in wanted if line not in printed] == []


def test_every_lexicon_of_a_language_is_on_the_list() -> None:
    listed = set(re.findall(r"`(\w+\.toml)`", PAGE.split("## A language")[1]))

    assert listed >= {path.name for path in (ROOT / "pipeline/faits/lexicons/fr").glob("*.toml")}
    assert listed >= {path.name for path in (ROOT / "pipeline/faits/lexicons/en").glob("*.toml")}


def test_every_file_the_page_names_is_there() -> None:
    told = {name for name in re.findall(r"`([\w/]+\.py)`", PAGE) if "/" in name}
    made = {block.file for blocks in sections().values() for block in blocks if block.lang == "python"}
    places = (ROOT, ROOT / "pipeline", ROOT / "pipeline/faits")

    assert [name for name in sorted(told) if name not in made and not any((at / name).exists() for at in places)] == []
