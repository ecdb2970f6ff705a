"""The page of the report: made of what the last page has too, the same bytes as one made from nothing."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from pathlib import Path
from typing import Any

import pytest

from faits.cli import main
from faits.errors import UsageError
from faits.exporters import pieces
from faits.exporters.report import Asked, report, write_report
from faits.stages import disk
from faults.disks import Counting, KilledError, Killing
from shown import TEXTS, tables

ROWS = 40


@pytest.fixture(autouse=True)
def _short_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_ROWS", 4)


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    """Tables of some facts, the articles they quote beside them."""
    (tmp_path / "in").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "in" / name).write_bytes(text.encode())
    write(tmp_path / "out", many(ROWS))
    return tmp_path / "out"


def many(count: int) -> list[dict[str, Any]]:
    """So many facts, all different, most of them told by one article."""
    some = [dict(row) for row in tables().facts]
    made = [{**some[n % len(some)], "id": f"f-{n * 0x9E3779B97F4A7C15 % 2**64:016x}"} for n in range(count)]
    return sorted(made, key=lambda row: row["id"])


def write(outputs: Path, facts: list[dict[str, Any]]) -> None:
    outputs.mkdir(exist_ok=True)
    rows: dict[str, Any] = {"facts": facts, "articles": tables().articles, "problems": tables().problems}
    for table, some in rows.items():
        text = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in some)
        (outputs / f"{table}.jsonl").write_text(text, encoding="utf-8")


def page(outputs: Path, **asked: Any) -> bytes:
    return write_report(outputs, outputs.parent / "in", asked=Asked(**asked)).path.read_bytes()


def from_nothing(outputs: Path, **asked: Any) -> bytes:
    elsewhere = outputs.parent / "clean"
    (elsewhere / "in").mkdir(parents=True, exist_ok=True)
    for file in (outputs.parent / "in").iterdir():
        (elsewhere / "in" / file.name).write_bytes(file.read_bytes())
    (elsewhere / "out").mkdir(exist_ok=True)
    for file in outputs.glob("*.jsonl"):
        (elsewhere / "out" / file.name).write_bytes(file.read_bytes())
    for made in (elsewhere / "out" / "report.html", elsewhere / "out/.faits/report.json"):
        made.unlink(missing_ok=True)
    return page(elsewhere / "out", **asked)


def block(html: bytes, name: str) -> list[Any]:
    """The rows of one block of a page."""
    found = re.search(rb'id="data-%s">([^<]*)<' % name.encode(), html)
    assert found is not None
    return [json.loads(row) for row in zlib.decompress(base64.b64decode(found[1]), -15).split(b"\n") if row]


def packed_anew(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A list that gets the size of every piece that is packed from now on."""
    seen: list[int] = []
    pack = pieces._packed

    def watched(data: bytes) -> bytes:
        seen.append(data.count(b"\n"))
        return pack(data)

    monkeypatch.setattr(pieces, "_packed", watched)
    return seen


CHANGES: dict[str, Any] = {
    "a fact more": lambda out: write(out, many(ROWS + 1)),
    "a fact less": lambda out: write(out, many(ROWS)[1:]),
    "a fact told otherwise": lambda out: write(out, [{**many(ROWS)[7], "predicate": "cost"}, *many(ROWS)]),
    "an article edited": lambda out: (out.parent / "in" / "borée.txt").write_text("Autre chose."),
    "an article gone": lambda out: (out.parent / "in" / "borée.txt").unlink(),
    "the page damaged": lambda out: (out / "report.html").write_bytes(b"x" + (out / "report.html").read_bytes()[1:]),
    "the page gone": lambda out: (out / "report.html").unlink(),
    "what is known of it damaged": lambda out: (out / ".faits/report.json").write_text("{"),
    "what is known of it falsified": lambda out: (out / ".faits/report.json").write_text(
        re.sub(r"\[(\d+)", "[1", (out / ".faits/report.json").read_text())
    ),
    "nothing": lambda out: None,
}


@pytest.mark.parametrize("change", list(CHANGES))
def test_a_page_made_after_a_change_is_that_made_from_nothing(outputs: Path, change: str) -> None:
    page(outputs)
    CHANGES[change](outputs)

    assert page(outputs) == from_nothing(outputs)


def test_an_article_that_comes_back_is_shown_again(outputs: Path) -> None:
    file = outputs.parent / "in" / "borée.txt"
    whole, text = page(outputs), file.read_bytes()
    file.unlink()
    without = page(outputs)
    file.write_bytes(text)

    assert [row[0] for row in block(without, "texts")] == ["boree-en.txt", "marché.txt"]
    assert page(outputs) == whole


