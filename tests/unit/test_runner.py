"""A run reads what is new, tells what is wrong, and lets no other run in."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from engines import Quick
from faits.cli import main
from faits.errors import UsageError
from faits.flow import Settings
from faits.model import Fact
from faits.runner import fingerprint, parts
from faits.runner.checking import check
from faits.runner.local import extract
from faits.runner.locking import locked
from faits.runner.record import Summary
from faits.stages.load import gather
from faits.stages.merge import facts_of

ARTICLE = "a 2024-01 | EDF -> Hinkley Point C | cost | 31e9 GBP"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_text(ARTICLE.replace("31e9", f"{ord(name[0])}e9"))
    return folder


def run(corpus: Path, chosen: Settings | None = None) -> Summary:
    Quick.asked.clear()
    return extract(corpus, corpus.parent / "out", settings=chosen or Settings(), engine=Quick)


def test_only_what_is_new_or_changed_is_read(corpus: Path) -> None:
    run(corpus)
    (corpus / "b.txt").write_text(ARTICLE)
    (corpus / "c.json").write_text('{"title": "c"}')
    (corpus / "d.txt").write_text(ARTICLE)
    (corpus / "a.txt").touch()

    run(corpus)

    assert Quick.asked == ["b.txt", "c.txt", "d.txt"]


def test_tables_of_an_unchanged_corpus_are_not_even_written(corpus: Path) -> None:
    first = run(corpus)
    out = corpus.parent / "out"
    before = {path.name: path.stat().st_mtime_ns for path in out.glob("*.json*")}

    again = run(corpus)

    assert {path.name: path.stat().st_mtime_ns for path in out.glob("*.json*")} == before
    assert (again.articles, again.facts, again.mentions) == (first.articles, first.facts, first.mentions)
    assert again.read == 0


def merged_by(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The subjects of the facts a run merges, and does not copy."""
    found: set[str] = set()

    def watched(*given: Any, **options: Any) -> list[Fact]:
        facts = list(facts_of(*given, **options))
        found.update(fact.subject.name for fact in facts)
        return facts

    monkeypatch.setattr(parts, "facts_of", watched)
    run(corpus)
    return found


