"""Which pipeline annotates, and what it never does."""

import pytest
import spacy

from faits.errors import ModelError
from faits.stages.annotate import annotate, load_pipeline, pipeline_name, start_sentences_at_lines

TEXT = "Le parc de Kerouanec\nLe parc ouvrira en 2027. Il coûtera 3 M€.\n\nEt après ?"


def test_a_doc_is_exactly_its_text_and_sentences_stop_at_line_ends() -> None:
    doc = annotate(TEXT, "fr")

    assert doc.text == TEXT
    assert [s.text.strip() for s in doc.sents] == [
        "Le parc de Kerouanec",
        "Le parc ouvrira en 2027.",
        "Il coûtera 3 M€.",
        "Et après ?",
    ]


def test_lines_are_kept_apart_on_a_pipeline_without_weights() -> None:
    doc = start_sentences_at_lines(spacy.blank("fr")(TEXT))

    assert [t.text for t in doc if t.is_sent_start] == ["Le", "Le", "Et"]


def test_a_pipeline_that_is_named_and_missing_is_an_error_that_says_so() -> None:
    with pytest.raises(ModelError, match="no_such_pipeline"):
        load_pipeline("fr", "no_such_pipeline")


def test_a_pipeline_of_another_language_is_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    spacy.blank("de").to_disk(tmp_path / "de")

    with pytest.raises(ModelError, match="it reads de, not fr"):
        load_pipeline("fr", str(tmp_path / "de"))


def test_a_pipeline_that_is_named_is_used(tmp_path) -> None:  # type: ignore[no-untyped-def]
    nlp = spacy.blank("fr")
    nlp.add_pipe("sentencizer")
    nlp.meta["name"] = "mine"
    nlp.meta["version"] = "2.0"
    nlp.to_disk(tmp_path / "mine")

    assert pipeline_name("fr", str(tmp_path / "mine")) == "mine 2.0"
    assert [s.text.strip() for s in annotate("Un. Deux.", "fr", pipeline=str(tmp_path / "mine")).sents] == [
        "Un.",
        "Deux.",
    ]
