"""Facts that cannot both hold, and facts that replace an earlier figure: told on the rows, never settled."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from faits.model import Modality, Predicate
from faits.stages.merging.agreeing import Row
from faits.stages.merging.atoms import DATED
from faits.stages.merging.cluster import Cluster
from faits.stages.merging.comparing import NEWS_DAYS
from faits.stages.merging.figures import MANY
from faits.stages.merging.measuring import digits, identical
from faits.stages.merging.misreading import same_figure_otherwise
from faits.stages.merging.parties import MONEY
from faits.stages.merging.sides import PAIRED, Side
from faits.stages.merging.wording import Likeness, like, shared

Family = frozenset[Predicate]

# Figures of a stretch of time: two years' revenues do not contradict each other.
PERIODIC: Family = frozenset(
    {"revenue", "profit", "energy_production", "energy_consumption", "growth", "share", "market_size", "emissions",
     "price", "spending", "count", "quantity", "duration", "amount"}
)  # fmt: skip
# What stands until it changes: told without a date, it is of the day of its article.
STANDING: Family = frozenset({"count", "share", "quantity", "duration"})
# Things that happen: another date is another event, and without a second party nothing says it is the same.
EVENTS: Family = frozenset({"investment", "acquisition", "contract_value", "funding_raised", "subsidy", "spending"})
# A thing has one of these, a country many: two of them contradict each other even where nothing more is said.
SINGLE: Family = frozenset(
    {"cost", "valuation", "power_capacity", "power_demand", "energy_storage", "revenue", "profit", "market_size",
     "emissions", "energy_production", "energy_consumption", "founded", "start_date", "end_date", "deadline"}
)  # fmt: skip

# Two figures given within a week are two views of one moment.
SAME_MOMENT_DAYS = 7
# A figure dated this long before its article is told as what used to be; what changes every day sooner.
PAST_DAYS = 180
PAST_WORTH_DAYS = 7
# With how many neighbours in time a fact of a group larger than PAIRED is compared.
NEIGHBOURS = 8
# Two measures of one thing are hardly further apart than this ratio, however wrong one of them is.
ORDER_OF_MAGNITUDE = 3
# Figures of two articles this near each other, and of so many digits, measure one thing though no word says which.
NEARLY = 1.02
NEARLY_DIGITS = 3
NEARLY_DAYS = 92
# Two figures of one article this near each other are one thing told twice; further apart they are of two things.
TOLD_TWICE = 1.2


@dataclass
class Related:
    """For each fact the ids of those that contradict it, and of those it replaces."""

    conflicts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    updates: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def dispute(self, a: str, b: str) -> None:
        """Mark a conflict on both."""
        self.conflicts[a].add(b)
        self.conflicts[b].add(a)


def related(facts: Iterable[tuple[str, Row, Cluster]]) -> Related:
    """Find what contradicts and what replaces what, marked on both sides of a contradiction."""
    found = Related()
    sides = [Side(*fact) for fact in facts]
    for group in _groups(sides):
        for a, b in _pairs(group):  # in every group they share: it is always the same that is found
            earlier = _judge(a, b)
            if earlier is _BOTH:
                found.dispute(a.id, b.id)
            elif earlier is a:
                found.updates[b.id].add(a.id)
            elif earlier is b:
                found.updates[a.id].add(b.id)
    for a, b in same_figure_otherwise(sides):
        found.dispute(a.id, b.id)
    return found


def _groups(sides: Iterable[Side]) -> Iterator[list[Side]]:
    """Facts that measure the same of the same parties, in the same unit."""
    groups: dict[tuple[object, ...], list[Side]] = defaultdict(list)
    for side in sides:
        row = side.row
        predicate = "money" if row.predicate in MONEY else row.predicate
        for parties in sorted(side.tellings, key=repr):
            if row.value is not None:
                for unit in side.cluster.intervals:
                    groups[(predicate, *parties, unit, row.value.kind if unit == "1" else None)].append(side)
            elif row.predicate in DATED or row.predicate == "role" or parties[1] is not None:
                groups[(predicate, *parties)].append(side)
    for group in groups.values():
        if len(group) > 1:
            yield sorted(group, key=lambda side: (side.published or (0, 0), side.id))


def _pairs(group: Sequence[Side]) -> Iterator[tuple[Side, Side]]:
    if len(group) <= PAIRED:
        yield from combinations(group, 2)
        return
    for words in _by_words(group):
        for i, side in enumerate(words):
            yield from ((side, other) for other in words[i + 1 : i + 1 + NEIGHBOURS])


def _by_words(group: Sequence[Side]) -> Iterable[list[Side]]:
    found: dict[object, list[Side]] = defaultdict(list)
    for side in group:
        found[side.about.words].append(side)
    return found.values()


_BOTH = Side("", None, None)  # type: ignore[arg-type]  # neither is the earlier one: they contradict each other


def _judge(a: Side, b: Side) -> Side | None:
    """The side the other one replaces, `_BOTH` for a contradiction, None when both can hold."""
    if not _same_thing(a, b):
        return None
    if a.figures_meet(b):
        return _denied(a, b) or _given_up(a, b) or _come_about(a, b) or _put_off(a, b)
    if a.row.value is not None and not _same_time(a, b):
        return None
    if a.former != b.former:
        return a if a.former else b
    earlier = _moved(a, b) or _dropped(a, b) or _earlier(a, b)
    if earlier is not None:
        return earlier
    if a.articles & b.articles:
        return _told_at_once(a, b)
    # What is and what is planned can both hold: 250 MW today, 300 planned.
    return _BOTH if _STEPS[a.row.modality] == _STEPS[b.row.modality] else None


def _denied(a: Side, b: Side) -> Side | None:
    """What one article asserts and another denies: both, or the asserted one where the denial is later news.

    A relation without a figure or a date contradicts nothing: what is denied of it is rarely that it is there.
    """
    left, right = a.row.value, b.row.value
    if {a.row.modality, b.row.modality} != {"asserted", "negated"} or a.articles & b.articles:
        return None
    if not a.periods_meet(b) or not (left is None or right is None or identical(left, right)):
        return None
    asserted, denied = (a, b) if b.row.modality == "negated" else (b, a)
    if left is None and _follows(denied, asserted):
        return asserted
    return _BOTH if left is not None or a.row.predicate in DATED else None


def _given_up(a: Side, b: Side) -> Side | None:
    """What was considered or planned, where a later article says that it will not be."""
    if [a.row.modality, b.row.modality].count("negated") != 1 or a.articles & b.articles:
        return None
    considered, denied = (a, b) if b.row.modality == "negated" else (b, a)
    if considered.published is None or denied.published is None or considered.published[1] >= denied.published[0]:
        return None
    return considered


def _come_about(a: Side, b: Side) -> Side | None:
    """What was talked of, planned or estimated, where a later article tells what came of it."""
    for early, late in ((a, b), (b, a)):
        if not _follows(late, early) or late.row.modality == "negated":
            continue
        if early.row.value is not None and late.row.value is not None:
            estimated = early.row.value.number is None and late.row.value.number is not None
            planned = _STEPS[early.row.modality] < _STEPS[late.row.modality] and not identical(
                early.row.value, late.row.value
            )
            if estimated or planned:
                return early
        elif early.row.predicate == "role":
            if not _ended(early) and _ended(late):
                return early
        elif _STEPS[early.row.modality] < _STEPS[late.row.modality] or (
            early.row.modality == "conditional" and late.row.modality == "planned" and early.row.predicate not in DATED
        ):
            return early
    return None


def _put_off(a: Side, b: Side) -> Side | None:
    """The plan that a later article dates otherwise: 1,250 jobs by 2029, then by 2032."""
    if a.row.value is None or b.row.value is None or a.periods_meet(b) or not identical(a.row.value, b.row.value):
        return None
    if {a.row.modality, b.row.modality} - {"planned", "conditional"}:
        return None
    return next((early for early, late in ((a, b), (b, a)) if _follows(late, early)), None)


def _ended(side: Side) -> bool:
    return side.row.time is not None and side.row.time.relation in ("by", "before", "until")


def _follows(late: Side, early: Side) -> bool:
    """Whether one was first told as news to the other, and the other since then only by who tells both."""
    if late.published is None or early.published is None or late.published[0] - early.published[0] <= NEWS_DAYS:
        return False
    return early.published[1] < late.published[0] or early.told_since(late.published[0]) <= late.articles


def _same_thing(a: Side, b: Side) -> bool:
    """Whether both say the same about the same parties, but for the figure.

    Within one article words are chosen to tell figures apart, so they must be the same words; between articles
    cognates and parts of a description will do across languages.
    """
    predicates = {a.row.predicate, b.row.predicate}
    if not _same_words(a, b) or _per(a) != _per(b) or not _comparable(a, b):
        return False
    if predicates & (MANY | {"announced"}):
        return bool(a.about.words) or _nearly(a, b)
    if predicates & EVENTS:
        told = bool(a.about.words) or a.object is not None
        apart = not a.articles & b.articles or _follows(a, b) or _follows(b, a)
        return a.former != b.former or (told and apart) or _missed(a, b)
    return bool(a.about.words) or a.object is not None or (predicates <= SINGLE and a.row.subject.type != "PLACE")


def _nearly(a: Side, b: Side) -> bool:
    """Whether figures of two articles are so near, for so many digits, that they measure one thing: 361, 359 hours."""
    values = a.row.value, b.row.value
    if None in values or a.articles & b.articles or a.row.predicate != b.row.predicate:
        return False
    telling = all(value is not None and value.unit != "1" and digits(value) >= NEARLY_DIGITS for value in values)
    return telling and _apart(a, b) <= NEARLY_DAYS and _ratio(a, b) <= NEARLY


def _missed(a: Side, b: Side) -> bool:
    """Whether one article gives both, one as what was hoped for and missed."""
    modalities = {a.row.modality, b.row.modality}
    return a.row.value is not None and "negated" in modalities and len(modalities) > 1 and bool(a.articles & b.articles)


def _same_words(a: Side, b: Side) -> bool:
    if a.row.predicate == b.row.predicate == "valuation" and not a.articles & b.articles:
        return a.about.variants == b.about.variants  # a company has one, whatever it was told on occasion of
    if a.about.words == b.about.words and a.about.variants == b.about.variants:
        return True
    if any(one.words for one in a.descriptions & b.descriptions):
        return like(a.about, b.about, same_language=a.language == b.language) is not Likeness.DIFFERENT
    if a.language == b.language or a.articles & b.articles or not (a.about.words and b.about.words):
        return False
    if like(a.about, b.about, same_language=False) is not Likeness.SAME:
        return False
    return shared(a.about.words, b.about.words, same_language=False) >= 1  # "in France" is not "en Belgique"


def _per(side: Side) -> str | None:
    return side.row.value.per if side.row.value is not None else None


def _comparable(a: Side, b: Side) -> bool:
    """Whether two figures are near enough to be two measures of one thing rather than measures of two.

    Two sources that an article sets against each other may be any distance apart.
    """
    return _ratio(a, b) <= ORDER_OF_MAGNITUDE or _disputed(a, b)


def _disputed(a: Side, b: Side) -> bool:
    """Whether one article gives both, each as another's word."""
    said = a.row.attribution, b.row.attribution
    return None not in said and said[0] != said[1] and bool(a.articles & b.articles)


