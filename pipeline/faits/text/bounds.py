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
        if found is None and k - 1 >= floor and cut.norms[k] == "pas":
            found = _denied_verb(cut, k - 1, g)
        if (
            found is None
            and k - 1 >= floor
            and cut.norms[k] in ("de", "d'", "des", "à", "of", "to")
            and draft.bound == "exact"
        ):
            return
        if found is None or found[1] < floor or _crosses(cut, found[1], draft.begin):
            return
        bound, begin = found
        if cut.norms[begin] == "sous" and begin == k and draft.kind in _COVERING:
            return  # "sous 3 mètres d'eau"
        denied = _denied(cut, begin) if g.lang == "fr" else None
        if denied == "only":
            return
        if denied == "not":
            bound = _DENIED.get(bound, bound)
        draft.bound, draft.begin = _combined(draft, bound), begin


_COVERING = frozenset({"length", "area", "volume"})
# "n'excède pas 5 %" is 5 % at most, "ne descend pas sous 5 %" 5 % at least.
_DENIED = {"gt": "max", "lt": "min"}
_NEGATION = frozenset({"ne", "n'"})


def _denied_verb(cut: Tokens, k: int, g: Grammar) -> tuple[str, int] | None:
    """The bound of a verb that ends at token `k` and is denied, and where it begins: "ne dépasserait pas"."""
    found = g.before.match(cut, k)
    if found is None or _NEGATION.isdisjoint(cut.norms[max(0, found[1] - 2) : found[1]]):
        return None
    return _DENIED.get(found[0], found[0]), found[1]


def _denied(cut: Tokens, begin: int) -> str | None:
    """What a negation makes of the cue that begins there: "only" of "n'emploie plus que 55", "not" of "n'augmentera pas
    de plus de 2 %"; None without one.
    """
    near = cut.norms[max(0, begin - _NEAR_NEGATION) : begin]
    if _NEGATION.isdisjoint(near) or any(cut.norms[k] in _STOPS for k in range(max(0, begin - 3), begin)):
        return None
    if cut.norms[begin] == "plus" and cut.norms[begin + 1] in ("que", "qu'"):
        return "only"
    return "not" if "pas" in cut.norms[max(0, begin - 2) : begin] else None


_NEAR_NEGATION = 6
_MIRRORED: dict[Bound, Bound] = {"gt": "lt", "lt": "gt", "min": "max", "max": "min"}


def lowered(draft: Draft) -> None:
    """Make a decrease of a change, in place: down by "plus de 6 %" is less than -6 %."""
    assert draft.number is not None
    draft.number, draft.bound = -draft.number, _MIRRORED.get(draft.bound, draft.bound)


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

_REACH, _FAR_REACH = 6, 10
# What "sous" compares with: "6 % sous la moyenne", not "sous forme d'actions".
_BELOW_WHAT = frozenset({"la", "le", "les", "l'", "son", "sa", "ses", "leur", "leurs", "ce", "cette", "celui", "celle"})
# "la rentabilité tombe sous les 5 %": where it falls to, not by how much.
_LEVELS = frozenset({"sous", "below", "under"})


def _parts_with(cut: Tokens, end: int) -> bool:
    """Whether so much of something named is given up: "il cède 25 % du Grand Pertuis", not "le titre cède 3 %"."""
    if cut.norms[end] not in ("de", "d'", "du", "des") or cut.broken(end):
        return False
    return cut.norms[end + 1] in _STOCK or cut.written(end + 1)[:1].isupper()


_STOCK = frozenset({"capital", "parts", "actions", "titres"})
_LINKS = frozenset({"de", "d'", "des", "du", "by", "of", "quelque"})
_STOPS = frozenset({",", ";", ".", ":", "(", ")", "!", "?", "à", "au", "aux", "to", "at", "and", "et", "qui", "which"})
_AFTER = frozenset({"de", "d'", "en", "in", "on"})


def direction(cut: Tokens, draft: Draft, g: Grammar, floor: int) -> int:
    """Which way a change goes: -1 where the words around say a decrease ("recule de 3,5 %", "3 % lower"), else 1."""
    j = draft.end
    while cut.norms[j] in _AFTER and j < draft.end + 2:
        j += 1
    below = cut.norms[j] in g.words["below"] and (cut.norms[j] != "sous" or cut.norms[j + 1] in _BELOW_WHAT)
    if below or (cut.norms[j] in g.down and (j > draft.end or g.lang == "en")):
        return -1
    k = draft.begin - 1
    if k < floor or cut.norms[draft.begin] in _LEVELS:
        return 1
    if cut.norms[k] in g.down:
        return 1 if _parts_with(cut, draft.end) else -1
    if cut.norms[k] in ("un", "une", "a", "an") and k > floor:
        k -= 1
    if cut.norms[k] not in _LINKS and not (g.lang == "en" and cut.norms[k] in ("a", "an")):
        return 1
    if cut.norms[k] == "of" and cut.norms[draft.begin - 2] == "share":
        return 1
    reach = _FAR_REACH if cut.norms[k] == "by" else _REACH  # "cut the leisure centre's gas bill by 62%"
    for m in range(k - 1, max(floor, k - reach) - 1, -1):
        if cut.norms[m] in g.down:
            return -1
        if cut.norms[m] in g.up or cut.norms[m] in _STOPS or cut.digits[m]:
            return 1
    return 1
