"""The command as a user meets it: exit status, what goes to stdout, what goes to stderr."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from faits.cli import main

ARTICLE = "Le groupe Ventelune investit 240 millions d'euros dans un parc de 96 MW. Il ouvrira en 2027.\n"
FAITS = [sys.executable, "-c", "import sys; from faits.cli import main; sys.exit(main())"]


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_extract_writes_the_tables_and_says_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(ARTICLE, encoding="utf-8")

    status = main(["extract", str(tmp_path / "in"), "-o", str(tmp_path / "out")])

    said = capsys.readouterr()
    tables = {p.name for p in (tmp_path / "out").iterdir()}
    assert status == 0
    assert tables >= {"facts.jsonl", "mentions.jsonl", "articles.jsonl", "problems.jsonl", "run.json"}
    assert said.out == ""
    assert all(word in said.err for word in ("1 articles", "mentions", "facts", "problems", "seconds"))


def test_one_bad_input_costs_only_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = tmp_path / "in"
    corpus.mkdir()
    (corpus / "good.txt").write_text(ARTICLE, encoding="utf-8")
    (corpus / "empty.txt").write_bytes(b"")
    (corpus / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (corpus / "table.pdf").write_bytes(b"%PDF-1.4")
    (corpus / "sidecar.txt").write_text(ARTICLE.replace("240", "250"), encoding="utf-8")
    (corpus / "sidecar.json").write_text("{not json", encoding="utf-8")
    (corpus / "windows.txt").write_bytes("À Orléans, l’usine coûtera 3 millions d’euros.\r\n".encode("cp1252"))
    (corpus / "large.txt").write_text(ARTICLE * 1000, encoding="utf-8")
    (tmp_path / "faits.toml").write_text("max_bytes = 50_000\n")

    status = main(["extract", str(corpus), "-o", str(tmp_path / "out"), "--config", str(tmp_path / "faits.toml")])

    problems = {(p["article"], p["code"]) for p in rows(tmp_path / "out" / "problems.jsonl")}
    read = {a["id"] for a in rows(tmp_path / "out" / "articles.jsonl")}
    said = capsys.readouterr().err
    assert status == 1
    assert read == {"good.txt", "sidecar.txt", "windows.txt"}
    assert {"empty.txt", "binary.txt", "table.pdf", "sidecar.txt", "large.txt"} <= {article for article, _ in problems}
    assert all(f"{name}: " in said for name in ("empty.txt", "binary.txt", "table.pdf", "sidecar.txt", "large.txt"))
    quotes = [m["text"] for m in rows(tmp_path / "out" / "mentions.jsonl") if m["article"] == "windows.txt"]
    assert any("3 millions d’euros" in str(quote) for quote in quotes)


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.mkdir()])
def test_a_corpus_that_is_missing_or_empty_is_a_problem_row(tmp_path: Path, make) -> None:  # type: ignore[no-untyped-def]
    make(tmp_path / "in")

    status = main(["extract", str(tmp_path / "in"), "-o", str(tmp_path / "out")])

    assert status == 1
    assert len(rows(tmp_path / "out" / "problems.jsonl")) == 1
    assert rows(tmp_path / "out" / "facts.jsonl") == []


def test_mentions_answers_each_line_before_the_next_is_given() -> None:
    with subprocess.Popen(
        [*FAITS, "mentions"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as filter_:
        assert filter_.stdin is not None
        assert filter_.stdout is not None
        for id_, text in (("a", "Un parc de 96 MW."), ("b", "A 5 GW plant costs $3bn.")):
            filter_.stdin.write(json.dumps({"id": id_, "text": text}) + "\n")
            filter_.stdin.flush()
            answer = json.loads(filter_.stdout.readline())
            assert answer["id"] == id_
            assert [text[m["start"] : m["end"]] for m in answer["mentions"]] == [m["text"] for m in answer["mentions"]]
            assert "power" in {m["kind"] for m in answer["mentions"]}
        filter_.stdin.close()
        assert filter_.wait() == 0


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    lines = (json.dumps({"id": i, "lang": "fr", "text": "Un parc de 96 MW."}) + "\n" for i in range(3000))
    read, write = os.pipe()
    os.close(read)  # nobody will read what the command prints

    done = subprocess.run(
        [*FAITS, "mentions"], input="".join(lines), stdout=write, stderr=subprocess.PIPE, text=True, check=False
    )

    os.close(write)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("line", ["{", '"text"', '{"id": 1}', '{"id": 1, "text": "", "published": "demain"}'])
def test_a_line_that_is_no_text_is_wrong_usage(line: str) -> None:
    done = subprocess.run([*FAITS, "mentions"], input=line, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert done.stdout == ""
    assert "line 1: " in done.stderr


def test_add_copies_an_article_with_what_is_known_of_it(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(ARTICLE, encoding="utf-8")

    status = main(["add", str(article), "--corpus", str(tmp_path / "corpus"), "--published", "2025-03"])

    assert status == 0
    assert (tmp_path / "corpus" / "a.txt").read_bytes() == article.read_bytes()
    assert json.loads((tmp_path / "corpus" / "a.json").read_text()) == {"published": "2025-03"}


def test_add_never_overwrites_another_article(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text("first")
    (tmp_path / "a.txt").write_text("second")

    status = main(["add", str(tmp_path / "a.txt"), "--corpus", str(tmp_path / "corpus")])

    assert status == 2
    assert (tmp_path / "corpus" / "a.txt").read_text() == "first"


def test_add_refuses_a_date_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)

    status = main(["add", str(tmp_path / "a.txt"), "--corpus", str(tmp_path / "c"), "--published", "bientôt"])

    assert status == 2
    assert not (tmp_path / "c").exists()


def test_check_finds_what_is_wrong_with_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    main(["extract", str(tmp_path / "in"), "-o", str(tmp_path / "out")])

    sound = main(["check", str(tmp_path / "out"), "--corpus", str(tmp_path / "in")])
    table = tmp_path / "out" / "mentions.jsonl"
    table.write_text(table.read_text(encoding="utf-8").replace('"end":', '"end":1'), encoding="utf-8")
    broken = main(["check", str(tmp_path / "out"), "--corpus", str(tmp_path / "in")])

    assert (sound, broken) == (0, 1)
    assert "mentions.jsonl: a.txt:" in capsys.readouterr().err
