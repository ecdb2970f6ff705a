"""A number and what it is a number of: "1,2 Md€", "70 euros le mégawattheure", "28 millions de barils par jour"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from faits.lexicons.figures import number_words
from faits.text.digits import ONE
from faits.text.forms import Currency, Grammar, Unit
from faits.text.numbers import read_number
from faits.text.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Term:
    """One number with its unit, in tokens: `begin` and `end` bound it, `number_end` ends the number itself.

    `scale` is the product of its scale words and `mantissa` the number without them; `over` are the units it is
    divided by, `per` what it applies to each of.
    """

    begin: int
    number_begin: int
    number_end: int
    end: int
    number: Decimal
    resolution: Decimal
    scale: Decimal = ONE
    approx: bool = False
    unit: Unit | None = None
    currency: Currency | None = None
    over: tuple[Unit, ...] = ()
    per: str | None = None
    signed: bool = False

    @property
    def mantissa(self) -> Decimal:
        return self.number / self.scale

    @property
    def measured(self) -> bool:
        """Whether it has a unit or a currency."""
        return self.unit is not None or self.currency is not None


OF = frozenset({"de", "d'", "of"})
_GLUED_SCALES = frozenset("kKmMbBtTG")
_SPACES_IN_NUMBER = " \u00a0\u202f\u2009"


def read_term(cut: Tokens, i: int, g: Grammar, *, joined: bool = True) -> Term | None:
    """The number that begins at token `i` with its unit, a sign of currency before it included; None without one."""
    read = read_number(cut, i, g.lang, joined=joined)
    if read is None:
        return None
    written, end = read
    begin, currency = _before(cut, i, g)
    term = Term(begin, i, end, end, written.number, written.resolution, approx=written.approx, currency=currency)
    term = replace(term, scale=_scale_of(cut, term, g))
    term = _abbreviated(cut, term, g)
    term = _signed(cut, term)
    return measured(cut, term, g)


def _scale_of(cut: Tokens, term: Term, g: Grammar) -> Decimal:
    """The product of the scale words at the end of a number."""
    words = number_words(g.lang)
    scale = ONE
    for k in range(term.number_end - 1, term.number_begin, -1):
        row = words.get(cut.norms[k])
        if row is not None and row.role == "scale":
            scale *= row.number
        elif row is not None or cut.norms[k] not in OF:
            break
    if scale == ONE and (row := words.get(cut.norms[term.number_begin])) is not None and row.role == "scale":
        scale = row.number
    return scale


def _before(cut: Tokens, i: int, g: Grammar) -> tuple[int, Currency | None]:
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
    if begin > 0 and cut.digits[begin - 1] and (cut.glued(begin) or not cut.glued(i)):
        return i, None  # "12 $ 3": the sign belongs to the number before it
    return begin, currency


def _signed(cut: Tokens, term: Term) -> Term:
    """Take in a sign written before the number: "-40 °F", "+23,9 %"; a dash between words is none."""
    k = term.begin - 1
    if k < 0 or cut.norms[k] not in "-−–+" or not cut.norms[k]:
        return term
    spaced_before = k == 0 or not cut.glued(k) or cut.norms[k - 1] in '(«"“‘[:;,'
    if not spaced_before or (not cut.glued(term.begin) and cut.norms[k] != "+"):
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
        number=_plain(term.number * factor),
        resolution=_plain(term.resolution * factor),
        scale=term.scale * factor,
        number_end=j + 1,
        end=j + 1,
    )


def _plain(number: Decimal) -> Decimal:
    return number.quantize(ONE) if number == number.to_integral_value() else number


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
    """Whether what follows a number and "m" is a thing that has a length: "a 120m tower"."""
    norm = cut.norms[k]
    return not cut.broken(k) and norm.isalpha() and norm not in g.words["stop"]


_SLASH = frozenset({"/"})


def _plural(word: str, g: Grammar) -> bool:
    return ((len(word) > 3 and word[-1] in "sx") or word in g.words["plural"]) and word not in g.words["stop"]


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
            number=_plain(term.number * currency.scale),
            resolution=_plain(term.resolution * currency.scale),
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


# --- what it is divided by --------------------------------------------------------------------------------------------

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
