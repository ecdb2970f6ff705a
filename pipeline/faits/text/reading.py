"""One figure read at one place of a text: the order in which the readings of a number are tried."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache

from faits.lexicons.figures import number_words
from faits.model import Lang
from faits.text.amounts import read_term
from faits.text.bounds import bounded, direction, lowered
from faits.text.counts import counted
from faits.text.digits import LARGEST, ONE
from faits.text.divisors import divided
from faits.text.drafts import Draft, draft_of
from faits.text.forms import Grammar, grammar
from faits.text.measures import measured
from faits.text.names import begins, is_name, is_year, past_name
from faits.text.numbers import read_number
from faits.text.ranges import Join, joined_terms, opens_between
from faits.text.shares import Share, read_share
from faits.text.terms import OF, Term
from faits.text.tokens import Tokens

# What each article before a number word may open; without such a word after it, it opens nothing.
_ONES = frozenset({"un", "une", "a", "an", "one", "half"})


@cache
def openers(lang: Lang) -> frozenset[str]:
    """The words a figure may begin at, besides digits."""
    more = frozenset({"a", "an", "twice", "thrice"}) if lang == "en" else frozenset()
    return frozenset(number_words(lang)) | grammar(lang).multiples.firsts | more


def read_drafts(cut: Tokens, i: int, g: Grammar, floor: int) -> tuple[list[Draft], int]:
    """The figure at token `i`, if there is one, and the token to go on from; a change is two figures.

    Words before token `floor` belong to the figure before it.
    """
    if cut.digits[i] and not begins(cut, i):
        return [], past_name(cut, i)
    if cut.norms[i] in _ONES and not _opens(cut, i, g):
        return [], i + 1
    share = read_share(cut, i, g, floor)
    draft = _of_share(cut, share, g, floor) if share is not None else _indefinite(cut, i, g, floor)
    if draft is None:
        draft = _ordinal(cut, i, g)
    if draft is not None:
        return ([draft] if draft.kind is not None else []), draft.end
    return _number(cut, i, g, floor)


def _opens(cut: Tokens, i: int, g: Grammar) -> bool:
    """Whether "un", "a", "half" may open a figure here."""
    after = cut.norms[i + 1]
    words = number_words(g.lang)
    if after in words or g.names.match(cut, i + 1) is not None or cut.norms[i] == "half":
        return True
    if (
        after in ("petit", "bon", "gros", "petite", "bonne", "grosse", "good")
        or g.currencies.match(cut, i + 1) is not None
    ):
        return True
    return ("sur" if g.lang == "fr" else "in") in cut.norms[i + 1 : i + 5]


def _number(cut: Tokens, i: int, g: Grammar, floor: int) -> tuple[list[Draft], int]:
    """The figures whose number begins at token `i`."""
    term = read_term(cut, i, g, joined=not opens_between(cut, i), floor=floor)
    if term is None:
        return [], past_name(cut, i) if cut.digits[i] else i + 1
    if _is_time(cut, term, g) or not _sensible(cut, term, g):
        return [], term.end
    join = joined_terms(cut, term, g, floor)
    if join is not None:
        if _is_time(cut, join.second, g):
            return [], join.end
        drafts = _of_join(cut, join, g, floor)
        if drafts:
            return drafts, drafts[-1].end
    digits = cut.digits[term.number_begin]
    draft = draft_of(term, digits=digits)
    if not term.measured:
        if is_name(cut, term, g):
            return [], past_name(cut, i) if digits else term.end
        if not _count(cut, draft, term, g, floor) and (is_year(cut, term) or (abs(term.number) < 2 and not digits)):
            return [], term.end
    _finished(cut, draft, g, floor)
    return [draft], draft.end


# Units that "un" and "a" may count: "un gigawatt"; not "un point", "a foot", "a degree".
_SINGLE = frozenset({"power", "energy", "area", "mass", "length", "volume"})
_IDIOMS = frozenset({"ft", "in", "lb", "yd", "mi", "m", "bbl", "L", "ozt", "oz", "ct", "g", "mol"})


def _is_time(cut: Tokens, term: Term, g: Grammar) -> bool:
    """Whether a number counts years or hours: a duration, the calendar's business."""
    if term.unit is not None:
        return term.unit.kind == "time"
    j = term.end
    if cut.norms[j] in ("-", *OF) and (term.scale > 1 or term.approx or cut.norms[j] == "-"):
        j += 1
    return term.currency is None and cut.norms[j] in g.words["time"]


def _sensible(cut: Tokens, term: Term, g: Grammar) -> bool:
    first = cut.norms[term.number_begin]
    alone = term.number_end == term.number_begin + 1
    if not alone:
        return True
    if first not in ("un", "une", "a", "an", "one"):
        return _scale_has_number(cut, term, g)
    if term.currency is not None:
        return first != "a"
    if term.unit is None:
        return False
    if first in ("a", "an"):
        return term.unit.kind in ("power", "energy")
    return first == "one" or (term.unit.kind in _SINGLE and term.unit.code not in _IDIOMS and term.unit.code != "kWh")


