"""Who says so."""

from __future__ import annotations

import re

from faits.model import EntityValue
from faits.stages.linking.scene import Scene, Sentence

_QUIET = re.compile(r"^(?:\s*[,»”\"]|\s*que\b|\s*qu['’]|\s*that\b|\s*:)")
_PAUSE = re.compile(r"[,;:.!?«»“”\n]")
_PHRASE = re.compile(r"\s*([^,;:.()«»\"”\n]{3,70})")


def attribution_of(scene: Scene, start: int, sentence: Sentence, publisher: str | None) -> tuple[str | None, str]:
    """The name of who says what stands at `start`, and the word that shows it; the newspaper itself is nobody."""
    for cue in scene.speakers.between(sentence.start, sentence.end):
        if start <= cue.start < start + 1:
            continue
        if cue.row.place == "before":
            name = _after(scene, cue.start, cue.end, sentence)
        else:
            name = _around(scene, cue.start, cue.end, sentence)
        if name is not None and name != publisher:
            return name, f"“{scene.text[cue.start : cue.end]}”"
    return None, "no speaker"


def speakers(scene: Scene, sentence: Sentence) -> frozenset[str]:
    """The names a sentence only cites as its sources ("selon X", "d'après X"): it is not about them."""
    cited = (
        _after(scene, cue.start, cue.end, sentence)
        for cue in scene.speakers.between(sentence.start, sentence.end)
        if cue.row.place == "before"
    )
    return frozenset(name for name in cited if name is not None)


# What can say something: a product, a place or a project is spoken of.
_SPEAKERS = frozenset({"ORG", "PERSON", "EVENT"})


def _after(scene: Scene, start: int, offset: int, sentence: Sentence) -> str | None:
    """The speaker a preposition names: "selon X", and "pour X, …" at the head of a sentence."""
    aims = scene.folded[start:offset].strip() in {"pour", "for"}
    for m in scene.entities_in(offset, offset + 40):
        if scene.words_between(offset, m.start) > 4 or _PAUSE.search(scene.text, offset, m.start):
            break
        if not isinstance(m.value, EntityValue) or m.value.type not in _SPEAKERS:
            continue
        heads = start - sentence.start < 3 and scene.text[m.end : m.end + 1] == ","
        return m.value.name if heads or not aims else None
    if aims:
        return None
    phrase = _PHRASE.match(scene.text, offset)
    words = phrase[1].strip().split() if phrase else []
    if not 1 <= len(words) <= 9:
        return None
    return " ".join(words)


def _around(scene: Scene, start: int, end: int, sentence: Sentence) -> str | None:
    """The speaker of a verb: before it ("X estime que"), or after it in an aside (", estime X")."""
    aside = scene.text[max(0, start - 3) : start].rstrip()[-1:] in {",", "»", "”", '"', "-", "–"}
    for m in scene.entities_in(end, min(sentence.end, end + 60)):
        if (
            aside
            and scene.words_between(end, m.start) <= 5
            and isinstance(m.value, EntityValue)
            and m.value.type in _SPEAKERS
        ):
            return m.value.name
    if not _QUIET.match(scene.text[end : end + 8]) and not (scene.lang == "en" and aside):
        return None
    before = [m for m in scene.entities_in(sentence.start, start) if scene.words_between(m.end, start) <= 4]
    if before and isinstance(before[-1].value, EntityValue) and before[-1].value.type in _SPEAKERS:
        return before[-1].value.name
    return None
