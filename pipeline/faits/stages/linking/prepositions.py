"""Which preposition governs a place of a text, in the classes the linker knows."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from faits.stages.linking.scene import Scene

_PREPOSITION = re.compile(
    r"(?:\b(de|du|des|d['’]|à|au|aux|par|avec|chez|pour|dans|en|sur|contre|selon|entre|auprès|via"
    r"|of|by|with|at|in|into|to|from|for|against|on|under|near)(?:\s+|(?<=['’])))"
    r"(?:(?:le|la|les|the|its|their|son|sa|leur|un|une|a|an)\s+|l['’])?(?:[\w'’-]+\s+){0,2}?$"
)
_PREPOSITION_DIRECT = re.compile(
    r"(?:\b(de|du|des|d['’]|à|au|aux|par|avec|chez|pour|dans|en|sur|contre|selon|entre|auprès|via"
    r"|of|by|with|at|in|into|to|from|for|against|on|under|near)(?:\s+|(?<=['’])))"
    r"(?:(?:le|la|les|the|its|their|son|sa|leur)\s+|l['’])?$"
)
_CLASS = {
    "de": "of", "du": "of", "des": "of", "d'": "of", "d’": "of", "of": "of", "à": "to", "au": "to", "aux": "to",
    "to": "to", "par": "by", "by": "by", "avec": "with", "with": "with", "chez": "at", "at": "at", "pour": "for",
    "for": "for", "dans": "in", "en": "in", "in": "in", "into": "in", "sur": "in", "on": "in", "near": "in",
    "under": "in", "contre": "against", "against": "against", "selon": "says", "entre": "between", "auprès": "from",
    "via": "in", "from": "from",
}  # fmt: skip
_FRAME = {
    "de": "of", "du": "of", "des": "of", "of": "of", "a": "to", "au": "to", "aux": "to", "to": "to", "a la": "to",
    "par": "by", "by": "by", "avec": "with", "with": "with", "chez": "at", "at": "at", "pour": "for", "for": "for",
    "dans": "in", "en": "in", "in": "in", "into": "in", "sur": "in", "on": "in", "contre": "against",
    "against": "against", "entre": "between", "between": "between", "aupres": "from", "aupres de": "from",
    "from": "from", "near": "in", "pres de": "in", "off": "in", "outside": "in",
}  # fmt: skip


@lru_cache(maxsize=4096)
def preposition(before: str) -> tuple[str | None, bool]:
    """The class of the preposition that governs what follows `before`, and whether it stands right there."""
    if match := _PREPOSITION_DIRECT.search(before):
        return _CLASS[match[1]], True
    if match := _PREPOSITION.search(before):
        return _CLASS[match[1]], False
    return None, False


def preposition_at(scene: Scene, offset: int) -> tuple[str | None, bool]:
    """The class of the preposition that governs what starts at `offset`."""
    return preposition(scene.text[max(0, offset - 40) : offset].lower())


@cache
def frame(prepositions: tuple[str, ...]) -> frozenset[str]:
    """The classes of the prepositions a trigger names."""
    return frozenset(_FRAME[p] for p in prepositions if p in _FRAME)
