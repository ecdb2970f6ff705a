"""A common noun as subject, where no entity is in reach."""

from __future__ import annotations

import re

from faits.stages.linking.candidates import Anchor
from faits.stages.linking.scene import Scene

_HEAD = re.compile(r"\s*(?:[-•–*]\s*)?((?:[^\W\d_][\w'’-]*\s?){1,5})")


def noun_subject(scene: Scene, anchor: Anchor) -> str:
    """The noun phrase that opens the sentence, as written; the trigger's own words where there is none."""
    match = _HEAD.match(scene.text, anchor.sentence.start, anchor.start)
    if match and match[1].strip():
        return match[1].strip()
    if anchor.trigger is not None:
        return scene.text[anchor.trigger.start : anchor.trigger.end]
    return scene.text[anchor.start : anchor.end]