def _scale_has_number(cut: Tokens, term: Term, g: Grammar) -> bool:
    """A bare scale word is no number: "per million", "le million"; "mille" and "cent" are."""
    row = number_words(g.lang).get(cut.norms[term.number_begin])
    if row is None or row.role not in ("scale", "hundred", "collective", "half", "share", "ordinal"):
        return True
    before = cut.norms[term.number_begin - 1] if term.number_begin else ""
    if row.role in ("scale", "hundred") and g.lang == "en":
        return before in ("a", "an", "per") and before != "per"
    return row.written[0] in ("mille", "cent") and before not in ("pour", "p")


def _count(cut: Tokens, draft: Draft, term: Term, g: Grammar, floor: int) -> bool:
    """Make a count of a bare number that a counted noun follows."""
    found = counted(cut, term, g, floor)
    if found is None:
        return False
    of, end, phrase_end = found
    if is_year(cut, term) and (cut.norms[term.begin - 1] in _DATING or not cut.norms[end - 1].endswith("s")):
        return False
    draft.kind, draft.of, draft.end = "count", of, end
    for at in (end, phrase_end):
        rate = divided(cut, replace(term, end=at), g)
        if rate.end > at:
            draft.per, draft.end = rate.per or rate.over[0].code, rate.end
            break
    return True


_DATING = frozenset({
    "en", "in", "depuis", "since", "by", "dès", "fin", "début", "de", "année", "of", "for", "pour", "après",
    "avant", "until", "before", "after", "d'", "from", "to", "à", "the", "et", "and", "-", "–", "l'", "mi", "hiver",
    "été", "printemps", "automne",
})  # fmt: skip


def _finished(cut: Tokens, draft: Draft, g: Grammar, floor: int) -> Draft:
    bounded(cut, draft, g, floor)
    changing = draft.kind == "ratio" and not draft.signed and draft.number is not None and draft.unit is not None
    if changing and direction(cut, draft, g, floor) < 0:
        lowered(draft)
    if draft.currency is not None:
        _price_base(cut, draft)
    if draft.unit is not None and draft.unit.code == "pp" and abs(draft.number or ONE) > 100:
        draft.kind, draft.unit, draft.of = "count", None, "points"  # of an index, not of a percentage
    if draft.kind == "temperature":
        draft.difference = _differs(cut, draft, g)
    return draft


_CLAUSE = frozenset(".;:!?()")


def _differs(cut: Tokens, draft: Draft, g: Grammar) -> bool:
    """Whether degrees measure a difference: "limiter le réchauffement à 1,5 °C", "2 °C de plus"."""
    words, first, last = g.words["difference"], draft.begin, draft.end
    while first > max(0, draft.begin - 8) and cut.norms[first - 1] not in _CLAUSE:
        first -= 1
    while last < min(len(cut), draft.end + 6) and cut.norms[last] not in _CLAUSE:
        last += 1
    return any(cut.norms[k] in words for k in range(first, last)) or cut.norms[draft.end : draft.end + 2] == [
        "de",
        "plus",
    ]


def _price_base(cut: Tokens, draft: Draft) -> None:
    """The year of the money: "euros de 2015", "en euros constants de 2015", "in 2015 dollars"."""
    j = draft.end
    if cut.norms[j] in ("constants", "courants", "constant"):
        j += 1
    if cut.norms[j] in ("de", "d'", "valeur", "(valeur", "of"):
        j += 1
    year = cut.norms[j]
    if j > draft.end and len(year) == 4 and year.isdigit() and "1900" <= year <= "2099":
        draft.price_base, draft.end = year, j + 1


# --- other shapes -----------------------------------------------------------------------------------------------------


def _of_share(cut: Tokens, share: Share, g: Grammar, floor: int) -> Draft:
    draft = Draft(share.begin, share.end, share.begin, share.end, share.number, None, "ratio", bound=share.bound)
    if share.low is not None:
        low, high = sorted((share.low, share.number))
        draft.number, draft.low, draft.high, draft.bound = None, low, high, "range"
    bounded(cut, draft, g, floor)
    if share.fraction and draft.number is not None and direction(cut, draft, g, floor) < 0:
        lowered(draft)
    return draft


