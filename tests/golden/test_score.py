"""Floors under what make score measures on the demonstration corpus: a fall fails the build."""

import json
import sys
from pathlib import Path

import pytest

from faits.flow import Settings
from faits.runner.local import extract

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from score import LEVELS, score_facts, score_mentions  # noqa: E402 – tools are no package

# F1 of value; a little under what was measured, so that a change for the better elsewhere may cost a case.
MENTIONS = {"money": 0.97, "power": 0.98, "energy": 0.98, "ratio": 0.95, "date": 0.93, "count": 0.92, "emissions": 0.95}
FACTS = {"value": 0.77, "subject": 0.53, "predicate": 0.50, "full": 0.40}


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("score")
    extract(ROOT / "corpus", path, settings=Settings())
    return path


@pytest.fixture(scope="module")
def gold() -> list[dict[str, object]]:
    files = sorted((ROOT / "corpus" / "gold").glob("*.json"))
    read = [json.loads(path.read_text(encoding="utf-8")) for path in files]
    return [article for article in read if "mentions" in article]


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_mentions_stay_as_good(tables: Path, gold: list[dict[str, object]]) -> None:
    scored = score_mentions(gold, rows(tables / "mentions.jsonl"), 0)

    reached = {kind: scored[kind].prf("value")[2] for kind in MENTIONS}
    assert {kind: f1 for kind, f1 in reached.items() if f1 < MENTIONS[kind]} == {}


def test_facts_stay_as_good(tables: Path, gold: list[dict[str, object]]) -> None:
    same = json.loads((ROOT / "corpus" / "gold" / "same_entities.json").read_text(encoding="utf-8"))["same_as"]

    tally, _, _ = score_facts(gold, rows(tables / "facts.jsonl"), same, 0)

    reached = {level: tally.prf(level)[2] for level in LEVELS}
    assert {level: f1 for level, f1 in reached.items() if f1 < FACTS[level]} == {}
