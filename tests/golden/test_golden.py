"""A small corpus end to end: its tables are in git, so that a reviewer reads the difference.

When a change of output is meant: `faits extract tests/golden/articles -o tests/golden/tables`, read the difference,
commit it.
"""

from pathlib import Path

import pytest

from faits.flow import Settings
from faits.runner.local import extract

HERE = Path(__file__).parent
TABLES = ("facts.jsonl", "mentions.jsonl", "articles.jsonl", "problems.jsonl")


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("golden")
    extract(HERE / "articles", path, settings=Settings())
    return path


@pytest.mark.parametrize("table", TABLES)
def test_the_table_is_the_one_in_git(outputs: Path, table: str) -> None:
    made, kept = ((folder / table).read_text(encoding="utf-8").splitlines() for folder in (outputs, HERE / "tables"))

    assert made == kept
