"""Corrections as a user gives them: kept beside the articles, applied by every run, reported when out of place."""

import json
from pathlib import Path

import pytest

from faits.cli import main
from faits.text.anchors import quote

ARTICLE = "Le groupe Ventelune investit 240 millions d'euros dans un parc de 96 MW. Il ouvrira en 2027.\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(ARTICLE, encoding="utf-8")
    return folder


def facts(tmp_path: Path) -> list[dict[str, object]]:
    lines = (tmp_path / "out" / "facts.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def saved(tmp_path: Path, exact: str, **fields: object) -> Path:
    start = ARTICLE.index(exact)
    hung = quote("a.txt", ARTICLE, start, start + len(exact)).model_dump()
    path = tmp_path / "corrections.jsonl"
    path.write_text(json.dumps({"quote": hung, **fields}) + "\n", encoding="utf-8")
    return path


def run(tmp_path: Path, *words: object) -> int:
    return main([*map(str, words), "-o", str(tmp_path / "out")])


def test_a_rejected_fact_stays_away_from_every_later_run(tmp_path: Path, corpus: Path) -> None:
    run(tmp_path, "extract", corpus)
    before = facts(tmp_path)

    status = run(tmp_path, "review", "apply", saved(tmp_path, "96 MW", action="reject"), "--corpus", corpus)

    kept = facts(tmp_path)
    assert (status, len(kept)) == (0, len(before) - 1)
    assert "96 MW" not in [proof["quote"] for fact in kept for proof in fact["evidence"]]  # type: ignore[attr-defined]
    (corpus / "a.txt").write_text("Mis à jour. " + ARTICLE, encoding="utf-8")
    run(tmp_path, "extract", corpus)
    assert [fact["predicate"] for fact in facts(tmp_path)] == [fact["predicate"] for fact in kept]


def test_a_file_given_twice_is_kept_once(tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = saved(tmp_path, "96 MW", action="confirm")

    for _ in range(2):
        run(tmp_path, "review", "apply", given, "--corpus", corpus)

    assert (corpus / "corrections.jsonl").read_text(encoding="utf-8").count("\n") == 1
    assert "0 corrections added, 1 in all" in capsys.readouterr().err
    assert [fact["review"] for fact in facts(tmp_path)].count("confirmed") == 1


def test_one_that_finds_its_words_no_more_is_an_orphan_not_lost(
    tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, "review", "apply", saved(tmp_path, "96 MW", action="reject"), "--corpus", corpus)
    (corpus / "a.txt").write_text("Le groupe Ventelune renonce.\n", encoding="utf-8")
    capsys.readouterr()

    status = run(tmp_path, "review", "orphans", "--corpus", corpus)

    listed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert status == 1
    assert [one["problem"]["code"] for one in listed] == ["orphan_correction"]
    problems = (tmp_path / "out" / "problems.jsonl").read_text(encoding="utf-8")
    assert "orphan_correction" in problems


def test_list_shows_where_each_correction_stands(
    tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, "review", "apply", saved(tmp_path, "96 MW", action="confirm"), "--corpus", corpus)
    capsys.readouterr()

    run(tmp_path, "review", "list", "--corpus", corpus)

    (one,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert ARTICLE[one["place"]["start"] : one["place"]["end"]] == "96 MW"
    assert one["facts"] == [fact["id"] for fact in facts(tmp_path) if fact["review"] == "confirmed"]


@pytest.mark.parametrize("content", ["{", '{"action": "burn"}'])
def test_a_file_that_holds_no_correction_is_refused_whole(
    tmp_path: Path, corpus: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.jsonl").write_text(content, encoding="utf-8")

    status = run(tmp_path, "review", "apply", tmp_path / "bad.jsonl", "--corpus", corpus)

    assert status == 2
    assert "bad.jsonl" in capsys.readouterr().err
    assert not (corpus / "corrections.jsonl").exists()


def test_diff_says_what_a_correction_changed(tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(tmp_path, "extract", corpus)
    (tmp_path / "out").rename(tmp_path / "before")
    run(tmp_path, "review", "apply", saved(tmp_path, "96 MW", action="reject"), "--corpus", corpus)
    capsys.readouterr()

    status = main(["diff", str(tmp_path / "before"), str(tmp_path / "out")])

    said = capsys.readouterr()
    assert status == 0
    assert said.out.startswith("- f-")
    assert "1 went, 0 came" in said.err


def test_two_tables_that_are_equal_have_no_difference_to_print(
    tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, "extract", corpus)
    capsys.readouterr()

    main(["diff", str(tmp_path / "out"), str(tmp_path / "out" / "facts.jsonl"), "--json"])

    assert capsys.readouterr().out == ""
