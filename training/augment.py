"""Small changes to a training document that leave its analysis as it is."""

import random

from spacy.tokens import Doc
from spacy.vocab import Vocab

_CURLY = str.maketrans({"'": "’"})
_STRAIGHT = str.maketrans({"’": "'", "‘": "'"})


def vary(doc: Doc, rng: random.Random, *, lower: float = 0.04, upper: float = 0.01) -> Doc:
    """The document with other apostrophes, quotation marks or capitals, or as it is.

    The press sets ’ and « » where the treebanks have ' and "; titles and sloppy text drop or multiply capitals.
    """
    forms = [token.text for token in doc]
    forms = [_apostrophes(form, table) for table in [rng.choice((_CURLY, _STRAIGHT))] for form in forms]
    forms = _quotes(forms, rng)
    draw = rng.random()
    if draw < lower:
        forms = [form.lower() for form in forms]
    elif draw < lower + upper:
        forms = [form.upper() if len(form.upper()) == len(form) else form for form in forms]
    return _with_forms(doc, forms)


def _apostrophes(form: str, table: dict[int, str]) -> str:
    return form.translate(table)


def _quotes(forms: list[str], rng: random.Random) -> list[str]:
    if '"' not in forms or rng.random() < 0.4:
        return forms
    pair = rng.choice((("«", "»"), ("“", "”")))
    out, opened = list[str](), False
    for form in forms:
        if form == '"':
            out.append(pair[opened])
            opened = not opened
        else:
            out.append(form)
    return out


def _with_forms(doc: Doc, forms: list[str]) -> Doc:
    tree = doc.has_annotation("DEP")
    return Doc(
        Vocab(strings=doc.vocab.strings) if doc.vocab is None else doc.vocab,
        words=forms,
        spaces=[bool(token.whitespace_) for token in doc],
        pos=[token.pos_ for token in doc] if tree else None,
        tags=[token.tag_ for token in doc] if tree else None,
        morphs=[str(token.morph) for token in doc] if tree else None,
        lemmas=[token.lemma_ for token in doc] if tree else None,
        heads=[token.head.i for token in doc] if tree else None,
        deps=[token.dep_ for token in doc] if tree else None,
        ents=_entity_tags(doc),
    )


def _entity_tags(doc: Doc) -> list[str] | None:
    if not doc.has_annotation("ENT_IOB"):
        return None
    names = {0: "", 1: "I", 2: "O", 3: "B"}
    return [
        f"{names[token.ent_iob]}-{token.ent_type_}" if token.ent_iob in (1, 3) else names[token.ent_iob]
        for token in doc
    ]