def _ratio(a: Side, b: Side) -> float:
    """How many times the smaller of two figures the greater one is; 1 without a common unit, infinite across signs."""
    found = 1.0
    for unit in a.cluster.intervals.keys() & b.cluster.intervals.keys():
        left, right = a.cluster.intervals[unit], b.cluster.intervals[unit]
        if (left.high > 0) != (right.high > 0):
            return math.inf
        small, great = sorted(abs(interval.low + interval.high) for interval in (left, right))
        found = max(found, great / small if small else math.inf)
    return found


def _same_time(a: Side, b: Side) -> bool:
    """Whether two figures are of one time, or of a thing that has but one at a time."""
    periodic = bool({a.row.predicate, b.row.predicate} & PERIODIC)
    if a.period is not None and b.period is not None:
        if a.period.meet(b.period) is not None:
            return not periodic or 2 * min(a.period.days, b.period.days) > 1.5 * max(a.period.days, b.period.days)
        return not periodic and not {a.row.predicate, b.row.predicate} & EVENTS
    if periodic and (a.dated or b.dated):
        # What is planned for a year, and what the plan has become since.
        return _STEPS[a.row.modality] != _STEPS[b.row.modality] and (_follows(a, b) or _follows(b, a))
    return not periodic or _apart(a, b) <= NEWS_DAYS or {a.row.predicate, b.row.predicate} <= STANDING


