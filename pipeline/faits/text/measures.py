"""The unit or currency of a number, and what it is measured in: "MW", "millions de dollars", "tonnes de CO2"."""

from __future__ import annotations

from dataclasses import replace

from faits.text.divisors import divided
from faits.text.forms import Currency, Grammar, Unit
from faits.text.terms import OF, Term, plain
from faits.text.tokens import Tokens


def measured(cut: Tokens, term: Term, g: Grammar) -> Term | None:
    """Read what stands after a number: its unit or currency, then what it is divided by."""
    j = term.number_end
    if term.currency is not None:
        repeated = _currency(cut, j, term, g)  # "$ 5 millions de dollars", "US$5bn USD"
        if repeated is not None and repeated[0].code == term.currency.code:
            term = replace(term, end=repeated[1])
        return divided(cut, term, g)
    if j >= len(cut) or cut.broken(j):
        return term
    start = _unit_start(cut, term, j, g)
    if start is None:
        return term
    money, unit = _currency(cut, start, term, g), _unit(cut, start, term, g)
    if money is not None and (unit is None or unit[1] <= money[1]):
        currency, end = money
        term = replace(
            term,
            currency=currency,
            end=end,
            number=plain(term.number * currency.scale),
            resolution=plain(term.resolution * currency.scale),
            scale=term.scale * currency.scale if currency.scale > 1 else term.scale,
        )
        return divided(cut, term, g)
    if unit is None:
        return term
    term = replace(term, unit=unit[0], end=unit[1])
    if unit[0].kind == "time":
        return term  # a duration: the calendar's business, and no figure
    term = _substance(cut, term, g)
    return divided(cut, term, g)


def _unit_start(cut: Tokens, term: Term, j: int, g: Grammar) -> int | None:
    """The token a unit may begin at: after "de" where the number ends in a noun, after a hyphen ("10,000-acre")."""
    noun = term.scale > 1 or term.approx or not cut.digits[term.number_end - 1]
    if cut.norms[j] in OF:
        return j + 1 if noun else None
    if cut.norms[j] == "-" and cut.glued(j) and cut.glued(j + 1):
        return j + 1
    if cut.starts[j] - cut.ends[j - 1] > 3:
        return None
    return j


def _currency(cut: Tokens, j: int, term: Term, g: Grammar) -> tuple[Currency, int] | None:
    found = g.signs.match(cut, j) or g.currencies.match(cut, j)
    if found is None:
        return None
    currency, end = found
    if currency.strong == "scale" and term.scale == 1 and abs(term.number) < 100_000:
        return None
    if currency.strong == "digits" and not cut.digits[term.number_begin]:
        return None
    # "12 $ 300": a sign glued to the number after it belongs there.
    if end < len(cut) and cut.digits[end] and cut.glued(end) and not cut.glued(j) and cut.written(end - 1) in "$€£¥":
        return None
    return found


def _unit(cut: Tokens, j: int, term: Term, g: Grammar) -> tuple[Unit, int] | None:
    exact, named = g.symbols.match(cut, j), g.names.match(cut, j)
    found = named if named is not None and (exact is None or named[1] > exact[1]) else exact
    if found is None and (unit := g.loose.get(cut.norms[j])) is not None and len(cut.norms[j]) > 1:
        found = unit, j + 1
    if found is None or not _stands(cut, j, found, term, g):
        return None
    unit, end = found
    if cut.norms[end] == "." and cut.glued(end) and cut.glued(end + 1):
        return None
    if cut.norms[end] == "-" and cut.glued(end) and cut.glued(end + 1) and cut.digits[end + 1]:
        return None
    return found


def _stands(cut: Tokens, j: int, found: tuple[Unit, int], term: Term, g: Grammar) -> bool:
    """Whether a short symbol is a unit here: "5G", "3D", "16 V6" and "5 A" of a list are not."""
    unit, end = found
    written = cut.written(j)
    if end > j + 1 or len(written) > 1 or not written.isalpha():
        return not (unit.code == "pp" and cut.norms[term.number_begin] in ("un", "une", "one", "a"))
    if written in "BbdajsqK" and cut.glued(j):
        return False
    digits = cut.digits[term.number_begin] or term.scale > 1
    if written in "CF":
        return cut.glued(j) and digits
    if cut.glued(j) and written in "TGKDAVN":
        return written in "VAN" and digits
    return digits and cut.norms[end] not in ("'", "’", "&")


def _substance(cut: Tokens, term: Term, g: Grammar) -> Term:
    """Make an emission of a mass of carbon dioxide: "400 000 tonnes de CO2"."""
    unit = term.unit
    if unit is None or unit.kind != "mass":
        return term
    found = g.substances.match(cut, term.end)
    if found is None:
        return term
    return replace(term, end=found[1], unit=replace(unit, code=unit.code + "CO2", kind="emissions"))
