"""The words that give away what is no part of an article: cues, function words, sentence openers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import Field

from faits.errors import LexiconError
from faits.lexicons.loader import LexiconRow, rows
from faits.model import Lang

CueKind = Literal[
    "newsletter", "paywall", "related", "toc", "closing_heading", "nav", "cookie", "share", "credit", "source", "ad",
    "bio", "comments", "tags", "legal", "reader_questions", "machine_translation", "ai_prompt",
]  # fmt: skip

Place = Literal["whole", "start", "end", "any"]

_LANGS: tuple[Lang, ...] = ("fr", "en")

# A "*" of a phrase stands for so many words at most.
_GAP_WORDS = 4

# Latin letters with marks, to the letter without (the blocks Latin-1, Extended-A and -B), and the marks themselves.
_PLAIN = {code: unicodedata.normalize("NFD", chr(code))[0] for code in range(0xC0, 0x250)}
_PLAIN |= {ord("œ"): "oe", ord("æ"): "ae", ord("ß"): "ss", ord("ø"): "o", ord("ł"): "l", ord("đ"): "d"}
_PLAIN |= dict.fromkeys(range(0x300, 0x370), "")
# Marks nobody sees: where a word may be parted at a line end, and blanks of no width.
_PLAIN |= dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF), "")
_MARKED = re.compile(r"[^\x00-\x7f]")
_PLAIN_CHARS = {chr(code): plain for code, plain in _PLAIN.items()}

# Most words are ASCII once folded, and a plain range is read much faster than a class of all letters.
_WORD = re.compile(r"[a-z]++(?![^\W\d_])|[^\W\d_]+|\d+(?:[.,]\d+|[ \u00a0\u202f]\d{3}(?!\d))*|[©]")


class Cue(LexiconRow):
    """Phrases that mark a line as boilerplate of one kind."""

    kind: CueKind
    place: Place
    written: tuple[str, ...] = Field(min_length=1)
    strength: float = Field(1.0, gt=0, le=1)
    opens: bool = False
    max_words: int = Field(45, gt=0, le=150)


class WordList(LexiconRow):
    """Plain words."""

    written: tuple[str, ...] = Field(min_length=1)


class GluedRow(WordList):
    """Words found glued to a name, and whole words that only end like them."""

    unless: tuple[str, ...] = ()


class SignRow(LexiconRow):
    """A sign that stands for a word after certain words."""

    written: tuple[str, ...] = Field(min_length=1)
    reads: str
    after: tuple[str, ...] = Field(min_length=1)


# One place of a phrase: the words that may stand there, None for any single word; a gap is any few words.
@dataclass(frozen=True, slots=True)
class _Slot:
    words: frozenset[str] | None
    number: bool = False
    optional: bool = False
    gap: bool = False

    def takes(self, word: str) -> bool:
        """Whether a word may stand here."""
        return self.words is None or word in self.words or (self.number and word[0].isdigit())


@dataclass(frozen=True, slots=True)
class _Phrase:
    cue: Cue
    slots: tuple[_Slot, ...]
    # A quick no for most places the first word stands at: the words one of which must come next, where that is known,
    # and those one of which must stand somewhere in the line.
    second: frozenset[str] | None
    needed: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Hit:
    """One phrase of a cue found in a line, from word `first` to before word `last`."""

    cue: Cue
    first: int
    last: int


def fold(text: str) -> str:
    """Lower case without accents, so that "À LIRE" and "A lire" are one.

    >>> fold("À LIRE, cœur")
    'a lire, coeur'
    """
    text = text.lower()
    if not text.isascii():
        # A text has few different letters with marks: to replace each is faster than to look at every letter.
        for char in _PLAIN_CHARS.keys() & set(_MARKED.findall(text)):
            text = text.replace(char, _PLAIN_CHARS[char])
    return text


def words_of(text: str) -> list[str]:
    """The folded words of a text: letters, numbers and ©; an apostrophe or a hyphen parts words.

    >>> words_of("Inscrivez-vous à l'essai : 3,50 €")
    ['inscrivez', 'vous', 'a', 'l', 'essai', '3,50']
    """
    return _WORD.findall(fold(text))


_Index = dict[str, list[_Phrase]]


class Cues:
    """The cues of one language, ready to be looked up word by word."""

    def __init__(self, cues: Sequence[Cue], file: str) -> None:
        phrases = [
            _phrase(cue, _slots(written, f"{file}, cue row {number}"))
            for number, cue in enumerate(cues, 1)
            for written in cue.written
        ]
        # One pair of indexes for each length of line the cues tell apart: in a long line few of them are looked for.
        self._by_length = [
            (most, _indexed(p for p in phrases if p.cue.max_words >= most))
            for most in sorted({cue.max_words for cue in cues})
        ]

    def hits(self, words: Sequence[str], starts: Container[int] = (0,)) -> Iterator[Hit]:
        """Every phrase found at the place its cue asks for; `starts` are the words that open a sentence."""
        size = len(words)
        indexes = next((indexes for most, indexes in self._by_length if size <= most), None)
        if indexes is None:
            return
        opening, anywhere = indexes
        present = frozenset(words)
        keys = ["#" if word[0] in "0123456789" else word for word in words]
        for i, key in enumerate(keys):
            found = anywhere.get(key)
            if i in starts and key in opening:
                found = [*(found or ()), *opening[key]]
            if found is None:
                continue
            after = words[i + 1] if i + 1 < size else ""
            for phrase in [p for p in found if p.second is None or after in p.second]:
                if phrase.needed is not None and phrase.needed.isdisjoint(present):
                    continue
                if i and phrase.cue.place == "whole":
                    continue
                last = _match(phrase.slots, 0, words, i)
                if last is not None and (last == size or phrase.cue.place not in ("whole", "end")):
                    yield Hit(phrase.cue, i, last)


def _phrase(cue: Cue, slots: tuple[_Slot, ...]) -> _Phrase:
    sure = [slot.words for slot in slots if slot.words is not None and not slot.number and not slot.optional]
    second = None
    if len(slots) > 1 and not slots[0].optional:
        slot = slots[1]
        second = None if slot.optional or slot.gap or slot.number else slot.words
    gapped = any(slot.gap for slot in slots)
    return _Phrase(cue, slots, second, sure[-1] if gapped and sure else None)


def _indexed(phrases: Iterable[_Phrase]) -> tuple[_Index, _Index]:
    """Phrases by their first word: those of a line's beginning, which are looked up at few places, and the others."""
    opening: _Index = {}
    anywhere: _Index = {}
    for phrase in phrases:
        index = opening if phrase.cue.place in ("whole", "start") else anywhere
        for word in _firsts(phrase.slots):
            index.setdefault(word, []).append(phrase)
    return opening, anywhere


