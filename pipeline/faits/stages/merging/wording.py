"""Free words beside a figure, reduced to notions, and whether two such wordings can be of one thing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from typing import NamedTuple

from faits.errors import LexiconError
from faits.lexicons.loader import rows
from faits.lexicons.notions import FILE, FunctionWordRow, NotionRow, Part
from faits.model import Lang
from faits.text.folding import fold

# Longest written form of a notion, in words; a longer row would never be found.
LONGEST = 5

# Letters two languages must share at the start of a word for it to count as one word: "réacteur", "reactor".
COGNATE = 5


class Likeness(IntEnum):
    """How well two descriptions go together, from worst to best."""

    DIFFERENT = 0
    UNKNOWN = 1  # no word in common, but nothing against it: two languages, or only part of the words
    SILENT = 2  # one of them says nothing
    SAME = 3


class Notion(NamedTuple):
    """A notion without its words."""

    code: str
    part: Part
    one_of: str | None


@dataclass(frozen=True, slots=True)
class Wording:
    """A description as a set of words; a word that is a notion stands as "@" and the notion's code."""

    words: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    variants: frozenset[str] = frozenset()
    former: bool = False
    generic: bool = False


NOTHING = Wording()


@cache
def notions() -> dict[tuple[str, ...], Notion]:
    """Every notion by its written form, folded and cut into words.

    Raises:
        LexiconError: a form is given to two notions, or is longer than what is looked for.
    """
    table: dict[tuple[str, ...], Notion] = {}
    for row in rows(FILE, "notion", NotionRow):
        notion = Notion(row.code, row.part, row.one_of)
        for form in (*row.fr, *row.en):
            key = fold(form)
            if not 0 < len(key) <= LONGEST:
                raise LexiconError(f'{FILE}, notion "{row.code}": "{form}" has 0 or over {LONGEST} words; shorten it')
            if table.setdefault(key, notion).code != row.code:
                raise LexiconError(f'{FILE}, notion "{row.code}": "{form}" is also "{table[key].code}"; keep one')
    return table


@cache
def one_of() -> dict[str, str]:
    """The set a notion is one of, for the notions that exclude each other ("@height": "dimension")."""
    return {f"@{n.code}": n.one_of for n in notions().values() if n.one_of}


@cache
def function_words(lang: Lang) -> frozenset[str]:
    """The little words of one language, folded."""
    found = (row for row in rows(FILE, "function_words", FunctionWordRow) if row.lang == lang)
    return frozenset(word for row in found for form in row.words for word in fold(form))


@lru_cache(maxsize=65536)
def wording(text: str) -> Wording:
    """Read a description.

    >>> sorted(wording("volume de la retenue").words)
    ['@reservoir', '@volume']
    """
    words: set[str] = set()
    titles: set[str] = set()
    parts: dict[str, set[str]] = {"variant": set(), "former": set(), "generic": set()}
    little = function_words("fr") | function_words("en")
    for found in _cut(fold(text)):
        if isinstance(found, str):
            if found not in little:
                words.add(found)
        elif found.part in ("thing", "title"):
            words.add(f"@{found.code}")
            titles |= {f"@{found.code}"} if found.part == "title" else set()
        elif found.part != "filler":
            parts[found.part].add(found.code)
    return Wording(
        words=frozenset(words),
        titles=frozenset(titles),
        variants=frozenset(parts["variant"]),
        former=bool(parts["former"]),
        generic=bool(parts["generic"]) and not words,
    )


def _cut(words: tuple[str, ...]) -> list[str | Notion]:
    """The words in order, those that make a notion replaced by it, the longest form first."""
    table, cut, i = notions(), list[str | Notion](), 0
    while i < len(words):
        for length in range(min(LONGEST, len(words) - i), 0, -1):
            notion = table.get(words[i : i + length])
            if notion is not None:
                cut.append(notion)
                i += length
                break
        else:
            cut.append(words[i])
            i += 1
    return cut


@lru_cache(maxsize=65536)
def language(sentence: str) -> Lang:
    """The language a sentence is written in, told by its little words; French when they do not tell.

    >>> language("The plant will cost more than planned.")
    'en'
    """
    words = fold(sentence)
    score = {lang: sum(word in function_words(lang) for word in words) for lang in ("fr", "en")}
    return "en" if score["en"] > score["fr"] else "fr"


def like(a: Wording, b: Wording, *, same_language: bool) -> Likeness:
    """How well two descriptions go together.

    One of them may say more than the other, but not something else: "réacteur" goes with "premier réacteur", not
    "premier réacteur" with "second réacteur".
    """
    if a.variants != b.variants:
        return Likeness.DIFFERENT
    if not a.words or not b.words:
        return Likeness.SAME if a.words == b.words else Likeness.SILENT
    if _clash(a.words, b.words):
        return Likeness.DIFFERENT
    share = shared(a.words, b.words, same_language=same_language)
    if share > 0.5:
        return Likeness.SAME
    if share > 0 or not (same_language or _all_notions(a.words, b.words)):
        return Likeness.UNKNOWN
    return Likeness.DIFFERENT


def shared(a: frozenset[str], b: frozenset[str], *, same_language: bool) -> float:
    """The share of the shorter description that stands in the other; across languages cognates count."""
    common = len(a & b)
    if not same_language:
        stems = {word[:COGNATE] for word in b - a if len(word) >= COGNATE and word[0] != "@"}
        common += sum(word[:COGNATE] in stems for word in a - b if len(word) >= COGNATE)
    return common / min(len(a), len(b))


def _clash(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether what is left of both is one thing against another: two heights, two numbered reactors."""
    left, right = a - b, b - a
    sets = one_of()
    kinds = {sets.get(word) or ("number" if word.isdigit() else None) for word in left} - {None}
    return any((sets.get(word) or ("number" if word.isdigit() else None)) in kinds for word in right)


def _all_notions(a: frozenset[str], b: frozenset[str]) -> bool:
    return all(word[0] == "@" for word in a | b)
