"""Whether a claim can be one fact with others: the same parties, figures that agree, periods that can be one."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice

from faits.model import Bound, Claim, FactValue, Modality, Predicate
from faits.stages.merging.atoms import DATED, Atom
from faits.stages.merging.measuring import Interval, Period, digits, identical, rounds
from faits.stages.merging.parties import MONEY, Family, parties_alike
from faits.stages.merging.wording import Likeness

# Readings of one figure that a passage often does not settle: one family only for one and the same number.
LOOSE: tuple[Family, ...] = (
    MONEY | {"amount", "subsidy", "funding_raised", "debt", "acquisition"},
    frozenset({"power_capacity", "power_demand"}),
    frozenset({"energy_production", "energy_consumption"}),
    frozenset({"share", "growth"}),
    frozenset({"revenue", "amount"}),
    frozenset({"market_size", "amount"}),
    frozenset({"count", "quantity"}),
)

# Predicates of which a party has many at once: without words for what is counted, two of them are not one.
MANY: Family = frozenset(
    {"count", "share", "growth", "quantity", "duration", "amount", "price", "announced", "deadline"}
)

# What one article asserts and another denies is disputed, not one fact; what became of a plan is another statement.
_APART: frozenset[frozenset[Modality]] = frozenset(
    {
        frozenset({"asserted", "negated"}),
        frozenset({"conditional", "negated"}),
        frozenset({"planned", "negated"}),
    }
)

# What is measured rather than decided: nobody denies such a figure to the digit, so that a denial of it is one misread
# ("n'a jamais dépassé 97 %") or of the words around it. The row shows both readings.
MEASURED: Family = frozenset(
    {"share", "growth", "count", "quantity", "profit", "revenue", "energy_production", "energy_consumption",
     "emissions", "market_size", "price"}
)  # fmt: skip
_STATED: frozenset[Modality] = frozenset({"asserted", "negated"})

# What happens once: done, it is no longer what was planned, unless on the very same day.
OCCURRING: Family = frozenset({"start_date", "end_date", "investment", "acquisition", "funding_raised"})

# A longer period ("entre 2029 et 2031") is another statement than a year within it.
LONG_PERIOD_DAYS = 400

_LIMITS: frozenset[Bound] = frozenset({"max", "lt"})

# A month apart the later of two tellings is news.
NEWS_DAYS = 30

# Of a range wider than this share of its upper end, a figure in the middle is another statement.
WIDE = 0.1

# With how many ways of naming the parties of one cluster a newcomer is compared; the most definite come first.
PARTIES_COMPARED = 16


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well a claim agrees with a cluster; the greater the better."""

    parties: Likeness
    same_predicate: bool
    same_number: bool
    same_period: bool
    closeness: float

    @property
    def order(self) -> tuple[object, ...]:
        """Sorts agreements."""
        return (self.parties, self.same_number, self.same_predicate, self.same_period, self.closeness)


@dataclass(eq=False)
class Cluster:
    """Atoms judged to be one fact, and what they leave open together."""

    atoms: list[Atom]
    predicates: set[Predicate] = field(default_factory=set)
    modalities: set[Modality] = field(default_factory=set)
    intervals: dict[str, Interval] = field(default_factory=dict)
    period: Period | None = None
    distinct: dict[tuple[object, ...], Atom] = field(default_factory=dict)
    places: set[tuple[object, ...]] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)

    @property
    def founder(self) -> Atom:
        """Its most definite atom."""
        return self.atoms[0]

    @property
    def tellings(self) -> list[Atom]:
        """Its different ways of naming the parties, as far as they are compared."""
        return list(islice(self.distinct.values(), PARTIES_COMPARED))

    def add(self, atom: Atom) -> None:
        """Take in an atom: what the cluster leaves open narrows to what all its members do."""
        if atom not in self.atoms[:1]:
            self.atoms.append(atom)
        self.predicates.add(atom.claim.predicate)
        self.modalities.add(atom.claim.modality)
        for unit, interval in atom.intervals.items():
            known = self.intervals.get(unit)
            self.intervals[unit] = (known.meet(interval) or known) if known is not None else interval
        if atom.period is not None:
            self.period = (self.period.meet(atom.period) or self.period) if self.period is not None else atom.period
        self.articles |= atom.articles
        self.distinct.setdefault((atom.subject, atom.other, atom.about), atom)


def cluster_of(atom: Atom) -> Cluster:
    """A cluster of one."""
    cluster = Cluster([atom])
    cluster.add(atom)
    return cluster


