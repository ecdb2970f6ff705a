"""What is somebody's by the grammar: "son parc de Penmarch", "la Type 26 de BAE", "Meta's Llama"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from faits.lexicons.predicates import fold
from faits.model import EntityType, EntityValue, Mention
from faits.stages.linking.referents import Referents, party_of
from faits.stages.linking.roles import Told
from faits.stages.linking.scene import Scene

_ITS = re.compile(
    r"\b(?:son|sa|ses|leur|leurs|its|their)\s+(?:[\w'’-]+\s+){0,4}(?:de\s|d['’]|du\s|,\s*)?"
    r"(?:baptisée?s?\s|nommée?\s|called\s|named\s|dubbed\s)?$"
)
_ONLY_NAMED = re.compile(
    r"\b(?:nom|surnom|nom de code|nom de projet|name|code name|codename|nickname)\s+(?:de |d['’])?$"
)
_HIS = re.compile(r"\b(?:son|sa|its|their|leur)\s+(?:[\w'’-]+\s+){0,3}$")
_WHOSE = re.compile(r"^,?\s+(?:dont\s+(?:le |la |l['’]|les )|whose\s+)(?:[\w'’-]+\s+){0,3}(?:de\s+|d['’])?$")
_GENITIVE = re.compile(r"^['’]s?\s+(?:[\w'’-]+\s+){0,3}$")
_THEN_ITS = re.compile(
    r"^\s*,\s+(?:son|sa|ses|its|their)\s+(?!\w*(?:concurrent|rival|partenaire|client|fournisseur))\w+"
)
_OF = re.compile(r"^\s*(?:de|d['’]|du|des|of|from|by)\s*(?:l['’]|la |le |the )?(?:[\w-]+ ){0,2}$")
_OWNERS: frozenset[EntityType] = frozenset({"ORG"})


def possessions(scene: Scene, referents: Referents) -> Iterator[Told]:
    """Projects and products with the organisation whose they are."""
    organisations = {fold(m.text): _value(m) for m in scene.entities if _type(m) == "ORG"}
    yield from _sites(scene, referents)
    for m in scene.entities:
        if _type(m) not in {"PROJECT", "PRODUCT"} or not isinstance(m.value, EntityValue):
            continue
        found = _owner(scene, referents, m, organisations)
        if found is not None and found[0].id != m.value.id:
            owner, rule, start, end = found
            yield "ownership", party_of(owner), party_of(m.value), start, end, 0.5, rule, None


def _sites(scene: Scene, referents: Referents) -> Iterator[Told]:
    """Sites without a name that are said to be somebody's: "sa principale usine, à Zwolle", "l'usine de X à Fos"."""
    for site in scene.sites:
        m, sentence = site.mention, scene.sentence_at(site.mention.start)
        owner: EntityValue | None = None
        inside = [o for o in scene.entities_in(m.end, site.place.start) if _type(o) == "ORG"]
        before = [o for o in scene.entities_in(sentence.start, m.start) if _type(o) == "ORG"]
        if inside and _OF.match(scene.text[m.end : inside[0].start].lower() or " "):
            owner = _value(inside[0])
        elif (before and _WHOSE.match(scene.text[before[-1].end : m.start].lower())) or (
            before and _GENITIVE.match(scene.text[before[-1].end : m.start])
        ):
            owner = _value(before[-1])
        elif _HIS.search(scene.text[max(0, m.start - 40) : m.start].lower()):
            owner = referents.owner(m.start, _OWNERS)
        if owner is not None:
            start, end = min(m.start, site.place.start), max(m.end, site.place.end)
            cue = (m.start, m.end)
            yield "ownership", party_of(owner), party_of(site.value), start, end, 0.5, "possessive", cue


def _owner(
    scene: Scene, referents: Referents, m: Mention, organisations: Mapping[str, EntityValue]
) -> tuple[EntityValue, str, int, int] | None:
    sentence = scene.sentence_at(m.start)
    before = [o for o in scene.entities_in(sentence.start, m.start) if _type(o) == "ORG"]
    after = scene.entities_in(m.end, min(sentence.end, m.end + 40))
    before_it = scene.text[max(0, m.start - 60) : m.start].lower()
    if _ONLY_NAMED.search(before_it):
        return None  # "son nom de code Stargate" is the name of the thing spoken of
    if _ITS.search(before_it) or _THEN_ITS.match(scene.text[m.end :][:40]):
        owner = referents.owner(m.start, _OWNERS)
        return (owner, "possessive", m.start, m.end) if owner is not None else None
    if before and _WHOSE.match(scene.text[before[-1].end : m.start].lower()):
        return _value(before[-1]), "whose it is", before[-1].start, m.end
    if before and scene.text[before[-1].end : m.start].strip() in {"'s", "’s"}:
        return _value(before[-1]), "possessive", before[-1].start, m.end
    if after and _type(after[0]) == "ORG" and _OF.match(scene.text[m.end : after[0].start].lower()):
        return _value(after[0]), "named after it", m.start, after[0].end
    called = fold(m.text)
    for name, named in organisations.items():
        if name in called and re.search(rf"(?:\bde |\bd'|\bdu |\bof ){re.escape(name)}(?!\w)", called):
            return named, "owner in its name", m.start, m.end
    return None


def _value(m: Mention) -> EntityValue:
    assert isinstance(m.value, EntityValue)
    return m.value


def _type(m: Mention) -> EntityType | None:
    return m.value.type if isinstance(m.value, EntityValue) else None
