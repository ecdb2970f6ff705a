"""Analyses in other labels come out in ours."""

import pytest
import spacy
from spacy.tokens import Doc, Span

from faits.errors import ModelError
from faits.models.universal import component, rename_kinds, turn_relations

NLP = spacy.blank("en")


def _doc(rows: list[tuple[str, str, int, str]]) -> Doc:
    """A document as `en_core_web_*` would give it, from (word, part of speech, head, relation)."""
    words, pos, heads, deps = zip(*rows, strict=True)
    lemmas = ["be" if word in ("is", "was") else word for word in words]
    return Doc(NLP.vocab, words=words, pos=pos, heads=heads, deps=deps, lemmas=lemmas)


def _relations(doc: Doc) -> list[str]:
    return [f"{token.text} {token.dep_} {token.head.text}" for token in turn_relations(doc)]


def test_a_preposition_hangs_on_its_noun() -> None:
    doc = _doc(
        [
            ("Acme", "PROPN", 1, "nsubj"),
            ("built", "VERB", 1, "ROOT"),
            ("plants", "NOUN", 1, "dobj"),
            ("of", "ADP", 2, "prep"),
            ("steel", "NOUN", 3, "pobj"),
            ("in", "ADP", 1, "prep"),
            ("2024", "NUM", 5, "pobj"),
        ]
    )

    assert _relations(doc) == [
        "Acme nsubj built",
        "built ROOT built",
        "plants obj built",
        "of case steel",
        "steel nmod plants",
        "in case 2024",
        "2024 obl built",
    ]


def test_who_acts_in_a_passive_is_its_agent() -> None:
    doc = _doc(
        [
            ("It", "PRON", 2, "nsubjpass"),
            ("was", "AUX", 2, "auxpass"),
            ("built", "VERB", 2, "ROOT"),
            ("by", "ADP", 2, "agent"),
            ("Acme", "PROPN", 3, "pobj"),
        ]
    )

    assert _relations(doc) == [
        "It nsubj:pass built",
        "was aux:pass built",
        "built ROOT built",
        "by case Acme",
        "Acme obl:agent built",
    ]


def test_a_predicate_governs_its_copula() -> None:
    doc = _doc(
        [
            ("Ada", "PROPN", 1, "nsubj"),
            ("is", "AUX", 1, "ROOT"),
            ("chairman", "NOUN", 1, "attr"),
            (".", "PUNCT", 1, "punct"),
        ]
    )

    assert _relations(doc) == ["Ada nsubj chairman", "is cop chairman", "chairman ROOT chairman", ". punct chairman"]


def test_every_conjunct_hangs_on_the_first() -> None:
    doc = _doc(
        [
            ("France", "PROPN", 0, "ROOT"),
            (",", "PUNCT", 0, "punct"),
            ("Spain", "PROPN", 0, "conj"),
            ("and", "CCONJ", 2, "cc"),
            ("Italy", "PROPN", 2, "conj"),
        ]
    )

    assert _relations(doc) == [
        "France ROOT France",
        ", punct France",
        "Spain conj France",
        "and cc Italy",
        "Italy conj France",
    ]


def test_places_are_places_and_dates_are_no_names() -> None:
    doc = NLP("Ada left France in May for an opera")
    doc.set_ents([Span(doc, 0, 1, label="PERSON"), Span(doc, 2, 3, label="GPE"), Span(doc, 4, 5, label="DATE")])

    rename_kinds(doc)

    assert [(e.text, e.label_) for e in doc.ents] == [("Ada", "PER"), ("France", "LOC")]


def test_relations_of_an_unknown_scheme_are_refused() -> None:
    nlp = spacy.blank("en")
    parser = nlp.add_pipe("parser")
    parser.add_label("SBJ")  # type: ignore[attr-defined]

    with pytest.raises(ModelError, match="neither Universal Dependencies"):
        component(nlp)


def test_our_own_labels_are_left_alone() -> None:
    nlp = spacy.blank("en")
    names = nlp.add_pipe("ner")
    for label in ("PER", "ORG", "LOC", "MISC"):
        names.add_label(label)  # type: ignore[attr-defined]

    assert component(nlp) is None
