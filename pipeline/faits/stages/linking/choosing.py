"""Which predicate a figure or a date has: the words near it compete, and the nearest fitting ones win."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from faits.lexicons.predicates import DEFAULTS, Found, TriggerRow
from faits.model import Kind, Mention, Predicate, Quantity
from faits.stages.linking.scene import Scene, Sentence

# A word counts as said of a figure from this score on; below, the figure takes its kind's default.
_HEARD = 0.2
_JOINED_BEFORE = re.compile(
    r"^\s*(?:(?:de|d['’]|du|à|a|of|was|were|is|est|était|sera|at|to|by|for|worth|atteint|s['’]élève à|:|\("
    r"|the|le|la|les|un|une)\s*){0,2}$",
    re.IGNORECASE,
)
_JOINED_AFTER = re.compile(
    r"^\s*(?:de|d['’]|du|des|of|in|en|worth of|pour|for|a|le|la|l['’]|the)?\s*"
    r"(?:ses |sa |its |leurs? |the |l['’]|la |le )?$"
)
# Words between two figures of one kind that make the second say the same of another time or party.
_SERIES = re.compile(
    r"^[\s,;(]*(?:[^.;]{0,40}?\b)?(?:contre|après|et|puis|ou|au lieu de|au lieu des|et de|à|against|after|and|or"
    r"|up from|down from|compared with|from|instead of|rather than|versus|comparé à)\b[^.;]{0,24}$",
    re.IGNORECASE,
)
# "… pour 34 millions": money for which something is done, when no other word says more.
_PRICED = re.compile(
    r"\b(?:pour|for|at a cost of|moyennant|montant de|montant total de)\s+(?:\w+\s+(?:de|d'|than)\s*)?$"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """The predicate of one figure, the words that gave it, how strongly, and what was refused."""

    predicate: Predicate
    trigger: Found[TriggerRow] | None
    score: float
    rule: str
    refused: tuple[str, ...] = ()


def choose(scene: Scene, m: Mention, sentence: Sentence, last: tuple[Mention, Choice] | None) -> Choice:
    """The predicate of a figure: its own words, else those of the figure it is compared with, else its kind's."""
    ranked = rank(scene, m.start, m.end, m.kind, sentence)
    heard = [(score, one) for score, one in ranked if score >= _HEARD]
    refused = tuple(f"{one.row.predicate} by “{scene.text[one.start : one.end]}”" for _, one in ranked[1:4])
    if last is not None and last[0].kind == m.kind:
        gap = scene.text[last[0].end : m.start]
        own = heard and heard[0][1].start >= last[0].end and heard[0][0] > 0.65
        if not own and last[0].start >= sentence.start and _SERIES.match(gap):
            return Choice(last[1].predicate, last[1].trigger, 0.6, "as the figure before it", refused)
    if heard:
        score, one = heard[0]
        return Choice(one.row.predicate, one, score, f"“{scene.text[one.start : one.end]}”", refused)
    if last is not None and last[0].kind == m.kind and _near(scene, last[0], m):
        return Choice(last[1].predicate, None, 0.3, "as the figure before it", refused)
    if m.kind == "money" and _PRICED.search(scene.folded[max(0, m.start - 40) : m.start]):
        return Choice("cost", None, 0.15, "what it is done for", refused)
    return Choice(_default(scene, m), None, 0.1, f"default of {m.kind}", refused)


def rank(scene: Scene, start: int, end: int, kind: str, sentence: Sentence) -> list[tuple[float, Found[TriggerRow]]]:
    """The trigger words of a sentence that allow `kind`, best first."""
    scored = [
        (_score(scene, start, end, kind, one), one)
        for one in scene.triggers.between(sentence.start, sentence.end)
        if kind in one.row.kinds
    ]
    return sorted(scored, key=lambda pair: (-pair[0], pair[1].start, pair[1].row.predicate))


def _score(scene: Scene, start: int, end: int, kind: str, one: Found[TriggerRow]) -> float:
    weight = one.row.weight + 0.08 * min(3, scene.folded.count(" ", one.start, one.end))
    if one.start >= start and one.end <= end:
        return weight + (0.1 if one.row.predicate == "price" else -0.2)
    before = one.end <= start
    a, b = (one.end, start) if before else (end, one.start)
    gap = scene.text[a:b]
    score = weight - 0.27 * math.log1p(scene.words_between(a, b))
    score -= 0.3 * scene.figures_between(a, b, kind) + 0.08 * gap.count(",")
    score -= 0.5 * any(mark in gap for mark in (";", " – ", " — "))
    if one.row.pos == "verb" and ": " in gap:
        score -= 0.5  # a colon opens what the words before it announce ("Budget : 3 milliards"); a verb stays behind it
    if before:
        return score + 0.35 * bool(_JOINED_BEFORE.match(gap))
    return score + 0.5 if _JOINED_AFTER.match(gap) else score - 0.25


def _near(scene: Scene, last: Mention, m: Mention) -> bool:
    here, there = scene.sentence_at(m.start), scene.sentence_at(last.start)
    return here.index - there.index <= 1 and here.paragraph == there.paragraph


def _default(scene: Scene, m: Mention) -> Predicate:
    value, kind = m.value, m.kind
    if isinstance(value, Quantity):
        if kind == "money" and "/" in value.unit:
            return "price"
        if kind == "ratio" and ((value.number or 0) < 0 or m.text.lstrip()[:1] in "+-–−"):
            return "growth"
    return DEFAULTS.get(kind, "quantity") if kind in DEFAULTS else "quantity"


# Kinds whose predicate no word can change: what is counted is a count.
FIXED: dict[Kind, Predicate] = {
    "count": "count", "emissions": "emissions", "length": "quantity", "area": "quantity", "volume": "quantity",
    "temperature": "quantity", "data": "quantity", "quantity": "quantity",
}  # fmt: skip
