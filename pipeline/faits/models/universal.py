"""Bring the labels of other pipelines to ours: Universal Dependencies, and the four kinds of name.

`fr_core_news_*` speak them already. `en_core_web_*` have the kinds of OntoNotes and the relations of ClearNLP, where a
preposition governs its noun and "be" its predicate; `component` turns these around.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from faits.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

KINDS = {
    "PER": "PER", "ORG": "ORG", "LOC": "LOC", "MISC": "MISC", "PERSON": "PER", "GPE": "LOC", "FAC": "LOC",
    "PRODUCT": "MISC", "EVENT": "MISC", "WORK_OF_ART": "MISC", "LAW": "MISC",
}  # fmt: skip
_RENAMED = {
    "dobj": "obj", "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "auxpass": "aux:pass", "poss": "nmod:poss",
    "neg": "advmod", "prt": "compound:prt", "relcl": "acl:relcl", "npadvmod": "obl:unmarked", "preconj": "cc:preconj",
    "predet": "det:predet", "quantmod": "advmod", "dative": "iobj", "oprd": "xcomp", "meta": "discourse",
    "intj": "discourse", "attr": "xcomp", "acomp": "xcomp", "prep": "advmod", "agent": "advmod", "pobj": "obl",
    "pcomp": "advcl", "complm": "mark",
}  # fmt: skip
_UNIVERSAL = {"nsubj", "obj", "case", "nmod"}
_CLEARNLP = {"nsubj", "dobj", "pobj", "prep"}
_CLAUSES = {"VERB", "AUX", "ADJ", "ADV"}


def component(nlp: Language) -> Callable[[Doc], Doc] | None:
    """What brings the analyses of `nlp` to our labels, or None where they have no others.

    Raises:
        ModelError: its relations are neither Universal Dependencies nor those of `en_core_web_*`.
    """
    relations, kinds = (set[str](nlp.pipe_labels.get(name, ())) for name in ("parser", "ner"))
    turn = relations >= _CLEARNLP
    if relations and not turn and not relations >= _UNIVERSAL:
        raise ModelError(
            f"pipeline {nlp.meta.get('name', nlp.lang)!r}; its relations ({', '.join(sorted(relations)[:5])}…) are "
            "neither Universal Dependencies nor those of en_core_web_*; name another in [pipelines]"
        )
    rename = not kinds <= {"PER", "ORG", "LOC", "MISC"}
    if not turn and not rename:
        return None

    def universal(doc: Doc) -> Doc:
        if rename:
            rename_kinds(doc)
        return turn_relations(doc) if turn else doc

    return universal


def rename_kinds(doc: Doc) -> None:
    """Give the names our kinds; dates, amounts and nationalities are none."""
    from spacy.tokens import Span

    doc.set_ents([Span(doc, e.start, e.end, label=KINDS[e.label_]) for e in doc.ents if e.label_ in KINDS])


def turn_relations(doc: Doc) -> Doc:
    """Universal Dependencies in place of the relations of ClearNLP."""
    heads, deps = [token.head.i for token in doc], [token.dep_ for token in doc]
    _turn_prepositions(doc, heads, deps)
    _turn_copulas(doc, heads, deps)
    _turn_conjunctions(heads, deps)
    labels = [
        "mark" if dep == "aux" and token.tag_ == "TO" else _RENAMED.get(dep, dep)
        for token, dep in zip(doc, deps, strict=True)
    ]
    rows = np.zeros((len(doc), 2), dtype="uint64")
    for i, (head, label) in enumerate(zip(heads, labels, strict=True)):
        rows[i] = (np.int64(head - i).astype("uint64"), doc.vocab.strings.add(label))
    return doc.from_array(["HEAD", "DEP"], rows)  # type: ignore[arg-type]  # NumPy's array is what it takes


def _turn_prepositions(doc: Doc, heads: list[int], deps: list[str]) -> None:
    """ "built -> in -> 2024" becomes "built -> 2024 -> in"."""
    for i in reversed(range(len(heads))):
        inner = deps[i] == "pcomp" and doc[i].tag_ == "IN"  # the second word of "because of"
        if not inner and deps[i] not in ("prep", "agent", "dative"):
            continue
        governed = [j for j, head in enumerate(heads) if head == i != j and deps[j] in ("pobj", "pcomp", "obl", "nmod")]
        if not governed:
            continue
        noun, above = governed[0], heads[i]
        clause = deps[noun] == "pcomp"
        verbal = doc[above].pos_ in _CLAUSES
        outer = ("advcl" if verbal else "acl") if clause else ("obl" if verbal else "nmod")
        if inner:
            outer = "pobj"
        heads[noun], deps[noun] = above, "obl:agent" if deps[i] == "agent" and not clause else outer
        _rehang(heads, i, noun)
        heads[i], deps[i] = noun, "mark" if clause else "case"


def _turn_copulas(doc: Doc, heads: list[int], deps: list[str]) -> None:
    """ "is -> chairman" becomes "chairman -> is"; what depended on the verb depends on the predicate."""
    for i, token in enumerate(doc):
        if token.lemma_ != "be":
            continue
        predicate = next((j for j, head in enumerate(heads) if head == i != j and deps[j] in ("attr", "acomp")), None)
        if predicate is None:
            continue
        root = heads[i] == i
        heads[predicate], deps[predicate] = predicate if root else heads[i], deps[i]
        _rehang(heads, i, predicate)
        heads[i], deps[i] = predicate, "cop"


def _rehang(heads: list[int], old: int, new: int) -> None:
    for j, head in enumerate(heads):
        if head == old and j not in (old, new):
            heads[j] = new


def _turn_conjunctions(heads: list[int], deps: list[str]) -> None:
    """Every conjunct hangs on the first; the conjunction hangs on the one that follows it."""
    for i, dep in enumerate(deps):
        if dep == "conj":
            while deps[heads[i]] == "conj":
                heads[i] = heads[heads[i]]
    for i, dep in enumerate(deps):
        if dep == "cc":
            firsts = (heads[i], heads[heads[i]])
            after = (j for j in range(i + 1, len(heads)) if deps[j] == "conj" and heads[j] in firsts)
            heads[i] = next(after, heads[i])
