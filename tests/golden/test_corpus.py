"""What must hold on every article of the demonstration corpus."""

import json
from pathlib import Path
from typing import Any

import pytest

from faits.flow import Settings
from faits.model import Evidence, Mention
from faits.runner.checking import check
from faits.runner.local import extract
from faits.runner.local import workers as processes

CORPUS = Path(__file__).parents[2] / "corpus"
TABLES = ("facts.jsonl", "mentions.jsonl", "articles.jsonl", "problems.jsonl")


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("corpus")
    extract(CORPUS, path, settings=Settings())
    return path


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_article_is_read(outputs: Path) -> None:
    articles = {str(row["id"]) for row in rows(outputs / "articles.jsonl")}

    assert articles == {p.name for p in CORPUS.iterdir() if p.suffix in {".txt", ".md", ".html"}} - {"README.md"}


def test_every_mention_and_quote_is_the_text_at_its_offsets(outputs: Path) -> None:
    assert check(outputs, CORPUS) == []
    assert len(rows(outputs / "mentions.jsonl")) > 500
    assert len(rows(outputs / "facts.jsonl")) > 100


def test_two_workers_give_the_same_bytes_as_one(outputs: Path, tmp_path: Path) -> None:
    extract(CORPUS, tmp_path, settings=Settings(), jobs=2, engine=processes)

    for table in TABLES:
        assert (tmp_path / table).read_bytes() == (outputs / table).read_bytes(), table


def test_rows_have_the_keys_of_the_model_in_its_order(outputs: Path) -> None:
    mention = rows(outputs / "mentions.jsonl")[0]
    evidence = rows(outputs / "facts.jsonl")[0]["evidence"]

    assert list(mention) == [name for name in Mention.model_fields if name != "reading"]
    assert isinstance(evidence, list)
    assert list(evidence[0]) == list(Evidence.model_fields)


@pytest.mark.parametrize(
    ("predicates", "subject", "number", "unit", "articles"),
    [
        ({"investment"}, "Sam Altman", 375e6, "USD", {"seed-2.txt", "seed-3.txt", "seed-4.txt"}),
        ({"cost", "investment", "spending"}, "Stargate", 100e9, "USD", {"seed-1.txt", "seed-3.txt", "seed-5.txt"}),
        ({"power_demand"}, "Stargate", 5e9, "W", {"seed-1.txt", "seed-3.txt", "seed-5.txt"}),
    ],
)
def test_a_fact_that_three_articles_tell_is_one_row(
    outputs: Path, predicates: set[str], subject: str, number: float, unit: str, articles: set[str]
) -> None:
    told = [
        {str(evidence["article"]) for evidence in fact["evidence"]}
        for fact in rows(outputs / "facts.jsonl")
        if fact["predicate"] in predicates
        and fact["subject"]["name"] == subject
        and fact["value"] is not None
        and fact["value"]["number"] == number
        and fact["value"]["unit"] == unit
    ]

    assert told == [articles]


def test_the_second_copy_of_a_body_counts_once(outputs: Path) -> None:
    """seed-4 prints its body twice: whatever it alone says has one passage behind it, and none in the copy."""
    repeats = [
        span
        for article in rows(outputs / "articles.jsonl")
        if article["id"] == "seed-4.txt"
        for span in article["removed"]
        if span["kind"] == "repeat"
    ]
    places = [
        evidence["start"]
        for fact in rows(outputs / "facts.jsonl")
        for evidence in fact["evidence"]
        if evidence["article"] == "seed-4.txt"
    ]

    assert repeats
    assert places
    assert not [place for place in places for span in repeats if span["start"] <= place < span["end"]]
