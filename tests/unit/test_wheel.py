"""What is installed from the built wheel works by itself: lexicons, models and the page of the report come with it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel and what it depends on, and nothing of this checkout."""
    root = tmp_path_factory.mktemp("wheel")
    source = root / "source"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    shutil.copytree(ROOT / "pipeline", source / "pipeline", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    ran(*pip, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(root), str(source))
    venv.create(root / "env", with_pip=False)
    # A path in a .pth file is searched, but the .pth files in it are not read: dependencies come along, the checkout
    # that is installed beside them as editable does not.
    packages = next((root / "env").rglob("site-packages"))
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    wheel = next(root.glob("faits-*.whl"))
    python = root / "env" / "bin" / "python"
    ran(sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps", "--no-index", str(wheel))
    return root / "env"


def ran(*call: str, where: Path | None = None) -> str:
    done = subprocess.run(call, cwd=where, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{' '.join(call)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_the_wheel_extracts_reports_and_checks(environment: Path, tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    for name, text in {
        "a.txt": "Nordal a investi 12 millions d'euros dans une usine à Lyon.",
        "b.txt": "Nordal said it would spend $3 billion on a plant in Leeds.",
    }.items():
        (tmp_path / "articles" / name).write_text(text + "\n", encoding="utf-8")
    command = str(environment / "bin" / "faits")

    place = ran(str(environment / "bin" / "python"), "-c", "import faits; print(faits.__file__)", where=tmp_path)
    ran(command, "extract", "articles", "-o", "tables", where=tmp_path)
    ran(command, "check", "tables", "--corpus", "articles", where=tmp_path)
    ran(command, "export", "tables", "--to", "csv", where=tmp_path)

    assert environment in Path(place.strip()).parents
    facts = [json.loads(line) for line in (tmp_path / "tables/facts.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {(fact["value"]["number"], fact["value"]["unit"]) for fact in facts if fact["value"]} >= {
        (12e6, "EUR"), (3e9, "USD"),
    }  # fmt: skip
    assert (tmp_path / "tables/report.html").stat().st_size > 50_000
    assert "faits_fr" in ran(command, "--version", where=tmp_path)
