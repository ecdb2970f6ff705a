"""The one site that a text speaks of throughout, where only the place it opens with tells which: "the plant"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from faits.lexicons.frames import general_sites, site_nouns
from faits.lexicons.predicates import fold
from faits.model import EntityValue, Mention
from faits.stages.linking.scene import Scene
from faits.stages.linking.site_names import can_be, projects

Span = tuple[int, int]

_DEFINITE = {
    "fr": re.compile(r"\b(?:le|la|l'|du|au|ce|cet|cette)\s*(?:(?:nouvelle?|futur|future)\s+)?$"),
    "en": re.compile(r"\b(?:the|this|that)\s+(?:(?:new|future|planned|proposed)\s+)?$"),
}
_ONE = {
    "fr": re.compile(r"\b(?:une?|son|sa|leur)\s+(?:[\w-]+\s+)?$"),
    "en": re.compile(r"\b(?:an?|another|its|their)\s+(?:[\w-]+\s+){0,2}$"),
}
_OF_ANOTHER = {
    "fr": re.compile(r"\s+(?:de |d['’]|du |des )(?:l[ae] |l['’])?[A-ZÉÈÎÔ]"),
    "en": re.compile(r"\s+(?:in|at|of|near) (?:the )?[A-Z]"),
}
_OPENS = {
    "fr": re.compile(r"^(?:à |au |aux |en )?$", re.IGNORECASE),
    "en": re.compile(r"^(?:at |in |near )?$", re.IGNORECASE),
}
_PARTS = re.compile(r"^\s*(?:[:.,]|\s[–—-]\s)")
_LOCATIVE = {"fr": re.compile(r"\b(?:à|au|aux|de|d['’]|du)\s?$"), "en": re.compile(r"\b(?:in|at|near|of)\s$")}
_LEAD_SENTENCES = 6
_TIMES = 2


def only_site(scene: Scene, taken: list[Span], is_small: Callable[[Mention], bool]) -> tuple[Span, Mention] | None:
    """Where the one site of a text is first told, and its place; None where several compete or none is sure."""
    place = _title(scene, is_small)
    told = _told(scene, taken, 1 if place is not None else _TIMES)
    if told is None:
        return None
    place = place or _place(scene, is_small)
    return (told, place) if place is not None else None


def _told(scene: Scene, taken: list[Span], least: int) -> Span | None:
    """The first mention of the noun by which the text keeps telling one site, that has no name and no other place."""
    known, general = projects(scene), general_sites(scene.lang)
    times: Counter[str] = Counter()
    definite: Counter[str] = Counter()
    first: dict[str, Span] = {}
    for one in site_nouns(scene.lang).find(scene.folded):
        noun = " ".join(scene.text[one.start : one.end].lower().split())
        if noun not in one.row.written or any(a < one.end and one.start < b for a, b in taken):
            continue
        before = scene.folded[max(0, one.start - 24) : one.start]
        said, new = _DEFINITE[scene.lang].search(before), _ONE[scene.lang].search(before)
        if not (said or new) or _OF_ANOTHER[scene.lang].match(scene.text[one.end : one.end + 12]):
            continue
        if any(m.end > one.start for m in scene.entities_in(max(0, one.start - 60), one.end + 2)):
            continue  # part of a name, or a name right behind it
        if any(can_be(scene, noun, value) for value in known):
            return None
        times[noun] += 1
        definite[noun] += bool(said)
        first.setdefault(noun, (one.start, one.end))
    sure = [n for n in times if times[n] >= least and definite[n]]
    sure = [n for n in sure if fold(n) not in general] or sure
    best = max(sure, key=lambda n: (times[n], -first[n][0]), default=None)
    return first[best] if best is not None else None


def _title(scene: Scene, is_small: Callable[[Mention], bool]) -> Mention | None:
    """The place that the title opens with: "Lannion : l'usine rouvrira"."""
    end = scene.sentences[0].end if scene.sentences else 0
    for m in scene.entities_in(0, end)[:1]:
        opens = is_small(m) and _OPENS[scene.lang].match(scene.text[scene.sentences[0].start : m.start])
        return m if opens and _PARTS.match(scene.text[m.end : m.end + 4]) else None
    return None


def _place(scene: Scene, is_small: Callable[[Mention], bool]) -> Mention | None:
    """The place that a text names in its first sentences, and comes back to most often."""
    lead = scene.sentences[min(_LEAD_SENTENCES, len(scene.sentences)) - 1].end
    times = Counter(m.value.id for m in scene.entities if isinstance(m.value, EntityValue) and is_small(m))
    most = max(times.values(), default=0)
    named = [m for m in scene.entities_in(0, lead) if is_small(m)]
    sure = [m for m in named if isinstance(m.value, EntityValue) and times[m.value.id] == most >= _TIMES]
    return next((m for m in sure if _is_told_of(scene, m)), None)


def _is_told_of(scene: Scene, m: Mention) -> bool:
    """Whether a sentence begins with a place, or something is there."""
    opens = scene.sentence_at(m.start).start == m.start
    return opens or _LOCATIVE[scene.lang].search(scene.text[max(0, m.start - 6) : m.start]) is not None
