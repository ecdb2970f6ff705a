"""What importing the package costs: nothing that was not asked for."""

import subprocess
import sys

import pytest

HEAVY = (
    "spacy", "numpy", "pandas", "polars", "pyarrow", "duckdb", "rdflib", "networkx", "pyspark", "quantulum3",
    "trafilatura",
)  # fmt: skip


@pytest.mark.parametrize("module", ["faits", "faits.cli"])
def test_importing_loads_no_library_of_a_stage_an_exporter_or_an_engine(module: str) -> None:
    code = f"import sys, {module}; print(*[name for name in {HEAVY} if name in sys.modules])"

    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert loaded == []
