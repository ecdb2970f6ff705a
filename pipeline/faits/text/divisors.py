"""What a figure is divided by: "/MWh", "le baril", "par an", "a share"."""

from __future__ import annotations

from dataclasses import replace

from faits.text.forms import Grammar, Unit
from faits.text.terms import Term
from faits.text.tokens import Tokens

_EACH = frozenset({"par", "per", "chaque", "each", "every"})
_ARTICLES = frozenset({"le", "la", "l'", "du", "the", "a", "an", "au"})
_TIMES = {"a": "year", "d": "day", "h": "hour", "s": "second", "min": "minute"}
_FAST = frozenset({"h", "s", "min"})


def divided(cut: Tokens, term: Term, g: Grammar) -> Term:
    """Take in what follows a unit: "/MWh", "le baril", "par an", "a share", twice at most ("kWh/m2/an")."""
    for _ in range(2):
        found = _divisor(cut, term, g)
        if found is None:
            break
        term = found
    return term


def _divisor(cut: Tokens, term: Term, g: Grammar) -> Term | None:
    j, norm = term.end, cut.norms[term.end]
    if cut.broken(j):
        return None
    adverb = g.per_adverbs.match(cut, j)
    if adverb is not None:
        return replace(term, per=adverb[0], end=adverb[1]) if term.per is None else None
    if norm in ("/", "·", "∕"):
        return _over(cut, term, j + 1, g, short=True)
    if norm in ("de", "d'") and cut.norms[j + 1] in ("l'", "la"):
        hourly = term.currency is not None and cut.norms[j + 2] == "heure"
        return _over(cut, term, j + 2, g, short=False) if hourly else None
    if norm in _EACH:
        return _over(cut, term, j + 1, g, short=False)
    if norm in _ARTICLES:
        found = _over(cut, term, j + 1, g, short=False)
        money = term.currency is not None and not term.over
        period = found is not None and norm in ("a", "an") and found.per in _PERIODS
        return found if found is not None and (money or period) and norm != "au" else None
    return None


_PERIODS = frozenset({*_TIMES.values(), "week", "month", "quarter", "semester", "person", "head", "household"})


def _over(cut: Tokens, term: Term, j: int, g: Grammar, *, short: bool) -> Term | None:
    """Divide by the unit or the noun at token `j`."""
    if j >= len(cut):
        return None
    unit = g.symbols.match(cut, j) if short else None
    noun = g.per.match(cut, j)
    unit = unit or g.names.match(cut, j) or (None if noun else g.symbols.match(cut, j))
    if unit is None and (loose := g.loose.get(cut.norms[j])) is not None:
        unit = loose, j + 1
    if unit is not None and (noun is None or unit[1] >= noun[1]):
        return _over_unit(cut, term, unit[0], unit[1], g)
    if noun is None or term.per is not None or cut.norms[noun[1]] in g.words["later"]:
        return None
    return replace(term, per=noun[0], end=noun[1])


def _over_unit(cut: Tokens, term: Term, unit: Unit, end: int, g: Grammar) -> Term | None:
    if unit.kind in ("ratio", "points", "temperature") and term.currency is None:
        return None
    if unit.kind != "time":
        return replace(term, over=(*term.over, unit), end=end) if not term.over else None
    # A flow or a speed is one unit ("km/h", "m3/s"); what is produced in a day or a year keeps its own.
    own = term.unit is not None and term.unit.kind in ("volume", "length", "data", "mass") and unit.code in _FAST
    if own and not term.over:
        return replace(term, over=(unit,), end=end)
    if term.per is not None or cut.norms[end] in g.words["later"]:
        return None
    return replace(term, per=_TIMES[unit.code], end=end)
