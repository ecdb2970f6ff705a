"""Periods that count from another date: "hier", "l'an dernier", "il y a trois ans", "les six prochains mois".

Every function reads one shape at token `i` and gives the period and the token after it, or None.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple, cast

from faits.model import Bound
from faits.text.calendar import Counted, Origin, Stretch, Turn, Unit
from faits.text.calendar_named import daypart
from faits.text.calendar_tense import clause_tense
from faits.text.calendar_words import Words, by_first
from faits.text.calendar_years import Lead, Parse

# Nothing the press counts in years, months or days goes beyond this, and calendars end at the year 9999.
MOST = Decimal(5000)


# What a count begins with.
COUNTS = frozenset({"bound", "approx", "vague", "count", "number"})


class Count(NamedTuple):
    """How many units, whether the word rounds it, how it bounds them, the token after it. None is a vague count."""

    number: Decimal | None
    approx: bool
    bound: Bound
    end: int


def relative(w: Words, i: int, lead: Lead, *, by: bool = False) -> tuple[Parse, Bound]:
    """The first of the shapes of this file at token `i`, and how its count is bounded.

    `by` says that "d'ici" stood before: then a bare count is counted from now ("d'ici cinq ans").
    """
    roles = w.roles(i)
    for shape in _fitting(roles):
        found = shape(w, i)
        if found:
            return found, "exact"
    return (None, "exact") if _COUNTED.isdisjoint(roles) else _counted(w, i, by=by)


def count(w: Words, i: int) -> Count | None:
    """A count before a unit, with the words that bound it: "plus de dix", "quelques", "une vingtaine d'"."""
    if i not in w.counts:
        w.counts[i] = _count(w, i)
    found: Count | None = w.counts[i]
    return found


def _count(w: Words, i: int) -> Count | None:
    bound = w.at(i, "bound", "approx")
    kind: Bound = "exact" if bound is None else "approx" if bound.role == "approx" else cast("Bound", bound.value)
    at = bound.end if bound else i
    vague = w.at(at, "vague")
    if vague:
        return Count(None, False, kind, vague.end)
    word = w.at(at, "count")
    if word:
        return Count(Decimal(word.value), False, kind, word.end)
    number = w.number(at)
    if number is None or not 0 <= number[0] <= MOST:
        return None
    end = number[2]
    if number[1]:  # "une vingtaine d'années"
        of = w.at(end, "filler")
        end = of.end if of else end
    return Count(number[0], number[1], "approx" if number[1] and kind == "exact" else kind, end)


def unit(w: Words, i: int) -> tuple[Unit, int] | None:
    """The unit of the calendar at token `i`."""
    word = w.at(i, "unit")
    return (cast("Unit", word.value), word.end) if word else None


def _point(w: Words, i: int) -> Parse:
    word = w.at(i, "point")
    if word is None:
        return None
    name, by, origin = word.value.split()
    end = daypart(w, word.end) if name == "day" else word.end
    return Turn(cast("Unit", name), int(by), cast("Origin", origin)), end


def _turn(w: Words, i: int) -> Parse:
    """A unit and a turn: "cette année", "la semaine dernière", "last year", "l'année suivante"."""
    before = w.at(i, "turn_before", "turn_last_before")
    if before:
        what = unit(w, before.end)
        if what is None:
            return None
        after = w.at(what[1], "turn_last")  # "cette même année"
        origin: Origin = "last" if before.role == "turn_last_before" or after else "now"
        return Turn(what[0], int(before.value), origin), daypart(w, after.end if after else what[1])
    article = w.at(i, "filler")
    what = unit(w, i) or (unit(w, article.end) if article else None)
    after = w.at(what[1], "turn", "turn_last") if what else None
    if what is None or after is None:
        return None
    return Turn(what[0], int(after.value), "last" if after.role == "turn_last" else "now"), after.end


def _stretch(w: Words, i: int) -> Parse:
    """So many units up to now or from now: "ces dernières années", "les six prochains mois", "the past decade"."""
    at = i
    for _ in range(2):
        filler = w.at(at, "filler")
        if filler is None:
            break
        at = filler.end
    early = w.at(at, "recent")
    number = count(w, early.end if early else at)
    at = number.end if number else early.end if early else at
    late = None if early else w.at(at, "recent")
    what = unit(w, late.end if late else at)
    if what is None:
        return None
    after = None if early or late else w.at(what[1], "recent_after")
    sign = early or late or after
    plural = w.norm(what[1] - 1)[-1:] == "s"
    rolling = what[0] == "decade" and sign is not None and sign.value == "1"  # "the next decade": ten years from now
    if sign is None or (number is None and not plural and not rolling):
        return None
    if number is None and w.norm(what[1] - 1) == "mois" and not _plural_turn(w, i, at):
        return None
    if number and number.number == 1 and w.lang == "fr":
        return None
    if w.at(what[1], "since_last"):
        return None  # "les dernières deux ans plus tard": the last ones
    size = number.number if number else Decimal(1) if rolling and not plural else None
    return Stretch(what[0], size, int(sign.value)), after.end if after else what[1]


def _plural_turn(w: Words, i: int, k: int) -> bool:
    """Whether an article or adjective of tokens `i` to `k` is a plural: "mois" is written alike in both."""
    return any(w.norm(j)[-1:] in "sx" and w.norm(j) for j in range(i, k + 1))


def _counted(w: Words, i: int, *, by: bool) -> tuple[Parse, Bound]:
    """So many units from now or from the last date: "il y a trois ans", "in two years", "deux ans plus tôt"."""
    ago, ahead = w.at(i, "ago"), w.at(i, "ahead")
    opening = ago or ahead
    number = count(w, opening.end if opening else i)
    what = unit(w, number.end) if number else None
    if number is None or what is None or what[0] == "fiscal":
        return None, "exact"
    end = what[1]
    half = w.at(end, "and_half")
    size = number.number
    if half:
        end, size = half.end, (size or Decimal(0)) + Decimal("0.5")
    closing = w.at(end, "ago_after", "ahead_after", "since_last", "recent_after")
    if ago:
        return (Counted(what[0], size, -1), end), number.bound
    if closing and closing.role == "since_last" and not _measures_delay(w, closing.end - 1):
        return (Counted(what[0], size, int(closing.value), "last"), closing.end), number.bound
    if closing and closing.role == "ago_after":
        return (Counted(what[0], size, -1), closing.end), number.bound
    if closing and closing.role == "ahead_after":
        return (Counted(what[0], size, 1), closing.end), number.bound
    if (by and w.lang == "fr") or (ahead and (w.lang == "fr" or clause_tense(w, i, end) == "future")):
        return (Counted(what[0], size, 1), end), number.bound
    return None, "exact"


def _measures_delay(w: Words, k: int) -> bool:
    """Whether the word at token `k` measures from something told: "deux ans plus tôt que prévu", "dix semaines après la
    panne", "nine months after that"."""
    if w.at(k + 1, "than") is not None:
        return True
    after = w.norm(k + 1)
    return w.norm(k) in _FROM_EVENTS and after[:1].isalpha() and not w.cut.broken(k + 1)


_FROM_EVENTS = frozenset({"après", "avant", "after", "before"})

# --- which shapes begin with what -------------------------------------------------------------------------------------

_COUNTED = COUNTS | {"ago", "ahead"}

_fitting = by_first(
    (_point, frozenset({"point"})),
    (_stretch, COUNTS | {"filler", "recent", "unit"}),
    (_turn, frozenset({"turn_before", "turn_last_before", "filler", "unit"})),
)