def _moved(a: Side, b: Side) -> Side | None:
    """The side that the other one says it starts from: "passe de 66 à 74,3 MW"."""
    for side, other in ((a, b), (b, a)):
        left, right = side.row.value, other.row.value
        if left is not None and right is not None and right.from_ is not None and right.from_ == left.number:
            return side
    return None


def _told_at_once(a: Side, b: Side) -> Side | None:
    """What two figures or dates are to each other that one article gives, without a word that tells them apart.

    Who writes both knows both. Two figures that differ by little, far from each other, are one thing told twice;
    others are of two things the words do not name. Two days on which something began are of two beginnings, the works
    and the opening. Of two dates that one person plans in one sentence the later one is what the plan has become.
    """
    if a.row.value is None:
        if a.row.attribution == b.row.attribution and {a.row.modality, b.row.modality} == {"asserted"}:
            return None
        if a.row.attribution != b.row.attribution or a.row.modality != b.row.modality or not a.sentences & b.sentences:
            return _BOTH
        assert a.period is not None and b.period is not None
        return a if a.period.first < b.period.first else b
    if _disputed(a, b):
        return _BOTH
    far = not a.sentences & b.sentences
    return _BOTH if far and _ratio(a, b) <= TOLD_TWICE and _STEPS[a.row.modality] == _STEPS[b.row.modality] else None


