"""Whether a person is a woman, as far as the text or her given name tells."""

from __future__ import annotations

import re

from faits.lexicons.frames import feminine
from faits.lexicons.predicates import fold
from faits.model import EntityValue, Party
from faits.stages.linking.scene import Scene

_SHE, _HE = frozenset({"elle", "she", "her"}), frozenset({"il", "he", "him", "his"})


_WOMEN = re.compile(r"\b(?:Mme|Mrs|Ms|madame)\.?\s+(?:\w+\s)?")
_MEN = re.compile(r"\b(?:M\.|Mr\.?|monsieur)\s+(?:\w+\s)?")


def _called(text: str, title: re.Pattern[str], last: str) -> bool:
    """Whether a name stands behind a title anywhere in the text, with one word between the two at most."""
    if title.search(text) is None:
        return False
    return re.search(rf"{title.pattern}{re.escape(last)}\b", text) is not None


def agrees(scene: Scene, pronoun: str, value: EntityValue) -> bool:
    """Whether a pronoun can stand for an entity: "elle" for no man, "ils" for no single person."""
    word = pronoun.lower()
    if value.type != "PERSON":
        return True
    if word in {"ils", "elles", "they", "eux", "them"}:
        return False
    return (word not in _SHE or is_woman(scene, value)) and (word not in _HE or not is_woman(scene, value))


def is_woman(scene: Scene, person: Party | EntityValue) -> bool:
    """Whether the text calls a person Mme or Ms, or her given name is that of a woman by its ending."""
    last = person.name.split()[-1]
    if _called(scene.text, _WOMEN, last):
        return True
    if _called(scene.text, _MEN, last):
        return False
    given = fold(person.name.split()[0])
    row = feminine(scene.lang)
    return given in row.also or (given.endswith(row.endings) and given not in row.never)
