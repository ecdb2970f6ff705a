"""The Python of docs/exports.md runs as it is written, on the tables of three articles."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from faits.cli import main

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("snippet", re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
def test_a_snippet_runs(snippet: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "tests" / "golden" / "tables", tmp_path / "outputs")
    monkeypatch.chdir(tmp_path)
    assert main(["export", "outputs", "--to", "duckdb"]) == 0

    exec(compile(snippet, "docs/exports.md", "exec"), {})
