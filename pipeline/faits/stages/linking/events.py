"""Dates that are the point of their sentence: founded, started, ended, announced, due; and what it happened to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from faits.lexicons.frames import EventRow
from faits.lexicons.predicates import Found
from faits.model import DateValue, Mention, Party, Predicate
from faits.stages.linking.grammar import head_of, is_passive, is_stranded, parsed, slots_of
from faits.stages.linking.happening import ORGS, SITES, Told
from faits.stages.linking.periods import days_before, is_day, is_later, long_enough
from faits.stages.linking.scene import Scene, Sentence
from faits.stages.linking.themes import Theme, acted, acting

if TYPE_CHECKING:
    from faits.text.parse import Token

# From this score on a word says that the date itself is told, not only when something else was.
_TOLD: dict[Predicate, float] = {
    "founded": 0.5, "start_date": 0.62, "end_date": 0.62, "announced": 0.55, "deadline": 0.55,
}  # fmt: skip
_ARC, _WORD, _FIGURE, _UNTIMED, _TIMED, _COARSE = 0.13, 0.02, 0.2, 0.15, 0.2, 0.5
_CLOSED = {"ccomp", "acl:relcl", "advcl", "parataxis", "ROOT"}
_FOR = re.compile(r"\b(?:pour|for)\s")
_QUOTES = '«»“”"'
_ARCS = 3
_NEWS, _NEWS_DAYS = 0.55, 10
_BESIDE_FIGURE = 4
_BEFORE_REPLACED = 4
_MAIN = {"ROOT", "conj", "parataxis"}
_WILL = {"devoir", "will", "shall", "should", "would", "must", "may", "can", "could"}
_BY_RELATION: dict[str, Predicate] = {
    "from": "start_date", "not_before": "start_date", "until": "end_date", "by": "deadline", "before": "deadline",
}  # fmt: skip
_HELPERS = {"avoir", "être", "have", "be"}


@dataclass(frozen=True, slots=True)
class Event:
    """A date that is a fact, with what it is the date of.

    `subject` is None where no word of the clause names it; `noun` is the common noun that stands there,
    if any, and `agent` the one that makes it known or decides. `step` tells of a noun that starts or ends something
    ("mise en service"), `dropped` tells a date that another has replaced, `due`
    one for which a thing is only meant ("prévue pour 2025").
    """

    date: Mention
    sentence: Sentence
    predicate: Predicate
    cue: tuple[int, int]
    subject: Party | None
    object: Party | None
    score: float
    rule: str
    noun: Party | None = None
    agent: Party | None = None
    by_noun: bool = False
    dropped: bool = False
    due: bool = False
    step: bool = False


def events(scene: Scene, published: str | None = None) -> Iterator[Event]:
    """Each date that is a fact of its own, in reading order; `published` is the day the article came out."""
    if scene.doc is None or not parsed(scene.doc):
        return
    told = Told(scene, scene.doc, published)
    announced: set[tuple[str | None, str | None]] = set()
    last: Event | None = None
    for m in scene.dates:
        if not isinstance(m.value, DateValue) or m.value.edtf is None:
            continue
        found = list(_told(told, m, m.value, published))
        instead = _instead(scene, m, last)
        if instead is not None:
            found = [instead]
        last = found[0] if found else None
        due = _is_due(told, m)
        for one in (replace(one, due=due) for one in found):
            key = (one.subject.id or one.subject.name if one.subject else None, m.value.edtf)
            if one.predicate != "announced" or key not in announced:
                yield one
            if one.predicate == "announced":
                announced.add(key)  # who says three things on one day has made one announcement


def _told(told: Told, m: Mention, value: DateValue, published: str | None) -> Iterator[Event]:
    best = max(_readings(told, m), key=lambda pair: pair[0], default=None)
    if best is not None and best[0] >= _TOLD[best[1].row.predicate]:
        predicate = _settled(best[1].row.predicate, value, best[2], published)
        found = _event(told, m, predicate, *best) if predicate is not None else None
    else:
        found = (
            _news(told, m, value, published) or _ahead(told, m, value, published) or _since(told, m, value, published)
        )
    if found is not None:
        yield found[0]
        yield from (replace(found[0], subject=party) for party in found[1])


def _is_due(told: Told, m: Mention) -> bool:
    """Whether what a date hangs on only says for when a thing is meant ("prévue en 2025", "due in 2025")."""
    date = head_of(told.doc, m.start, m.end)
    above = date.head if date is not None else None
    if above is None or "Part" not in above.morph.get("VerbForm", []):
        return False
    return any(c.row.modality == "planned" for c in told.scene.modality.between(above.idx, above.idx + 1))


def _instead(scene: Scene, m: Mention, last: Event | None) -> Event | None:
    """The date another has replaced, told behind it: "ouvrira en 2033, au lieu de 2032"."""
    if last is None or last.predicate not in {"start_date", "end_date", "deadline"}:
        return None
    # "Works begin in May, after Monday's vote": what is replaced is told as finely as what replaces it.
    if last.sentence.end < m.start or long_enough(last.date.value) != long_enough(m.value):
        return None
    spans = [(c.start, c.end) for c in scene.comparisons.between(last.date.end, m.start + 1) if c.row.of == "figure"]
    spans += [(c.start, c.end) for c in scene.modality.between(last.date.end, m.start + 1) if c.row.reach == "after"]
    near = [
        (start, end)
        for start, end in spans
        if not scene.words_between(end, m.start) and scene.words_between(last.date.end, start) <= _BEFORE_REPLACED
    ]
    if not near:
        return None
    word = scene.text[slice(*near[0])]
    return replace(last, date=m, dropped=True, rule=f"{last.rule}; “{word}”")


def _settled(predicate: Predicate, value: DateValue, token: Token, published: str | None) -> Predicate | None:
    """What a date is by its place in time: what will be made known is due, what was due has been made known."""
    later = is_later(value, published)
    if later is None:
        later = _is_ahead(token)
    if predicate == "announced" and later and is_day(value) and _is_ahead(token) is False:
        return None  # "unveiled on Monday" of a Monday to come: the date is not read right
    if predicate == "announced" and later and value.relation != "from":
        return "deadline"
    if predicate == "deadline" and later is False:
        return "announced" if is_day(value) else None
    return predicate


def _is_ahead(token: Token) -> bool | None:
    """Whether a verb speaks of what is to come; None where its form does not say."""
    forms = [token, *(c for c in token.children if c.dep_.startswith("aux")), token.head]
    if any("Fut" in t.morph.get("Tense", []) or t.lemma_ in _WILL for t in forms if t.pos_ in {"VERB", "AUX"}):
        return True
    return False if any("Past" in t.morph.get("Tense", []) for t in forms[:-1]) else None


def _readings(told: Told, m: Mention) -> Iterator[tuple[float, Found[EventRow], Token]]:
    """The words a date may belong to: those that govern it, and those its verb speaks of."""
    date = head_of(told.doc, m.start, m.end)
    if date is None:
        return
    for arcs, token in enumerate(_governing(date)[: _ARCS + 2]):
        timing = _times(told, m, token)
        spoken = list(_spoken_of(told, m, token, arcs, timing)) if token.pos_ in {"VERB", "AUX"} or timing else []
        timed = bool(spoken) and timing
        if token.i == date.i:
            yield from _said_of_date(told, m, date)
        for one in told.by_token.get(token.i, []):
            if timed and one.row.predicate == "announced":
                continue  # "la fermeture est fixée au 1er août": the verb only times its noun
            if timed and one.row.predicate == "deadline" and _starts_or_ends(spoken):
                continue  # "l'ouverture est attendue pour juin"
            yield _weigh(told, m, one, arcs), one, token
        yield from spoken
        # Within a subject or an apposition, or a clause of its own, a date is not said of what governs that.
        if token.i != date.i and (token.dep_.startswith(("nsubj", "appos")) or token.dep_ in _CLOSED):
            break
        own = token.i in told.by_token or (is_passive(token) and is_passive(token.head))
        if own and token.pos_ == "VERB" and token.dep_ in {"conj", "acl"}:
            break  # "fondé en 1987 et racheté en 2021": each verb has its date


def _starts_or_ends(spoken: Sequence[tuple[float, Found[EventRow], Token]]) -> bool:
    """Whether what a verb of mere timing speaks of is a start or an end."""
    return any(one.row.predicate in {"start_date", "end_date"} for _, one, _ in spoken)


def _said_of_date(told: Told, m: Mention, date: Token) -> Iterator[tuple[float, Found[EventRow], Token]]:
    """What is said to be on a day, where the day is the predicate: "The results are due on 25 July"."""
    if not any(c.dep_ == "cop" for c in date.children):
        return
    for subject in (c for c in date.children if c.dep_.startswith("nsubj")):
        for one in told.by_token.get(subject.i, []):
            if one.row.pos == "noun":
                yield _weigh(told, m, one, 1), one, subject


def _governing(date: Token) -> list[Token]:
    """What a date hangs on, nearest first; a participle between a noun and its date comes before the noun."""
    above = [date, *date.ancestors]
    noun = date.head
    if noun.i < date.i and noun.pos_ in {"NOUN", "PROPN"}:
        below = [c for c in noun.subtree if noun.i < c.i < date.i]
        between = [c for c in below if c.head.i == noun.i and c.dep_.startswith(("acl", "amod"))]
        between = between or [c for c in below if is_stranded(c)]
        if between:
            return [date, between[-1], *above[1:]]
    return above


def _times(told: Told, m: Mention, verb: Token) -> bool:
    """Whether a verb only says when ("elle est annoncée pour 2027") and tells of nothing ("il a annoncé hier")."""
    if verb.i not in told.when:
        return False
    tells = any(one.row.predicate == "announced" for one in told.by_token.get(verb.i, []))
    if not tells:
        return True
    value = m.value
    return is_passive(verb) and isinstance(value, DateValue) and is_later(value, told.published) is not False


def _spoken_of(
    told: Told, m: Mention, verb: Token, arcs: int, timing: bool
) -> Iterator[tuple[float, Found[EventRow], Token]]:
    slots = slots_of(verb, noun=False)
    less = -_TIMED if timing else _UNTIMED
    for argument in [*slots.get("object", []), *slots.get("subject", [])]:
        for token in [argument, *(c for c in argument.children if c.dep_ == "nmod")]:
            for one in told.by_token.get(token.i, []):
                if one.row.pos == "noun":
                    yield _weigh(told, m, one, arcs + 1) - less, one, token


def _weigh(told: Told, m: Mention, one: Found[EventRow], arcs: int) -> float:
    scene = told.scene
    a, b = (one.end, m.start) if one.end <= m.start else (m.end, one.start)
    score = one.row.weight - _ARC * max(0, arcs - 1) - _WORD * min(20, scene.words_between(a, b))
    score -= _FIGURE * min(2, scene.figures_between(a, b))
    relation = m.value.relation if isinstance(m.value, DateValue) else "in"
    if one.row.predicate == "deadline":
        score += 0.1 if relation in {"by", "before"} else -0.5 if relation in {"from", "during"} else 0.0
    if one.row.predicate == "announced":
        score -= 0.5 if relation in {"from", "by", "not_before", "until"} else 0.0
        score -= 0.6 if _FOR.search(scene.folded[max(0, m.start - 6) : m.start + 5]) else 0.0  # "signé pour 2028"
        # News has a day or a month; a year alone mostly dates what is told.
        score -= 1.0 if not scene.text[a:b].strip() and m.text.strip().isdigit() else 0.0  # "elle annonçait 2029"
        score -= _COARSE if re.fullmatch(r"\d{4}(?:/\d{4})?", getattr(m.value, "edtf", None) or "") else 0.0
    if any(mark in scene.text[a:b] for mark in _QUOTES):
        score -= 0.5
    return score


def _event(
    told: Told, m: Mention, predicate: Predicate, score: float, one: Found[EventRow], token: Token
) -> tuple[Event, list[Party]] | None:
    """The event, and who else made it known."""
    scene = told.scene
    theme = Theme(told, one, token, predicate, opens=isinstance(m.value, DateValue) and m.value.relation == "from")
    nothing = theme.subject is None and theme.noun is None and theme.agent is None and predicate != "announced"
    if theme.counted or (nothing and one.row.pos == "verb"):
        return None
    word = scene.text[one.start : one.end]
    event = Event(
        m, scene.sentence_at(m.start), predicate, (one.start, one.end), theme.subject, theme.object,
        round(score, 3), f"“{word}”, {theme.rule}", theme.noun, theme.agent,
        one.row.pos == "noun", step=one.row.pos == "noun" and predicate in {"start_date", "end_date"},
    )  # fmt: skip
    return event, theme.others


def _news(told: Told, m: Mention, value: DateValue, published: str | None) -> tuple[Event, list[Party]] | None:
    """What an organisation did on a day of the news, whatever the verb: "Sanofi a relevé mercredi son objectif"."""
    ago = days_before(value, published)
    date = head_of(told.doc, m.start, m.end)
    if ago is None or not 0 <= ago <= _NEWS_DAYS or date is None or value.relation not in {"in", "during"}:
        return None
    verb = next((t for t in date.ancestors if t.pos_ in {"VERB", "AUX"}), None)
    if verb is None or not _is_done(verb) or verb.dep_ not in _MAIN or _is_measured(told, verb):
        return None
    theme = acting(told, verb)
    if theme is None:
        return None
    subject, other, rule = theme
    event = Event(
        m, told.scene.sentence_at(m.start), "announced", (verb.idx, verb.idx + len(verb.text)), subject, other,
        _NEWS, f"“{verb.text}”, {rule}",
    )  # fmt: skip
    return event, []


def _ahead(told: Told, m: Mention, value: DateValue, published: str | None) -> tuple[Event, list[Party]] | None:
    """What is to be done by or from a day to come, whatever the verb: "Sanofi versera un acompte le 12 décembre"."""
    date = head_of(told.doc, m.start, m.end)
    if not is_later(value, published) or date is None:
        return None
    predicate = _BY_RELATION.get(value.relation)
    if predicate is None and not re.fullmatch(r"\d{4}-\d\d(?:-\d\d)?", value.edtf or ""):
        return None  # a year alone mostly dates a figure
    verb = next((t for t in date.ancestors if t.pos_ in {"VERB", "AUX"}), None)
    if verb is None or _is_measured(told, verb) or verb.dep_ not in _MAIN:
        return None
    # A present will do where the words say from or until when ("Danone est liée jusqu'à fin 2027").
    if not _is_ahead(verb) and (predicate not in {"start_date", "end_date"} or _is_ahead(verb) is False):
        return None
    return _done_then(told, m, verb, predicate or "deadline")


def _since(told: Told, m: Mention, value: DateValue, published: str | None) -> tuple[Event, list[Party]] | None:
    """What has been so since a day that is past, told in the present: "Lyon encadre les loyers depuis 2021"."""
    date = head_of(told.doc, m.start, m.end)
    if date is None or value.relation != "from" or is_later(value, published) is not False:
        return None
    verb = next((t for t in date.ancestors if t.pos_ in {"VERB", "AUX"} or _is_said(t)), None)
    if verb is None or _is_measured(told, verb) or verb.dep_ not in _MAIN or not _is_present(verb):
        return None
    before = told.scene.figures_in(told.scene.sentence_at(m.start).start, m.start)
    if before and told.scene.words_between(before[-1].end, m.start) <= _BESIDE_FIGURE:
        return None  # "du jamais-vu depuis 2013": how long a figure had not been so
    return _done_then(told, m, verb, "start_date")


def _is_said(noun: Token) -> bool:
    """Whether a noun is what somebody is said to be or to be in: "le quotidien est en redressement judiciaire"."""
    return any(c.dep_ == "cop" for c in noun.children)


def _done_then(told: Told, m: Mention, verb: Token, predicate: Predicate) -> tuple[Event, list[Party]] | None:
    spans = predicate in {"start_date", "end_date"}
    theme = acting(told, verb, SITES | ORGS if spans else ORGS)
    noun = acted(told, verb) if theme is None and spans else None
    if theme is None and noun is None:
        return None
    subject, other, rule = theme or (None, noun, "no name beside it")
    cue = (verb.idx, verb.idx + len(verb.text))
    sentence = told.scene.sentence_at(m.start)
    return Event(
        m, sentence, predicate, cue, subject, other, _NEWS, f"“{verb.text}”, {rule}", noun, by_noun=noun is not None
    ), []


def _is_present(verb: Token) -> bool:
    """Whether a verb tells what is, or what has been done since and still holds."""
    forms = [verb, *(c for c in verb.children if c.dep_.startswith(("aux", "cop")))]
    return any("Pres" in t.morph.get("Tense", []) and "Fin" in t.morph.get("VerbForm", []) for t in forms)


def _is_done(verb: Token) -> bool:
    """Whether a verb tells what has been done."""
    if any("Fut" in t.morph.get("Tense", []) or t.lemma_ in _WILL for t in [verb, *verb.children] if t.pos_ == "AUX"):
        return False
    if {"Past", "Imp"} & set(verb.morph.get("Tense", [])) and "Fin" in verb.morph.get("VerbForm", []):
        return True
    helped = any(c.dep_.startswith("aux") and c.lemma_ in _HELPERS for c in verb.children)
    return helped and "Part" in verb.morph.get("VerbForm", [])


def _is_measured(told: Told, verb: Token) -> bool:
    """Whether a verb tells how much something moved: the day is that of its figure."""
    figures = [m for m in told.scene.figures if m.kind != "duration"]  # "will strike for six days from 17 November"
    return any(told.within(c.idx, figures) for c in verb.children if c.dep_.startswith(("obj", "obl", "dobj")))
