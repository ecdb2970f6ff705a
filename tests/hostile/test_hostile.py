"""Hostile files end as read or as problem rows, within their budget, and cost no other article anything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from faits.cli import main
from faits.flow import Settings
from faits.runner.limits import Limits
from faits.runner.local import Summary, extract
from faits.runner.local import workers as processes
from faits.runner.progress import printable
from hostile.zoo import TEXT, ZOO

TABLES = ("facts", "mentions", "articles", "problems")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("zoo") / "in"
    folder.mkdir()
    for name, (_, make) in ZOO.items():
        make(folder / name)
    for name in ("aaa-first.txt", "mmm-middle.txt", "zzz-last.txt"):
        (folder / name).write_text(TEXT.replace("Ventelune", name[:3].title() + "elune"))
    return folder


@pytest.fixture(scope="module")
def run(corpus: Path) -> tuple[Summary, Path]:
    outputs = corpus.parent / "out"
    summary = extract(corpus, outputs, settings=Settings(), limits=Limits(seconds=4, memory_mb=1500), engine=processes)
    (corpus / "unreadable.txt").chmod(0o600)
    return summary, outputs


@pytest.fixture(scope="module")
def tables(run: tuple[Summary, Path]) -> dict[str, list[dict[str, object]]]:
    _, outputs = run
    return {
        table: [strict(line) for line in (outputs / f"{table}.jsonl").read_text(encoding="utf-8").split("\n")[:-1]]
        for table in TABLES
    }


def strict(line: str) -> dict[str, object]:
    """A row of JSON as RFC 8259 has it: neither NaN nor Infinity."""
    row: dict[str, object] = json.loads(line, parse_constant=lambda name: pytest.fail(f"{name} in {line}"))
    return row


def shown(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def test_there_are_at_least_forty() -> None:
    assert len(ZOO) >= 40


@pytest.mark.parametrize("name", ZOO, ids=lambda name: ascii(name)[1:40])
def test_it_ends_as_read_or_as_a_problem(tables: dict[str, list[dict[str, object]]], name: str) -> None:
    expected, _ = ZOO[name]

    read = shown(name) in {row["id"] for row in tables["articles"]}
    told = shown(name) in {row["article"] for row in tables["problems"]}

    assert {"read": read, "problem": told and not read, "either": read or told, "nothing": not read}[expected]


def test_no_other_article_is_lost(tables: dict[str, list[dict[str, object]]]) -> None:
    assert {"aaa-first.txt", "mmm-middle.txt", "zzz-last.txt"} <= {row["id"] for row in tables["articles"]}


def test_no_file_finds_a_fault_of_ours(tables: dict[str, list[dict[str, object]]]) -> None:
    assert [row for row in tables["problems"] if row["code"] in ("fault", "died")] == []


def test_nothing_outside_the_corpus_is_read(run: tuple[Summary, Path]) -> None:
    _, outputs = run

    assert not any(
        "secret" in (outputs / f"{t}.jsonl").read_text().lower().replace("sidecar-secret", "") for t in TABLES[:3]
    )


def test_the_tables_are_in_order(run: tuple[Summary, Path], corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["check", str(run[1]), "--corpus", str(corpus)])

    assert (status, capsys.readouterr().err.splitlines()[:-1]) == (0, [])


def test_no_control_character_reaches_the_terminal(
    run: tuple[Summary, Path], corpus: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("faits.runner.local.extract", lambda *_, **__: run[0])

    main(["extract", str(corpus), "-o", str(run[1])])

    said = capfd.readouterr().err
    assert [c for c in said if not c.isprintable() and c != "\n"] == []
    assert [problem for problem in run[0].bad_inputs if printable(str(problem)) not in said] == []


def test_a_file_that_vanishes_or_changes_while_it_is_read_is_no_traceback(tmp_path: Path) -> None:
    from engines import Quick

    class Meddling(Quick):
        """Files change between being found and being read."""

        def read(self, paths):  # type: ignore[no-untyped-def]
            asked = list(paths)
            (tmp_path / "in" / "gone.txt").unlink()
            (tmp_path / "in" / "other.txt").write_text("a 2024-01 | Orano | profit | 3e8 EUR")
            for path, name in asked:
                if Path(path).exists():
                    yield from super().read([(path, name)])
                else:
                    from faits.errors import CorpusError
                    from faits.runner.reading import Answer, problem_of

                    yield path, Answer(problem=problem_of(name, CorpusError("missing", "is not there", "", "")))

    (tmp_path / "in").mkdir()
    for name in ("gone.txt", "kept.txt", "other.txt"):
        (tmp_path / "in" / name).write_text("a 2024-01 | RTE | revenue | 6e9 EUR")

    done = extract(tmp_path / "in", tmp_path / "out", settings=Settings(), engine=Meddling)
    again = extract(tmp_path / "in", tmp_path / "out", settings=Settings(), engine=Quick)

    assert [problem.code for problem in done.bad_inputs] == ["missing"]
    assert (done.articles, again.articles, again.bad_inputs) == (2, 2, ())
    assert again.read == 0
