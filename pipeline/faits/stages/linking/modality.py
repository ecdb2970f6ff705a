"""How a claim stands: asserted, planned, conditional, negated."""

from __future__ import annotations

import re

from faits.model import Modality
from faits.stages.linking.scene import Scene, Sentence

# French futures and conditionals are known by their endings; nouns that end alike are few and stand in _NO_VERB.
_ENDINGS = re.compile(r"\b[a-z']*[a-z]{2}(?:(r)(?:a|ont|ons)|(r)(?:ait|aient))\b")
_NO_VERB = frozenset(
    [
        "abstrait",
        "affront",
        "agora",
        "angora",
        "apparait",
        "assuraient",
        "assurait",
        "attirait",
        "attrait",
        "aura",
        "auront",
        "camera",
        "cobra",
        "comparait",
        "connaitrait",
        "consacrait",
        "contra",
        "contrait",
        "couvraient",
        "couvrait",
        "declaraient",
        "declarait",
        "delivrait",
        "demeurait",
        "devraient",
        "devrait",
        "disparait",
        "distrait",
        "durait",
        "entraient",
        "entrait",
        "entrerait",
        "esperaient",
        "esperait",
        "extra",
        "extrait",
        "figurait",
        "front",
        "infra",
        "jurait",
        "libera",
        "livraient",
        "livrait",
        "mesurait",
        "montraient",
        "montrait",
        "offraient",
        "offrait",
        "opera",
        "ouvraient",
        "ouvrait",
        "paiera",
        "parait",
        "portrait",
        "pourraient",
        "pourrait",
        "prepare",
        "rapporterait",
        "rencontrait",
        "reparait",
        "retirait",
        "retrait",
        "separait",
        "sera",
        "seront",
        "souffrait",
        "tiendrait",
        "tiraient",
        "tirait",
        "trais",
        "trait",
        "ultra",
    ]
)
_BREAK = re.compile(r"[;:(]|\s[–—-]\s|,(?=\s)|[»”]")
_NEGATION = re.compile(r"\bn(?:e\s|')[^,;.]{1,40}?\b(?:pas|plus|aucune?|jamais|guere)\b(?!\s+(?:moins|plus|seulement))")


def modality_of(scene: Scene, start: int, end: int, sentence: Sentence) -> tuple[Modality, str]:
    """The modality of what stands at `start`, and the word that gives it."""
    a, b = clause(scene, start, end, sentence)
    ranked = sorted(_cues(scene, a, b, start, end), key=lambda cue: (-cue[0], cue[1]))
    if ranked and ranked[0][0] > 0.2:
        return ranked[0][1], f"“{ranked[0][2]}”"
    return "asserted", "no cue"


def _cues(scene: Scene, a: int, b: int, start: int, end: int) -> list[tuple[float, Modality, str]]:
    cues: list[tuple[float, Modality, str]] = []
    for one in scene.modality.between(a, b):
        if start <= one.start < end and one.row.modality == "negated":
            continue
        distance = scene.words_between(min(one.end, start), start) + scene.words_between(end, max(one.start, end))
        cues.append((one.row.weight - 0.04 * distance, one.row.modality, scene.text[one.start : one.end]))
    if scene.lang == "fr":
        cues += _endings(scene.folded, a, b)
        denied = _NEGATION.search(scene.folded, a, b)
        # "pas avant 2029" dates a thing that will be, it does not deny it.
        if denied and not scene.folded.startswith(("avant", "moins"), denied.end() + 1):
            cues.append((1.3, "negated", scene.text[denied.start() : denied.end()]))
    return cues


def _endings(folded: str, a: int, b: int) -> list[tuple[float, Modality, str]]:
    out: list[tuple[float, Modality, str]] = []
    for match in _ENDINGS.finditer(folded, a, b):
        if match.group() in _NO_VERB or folded[match.start() - 1 : match.start()].isalnum():
            continue
        out.append((1.1, "conditional", match.group()) if match[2] else (0.9, "planned", match.group()))
    return out


def clause(scene: Scene, start: int, end: int, sentence: Sentence) -> tuple[int, int]:
    """The stretch around `text[start:end]` between marks that part one statement from the next.

    A comma parts only where a verb may stand on both sides: at least three words away from the figure.
    """
    a, b = sentence.start, sentence.end
    for mark in _BREAK.finditer(scene.text, sentence.start, start):
        if mark.group() != "," or scene.words_between(mark.end(), start) > 6:
            a = mark.end()
    for mark in _BREAK.finditer(scene.text, end, sentence.end):
        if mark.group() != "," or scene.words_between(end, mark.start()) > 1:
            b = mark.start()
            break
    return a, b
