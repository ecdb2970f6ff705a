"""A file that hangs, eats memory or kills its process costs only itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from faits.errors import FaitsError
from faits.runner.limits import Limits
from faits.runner.pool import Pool
from faits.runner.reading import Answer

LIMITS = Limits(seconds=0.3, memory_mb=300)


@pytest.fixture(autouse=True)
def _tests_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))


def answers(names: list[str], folder: Path, *, jobs: int = 1, limits: Limits = LIMITS) -> dict[str, Answer]:
    with Pool("working:reader", {"marks": str(folder)}, jobs=jobs, limits=limits) as pool:
        return dict(pool.read((name, name) for name in names))


def outcome(answer: Answer) -> str:
    return answer.problem.code if answer.problem is not None else "read"


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_file_that_is_too_much_is_a_problem_and_the_others_are_read(tmp_path: Path, jobs: int) -> None:
    names = ["a.txt", "loops.txt", "b.txt", "eats.txt", "dies.txt", "once.txt", "prints.txt", "c.txt"]

    found = answers(names, tmp_path, jobs=jobs)

    assert {name: outcome(answer) for name, answer in found.items()} == {
        **dict.fromkeys(("a.txt", "b.txt", "c.txt", "once.txt", "prints.txt"), "read"),
        **dict.fromkeys(("loops.txt", "eats.txt"), "overrun"),
        "dies.txt": "died",
    }
    assert {name: answer.problem.article for name, answer in found.items() if answer.problem} == {
        name: name for name in ("loops.txt", "eats.txt", "dies.txt")
    }


def test_a_file_that_waits_for_ever_is_ended_by_the_clock(tmp_path: Path) -> None:
    found = answers(["sleeps.txt", "a.txt"], tmp_path, limits=Limits(seconds=0.05))

    assert {name: outcome(answer) for name, answer in found.items()} == {"sleeps.txt": "overrun", "a.txt": "read"}


def test_a_worker_is_renewed_after_so_many_articles(tmp_path: Path) -> None:
    found = answers([f"{n}.txt" for n in range(4)], tmp_path, limits=Limits(renew_after=2))

    by = [found[f"{n}.txt"].key.split(" by ")[1] for n in range(4)]
    assert by[0] == by[1] != by[2] == by[3]


def test_what_breaks_every_article_stops_the_run_with_its_reason() -> None:
    with (
        Pool("working:reader", {"broken": "fr/units.toml, row 12: unit"}, jobs=1, limits=LIMITS) as pool,
        pytest.raises(FaitsError, match=r"fr/units\.toml, row 12: unit"),
    ):
        list(pool.read([("a.txt", "a.txt")]))


def test_a_worker_that_cannot_start_says_why() -> None:
    with Pool("no_such_module:reader", {}, jobs=1, limits=LIMITS) as pool, pytest.raises(FaitsError, match="no_such"):
        list(pool.read([("a.txt", "a.txt")]))


def test_nothing_is_asked_for_before_a_worker_is_free() -> None:
    taken: list[int] = []

    def paths():  # type: ignore[no-untyped-def]
        for n in range(6):
            taken.append(n)
            yield f"{n}.txt", f"{n}.txt"

    with Pool("working:reader", {}, jobs=2, limits=LIMITS) as pool:
        ahead = [len(taken) - given for given, _ in enumerate(pool.read(paths()))]

    assert max(ahead) <= 2
