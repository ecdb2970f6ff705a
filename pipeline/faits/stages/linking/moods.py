"""How each figure stands, weighed: what `modality.py` reads off its clause and what stands around it, in features.

A cue is not all: "un parc de 70 éoliennes" of a site yet to be built is planned with no word beside it, and "le site de
22 hectares recevra" is there already. Three answers compete for each figure (said to be, to come or to be possible, not
to be) and those of neighbours hang together (`chaining.py`). Whether what is to come is planned or only possible the
cues say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from operator import mul
from typing import TYPE_CHECKING, Literal

from faits.lexicons.stance import announcing
from faits.model import DateValue, EntityType, Mention, Modality, Quantity
from faits.stages.linking.candidates import Anchor
from faits.stages.linking.chaining import shares
from faits.stages.linking.clues import Features
from faits.stages.linking.grammar import head_of, parsed
from faits.stages.linking.modality import NOTS, clause, governing, modality_of
from faits.stages.linking.periods import is_later
from faits.stages.linking.scene import Scene
from faits.stages.linking.talk import Talk
from faits.stages.linking.times import compared, moves
from faits.stages.linking.weights import weights

if TYPE_CHECKING:
    from faits.text.parse import Token

Mood = Literal["asserted", "planned", "negated"]
MOODS: tuple[Mood, ...] = ("asserted", "planned", "negated")
# What is planned and what is only possible answer one question: whether a thing is yet to come.
MOOD_OF: dict[Modality, Mood] = {
    "asserted": "asserted", "planned": "planned", "conditional": "planned", "negated": "negated",
}  # fmt: skip

_VERBS = frozenset({"VERB", "AUX"})
_WILL = frozenset({"will", "would", "could", "'ll"})
_IF = frozenset({"si", "if"})
_ANNOUNCED_WORDS = 3
_OPEN, _CLOSED = "«“", "»”"
_ARCS = 12


@dataclass(frozen=True, slots=True)
class Outlook:
    """How much of what is told of a party is yet to come: shares of its sentences, and whether it is named as such."""

    cued: float
    future: float
    later: float
    announced: bool
    type: EntityType | None


@dataclass(frozen=True, slots=True)
class Asked:
    """One figure whose mood is asked for: what it is, and whom it is taken to be about."""

    mention: Mention
    anchor: Anchor
    subject: str | None


def moods(talk: Talk, asked: Sequence[Asked], published: str | None) -> list[tuple[Modality, str]]:
    """How each of some figures stands, in reading order, and what says so."""
    if not asked:
        return []
    table = weights("mood")
    read = Outlooks(talk, published)
    ruled = [modality_of(talk.scene, a.mention.start, a.mention.end, a.anchor.sentence) for a in asked]
    seen = [features(talk, a, how, read) for a, (how, _) in zip(asked, ruled, strict=True)]
    of_mood = _by_mood(table)
    scores = [[_weigh(of_mood[mood], one) for mood in MOODS] for one in seen]
    again = [[_weigh(table, row) for row in tied(a, b)] for a, b in zip([None, *asked], asked, strict=False)]
    said = shares([list(MOODS)] * len(asked), scores, again)
    best = [MOODS[max(range(len(MOODS)), key=some.__getitem__)] for some in said]
    return [
        ("asserted", "looked back on") if looks_back(talk.scene, a, published) else _settled(talk.scene, a, mood, one)
        for a, mood, one in zip(asked, best, ruled, strict=True)
    ]


def looks_back(scene: Scene, a: Asked, published: str | None) -> bool:
    """Whether a figure is that of an earlier period another one is compared with ("… 28, après 11 en 2024")."""
    stretch = compared(scene, a.mention, a.anchor.sentence)
    if stretch is None or scene.modality.between(*stretch):
        return False
    dates = [d.value for d in scene.dates_in(*stretch) if isinstance(d.value, DateValue)]
    return bool(dates) and all(is_later(d, published) is False for d in dates)


def _weigh(table: dict[str, float], row: Features) -> float:
    return float(sum(map(mul, map(table.get, row, repeat(0.0)), row.values())))


class _ByMood:
    """The weights of `rows` by mood, under the names that `features` gives: a row need not be made to be weighed."""

    def __init__(self, table: Features) -> None:
        self.table = table
        self.of: dict[str, Features] = {mood: {} for mood in MOODS}
        for name, weight in table.items():
            mood, colon, feature = name.partition(": ")
            if colon and mood in self.of:
                self.of[mood][feature] = weight


_last = _ByMood({})


def _by_mood(table: Features) -> dict[str, Features]:
    """The weights by mood, parted again only when the table is another one."""
    global _last  # the one table of a process, or those of a training run one after the other
    if _last.table is not table:
        _last = _ByMood(table)
    return _last.of


def rows(seen: Features) -> list[Features]:
    """What speaks for each mood."""
    return [{f"{mood}: {name}": value for name, value in seen.items()} for mood in MOODS]


def tied(before: Asked | None, one: Asked) -> list[Features]:
    """What speaks for each mood where the figure before has the same."""
    if before is None:
        return [{} for _ in MOODS]
    here, there = one.anchor.sentence, before.anchor.sentence
    near = "sentence" if here.index == there.index else "paragraph" if here.paragraph == there.paragraph else "far"
    how = [f"again, {near}"]
    if one.anchor.predicate == before.anchor.predicate:
        how.append(f"again, {near}, same predicate")
    return [{f"{mood} again": 1.0, f"{mood} {how[0]}": 1.0} | dict.fromkeys(how, 1.0) for mood in MOODS]


def _settled(scene: Scene, a: Asked, mood: Mood, ruled: tuple[Modality, str]) -> tuple[Modality, str]:
    how, why = ruled
    if MOOD_OF[how] == mood or (how == "negated" and _denied(scene, a)):
        return how, why
    if mood != "planned":
        return mood, "weighed with what stands around it"
    first, last = clause(scene, a.mention.start, a.mention.end, a.anchor.sentence)
    doubted = any(one.row.modality == "conditional" for one in scene.modality.between(first, last))
    return "conditional" if doubted else "planned", "weighed with what stands around it"


def _denied(scene: Scene, a: Asked) -> bool:
    """Whether a figure is the object of a verb that is itself denied ("n'a pas supprimé 300 postes")."""
    doc = scene.doc
    token = head_of(doc, a.mention.start, a.mention.end) if doc is not None and parsed(doc) else None
    if token is not None and token.dep_ == "nummod":
        token = token.head
    return token is not None and token.dep_ in {"obj", "dobj"} and any(c.lower_ in NOTS for c in token.head.children)


# --- what is told of each party ---------------------------------------------------------------------------------------


class Outlooks:
    """What an article tells of each of its parties that is yet to come, and of all of them together."""

    def __init__(self, talk: Talk, published: str | None) -> None:
        self.published = published
        scene = talk.scene
        signs = [_signs(scene, s.start, s.end, published) for s in scene.sentences]
        self.all = _outlook(signs, announced=False, type_=None)
        self._of = {
            id_: _outlook(
                [signs[i] for i in sorted(set(one.sentences))],
                announced=any(_announced(scene, start) for start in one.starts),
                type_=one.type,
            )
            for id_, one in talk.known.items()
        }

    def of(self, party: str | None) -> Outlook | None:
        """The outlook of a party by its id; None for what has no name."""
        return self._of.get(party) if party is not None else None


def _signs(scene: Scene, start: int, end: int, published: str | None) -> tuple[bool, bool, bool]:
    cued = any(one.row.modality in {"planned", "conditional"} for one in scene.modality.between(start, end))
    span = scene.doc.char_span(start, end, alignment_mode="expand") if parsed(scene.doc) and scene.doc else None
    future = any(t.pos_ in _VERBS and (_form(t) in {"Fut", "Cnd"} or t.lower_ in _WILL) for t in span or ())
    later = any(isinstance(d.value, DateValue) and is_later(d.value, published) for d in scene.dates_in(start, end))
    return cued, future, later


def _outlook(signs: Sequence[tuple[bool, bool, bool]], *, announced: bool, type_: EntityType | None) -> Outlook:
    n = max(1, len(signs))
    cued, future, later = (sum(column) / n for column in zip(*signs, strict=True)) if signs else (0.0, 0.0, 0.0)
    return Outlook(cued, future, later, announced, type_)


def _announced(scene: Scene, start: int) -> bool:
    """Whether a name is brought up as that of something to come ("le futur campus de Fouju")."""
    before = re.findall(r"\w+", scene.folded[max(0, start - 25) : start])[-_ANNOUNCED_WORDS:]
    return not announcing(scene.lang).isdisjoint(before)


# --- features ---------------------------------------------------------------------------------------------------------


def features(talk: Talk, a: Asked, ruled: Modality, read: Outlooks) -> Features:
    """What is seen of one figure, in words for a ranker."""
    out: Features = {"base": 1.0}
    for name in (
        *_figure(talk.scene, a, ruled),
        *_around(talk.scene, a, read.published),
        *_comparing(talk.scene, a, ruled),
    ):
        out[name] = 1.0
    _told_of(a, ruled, read, out)
    return out


def _figure(scene: Scene, a: Asked, ruled: Modality) -> Iterator[str]:
    m, sentence = a.mention, a.anchor.sentence
    yield from (f"rule {ruled}", f"rule {ruled} {scene.lang}", f"tells {a.anchor.predicate}", f"kind {m.kind}")
    yield f"rule {ruled} × {a.anchor.predicate}"
    if isinstance(m.value, Quantity):
        yield f"bound {m.value.bound}"
    if sentence.heading:
        yield "heading"
    before = re.findall(r"[\w']+", scene.folded[max(sentence.start, m.start - 20) : m.start])
    yield f"behind {before[-1] if before else 'nothing'}"
    yield f"rule {ruled} × behind {before[-1] if before else 'nothing'}"
    doc = scene.doc
    token = head_of(doc, m.start, m.end) if doc is not None and parsed(doc) else None
    if token is not None:
        yield from _above(token, scene.lang)


def _above(figure: Token, lang: str) -> Iterator[str]:
    """What governs a figure: its nouns, then its verbs and theirs, up to the main one."""
    verbs: list[Token] = []
    nouns = 0
    token, under = figure, figure
    for _ in range(_ARCS):
        if token.pos_ in _VERBS or any(c.dep_ == "cop" for c in token.children):
            verbs.append(token)
            if len(verbs) == 1 and token.i != figure.i:
                yield f"hangs as {under.dep_.split(':')[0]}"
            if len(verbs) <= 2:
                yield f"verb {len(verbs)} is {token.dep_.split(':')[0]}"
        elif token.pos_ == "NOUN" and nouns < 2 and not verbs:
            nouns += 1
            yield from _noun(token, nouns)
        if token.head.i == token.i:
            break
        under, token = token, token.head
    yield f"{min(3, len(verbs))} verbs above"
    for n, verb in enumerate(verbs[:2], 1):
        yield from _verb(verb, f"verb {n}", lang)
    if verbs:
        yield from _verb(verbs[-1], "main verb", lang)


def _noun(noun: Token, n: int) -> Iterator[str]:
    yield f"noun {n} {noun.lemma_.lower()}"
    determiner = next((c for c in noun.children if c.dep_ == "det"), None)
    definite = determiner.morph.get("Definite", []) if determiner is not None else []
    yield f"noun {n} det {definite[0] if definite else 'other' if determiner is not None else 'none'}"
    yield from (f"noun is {c.lemma_.lower()}" for c in noun.children if c.pos_ == "ADJ")


def _verb(verb: Token, place: str, lang: str) -> Iterator[str]:
    helpers = [c for c in verb.children if c.dep_.startswith("aux") or c.dep_ == "cop"]
    forms = sorted({_form(c) if lang == "fr" else c.lemma_.lower() for c in helpers})
    yield f"{place} {lang} {'+'.join([_form(verb), *forms])}"
    yield f"{place} {verb.lemma_.lower()}"
    if any(c.lower_ in _IF and c.dep_ == "mark" for c in verb.children):
        yield f"{place} under if"
    if any(c.lower_ in NOTS for c in verb.children):
        yield f"{place} denied"


def _form(token: Token) -> str:
    form = _form_in(str(token.morph))
    if form == "Part" and token.lower_.endswith(("ant", "ing")):
        return "PartPres"
    return form or token.tag_


@lru_cache(maxsize=4096)
def _form_in(morph: str) -> str:
    """The form of a verb by its features as Universal Dependencies write them; nothing where they do not tell."""
    said = dict(one.split("=", 1) for one in morph.split("|") if "=" in one)
    mood, tense, form = (said[name].split(",") if name in said else [] for name in ("Mood", "Tense", "VerbForm"))
    if "Cnd" in mood or "Fut" in tense:
        return "Cnd" if "Cnd" in mood else "Fut"
    if "Inf" in form or "Ger" in form:
        return form[0]
    if "Part" in form:
        return "PartPres" if "Pres" in tense else "Part"
    return tense[0] if tense else ""


def _around(scene: Scene, a: Asked, published: str | None) -> Iterator[str]:
    """The cues, dates and quotation marks of the sentence, and whether they bear on the figure."""
    m, sentence, doc = a.mention, a.anchor.sentence, scene.doc
    token = head_of(doc, m.start, m.end) if doc is not None and parsed(doc) else None
    above = governing(token) if token is not None else {}
    first, last = clause(scene, m.start, m.end, sentence)
    for one in scene.modality.between(sentence.start, sentence.end):
        word = head_of(doc, one.start, one.end) if doc is not None and token is not None else None
        bears = "governing" if word is not None and word.i in above else "aside"
        where = f"{one.row.modality} cue {bears} {'near' if first <= one.start < last else 'far'}"
        yield where
        yield f"{where} {'before' if one.end <= m.start else 'behind'}"
    for date in scene.dates_in(sentence.start, sentence.end):
        if isinstance(date.value, DateValue):
            near = "near" if first <= date.start < last else "far"
            yield f"date later {is_later(date.value, published)} {near}"
            yield f"date {date.value.relation} {near}"
    said = scene.text[sentence.start : m.start]
    if sum(said.count(c) for c in _OPEN) > sum(said.count(c) for c in _CLOSED):
        yield "quoted"


def _comparing(scene: Scene, a: Asked, ruled: Modality) -> Iterator[str]:
    if compared(scene, a.mention, a.anchor.sentence):
        yield from ("compared", f"compared × rule {ruled}")
    end = moves(scene, a.mention, a.anchor.sentence)
    if end is not None:
        yield from (f"moves {end}", f"moves {end} × rule {ruled}")


def _told_of(a: Asked, ruled: Modality, read: Outlooks, out: Features) -> None:
    """What the article tells of the figure's party."""
    out |= {"article cued": read.all.cued, "article future": read.all.future, "article later": read.all.later}
    whom = read.of(a.subject)
    if whom is None:
        return
    kind = f"party {whom.type}"
    out |= {
        "party cued": whom.cued, "party future": whom.future, "party later": whom.later, kind: 1.0,
        f"party announced {whom.announced}": 1.0, f"{kind}, announced {whom.announced}": 1.0,
        f"{kind}, future": whom.future, f"{kind} × {a.anchor.predicate}": 1.0,
    }  # fmt: skip
    if ruled == "asserted":
        out |= {"no cue, party future": whom.future, "no cue, party announced": float(whom.announced)}
