"""The calendar words of a paragraph: which parts of the grammar each place can play, in lexicon words and in digits."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, NamedTuple, TypeVar

from faits.lexicons.calendar import calendar_words
from faits.lexicons.figures import number_words
from faits.model import Lang
from faits.text.numbers import read_number
from faits.text.tokens import Part, Tokens, tokens

# Where a word of one of these roles stands, a date or a duration may stand: nowhere else does the grammar look.
ANCHORS = frozenset(
    [
        *("month", "month_shy", "month_beside", "weekday", "weekday_beside", "season", "season_stated", "quarter"),
        *("unit", "unit_only_length", "fiscal", "yearly", "decade", "century", "division", "point", "recurrence"),
        "feast",
    ]
)

# Words of these roles tell something of a date near them and begin none.
_BESIDE = frozenset(
    [
        *("comma", "tense", "tense_not", "helper", "going", "clause", "negation", "function", "counted", "price"),
        *("not_year", "published", "byline", "than", "ordinal_suffix", "bound_after", "and_half", "moved", "runs"),
    ]
)

# Behind these a period may stand, but they begin one only with a unit not far behind: "les six prochains mois".
_LEADING = _BESIDE | {"filler", "relation", "range_from", "range_to", "length_lead", "and", "between"}
_UNIT_WITHIN = 24

YEARS = range(1000, 2200)

APOSTROPHES = frozenset("'’‘")


class Word(NamedTuple):
    """A word or phrase of the lexicon at some place: its role, its value, and the token after it."""

    role: str
    value: str
    end: int


class _Entry(NamedTuple):
    rest: tuple[str, ...]
    role: str
    value: str


@cache
def _index(lang: Lang) -> dict[str, tuple[_Entry, ...]]:
    """Every phrase of the lexicon under its first token, longest first."""
    found: dict[str, list[_Entry]] = {}
    for row in calendar_words(lang):
        if row.role in _BY_ENDING:
            continue
        for form in row.written:
            first, *rest = cut_form(form)
            found.setdefault(first, []).append(_Entry(tuple(rest), row.role, row.value))
    return {first: tuple(sorted(entries, key=lambda e: -len(e.rest))) for first, entries in found.items()}


@cache
def first_words(lang: Lang, role: str) -> tuple[str, ...]:
    """The first tokens of the phrases of a role."""
    return tuple(first for first, entries in _index(lang).items() if any(entry.role == role for entry in entries))


def cut_form(form: str) -> list[str]:
    """The tokens of a lexicon form; an elided one ("l'") is cut as it is before a word."""
    elided = form.endswith("'")
    norms = [norm for norm in tokens(form + "x" if elided else form).norms if norm]
    return norms[:-1] if elided else norms


_BY_ENDING = frozenset({"tense_ending", "participle_ending", "infinitive_ending"})


@cache
def endings(lang: Lang, role: str) -> tuple[tuple[str, str], ...]:
    """The word endings of a role with their values, longest first."""
    pairs = [(form, row.value) for row in calendar_words(lang) if row.role == role for form in row.written]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def canonical(lang: Lang, role: str) -> dict[int, str]:
    """The first written form of each value of a role: 3 is "mars"."""
    return {
        int(row.value): row.written[0] for row in reversed(calendar_words(lang)) if row.role in (role, f"{role}_shy")
    }


@dataclass(slots=True)
class Words:
    """One paragraph, cut into tokens, with what the lexicon and the numbers say of each place."""

    cut: Tokens
    lang: Lang
    offset: int  # of the paragraph in the text
    size: int
    # Those that begin at each token, longest first; closed by empty ones, as the tokens.
    phrases: list[tuple[Word, ...]]
    _numbers: dict[int, tuple[Decimal, bool, int] | None] = field(default_factory=dict)
    _units: list[int] | None = None  # where the units are
    _roles: dict[int, tuple[str, ...]] = field(default_factory=dict)
    counts: dict[int, Any] = field(default_factory=dict)  # those read before units, by where they begin
    parses: dict[object, Any] = field(default_factory=dict)  # the grammar's own, of places it has tried before

    def __len__(self) -> int:
        return self.size

    def norm(self, i: int) -> str:
        """Token `i` in lower case; empty outside the paragraph."""
        return self.cut.norms[i] if 0 <= i < self.size else ""

    def at(self, i: int, *roles: str) -> Word | None:
        """The longest phrase of one of these roles that begins at token `i`."""
        for word in self.phrases[i]:
            if word.role in roles:
                return word
        return None

    def roles(self, i: int) -> tuple[str, ...]:
        """What token `i` can play: the roles of the phrases it begins; "digits", "number", "mark" for what it is."""
        if i not in self._roles:
            self._roles[i] = self._read_roles(i)
        return self._roles[i]

    def _read_roles(self, i: int) -> tuple[str, ...]:
        roles = [word.role for word in self.phrases[i]]
        if self.number(i) is not None:
            roles.append("number")
        if 0 <= i < self.size:
            if self.cut.digits[i]:
                roles.append("digits")
            elif self.cut.norms[i] in APOSTROPHES:
                roles.append("mark")
        return tuple(roles)

    def opens_date(self, i: int) -> bool:
        """Whether a date or a length may begin at token `i`: a number, or a word that can do more than stand beside."""
        for word in self.phrases[i]:
            if word.role not in _BESIDE:
                return True
        return self.number(i) is not None

    def speaks(self, i: int) -> bool:
        """Whether a period may begin at token `i`: a number, or a phrase that does more than lead to one."""
        for word in self.phrases[i]:
            if word.role not in _LEADING:
                return True
        return self.number(i) is not None or (bool(self.phrases[i]) and self._unit_ahead(i))

    def _unit_ahead(self, i: int) -> bool:
        if self._units is None:
            openers = _unit_openers(self.lang)
            self._units = [k for k, norm in enumerate(self.cut.norms) if norm in openers and self.at(k, "unit")]
        next_ = bisect_right(self._units, i)
        return next_ < len(self._units) and self._units[next_] - i <= _UNIT_WITHIN

    def number(self, i: int) -> tuple[Decimal, bool, int] | None:
        """The number that begins at token `i`, whether its word rounds it, and the token after it."""
        if i not in self._numbers:
            self._numbers[i] = self._read_number(i)
        return self._numbers[i]

    def _read_number(self, i: int) -> tuple[Decimal, bool, int] | None:
        if not 0 <= i < self.size or not (self.cut.digits[i] or self.cut.norms[i] in _number_openers(self.lang)):
            return None
        read = read_number(self.cut, i, self.lang)
        if read is None:
            return None
        return read[0].number, read[0].approx, read[1]

    def digits(self, i: int) -> int | None:
        """The whole number of at most four digits that token `i` is."""
        if not 0 <= i < self.size or not self.cut.digits[i]:
            return None
        norm = self.cut.norms[i]
        return int(norm) if len(norm) <= 4 and norm.isascii() and norm.isdigit() else None

    def glued(self, i: int) -> bool:
        """Whether token `i` touches the one before it."""
        return 0 < i < self.size and self.cut.glued(i)

    def capital(self, i: int) -> bool:
        """Whether token `i` is written with a capital."""
        return 0 <= i < self.size and self.cut.written(i)[:1].isupper()

    def opens(self, i: int) -> bool:
        """Whether token `i` opens a sentence."""
        return i == 0 or self.norm(i - 1) in _ENDS

    def regions(self, reach: int) -> list[int]:
        """The tokens no more than `reach` before an anchor where something may begin, in order, each once."""
        phrases, digits, norms, numbers = self.phrases, self.cut.digits, self.cut.norms, _number_openers(self.lang)
        found: list[int] = []
        done = 0
        for anchor in self._anchors():
            found += (
                i
                for i in range(max(done, anchor - reach), anchor + 1)
                if phrases[i] or digits[i] or norms[i] in numbers
            )
            done = anchor + 1
        return found

    def _anchors(self) -> Iterator[int]:
        anchors = _anchor_words(self.lang)
        digits, norms = self.cut.digits, self.cut.norms
        for i in range(self.size):
            if norms[i] in anchors or (digits[i] and (len(norms[i]) == 4 or "." in norms[i] or norms[i + 1] in "/-.")):
                yield i


Shape = TypeVar("Shape")


def by_first(*table: tuple[Shape, frozenset[str]]) -> Callable[[tuple[str, ...]], tuple[Shape, ...]]:
    """What gives, for the roles of a token, the shapes of the table that can begin with it, in order.

    Each shape stands with the roles it may begin with: a shape that none of them opens reads nothing there.
    """

    @cache
    def fitting(roles: tuple[str, ...]) -> tuple[Shape, ...]:
        return tuple(shape for shape, first in table if not first.isdisjoint(roles))

    return fitting


@cache
def _unit_openers(lang: Lang) -> frozenset[str]:
    return frozenset(first_words(lang, "unit"))


@cache
def _number_openers(lang: Lang) -> frozenset[str]:
    """The tokens a number in words begins with; in English an article may ("a dozen")."""
    return frozenset(number_words(lang)) | ({"a", "an"} if lang == "en" else frozenset())


_ENDS = frozenset('.!?:;«»“"(–—•|')


@cache
def _anchor_words(lang: Lang) -> frozenset[str]:
    """The last tokens of the phrases that anchor: the first is often an article."""
    phrases = ((first, *e.rest) for first, entries in _index(lang).items() for e in entries if e.role in ANCHORS)
    return frozenset(phrase[-1] for phrase in phrases)


def cut_of(paragraph: str) -> Tokens:
    """The tokens of a paragraph."""
    return paragraph.cut() if isinstance(paragraph, Part) else tokens(paragraph)


def may_date(cut: Tokens, lang: Lang) -> bool:
    """Whether there is any word or number that a date or a length is told by."""
    return True in cut.digits or not _anchor_words(lang).isdisjoint(cut.norms)


def words(paragraph: str, lang: Lang, offset: int = 0) -> Words:
    """The calendar words of a paragraph; `offset` is where it begins in its text."""
    return words_of(cut_of(paragraph), lang, offset)


def words_of(cut: Tokens, lang: Lang, offset: int = 0) -> Words:
    """The same of a paragraph that is cut already."""
    return Words(cut, lang, offset, len(cut), _phrases(cut.norms, lang))


# Beyond the tokens, on either side: no reader looks further than the longest opening and its period.
_MARGIN = 64


def _phrases(norms: list[str], lang: Lang) -> list[tuple[Word, ...]]:
    """Every phrase of the lexicon at each token; a list a negative place finds the empty end of."""
    longer = _longer(lang)
    # An empty token, as stand behind the last, begins no phrase: there is always one that follows.
    known = _index(lang)
    found: list[tuple[Word, ...]] = [()] * (len(norms) + _MARGIN)
    for i in [i for i, norm in enumerate(norms) if norm in known]:
        here = _alone(lang, norms[i], i)
        entries = longer.get((norms[i], norms[i + 1]))
        found[i] = (*_phrases_at(norms, i, entries), *here) if entries is not None else here
    return found


def _phrases_at(norms: list[str], i: int, entries: tuple[_Entry, ...]) -> Iterator[Word]:
    for rest, role, value in entries:
        if tuple(norms[i + 1 : i + 1 + len(rest)]) == rest:
            yield Word(role, value, i + 1 + len(rest))


@cache
def _longer(lang: Lang) -> dict[tuple[str, str], tuple[_Entry, ...]]:
    """The phrases of several tokens under their first two, longest first."""
    found: dict[tuple[str, str], list[_Entry]] = {}
    for first, entries in _index(lang).items():
        for entry in entries:
            if entry.rest:
                found.setdefault((first, entry.rest[0]), []).append(entry)
    return {pair: tuple(entries) for pair, entries in found.items()}


@lru_cache(maxsize=65536)
def _alone(lang: Lang, norm: str, i: int) -> tuple[Word, ...]:
    """The phrases of one token, at one place: the same in every paragraph."""
    return tuple(Word(entry.role, entry.value, i + 1) for entry in _index(lang)[norm] if not entry.rest)