def _of_join(cut: Tokens, join: Join, g: Grammar, floor: int) -> list[Draft]:
    """The figures two terms make: one for a range, two for a change; none when they count nothing."""
    first, second = join.first, join.second
    draft = draft_of(second, digits=cut.digits[first.number_begin])
    vague = second.scale == 1 and (join.shape == "change" or cut.norms[join.begin] not in ("entre", "between"))
    if draft.kind is None and not _count(cut, draft, second, g, floor) and vague:
        return []
    low = first.number * (_shift(first) / _shift(second))
    if join.shape == "range":
        draft.begin, draft.number_begin = join.begin, first.number_begin
        draft.number, draft.low, draft.high, draft.bound = None, low, second.number, "range"
        return [bounded(cut, draft, g, floor)]
    start = draft_of(first, digits=cut.digits[first.number_begin])
    start.kind, start.of, start.per, start.begin = draft.kind, draft.of, draft.per or first.per, join.begin
    draft.from_, draft.begin = low, first.end
    for change in (start, draft):
        if change.kind == "temperature":
            change.difference = _differs(cut, change, g)
    bounded(cut, start, g, floor)
    return [start, bounded(cut, draft, g, start.end)]


def _shift(term: Term) -> Decimal:
    return term.unit.factor if term.unit is not None else ONE


def _indefinite(cut: Tokens, i: int, g: Grammar, floor: int) -> Draft | None:
    """An order of magnitude: "plusieurs centaines d'hectares", "des milliards", "tens of billions of dollars"."""
    words = number_words(g.lang)
    row = words.get(cut.norms[i])
    if row is None or row.role not in ("scale", "collective", "hundred") or (i == 0 and g.lang == "fr"):
        return None
    several = cut.norms[i - 1] if i > floor else ""
    plural = cut.norms[i].endswith("s") and cut.norms[i] != "cents"
    factor = _SEVERAL.get(several)
    if factor is None and not (g.lang == "en" and plural and not (i and cut.digits[i - 1])):
        return None
    size, j = row.number, i + 1
    while True:
        k = j + 1 if cut.norms[j] in OF else j
        more = words.get(cut.norms[k])
        if more is None or more.role not in ("scale", "collective", "hundred") or size * more.number > LARGEST:
            break
        size, j = size * more.number, k + 1
    begin = i if factor is None else i - 1
    if several in ("few", "couple") and begin > floor and cut.norms[begin - 1] == "a":
        begin -= 1
    term = Term(begin, i, j, j, size, size, scale=size, approx=True)
    return _order(cut, term, factor or 1, g, floor)


_SEVERAL = {"plusieurs": 2, "quelques": 2, "several": 2, "few": 2, "des": 1, "many": 2, "nombreux": 2, "nombreuses": 2,
            "diverses": 2, "divers": 2}  # fmt: skip


def _order(cut: Tokens, term: Term, factor: int, g: Grammar, floor: int) -> Draft | None:
    term = read_unit(cut, term, g)
    draft = draft_of(term, digits=False)
    if draft.kind is None and not _count(cut, draft, term, g, floor):
        return None
    scale = term.number
    draft.number, draft.low, draft.high, draft.bound = None, scale * factor, scale * 10, "indefinite"
    return draft


def read_unit(cut: Tokens, term: Term, g: Grammar) -> Term:
    """A term whose number is known, with the unit that follows it."""
    found = measured(cut, term, g)
    return term if found is None or (found.unit is not None and found.unit.kind == "time") else found


_SUFFIXES = {
    "fr": frozenset(
        {"er", "re", "ère", "ere", "e", "è", "ème", "eme", "ième", "ieme", "nd", "nde", "es", "èmes", "ers"}
    ),
    "en": frozenset({"st", "nd", "rd", "th"}),
}
_CENTURY = frozenset({"siècle", "siècles", "century", "centuries", "arrondissement", "of"})


def _ordinal(cut: Tokens, i: int, g: Grammar) -> Draft | None:
    """An ordinal: "7ème", "1st", "septième", "vingt-deuxième"; without kind where it is part of a date."""
    words = number_words(g.lang)
    if cut.digits[i]:
        if not (cut.glued(i + 1) and cut.norms[i + 1] in _SUFFIXES[g.lang] and cut.norms[i].isdigit()):
            return None
        draft = Draft(i, i + 2, i, i + 2, Decimal(cut.norms[i]), ONE, "ordinal")
        if cut.norms[i + 2] in _CENTURY or _dated(cut, i, i + 2, g):
            draft.kind = None
        return draft
    row = words.get(cut.norms[i])
    if row is None:
        return None
    number, j = Decimal(0), i
    if row.role in ("unit", "ten") and (read := read_number(cut, i, g.lang, joined=False)) is not None:
        number, j = read[0].number, read[1]
        while cut.norms[j] in ("-", "et") and j < read[1] + 3:
            j += 1
    last = words.get(cut.norms[j])
    if last is None or last.role != "ordinal":
        return None
    draft = Draft(i, j + 1, i, j + 1, number + last.number, ONE, "ordinal")
    if (last.number < 3 and j == i) or cut.norms[j + 1] in _CENTURY or _dated(cut, i, j + 1, g):
        draft.kind = None
    return draft


def _dated(cut: Tokens, i: int, end: int, g: Grammar) -> bool:
    return is_name(cut, Term(i, i, end, end, ONE, ONE), g) and cut.digits[i]
