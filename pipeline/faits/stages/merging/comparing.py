"""Whether a claim can be one fact with others: the same parties, figures that agree, periods that can be one."""

from __future__ import annotations

from faits.model import Bound, Claim, Modality, Predicate
from faits.stages.merging.atoms import DATED, Atom
from faits.stages.merging.cluster import Agreement, Cluster
from faits.stages.merging.figures import both_told, figures_agree, figures_suffice, same_number
from faits.stages.merging.measuring import Period, digits, rounds
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
        return agreement if figures_suffice(cluster.founder, atom, agreement, strict=strict) else None
    return agreement if _words_suffice(cluster, atom, agreement) else None


def _agreement(cluster: Cluster, atom: Atom) -> Agreement | None:
    closeness = 0.0
    if atom.claim.value is not None:
        near = figures_agree(cluster, atom)
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
        same_number=same_number(cluster, atom),
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
        if predicate == "announced" and agreement.parties is Likeness.UNKNOWN and both_told(cluster.founder, atom):
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
    return cluster.period == atom.period or not cluster.articles & atom.articles or same_number(cluster, atom)


def _within(a: Period, b: Period) -> bool:
    return a.meet(b) in (a, b)


def _same_language(cluster: Cluster, atom: Atom) -> bool:
    return cluster.founder.language == atom.language