def test_of_an_article_more_only_what_it_speaks_of_is_merged(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("RTE", "Orano", "Iter"):
        (corpus / f"{name}.txt").write_text(f"a 2024-01 | {name} | revenue | 6e9 EUR")
    run(corpus)
    (corpus / "new.txt").write_text("a 2024-02 | Orano | revenue | 6.1e9 EUR")

    assert merged_by(corpus, monkeypatch) == {"Orano"}


def test_an_article_that_goes_takes_its_names_to_be_merged_again(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (corpus / "x.txt").write_text(
        "a 2024-01 | RTE -> Iter | investment | 6e9 EUR\na.2 2024-01 | Orano | revenue | 1e9 EUR"
    )
    (corpus / "y.txt").write_text("a 2024-01 | Iter | cost | 6e9 EUR")
    run(corpus)
    (corpus / "x.txt").unlink()

    assert merged_by(corpus, monkeypatch) == {"Iter"}


def test_tables_made_by_other_code_are_not_copied_from(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(corpus)
    (corpus / "new.txt").write_text("a 2024-02 | Orano | revenue | 6.1e9 EUR")
    monkeypatch.setattr(fingerprint, "of_runner", lambda: "other")

    assert merged_by(corpus, monkeypatch) == {"EDF", "Orano"}


def test_what_was_removed_is_forgotten(corpus: Path) -> None:
    run(corpus)
    (corpus / "a.txt").unlink()
    run(corpus)
    (corpus / "a.txt").write_text(ARTICLE.replace("31e9", "97e9"))

    done = run(corpus)

    assert (Quick.asked, done.articles) == (["a.txt"], 3)


def test_another_setting_is_another_reading(corpus: Path) -> None:
    run(corpus)

    run(corpus, Settings(max_bytes=1000))

    assert len(Quick.asked) == 3


def test_a_change_of_code_words_or_weights_changes_the_fingerprint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lexicons").mkdir()
    row = tmp_path / "lexicons" / "units.toml"
    row.write_text("a")
    monkeypatch.setattr(fingerprint, "_PACKAGE", tmp_path)
    fingerprint._package.cache_clear()
    before = fingerprint.of_reading(Settings())
    row.write_text("b")
    fingerprint._package.cache_clear()

    after = fingerprint.of_reading(Settings())

    fingerprint._package.cache_clear()
    assert before != after


@pytest.mark.parametrize("aside", ["commands/report.py", "runner/local.py", "exporters/report.py", "cli.py"])
def test_what_reads_no_article_changes_no_fingerprint(
    aside: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / aside).parent.mkdir(exist_ok=True)
    monkeypatch.setattr(fingerprint, "_PACKAGE", tmp_path)
    fingerprint._package.cache_clear()
    before = fingerprint.of_reading(Settings())
    (tmp_path / aside).write_text("a")
    fingerprint._package.cache_clear()

    after = fingerprint.of_reading(Settings())

    fingerprint._package.cache_clear()
    assert before == after


def test_a_pipeline_of_ones_own_counts_by_its_files(tmp_path: Path) -> None:
    (tmp_path / "weights").write_text("a")
    chosen = Settings(pipelines={"fr": str(tmp_path)})
    before = fingerprint.of_reading(chosen)
    (tmp_path / "weights").write_text("b")

    assert fingerprint.of_reading(chosen) != before


def test_name_sidecar_and_content_are_told_apart(tmp_path: Path) -> None:
    digests = set()
    for name, content, sidecar in (
        ("a", "x", None),
        ("b", "x", None),
        ("a", "y", None),
        ("a", "x", ""),
        ("a", "x", "{}"),
    ):
        path = tmp_path / f"{name}.txt"
        path.write_text(content)
        path.with_suffix(".json").unlink(missing_ok=True)
        if sidecar is not None:
            path.with_suffix(".json").write_text(sidecar)
        digests.add(gather(path, root=tmp_path).digest())

    assert len(digests) == 5


def test_a_second_run_on_the_same_tables_says_so(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = corpus.parent / "out"

    with locked(out, out / ".faits" / "lock"):
        status = main(["extract", str(corpus), "-o", str(out)])

    assert status == 2
    assert f"process {os.getpid()}" in capsys.readouterr().err


def test_the_lock_of_a_dead_process_holds_nobody(corpus: Path) -> None:
    out = corpus.parent / "out"
    code = f"""
import os, signal
from pathlib import Path
from faits.runner.locking import locked
out = Path({str(out)!r})
with locked(out, out / '.faits' / 'lock'):
    os.kill(os.getpid(), signal.SIGKILL)
"""
    dead = subprocess.run([sys.executable, "-c", code], check=False)

    done = run(corpus)

    assert dead.returncode == -signal.SIGKILL
    assert done.articles == 3


def test_a_disk_that_refuses_is_wrong_usage_with_its_reason(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (corpus.parent / "out").write_text("a file")

    status = main(["extract", str(corpus), "-o", str(corpus.parent / "out")])

    assert status == 2
    assert "cannot be written" in capsys.readouterr().err


def test_an_interrupt_ends_with_130_and_keeps_what_was_read(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted(Quick):
        """Somebody presses Ctrl-C after the second article."""

        def read(self, paths):  # type: ignore[no-untyped-def]
            for number, given in enumerate(super().read(paths)):
                if number == 2:
                    raise KeyboardInterrupt
                yield given

    monkeypatch.setattr("faits.runner.local.workers", Interrupted)

    status = main(["extract", str(corpus), "-o", str(corpus.parent / "out")])
    run(corpus)

    assert status == 130
    assert Quick.asked == ["c.txt"]


def test_a_table_that_was_edited_is_told_by_check_and_made_again_by_the_next_run(corpus: Path) -> None:
    run(corpus)
    table = corpus.parent / "out" / "facts.jsonl"
    whole = table.read_bytes()
    table.write_bytes(whole[:-1] + b" \n")

    told = check(corpus.parent / "out", None)
    run(corpus)

    assert [fault for fault in told if "facts.jsonl is not the table" in fault]
    assert table.read_bytes() == whole


def test_tables_inside_the_corpus_are_no_articles(corpus: Path) -> None:
    page = f"<html><body><article><p>{ARTICLE}</p></article></body></html>"
    (corpus / "p.html").write_text(page)
    outputs = corpus / "tables"
    first = extract(corpus, outputs, settings=Settings(), engine=Quick)

    again = extract(corpus, outputs, settings=Settings(), engine=Quick)

    assert first.bad_inputs == ()
    assert (again.articles, again.problems) == (first.articles, first.problems) == (4, 0)
    assert (outputs / "texts" / "p.html.txt").exists()


def test_a_corpus_cannot_hold_its_own_tables(corpus: Path) -> None:
    with pytest.raises(UsageError, match="both articles and tables"):
        extract(corpus, corpus, settings=Settings(), engine=Quick)


def test_no_pickle_is_ever_loaded() -> None:
    package = Path(fingerprint.__file__).parents[1]

    assert [p.name for p in package.rglob("*.py") if "pickle" in p.read_text(encoding="utf-8")] == []


def test_the_package_alone_imports_next_to_nothing() -> None:
    code = "import sys, faits; print(sorted({'spacy', 'pydantic', 'faits.flow'} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_the_report_of_tables_that_stand_is_left_alone(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("faits.runner.local.workers", Quick)
    out = corpus.parent / "out"
    command = ["extract", str(corpus), "-o", str(out)]
    main(command)
    page = out / "report.html"
    whole = page.read_bytes()
    first = page.stat().st_mtime_ns

    main(command)
    second = page.stat().st_mtime_ns
    page.unlink()
    main(command)

    assert second == first
    assert page.read_bytes() == whole
    assert capsys.readouterr().err.count("report.html to read them") == 3
