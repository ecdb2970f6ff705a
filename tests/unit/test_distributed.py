"""On Spark the tables are the ones the local engine writes, also when an executor is killed while it reads."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from faits.cli import main
from faits.runner.distributed.components import united
from faits.runner.distributed.session import missing

ROOT = Path(__file__).parents[2]
TABLES = ("articles", "facts", "mentions", "problems")
LACKING = missing()

needs_spark = pytest.mark.skipif(
    LACKING is not None and "CI" not in os.environ, reason=f"Spark cannot run here: {LACKING}"
)


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A configuration with pipelines that load at once: what is read does not matter here, but that it is the same."""
    import spacy

    folder = tmp_path_factory.mktemp("pipelines")
    lines = ["[pipelines]"]
    for lang in ("fr", "en"):
        pipeline = spacy.blank(lang)
        pipeline.add_pipe("sentencizer")
        pipeline.to_disk(folder / lang)
        lines.append(f'{lang} = "{folder / lang}"')
    file = folder / "faits.toml"
    file.write_text("\n".join(lines) + "\n")
    return file


def _corpus(folder: Path) -> None:
    """Articles of the demonstration corpus, a copy, a page, lines a site repeats, a record of a file, a broken one."""
    folder.mkdir()
    for name in ("gerd-1.txt", "gerd-2.html", "coreweave-1.txt", "coreweave-2.txt", "siemens-1.txt", "siemens-1.json"):
        (folder / name).write_bytes((ROOT / "corpus" / name).read_bytes())
    (folder / "copy.txt").write_bytes((ROOT / "corpus" / "gerd-1.txt").read_bytes() + b"\nEt une ligne de plus.\n")
    for number in range(4):
        text = f"La centrale numéro {number} a coûté {number + 3} milliards d'euros.\nSuivez-nous sur notre site\n"
        (folder / f"site-{number}.txt").write_text(text, encoding="utf-8")
        (folder / f"site-{number}.json").write_text('{"publisher": "Le Veilleur"}', encoding="utf-8")
    (folder / "empty.txt").write_text("")
    text = "Le barrage de Kelmor a coûté 4,2 milliards d'euros, selon la société Kelmor Énergie."
    (folder / "archive.jsonl").write_text(
        json.dumps({"text": text, "date": "2024-05-02"}) + "\n{broken\n", encoding="utf-8"
    )


@needs_spark
def test_an_executor_killed_while_it_reads_costs_nothing_and_the_tables_are_those_of_one_worker(
    tmp_path: Path, blank: Path
) -> None:
    corpus = tmp_path / "corpus"
    _corpus(corpus)
    main(["extract", str(corpus), "-o", str(tmp_path / "one"), "--config", str(blank), "--no-report", "-q"])

    command = [
        sys.executable, "-c", "import sys; from faits.cli import main; sys.exit(main())", "extract", str(corpus),
        "-o", str(tmp_path / "spark"), "--config", str(blank), "--no-report",
        "--engine", "spark", "--master", "local-cluster[2,1,1024]",
    ]  # fmt: skip
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as run:
        killed = _kill_an_executor(run)
        _, said = run.communicate(timeout=900)

    assert killed, said
    assert run.returncode == 1, said  # articles are unread: the empty one, the broken record
    assert [_table(tmp_path / "spark", name) for name in TABLES] == [_table(tmp_path / "one", name) for name in TABLES]
    assert "near_duplicate_of" in _table(tmp_path / "one", "articles")


def _table(outputs: Path, name: str) -> str:
    return (outputs / f"{name}.jsonl").read_text(encoding="utf-8")


def _kill_an_executor(run: subprocess.Popen[str]) -> bool:
    """Kill one executor of a run once a reader process of its has begun."""
    while run.poll() is None:
        below = {pid: (parent, line) for pid, parent, line in _processes()}
        for pid, (_, line) in below.items():
            if "faits.runner.worker" in line:
                for above in _ancestors(pid, below):
                    if "CoarseGrainedExecutorBackend" in below[above][1] and run.pid in _ancestors(above, below):
                        os.kill(above, signal.SIGKILL)
                        return True
        time.sleep(0.05)
    return False


def _ancestors(pid: int, below: dict[int, tuple[int, str]]) -> Iterator[int]:
    while pid in below:
        pid = below[pid][0]
        if pid in below:
            yield pid


def _processes() -> Iterator[tuple[int, int, str]]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "stat").read_text().rpartition(")")[2].split()
            yield int(folder.name), int(status[1]), (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (OSError, UnicodeDecodeError):
            continue  # it has ended


def test_spark_that_is_not_there_is_said_with_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)

    assert "pip install 'faits[spark]'" in str(missing())


def test_parts_are_refused_without_spark(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "corpus", "--parts", "parquet"]) == 2
    assert "--engine spark" in capsys.readouterr().err


def test_a_chain_of_any_order_is_one_component() -> None:
    chain = [(f"n{i:03}", f"n{i + 1:03}") for i in range(50)]

    found = united(chain[::2] + chain[1::2][::-1] + [("x", "y")])

    assert {found[f"n{i:03}"] for i in range(51)} == {"n000"}
    assert found["y"] == "x"
