"""Which predicate a figure or a date has: the words near it compete, and the nearest fitting ones win."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import repeat
from operator import mul

from faits.lexicons.predicates import DEFAULTS, Found, TriggerRow
from faits.model import Kind, Mention, Predicate, Quantity
from faits.stages.linking.scene import Scene, Sentence
from faits.stages.linking.talk import Talk
from faits.stages.linking.tree import Tree
from faits.stages.linking.weights import weights

_JOINED_BEFORE = re.compile(
    r"^\s*(?:(?:de|d['’]|du|à|a|of|was|were|is|est|était|sera|at|to|by|for|worth|atteint|s['’]élève à|:|\("
    r"|the|le|la|les|un|une)\s*){0,2}$",
    re.IGNORECASE,
)
_JOINED_AFTER = re.compile(
    r"^\s*(?:de|d['’]|du|des|of|in|en|worth of|pour|for|a|le|la|l['’]|the)?\s*"
    r"(?:ses |sa |its |leurs? |the |l['’]|la |le )?$"
)
# Words between two figures of one kind that make the second say the same of another time or party: those that compare
# may stand off a little ("… , contre 131 fin décembre"), those that only join stand right between the two.
_SERIES = re.compile(
    r"^[\s,;()]*(?:(?:[^.;]{0,40}?\b)?(?:contre|après|au lieu de|au lieu des|against|after|up from|down from"
    r"|compared with|compared to|instead of|rather than|versus|comparé à|face à|dont|of which|including|loin des?|from)"
    r"\b[^.;]{0,24}"
    r"|(?:(?:en|in|fin|late|at|à|au|l['’]an)\s[^,.;]{1,25})?,?\s*(?:et|puis|ou|à|and|or|to|then|de)\s+"
    r"(?:(?:de|d['’]|à|to|by|at|of|une?|the|le|la|les|aux?|about|environ|près de|bientôt|then|puis)\s*){0,3}"
    r"|,\s*)$",
    re.IGNORECASE,
)
# "… pour 34 millions": money for which something is done, when no other word says more.
_PRICED = re.compile(
    r"\b(?:pour|for|at a cost of|moyennant|montant de|montant total de)\s+(?:\w+\s+(?:de|d'|than)\s*)?$"
)

# Kinds whose predicate no word can change: what is counted is a count.
FIXED: dict[Kind, Predicate] = {
    "count": "count", "emissions": "emissions", "length": "quantity", "area": "quantity", "volume": "quantity",
    "temperature": "quantity", "data": "quantity", "quantity": "quantity",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """The predicate of one figure, the words that gave it, how surely (0 to 1), and what was refused."""

    predicate: Predicate
    trigger: Found[TriggerRow] | None
    score: float
    rule: str
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """A predicate a figure may have, what gives it, and what speaks for it."""

    predicate: Predicate
    trigger: Found[TriggerRow] | None
    rule: str
    features: dict[str, float]


Last = tuple[Mention, Choice] | None


def choose(talk: Talk, m: Mention, sentence: Sentence, last: Last) -> Choice:
    """The predicate of a figure: the words around it, the figure before it and the default of its kind compete."""
    found = options(talk, m, sentence, last)
    table = weights("predicate")
    scores = [sum(map(mul, map(table.get, one.features, repeat(0.0)), one.features.values())) for one in found]
    order = sorted(range(len(found)), key=lambda i: (-scores[i], i))
    best = found[order[0]]
    total = sum(math.exp(score - scores[order[0]]) for score in scores)
    share = sum(
        math.exp(scores[i] - scores[order[0]]) for i, one in enumerate(found) if one.predicate == best.predicate
    )
    refused = tuple(
        f"{found[i].predicate} by {found[i].rule}" for i in order[1:] if found[i].predicate != best.predicate
    )
    return Choice(best.predicate, best.trigger, round(share / total, 3), best.rule, refused[:3])


def options(talk: Talk, m: Mention, sentence: Sentence, last: Last) -> list[Option]:
    """The predicates in reach of a figure, its trigger words first, best first; never empty."""
    scene = talk.scene
    if m.kind in FIXED:
        return [Option(FIXED[m.kind], None, f"a {m.kind}", {})]
    ranked = rank(scene, m.start, m.end, m.kind, sentence, talk.tree)
    around = talk.tree.around(talk.tree.root(m.start, m.end)) if ranked else {}
    out = [
        Option(one.row.predicate, one, _quoted(scene, one), _spoken(talk, m, one, score, n, around))
        for n, (score, one) in enumerate(ranked[:_MOST])
    ]
    out += _from_before(talk, m, sentence)
    best = ranked[0][0] if ranked else -1.0
    if last is not None and last[0].kind == m.kind and _near(scene, last[0], m):
        out.append(
            Option(last[1].predicate, last[1].trigger, "as the figure before it", _repeated(scene, m, last, ranked))
        )
    default = _default(scene, m)
    heard = {f"default {m.kind}": 1.0, f"default {default}": 1.0, "default": 1.0, "default, best heard": best}
    if m.kind == "money" and _PRICED.search(scene.folded[max(0, m.start - 40) : m.start]):
        out.append(Option("cost", None, "what it is done for", {"priced": 1.0, "priced, best heard": best}))
    return [*out, Option(default, None, f"default of {m.kind}", heard)]


_MOST = 8


def _quoted(scene: Scene, one: Found[TriggerRow]) -> str:
    return f"“{scene.text[one.start : one.end]}”"


def _spoken(
    talk: Talk, m: Mention, one: Found[TriggerRow], score: float, rank_: int, around: dict[int, str]
) -> dict[str, float]:
    """What speaks for a trigger word of the sentence."""
    scene, before = talk.scene, one.end <= m.start
    a, b = (one.end, m.start) if before else (m.end, one.start)
    side = "inside" if one.start < m.end and m.start < one.end else "before" if before else "after"
    out = {
        "trigger": 1.0, "its score": score, f"trigger {min(rank_, 3)}": 1.0, f"trigger {side}": 1.0,
        f"{one.row.pos} {side}": 1.0, f"says {one.row.predicate}": 1.0, f"{side} × {one.row.predicate}": 1.0,
        "words of the trigger": math.log1p(scene.folded.count(" ", one.start, one.end)),
        "words between": math.log1p(scene.words_between(a, b)) / 3 if side != "inside" else 0.0,
        "figures between": float(min(3, scene.figures_between(a, b))),
        "figures of its kind between": float(min(3, scene.figures_between(a, b, m.kind))),
    }  # fmt: skip
    if around:
        standing = around.get(talk.tree.root(one.start, one.end), "elsewhere")
        out[f"trigger is {standing}"] = 1.0
    return out


def _from_before(talk: Talk, m: Mention, sentence: Sentence) -> list[Option]:
    """What the sentence before speaks of, where it is of the same paragraph: "… le budget. Il atteint 3 millions"."""
    if not sentence.index:
        return []
    earlier = talk.scene.sentences[sentence.index - 1]
    nouns = [
        one
        for one in talk.scene.triggers.between(earlier.start, earlier.end)
        if m.kind in one.row.kinds and one.row.pos == "noun"
    ]
    out = []
    for n, one in enumerate(nouns[:2]):
        close = "heading" if earlier.heading else "same paragraph" if earlier.paragraph == sentence.paragraph else "far"
        features = {f"from before {n}": 1.0, f"from before, {close}": 1.0, f"before says {one.row.predicate}": 1.0}
        out.append(Option(one.row.predicate, one, f"{_quoted(talk.scene, one)} before", features))
    return out


def _repeated(
    scene: Scene, m: Mention, last: tuple[Mention, Choice], ranked: list[tuple[float, Found[TriggerRow]]]
) -> dict[str, float]:
    """What speaks for the predicate of the figure before."""
    gap = scene.text[last[0].end : m.start]
    same = scene.sentence_at(last[0].start).index == scene.sentence_at(m.start).index
    own = bool(ranked) and ranked[0][1].start >= last[0].end
    where = "same sentence" if same else "sentence before"
    out = {
        "as before": 1.0, f"as before, {where}": 1.0, f"as before, own {own}": 1.0,
        "as before, best heard": ranked[0][0] if ranked else -1.0, f"repeats {last[1].predicate}": 1.0,
        "as before, words": math.log1p(scene.words_between(last[0].end, m.start)) / 3,
    }  # fmt: skip
    if same and _SERIES.match(gap):
        out["series"] = out[f"series, own {own}"] = 1.0
    if ";" in gap:
        out["as before, broken"] = 1.0
    return out


def rank(
    scene: Scene, start: int, end: int, kind: str, sentence: Sentence, tree: Tree | None = None
) -> list[tuple[float, Found[TriggerRow]]]:
    """The trigger words of a sentence that allow `kind`, best first; with a parse, those that govern weigh more."""
    allowed = [one for one in scene.triggers.between(sentence.start, sentence.end) if kind in one.row.kinds]
    around = tree.around(tree.root(start, end)) if tree is not None and len(allowed) > 1 else {}
    scored = [(_score(scene, start, end, kind, one) + _governs(tree, around, one), one) for one in allowed]
    return sorted(scored, key=lambda pair: (-pair[0], pair[1].start, pair[1].row.predicate))


# What a word's place in the parse adds: the verb of the figure, its noun, the subject of its clause.
_STANDING = {
    "verb 1": 0.15, "over 1": 0.3, "over 2": 0.15, "apposed 1": 0.3, "subject 1": 0.35, "patient 1": 0.35,
    "described 1": 0.15, "complement 1": 0.1, "object 1": 0.15, "subject 2": 0.05, "verb 2": 0.0,
}  # fmt: skip


def _governs(tree: Tree | None, around: dict[int, str], one: Found[TriggerRow]) -> float:
    if tree is None or not around:
        return 0.0
    return _STANDING.get(around.get(tree.root(one.start, one.end), ""), -0.1)


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
