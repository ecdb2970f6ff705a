"""Numbers in digits and in words, French and English: how they are written, what they are worth, how finely stated."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from faits.lexicons.figures import NumberRow, number_words
from faits.model import Lang
from faits.text.digits import LARGEST, MINUS, ONE, WrittenNumber, read_digits, resolution
from faits.text.tokens import Tokens, tokens

HALF = Decimal("0.5")


def parse_number(text: str, lang: Lang) -> WrittenNumber | None:
    """Read a number written in digits or in words, and how finely it was written.

    >>> parse_number("3,2", "fr")
    WrittenNumber(number=Decimal('3.2'), resolution=Decimal('0.1'))
    >>> parse_number("quatre-vingt-dix-sept", "fr").number
    Decimal('97')
    >>> parse_number("375 millions", "fr").number
    Decimal('375000000')

    None when `text` is not one number ("2.0.1", "31.01.2026"); the caller reports it.
    """
    cut = tokens(text.strip())
    negative = cut.norms[0] in MINUS and len(cut) > 1
    read = read_number(cut, int(negative), lang)
    if read is None or read[1] != len(cut):
        return None
    written = read[0]
    return WrittenNumber(-written.number, written.resolution, written.approx) if negative else written


@cache
def number_words_pattern(lang: Lang) -> str:
    """A regular expression that matches a small cardinal in words ("trois", "une vingtaine", "a dozen").

    Lower case; wrap it in word boundaries. It holds no group that captures.

    >>> bool(re.fullmatch(number_words_pattern("fr"), "vingt et un"))
    True
    >>> bool(re.fullmatch(number_words_pattern("en"), "a dozen"))
    True
    """
    table = number_words(lang)
    plain = _alternatives([form for form, row in table.items() if row.role in ("unit", "ten", "hundred")])
    nouns = _alternatives([form for form, row in table.items() if row.role == "collective"])
    if lang == "fr":
        noun = rf"une?[ \u00a0](?:demi-)?(?:{nouns})"
        return rf"(?:{noun}|(?:{plain})(?:(?:-|[ \u00a0])(?:et(?:-|[ \u00a0]))?(?:{plain}))*)"
    articles = r"(?:half[ \u00a0])?an?[ \u00a0]"
    return rf"(?:{articles}(?:{nouns}|hundred)|(?:{plain})(?:(?:-|[ \u00a0])(?:and[ \u00a0])?(?:{plain}))*)"


def _alternatives(forms: list[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))


# --- words ------------------------------------------------------------------------------------------------------------


def read_number(cut: Tokens, i: int, lang: Lang, *, joined: bool = True) -> tuple[WrittenNumber, int] | None:
    """Read the number that begins at token `i`, and give the token after it; None when none begins there.

    Scale words are part of it ("375 millions", "1,2 milliard", "un milliard et demi", "half a billion"). `joined` is
    False between "entre" and "et", where "and" separates two numbers instead of binding one.
    """
    key = (i, lang, joined)
    if key not in cut.numbers:
        cut.numbers[key] = _read(cut, i, lang, joined)
    found: tuple[WrittenNumber, int] | None = cut.numbers[key]
    return found


def _read(cut: Tokens, i: int, lang: Lang, joined: bool) -> tuple[WrittenNumber, int] | None:
    words = number_words(lang)
    if cut.digits[i]:
        written = read_digits(cut.written(i), lang)
        return None if written is None else _scaled(cut, i + 1, written, words, joined)
    row = words.get(cut.norms[i])
    if lang == "en":
        read = _english_start(cut, i, words, row)
        if read is not None:
            return read
    elif row is not None and row.role == "unit" and row.number == 1:
        read = _after_article(cut, i + 1, words)
        if read is not None:
            return read
    if row is None:
        return None
    if row.role == "half" and lang == "fr":
        return _after_article(cut, i, words)  # "le demi-milliard"
    if row.role == "glyph":
        return _scaled(cut, i + 1, WrittenNumber(row.number, row.number), words, joined)
    return _cardinal(cut, i, lang, joined)


def _english_start(
    cut: Tokens, i: int, words: dict[str, NumberRow], row: NumberRow | None
) -> tuple[WrittenNumber, int] | None:
    """What an English article or "half" opens: "a dozen", "a hundred", "half a billion", "a quarter of a million"."""
    article = cut.norms[i] in ("a", "an")
    first = i + 1 if article else i
    opened = words.get(cut.norms[first])
    if opened is None:
        return None
    if opened.role == "half":
        return _half_of(cut, first + 1, words, article=article)
    if opened.role == "share":
        noun = words.get(cut.norms[first + 3]) if cut.norms[first + 1 : first + 3] == ["of", "a"] else None
        return (_shrunk(noun, ONE / opened.number), first + 4) if noun is not None and noun.role == "scale" else None
    if not article:
        return None
    if opened.role in ("hundred", "scale"):
        return _cardinal(cut, first, "en", True)
    if opened.role != "collective" or opened.number > 20:
        return None
    if opened.number == 2 and cut.norms[first + 1] == "of":  # "a couple of million"
        noun = words.get(cut.norms[first + 2])
        several = noun is not None and noun.role in _NOUNS
        return (_shrunk(noun, opened.number, approx=True), first + 3) if several and noun is not None else None
    return _scaled(cut, first + 1, WrittenNumber(opened.number, ONE, opened.approx), words, True)


def _half_of(cut: Tokens, j: int, words: dict[str, NumberRow], *, article: bool) -> tuple[WrittenNumber, int] | None:
    """ "half a billion", "a half-million"."""
    if not article and cut.norms[j] not in ("a", "an"):
        return None
    k = _past_hyphen(cut, j) if article else j + 1
    noun = words.get(cut.norms[k])
    if noun is None or noun.role not in _NOUNS:
        return None
    return _shrunk(noun, HALF, approx=noun.role == "collective" and not article), k + 1


_NOUNS = ("scale", "collective", "hundred")


def _after_article(cut: Tokens, i: int, words: dict[str, NumberRow]) -> tuple[WrittenNumber, int] | None:
    """What "un" or "une" opens in French: "une vingtaine", "une demi-douzaine", "un demi-milliard"."""
    row = words.get(cut.norms[i])
    if row is None:
        return None
    if row.role == "half":
        j = _past_hyphen(cut, i + 1)
        noun = words.get(cut.norms[j])
        if noun is not None and noun.role in _NOUNS:
            return _shrunk(noun, HALF, approx=noun.approx), j + 1
    if row.role == "collective":
        written = WrittenNumber(row.number, row.number, row.approx)
        return _scaled(cut, i + 1, written, words, True)
    return None


def _shrunk(row: NumberRow, factor: Decimal, *, approx: bool = False) -> WrittenNumber:
    number = _whole(row.number * factor)
    return WrittenNumber(number, _whole(row.number / 10), approx)


def _past_hyphen(cut: Tokens, i: int) -> int:
    return i + 1 if cut.norms[i] == "-" and cut.glued(i) and cut.glued(i + 1) else i


def _scaled(
    cut: Tokens, i: int, written: WrittenNumber, words: dict[str, NumberRow], joined: bool
) -> tuple[WrittenNumber, int]:
    """Apply the scale words that follow a number: "375" + "millions", "une dizaine" + "de milliards"."""
    number, fine, factor = written.number, written.resolution, ONE
    while True:
        row = words.get(cut.norms[i])
        if row is not None and row.role == "glyph" and factor == ONE and cut.glued(i):
            number, fine, i = number + row.number, row.number, i + 1
            continue
        half = _and_a_half(cut, i, words) if joined else None
        if half is not None and row is None:
            step = factor if factor > ONE else ONE
            number, fine, i = number + HALF * step, HALF * step, half
            if factor > ONE:
                break
            continue
        j = i
        if row is None:
            j = i + 1 if cut.norms[i] in ("de", "d'", "of") else _past_hyphen(cut, i)
            row = words.get(cut.norms[j]) if j > i else None
        if row is None or not _scales(row, written, j > i and cut.norms[i] != "-"):
            break
        if cut.broken(j) or abs(number) * row.number > LARGEST:
            break
        number, fine, factor, i = number * row.number, fine * row.number, factor * row.number, j + 1
    return WrittenNumber(_whole(number), _whole(fine), written.approx), i


def _scales(row: NumberRow, written: WrittenNumber, linked: bool) -> bool:
    """Whether a word multiplies the number before it; "de" links only to a rounded one or between two scales."""
    if row.role == "scale":
        return True
    return row.role in ("hundred", "collective") and not linked and row.written[0] in ("hundred", "dozen", "douzaine")


def _and_a_half(cut: Tokens, i: int, words: dict[str, NumberRow]) -> int | None:
    """The token after "et demi", "and a half", when that stands at token `i`."""
    if cut.norms[i] == "et":
        row = words.get(cut.norms[i + 1])
        return i + 2 if row is not None and row.role == "half" else None
    if cut.norms[i] == "and" and cut.norms[i + 1] == "a" and cut.norms[i + 2] == "half":
        return i + 3
    return None


def _whole(number: Decimal) -> Decimal:
    """The same number without an exponent, so that it prints as it reads."""
    return number.quantize(ONE) if number == number.to_integral_value() else number.normalize()


def _cardinal(cut: Tokens, i: int, lang: Lang, joined: bool) -> tuple[WrittenNumber, int] | None:
    """Add up a cardinal in words; stops where the next word cannot belong to it ("deux | trois")."""
    words = number_words(lang)
    sum_ = _Sum()
    end = i
    while True:
        j = _past_hyphen(cut, i) if end > 0 and i == end and sum_.started else i
        if sum_.started and joined and cut.norms[j] in ("et", "and"):
            half = _and_a_half(cut, j, words)
            if half is not None:
                sum_.add_half()
                return _finish(cut, half, sum_, words, joined)
            j = _past_hyphen(cut, j + 1)
            row = words.get(cut.norms[j])
            if row is None or not sum_.joins(row):
                break
        row = words.get(cut.norms[j])
        if row is None or (cut.broken(j) and sum_.started) or not sum_.add(row):
            break
        i = end = j + 1
    return _finish(cut, end, sum_, words, joined) if sum_.started else None


def _finish(cut: Tokens, end: int, sum_: _Sum, words: dict[str, NumberRow], joined: bool) -> tuple[WrittenNumber, int]:
    number = sum_.total()
    fine = sum_.half * ONE if sum_.half else resolution(number)
    return _scaled(cut, end, WrittenNumber(_whole(number), _whole(fine)), words, joined and not sum_.half)


class _Sum:
    """A cardinal being added up: what is closed by a scale word, and the group of hundreds still open."""

    def __init__(self) -> None:
        self.started = False
        self.closed = Decimal(0)
        self.group = Decimal(0)
        self.half = Decimal(0)
        self.scale = Decimal(0)
        self.last: NumberRow | None = None

    def add(self, row: NumberRow) -> bool:
        """Take one more word in; False when it cannot belong to this number."""
        if not self._fits(row):
            return False
        value = row.number
        if row.role in ("unit", "ten"):
            # "quatre-vingts" is four twenties; every other ten is added.
            self.group = self.group - 4 + 80 if value == 20 and self._four() else self.group + value
        elif row.role == "hundred":
            self.group = (self.group or ONE) * 100
        elif self.scale and value > self.scale:
            self.closed, self.group, self.scale = (self.closed + self.group) * value, Decimal(0), value
        else:
            self.closed, self.group, self.scale = self.closed + (self.group or ONE) * value, Decimal(0), value
        self.started, self.last = True, row
        return True

    def joins(self, row: NumberRow) -> bool:
        """Whether "et" or "and" may stand before a word: "vingt et un", "two hundred and fifty"."""
        tens = self.group % 100
        if row.number in (1, 11) and row.role == "unit" and tens >= 20:
            return True
        opened = self.last is not None and self.last.role in ("hundred", "scale") and self.last.written[0] in _ENGLISH
        return opened and row.role in ("unit", "ten")

    def add_half(self) -> None:
        """Add "et demi": half of the last scale word, or half of one."""
        self.half = HALF * self.scale if self.scale and not self.group else HALF

    def total(self) -> Decimal:
        return self.closed + self.group + self.half

    def _four(self) -> bool:
        return self.last is not None and self.last.number == 4 and self.group % 100 == 4

    def _fits(self, row: NumberRow) -> bool:
        value, tens = row.number, self.group % 100
        if row.role == "unit":
            if not self.started or (self.group == 0 and value) or (tens == 0 and value and self.group):
                return True
            if self.last is not None and self.last.number == 10 and tens in (10, 70, 90):
                return 7 <= value <= 9
            if tens in (60, 80) and self.last is not None and self.last.number in (60, 20):
                return 1 <= value <= 16
            return tens >= 20 and tens % 10 == 0 and 1 <= value <= 9
        if row.role == "ten":
            return tens == 0 or (value == 20 and self._four())
        if row.role == "hundred":
            return 0 <= self.group < 100 and (
                self.group > 1 or self.last is None or self.last.role != "unit" or self.group == 1
            )
        if (self.closed + self.group) * value > LARGEST:
            return False
        return row.role == "scale" and (not self.started or self.group > 0 or row.number > self.scale)


_ENGLISH = frozenset({"hundred", "thousand", "million", "billion", "trillion"})
