"""Firms told by a common noun and where they are: "le développeur nantais", "l'entreprise de Villeurbanne"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from faits.lexicons.frames import demonyms
from faits.lexicons.naming import phrases
from faits.model import EntityType, EntityValue, Lang, Mention
from faits.stages.linking.referents import Referents
from faits.stages.linking.scene import Scene

_ORG: frozenset[EntityType] = frozenset({"ORG"})
_WORDS_BACK, _WORDS_ON = 5, 3
_NEAR_SENTENCES = 3
_DET = {
    "fr": re.compile(r"(?:\ble |\bla |\bl'|\bdu |\bau |\bcette |\bce |\bcet )((?:[\w'-]+ )*)$"),
    "en": re.compile(r"\bthe ((?:[\w'-]+ )*)$"),
}
_ON = re.compile(r"^(?:-based)?((?:'s)?(?: [a-z][\w-]*){1,3})")


def described_places(scene: Scene, referents: Referents) -> Iterator[tuple[EntityValue, Mention | str, int, int]]:
    """Each organisation that a description with a place in it points to: the organisation, its place, the span."""
    if scene.lang == "fr":
        for one in demonyms("fr").find(scene.folded):
            noun = _noun_before(scene, one.start)
            if noun is not None and not _named_after(scene, one.end):
                yield from _pointed(scene, referents, noun, one.end, one.row.place)
    for m in scene.entities:
        if not isinstance(m.value, EntityValue) or m.value.type != "PLACE":
            continue
        if scene.lang == "fr":
            of = re.search(r"(?: de | d'| du )$", scene.folded[max(0, m.start - 4) : m.start])
            noun = _noun_before(scene, m.start - len(of.group()) + 1) if of else None
            if noun is not None and not _named_after(scene, m.end):
                yield from _pointed(scene, referents, noun, m.end, m)
        elif (span := _noun_after(scene, m)) is not None:
            yield from _pointed(scene, referents, span[0], span[1], m)


def _noun_before(scene: Scene, end: int) -> int | None:
    """Where "le développeur" begins, for an adjective or a complement at `end`; None for another noun."""
    match = _DET["fr"].search(scene.folded[max(0, end - 45) : end])
    if match is None:
        return None
    words = match[1].split()
    if not words or len(words) > _WORDS_BACK - 1 or words[0] not in firm_nouns("fr"):
        return None
    return max(0, end - 45) + match.start()


def _noun_after(scene: Scene, m: Mention) -> tuple[int, int] | None:
    """The span of "the Piraeus-based group", "the Derby engine repairer" around a place; None for another noun."""
    before = _DET["en"].search(scene.folded[max(0, m.start - 12) : m.start])
    after = _ON.match(scene.folded[m.end : m.end + 40])
    if before is None or before[1] or after is None:
        return None
    words = after[1].removeprefix("'s").split()
    for n, word in enumerate(words, 1):
        if word in firm_nouns("en") or word.endswith(_MAKERS):
            end = m.end + after.start(1) + after[1].index(word) + len(word)
            return None if _named_after(scene, end) else (m.start - 4, end)
        if n == _WORDS_ON:
            break
    return None


_MAKERS = ("maker", "builder", "producer", "repairer", "seller", "provider")


def _named_after(scene: Scene, end: int) -> bool:
    """Whether a name stands right behind: the description only introduces it."""
    near = scene.entities_in(end, end + 30)
    gap = scene.text[end : near[0].start] if near else "."
    return re.fullmatch(r"\s*(?:de [\w-]+ |d['’][\w-]+ )?,?\s*", gap) is not None


def _pointed(
    scene: Scene, referents: Referents, start: int, end: int, place: Mention | str
) -> Iterator[tuple[EntityValue, Mention | str, int, int]]:
    value = _meant(scene, referents, start, end)
    if value is not None:
        yield value, place, start, end


def _meant(scene: Scene, referents: Referents, start: int, end: int) -> EntityValue | None:
    """The organisation a description means, where that is beyond doubt: one that few others compete with."""
    for a, b, told in scene.descriptions:
        if a < end and start < b and told.type == "ORG":
            return told
    nouns = {noun for noun in _nouns(scene, start, end) if noun not in _ANY_FIRM}
    for one in dict.fromkeys(referents.spoken_of(0, start)):
        if one.type == "ORG" and nouns & _called(scene, one, start):
            return one
    value = referents.firm_at(start)
    if value is not None and nouns and _called(scene, value, start):
        return None  # "l'armateur marseillais" is no newspaper
    if value is None or all(one.id != value.id for one in referents.spoken_of(0, start)):
        return None
    if _is_general(scene, start, end) and scene.in_title(value.id) and value.id == _first_firm(scene):
        return value
    others = [scene.frequency(one.id) for one in scene.ranked_topics if one.type == "ORG" and one.id != value.id]
    return value if scene.frequency(value.id) >= _TIMES * max(others, default=0.0) else None


_TIMES = 1.5


def _nouns(scene: Scene, start: int, end: int) -> list[str]:
    return [word for word in re.findall(r"[\w-]+", scene.folded[start:end]) if word in firm_nouns(scene.lang)]


def _is_general(scene: Scene, start: int, end: int) -> bool:
    """Whether a description only says "the firm": of any firm it can be said."""
    nouns = _nouns(scene, start, end)
    return bool(nouns) and all(noun in _ANY_FIRM for noun in nouns)


def _called(scene: Scene, value: EntityValue, until: int) -> set[str]:
    """The nouns right beside its name that the text has told an organisation by."""
    found: set[str] = set()
    for m in scene.entities_in(0, until):
        if isinstance(m.value, EntityValue) and m.value.id == value.id:
            before = _BEFORE.search(scene.folded[max(0, m.start - 40) : m.start])
            after = _AFTER.match(scene.folded[m.end : m.end + 40])
            words = " ".join(match[0] for match in (before, after) if match is not None)
            found.update(word for word in re.findall(r"[\w-]+", words) if word in firm_nouns(scene.lang))
    return found - _ANY_FIRM


_BEFORE = re.compile(r"[\w-]+(?:\s[\w'-]+){0,3}\s*,?\s$")
_AFTER = re.compile(r",\s(?:le |la |l'|une? |the |an? )?(?:[\w-]+\s?){1,3}")


def _first_firm(scene: Scene) -> str | None:
    return next((one.id for one in scene.ranked_topics if one.type == "ORG"), None)


_ANY_FIRM = frozenset({"groupe", "entreprise", "societe", "compagnie", "firme", "company", "firm", "group", "business"})


@cache
def firm_nouns(lang: Lang) -> frozenset[str]:
    """The common nouns of firms and other bodies, folded."""
    from faits.lexicons.predicates import fold

    words = phrases(lang, "described_org").single | phrases(lang, "trade").single | phrases(lang, "org_head").single
    return frozenset(fold(word) for word in words)
