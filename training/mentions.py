"""Annotated sentences with the entities they mention, from the treebanks and entity corpora."""

import gzip
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from conllu import Sentence, read_conllu

HERE = Path(__file__).parent
_LETTERS = {"P": "PER", "L": "LOC", "O": "ORG", "M": "MISC", "-": "-"}
_DEMONYM = re.compile(
    r"^(\w+(ese|ish|ian|ans?|ese|i)|French|Dutch|Greek|Swiss|Welsh|Irish|Czech|Danes?|Finns?|Turks?"
    r"|Jews?|Jewish|Arabs?|Muslims?|Islam|Islamic|Christianity|English|Catholics?|Latin)$"
)
_CALENDAR = {
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "Christmas",
    "I",
    "Mr.",
    "Mrs.",
    "Ms.",
    "Dr.",
    "Mr",
    "Mrs",
    "Dr",
}


@cache
def french_names(data: Path) -> dict[str, str]:
    """The label of each reviewed name, "-" where a chain of proper nouns is no name of ours."""
    listed = json.loads((data / "fr" / "propn_list.json").read_text(encoding="utf-8"))["list"]
    letters = [
        letter for letter in (data / "fr" / "propn_types_fr.txt").read_text(encoding="utf-8") if not letter.isspace()
    ]
    names = {name: _LETTERS[letter] for name, letter in zip(listed, letters, strict=True) if letter in _LETTERS}
    for line in (HERE / "names" / "reviewed_fr.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, label = line.split("\t")
            names[name] = label
    return names


def french(data: Path, vocab: Vocab, files: tuple[str, ...]) -> list[Doc]:
    """One document a sentence; a proper noun of unknown kind is left open."""
    names = french_names(data)
    sentences = [s for name in files for s in read_conllu(data / "fr" / f"{name}.conllu.gz", merge=True)]
    return [_french_doc(vocab, sentence, names) for sentence in sentences]


def _french_doc(vocab: Vocab, sentence: Sentence, names: dict[str, str]) -> Doc:
    doc = Doc(vocab, words=[w.form for w in sentence.words], spaces=[w.space for w in sentence.words[:-1]] + [True])
    entities, open_spans, at = list[Span](), list[Span](), 0
    while at < len(doc):
        size = next((size for size in range(min(9, len(doc) - at), 0, -1) if _known(sentence, at, size, names)), 0)
        label = names.get(_form(sentence, at, size), "-") if size else "-"
        if size and label != "-":
            entities.append(Span(doc, at, at + size, label=label))
        elif not size and sentence.words[at].pos == "PROPN":
            open_spans.append(Span(doc, at, at + 1))
        at += size or 1
    doc.set_ents(_joined(doc, entities), missing=open_spans)
    return doc


def _known(sentence: Sentence, at: int, size: int, names: dict[str, str]) -> bool:
    """Whether the words at `at` are a listed name, not a part of a longer chain of proper nouns."""
    words = sentence.words
    if _form(sentence, at, size) not in names:
        return False
    inside = [words[i].pos for i in range(at, at + size)]
    if "PROPN" not in inside:
        return size > 1
    return not (at + size < len(words) and words[at + size].pos == "PROPN" and words[at + size - 1].space)


def _form(sentence: Sentence, at: int, size: int) -> str:
    words = sentence.words[at : at + size]
    return "".join(word.form + (" " if word.space else "") for word in words).strip()


def _joined(doc: Doc, entities: list[Span]) -> list[Span]:
    """A first name and the particle name after it as one ("Dominique" + "de" + "Villepin")."""
    out = list[Span]()
    for entity in entities:
        before = out[-1] if out else None
        if (
            before
            and before.label_ == entity.label_ == "PER"
            and entity.start - before.end == 1
            and doc[before.end].lower_ in ("de", "d'", "d’")
            and len(before) == 1
        ):
            out[-1] = Span(doc, before.start, entity.end, label="PER")
        else:
            out.append(entity)
    return out


def english(data: Path, vocab: Vocab, file: str, *, leave_open: bool = True) -> list[Doc]:
    """One document a sentence of an entity file; other capitalised words of those without MISC may be left open."""
    path = next((data / "en").glob(f"{file}.*.gz"))
    complete = file == "wikigold" or not leave_open
    return [_english_doc(vocab, rows, complete=complete) for rows in _iob(path)]


def _iob(path: Path) -> Iterator[list[tuple[str, str]]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = list[tuple[str, str]]()
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if len(fields) >= 3 and not line.startswith("# "):
                rows.append((fields[1], fields[2]))
            elif not line.strip() and rows:
                yield rows
                rows = []
        if rows:
            yield rows


def _english_doc(vocab: Vocab, rows: list[tuple[str, str]], *, complete: bool) -> Doc:
    words, tags = [word for word, _ in rows], [tag for _, tag in rows]
    doc = Doc(vocab, words=words, spaces=_spaces(words))
    entities, start = list[Span](), 0
    for i, tag in enumerate([*tags, "O"]):
        if i and tags[i - 1] != "O" and not tag.startswith("I-"):
            entities.append(Span(doc, start, i, label=tags[i - 1][2:]))
        if not tag.startswith("I-"):
            start = i
    entities = [entity for entity in entities if entity.label_ != "MISC" or not _DEMONYM.match(entity.text)]
    entities = [entity for entity in entities if entity.label_ in ("PER", "ORG", "LOC", "MISC")]
    inside = {i for entity in entities for i in range(entity.start, entity.end)}
    unsure = [
        i for i in range(1, len(words)) if not complete and i not in inside and tags[i] == "O" and may_be_name(words[i])
    ]
    doc.set_ents(entities, missing=[Span(doc, i, i + 1) for i in unsure])
    return doc


def may_be_name(word: str) -> bool:
    """Whether a word looks like a name that the annotation may have left out."""
    return word[0].isupper() and word not in _CALENDAR and not _DEMONYM.match(word) and any(c.islower() for c in word)


def _spaces(words: list[str]) -> list[bool]:
    """Where spaces were, as English sets them; the entity files do not keep them."""
    tight_before, tight_after = set(".,;:!?)]}%'’\u201d") | {"n't", "n’t", "''"}, set("([{$£€\u201c") | {"``"}
    return [
        not (after in tight_before or after.startswith(("'", "’")) or word in tight_after)
        for word, after in zip(words, [*words[1:], "."], strict=True)
    ]
