"""Places that are told with the wider place they are in: "Escaudain (Nord)", "Sedan, a town in the Ardennes"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from faits.lexicons.frames import settlements
from faits.model import EntityValue, Mention
from faits.stages.linking.referents import party_of
from faits.stages.linking.roles import Told
from faits.stages.linking.scene import Scene


def nested(scene: Scene) -> Iterator[Told]:
    """A place and the wider one that it is told to be in: "Escaudain (Nord)", "Tempe, Arizona", "a town in Essex"."""
    for n, (one, wider) in enumerate(pairwise(scene.entities)):
        if not _is_place(one) or not _is_place(wider) or one.text[:1].islower() or one.value == wider.value:
            continue
        gap = scene.text[one.end : wider.start]
        if gap == ", " and (scene.lang == "fr" or _listed(scene, n)):
            continue  # "London, Paris and Berlin"
        said = _TOWN_IN[scene.lang].match(gap)
        if _WITHIN[scene.lang].match(gap) or (said and set(said["what"].lower().split()) & settlements(scene.lang)):
            assert isinstance(one.value, EntityValue) and isinstance(wider.value, EntityValue)
            rule = "the wider place behind it"
            yield "location", party_of(one.value), party_of(wider.value), one.start, wider.end, 0.5, rule, None


def _listed(scene: Scene, n: int) -> bool:
    """Whether entities `n` and `n + 1` are two of several places in a row, with nothing to say which holds which."""
    around = scene.entities[max(0, n - 1) : n + 3]
    beside = ((a, b) for a, b in pairwise(around) if (a, b) != (scene.entities[n], scene.entities[n + 1]))
    return any(_is_place(a) and _is_place(b) and _IN_ROW.match(scene.text[a.end : b.start]) for a, b in beside)


_IN_ROW = re.compile(r"^,?\s*(?:and|or|,)?\s*$")
_WITHIN = {
    "fr": re.compile(r"^(?:,? (?:dans|en|au|aux) (?:le |la |les |l['’])?| \()$"),
    "en": re.compile(r"^(?:,? in (?:the )?| \(|, )$"),
}
_TOWN_IN = {
    "fr": re.compile(
        r"^, (?:une? |la |le |l['’])?(?P<what>(?:[\w'’-]+ ){1,7}?)"
        r"(?:dans |en |au |aux |de |du |des |d['’])(?:le |la |les |l['’])?$"
    ),
    "en": re.compile(r"^, (?:an? |the )?(?P<what>(?:[\w,'’-]+ ){1,7}?)(?:in |of )(?:the )?$"),
}


def _is_place(m: Mention) -> bool:
    return isinstance(m.value, EntityValue) and m.value.type == "PLACE"
