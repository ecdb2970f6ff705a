"""The words that bound a figure, and those that say which way it goes."""

from __future__ import annotations

from faits.model import Bound
from faits.text.drafts import Draft
from faits.text.forms import Grammar
from faits.text.tokens import Tokens

_ARTICLES = frozenset({"les", "le", "la", "l'", "the", "a", "an", "un", "une", "that"})
_QUOTES = frozenset("«“\"‘'(")
# A second cue further out decides over "environ": "jusqu'à environ 300".
_WEAK = frozenset({"approx", "exact"})


def bounded(cut: Tokens, draft: Draft, g: Grammar, floor: int) -> Draft:
    """Take in the cues on both sides of a figure; those on the left begin at token `floor` at the earliest."""
    _before(cut, draft, g, floor)
    found = g.after.match(cut, draft.end)
    if found is not None and not cut.broken(draft.end) and not _opens_next(cut, found[1]):
        bound, end = found
        draft.bound, draft.end = _combined(draft, bound), end
    elif cut.norms[draft.end] == "+" and cut.glued(draft.end) and not cut.digits[draft.end + 1]:
        draft.bound, draft.end = _combined(draft, "gt"), draft.end + 1
    return draft


def _before(cut: Tokens, draft: Draft, g: Grammar, floor: int) -> None:
    for _ in range(3):
        k = draft.begin - 1
        if k >= floor and cut.norms[k] in _QUOTES and not cut.glued(k):
            k -= 1
        found = g.before.match(cut, k) if k >= floor else None
        if found is None and k - 1 >= floor and cut.norms[k] in _ARTICLES:
            k -= 1
            found = g.before.match(cut, k)
        if (
            found is None
            and k - 1 >= floor
            and cut.norms[k] in ("de", "d'", "des", "à", "of", "to")
            and draft.bound == "exact"
        ):
            return
        if found is None or found[1] < floor or _crosses(cut, found[1], draft.begin):
            return
        draft.bound, draft.begin = _combined(draft, found[0]), found[1]


def _crosses(cut: Tokens, first: int, last: int) -> bool:
    return any(cut.broken(k) for k in range(first + 1, last + 1))


def _combined(draft: Draft, bound: str) -> Bound:
    if draft.bound in ("range", "indefinite"):
        return draft.bound
    return bound if draft.bound in _WEAK else draft.bound  # type: ignore[return-value]  # the lexicon gives Bounds


def _opens_next(cut: Tokens, end: int) -> bool:
    """Whether a cue belongs to the number that follows it: "3 GW, environ 5 %"."""
    return end < len(cut) and (
        cut.digits[end] or cut.norms[end] in ("de", "d'", "of", "than") or cut.norms[end] in "$€£"
    )


# --- which way it goes ------------------------------------------------------------------------------------------------

_REACH = 6
_LINKS = frozenset({"de", "d'", "des", "du", "by", "of", "quelque"})
_STOPS = frozenset({",", ";", ".", ":", "(", ")", "!", "?", "à", "au", "aux", "to", "at", "and", "et", "qui", "which"})
_AFTER = frozenset({"de", "d'", "en", "in", "on"})


def direction(cut: Tokens, draft: Draft, g: Grammar, floor: int) -> int:
    """Which way a change goes: -1 where the words around say a decrease ("recule de 3,5 %", "3 % lower"), else 1."""
    j = draft.end
    while cut.norms[j] in _AFTER and j < draft.end + 2:
        j += 1
    if cut.norms[j] in g.words["below"] or (cut.norms[j] in g.down and (j > draft.end or g.lang == "en")):
        return -1
    k = draft.begin - 1
    if k < floor:
        return 1
    if cut.norms[k] in g.down:
        return -1
    if cut.norms[k] in ("un", "une", "a", "an") and k > floor:
        k -= 1
    if cut.norms[k] not in _LINKS and not (g.lang == "en" and cut.norms[k] in ("a", "an")):
        return 1
    if cut.norms[k] == "of" and cut.norms[draft.begin - 2] == "share":
        return 1
    for m in range(k - 1, max(floor, k - _REACH) - 1, -1):
        if cut.norms[m] in g.down:
            return -1
        if cut.norms[m] in g.up or cut.norms[m] in _STOPS or cut.digits[m]:
            return 1
    return 1
