"""What another article makes of a figure, where an article leaves open whom it is about.

"Les estimations évoquent une consommation de 5 gigawatts" leaves the linker between two names of its article; another
that says "Stargate demandera 5 GW" settles it. Only parties that the article itself speaks of are ever taken, and only
for one and the same figure: what an article says clearly is never changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from faits.model import Claim, Party, Predicate
from faits.stages.merging.comparing import LOOSE, periods_agree
from faits.stages.merging.counting import origin
from faits.stages.merging.measuring import Figure, Period, digits, identical, open_period

K = TypeVar("K", bound=Hashable)

# From this share on an article is taken to have said whom it means.
CLEAR = 0.6
# How much two articles together must say more for another party than one says for its own.
MARGIN = 0.25
# A bare number is shared by chance; with so many digits it hardly is.
TELLING_DIGITS = 3
# A figure that so many passages give tells nothing of whom it is about, and comparing them all would cost too much.
TOO_COMMON = 64


@dataclass(frozen=True, slots=True)
class Told:
    """What of a claim decides here: its figure, and the parties it may be about with their shares, likeliest first."""

    article: str
    figure: str  # the same for claims worth comparing
    predicate: Predicate
    value: Figure
    period: Period | None
    rivals: tuple[tuple[str, float], ...]  # ids, empty for a party that has none

    @property
    def doubtful(self) -> bool:
        """Whether its article leaves open whom it is about."""
        return self.rivals[0][1] < CLEAR


def told(claim: Claim) -> Told | None:
    """What of a claim decides here; None where its figure does not tell one thing from another."""
    value = claim.value
    if value is None or value.number is None or not claim.rivals:
        return None
    if value.unit == "1" and digits(value) < TELLING_DIGITS:
        return None
    figure = f"{value.kind} {value.unit} {value.per} {value.number:.6g}"
    rivals = tuple((rival.party.id or "", rival.share) for rival in claim.rivals)
    same = Figure(value.unit, value.number, value.low, value.high)
    return Told(claim.article, figure, claim.predicate, same, open_period(claim.time), rivals)


def corroborated(claims: Iterable[Claim], copies: Mapping[str, str]) -> list[Claim]:
    """The claims, each in doubt about its subject with the one that other articles give to the same figure.

    Every decision is taken on what the articles say by themselves, so that it depends on no order; a near-duplicate
    (`copies`) is no other article. The rivals of all claims are dropped: they have done their work.
    """
    given = list(claims)
    asked = {number: one for number, claim in enumerate(given) if (one := told(claim)) is not None}
    chosen = decided(asked, copies)
    return [settled(claim, chosen.get(number)) for number, claim in enumerate(given)]


def decided(asked: Mapping[K, Told], copies: Mapping[str, str]) -> dict[K, int]:
    """For each claim that other articles give another subject, which of its rivals that is."""
    groups: dict[str, list[tuple[K, Told]]] = defaultdict(list)
    for key, one in asked.items():
        groups[one.figure].append((key, one))
    found: dict[K, int] = {}
    for group in groups.values():
        if 2 <= len(group) <= TOO_COMMON:
            together = [one for _, one in group]
            for key, one in group:
                if one.doubtful and (rival := _chosen(one, together, copies)):
                    found[key] = rival
    return found


def settled(claim: Claim, rival: int | None) -> Claim:
    """The claim without its rivals, about one of them where that was decided."""
    if not claim.rivals:
        return claim
    bare = claim.model_copy(update={"rivals": ()})
    return bare if rival is None else _about(bare, claim.rivals[rival].party)


def _chosen(one: Told, group: list[Told], copies: Mapping[str, str]) -> int:
    """Which of the rivals others speak for clearly enough; 0, the article's own, when none."""
    support = _support(one, group, copies)
    weights = [share + support.get(party, 0.0) for party, share in one.rivals]
    others = [n for n, (party, _) in enumerate(one.rivals) if n and party in support]
    best = max(others, key=lambda n: (weights[n], one.rivals[n][0]), default=0)
    return best if weights[best] >= weights[0] + MARGIN else 0


def _support(one: Told, group: list[Told], copies: Mapping[str, str]) -> dict[str, float]:
    """How clearly other articles give the figure to a party, the clearest of each article, added up by party."""
    by_article: dict[tuple[str, str], float] = defaultdict(float)
    own = origin(one.article, copies)
    for other in group:
        article = origin(other.article, copies)
        party, share = other.rivals[0]
        if article == own or not party or not _comparable(one, other):
            continue
        by_article[party, article] = max(by_article[party, article], share)
    found: dict[str, float] = defaultdict(float)
    for (party, _), share in sorted(by_article.items(), key=repr):
        found[party] += share
    return found


def _comparable(a: Told, b: Told) -> bool:
    """Whether two claims can be two tellings of one fact, their subjects aside."""
    if not identical(a.value, b.value):
        return False
    predicates = {a.predicate, b.predicate}
    if len(predicates) > 1 and not any(predicates <= family for family in LOOSE):
        return False
    return periods_agree(a.period, b.period, dated=False)


def _about(claim: Claim, subject: Party) -> Claim:
    """The claim with another subject, which is then no object of it."""
    same = claim.object is not None and claim.object.id == subject.id
    rule = f"subject: “{subject.name}”, to whom other articles give this figure; not clear from this one"
    rules = tuple(rule if one.startswith("subject: ") else one for one in claim.rules)
    return claim.model_copy(update={"subject": subject, "object": None if same else claim.object, "rules": rules})
