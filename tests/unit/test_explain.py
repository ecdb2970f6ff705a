"""`faits explain`: plain words for how a fact came to be."""

import json
from pathlib import Path

import pytest

from faits.cli import main
from faits.lexicons.explanations import explanations

GOLDEN = Path(__file__).parents[1] / "golden"
TABLES, ARTICLES = GOLDEN / "tables", GOLDEN / "articles"
FACTS = [json.loads(line) for line in (TABLES / "facts.jsonl").read_text(encoding="utf-8").split("\n") if line]


def explained(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["explain", *arguments, "--corpus", str(ARTICLES)]) == 0
    return capsys.readouterr().out


def test_an_explanation_names_the_rule_of_every_field_with_the_sentence_and_its_place(
    capsys: pytest.CaptureFixture[str],
) -> None:
    fact = next(f for f in FACTS if f["value"] is not None)
    proof = fact["evidence"][0]

    told = explained(capsys, fact["id"], str(TABLES), "--lang", "en")

    assert told.startswith(f"{fact['id']}  {fact['statement']['en']}")
    assert f"{proof['article']}, characters {proof['start']}-{proof['end']}" in told
    assert " ".join(proof["sentence"].split()) in told
    assert all(f"   {field}: " in told for field in ("subject", "predicate", "modality", "value"))


def test_the_same_fact_is_explained_in_french(capsys: pytest.CaptureFixture[str]) -> None:
    fact = FACTS[0]

    told = explained(capsys, fact["id"], str(TABLES), "--lang", "fr")

    assert fact["statement"]["fr"] in told
    assert "   sujet: " in told and "   modalité: " in told


def test_an_unknown_fact_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "f-0000000000000000", str(TABLES), "--corpus", str(ARTICLES)]) == 2

    assert "no such fact" in capsys.readouterr().err


def test_an_article_that_is_gone_is_said_to_be(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["explain", FACTS[0]["id"], str(TABLES), "--corpus", str(tmp_path), "--lang", "en"]) == 0

    assert "the article cannot be read again" in capsys.readouterr().out


def test_what_other_articles_decided_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    fact = next(f for f in FACTS if f["value"] is not None and f["predicate"] != "debt" and f["subject"]["id"])
    other = {"id": "org-borealis", "name": "Boréalis", "type": "ORG", "aliases": []}
    row = {**fact, "predicate": "debt", "subject": other, "evidence": [{**fact["evidence"][0], "stated": None}]}
    (tmp_path / "facts.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")

    told = explained(capsys, fact["id"], str(tmp_path), "--lang", "en")

    assert f"   subject: {fact['subject']['name']} " in told and f"   predicate: {fact['predicate']} " in told
    assert "   by what other articles say: subject Boréalis" in told
    assert "   by what other articles say: predicate debt" in told


def test_rules_are_told_in_words_and_the_articles_own_words_are_left() -> None:
    words = explanations("fr")

    assert words.rule("“no date”, no date") == "“no date”, aucune date"
