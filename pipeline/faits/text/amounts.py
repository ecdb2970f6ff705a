"""Reads the number at a place of a text with its scale and unit: "1,5 milliard d'euros", "$3.3m"."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from faits.lexicons.figures import number_words
from faits.text.digits import ONE
from faits.text.forms import Currency, Grammar
from faits.text.measures import measured
from faits.text.numbers import read_number
from faits.text.terms import OF, Term, plain
from faits.text.tokens import Tokens

_GLUED_SCALES = frozenset("kKmMbBtTG")
_SPACES_IN_NUMBER = " \u00a0\u202f\u2009"


def read_term(cut: Tokens, i: int, g: Grammar, *, joined: bool = True, floor: int = 0) -> Term | None:
    """The number that begins at token `i` with its unit, a sign of currency before it included; None without one.

    Tokens before `floor` belong to the figure before: "deux € 3".
    """
    read = read_number(cut, i, g.lang, joined=joined)
    if read is None:
        return None
    written, end = read
    begin, currency = _before(cut, i, g, floor)
    scale = _scale_of(cut, i, end, g)
    term = Term(begin, i, end, end, written.number, written.resolution, scale, written.approx, currency=currency)
    term = _abbreviated(cut, term, g)
    term = _signed(cut, term)
    return measured(cut, term, g)


def _scale_of(cut: Tokens, begin: int, end: int, g: Grammar) -> Decimal:
    """The product of the scale words at the end of a number."""
    words = number_words(g.lang)
    scale = ONE
    for k in range(end - 1, begin, -1):
        row = words.get(cut.norms[k])
        if row is not None and row.role == "scale":
            scale *= row.number
        elif row is not None or cut.norms[k] not in OF:
            break
    if scale == ONE and (row := words.get(cut.norms[begin])) is not None and row.role == "scale":
        scale = row.number
    return scale


def _before(cut: Tokens, i: int, g: Grammar, floor: int) -> tuple[int, Currency | None]:
    """A sign or code of currency that ends just before token `i`."""
    if i == 0:
        return i, None
    at = i - 1
    found = g.signs_before.match(cut, at)
    if found is None and cut.norms[at] in "-−" and cut.glued(i) and at > 0:
        return i, None
    if found is None or cut.broken(i) or cut.starts[i] - cut.ends[at] > 1:
        return i, None
    currency, begin = found
    if begin < at and not cut.glued(at) and cut.norms[at] == "$":  # "A $900m bond" is no Australian bond
        currency, begin = g.signs_before.get(cut.norms[at]) or currency, at
    taken = begin < floor or (begin > 0 and cut.digits[begin - 1] and (cut.glued(begin) or not cut.glued(i)))
    if taken:
        return i, None  # "12 $ 3": the sign belongs to the number before it
    return begin, currency


def _signed(cut: Tokens, term: Term) -> Term:
    """Take in a sign written before the number: "-40 °F", "+23,9 %"; a dash between words is none."""
    k = term.begin - 1
    if k < 0 or cut.norms[k] not in "-−–+" or not cut.norms[k]:
        return term
    opened = k > 0 and cut.norms[k - 1] in '(["' and cut.glued(k)  # "(- 6 %)"
    spaced_before = k == 0 or not cut.glued(k) or cut.norms[k - 1] in '(«"“‘[:;,'
    if not spaced_before or (not cut.glued(term.begin) and cut.norms[k] != "+" and not opened):
        return term
    if k > 0 and cut.digits[k - 1] and not cut.glued(term.begin):
        return term
    if cut.norms[k] == "+":
        return replace(term, begin=k, signed=True)
    return replace(term, begin=k, number=-term.number, signed=True)


def _abbreviated(cut: Tokens, term: Term, g: Grammar) -> Term:
    """Apply a scale written short: "$3.2tn", "45 k€", "2,5 mds d'euros", "13.5m tonnes"."""
    j = term.number_end
    factor = g.abbreviations.get(cut.written(j)) if j < len(cut) else None
    if factor is None or cut.broken(j) or not _abbreviates(cut, term, j, g):
        return term
    return replace(
        term,
        number=plain(term.number * factor),
        resolution=plain(term.resolution * factor),
        scale=term.scale * factor,
        number_end=j + 1,
        end=j + 1,
    )


def _abbreviates(cut: Tokens, term: Term, j: int, g: Grammar) -> bool:
    """Whether the short scale at token `j` is one: "m" is a metre and "G" a name where nothing says otherwise."""
    if g.signs.match(cut, j + 1) is not None and cut.starts[j + 1] - cut.ends[j] <= 1:
        return True
    written = cut.written(j)
    if term.currency is not None and (cut.glued(j) or len(written) > 1 or written in "mMbB"):
        return cut.norms[j + 1] not in _SLASH
    linked = j + 2 if cut.norms[j + 1] in OF else j + 1
    if g.currencies.match(cut, linked) is not None and cut.norms[j + 1] != "of":
        return True
    if len(written) > 1 and written not in ("mm", "MM", "MD", "mil", "tr", "mn"):
        return True
    if not cut.glued(j) or written not in _GLUED_SCALES:
        return False
    if written in "mMkK" and linked == j + 1:
        counts = cut.norms[j + 1] == "+" or g.names.match(cut, j + 1) is not None or _plural(cut.norms[j + 1], g)
        return counts or (written == "m" and g.lang == "en" and _counts_in_m(cut.text) and not _measures(cut, j + 1, g))
    return False


# "£47m", "4.1m passengers", "87m tonnes": an article that writes its millions so.
_M_FOR_MILLION = re.compile(r"[$£€]\s?\d+(?:\.\d+)?m\b|\b\d+(?:\.\d+)?m (?!tall|wide|long|deep|high)[a-z]{3,}s\b")
# "a 120m tower", "12m tall": one that measures lengths in the same way.
_M_FOR_METRE = re.compile(r"\b\d+(?:\.\d+)?m(?:-| )(?:tall|wide|long|deep|high|thick|across|above|below|from the)\b")


@lru_cache(maxsize=64)
def _counts_in_m(text: str) -> bool:
    """Whether an English text writes "m" for million, and never for metre."""
    return _M_FOR_MILLION.search(text) is not None and _M_FOR_METRE.search(text) is None


def _measures(cut: Tokens, k: int, g: Grammar) -> bool:
    """Whether what follows a number and "m" is a thing that has a length: "a 120m tower", and no "14m paying users"."""
    norm = cut.norms[k]
    if k + 1 < len(cut) and not cut.broken(k + 1) and cut.written(k).islower() and _plural(cut.norms[k + 1], g):
        return False
    return not cut.broken(k) and norm.isalpha() and norm not in g.words["stop"]


_SLASH = frozenset({"/"})


def _plural(word: str, g: Grammar) -> bool:
    return ((len(word) > 3 and word[-1] in "sx") or word in g.words["plural"]) and word not in g.words["stop"]
