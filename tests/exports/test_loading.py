"""Tables in a program."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import faits
from faits.errors import UsageError
from faits.exporters.columns import COLUMNS
from faits.model import Fact
from shown import facts, tables


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("facts", "mentions", "articles", "problems"):
        rows = getattr(tables(), name)
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return tmp_path


def test_load_gives_typed_facts_and_the_other_tables(folder: Path) -> None:
    loaded = faits.load(folder)

    assert list(loaded) == facts() == list(faits.load(folder / "facts.jsonl"))
    assert isinstance(loaded[0], Fact) and len(loaded[1:3]) == 2
    assert [row.id for row in loaded.articles] == [row["id"] for row in tables().articles]
    assert (len(loaded.mentions), loaded.problems[0].code) == (0, "no_publication_date")


def test_load_says_what_to_do_without_a_table(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="run faits extract"):
        faits.load(tmp_path)


def test_pandas_keeps_the_type_of_a_column_that_is_null_throughout(folder: Path) -> None:
    frame = faits.load(folder).to_pandas()

    assert [str(frame[name].dtype) for name in ("confidence", "articles", "review")] == ["Float64", "Int64", "string"]
    assert frame["confidence"].isna().all() and frame.loc[frame.predicate == "revenue", "number"].item() == 58e6
    assert len(faits.load(folder).to_pandas("evidence")) == sum(len(fact.evidence) for fact in facts())


def test_polars_keeps_the_type_of_a_column_that_is_null_throughout(folder: Path) -> None:
    import polars

    frame = faits.load(folder).to_polars()

    assert frame.schema["confidence"] == polars.Float64 and frame.schema["review"] == polars.String
    assert frame.schema["conflicts"] == polars.List(polars.String)
    assert faits.load(folder).mentions.to_polars().schema["number"] == polars.Float64


def test_duckdb_has_every_table(folder: Path) -> None:
    with faits.load(folder).to_duckdb() as database:
        names = {row[0] for row in database.execute("show tables").fetchall()}
        number = database.execute("select max(number) from facts where unit = 'USD'").fetchone()

    assert (names, number) == (set(COLUMNS), (4e9,))


def test_importing_faits_loads_neither_spacy_nor_pydantic() -> None:
    heavy = (
        "import sys, faits; print([m for m in ('spacy', 'pydantic', 'pandas', 'numpy', 'babel') if m in sys.modules])"
    )

    assert subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_notebook_runs_from_top_to_bottom(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notebook = Path(__file__).parents[2] / "docs" / "facts.ipynb"
    cells = [cell for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    monkeypatch.setenv("FAITS_OUTPUTS", str(folder))

    known: dict[str, object] = {}
    for number, cell in enumerate(cells, 1):
        exec(compile("".join(cell["source"]), f"cell {number}", "exec"), known)

    assert len(cells) >= 5
