"""Numbers whose unit stands elsewhere in the sentence: parts of a whole, and clauses that leave their verb out."""

from __future__ import annotations

import re
from decimal import Decimal

from faits.text.drafts import Draft
from faits.text.forms import Grammar
from faits.text.tokens import Tokens

_ENDS = frozenset(".!?;")
_OWN = frozenset({"ses", "leurs", "nos", "vos", "its", "their", "his", "her", "our", "the", "les"})


def whole_of(cut: Tokens, drafts: list[Draft], n: int) -> Draft | None:
    """The figure that a bare number is a part of, or None.

    It follows ("375 des 480 millions d'euros", "38 of its 190 staff") or opens the sentence ("Des 83 millions d'euros
    engagés, 19 …", "Of the 190 staff, 38 …").
    """
    draft = drafts[n]
    if n + 1 < len(drafts) and drafts[n + 1].begin == _past_of(cut, draft.end) and _less(draft, drafts[n + 1]):
        return drafts[n + 1]
    if draft.begin == 0 or cut.norms[draft.begin - 1] not in (",", "et", "and"):
        return None
    for whole in reversed(drafts[max(0, n - 4) : n]):
        if any(cut.broken(k) or cut.norms[k] in _ENDS for k in range(whole.end, draft.begin)):
            return None
        if _opens_sentence(cut, whole) and _less(draft, whole):
            return whole
    return None


def _past_of(cut: Tokens, k: int) -> int:
    """The token after "des", "de ses", "of the" at token `k`; -1 where nothing of the kind stands there."""
    if cut.norms[k] == "des":
        return k + 1
    return k + 2 if cut.norms[k] in ("de", "of") and cut.norms[k + 1] in _OWN else -1


def _opens_sentence(cut: Tokens, whole: Draft) -> bool:
    k = whole.begin - 1
    if k >= 0 and cut.norms[k] in _OWN:
        k -= 1
    if k < 0 or cut.norms[k] not in ("des", "sur", "of"):
        return False
    return k == 0 or cut.broken(k) or cut.norms[k - 1] in _ENDS or not cut.norms[k - 1][:1].isalnum()


def _less(draft: Draft, whole: Draft) -> bool:
    """Whether a number, in the scale of the whole, is less than it."""
    if whole.kind in (None, "ordinal", "points", "ratio") or draft.number is None or whole.number is None:
        return False
    return 0 < draft.number < whole.number / whole.scale or (draft.scale > 1 and draft.number < whole.number)


# "la région Bretagne de 20", "le second 450": the words of a clause that has only a subject and a number.
_SUBJECT = 5
_YEARS = range(1900, 2101)


def gapped_on(cut: Tokens, drafts: list[Draft], n: int, g: Grammar) -> Draft | None:
    """The amount that the clause before gives, where this one has but a subject: "l'État apporte 90 M€, l'Europe 44".

    Only for money, and numbers that are no year: names end in small numbers too ("Flamanville 3").
    """
    draft = drafts[n]
    model = drafts[n - 1] if n else None
    if model is None or model.kind != "money" or not draft.digits or draft.number is None or draft.bound != "exact":
        return None
    if draft.number < 10 and draft.number == int(draft.number) and not _determined(cut, draft, g):
        return None
    if draft.number in _YEARS or not _stops(cut, draft.end):
        return None
    start = _clause(cut, draft.begin)
    if start is None or model.end > start:
        return None
    ended = any(cut.broken(k) or cut.norms[k] in ".!?" for k in range(model.end, start))
    return None if ended else model


def _stops(cut: Tokens, k: int) -> bool:
    return cut.norms[k] in (",", ";", ".", "", "et", "and", ")", "»") or cut.broken(k)


def _clause(cut: Tokens, end: int) -> int | None:
    """The first word of the few between a comma or "et" and the number at token `end`."""
    for k in range(end - 1, max(0, end - _SUBJECT - 2), -1):
        norm = cut.norms[k]
        if norm in (",", ";", "et", "and"):
            return k + 1 if k + 1 < end else None
        if not norm[:1].isalpha() or cut.broken(k + 1):
            return None
    return None


def _determined(cut: Tokens, draft: Draft, g: Grammar) -> bool:
    start = _clause(cut, draft.begin)
    return start is not None and (cut.norms[start] in g.words["definite"] or cut.norms[start] == "the")


# --- what is no noun --------------------------------------------------------------------------------------------------

_PARTICIPLE = re.compile(r"[a-zà-ÿ]+(?:é|u|i|t)e?s")
_PREPOSITIONS = frozenset({
    "par", "à", "au", "aux", "auprès", "de", "d'", "dès", "pour", "en", "dans", "sur", "chez", "via",
})  # fmt: skip


def participle_of(cut: Tokens, drafts: list[Draft], n: int) -> Draft | None:
    """The amount that a "count" of a participle is a part of: "57 millions, dont 16 dus à la banque"."""
    draft = drafts[n]
    if draft.of is None or n == 0 or not _PARTICIPLE.fullmatch(draft.of.lower()) or draft.number is None:
        return None
    model = drafts[n - 1]
    linked = cut.norms[draft.begin - 1] in ("dont", "et") and cut.norms[draft.end] in _PREPOSITIONS
    if not linked or model.kind not in ("money", "power", "energy") or model.scale == 1:
        return None
    if any(cut.broken(k) or cut.norms[k] in _ENDS for k in range(model.end, draft.begin)):
        return None
    parted = model.number is not None and draft.number < model.number / model.scale
    return model if parted or cut.norms[draft.begin - 1] == "et" else None


def same_sign(cut: Tokens, drafts: list[Draft], n: int) -> bool:
    """Whether a bare percentage is set against a decrease: "elles ont diminué de 1,8 %, contre 5,8 % en 2023"."""
    draft, before = drafts[n], drafts[n - 1] if n else None
    if before is None or before.kind != "ratio" or before.number is None or before.number >= 0 or before.signed:
        return False
    if draft.number is None or draft.number <= 0 or draft.signed or draft.begin - before.end > 2:
        return False
    return cut.norms[draft.begin - 1] in ("contre", "against") and not cut.broken(draft.begin)


def in_millions(cut: Tokens, drafts: list[Draft], n: int) -> Draft | None:
    """The figure written "4.1m" for millions that a "3.3m" after it answers: then it is no length."""
    draft = drafts[n]
    if draft.unit is None or draft.unit.code != "m" or not cut.glued(draft.end - 1) or draft.number is None:
        return None
    for model in reversed(drafts[max(0, n - 4) : n]):
        if any(cut.broken(k) for k in range(model.end, draft.begin + 1)):
            return None
        short = cut.norms[model.number_end - 1] == "m" and model.scale == Decimal(10**6)
        if short and model.kind in ("count", "volume", "mass", "energy"):
            return model
    return None
