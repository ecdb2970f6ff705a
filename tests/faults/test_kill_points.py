"""A run can be killed, run out of disk or lose power before any of its writes: nothing is lost by it.

Every step of a run that touches the disk passes through `faits.stages.disk`; each is made to fail in turn, in each way.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from engines import Quick
from faits.flow import Settings
from faits.runner.local import Summary, extract
from faits.runner.switching import recover
from faits.stages import disk
from faults.disks import Counting, Failing, KilledError, Killing, PowerCut

TABLES = ("facts.jsonl", "mentions.jsonl", "articles.jsonl", "problems.jsonl")
Way = Callable[[int, Path], Counting]
WAYS: dict[str, Way] = {
    "full": lambda at, _: Failing(at, errno.ENOSPC, stays=True),
    "refused once": lambda at, _: Failing(at, errno.EIO, stays=False),
    "killed": lambda at, _: Killing(at),
    "power cut": lambda at, folder: PowerCut(at, folder, lucky=False),
    "power cut, names kept": lambda at, folder: PowerCut(at, folder, lucky=True),
}

BEFORE = {
    "a.txt": "a 2024-01 | EDF -> Hinkley Point C | cost | 31e9 GBP",
    "b.txt": "b 2024-02 | RTE | revenue | 6e9 EUR\nb.2 2024-02 | EDF -> Hinkley Point C | cost | 32e9 GBP",
    "c.txt": "c 2024-03 | Orano | profit | 3e8 EUR",
    "p.html": "<html><body><article><p>p | Iter | cost | 2e10 EUR</p></article></body></html>",
    "e.txt": "",
}
AFTER = {
    **{name: text for name, text in BEFORE.items() if name != "c.txt"},
    "b.txt": "b 2024-02 | RTE | revenue | 7e9 EUR",
    "d/n.txt": "n 2024-04 | EDF -> Hinkley Point C | cost | 31e9 GBP",
    "p.html": "<html><body><article><p>p | Iter | cost | 3e10 EUR</p></article></body></html>",
    "q.htm": "<html><body><article><p>q | Airbus | revenue | 7e10 EUR</p></article></body></html>",
}


@pytest.fixture(autouse=True)
def _quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The disks here are played: what they lose is decided by whether a sync was asked for, not by the real one."""
    monkeypatch.setattr(os, "fsync", lambda handle: None)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two states of a corpus, the tables of each made in one go, and the tables the second finds: old/outputs."""
    root = tmp_path_factory.mktemp("world")
    for name, files in (("before", BEFORE), ("after", AFTER)):
        for path, text in files.items():
            (root / name / path).parent.mkdir(parents=True, exist_ok=True)
            (root / name / path).write_text(text)
        run(root / name, root / f"{name}-outputs")
    return root


def run(corpus: Path, outputs: Path) -> Summary:
    return extract(corpus, outputs, settings=Settings(), engine=Quick)


def contents(outputs: Path) -> dict[str, bytes]:
    """The tables and texts in a folder."""
    files = [path for path in outputs.rglob("*") if path.is_file() and ".faits" not in path.parts]
    return {p.relative_to(outputs).as_posix(): p.read_bytes() for p in files if p.name != "run.json"}


def steps(world: Path, folder: Path, start: str | None) -> int:
    outputs = prepared(world, folder, start)
    counting = Counting()
    with disk.watched(counting):
        run(world / "after", outputs)
    return len(counting.steps)


def prepared(world: Path, folder: Path, start: str | None) -> Path:
    outputs = folder / "outputs"
    shutil.rmtree(outputs, ignore_errors=True)
    if start:
        shutil.copytree(world / start, outputs)
    return outputs


STARTS = {"first run": None, "later run": "before-outputs"}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("start", STARTS)
def test_whatever_step_fails_no_table_is_lost_and_the_next_run_ends_what_was_begun(
    world: Path, tmp_path: Path, way: str, start: str
) -> None:
    old = contents(world / "before-outputs") if STARTS[start] else {}
    new = contents(world / "after-outputs")

    for at in range(steps(world, tmp_path, STARTS[start])):
        outputs = prepared(world, tmp_path, STARTS[start])
        watch = WAYS[way](at, outputs)
        with disk.watched(watch), suppress(KilledError, OSError):
            run(world / "after", outputs)
        if isinstance(watch, PowerCut):
            watch.cut()

        assert whole(outputs, old, new), (at, watch.steps)
        run(world / "after", outputs)
        assert contents(outputs) == new, (at, watch.steps)


def whole(outputs: Path, old: dict[str, bytes], new: dict[str, bytes]) -> bool:
    """Whether each table that was there is there, and as one run or the other made it."""
    there = contents(outputs)
    return old.keys() & set(TABLES) <= there.keys() and all(
        content in (old.get(name), new.get(name)) for name, content in there.items() if not name.endswith(".faits-tmp")
    )


def test_at_least_two_hundred_points_of_failure_are_tried(world: Path, tmp_path: Path) -> None:
    tried = sum(steps(world, tmp_path, start) for start in STARTS.values()) * len(WAYS)

    assert tried >= 200


def test_until_the_new_tables_are_all_written_the_old_ones_stand_together(world: Path, tmp_path: Path) -> None:
    outputs = prepared(world, tmp_path, "before-outputs")
    counting = Counting()
    with disk.watched(counting):
        run(world / "after", outputs)
    journal_in_place = counting.steps.index("rename")
    old = contents(world / "before-outputs")

    for at in range(journal_in_place + 1):
        outputs = prepared(world, tmp_path, "before-outputs")
        with disk.watched(Killing(at)), suppress(KilledError):
            run(world / "after", outputs)

        assert {n: c for n, c in contents(outputs).items() if not n.endswith(".faits-tmp")} == old, at


def test_once_the_journal_is_there_what_it_tells_is_done_without_reading_or_merging(
    world: Path, tmp_path: Path
) -> None:
    outputs = prepared(world, tmp_path, "before-outputs")
    counting = Counting()
    with disk.watched(counting):
        run(world / "after", outputs)
    first, *_, last = (number for number, step in enumerate(counting.steps) if step == "rename")

    for at in range(first + 1, last + 1):
        outputs = prepared(world, tmp_path, "before-outputs")
        with disk.watched(Killing(at)), suppress(KilledError):
            run(world / "after", outputs)

        recover(outputs, outputs / ".faits" / "switch.json")

        assert contents(outputs) == contents(world / "after-outputs"), at


def test_a_journal_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outputs").mkdir()
    (tmp_path / "mine.txt").write_text("mine")
    journal = tmp_path / "outputs" / "switch.json"
    journal.write_text('{"moves": [], "removals": ["../mine.txt"]}')

    recover(tmp_path / "outputs", journal)

    assert (tmp_path / "mine.txt").exists()
    assert not journal.exists()


def test_what_was_read_before_a_kill_is_not_read_again(
    world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("faits.runner.cache._COMMIT_EVERY", 1)
    outputs = tmp_path / "outputs"
    counting = Counting()
    with disk.watched(counting):
        run(world / "after", outputs)
    third = [number for number, step in enumerate(counting.steps) if step == "commit"][2]
    shutil.rmtree(outputs)
    with disk.watched(Killing(third)), suppress(KilledError):
        run(world / "after", outputs)
    Quick.asked.clear()

    run(world / "after", outputs)

    assert len(Quick.asked) == len(AFTER) - 2


SCRIPT = """
import os, signal, sys
from pathlib import Path
from engines import Quick
from faits.flow import Settings
from faits.runner.local import extract
from faits.stages import disk
left = int(sys.argv[1])
def watch(step, path, target):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
with disk.watched(watch):
    extract(Path(sys.argv[2]), Path(sys.argv[3]), settings=Settings(), engine=Quick)
"""


@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_a_run_that_is_really_killed_leaves_what_the_played_one_leaves(
    world: Path, tmp_path: Path, share: float
) -> None:
    at = int(steps(world, tmp_path, "before-outputs") * share)
    outputs = prepared(world, tmp_path, "before-outputs")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}

    killed = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(at), str(world / "after"), str(outputs)], env=environment, check=False
    )

    new = contents(world / "after-outputs")
    assert killed.returncode == -signal.SIGKILL
    assert whole(outputs, contents(world / "before-outputs"), new)
    run(world / "after", outputs)
    assert contents(outputs) == new
