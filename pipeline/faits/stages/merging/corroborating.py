"""What another article makes of a figure, where an article leaves open whom it is about.

"Les estimations évoquent une consommation de 5 gigawatts" leaves the linker between two names of its article; another
that says "Stargate demandera 5 GW" settles it. Only parties that the article itself speaks of are ever taken, and only
for one and the same figure: what an article says clearly is never changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from faits.model import Claim, Party, Rival
from faits.stages.merging.comparing import LOOSE, periods_agree
from faits.stages.merging.counting import origin
from faits.stages.merging.measuring import digits, identical, open_period

# From this share on an article is taken to have said whom it means.
CLEAR = 0.6
# How much two articles together must say more for another party than one says for its own.
MARGIN = 0.25
# A bare number is shared by chance; with so many digits it hardly is.
TELLING_DIGITS = 3
# A figure that so many passages give tells nothing of whom it is about, and comparing them all would cost too much.
TOO_COMMON = 64


def corroborated(claims: Iterable[Claim], copies: Mapping[str, str]) -> list[Claim]:
    """The claims, each in doubt about its subject with the one that other articles give to the same figure.

    Every decision is taken on what the articles say by themselves, so that it depends on no order; a near-duplicate
    (`copies`) is no other article. The rivals of all claims are dropped: they have done their work.
    """
    told = list(claims)
    groups: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in told:
        if (key := _figure(claim)) is not None:
            groups[key].append(claim)
    return [_settled(claim, groups.get(_figure(claim) or (), []), copies) for claim in told]


def _figure(claim: Claim) -> tuple[object, ...] | None:
    """The figure of a claim, where it tells one thing from another."""
    value = claim.value
    if value is None or value.number is None or not claim.rivals:
        return None
    if value.unit == "1" and digits(value) < TELLING_DIGITS:
        return None
    return value.kind, value.unit, value.per, f"{value.number:.6g}"


def _settled(claim: Claim, group: list[Claim], copies: Mapping[str, str]) -> Claim:
    if not claim.rivals:
        return claim
    bare = claim.model_copy(update={"rivals": ()})
    own = claim.rivals[0]
    if not 2 <= len(group) <= TOO_COMMON or own.share >= CLEAR:
        return bare
    support = _support(claim, group, copies)

    def weight(rival: Rival) -> float:
        return rival.share + support.get(rival.party.id or "", 0.0)

    others = [rival for rival in claim.rivals[1:] if (rival.party.id or "") in support]
    best = max(others, key=lambda rival: (weight(rival), rival.party.id or ""), default=None)
    return bare if best is None or weight(best) < weight(own) + MARGIN else _about(bare, best.party)


def _support(claim: Claim, group: list[Claim], copies: Mapping[str, str]) -> dict[str, float]:
    """How clearly other articles give the figure to a party, the clearest of each article, added up by party."""
    by_article: dict[tuple[str, str], float] = defaultdict(float)
    for other in group:
        article = origin(other.article, copies)
        if article == origin(claim.article, copies) or not _comparable(claim, other):
            continue
        first = other.rivals[0]
        if first.party.id is None:
            continue
        place = (first.party.id, article)
        by_article[place] = max(by_article[place], first.share)
    found: dict[str, float] = defaultdict(float)
    for (party, _), share in sorted(by_article.items(), key=repr):
        found[party] += share
    return found


def _comparable(a: Claim, b: Claim) -> bool:
    """Whether two claims can be two tellings of one fact, their subjects aside."""
    if a.value is None or b.value is None or not identical(a.value, b.value):
        return False
    predicates = {a.predicate, b.predicate}
    if len(predicates) > 1 and not any(predicates <= family for family in LOOSE):
        return False
    return periods_agree(open_period(a.time), open_period(b.time), dated=False)


def _about(claim: Claim, subject: Party) -> Claim:
    """The claim with another subject, which is then no object of it."""
    same = claim.object is not None and claim.object.id == subject.id
    rule = f"subject: “{subject.name}”, to whom other articles give this figure; not clear from this one"
    rules = tuple(rule if one.startswith("subject: ") else one for one in claim.rules)
    return claim.model_copy(update={"subject": subject, "object": None if same else claim.object, "rules": rules})
