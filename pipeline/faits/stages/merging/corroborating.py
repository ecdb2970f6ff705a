"""What another article makes of a figure, where an article leaves open whom it is about, or what it measures.

"Les estimations évoquent une consommation de 5 gigawatts" leaves the linker between two names of its article; another
that says "Stargate demandera 5 GW" settles it. "Onze milliards d'euros" beside a firm is some amount, until another
article has the firm "valued at €11bn". Only parties that the article itself speaks of are ever taken, and only for one
and the same figure: what an article says clearly is never changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from faits.model import Claim, Party, Predicate
from faits.stages.merging.comparing import LOOSE, periods_agree
from faits.stages.merging.counting import origin
from faits.stages.merging.measuring import Figure, Period, digits, identical, open_period

K = TypeVar("K", bound=Hashable)

# From this share on an article is taken to have said whom it means.
CLEAR = 0.5
# How much two articles together must say more for another party than one says for its own.
MARGIN = 0.25
# A bare number is shared by chance; with so many digits it hardly is: where only shares tell, and where another article
# is sure of its reading.
UNSURE_DIGITS = 3
TELLING_DIGITS = 2
# An article is sure of its reading from this confidence on, and surer than another by this much.
SURE = 0.45
SURER = 0.1
# What a site or a place measures and a firm does not: from the one to the other nothing is moved. An id tells the type.
PHYSICAL = ("length ", "area ", "volume ", "power ")
SITES = ("project-", "place-")
# The share that a party needs in an article to be taken because others are sure.
SPOKEN_OF = 0.1
# A figure that so many passages give tells nothing of whom it is about, and comparing them all would cost too much.
TOO_COMMON = 64


class Choice(NamedTuple):
    """What other articles decide of a claim: which of its rivals it is about, and as what, if not as its own."""

    rival: int
    predicate: Predicate | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What of a claim decides here: its figure, and the parties it may be about with their shares, likeliest first."""

    article: str
    figure: str  # the same for claims worth comparing
    predicate: Predicate
    value: Figure
    period: Period | None
    rivals: tuple[tuple[str, float], ...]  # ids, empty for a party that has none
    telling: bool  # whether its digits are so many that shares alone tell
    confidence: float | None

    @property
    def doubtful(self) -> bool:
        """Whether its article leaves open whom it is about."""
        return self.telling and self.rivals[0][1] < CLEAR

    @property
    def reading(self) -> tuple[str, Predicate]:
        """Whom its own article takes it to be about, and as what."""
        return self.rivals[0][0], self.predicate


# The claims of one figure, each with the article that its own is, or copies.
Group = Sequence[tuple[Told, str]]


def told(claim: Claim) -> Told | None:
    """What of a claim decides here; None where its figure does not tell one thing from another."""
    value = claim.value
    if value is None or value.number is None or not claim.rivals:
        return None
    shown = digits(value) if value.unit == "1" else UNSURE_DIGITS
    if shown < TELLING_DIGITS:
        return None
    figure = f"{value.kind} {value.unit} {value.per} {value.number:.6g}"
    rivals = tuple((rival.party.id or "", rival.share) for rival in claim.rivals)
    same = Figure(value.unit, value.number, value.low, value.high)
    telling = shown >= UNSURE_DIGITS
    return Told(
        claim.article, figure, claim.predicate, same, open_period(claim.time), rivals, telling, claim.confidence
    )


def corroborated(claims: Iterable[Claim], copies: Mapping[str, str]) -> list[Claim]:
    """The claims, each in doubt about its subject or predicate with what other articles say of the same figure.

    Every decision is taken on what the articles say by themselves, so that it depends on no order; a near-duplicate
    (`copies`) is no other article. The rivals of all claims are dropped: they have done their work.
    """
    given = list(claims)
    asked = {number: one for number, claim in enumerate(given) if (one := told(claim)) is not None}
    chosen = decided(asked, copies)
    return [settled(claim, chosen.get(number)) for number, claim in enumerate(given)]


def decided(asked: Mapping[K, Told], copies: Mapping[str, str]) -> dict[K, Choice]:
    """For each claim that other articles give another subject or predicate, which."""
    groups: dict[str, list[tuple[K, Told]]] = defaultdict(list)
    for key, one in asked.items():
        groups[one.figure].append((key, one))
    found: dict[K, Choice] = {}
    for group in groups.values():
        if 2 <= len(group) <= TOO_COMMON:
            together = [(one, origin(one.article, copies)) for _, one in group]
            for (key, one), (_, own) in zip(group, together, strict=True):
                choice = _surer(one, own, together) or _likelier(one, own, together)
                if choice is not None:
                    found[key] = choice
    return found


