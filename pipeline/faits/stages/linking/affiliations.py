"""People told by whom they are with alone: "Priya Raman of Steelwatch", "Yves Marignan, du cabinet Norrsken"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from faits.model import EntityValue, Party
from faits.stages.linking.referents import party_of
from faits.stages.linking.scene import Scene

# person, function or organisation, start, end, rule
With = tuple[Party, Party, int, int, str]

_WITH = {
    "fr": re.compile(
        r"^(?:,\s+(?:de |d['’]|du |de la |de l['’]|chez |pour |qui \w+ .{3,24} pour )(?:le |la |l['’])?"
        r"|\s+(?:du |de la |de l['’]|chez )(?=[a-zà-ÿ]))(?:[a-zà-ÿ-]+ ){0,3}$"
    ),
    "en": re.compile(r"^,?\s+(?:of|from|at|with)\s+(?:the )?(?:[a-z][a-z-]* ){0,3}$"),
}
# Whom one was with before: "formerly of Capio", "un ancien de DeepMind".
_FORMERLY = {
    "fr": re.compile(
        r"^,\s+(?:une? )?(?P<told>ancien(?:ne)? (?:(?:cadre|salariée?|élève|patron|dirigeante?) )?d(?:e |['’]|u ))$"
    ),
    "en": re.compile(r"^,\s+(?P<told>(?:formerly (?:of|at|with)|(?:a )?veteran of|late of|previously (?:at|with)) )$"),
}
_REACH = 60


def affiliations(scene: Scene, told: Sequence[tuple[int, int]]) -> Iterator[With]:
    """Each person with the organisation right after her name; who stands in a span `told` has a function there."""
    for m in scene.entities:
        if not isinstance(m.value, EntityValue) or m.value.type != "PERSON":
            continue
        if any(start <= m.start and m.end <= end for start, end in told):
            continue
        after = scene.entities_in(m.end, min(m.end + _REACH, scene.sentence_at(m.start).end))
        organisation = after[0].value if after else None
        if not isinstance(organisation, EntityValue) or organisation.type != "ORG":
            continue
        gap = scene.text[m.end : after[0].start]
        person = party_of(m.value)
        if _WITH[scene.lang].match(gap):
            yield person, party_of(organisation), m.start, after[0].end, "whom the person is with"
        elif (former := _FORMERLY[scene.lang].match(gap)) is not None:
            name = former["told"].replace("’", "'") + after[0].text
            yield person, Party(id=None, name=name, type=None), m.start, after[0].end, "whom the person was with"
