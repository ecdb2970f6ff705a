"""Figures that leave out what another one says: "697 millions d'euros, contre 102", "766 avions, contre 735".

A number takes the unit, the counted noun and, where its size calls for it, the scale word of the figure it answers.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from faits.text.bounds import lowered
from faits.text.drafts import Draft
from faits.text.forms import Currency, Grammar, Unit
from faits.text.parts import gapped_on, in_millions, participle_of, same_sign, whole_of
from faits.text.tokens import Tokens

# How far the figure that lends may stand, in tokens: in the sentence or the one before; anywhere near for "millions".
_NEAR, _FAR, _AHEAD = 45, 600, 80
_BIG = Decimal(100_000)
_ENDS = frozenset(".!?;")


def complete(cut: Tokens, drafts: list[Draft], g: Grammar) -> None:
    """Complete in place the figures that name no unit, where the words around allow it."""
    for n, draft in enumerate(drafts):
        if draft.kind is None:
            _bare(cut, drafts, n, g)
        elif draft.kind == "count":
            model = participle_of(cut, drafts, n)
            if model is not None:
                draft.end, draft.of = draft.number_end, None
                _lend(model, draft)
        elif draft.kind == "ratio" and same_sign(cut, drafts, n):
            lowered(draft)
        elif draft.kind == "length":
            model = in_millions(cut, drafts, n)
            if model is not None:
                _in_millions(model, draft)
        elif draft.kind == "money":
            _amount(cut, drafts, n, g)
        elif draft.kind == "mass":
            _emission(cut, draft, g)


def _bare(cut: Tokens, drafts: list[Draft], n: int, g: Grammar) -> None:
    draft, model = drafts[n], _model(cut, drafts, n, g)
    if model is not None:
        _lend(model, draft)
    elif draft.digits and _large(cut, draft):
        draft.kind = "count"


def _amount(cut: Tokens, drafts: list[Draft], n: int, g: Grammar) -> None:
    draft = drafts[n]
    if _in_cents(draft):
        draft.currency = _cents_of(drafts, n)
    if draft.per is not None or draft.over:
        return
    unit = _unit_priced(cut, draft, g)
    if unit is not None:
        draft.kind, draft.over = "price", (unit,)
    elif draft.scale == 1:
        _price(cut, drafts, n)


def _in_millions(model: Draft, draft: Draft) -> None:
    million = Decimal(10) ** 6
    for name in ("number", "low", "high", "from_", "resolution"):
        number = getattr(draft, name)
        if number is not None:
            setattr(draft, name, number * million)
    draft.kind, draft.unit, draft.of, draft.scale = model.kind, model.unit, model.of, million


_CENT = Decimal("0.01")


def _in_cents(draft: Draft) -> bool:
    return draft.currency is not None and draft.currency.assumed and draft.currency.scale == _CENT


def _cents_of(drafts: list[Draft], n: int) -> Currency | None:
    """The currency whose hundredths "cents" are: that of the amount before, else of the one after, else its own."""
    near = [d.currency for d in (*reversed(drafts[:n]), *drafts[n + 1 :]) if d.currency is not None and d.scale]
    said = next((c for c in near if c.scale != _CENT), None)
    own = drafts[n].currency
    if said is None or own is None or said.code not in _HAVE_CENTS:
        return own
    return replace(own, code=said.code)


_HAVE_CENTS = frozenset({"EUR", "USD", "CAD", "AUD", "NZD", "SGD", "HKD", "ZAR", "KES"})


def _model(cut: Tokens, drafts: list[Draft], n: int, g: Grammar) -> Draft | None:
    """The figure a bare number takes its unit from."""
    draft = drafts[n]
    if draft.scale > 1:
        return _scaled_model(cut, drafts, n, g)
    if _coordinated(cut, drafts, n) and _close(drafts[n + 1], draft):
        return drafts[n + 1]
    whole = whole_of(cut, drafts, n) or gapped_on(cut, drafts, n, g)
    if whole is not None and _close(whole, draft):
        return whole
    if not _answers(cut, draft, g):
        return None
    for model in reversed(drafts[max(0, n - 5) : n]):
        if draft.begin - model.end > _NEAR or _between(cut, model.end, draft.begin, paragraph=True):
            return None
        if _lasts(cut, model.end, draft.begin, g):
            return None
        if (
            model.kind not in _DEAF
            and not _bracketed(cut, model)
            and _close(model, draft)
            and (model.kind != "ratio" or _contrasts(cut, draft, g))
            # "the smaller of the two": a number word is so much money only where it is set against some.
            and (draft.digits or model.kind == "count" or _contrasts(cut, draft, g))
        ):
            return model
    return None


def _lasts(cut: Tokens, first: int, last: int, g: Grammar) -> bool:
    """Whether a length of time stands between two tokens: it is no figure here, and is what a bare number answers."""
    for k in range(first, last):
        named = g.names.match(cut, k + 1) if cut.digits[k] else None
        if named is not None and named[0].kind == "time":
            return True
    return False


_DEAF = frozenset({None, "ordinal", "temperature", "points"})


def _scaled_model(cut: Tokens, drafts: list[Draft], n: int, g: Grammar) -> Draft | None:
    """What "32 milliards" is of: the nearest large figure of the sentence, else the money spoken of."""
    draft = drafts[n]
    if _counts_number(cut, draft, g) or _are_so_many(cut, draft, g):
        return replace(draft, kind="count", currency=None)
    near = [d for d in drafts[max(0, n - 4) : n + 4] if d is not draft and _speaks(cut, d, draft)]
    if near:
        return min(near, key=lambda d: abs(d.begin - draft.begin))
    before = (d for d in reversed(drafts[max(0, n - 40) : n]) if draft.begin - d.end < _FAR)
    after = (d for d in drafts[n + 1 : n + 9] if d.begin - draft.end < _AHEAD)
    return next((d for found in (before, after) for d in found if _is_money(cut, d)), None)


def _speaks(cut: Tokens, model: Draft, draft: Draft) -> bool:
    if model.kind in (None, "ratio", "points", "ordinal", "temperature", "price"):
        return False
    size = _size(model)
    if size is None or size < _BIG or (model.begin < draft.begin and _bracketed(cut, model)):
        return False
    first, last = (model.end, draft.begin) if model.begin < draft.begin else (draft.end, model.begin)
    return not _between(cut, first, last)


def _is_money(cut: Tokens, model: Draft) -> bool:
    size = _size(model)
    return model.kind == "money" and size is not None and size >= 1000 and not _bracketed(cut, model)


def _bracketed(cut: Tokens, draft: Draft) -> bool:
    """Whether a figure stands in brackets: it restates another, and lends nothing."""
    return "(" in cut.norms[max(0, draft.begin - 3) : draft.begin]


def _counts_number(cut: Tokens, draft: Draft, g: Grammar) -> bool:
    """Whether the sentence speaks of a number of things: "le nombre de titres a été raboté : 37,5 millions"."""
    for k in range(draft.begin - 1, max(-1, draft.begin - 25), -1):
        if cut.norms[k] in _ENDS or cut.broken(k + 1):
            return False
        if cut.norms[k] in g.words["number"]:
            return True
    return False


def _are_so_many(cut: Tokens, draft: Draft, g: Grammar) -> bool:
    """Whether a plural is said to be so many: "les demandeurs sont 2,7 millions"; money would be "de 2,7 millions"."""
    k = draft.begin - 1
    if k < 1 or cut.broken(draft.begin):
        return False
    return cut.norms[k] in g.words["copula"] and cut.norms[k - 1].endswith("s")


def _coordinated(cut: Tokens, drafts: list[Draft], n: int) -> bool:
    """Whether a number shares the unit of the next: "612 000 et 587 400 véhicules", "11,300 against 14,750 lorries"."""
    if n + 1 >= len(drafts) or drafts[n + 1].kind in _DEAF:
        return False
    link = cut.norms[drafts[n].end]
    return link in _AND and drafts[n + 1].begin == drafts[n].end + 1


_AND = frozenset({"et", "and", "puis", "against", "contre", "ou", "or", ",", "then", "à", "to"})


def _answers(cut: Tokens, draft: Draft, g: Grammar) -> bool:
    """Whether the words before a bare number make it an answer to a figure before it."""
    k = draft.begin - 1
    if k < 0 or not _closes(cut, draft.end, g) or g.times["times"].match(cut, draft.end) is not None:
        return False
    while k > 0 and cut.norms[k] in ("les", "the", "que", "un", "de", "d'") and draft.begin - k < 3:
        k -= 1
    before = cut.norms[k]
    if before in g.words["contrast"]:
        return True
    if (draft.bound != "exact" and draft.digits) or (before == "," and draft.digits and cut.norms[draft.end] != ","):
        return True
    window = cut.norms[max(0, draft.begin - 6) : draft.begin]
    return "en" in window and not _between(cut, max(0, draft.begin - 6), draft.begin)


def _contrasts(cut: Tokens, draft: Draft, g: Grammar) -> bool:
    return cut.norms[draft.begin - 1] in g.words["contrast"] and cut.norms[draft.begin - 1] not in _WEAK_LINKS


_WEAK_LINKS = frozenset({"de", "à", "et", "sur", "of", "to", "and", "with", "ou", "or"})


def _closes(cut: Tokens, end: int, g: Grammar) -> bool:
    """Whether a number is followed by nothing it could count."""
    norm = cut.norms[end]
    return not norm[:1].isalpha() or norm in g.words["stop"] or cut.broken(end) or norm in g.words["adverb"]


def _between(cut: Tokens, first: int, last: int, *, paragraph: bool = False) -> bool:
    """Whether a sentence (or a paragraph) ends between two tokens."""
    return any(cut.broken(k) or (not paragraph and cut.norms[k] in _ENDS) for k in range(first, last + 1))


def _close(model: Draft, draft: Draft) -> bool:
    size = _size(model)
    if not size or not draft.number:
        return False
    return Decimal("0.05") <= abs(draft.number * _lent_scale(model, draft)) / size <= 20


def _size(draft: Draft) -> Decimal | None:
    number = draft.number if draft.number is not None else draft.high
    return None if number is None else abs(number)


def _lent_scale(model: Draft, draft: Draft) -> Decimal:
    """The scale word a bare number takes from its model: "136 milliards, contre 131"."""
    size = _size(model)
    if draft.scale > 1 or model.scale == 1 or not size or not draft.number:
        return Decimal(1)
    return model.scale if Decimal("0.05") <= abs(draft.number) / (size / model.scale) <= 20 else Decimal(1)


def _lend(model: Draft, draft: Draft) -> None:
    scale = _lent_scale(model, draft)
    draft.kind, draft.unit, draft.currency, draft.over = model.kind, model.unit, model.currency, model.over
    draft.of = model.of
    if model.kind in ("price", "count") and draft.per is None:
        draft.per = model.per
    for name in ("number", "low", "high", "from_", "resolution"):
        number = getattr(draft, name)
        if number is not None:
            setattr(draft, name, number * scale)
    draft.scale = scale if scale > 1 else draft.scale


def _large(cut: Tokens, draft: Draft) -> bool:
    """Whether a bare number is written as figures of statistics are: thousands set apart, or a scale word."""
    written = cut.norms[draft.number_begin]
    number = draft.number if draft.number is not None else draft.high
    grouped = not written.isdigit() or draft.scale > 1
    return number is not None and abs(number) >= 1000 and grouped and number == int(number)


def _price(cut: Tokens, drafts: list[Draft], n: int) -> None:
    """Give a small amount the "per unit" of a price it is compared with: "58 €/MWh, contre 97 € en 2023"."""
    draft = drafts[n]
    for model in [*reversed(drafts[max(0, n - 2) : n]), *drafts[n + 1 : n + 2]]:
        same = model.currency is not None and draft.currency is not None and model.currency.code == draft.currency.code
        if model.kind != "price" or not same or not (model.over or model.per):
            continue
        first, last = (model.end, draft.begin) if model.begin < draft.begin else (draft.end, model.begin)
        size, own = _size(model), _size(draft)
        if last - first < 25 and not _between(cut, first, last) and size and own and size / 6 <= own <= size * 6:
            draft.kind, draft.over, draft.per = "price", model.over, model.per
            return


# "la tonne se négocie à 480 dollars": how far before its price the unit may stand, in tokens.
_SUBJECT = 8
_PRICED = frozenset({"energy", "mass", "volume", "power", "area", "data"})
_THE = frozenset({"le", "la", "l'", "du", "the", "a", "an", "chaque", "each", "per"})


def _unit_priced(cut: Tokens, draft: Draft, g: Grammar) -> Unit | None:
    """The unit an amount is the price of, where it stands before it with an article: "le mégawattheure sort à 90 €"."""
    for k in range(draft.begin - 1, max(0, draft.begin - 1 - _SUBJECT), -1):
        if cut.norms[k] in _ENDS or cut.norms[k] == "," or cut.digits[k] or cut.broken(k + 1):
            return None
        named = g.names.match(cut, k) if cut.norms[k - 1] in _THE else None
        if named is not None:
            return named[0] if named[0].kind in _PRICED and not cut.norms[k].endswith("s") else None
    return None


def _emission(cut: Tokens, draft: Draft, g: Grammar) -> None:
    """Read bare tonnes as an emission where the sentence speaks of emissions."""
    if draft.unit is None or cut.norms[draft.end] in ("de", "d'", "of") or draft.over:
        return
    for k in range(draft.begin - 1, max(-1, draft.begin - 25), -1):
        if cut.norms[k] in _ENDS or cut.broken(k + 1):
            return
        if cut.norms[k] in g.words["emitted"]:
            draft.kind, draft.unit = "emissions", replace(draft.unit, code=draft.unit.code + "CO2", kind="emissions")
            return