def settled(claim: Claim, choice: Choice | None) -> Claim:
    """The claim without its rivals, as others read it where that was decided."""
    if not claim.rivals:
        return claim
    bare = claim.model_copy(update={"rivals": ()})
    if choice is None:
        return bare
    told = _about(bare, claim.rivals[choice.rival].party) if choice.rival else bare
    return _as(told, choice.predicate) if choice.predicate is not None else told


def _surer(one: Told, own: str, group: Group) -> Choice | None:
    """The reading that other articles are surer of than this one is of its own, where it can be about that party."""
    if one.confidence is None:
        return None
    rivals = reversed([*enumerate(one.rivals)])
    places = {party: n for n, (party, share) in rivals if _can_be(one, party) and (not n or share >= SPOKEN_OF)}
    by_article: dict[tuple[tuple[str, Predicate], str], float] = {}
    for other, article in group:
        if article == own or not other.rivals[0][0] or other.rivals[0][0] not in places or not _one_figure(one, other):
            continue
        place = other.reading, article
        by_article[place] = max(by_article.get(place, 0.0), other.confidence or 0.0)
    said: dict[tuple[str, Predicate], list[float]] = defaultdict(list)
    for (reading, _), confidence in sorted(by_article.items()):
        said[reading].append(confidence)
    mine = one.confidence + sum(said.pop(one.reading, ()))
    best = max(said, key=lambda reading: (sum(said[reading]), reading), default=None)
    if best is None or sum(said[best]) < mine + SURER or max(said[best]) < SURE:
        return None
    return Choice(places[best[0]], best[1] if best[1] != one.predicate else None)


def _likelier(one: Told, own: str, group: Group) -> Choice | None:
    """The rival that others speak for clearly enough, where the article leaves open whom it means."""
    rival = _chosen(one, own, group) if one.doubtful else 0
    return Choice(rival) if rival else None


def _chosen(one: Told, own: str, group: Group) -> int:
    """Which of the rivals others speak for clearly enough; 0, the article's own, when none."""
    support = _support(one, own, group)
    weights = [share + support.get(party, 0.0) for party, share in one.rivals]
    others = [n for n, (party, _) in enumerate(one.rivals) if n and party in support and _can_be(one, party)]
    best = max(others, key=lambda n: (weights[n], one.rivals[n][0]), default=0)
    return best if weights[best] >= weights[0] + MARGIN else 0


def _can_be(one: Told, party: str) -> bool:
    """Whether what is told of the article's own party can be of another one."""
    physical = one.figure.startswith(PHYSICAL) and one.rivals[0][0].startswith(SITES)
    return not physical or party.startswith(SITES)


def _support(one: Told, own: str, group: Group) -> dict[str, float]:
    """How clearly other articles give the figure to a party, the clearest of each article, added up by party."""
    by_article: dict[tuple[str, str], float] = defaultdict(float)
    for other, article in group:
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
    predicates = {a.predicate, b.predicate}
    if len(predicates) > 1 and not any(predicates <= family for family in LOOSE):
        return False
    return _one_figure(a, b)


def _one_figure(a: Told, b: Told) -> bool:
    """Whether two claims can be of one figure, whatever they take it for."""
    return identical(a.value, b.value) and periods_agree(a.period, b.period, dated=False)


def _about(claim: Claim, subject: Party) -> Claim:
    """The claim with another subject, which is then no object of it."""
    same = claim.object is not None and claim.object.id == subject.id
    rule = f"subject: “{subject.name}”, to whom other articles give this figure; not clear from this one"
    rules = tuple(rule if one.startswith("subject: ") else one for one in claim.rules)
    return claim.model_copy(update={"subject": subject, "object": None if same else claim.object, "rules": rules})


def _as(claim: Claim, predicate: Predicate) -> Claim:
    """The claim with another predicate."""
    rule = f"predicate: “{predicate}”, as which other articles give this figure; not clear from this one"
    rules = tuple(rule if one.startswith("predicate: ") else one for one in claim.rules)
    return claim.model_copy(update={"predicate": predicate, "rules": rules})
