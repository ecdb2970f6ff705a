"""How a claim stands: asserted, planned, conditional, negated, by the words and verb forms that govern it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from faits.lexicons.predicates import Found, ModalityRow
from faits.lexicons.stance import asides, no_verbs
from faits.model import Lang, Modality
from faits.stages.linking.grammar import head_of, parsed
from faits.stages.linking.scene import Scene, Sentence

if TYPE_CHECKING:
    from faits.text.parse import Doc, Token

Cue = tuple[float, Modality, str, int]  # weight, what it makes a claim, its words and where they stand

# French futures and conditionals by their endings, for verbs the tagger misses; stance.toml has what ends alike.
_ENDINGS = re.compile(r"\b[a-z']*[a-z]{2}(?:(r)(?:a|ont|ons)|(r)(?:ait|aient))\b")
_BREAK = re.compile(r"[;:(]|\s[–—-]\s|,(?=\s)|[»”]")
_NEGATION = re.compile(r"\bn(?:e\s|')[^,;.]{1,40}?\b(?:pas|plus|aucune?|jamais|guere)\b(?!\s+(?:moins|plus|seulement))")
# "pas avant 2029" dates a thing that will be, "not only" asserts: neither denies.
_NOT_DENIED = (
    "avant",
    "au-dela",
    "beyond",
    "moins de",
    "plus de",
    "seulement",
    "before",
    "until",
    "only",
    "less than",
    "more than",
    "just",
)
_HAS = {"compte", "comptent", "comptait"}
_BESIDE_WORDS = 4
NOTS = {"pas", "jamais", "guère", "not", "n't", "n’t", "never"}
_SURE, _WILL, _WOULD, _NO = 0.2, 0.9, 1.1, 1.3
_STEP, _OUTSIDE = 0.12, 0.9
_CLOSED = {"acl:relcl", "parataxis"}
_BESIDE = {"aux", "aux:tense", "aux:pass", "aux:caus", "auxpass", "cop", "advmod", "mark", "neg", "det", "expl:subj"}


def modality_of(scene: Scene, start: int, end: int, sentence: Sentence) -> tuple[Modality, str]:
    """The modality of what stands at `start`, and the word that gives it."""
    doc = scene.doc
    token = head_of(doc, start, end) if doc is not None and parsed(doc) else None
    cues = _clause_cues(scene, start, end, sentence)
    if doc is not None and token is not None:
        above = governing(token)
        # Where the parse hangs the main clause on one that only concedes, that clause governs nothing all the same.
        first = _past_aside(scene, sentence.start, start)
        verbs = [cue for cue in _verb_cues(scene, above) if not sentence.start <= cue[3] < first]
        # "ne dépasse pas 6,40 euros": what the figure's own words deny is its bound.
        verbs = [cue for cue in verbs if cue[1] != "negated" or not start <= cue[3] < end]
        cues = [_weighed(doc, cue, above) for cue in cues] + verbs
    ranked = sorted(((weight, how, text) for weight, how, text, _ in cues), key=lambda cue: (-cue[0], cue[1]))
    if ranked and ranked[0][0] > _SURE:
        return ranked[0][1], f"“{ranked[0][2]}”"
    return "asserted", "no cue"


def governing(token: Token) -> dict[int, int]:
    """The tokens that bear on a token: those that govern it up to its clause, with their helpers; arcs to each."""
    found: dict[int, int] = {}
    for arcs, above in enumerate([token, *token.ancestors]):
        # "La centrale de deux réacteurs ouvrira": what a subject is made of stands as it is.
        if above.dep_.startswith("nsubj") and arcs > 1:
            break
        found.setdefault(above.i, arcs)
        for child in above.children:
            if child.dep_ in _BESIDE:
                found.setdefault(child.i, arcs)
                for below in child.children:
                    found.setdefault(below.i, arcs)
        if above.dep_ in _CLOSED or (above.dep_ == "acl" and "Part" in above.morph.get("VerbForm", [])):
            break
    return found


def _weighed(doc: Doc, cue: Cue, above: dict[int, int]) -> Cue:
    """A cue of the clause, lighter when the parse puts it outside what governs the claim."""
    weight, modality, text, offset = cue
    span = doc.char_span(offset, offset + len(text), alignment_mode="expand")
    if span is None or not len(span):
        return cue
    arcs = above.get(span.root.i)
    if arcs is None:
        return weight - _OUTSIDE, modality, text, offset
    return weight - _STEP * max(0, arcs - 2), modality, text, offset


def _verb_cues(scene: Scene, above: dict[int, int]) -> list[Cue]:
    """What the forms of the governing verbs say: future, conditional, negation."""
    cues: list[Cue] = []
    assert scene.doc is not None
    for i, arcs in above.items():
        token = scene.doc[i]
        less = _STEP * max(0, arcs - 2)
        if scene.lang == "fr" and token.pos_ in {"VERB", "AUX"}:
            if "Cnd" in token.morph.get("Mood", []) and not scene.folded.startswith("devr", token.idx):
                cues.append((_WOULD - less, "conditional", token.text, token.idx))
            elif "Fut" in token.morph.get("Tense", []) and not _perfect(token):
                cues.append((_WILL - less, "planned", token.text, token.idx))
        if token.lower_ in NOTS and not _spares(scene, token):
            cues.append((_NO - less, "negated", token.text, token.idx))
    return cues


def _perfect(token: Token) -> bool:
    """Whether a future is that of a helper: "il aura fallu dix ans" tells what has been."""
    return token.pos_ == "AUX" and token.lemma_ == "avoir" and "Part" in token.head.morph.get("VerbForm", [])


def _spares(scene: Scene, denying: Token) -> bool:
    rest = scene.folded[denying.idx + len(denying.text) :][:16].lstrip()
    return rest.startswith(_NOT_DENIED)


def _clause_cues(scene: Scene, start: int, end: int, sentence: Sentence) -> list[Cue]:
    """The cues of the clause around a claim, by their words alone."""
    a, b = clause(scene, start, end, sentence)
    cues: list[Cue] = []
    for one in scene.modality.between(a, b):
        if start <= one.start < end and one.row.modality == "negated":
            continue
        words = scene.text[one.start : one.end]
        distance = scene.words_between(min(one.end, start), start) + scene.words_between(end, max(one.start, end))
        if one.row.modality == "negated" and words.lower() in NOTS and _denies_nothing(scene, one.end):
            continue
        if not _reaches(scene, one, start, end) or _is_another(scene, one):
            continue
        cues.append((one.row.weight - 0.04 * distance, one.row.modality, words, one.start))
    if scene.lang == "fr":
        cues += _endings(scene.text, scene.folded, a, b)
        denied = _NEGATION.search(scene.folded, a, b)
        if (
            denied
            and "depass" not in denied.group()
            and not scene.folded[denied.end() :].lstrip().startswith(_NOT_DENIED)
        ):
            cues.append((_NO, "negated", scene.text[denied.start() : denied.end()], denied.start()))
    return cues


def _reaches(scene: Scene, one: Found[ModalityRow], start: int, end: int) -> bool:
    """Whether a cue that bears only on what stands right beside it stands there ("loin des 260 millions")."""
    if one.row.reach == "after":
        return one.end <= start and scene.words_between(one.end, start) <= _BESIDE_WORDS
    if one.row.reach == "before":
        return end <= one.start and scene.words_between(end, one.start) <= _BESIDE_WORDS
    return True


def _is_another(scene: Scene, one: Found[ModalityRow]) -> bool:
    """Whether a cue is another word here: "May" the month, "compte 132 salariés" that has, not that intends to."""
    words = scene.text[one.start : one.end]
    if words == "May":
        return True
    if scene.folded[one.start : one.end] not in _HAS or scene.doc is None or not parsed(scene.doc):
        return False
    verb = head_of(scene.doc, one.start, one.end)
    return verb is not None and not any("Inf" in c.morph.get("VerbForm", []) for c in verb.children)


def _denies_nothing(scene: Scene, offset: int) -> bool:
    return scene.folded[offset : offset + 16].lstrip().startswith(_NOT_DENIED)


def _endings(text: str, folded: str, a: int, b: int) -> list[Cue]:
    out: list[Cue] = []
    for match in _ENDINGS.finditer(folded, a, b):
        written = text[match.start() : match.end()]
        if (
            match.group() in no_verbs("fr")
            or written != written.lower()
            or folded[match.start() - 1 : match.start()].isalnum()
        ):
            continue
        if match[2]:
            out.append((_WOULD, "conditional", match.group(), match.start()))
        else:
            out.append((_WILL, "planned", match.group(), match.start()))
    return out


def clause(scene: Scene, start: int, end: int, sentence: Sentence) -> tuple[int, int]:
    """The stretch around `text[start:end]` between marks that part one statement from the next.

    A comma parts only where a verb may stand on both sides: at least three words away from the figure.
    """
    a, b = _past_aside(scene, sentence.start, start), sentence.end
    for mark in _BREAK.finditer(scene.text, a, start):
        if mark.group() != "," or scene.words_between(mark.end(), start) > 6:
            a = mark.end()
    for mark in _BREAK.finditer(scene.text, end, sentence.end):
        if mark.group() != "," or scene.words_between(end, mark.start()) > 1:
            b = mark.start()
            break
    return a, b


def _past_aside(scene: Scene, first: int, start: int) -> int:
    """Where the main clause begins after one that only concedes: "Même si elle n'y est pas encore, Helion a signé"."""
    if not _opens_aside(scene.lang).match(scene.folded, first):
        return first
    comma = scene.text.find(",", first, start)
    return comma + 1 if comma >= 0 else first


@cache
def _opens_aside(lang: Lang) -> re.Pattern[str]:
    words = "|".join(re.escape(word) + ("" if word.endswith("'") else r"(?!\w)") for word in asides(lang))
    return re.compile(rf"\W*(?:(?:et|mais|and|but|yet)\s+)?(?:{words})")


def told_modality(scene: Scene, start: int, end: int) -> tuple[Modality, str]:
    """The modality of an act of telling by its own verb: what is announced may be planned, but it was announced."""
    doc = scene.doc
    token = head_of(doc, start, end) if doc is not None and parsed(doc) else None
    if token is None or token.pos_ not in {"VERB", "AUX"}:
        return "asserted", "no cue"
    own = {token.i: 0} | {c.i: 0 for c in token.children if c.dep_ in _BESIDE}
    ranked = sorted(_verb_cues(scene, own), key=lambda cue: (-cue[0], cue[1]))
    if scene.lang == "en" and any(scene.doc is not None and scene.doc[i].lower_ in {"will", "'ll"} for i in own):
        return "planned", "“will”"
    return (ranked[0][1], f"“{ranked[0][2]}”") if ranked else ("asserted", "no cue")