def agree(cluster: Cluster, atom: Atom) -> Agreement | None:
    """How well an atom agrees with every member of a cluster; None when it cannot be the same fact."""
    claim, founder = atom.claim, cluster.founder.claim
    if (claim.value is None) != (founder.value is None) or not _modality_fits(cluster, claim):
        return None
    if any(differs(cluster, atom) for differs in (_looks_back, _realised, _decided, _over)):
        return None
    strict, loose = _families(cluster, claim.predicate)
    if not loose or (claim.value is None and not strict):
        return None
    agreement = _agreement(cluster, atom)
    if agreement is None:
        return None
    if claim.value is not None:
        return agreement if _figures_suffice(cluster.founder, atom, agreement, strict=strict) else None
    return agreement if _words_suffice(cluster, atom, agreement) else None


def _agreement(cluster: Cluster, atom: Atom) -> Agreement | None:
    closeness = 0.0
    if atom.claim.value is not None:
        near = _figures_agree(cluster, atom)
        if near is None:
            return None
        closeness = near
    same_period = cluster.period is not None and atom.period is not None
    dated = atom.claim.value is None and atom.claim.predicate in DATED
    if same_period and not periods_agree(cluster.period, atom.period, dated=dated):
        return None
    if same_period and not dated and not _one_moment(cluster, atom):
        return None
    likeness = min(parties_alike(known, atom) for known in cluster.tellings)
    if likeness is Likeness.DIFFERENT and not _subjects_meet(cluster, atom):
        return None
    return Agreement(
        parties=likeness,
        same_predicate=atom.claim.predicate in cluster.predicates,
        same_number=_same_number(cluster, atom),
        same_period=same_period,
        closeness=closeness,
    )


# --- predicates and modalities ----------------------------------------------------------------------------------------


def _families(cluster: Cluster, predicate: Predicate) -> tuple[bool, bool]:
    """Whether a predicate is of the cluster's family, and whether it is at least of its loose family."""
    if predicate in cluster.predicates and len(cluster.predicates) == 1:
        return True, True
    readings = cluster.predicates | {predicate}
    return readings <= MONEY or len(readings) == 1, any(readings <= family for family in LOOSE)


def _modality_fits(cluster: Cluster, claim: Claim) -> bool:
    apart = {other for other in cluster.modalities if frozenset({claim.modality, other}) in _APART}
    if claim.predicate in MEASURED and claim.predicate in cluster.predicates and digits(claim.value) > 1:
        apart -= {other for other in apart if {claim.modality, other} <= _STATED}
    return not apart


def _looks_back(cluster: Cluster, atom: Atom) -> bool:
    """Whether one tells as the former figure ("devis initial") what the other tells as the figure of its day.

    What became of a plan is another statement than the plan; two that look back, or two alike in modality, are one.
    """
    return cluster.founder.about.former != atom.about.former and atom.claim.modality not in cluster.modalities


def _realised(cluster: Cluster, atom: Atom) -> bool:
    """Whether one tells as done what the other only plans, and not in the same words.

    "En mai", then "le 19 mai"; "environ 760 millions", then 742: what came of a plan is another statement.
    """
    if ("asserted" in cluster.modalities) == (atom.claim.modality == "asserted"):
        return False
    value, known = atom.claim.value, cluster.founder.claim.value
    if value is None or known is None:
        return atom.claim.predicate in OCCURRING and cluster.period != atom.period
    return value.kind == "money" and not rounds(value, known, plain=False)


def _decided(cluster: Cluster, atom: Atom) -> bool:
    """Whether one tells months later what became of a deal, or of a limit, that the other only considers."""
    value, known = atom.claim.value, cluster.founder.claim.value
    limited = value is not None and known is not None and (value.bound in _LIMITS) != (known.bound in _LIMITS)
    if atom.claim.predicate in DATED or (value is not None and not limited):
        return False
    if (cluster.modalities == {"conditional"}) == (atom.claim.modality == "conditional"):
        return False
    days = [known.published for known in cluster.tellings]
    return atom.published is not None and any(
        one is not None and max(atom.published[0] - one[1], one[0] - atom.published[1]) > NEWS_DAYS for one in days
    )


def _over(cluster: Cluster, atom: Atom) -> bool:
    """Whether one tells of a function that is held, the other of when it ends, or ended."""
    if atom.claim.predicate != "role":
        return False
    return any(_ends(known.claim) != _ends(atom.claim) for known in cluster.tellings)


