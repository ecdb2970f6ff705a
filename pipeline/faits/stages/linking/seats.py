"""Where firms have their seats: "X a son siège à Nantes", "the headquarters of X are in Leeds"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from faits.model import EntityType, EntityValue, Mention
from faits.stages.linking.referents import Referent, Referents, party_of
from faits.stages.linking.roles import Told
from faits.stages.linking.scene import Scene

_SEAT = {
    "fr": re.compile(r"\b(?P<own>son |leur |le |du |au )?si[eè]ge(?: social| mondial| europ[ée]en)?\b", re.IGNORECASE),
    "en": re.compile(r"\b(?P<own>its |their |the )?(?:global |European )?(?:headquarters|head office|HQ)\b"),
}
_SEAT_OF = re.compile(r"^ (?:de |d['’]|du |of )(?:la |le |l['’]|the )?(?:[a-zà-ÿ-]+ ){0,2}$")
_SEAT_AT = re.compile(r"^(?:[^,.;:()«»]{0,40} )?(?:à|au|aux|in|to|at|en) (?:le |la |the )?$")
_SEAT_FROM = re.compile(r"\b(?:quitt|ferm|vend|from|left|clos|sold|depuis)")


def seats(scene: Scene, referents: Referents) -> Iterator[Told]:
    """Firms with where their seat is: "X a son siège à Nantes", "the headquarters of X are in Leeds"."""
    for seat in _SEAT[scene.lang].finditer(scene.text):
        sentence = scene.sentence_at(seat.start())
        after = scene.entities_in(seat.end(), sentence.end)
        firm, at = _whose_seat(scene, referents, seat, after)
        place = next((m for m in after if m.start >= at), None)
        if firm is None or _type(place) != "PLACE" or place is None:
            continue
        gap = scene.text[at : place.start]
        if _SEAT_AT.match(gap) and not _SEAT_FROM.search(gap):
            assert isinstance(place.value, EntityValue)
            start, end = min(seat.start(), firm.start), max(place.end, firm.end)
            yield "location", firm.party, party_of(place.value), start, end, 0.6, "where the seat is", None


def _whose_seat(
    scene: Scene, referents: Referents, seat: re.Match[str], after: list[Mention]
) -> tuple[Referent | None, int]:
    """Whose seat it is, by a name behind it, a possessive before it, or a genitive; and where its phrase ends."""
    if after and _type(after[0]) == "ORG" and _SEAT_OF.match(scene.text[seat.end() : after[0].start]):
        m = after[0]
        assert isinstance(m.value, EntityValue)
        return Referent(m.start, m.end, m.value, m.text, "name"), m.end
    if (seat["own"] or "").strip().lower() in {"son", "leur", "its", "their"}:
        value = referents.owner(seat.start(), frozenset({"ORG"}))
        found = Referent(seat.start(), seat.end(), value, seat[0], "pronoun") if value is not None else None
        return found, seat.end()
    before = scene.entities_in(max(0, seat.start() - 40), seat.start())
    if before and _type(before[-1]) == "ORG" and scene.text[before[-1].end : seat.start()] in {"'s ", "’s "}:
        m = before[-1]
        assert isinstance(m.value, EntityValue)
        return Referent(m.start, m.end, m.value, m.text, "name"), seat.end()
    return None, seat.end()


def _type(m: Mention | None) -> EntityType | None:
    return m.value.type if m is not None and isinstance(m.value, EntityValue) else None
