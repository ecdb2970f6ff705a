"""The names in articles annotated for this project, one document a paragraph."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from mentions import may_be_name

LABELS = {"ORG": "ORG", "PERSON": "PER", "PLACE": "LOC", "PRODUCT": "MISC", "PROJECT": "MISC", "EVENT": "MISC"}
# What may stand between the words of a name.
_INSIDE = frozenset("de du des d la le les l en sur et à aux au of the and for in von van & - ' ’ .".split())  # noqa: SIM905
_LEAD = re.compile(r"^(?:l['’]|d['’]|le |la |les |the |un |une |a |an )", re.I)
Span = tuple[int, int]


def articles(folder: Path, nlp: Language) -> list[Doc]:
    """Every paragraph of the articles in `folder`/text that `folder`/gold annotates in the language of `nlp`."""
    docs = list[Doc]()
    for path in sorted((folder / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold["lang"] == nlp.lang:
            source = (folder / "text" / gold["file"]).open(encoding=gold["encoding"] or "utf-8", newline="").read()
            docs += _paragraphs(source, gold, nlp)
    return docs


def _paragraphs(source: str, gold: dict[str, Any], nlp: Language) -> Iterator[Doc]:
    names, unsure = _names(gold["entities"], source)
    outside = [(part["start"], part["end"]) for part in gold["boilerplate"] if part.get("start") is not None]
    for line in re.finditer(r"[^\r\n]+", source):
        start = max([line.start(), *(end for begin, end in outside if begin <= line.start() < end)])
        text = source[start : line.end()].strip() if start < line.end() else ""
        if text and not any(start < end and begin < line.end() for begin, end in outside):
            yield _doc(nlp.make_doc(text), names, unsure)


def _names(entities: list[dict[str, Any]], source: str) -> tuple[dict[str, str], set[str]]:
    """Each name and its label, and what holds a name but is not one alone, or has two labels."""
    words = set(re.findall(r"\w+", source))
    kinds, unsure = defaultdict[str, set[str]](set), set[str]()
    for entity in entities:
        for alias in entity["aliases"]:
            name = _LEAD.sub("", alias)
            if _is_name(name) and name.lower() not in words:
                kinds[name].add(LABELS[entity["type"]])
            elif any(word[:1].isupper() for word in re.split(r"[\s'’-]", name)):
                unsure.add(name)
    unsure |= {name for name, labels in kinds.items() if len(labels) > 1}
    return {name: next(iter(labels)) for name, labels in kinds.items() if len(labels) == 1}, unsure


def _is_name(alias: str) -> bool:
    """Whether all words are capitalised, or small ones between such: "Usine de Zwolle", not "Kaunas base"."""
    pieces = re.findall(r"\w+|[^\w\s]", alias)
    return (
        bool(pieces)
        and all(piece[0].isupper() or piece.lower() in _INSIDE or piece[0].isdigit() for piece in pieces)
        and all(any(c.isupper() for c in word) or word.isdigit() for word in (pieces[0], pieces[-1]))
        and any(c.isupper() for c in alias)
    )


def _doc(doc: Doc, names: dict[str, str], unsure: set[str]) -> Doc:
    found = [doc.char_span(*at, label=label) for name, label in names.items() for at in _places(name, doc.text)]
    entities = filter_spans(span for span in found if span is not None)
    taken = {token.i for span in entities for token in span}
    # What the annotation does not call a name and looks like one may be a part of another, or a demonym.
    doubtful = {i for i in range(1, len(doc)) if not doc[i - 1].is_sent_start and may_be_name(doc[i].text)}
    for name in unsure:
        for start, end in _places(name, doc.text):
            inside = doc.char_span(start, end, alignment_mode="expand")
            doubtful |= {token.i for token in inside if token.text[:1].isupper()}
    doc.set_ents(entities, missing=[doc[i : i + 1] for i in sorted(doubtful - taken)])
    return doc


def _places(name: str, text: str) -> list[Span]:
    pattern = re.escape(name).replace("'", "['’]").replace("’", "['’]")
    return [match.span() for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text)]
