"""A parse in plain objects answers as spaCy does."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any, get_args

import pytest
import spacy
from spacy.tokens import Doc as SpacyDoc

from faits.model import Lang
from faits.stages.annotate import annotate
from faits.text.parse import Doc, read_off

TEXTS: dict[Lang, str] = {
    "fr": (
        "Un parc éolien au large d’Yeu\n\nLe groupe nantais Armor a annoncé mardi, à Nantes, qu’il investirait 1,2"
        " milliard d’euros  dans un parc de 70 éoliennes (480 MW), dont la construction débutera en 2027.\nSes clients,"
        " Orvane et Veldis, n’ont pas encore signé.\n\n"
    ),
    "en": (
        "Brightwater plans a plant\nThe mutual, which had 940,000 members in 2023, will not have sold its Leeds offices"
        " by March; it's looking for a buyer that could pay £12m.\n"
    ),
}


@pytest.fixture(scope="module", params=get_args(Lang))
def pair(request: pytest.FixtureRequest) -> tuple[Any, Doc]:
    """A text as spaCy parsed it, and the same read off."""
    source = annotate(TEXTS[request.param], request.param)
    return source, read_off(source)


def test_every_word_has_what_spacy_says_of_it(pair: tuple[Any, Doc]) -> None:
    for theirs, ours in zip(*pair, strict=True):
        for name in ("i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "like_num", "whitespace_"):
            assert getattr(ours, name) == getattr(theirs, name), name
        assert (len(ours), bool(ours.is_space), str(ours.morph)) == (len(theirs), theirs.is_space, str(theirs.morph))
        for feature in ("Tense", "VerbForm", "Number", "Poss", "PronType"):
            assert ours.morph.get(feature, ["none"]) == theirs.morph.get(feature, ["none"])


def test_every_word_hangs_as_spacy_says(pair: tuple[Any, Doc]) -> None:
    for theirs, ours in zip(*pair, strict=True):
        assert (ours.head.i, ours.left_edge.i) == (theirs.head.i, theirs.left_edge.i)
        assert (ours.sent.start, ours.sent.end) == (theirs.sent.start, theirs.sent.end)
        for name in ("children", "lefts", "rights", "ancestors", "subtree"):
            assert [t.i for t in getattr(ours, name)] == [t.i for t in getattr(theirs, name)], name


def test_every_stretch_of_characters_is_the_words_and_the_root_that_spacy_finds(pair: tuple[Any, Doc]) -> None:
    theirs, ours = pair
    assert ours.text == theirs.text
    chance = random.Random(7)
    for start, end in _stretches(chance, len(ours.text)):
        for mode in ("expand", "contract"):
            one = theirs.char_span(start, end, alignment_mode=mode)
            other = ours.char_span(start, end, alignment_mode=mode)  # type: ignore[arg-type]
            assert _seen(other) == _seen(one), (start, end, mode)


def _stretches(chance: random.Random, length: int) -> Iterator[tuple[int, int]]:
    for _ in range(2000):
        start = chance.randint(-1, length + 1)
        yield start, start + chance.randint(0, 60)


def _seen(span: Any) -> object:
    return span if span is None else (span.start, span.end, span.text, span.root.i if len(span) else None)


def test_a_text_without_words_has_none() -> None:
    empty = read_off(spacy.blank("fr")(""))
    assert (len(empty), list(empty), empty.char_span(0, 1, alignment_mode="expand")) == (0, [], None)


def test_a_text_that_hangs_on_one_thread_is_walked_through() -> None:
    count = 5000
    source = SpacyDoc(
        spacy.blank("fr").vocab, words=["a"] * count, heads=[*range(1, count), count - 1], deps=["dep"] * count
    )
    last = read_off(source)[count - 1]

    assert [t.i for t in last.subtree] == list(range(count))
    assert (last.left_edge.i, len(read_off(source)[0].ancestors)) == (0, count - 1)
