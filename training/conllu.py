"""Read CoNLL-U files as spaCy documents over the words a tokenizer of surface text can see."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word; `head` is the index of its governor in the sentence, its own index for the root."""

    form: str
    lemma: str
    pos: str
    morph: str
    head: int
    dep: str
    space: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, its id in the treebank, and its words in order."""

    sent_id: str
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The sentence as written, without a space at the end."""
        return "".join(word.form + (" " if word.space else "") for word in self.words).rstrip()


@dataclass(frozen=True, slots=True)
class _Row:
    first: int  # 1-based ids covered, first and last
    last: int
    fields: list[str]


def read_conllu(path: Path, *, merge: bool) -> Iterator[Sentence]:
    """Yield the sentences of a treebank file in order.

    `merge` makes one word of a multiword token ("du" = "de" + "le"), as French tokenizers do: it takes part of
    speech, lemma and relation from its first syntactic word that has a governor outside the token, and the features
    of all of them. Without it the syntactic words stand for themselves, which is right where they spell out the
    token ("do" + "n't").
    """
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        sent_id, rows = "", list[list[str]]()
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# sent_id"):
                sent_id = line.split("=", 1)[1].strip()
            elif line and not line.startswith("#"):
                rows.append(line.split("\t"))
            elif not line and rows:
                yield Sentence(sent_id, tuple(_words(rows, merge)))
                rows = []
        if rows:
            yield Sentence(sent_id, tuple(_words(rows, merge)))


def _words(rows: list[list[str]], merge: bool) -> Iterator[Word]:
    syntactic = {int(row[0]): row for row in rows if row[0].isdigit()}
    tokens = {int(first): (int(last), row) for row in rows if "-" in row[0] for first, last in [row[0].split("-")]}
    groups = list(_groups(syntactic, tokens, merge))
    index = {word_id: i for i, (ids, _, _) in enumerate(groups) for word_id in ids}
    for i, (ids, form, space) in enumerate(groups):
        row = syntactic[_leader(ids, syntactic)]
        head = int(row[6])
        lemma = row[2] if row[2] != "_" or row[1] == "_" else row[1]
        dep = "ROOT" if head == 0 else row[7]
        yield Word(form, lemma, row[3], _features(ids, syntactic), i if head == 0 else index[head], dep, space)


def _groups(
    syntactic: dict[int, list[str]], tokens: dict[int, tuple[int, list[str]]], merge: bool
) -> Iterator[tuple[list[int], str, bool]]:
    """Yield, for every word kept, the ids it covers, its form, and whether a space follows."""
    word_id = 1
    while word_id in syntactic:
        last, row = tokens.get(word_id, (word_id, syntactic[word_id]))
        ids = list(range(word_id, last + 1))
        space = "SpaceAfter=No" not in row[9]
        parts = [syntactic[i][1] for i in ids]
        if len(ids) == 1 or merge or "".join(parts) != row[1]:
            yield ids, row[1], space
        else:
            for i, part in zip(ids, parts, strict=True):
                yield [i], part, space and i == last
        word_id = last + 1


def _leader(ids: list[int], syntactic: dict[int, list[str]]) -> int:
    return next((i for i in ids if int(syntactic[i][6]) not in ids), ids[0])


def _features(ids: list[int], syntactic: dict[int, list[str]]) -> str:
    features = dict[str, str]()
    for i in ids:
        if syntactic[i][5] != "_":
            for feature in syntactic[i][5].split("|"):
                name, value = feature.split("=", 1)
                features.setdefault(name, value)
    return "|".join(f"{name}={features[name]}" for name in sorted(features, key=str.lower))


def gold_doc(vocab: Vocab, sentences: list[Sentence]) -> Doc:
    """One document of the sentences in order, a space between two, in the words of the treebank."""
    words = [word for sentence in sentences for word in sentence.words]
    spaces, heads, starts = list[bool](), list[int](), list[bool]()
    for sentence in sentences:
        offset = len(heads)
        heads += [offset + word.head for word in sentence.words]
        spaces += [word.space for word in sentence.words[:-1]] + [True]
        starts += [True] + [False] * (len(sentence.words) - 1)
    return Doc(
        vocab,
        words=[word.form for word in words],
        spaces=spaces,
        pos=[word.pos for word in words],
        tags=[word.pos for word in words],
        morphs=[word.morph for word in words],
        lemmas=[word.lemma for word in words],
        heads=heads,
        deps=[word.dep for word in words],
    )
