"""Articles that stand together in one file are read one by one, and a broken one costs no other."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from faits.errors import CorpusError
from faits.stages.load import discover, load

LINES = [
    {
        "text": "Le barrage a coûté 4 milliards d'euros.",
        "date": "2024-05-02",
        "title": "Le barrage",
        "url": "https://a.example/1",
    },
    {"Content": "The dam cost $4 billion.", "published": "2024-06"},
    {
        "html": "<html><body><article><p>"
        + "Le barrage de Kelmor a coûté 4 milliards d'euros au pays. " * 9
        + "</p></article></body></html>"
    },
]


def _read(corpus: Path) -> dict[str, str]:
    """The source text of each article, or the code of what is wrong with it."""
    found = {}
    for path in discover(corpus)[0]:
        name = path.relative_to(corpus).as_posix()
        try:
            found[name] = load(path, root=corpus)[0].source
        except CorpusError as error:
            found[name] = error.code
    return found


@pytest.mark.parametrize("name", ["news.jsonl", "news.ndjson", "news.jsonl.gz"])
def test_every_line_is_an_article_and_a_broken_one_is_a_problem_of_its_own(tmp_path: Path, name: str) -> None:
    lines = [
        json.dumps(LINES[0]),
        "",
        '{"text": "cut',
        json.dumps(LINES[1]),
        "[1, 2]",
        '{"text": 7}',
        '{"title": "only"}',
    ]
    data = "\n".join(lines).encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)

    assert _read(tmp_path) == {
        f"{name}/00000001": LINES[0]["text"], f"{name}/00000003": "bad_record", f"{name}/00000004": LINES[1]["Content"],
        f"{name}/00000005": "bad_record", f"{name}/00000006": "bad_record", f"{name}/00000007": "empty",
    }  # fmt: skip
    assert discover(tmp_path)[1] == []


def test_the_other_fields_of_a_record_say_of_an_article_what_a_sidecar_would(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, LINES)))

    first, second, page = (load(path, root=tmp_path)[0] for path in discover(tmp_path)[0])

    assert (first.metadata.published, first.metadata.title, first.metadata.url) == (
        "2024-05-02",
        "Le barrage",
        "https://a.example/1",
    )
    assert second.metadata.published == "2024-06"
    assert page.format == "html"
    assert page.source.startswith("Le barrage de Kelmor")


def test_articles_can_be_asked_for_in_any_order(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_text("\n".join(json.dumps({"text": f"Article {n}."}) for n in range(1, 31)))
    paths = discover(tmp_path)[0]

    read = [load(path, root=tmp_path)[0].source for path in (paths[20], paths[3], paths[3], paths[29], paths[0])]

    assert read == ["Article 21.", "Article 4.", "Article 4.", "Article 30.", "Article 1."]


def test_a_file_that_has_changed_is_read_anew(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_text(json.dumps({"text": "Avant."}) + "\n")
    before = load(file / "00000001", root=tmp_path)[0].source
    file.write_text(json.dumps({"text": "Après, et bien plus long."}) + "\n")

    assert (before, load(file / "00000001", root=tmp_path)[0].source) == ("Avant.", "Après, et bien plus long.")


@pytest.mark.parametrize("data", [b'{"a": 1}\n' * 3000, b"", b"\x00\x01\x02"])
def test_a_file_of_anything_else_is_one_problem(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "other.jsonl").write_bytes(data)

    paths, problems = discover(tmp_path)

    assert paths == []
    assert [(one.article, one.code) for one in problems][:1] == [("other.jsonl", "unsupported")]


def test_rows_of_parquet_are_articles(tmp_path: Path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    rows = [{"text": f"Article {n}.", "date": None if n == 2 else "2024-05-02"} for n in range(1, 201)]
    pq.write_table(
        pa.Table.from_pylist([*rows, {"text": None, "date": None}]), tmp_path / "news.parquet", row_group_size=50
    )
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 nothing")

    found = _read(tmp_path)

    assert found["news.parquet/00000170"] == "Article 170."
    assert found["news.parquet/00000201"] == "empty"
    assert [(one.article, one.code) for one in discover(tmp_path)[1]] == [("broken.parquet", "unreadable")]


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_pages_and_texts_of_a_crawl_are_articles_and_its_images_are_not(tmp_path: Path, name: str) -> None:
    pytest.importorskip("warcio")
    answers = [
        ("200 OK", "text/html; charset=utf-8", LINES[2]["html"]),
        ("404 Not Found", "text/html", "no"),
        ("200 OK", "image/png", "image"),
        ("200 OK", "text/plain", "The dam cost $4 billion."),
    ]
    records = [_record(*answer) for answer in answers]
    (tmp_path / name).write_bytes(b"".join(map(gzip.compress, records) if name.endswith(".gz") else records))

    paths = discover(tmp_path)[0]
    page, text = (load(path, root=tmp_path)[0] for path in paths)

    assert [path.suffix for path in paths] == [".html", ".txt"]
    assert page.source.startswith("Le barrage de Kelmor")
    assert page.metadata.url == "https://a.example/x"
    assert text.source == "The dam cost $4 billion."


def _record(status: str, kind: str, body: str) -> bytes:
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n{body}".encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/x\r\nWARC-Date: 2024-05-02T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def test_a_gzip_cut_short_gives_what_stands_before_the_cut(tmp_path: Path) -> None:
    whole = gzip.compress("\n".join(json.dumps({"text": f"Article {n} {n * 7919}."}) for n in range(20000)).encode())
    (tmp_path / "news.jsonl.gz").write_bytes(whole[: len(whole) // 2])

    paths, problems = discover(tmp_path)

    assert len(paths) > 1000
    assert [one.code for one in problems] == ["unreadable"]


def test_a_link_to_a_file_outside_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.jsonl").write_text(json.dumps({"text": "Un secret."}))
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "news.jsonl").symlink_to(tmp_path / "secret.jsonl")

    paths, problems = discover(corpus)

    assert (paths, problems[0].code) == ([], "outside")
    with pytest.raises(CorpusError):
        load(corpus / "news.jsonl" / "00000001", root=corpus)
