"""Two numbers that make one figure: a range ("entre 3 et 5 GW") or a change ("passer de 3 à 5 GW")."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from faits.text.amounts import read_term
from faits.text.forms import Grammar
from faits.text.terms import Term
from faits.text.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Join:
    """Two terms read as one figure, with their units completed from each other."""

    begin: int
    end: int
    first: Term
    second: Term
    shape: Literal["range", "change"]


_BETWEEN = {"entre": "et", "between": "and"}
_FROM = frozenset({"de", "d'", "des", "from", "du"})
_TO = frozenset({"à", "to", "au", "aux"})
_DASH = frozenset("-–—−")
_OR = frozenset({"ou", "or"})
_REACH = 7


def opens_between(cut: Tokens, term_begin: int) -> bool:
    """Whether "entre" or "between" stands just before a number."""
    return any(cut.norms[k] in _BETWEEN for k in range(max(0, term_begin - 2), term_begin))


def joined_terms(cut: Tokens, first: Term, g: Grammar, floor: int) -> Join | None:
    """The range or the change that `first` opens, or None."""
    j = first.end
    if j >= len(cut) or cut.broken(j):
        return None
    opener = _opener(cut, first, floor)
    link = cut.norms[j]
    if not _links(cut, j, link, opener):
        return None
    second = _second(cut, j + 1, g)
    if second is None:
        return None
    completed = _completed(cut, first, second)
    if completed is None:
        return None
    first, second = completed
    shape = _shape(cut, first, second, link, opener, g, floor)
    if shape is None:
        return None
    begin = first.begin if opener is None or link in _OR or link in _DASH else opener
    return Join(begin, second.end, first, second, shape)


def _opener(cut: Tokens, first: Term, floor: int) -> int | None:
    """The token of "entre", "de", "from" just before a number, an article or a cue between them allowed."""
    for k in range(first.begin - 1, max(floor, first.begin - 3) - 1, -1):
        if cut.norms[k] in _BETWEEN or cut.norms[k] in _FROM:
            return k
        if cut.norms[k] not in ("les", "le", "la", "the", "environ", "about", "quelque", "some", "près"):
            return None
    return None


def _links(cut: Tokens, j: int, link: str, opener: int | None) -> bool:
    if opener is not None and cut.norms[opener] in _BETWEEN:
        return link == _BETWEEN[cut.norms[opener]]
    if link in _DASH:
        return cut.glued(j) == cut.glued(j + 1)
    return link in _TO or link in _OR


def _second(cut: Tokens, j: int, g: Grammar) -> Term | None:
    """The second number, a sign of currency before it allowed."""
    for i in range(j, min(j + 4, len(cut))):
        term = read_term(cut, i, g)
        if (
            (term is not None and term.unit is not None)
            or (term is not None and i == j)
            or (term is not None and term.begin == j)
        ):
            return term if term.begin in (j, j + 1) and (term.begin == j or cut.norms[j] in _SOFT) else None
        if cut.norms[i] not in _SOFT and g.signs.match(cut, j) is None:
            return None
    return None


_SOFT = frozenset({"les", "la", "le", "the", "environ", "about", "près", "de", "quelque", "some"})


def _completed(cut: Tokens, first: Term, second: Term) -> tuple[Term, Term] | None:
    """Both terms with the unit, currency and scale that either leaves out; None when they do not go together."""
    if (first.unit is not None and second.unit is None) or (first.currency is not None and second.currency is None):
        if first.currency is None or not _sign_first(first) or second.unit is not None:
            return None
        second = replace(second, currency=first.currency)
    if first.unit is not None and second.unit is not None and first.unit.kind != second.unit.kind:
        return None
    if first.currency is not None and second.currency is not None and first.currency.code != second.currency.code:
        return None
    bare = not first.measured
    if bare and _year(cut, first) and (second.unit is not None or second.scale > 1):
        return None  # "porte celui de 2024 à 1,21 milliard"
    if first.scale == 1 and second.scale > 1 and (bare or _sign_first(first)) and first.number < 1000:
        if first.number > second.mantissa * 20:
            return None
        first = replace(
            first, number=first.number * second.scale, resolution=first.resolution * second.scale, scale=second.scale
        )
    if bare:
        first = replace(first, unit=second.unit, currency=second.currency, over=second.over, per=second.per)
    elif second.over and not first.over:
        first = replace(first, over=second.over)
    return first, second


def _sign_first(term: Term) -> bool:
    return term.begin < term.number_begin and term.currency is not None


def _year(cut: Tokens, term: Term) -> bool:
    written = cut.norms[term.number_begin]
    return len(written) == 4 and written.isdigit() and "1800" <= written <= "2199"


def _shape(
    cut: Tokens, first: Term, second: Term, link: str, opener: int | None, g: Grammar, floor: int
) -> Literal["range", "change"] | None:
    low, high = _base(first), _base(second)
    if not second.measured and first.scale > second.scale:
        return None
    if opener is not None and cut.norms[opener] in _BETWEEN:
        return "range" if low < high else None
    if link in _OR:
        return "range" if low < high <= low * 3 and (not first.measured or first.end > first.number_end) else None
    if link in _DASH:
        return "range" if low < high else None
    if opener is None:
        return "range" if low < high else None
    if not first.scale / 1000 <= second.scale <= first.scale * 1000 or not low / 1000 <= high <= low * 1000:
        return None
    verb = _verb(
        cut, opener, g, shared_percent=second.unit is not None and second.unit.kind in _RATIOS and _shared(first)
    )
    if verb is None:
        default = "range" if low < high and g.lang == "fr" else "change"
        return default if low != high else None  # type: ignore[return-value]  # one of two names
    return verb if verb == "change" or low < high else "change"


_RATIOS = frozenset({"ratio", "points"})


def _shared(term: Term) -> bool:
    """Whether a term took its unit from the other ("de 20 à 24 %")."""
    return term.unit is not None and term.end == term.number_end


def _base(term: Term) -> float:
    return float(term.number) * (float(term.unit.factor) if term.unit is not None else 1.0)


def _verb(cut: Tokens, k: int, g: Grammar, *, shared_percent: bool) -> Literal["range", "change"] | None:
    for i in range(k - 1, max(0, k - _REACH) - 1, -1):
        norm = cut.norms[i]
        if norm in g.words["ranging"]:
            return "range"
        if norm in g.words["passing"]:
            return "change"
        if norm in g.up or norm in g.down:
            # "passer de 20 à 24 %" changes; "croître de 20 à 24 %" is how much.
            return "range" if shared_percent else "change"
        if norm in ".;:!?":
            return None
    return None
