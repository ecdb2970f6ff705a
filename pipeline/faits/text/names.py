"""Digits that are no figure: parts of names, dates, times, versions, telephone numbers, section numbers."""

from __future__ import annotations

from functools import cache

from faits.model import Lang
from faits.text.forms import Grammar
from faits.text.terms import Term
from faits.text.tokens import CODES, Tokens

_OPEN = frozenset("([{«“\"‘'’+-−–—~≈<>≤≥=*_|→•:,;$€£¥₹")
_SIGNS = frozenset("-−–")


def begins(cut: Tokens, i: int) -> bool:
    """Whether the digits at token `i` may begin a number: not inside a name, a time, a date or a fraction."""
    nxt = cut.norms[i + 1]
    if nxt in ("/", ":", "-", "–") and cut.glued(i + 1) and cut.digits[i + 2] and cut.glued(i + 2) and nxt in "/:":
        return False
    if nxt in ("h", "°") and cut.glued(i + 1) and nxt == "h":
        return False
    if i == 0 or not cut.glued(i):
        return not _telephone(cut, i)
    before = cut.norms[i - 1]
    if before in _SIGNS:
        # "GPT-4", "hélium-3" are names; "20-25" was read with its first number.
        return i == 1 or not cut.glued(i - 1) or cut.norms[i - 2] in _OPEN
    if before in (":", ","):
        return i > 1 and not cut.digits[i - 2]
    if cut.written(i - 1) in CODES:
        return True
    return before in _OPEN or before.endswith("'") or not (before[-1].isalnum() or before in "/.#_°@&\\^")


def past_name(cut: Tokens, i: int) -> int:
    """The token after a run of digits and signs without spaces: what is left of "24h/24", "49.3", "2024-2025"."""
    i += 1
    while i < len(cut) and cut.glued(i) and (cut.digits[i] or cut.norms[i] in "/-.:–h" or cut.norms[i].isalnum()):
        i += 1
    return i


def _telephone(cut: Tokens, i: int) -> bool:
    pairs = [k for k in range(i, min(i + 5, len(cut))) if cut.digits[k] and cut.ends[k] - cut.starts[k] == 2]
    return len(pairs) == 5 and cut.norms[i].startswith("0")


def is_name(cut: Tokens, term: Term, g: Grammar) -> bool:
    """Whether a bare number is a label, a date or part of a name: "Llama 2", "article 49", "le 12 mars", "2024"."""
    i = term.number_begin
    if not cut.digits[i] or term.scale > 1:
        return False
    after = cut.norms[term.end]
    if cut.glued(term.end) and (after[:1].isalpha() or after in "/°_\\^" or (after == "-" and cut.glued(term.end + 1))):
        return True
    months = _months(g.lang)
    if after in months or (g.lang == "en" and i > 0 and cut.norms[i - 1] in months):
        return True
    if i == 0 or term.begin < i:
        return False
    before = cut.norms[i - 1]
    if before in g.words["label"] or (before == "." and i > 1 and cut.norms[i - 2] in g.words["label"]):
        return True
    if before in ("°", "º"):
        return True
    return len(cut.norms[i]) <= 4 and _capital(cut, i - 1, g)


def is_year(cut: Tokens, term: Term) -> bool:
    """Whether a bare number looks like a year of our time: "2024", not "2 024"."""
    written = cut.norms[term.number_begin]
    return len(written) == 4 and written.isdigit() and "1800" <= written <= "2199" and term.scale == 1


def _capital(cut: Tokens, k: int, g: Grammar) -> bool:
    """Whether token `k` is a name: a capital that no function word and no head of a sentence explains."""
    if cut.broken(k + 1):
        return False
    written = cut.written(k)
    if not written[0].isupper():
        return False
    norm = cut.norms[k]
    if norm in g.words["stop"] or norm in g.words["definite"] or norm in g.down or norm in g.up:
        return False
    return g.before.match(cut, k) is None


@cache
def _months(lang: Lang) -> frozenset[str]:
    """The names of the months and their abbreviations, from CLDR."""
    from babel import Locale

    months = Locale(lang).months["format"]
    names = {name.lower().rstrip(".") for width in ("wide", "abbreviated") for name in months[width].values()}
    return frozenset(names | ({"sept"} if lang == "en" else set()) - {"may"} if lang == "en" else names)
