"""A lexicon that is wrong stops the run, naming file, table and row."""

from importlib import resources

import pytest

from faits.errors import LexiconError
from faits.lexicons import loader
from faits.lexicons.loader import LexiconRow, rows


class Word(LexiconRow):
    written: str


@pytest.fixture
def lexicon(tmp_path, monkeypatch):  # type: ignore[no-untyped-def]  # a fixture that writes one lexicon file
    monkeypatch.setattr(resources, "files", lambda _: tmp_path)
    loader.rows.cache_clear()
    yield lambda text: (tmp_path / "words.toml").write_text(text, encoding="utf-8")
    loader.rows.cache_clear()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[word]]\nwritten = 'a'\n", "words.toml, word row 1: examples"),
        ("[[word]]\nwritten = 'a'\nexamples = []\n", "words.toml, word row 1: examples"),
        ("[[word]]\nwritten = 'a'\nexamples = ['a']\n[[word]]\nwriten = 'b'\nexamples = ['b']\n", "word row 2: writ"),
        ("[[word]\n", "words.toml: not TOML"),
        ("word = 3\n", "words.toml: word is not a list"),
    ],
)
def test_a_row_that_does_not_fit_is_named(lexicon, text: str, said: str) -> None:  # type: ignore[no-untyped-def]
    lexicon(text)

    with pytest.raises(LexiconError, match=said.replace(".", r"\.")):
        rows("words.toml", "word", Word)


def test_a_row_that_fits_is_read(lexicon) -> None:  # type: ignore[no-untyped-def]
    lexicon("[[word]]\nwritten = 'a'\nexamples = ['a b']\n")

    assert rows("words.toml", "word", Word) == (Word(written="a", examples=("a b",)),)


def test_a_lexicon_that_is_not_there_says_so(lexicon) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(LexiconError, match="no such lexicon"):
        rows("none.toml", "word", Word)
