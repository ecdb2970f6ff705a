"""Tables are replaced whole or not at all."""

import json
from pathlib import Path

import pytest

from faits.model import Problem
from faits.stages.write import replacing, write

ROW = Problem(article="a\nb.txt", code="empty", what="é", why="", advice="")


def test_a_row_is_one_line_of_utf8_with_its_keys_in_the_order_of_the_model(tmp_path: Path) -> None:
    count = write([ROW], tmp_path / "problems.jsonl")

    lines = (tmp_path / "problems.jsonl").read_text(encoding="utf-8").split("\n")
    assert count == 1
    assert lines[1:] == [""]
    assert list(json.loads(lines[0])) == list(Problem.model_fields)
    assert "é" in lines[0]


def test_a_write_that_fails_half_way_leaves_the_old_table_and_no_litter(tmp_path: Path) -> None:
    path = tmp_path / "table"
    path.write_text("old")

    with pytest.raises(RuntimeError), replacing(path) as file:
        file.write("half of the new")
        raise RuntimeError

    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
