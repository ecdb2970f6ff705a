"""Fractions and multiples in words: "la moitié", "deux tiers", "un sur cinq", "multiplié par trois", "twice"."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from faits.lexicons.figures import number_words
from faits.model import Bound
from faits.text.digits import WrittenNumber
from faits.text.forms import Grammar
from faits.text.numbers import read_number
from faits.text.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Share:
    """A ratio in words, in tokens."""

    begin: int
    end: int
    number: Decimal
    bound: Bound = "exact"
    low: Decimal | None = None
    fraction: bool = False


_ARTICLES = frozenset({"la", "une", "un", "le", "l'", "sa", "leur", "a", "one", "the"})
_SIZED: dict[str, Bound] = {"petite": "lt", "petit": "lt", "grosse": "gt", "gros": "gt", "bonne": "gt", "bon": "gt",
                            "good": "gt"}  # fmt: skip
# What makes "quart" or "quarter" something else: a time, a match, a third party.
_NOT_AFTER = frozenset({
    "heure", "heures", "finale", "finales", "siècle", "temps", "hour", "hours", "century", "final", "finals",
    "confiance", "nuit", "mile", "tour", "jour", "journée", "an", "year", "day",
})  # fmt: skip


def read_share(cut: Tokens, i: int, g: Grammar, floor: int) -> Share | None:
    """The ratio in words that begins at or around token `i`, or None."""
    multiple = g.multiples.match(cut, i)
    if multiple is not None:
        return _multiple(cut, i, multiple, g, floor)
    if cut.norms[i] in _ADVERBS:
        compared = cut.norms[i + 1] in g.times["more"].firsts
        return Share(i, i + 1, _ADVERBS[cut.norms[i]]) if compared else None
    return _fraction(cut, i, g, floor) or _out_of(cut, i, g) or _times(cut, i, g) or _factor(cut, i, g, floor)


_ADVERBS = {"twice": Decimal(2), "thrice": Decimal(3)}


def _multiple(cut: Tokens, i: int, found: tuple[Decimal, int], g: Grammar, floor: int) -> Share | None:
    number, end = found
    if cut.norms[i] in ("double", "triple") and g.lang == "en" and cut.norms[end] in ("-", "digit", "digits", "room"):
        return None
    return Share(i, end, number)


def _fraction(cut: Tokens, i: int, g: Grammar, floor: int) -> Share | None:
    """ "la moitié", "deux tiers", "three-quarters", "half of"; the number before it is optional."""
    words = number_words(g.lang)
    row = words.get(cut.norms[i])
    top, j, begin = Decimal(1), i, i
    bound: Bound = "exact"
    if row is not None and row.role == "unit":
        top, j = row.number, i + 1
    elif cut.digits[i] and cut.norms[i].isdigit() and len(cut.norms[i]) < 3:
        top, j = Decimal(cut.norms[i]), i + 1
    elif cut.norms[i] in ("a", "an"):
        j = i + 1
    if j > i and cut.norms[j] == "-" and cut.glued(j):
        j += 1
    if j > i and cut.norms[j] in _SIZED:
        bound, j = _SIZED[cut.norms[j]], j + 1
    below = words.get(cut.norms[j])
    if below is None or not _divides(below.role, below.number, cut, j, i, g):
        return None
    if j == i and i > floor and cut.norms[i - 1] in _SIZED:
        bound, begin = _SIZED[cut.norms[i - 1]], i - 1
    if begin > floor and j == i and cut.norms[begin - 1] in _ARTICLES | {"des", "du"}:
        begin -= 1
    if not _apart(cut, begin, j, top, below.number, g):
        return None
    value = top / below.number if below.role != "half" else Decimal("0.5")
    return Share(begin, j + 1, value, bound, fraction=True) if 0 < value < 1 else None


def _divides(role: str, number: Decimal, cut: Tokens, j: int, i: int, g: Grammar) -> bool:
    if role == "share":
        return True
    if role == "half":
        return g.lang == "en" and _halves(cut, j)
    if role != "ordinal" or j == i or number < (3 if g.lang == "en" else 5):
        return False
    plural = cut.norms[j].endswith("s")
    one = cut.norms[i] in ("a", "an", "one", "un")
    after = cut.norms[j + 1]
    return (plural and not one) or (
        one and not plural and (after in _PART_OF or after in g.words["stop"] or not after[:1].isalpha())
    )


def _halves(cut: Tokens, j: int) -> bool:
    """Whether "half" is a part of something: "half of it", "half as much", "half-owned", "a rise of half"."""
    after, before = cut.norms[j + 1], cut.norms[j - 1] if j else ""
    if after in _HALF_OF or (after == "-" and cut.norms[j + 2] in ("owned", "price")):
        return True
    ends = not after[:1].isalpha() or cut.broken(j + 1)
    return (before in ("than", "by") and (ends or after == "what")) or (before == "of" and ends and after != "-")


_HALF_OF = frozenset({"of", "the", "its", "their", "his", "her", "that", "those", "as"})
_PART_OF = frozenset({"of", "de", "d'", "des", "du", "en", "dans", "in"})


def _apart(cut: Tokens, begin: int, j: int, top: Decimal, below: Decimal, g: Grammar) -> bool:
    """Whether the words around leave it a fraction: no "quart d'heure", no "quarter of 2024", no "pays tiers"."""
    after = cut.norms[j + 1]
    nouns = cut.norms[j + 2] if after in ("de", "d'", "of", "-", "an") else after
    if nouns in _NOT_AFTER or (after == "-" and cut.glued(j + 1) and cut.norms[j + 2] != "owned"):
        return False
    norm = cut.norms[j]
    if norm in ("moitié", "moitiés"):
        return cut.norms[begin - 1 if begin else 0] != "à" or begin == j - 1
    determined = begin < j
    if norm == "half":
        return True
    if not determined:
        return False
    if norm == "quarter":
        return after == "of" and not cut.digits[j + 2] and cut.norms[begin] != "the" and cut.norms[j + 2] != "a"
    if norm in ("tiers", "quart") and cut.norms[begin] in ("le", "l'", "sa", "leur", "des", "du"):
        if cut.norms[begin] == "des":
            return False
        ends = not after[:1].isalpha() or cut.broken(j + 1) or after in g.words["adverb"]
        measured = begin > 0 and (cut.norms[begin - 1] in _MEASURING or cut.norms[begin] == "du")
        return after in ("de", "d'", "des", "du") or (ends and (measured or after in g.words["adverb"]))
    return norm not in ("quart", "tiers") or cut.norms[j + 1] != "temps"


# What makes a part of a bare "le tiers": "il n'en a pris que le quart", "moins du tiers".
_MEASURING = frozenset({"que", "dont", "pour", "presque", "exactement", "représente", "pèse", "atteint", "vaut"})

_AMONG = {"fr": ("sur",), "en": ("in", "of")}


def _out_of(cut: Tokens, i: int, g: Grammar) -> Share | None:
    """ "un Français sur cinq", "neuf sur dix", "one in five", "nine out of ten"."""
    row = number_words(g.lang).get(cut.norms[i])
    if not cut.digits[i] and (row is None or row.role != "unit"):
        return None
    link = next((k for k in range(i + 1, min(i + 5, len(cut))) if cut.norms[k] in _AMONG[g.lang]), None)
    if link is None or (g.lang == "en" and link > i + 2 and cut.norms[link] != "in"):
        return None
    if any(not cut.norms[k][:1].isalpha() or cut.digits[k] or cut.norms[k] in _CUTS for k in range(i + 1, link)):
        return None
    if cut.norms[link] == "of" and cut.norms[link - 1] != "out":
        return None
    j = link + 2 if cut.norms[link + 1] == "every" else link + 1
    top, below = read_number(cut, i, g.lang), read_number(cut, j, g.lang)
    if top is None or below is None or not _proportion(cut, top, below, link, i, g):
        return None
    end = below[1]
    return Share(i, end, top[0].number / below[0].number)


_CUTS = frozenset({"et", "de", "des", "à", "au", "pour", "and", "to", "for", "years", "ans"})


def _proportion(
    cut: Tokens, top: tuple[WrittenNumber, int], below: tuple[WrittenNumber, int], link: int, i: int, g: Grammar
) -> bool:
    small, large = top[0].number, below[0].number
    if not 0 < small < large <= 1000 or large < 2 or small != int(small) or top[1] > link:
        return False
    end = below[1]
    if cut.digits[link + 1] and large > 10 and large % 10:
        return False  # "110 emplois sur 265" are two counts
    measured = any(table.match(cut, end) is not None for table in (g.names, g.currencies, g.symbols))
    if measured or cut.norms[end] in "%$€£":
        return bool(not cut.norms[end])
    if g.per.match(cut, end) is not None or cut.norms[end] in ("ans", "mois", "years", "months", "semaines", "days"):
        return False
    noun_between = link > i + 1 and cut.norms[link - 1] != "out"
    plural = cut.norms[end][-1:] == "s" and len(cut.norms[end]) > 3 and cut.norms[end] not in g.words["stop"]
    return not (noun_between and plural and not cut.broken(end))


def _times(cut: Tokens, i: int, g: Grammar) -> Share | None:
    """ "deux fois moins", "3 à 4 fois supérieure", "three times higher", "twice as much"."""
    if not cut.digits[i] and cut.norms[i] not in number_words(g.lang):
        return None
    read = read_number(cut, i, g.lang)
    if read is None or (not cut.digits[i] and read[0].number < 1):
        return None
    low: Decimal | None = None
    written, j = read
    if cut.norms[j] in ("à", "to", "ou", "or", "-", "–") and (second := read_number(cut, j + 1, g.lang)) is not None:
        low, (written, j) = written.number, second
    if cut.norms[j] in ("-", "–") and cut.norms[j + 1] in ("fold",):
        return Share(i, j + 2, written.number, low=low)
    times = g.times["times"].match(cut, j)
    if times is None:
        return None
    end = times[1]
    if cut.norms[j] in ("x", "×") and g.lang == "en" and not cut.glued(j):
        return None
    if cut.norms[end] in ("et", "and") and cut.norms[end + 1] in ("demie", "demi"):
        written, end = WrittenNumber(written.number + Decimal("0.5"), Decimal("0.5")), end + 2
    if (less := g.times["less"].match(cut, end)) is not None and written.number:
        return Share(i, less[1], 1 / written.number, low=1 / low if low else None)
    if written.number != int(written.number) and cut.digits[i]:
        return Share(i, end, written.number, low=low)
    if (more := g.times["more"].match(cut, end)) is not None or cut.norms[j] in ("x", "×"):
        said = more is not None and cut.norms[end] in ("plus", "more", "higher", "larger", "davantage", "bigger")
        return Share(i, more[1] if more is not None and said else end, written.number, low=low)
    return None


# How far before its number the last word of "multiplié par" may stand: "multiplié par un peu plus de trois".
_BY_WITHIN = 10


def _factor(cut: Tokens, i: int, g: Grammar, floor: int) -> Share | None:
    """ "multiplié par trois", "divisé par près de cinq", "un facteur 10"; "un ratio de 1,7"."""
    by = g.times["by"]
    if i == 0 or by.firsts.isdisjoint(cut.norms[max(floor, i - _BY_WITHIN) : i]):
        return None
    k, bound = i - 1, "exact"
    cue = g.before.match(cut, k)
    if cue is not None:
        bound, k = cue[0], cue[1] - 1
    found = by.match(cut, k) if k >= floor else None
    if found is None:
        return None
    read = read_number(cut, i, g.lang)
    if read is None or (g.names.match(cut, read[1]) is not None or g.symbols.match(cut, read[1]) is not None):
        return None
    return Share(found[1], read[1], read[0].number, bound)  # type: ignore[arg-type]  # the lexicon gives Bounds