def _slots(written: str, row: str) -> tuple[_Slot, ...]:
    slots = []
    for part in written.split():
        if part == "*":
            slots.append(_Slot(None, gap=True))
            continue
        optional = part.endswith("?")
        names = part.removesuffix("?").split("|")
        words = frozenset(word for name in names if name not in ("#", "*") for word in words_of(name))
        if not words and "#" not in names and "*" not in names:
            raise LexiconError(f"{row}: {part!r} of {written!r} holds no word; correct the row")
        slots.append(_Slot(None if "*" in names else words, number="#" in names, optional=optional))
    if not slots or slots[0].gap or slots[0].words is None:
        raise LexiconError(f"{row}: {written!r} begins with any word; begin with one that is known")
    return tuple(slots)


def _firsts(slots: tuple[_Slot, ...]) -> Iterator[str]:
    for slot in slots:
        yield from sorted(slot.words or ())
        if slot.number:
            yield "#"
        if not slot.optional:
            return


def _match(slots: tuple[_Slot, ...], at: int, words: Sequence[str], i: int) -> int | None:
    """Where the slots from `at` on end when they are read from word i on; None when they are not there."""
    while at < len(slots):
        slot = slots[at]
        if slot.gap:
            for skipped in range(_GAP_WORDS + 1):
                end = _match(slots, at + 1, words, i + skipped)
                if end is not None:
                    return end
            return None
        if i < len(words) and slot.takes(words[i]):
            i += 1
        elif not slot.optional:
            return None
        at += 1
    return i if i <= len(words) else None


@cache
def cues(lang: Lang) -> Cues:
    """The cues of one language.

    Raises:
        LexiconError: a row is malformed or a phrase begins with any word.
    """
    return Cues(cue_rows(lang), f"{lang}/boilerplate.toml")


def cue_rows(lang: Lang) -> tuple[Cue, ...]:
    """The rows behind `cues`, in file order."""
    return rows(f"{lang}/boilerplate.toml", "cue", Cue)


def common_words(lang: Lang) -> frozenset[str]:
    """The function words of a language, folded."""
    return folded_words(lang, "common")


@cache
def button_words(lang: Lang) -> frozenset[str]:
    """Single words that menus are made of."""
    return frozenset(
        words[0]
        for cue in cue_rows(lang)
        if cue.kind == "nav" and cue.place == "whole"
        for written in cue.written
        if len(words := words_of(written)) == 1
    )


@cache
def folded_words(lang: Lang, table: str) -> frozenset[str]:
    """The words of one of the plain lists, folded: "network", "date_word", "agency", "by", "reader", "self"."""
    return frozenset(word for written in _list(lang, table) for word in words_of(written))


@cache
def openers(lang: Lang) -> frozenset[str]:
    """Words a sentence opens with, capitalised as written."""
    return frozenset(_list(lang, "opener"))


@dataclass(frozen=True, slots=True)
class Glued:
    """Function words long enough to be told from the end of a name, longest first, and words that end like them."""

    tails: tuple[str, ...]
    unless: frozenset[str]


@cache
def glued_words(lang: Lang) -> Glued:
    """The words that are found glued to the name before them."""
    listed = rows(f"{lang}/boilerplate.toml", "glued", GluedRow)
    tails = sorted({word for row in listed for word in row.written}, key=lambda word: (-len(word), word))
    return Glued(tuple(tails), frozenset(word for row in listed for word in row.unless))


@cache
def abbreviations() -> frozenset[str]:
    """Words of either language whose full stop ends no sentence, as written."""
    return frozenset(word for lang in _LANGS for word in _list(lang, "abbreviation"))


@cache
def file_endings() -> frozenset[str]:
    """What follows the dot in the name of a site or a file, in lower case."""
    return frozenset(word for lang in _LANGS for word in _list(lang, "ending"))


@cache
def particles() -> frozenset[str]:
    """Small words inside the names of people, in lower case."""
    return frozenset(word for lang in _LANGS for word in _list(lang, "particle"))


def _list(lang: Lang, table: str) -> tuple[str, ...]:
    return tuple(word for row in rows(f"{lang}/boilerplate.toml", table, WordList) for word in row.written)