def _ends(claim: Claim) -> bool:
    return claim.time is not None and claim.time.relation in ("by", "before", "until")


# --- parties ----------------------------------------------------------------------------------------------------------


def _subjects_meet(cluster: Cluster, atom: Atom) -> bool:
    """Whether only the words about the figure differ, not the parties."""
    return all(
        known.subject.same(atom.subject) and (known.other is None or atom.other is None or known.other.same(atom.other))
        for known in cluster.tellings
    )


# --- figures ----------------------------------------------------------------------------------------------------------


def _figures_agree(cluster: Cluster, atom: Atom) -> float | None:
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


def _same_number(cluster: Cluster, atom: Atom) -> bool:
    value = atom.claim.value
    if value is None:
        return False
    return any(
        known is not None and identical(value, known)
        for member in cluster.tellings
        for known in (member.claim.value, member.restated)
    )


def _figures_suffice(founder: Atom, atom: Atom, agreement: Agreement, *, strict: bool) -> bool:
    """Whether figures that agree make one fact: the vaguer the words, the more the digits must say."""
    shown = max(atom.digits, founder.digits)
    bare = atom.claim.value is not None and atom.claim.value.unit == "1"
    if not strict and not (agreement.same_number and (shown >= 2 or not bare)):
        return False
    match agreement.parties:
        case Likeness.SAME:
            return _told(founder, atom) or not _many(founder, atom) or (agreement.same_number and shown >= 2)
        case Likeness.SILENT:
            return not _many(founder, atom) or (agreement.same_number and shown >= 2)
        case Likeness.UNKNOWN:
            return agreement.same_number and (shown >= 2 or not bare)
        case _:
            return strict and agreement.same_number and shown >= (5 if bare else 4)


def _many(a: Atom, b: Atom) -> bool:
    return a.claim.predicate in MANY or b.claim.predicate in MANY


def _told(a: Atom, b: Atom) -> bool:
    """Whether both say what the figure is about."""
    return bool((a.about.words or a.other) and (b.about.words or b.other))


# --- periods and relations --------------------------------------------------------------------------------------------


def periods_agree(a: Period | None, b: Period | None, *, dated: bool) -> bool:
    """Whether two periods can be one; nothing said agrees with everything.

    For a date fact the period is what is claimed: a stretch of years is not a year within it.
    """
    if a is None or b is None:
        return True
    if a.meet(b) is None:
        return False
    longer, shorter = max(a.days, b.days), min(a.days, b.days)
    return not dated or longer <= LONG_PERIOD_DAYS or shorter * 2 > longer


def _words_suffice(cluster: Cluster, atom: Atom, agreement: Agreement) -> bool:
    """Whether parties and dates alone make one fact."""
    predicate = atom.claim.predicate
    if predicate in DATED:
        if cluster.period is None or atom.period is None:
            return cluster.period is atom.period and agreement.parties is Likeness.SAME
        if predicate == "founded":
            return True
        if predicate == "announced" and agreement.parties is Likeness.UNKNOWN and _told(cluster.founder, atom):
            return False  # an agency announces several things in a day
        if predicate == "announced" and cluster.articles & atom.articles and cluster.period != atom.period:
            # One article that announces in March and on 12 June tells of two things, whatever March could be.
            return agreement.parties is Likeness.SAME and _within(cluster.period, atom.period)
        if agreement.parties is Likeness.UNKNOWN:
            return max(cluster.period.days, atom.period.days) <= 31 or cluster.period == atom.period
        if agreement.parties is Likeness.SILENT and cluster.period != atom.period:
            return not cluster.articles & atom.articles  # an article dates two steps of a thing, and names one of them
        return agreement.parties is not Likeness.DIFFERENT
    if agreement.parties is Likeness.SAME:
        return True
    # "PDG d'EDF" and "chief executive of EDF" share the name; "Blue Nile" and "Nil Bleu" share no word.
    return predicate == "role" and agreement.parties is Likeness.UNKNOWN and not _same_language(cluster, atom)


def _one_moment(cluster: Cluster, atom: Atom) -> bool:
    """Whether figures of two periods can still be one: not where one article gives each its own number."""
    return cluster.period == atom.period or not cluster.articles & atom.articles or _same_number(cluster, atom)


def _within(a: Period, b: Period) -> bool:
    return a.meet(b) in (a, b)


def _same_language(cluster: Cluster, atom: Atom) -> bool:
    return cluster.founder.language == atom.language


__all__ = ["DATED", "Agreement", "Cluster", "agree", "cluster_of", "parties_alike", "periods_agree"]
