"""An article is added once, whole, with what is known of it, and never in the place of another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from faits.errors import UsageError
from faits.runner.adding import Known, add

TEXT = "Le groupe Ventelune investit 240 millions d'euros."


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


def article(folder: Path, name: str = "a.txt", text: str = TEXT) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def said(path: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return found


def test_the_sidecar_beside_a_file_comes_along_and_what_is_said_wins(tmp_path: Path, corpus: Path) -> None:
    file = article(tmp_path)
    file.with_suffix(".json").write_text('{"title": "Un", "published": "2020"}')

    added = add([file], corpus, Known(published="2024-05-15", url="https://example.org/a"))

    assert [(one.path, one.new) for one in added] == [(corpus / "a.txt", True)]
    assert said(added[0].path) == {"title": "Un", "published": "2024-05-15", "url": "https://example.org/a"}
    assert (corpus / "a.txt").read_text(encoding="utf-8") == TEXT


def test_the_same_article_under_another_name_is_there_already_and_gets_what_is_new_of_it(
    tmp_path: Path, corpus: Path
) -> None:
    add([article(tmp_path)], corpus, Known(title="Un"))

    again = add([article(tmp_path, "b.txt")], corpus, Known(url="https://example.org/a"))

    assert [(one.path, one.new) for one in again] == [(corpus / "a.txt", False)]
    assert said(corpus / "a.txt") == {"title": "Un", "url": "https://example.org/a"}
    assert not (corpus / "b.txt").exists()


def test_an_article_of_the_corpus_itself_can_be_described(corpus: Path) -> None:
    added = add([article(corpus)], corpus, Known(published="2024"))

    assert (added[0].new, said(corpus / "a.txt")) == (False, {"published": "2024"})


@pytest.mark.parametrize("name", ["README.md", ".hidden.txt", "table.pdf", "copie.txt~"])
def test_a_file_that_a_run_would_pass_over_is_refused(tmp_path: Path, corpus: Path, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be added"):
        add([article(tmp_path, name)], corpus, Known())

    assert list(corpus.iterdir()) == []


def test_two_files_of_one_name_are_refused_before_either_is_copied(tmp_path: Path, corpus: Path) -> None:
    files = [article(tmp_path / "x", text="un"), article(tmp_path / "y", text="deux")]

    with pytest.raises(UsageError, match="two of these"):
        add(files, corpus, Known())

    assert list(corpus.iterdir()) == []


def test_a_sidecar_is_never_shared_by_two_articles(tmp_path: Path, corpus: Path) -> None:
    add([article(tmp_path)], corpus, Known(title="Un"))

    with pytest.raises(UsageError, match="too; rename"):
        add([article(tmp_path, "a.md", "autre")], corpus, Known(title="Deux"))

    assert said(corpus / "a.txt") == {"title": "Un"}


def test_a_broken_sidecar_is_left_as_it_is(tmp_path: Path, corpus: Path) -> None:
    (corpus / "a.json").write_text("{broken")

    with pytest.raises(UsageError, match=r"a\.json: cannot be read"):
        add([article(tmp_path)], corpus, Known(title="Un"))

    assert (corpus / "a.json").read_text() == "{broken"
    assert not (corpus / "a.txt").exists()
