"""Files are found, decoded and described; what cannot be read is said, and costs nothing else."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from faits.errors import CorpusError
from faits.model import Problem, RawArticle
from faits.stages.load import discover, load
from faits.text.containers import edtf_date

TEXT = "Le parc éolien a coûté 12 millions d’euros, « rien de moins »."


def written(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return path


def read(path: Path) -> tuple[RawArticle, list[Problem]]:
    return load(path, root=path.parent)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "mac_roman", "cp850-safe", "utf-16-le-bom"]
)
def test_every_encoding_of_french_gives_the_same_text(tmp_path: Path, encoding: str) -> None:
    text = "Le marché a été fermé à Orléans : 3 °C." if encoding == "cp850-safe" else TEXT
    data = {
        "cp850-safe": lambda: text.encode("cp850"),
        "utf-16-le-bom": lambda: b"\xff\xfe" + text.encode("utf-16-le"),
    }.get(encoding, lambda: text.encode(encoding))()

    raw, problems = read(written(tmp_path, "a.txt", data))

    assert raw.source == text
    assert problems == []


def test_line_ends_are_left_as_they_are(tmp_path: Path) -> None:
    raw, _ = read(written(tmp_path, "a.txt", "été\r\nhiver\r\n".encode("cp1252")))

    assert raw.source == "été\r\nhiver\r\n"


def test_a_few_broken_bytes_do_not_change_the_encoding(tmp_path: Path) -> None:
    data = (TEXT * 10).encode("utf-8") + b"\xff fin"

    raw, problems = read(written(tmp_path, "a.txt", data))

    assert raw.source.startswith(TEXT)
    assert [p.code for p in problems] == ["encoding"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t ", "empty"),
        ("a.txt", b"abc\x00def", "binary"),
        ("a.txt", b"%PDF-1.7 abc", "binary"),
        ("a.txt", bytes(range(1, 32)) * 9, "binary"),
        ("a.html", b"<html><body><script>x()</script></body></html>", "empty"),
        ("a.pdf", b"abc", "unsupported"),
    ],
)
def test_what_is_no_article_is_refused_with_its_reason(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    with pytest.raises(CorpusError) as refused:
        read(written(tmp_path, name, data))

    assert refused.value.code == code


def test_a_missing_a_large_and_a_special_file_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    outside = written(tmp_path, "secret.txt", TEXT)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link.txt").symlink_to(outside)
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    asked = [
        ("missing", tmp_path / "none.txt", tmp_path, 99),
        ("not_a_file", tmp_path / "pipe.txt", tmp_path, 99),
        ("not_a_file", tmp_path / "in", tmp_path, 99),
        ("too_large", outside, tmp_path, 9),
        ("outside", tmp_path / "in" / "link.txt", tmp_path / "in", 99),
        ("unreadable", tmp_path / "loop.txt", tmp_path, 99),
    ]

    for code, path, root, limit in asked:
        with pytest.raises(CorpusError) as refused:
            load(path, root=root, max_bytes=limit)
        assert refused.value.code == code


def test_a_sidecar_wins_over_the_header_line(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", " date 2024-06 " + TEXT)
    written(tmp_path, "a.json", json.dumps({"title": "Titre", "published": "2024-06-12T09:00:00+02:00", "other": 1}))

    raw, problems = read(path)

    assert raw.metadata.title == "Titre"
    assert (raw.metadata.published, raw.metadata.published_source) == ("2024-06-12", "sidecar")
    assert problems == []


@pytest.mark.parametrize("sidecar", ["{", "[]", '"x"', "[" * 99999, '{"published": "hier"}', '{"title": true}'])
def test_a_broken_sidecar_loses_no_article(tmp_path: Path, sidecar: str) -> None:
    path = written(tmp_path, "a.txt", TEXT)
    written(tmp_path, "a.json", sidecar)

    raw, problems = read(path)

    assert raw.source == TEXT
    assert [p.code for p in problems] == ["sidecar"]


def test_front_matter_is_metadata_and_no_text(tmp_path: Path) -> None:
    head = "---\ntitle: Un titre\ndate: 2025-12-04\nauthor: [A B, C D]\n---\n"

    raw, problems = read(written(tmp_path, "a.md", head + TEXT))

    assert [(label.start, label.end, label.kind) for label in raw.labels] == [(0, len(head), "front_matter")]
    assert (raw.metadata.published, raw.metadata.author) == ("2025-12-04", "A B, C D")
    assert problems == []


@pytest.mark.parametrize("body", ["a: [", "- x", "a: " + "[" * 3000])
def test_a_broken_front_matter_is_a_problem(tmp_path: Path, body: str) -> None:
    raw, problems = read(written(tmp_path, "a.md", f"---\n{body}\n---\n{TEXT}"))

    assert raw.labels[0].kind == "front_matter"
    assert [p.code for p in problems] == ["front_matter"]


def test_a_page_gives_its_text_and_metadata(tmp_path: Path) -> None:
    paragraph = "Le chantier du pont de Mirvaux a repris lundi, après un arrêt de six mois, a indiqué le préfet."
    page = (
        '<html lang="fr"><head><title>Le pont | La Vigie</title><meta property="og:site_name" content="La Vigie">'
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Le pont", '
        '"datePublished": "2025-03", "author": {"name": "Odette Ramier"}}</script></head><body>'
        "<nav><a href='/'>Accueil</a></nav><article><h1>Le pont</h1>"
        f"<p>{paragraph}</p><p>{paragraph} Il durera un an et coûtera 12 millions d'euros.</p></article>"
        "<footer>© La Vigie</footer></body></html>"
    )

    raw, problems = read(written(tmp_path, "a.html", page))

    assert paragraph in raw.source
    assert "Accueil" not in raw.source
    meta = raw.metadata
    assert (meta.title, meta.author, meta.publisher, meta.published, meta.lang) == (
        "Le pont", "Odette Ramier", "La Vigie", "2025-03", "fr"
    )  # fmt: skip
    assert problems == []


def test_a_folder_gives_its_articles_in_order_and_the_rest_as_problems(tmp_path: Path) -> None:
    names = ["b/2.md", "a.txt", "a.json", "README.md", ".hidden.txt", "gold/x.txt", "c.pdf", "lone.json", "b/1.HTML"]
    for name in names:
        written(tmp_path, name, TEXT)

    paths, problems = discover(tmp_path)

    assert [path.relative_to(tmp_path).as_posix() for path in paths] == ["a.txt", "b/1.HTML", "b/2.md"]
    assert [(p.article, p.code) for p in problems] == [("c.pdf", "unsupported"), ("lone.json", "unsupported")]


def test_a_missing_and_an_empty_folder_are_problems_and_one_file_is_a_corpus(tmp_path: Path) -> None:
    assert [p.code for p in discover(tmp_path / "none")[1]] == ["missing_corpus"]
    assert [p.code for p in discover(tmp_path)[1]] == ["empty_corpus"]

    path = written(tmp_path, "a.txt", TEXT)

    assert discover(path) == ([path], [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-08-06", "2025-08-06"),
        ("2025-08-06 09:20", "2025-08-06"),
        ("20250806", "2025-08-06"),
        ("06/08/2025", "2025-08-06"),
        ("08/31/2025", "2025-08-31"),
        ("6 août 2025 à 9h20", "2025-08-06"),
        ("August 6, 2025", "2025-08-06"),
        ("Wed, 06 Aug 2025 09:20:00 +0200", "2025-08-06"),
        ("août 2025", "2025-08"),
        ("2025", "2025"),
        ("2025-02-30", None),
        ("hier", None),
        ("", None),
    ],
)
def test_a_date_keeps_the_grain_it_was_written_with(text: str, expected: str | None) -> None:
    assert edtf_date(text) == expected
