"""Whether the figures of a claim and a cluster can be one, and whether that alone makes one fact of them."""

from __future__ import annotations

from faits.model import FactValue
from faits.stages.merging.atoms import Atom
from faits.stages.merging.cluster import Agreement, Cluster
from faits.stages.merging.measuring import Interval, identical, rounds
from faits.stages.merging.parties import Family
from faits.stages.merging.wording import Likeness

# Predicates of which a party has many at once: without words for what is counted, two of them are not one.
MANY: Family = frozenset(
    {"count", "share", "growth", "quantity", "duration", "amount", "price", "announced", "deadline"}
)

# Of a range wider than this share of its upper end, a figure in the middle is another statement.
WIDE = 0.1


def figures_agree(cluster: Cluster, atom: Atom) -> float | None:
    """How near the figures are, 1 at best; None when they contradict each other or measure different things."""
    value, founder = atom.claim.value, cluster.founder.claim.value
    if value is None or founder is None or not _measured_alike(cluster, atom):
        return None
    if not atom.intervals or not cluster.intervals:
        same = (value.bound, value.unit) == (founder.bound, founder.unit) and identical(value, founder)
        return 1.0 if same else None
    common = atom.intervals.keys() & cluster.intervals.keys()
    if not common or any(cluster.intervals[unit].meet(atom.intervals[unit]) is None for unit in common):
        return None
    told = [member.claim.value for member in cluster.tellings if member.claim.value is not None]
    if any(_narrowed_down(known, value) or not rounds(known, value) for known in told):
        return None
    unit = min(common)
    here, there = _middle(cluster.intervals[unit]), _middle(atom.intervals[unit])
    return 1.0 - abs(here - there) / (max(abs(here), abs(there)) or 1.0)


def _narrowed_down(one: FactValue, other: FactValue) -> bool:
    """Whether one is a wide range and the other a figure well within it: an estimate, and what it came to."""
    if one.unit != other.unit or (one.bound == "range") == (other.bound == "range"):
        return False
    wide, exact = (one, other) if one.bound == "range" else (other, one)
    if wide.low is None or wide.high is None or exact.number is None:
        return False
    margin = (wide.high - wide.low) / 4
    return 4 * margin > WIDE * abs(wide.high) and wide.low + margin < exact.number < wide.high - margin


def _measured_alike(cluster: Cluster, atom: Atom) -> bool:
    value, founder = atom.claim.value, cluster.founder.claim.value
    if value is None or founder is None:
        return False
    if value.kind != founder.kind and "1" in (value.unit, founder.unit):
        return False
    return _compatible(_per(value.per), _per(founder.per)) and _compatible(value.price_base, founder.price_base)


def _per(per: str | None) -> str | None:
    return {"yr": "year", "mo": "month"}.get(per, per) if per else None


def _compatible(a: str | None, b: str | None) -> bool:
    return a is None or b is None or a == b


def _middle(interval: Interval) -> float:
    return (interval.low + interval.high) / 2


def same_number(cluster: Cluster, atom: Atom) -> bool:
    value = atom.claim.value
    if value is None:
        return False
    return any(
        known is not None and identical(value, known)
        for member in cluster.tellings
        for known in (member.claim.value, member.restated)
    )


def figures_suffice(founder: Atom, atom: Atom, agreement: Agreement, *, strict: bool) -> bool:
    """Whether figures that agree make one fact: the vaguer the words, the more the digits must say."""
    shown = max(atom.digits, founder.digits)
    bare = atom.claim.value is not None and atom.claim.value.unit == "1"
    if not strict and not (agreement.same_number and (shown >= 2 or not bare)):
        return False
    match agreement.parties:
        case Likeness.SAME:
            return both_told(founder, atom) or not _many(founder, atom) or (agreement.same_number and shown >= 2)
        case Likeness.SILENT:
            return not _many(founder, atom) or (agreement.same_number and shown >= 2)
        case Likeness.UNKNOWN:
            return agreement.same_number and (shown >= 2 or not bare)
        case _:
            return strict and agreement.same_number and shown >= (5 if bare else 4)


def _many(a: Atom, b: Atom) -> bool:
    return a.claim.predicate in MANY or b.claim.predicate in MANY


def both_told(a: Atom, b: Atom) -> bool:
    """Whether both say what the figure is about."""
    return bool((a.about.words or a.other) and (b.about.words or b.other))
