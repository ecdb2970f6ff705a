"""Every line of the README that is typed works as it is written, and the row it shows is a row of the table."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")

# The articles that tell the row, and the one that adds what another of its questions needs.
ARTICLES = ("seed-1.txt", "seed-3.txt", "seed-5.txt", "batteries-1.txt")

_FENCE = re.compile(r"^```(sh|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

# Not typed here: the tests themselves, and a server that waits; it is asked for one page instead.
_SKIPPED = ("make test",)
_SERVER = "faits.metadata.json"


def blocks() -> list[tuple[str, str]]:
    return [(m[1], m[2]) for m in _FENCE.finditer(README) if not m[2].startswith(_SKIPPED)]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with a small corpus, as a reader of the README has one."""
    root = tmp_path_factory.mktemp("checkout")
    for name in ("pyproject.toml", "constraints.txt", "Makefile"):
        shutil.copy2(ROOT / name, root)
    for folder in ("corpus", "my-articles"):
        (root / folder).mkdir()
    for name in ARTICLES:
        shutil.copy(ROOT / "corpus" / name, root / "corpus")
    shutil.copy(ROOT / "corpus" / "data4-1.txt", root / "my-articles")
    shutil.copy(ROOT / "corpus" / "batteries-1.txt", root / "article.txt")
    commands = root / ".venv" / "bin"
    commands.mkdir(parents=True)
    for command in Path(sys.executable).parent.iterdir():
        (commands / command.name).symlink_to(command)
    (root / ".venv" / ".set-up").touch()
    return root


def typed(lang: str, text: str, place: Path) -> str:
    """What a block prints when it is run in the checkout."""
    if lang == "python":
        call = [sys.executable, "-c", text]
    else:
        text = text.replace(_SERVER, f"{_SERVER} --get /faits.json") if "datasette" in text else text
        call = ["sh", "-ec", text]
    done = subprocess.run(
        call, cwd=place, env={**os.environ, "NO_COLOR": "1"}, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{text}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def printed(place: Path) -> dict[str, str]:
    """What each block prints, run in the order of the page."""
    if shutil.which("jq") is None and not os.environ.get("CI"):
        pytest.skip("jq is not installed, which one block of the README needs")
    return {text: typed(lang, text, place) for lang, text in blocks()}


def test_every_block_runs_and_those_that_ask_a_question_answer(printed: dict[str, str]) -> None:
    assert len(printed) >= 8
    assert [text for text, out in printed.items() if not out and "make " not in text and "review" not in text] == []
    answers = "".join(printed.values())
    assert "Stargate\t5000000000" in answers.replace("\\t", "\t")
    assert "The Information" in answers


def test_the_row_it_shows_is_a_row_of_the_table(printed: dict[str, str], place: Path) -> None:
    shown = json.loads(README.split("```json\n")[1].split("```")[0])
    rows = [json.loads(line) for line in (place / "outputs/facts.jsonl").read_text(encoding="utf-8").splitlines()]

    row = next(row for row in rows if row["id"] == shown["id"])

    assert holds(row, shown)
    assert [proof["article"] for proof in row["evidence"]] == [proof["article"] for proof in shown["evidence"]]


def holds(row: object, shown: object) -> bool:
    """Whether a row has all that is shown of it; "…" stands for anything."""
    if isinstance(shown, dict) and isinstance(row, dict):
        return all(holds(row.get(key), value) for key, value in shown.items())
    if isinstance(shown, list) and isinstance(row, list):
        return shown == ["…"] or all(holds(a, b) for a, b in zip(row, shown, strict=False))
    return shown == "…" or row == shown


def test_both_languages_of_the_readme_type_the_same() -> None:
    french = (ROOT / "README.fr.md").read_text(encoding="utf-8")

    def commands(page: str) -> list[str]:
        lines = [line.split("  #")[0].rstrip() for _, text in _FENCE.findall(page) for line in text.splitlines()]
        return [line for line in lines if line]

    assert commands(french) == commands(README)
    assert french.count("\n## ") == README.count("\n## ")


def test_every_file_the_readme_links_to_is_there() -> None:
    pages = README + (ROOT / "README.fr.md").read_text(encoding="utf-8")

    assert [link for link in re.findall(r"\]\(([^)#:]+)\)", pages) if not (ROOT / link).exists()] == []