def _dropped(a: Side, b: Side) -> Side | None:
    """The plan that what happened, or the next plan, has replaced; None when it does not show."""
    left, right = _STEPS[a.row.modality], _STEPS[b.row.modality]
    if left == right or (0 not in (left, right) and a.row.predicate not in DATED):
        return None
    return a if left < right else b


# A dropped plan comes before the plan that replaces it, and a plan before what happened.
_STEPS: dict[Modality, int] = {"negated": 0, "conditional": 1, "planned": 1, "asserted": 2}


def _earlier(a: Side, b: Side) -> Side | None:
    """The side whose time is past where the other's is not; None when both speak of one moment."""
    if a.row.value is not None:
        if a.period is not None and b.period is not None and a.period.meet(b.period) is None:
            first, second = (a, b) if a.period.last < b.period.first else (b, a)
            assert first.period is not None and second.period is not None
            return first if second.period.first - first.period.last > SAME_MOMENT_DAYS else None
        for side, other in ((a, b), (b, a)):
            if other.period is None and _told_as_past(side):
                return side
        if a.period is not None and b.period is not None and a.row.predicate in PERIODIC:
            return None  # two figures for one stretch of time, however late the second comes
    if a.row.predicate in EVENTS and a.row.value is not None and not a.articles & b.articles:
        return None  # what a deal that was struck came to does not change: one of them is wrong
    if not a.about.words and _nearly(a, b):
        return None
    return next((early for early, late in ((a, b), (b, a)) if _follows(late, early)), None)


def _told_as_past(side: Side) -> bool:
    past = PAST_WORTH_DAYS if side.row.predicate == "valuation" else PAST_DAYS
    return side.period is not None and side.published is not None and side.published[0] - side.period.last > past


def _apart(a: Side, b: Side) -> int:
    """Days between the last publication of one and the first of the other; 0 when they interleave or are unknown."""
    if a.published is None or b.published is None:
        return 0
    return max(0, b.published[0] - a.published[1], a.published[0] - b.published[1])