def test_only_the_piece_of_a_new_fact_is_packed_again(outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page(outputs)
    seen = packed_anew(monkeypatch)

    page(outputs)
    same = len(seen)
    write(outputs, many(ROWS + 1))
    page(outputs)

    assert same == 0
    assert 1 <= sum(seen) < ROWS / 2 + 1  # and the head, which says how many facts there are


def test_the_words_of_the_page_are_part_of_what_a_piece_is_kept_for(
    outputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page(outputs)
    seen = packed_anew(monkeypatch)
    monkeypatch.setattr(pieces, "_code", lambda: "another version")

    page(outputs)

    assert sum(seen) > ROWS


def test_a_page_in_another_place_leaves_what_is_known_of_this_one(outputs: Path) -> None:
    page(outputs)
    known = (outputs / ".faits/report.json").read_bytes()

    write_report(outputs, None, outputs.parent / "other.html", Asked(title="Autre"))

    assert (outputs / ".faits/report.json").read_bytes() == known


def test_of_too_many_facts_the_contradicted_and_best_supported_are_shown_and_counted(outputs: Path) -> None:
    facts = many(ROWS)
    facts[3] |= {"articles": 5}
    facts[9] |= {"conflicts": [facts[3]["id"]]}
    facts[20] |= {"review": "confirmed"}
    plain = [n for n, row in enumerate(facts) if not (row["conflicts"] or row["disagreements"] or row["review"])]
    disputed = sorted(set(range(ROWS)) - set(plain))
    write(outputs, facts)

    html = page(outputs, most=len(disputed) + 1)

    assert [row["id"] for row in block(html, "facts")] == [facts[n]["id"] for n in sorted((*disputed, 3))]
    assert block(html, "head")[0]["of"] == {"facts": ROWS, "articles": 3}
    assert {proof["article"] for row in block(html, "facts") for proof in row["evidence"]} == {
        row["id"] for row in block(html, "articles")
    }


def test_the_same_facts_are_chosen_of_a_table_written_by_another_hand(outputs: Path) -> None:
    chosen = [row["id"] for row in block(page(outputs, most=9), "facts")]
    rows = [json.loads(line) for line in (outputs / "facts.jsonl").read_text().splitlines()]
    (outputs / "facts.jsonl").write_text("".join(json.dumps(dict(sorted(row.items()))) + "\n" for row in rows))

    assert [row["id"] for row in block(page(outputs, most=9), "facts")] == chosen


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("BOREE ouvrira", 2),
        ("solane", 2),
        ('"chiffre d\u2019affaires"', 1),
        ("le phare", len(tables().facts)),
        ("introuvable", 0),
    ],
)
def test_a_search_chooses_the_facts_in_which_all_its_words_stand(search: str, found: int) -> None:
    html = report(tables(), TEXTS, search=search).encode()

    assert len(block(html, "facts")) == found
    assert block(html, "head")[0] | {"search": search, "found": found} == block(html, "head")[0]


def test_the_command_says_what_its_page_leaves_out(outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = str(outputs.parent / "in")

    main(["report", str(outputs), "--corpus", corpus, "--most", "7"])
    most = capsys.readouterr().err
    main(["report", str(outputs), "--corpus", corpus, "--search", "Chiffre d'affaires"])

    assert f"shows 7 of {ROWS} facts" in most
    assert len(block((outputs / "report-chiffre-d-affaires.html").read_bytes(), "facts")) == sum(
        row["predicate"] == "revenue" for row in many(ROWS)
    )
    assert len(block((outputs / "report.html").read_bytes(), "facts")) == 7


@pytest.mark.parametrize("table", ["facts", "articles", "problems"])
def test_a_row_that_is_no_json_is_told_with_its_line(outputs: Path, table: str) -> None:
    page(outputs)
    file = outputs / f"{table}.jsonl"
    file.write_bytes(b"\n".join([file.read_bytes().split(b"\n")[0], b"", b"{half"]) + b"\n")

    with pytest.raises(UsageError, match=rf"{table}\.jsonl: line 3 is no JSON"):
        page(outputs)


def test_a_page_killed_at_any_write_leaves_the_last_one_and_the_next_is_whole(outputs: Path) -> None:
    before = page(outputs)
    counting = Counting()
    with disk.watched(counting):
        page(outputs)
    write(outputs, many(ROWS + 1))
    after = from_nothing(outputs)

    for at in range(len(counting.steps)):
        (outputs / "report.html").write_bytes(before)
        with pytest.raises(KilledError), disk.watched(Killing(at)):
            page(outputs)
        assert hashlib.sha256((outputs / "report.html").read_bytes()).digest() in {
            hashlib.sha256(one).digest() for one in (before, after)
        }
        assert page(outputs) == after
