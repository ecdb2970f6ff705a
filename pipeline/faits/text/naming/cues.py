"""What speaks for a type: the words around a name ("la start-up X", "X, PDG de Y"), and the words it is made of."""

from __future__ import annotations

import re

from faits.lexicons.naming import Group, given_names, phrases
from faits.model import EntityType, Lang
from faits.text.naming.after import right_after
from faits.text.naming.before import head_before, right_before
from faits.text.naming.ground import Candidate, Ground

_CAMEL = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]{2}")
_PLACELIKE = re.compile(
    r"(?:-(?:sur|sous|lès|lez|les|en|le|la|de|du|aux|upon|on)-|^(?:saint|sainte|st|port|mont|châtillon|villers)-"
    r"|(?:ville|bourg|burgh|court|shire|grad|stan|land|ton|ham|heim|dorf)\Z)"
)
_NUMBERED = re.compile(r"[A-Za-z-]{1,6}-?\d{1,4}[A-Za-z]{0,3}\Z")


def weigh(ground: Ground, one: Candidate) -> None:
    """Add to a candidate all the evidence there is at its place."""
    if not one.described:
        _shape(ground, one)
        head_before(ground, one)
    if one.first in ground.strange:
        one.standing += 1
    right_before(ground, one)
    right_after(ground, one)


def _shape(ground: Ground, one: Candidate) -> None:
    """What the name itself says: its given name, its last word, its capitals."""
    words = ground.words
    norms = words.norms[one.first : one.end]
    written = words.written[one.first]
    several = len(norms) > 1
    if norms[0].split("-")[0] in given_names() or norms[0] in given_names():
        one.vote("PERSON", 3.0 if several else 1.2)
    elif len(written) == 1 and len(norms) == 2 and norms[1] not in phrases(ground.lang, "org_tail"):
        one.vote("PERSON", 1.5)
    if "&" in norms:
        one.vote("ORG", 2.0)
    if not several:
        _single(one, written)
        return
    _composed(ground, one, norms)
    _mixed(one, words.written[one.first : one.end])


def _composed(ground: Ground, one: Candidate, norms: list[str]) -> None:
    """What the first, the last and the middle words of a name of several say."""
    lang = ground.lang
    for group, kind, weight in _ENDINGS:
        if norms[-1] in phrases(lang, group) or norms[-1] in phrases(_OTHER[lang], group):
            one.vote(kind, weight)
            if kind == "ORG":
                one.vote("PERSON", -2.0)  # "Océane Énergies", whoever bears the first name
    for group, kind, weight in _BEGINNINGS:
        if norms[0] in phrases(lang, group):
            one.vote(kind, weight)
    if norms[0] in _ARTICLES[lang] and not ground.words.opening[one.first]:
        one.vote("ORG", 1.5)  # papers and broadcasters: "Le Progrès", "The Lantern"; towns have a "à" to tell
        one.vote("PERSON", -2.0)
    if any(n in phrases(lang, "particle") or n in phrases(lang, "inner_particle") for n in norms[1:-1]):
        one.vote("PERSON", 1.5 if norms[0].split("-")[0] in given_names() else 0.5)
    if len(norms) == 2 and ground.is_place(one.first) and norms[0] not in given_names():
        one.vote("ORG", 1.0)  # "Stockholm Exergi"
        one.vote("PERSON", -1.0)
    if norms[-1].isdigit():
        one.vote("PRODUCT", 1.0)
        one.vote("PROJECT", 1.0)


def _mixed(one: Candidate, written: list[str]) -> None:
    """Capitals among words, letters with digits: "Santander UK", "BAE Systems", "Airbus A320neo"."""
    spelled = [w for w in written if w.isalpha() and len(w) > 1]
    if any(w.isupper() for w in spelled) and not all(w.isupper() for w in spelled):
        one.vote("ORG", 0.8)
        one.vote("PERSON", -1.5)
    if any(c.isdigit() for c in written[-1]) and not written[-1].isdigit():
        one.vote("PRODUCT", 2.0)


_OTHER: dict[Lang, Lang] = {"fr": "en", "en": "fr"}
_ARTICLES = {"fr": frozenset({"la", "le", "les", "l'"}), "en": frozenset({"the"})}
_ENDINGS: tuple[tuple[Group, EntityType, float], ...] = (
    ("org_tail", "ORG", 3.5), ("legal_form", "ORG", 4.0), ("institution", "ORG", 3.5), ("place_tail", "PLACE", 3.0),
    ("project_tail", "PROJECT", 3.0), ("event_tail", "EVENT", 3.0), ("product_tail", "PRODUCT", 2.5),
)  # fmt: skip
_BEGINNINGS: tuple[tuple[Group, EntityType, float], ...] = (
    ("org_first", "ORG", 3.5), ("place_first", "PLACE", 3.0), ("event_first", "EVENT", 3.0),
    ("institution", "ORG", 3.5),
    ("project_head", "PROJECT", 3.0), ("site_head", "PROJECT", 3.0),
)  # fmt: skip


def _single(one: Candidate, written: str) -> None:
    if _CAMEL.search(written):
        one.vote("ORG", 1.5)
        one.standing += 2
    elif _NUMBERED.match(written):
        one.vote("PRODUCT", 1.5)
        one.standing += 1
    elif written.isupper() and 2 <= len(written) <= 6:
        one.vote("ORG", 1.5)
        one.standing += 1
    if _PLACELIKE.search(written.lower()):
        one.vote("PLACE", 1.4)
