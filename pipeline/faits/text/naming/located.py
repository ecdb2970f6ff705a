"""Towns that an adjective places a company in ("l'hébergeur lillois")."""

from __future__ import annotations

from faits.lexicons.names import Gazetteer
from faits.lexicons.naming import Group, phrases
from faits.text.naming.ground import Candidate, Ground

_REACH = 5


def located(ground: Ground, found: list[Candidate], gazetteer: Gazetteer) -> list[Candidate]:
    """The candidates and the towns that an adjective places a company in ("l'hébergeur lillois")."""
    if not gazetteer.demonyms or ground.lang != "fr":
        return found
    words = ground.words
    taken = {i for one in found for i in range(one.first, one.end)}
    towns = []
    for at in range(1, len(words)):
        place = gazetteer.demonyms.get(words.norms[at])
        if place and at not in taken and words.written[at].islower() and _qualifies_company(ground, at):
            towns.append(Candidate(at, at + 1, known=place, capital=False, described=True, standing=2.0))
    return sorted([*found, *towns], key=lambda one: (one.first, -one.end)) if towns else found


def _qualifies_company(ground: Ground, at: int) -> bool:
    """Whether an adjective belongs to a company named by a common noun, a few words left of it."""
    words = ground.words
    for end in range(at, max(0, at - _REACH), -1):
        norm = words.norm(end - 1, at)
        if any(phrases("fr", group).ending(words.norms, end) for group in _COMPANIES):
            return True
        if not norm or not (norm[0].isalpha() and norm.islower()) or norm in _BREAKS:
            return False
    return False


_BREAKS = frozenset({"le", "la", "l'", "les", "un", "une", "et", "ou", "que", "qui", "dont", "par", "pour"})
_COMPANIES: tuple[Group, ...] = ("described_org", "org_head", "trade")
