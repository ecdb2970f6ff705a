"""Turns the mentions of one article into claims: who, what, how much, when, says who."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from faits.model import (
    Article,
    Claim,
    DateValue,
    EntityValue,
    FactValue,
    Lang,
    Mention,
    Modality,
    Party,
    Predicate,
    Quantity,
    Rival,
)
from faits.stages.linking.attribution import attribution_of, speakers
from faits.stages.linking.calibrating import confidence
from faits.stages.linking.candidates import Anchor
from faits.stages.linking.choosing import Choice
from faits.stages.linking.events import Event, events
from faits.stages.linking.happening import SITES
from faits.stages.linking.modality import modality_of, told_modality
from faits.stages.linking.moods import Asked, moods
from faits.stages.linking.nouns import noun_subject
from faits.stages.linking.objects import object_of
from faits.stages.linking.ranking import Ranked, rank_subjects
from faits.stages.linking.relations import Related, relations
from faits.stages.linking.roles import employers
from faits.stages.linking.scene import Scene, Sentence
from faits.stages.linking.settling import is_nobodys, settled_object
from faits.stages.linking.sites import with_sites
from faits.stages.linking.talk import Talk
from faits.stages.linking.times import time_of
from faits.stages.linking.weights import weights
from faits.stages.linking.whom import told_of_whom
from faits.text.parse import read_off

if TYPE_CHECKING:
    from spacy import tokens

    from faits.text.parse import Doc

VERSION = "link@2"


@dataclass(frozen=True, slots=True)
class Linked:
    """A claim in offsets of the text, the span of its sentence, and how it came to be.

    `trace` says in words which rule gave each field; `refused` names what was considered and left.
    """

    claim: Claim
    sentence: tuple[int, int]
    trace: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def link(
    article: Article,
    doc: tokens.Doc | Doc | None,
    lang: Lang,
    text: str,
    mentions: list[Mention],
    descriptions: list[tuple[int, int, EntityValue]],
    roles: Sequence[Any],
    *,
    zones: Sequence[tuple[int, int]] = (),
) -> list[Linked]:
    """Every claim of a text, in reading order; offsets are those of `text`, `zones` the spans of its headings."""
    scene = with_sites(Scene(text, lang, read_off(doc), mentions, descriptions, zones))
    talk = Talk(scene)
    related = list(relations(scene, roles))
    held = employers(scene, [(one.subject, one.object) for one in related if one.predicate == "role"])
    told = (_related(scene, article, one) for one in related)
    found = [*_figures(talk, article), *_events(talk, article, held), *told]
    return sorted(found, key=lambda one: (one.claim.start, one.claim.end, one.claim.predicate))


def _figures(talk: Talk, article: Article) -> Iterator[Linked]:
    chosen, ranked = told_of_whom(talk)
    asked = [asked_of(m, anchor, some) for (m, anchor, _), some in zip(chosen, ranked, strict=True)]
    stands = moods(talk, asked, article.metadata.published)
    owners: dict[int, set[str | None]] = {}
    for (_, anchor, _), some in zip(chosen, ranked, strict=True):
        if some and anchor.predicate == "ownership":
            owners.setdefault(anchor.sentence.index, set()).add(some[0].candidate.party.id)
    for (m, anchor, choice), some, how in zip(chosen, ranked, stands, strict=True):
        if not is_nobodys(talk, m, some):
            yield _claim(talk, article, anchor, m, some, choice, how, owners.get(anchor.sentence.index, ()))


def asked_of(m: Mention, anchor: Anchor, ranked: Sequence[Ranked]) -> Asked:
    """What is asked of a figure's mood, its subject being the likeliest one."""
    return Asked(m, anchor, ranked[0].candidate.party.id if ranked else None)


def _events(talk: Talk, article: Article, employers: Mapping[str, Party]) -> Iterator[Linked]:
    found = list(events(talk.scene, article.metadata.published))
    ranked = iter(rank_subjects(talk, [anchor_of(one) for one in found if one.subject is None], again=False))
    for one in found:
        some = next(ranked) if one.subject is None else []
        employer = employers.get(one.subject.id or "") if one.subject is not None else None
        # Who speaks for an organisation makes known what it does: he leaves or founds for himself.
        speaks = one.predicate in {"announced", "deadline"} or one.by_noun
        if employer is not None and speaks and "pronoun" not in one.rule:
            one = replace(one, subject=employer, rule=f"{one.rule}, for whom a person speaks")
        yield _happened(talk, article, one, some)


def anchor_of(one: Event) -> Anchor:
    """The anchor of a date whose own clause names no subject."""
    return Anchor(one.date.start, one.date.end, "date", one.sentence, one.predicate, None)


def _happened(talk: Talk, article: Article, one: Event, ranked: list[Ranked]) -> Linked:
    scene, m = talk.scene, one.date
    refused: tuple[str, ...] = ()
    subject, rule = one.subject, one.rule
    if subject is None:
        cited, topic = speakers(scene, one.sentence), scene.topic.id if scene.topic else None
        ranked = [r for r in ranked if _may_happen_to(r.candidate.party, one, cited, topic)]
        if one.step:
            # "Mise en service en 2030": of the site or product spoken of, sooner than of who builds or runs it.
            ranked.sort(key=lambda r: r.candidate.party.type not in SITES or r.share < _SPOKEN_OF)
        subject, how, _ = _subject(scene, anchor_of(one), ranked)
        # A thing told by a common noun is that thing, nobody's; works and openings are of what the text speaks of.
        # What is due is due from somebody with a name: "l'opération doit être bouclée en mars".
        sure = bool(ranked) and (one.by_noun or one.predicate == "deadline" or ranked[0].share >= _SURE)
        noun = one.agent or (None if sure else one.noun)
        if noun is not None:
            subject, how = noun, "common noun"
        rule = f"{rule}: {how}"
        refused = _refused(ranked)
    modality, modality_rule = _happening(scene, article, one)
    attribution, speaker_rule = attribution_of(scene, m.start, one.sentence, article.metadata.publisher)
    if one.predicate == "announced" and attribution == subject.name:
        attribution = None  # who announces says so by announcing
    word = scene.text[slice(*one.cue)]
    claim = Claim(
        article=article.id,
        published=article.metadata.published,
        predicate=one.predicate,
        subject=subject,
        object=one.object if one.object != subject else None,
        time=m.value if isinstance(m.value, DateValue) else None,
        modality=modality,
        attribution=attribution,
        start=m.start,
        end=m.end,
        quote=scene.text[m.start : m.end],
        sentence=scene.text[one.sentence.start : one.sentence.end],
        rules=(
            f"subject: {rule}", f"predicate: “{word}”", "time: the date itself", f"modality: {modality_rule}",
            f"attribution: {speaker_rule}",
        ),
        score=one.score,
        refused=refused,
    )  # fmt: skip
    return _linked(claim, one.sentence)


# From this share of the weight on, a site or product is what starts or ends, where no word of the clause says so.
_SPOKEN_OF = 0.15
# From this share of the weight on, a party that no word of the clause names is taken for the subject of what happens.
_SURE = 0.35


def _may_happen_to(party: Party, one: Event, cited: frozenset[str], topic: str | None) -> bool:
    """Whether something can be told of a party that no word of the clause ties it to, and that is not only cited."""
    if party.id is None or party.name in cited:
        return False
    if one.predicate in {"announced", "deadline"}:
        told_of = party.type == "ORG" or (party.type == "PLACE" and party.id == topic)
        return told_of or (party.type == "PERSON" and one.noun is None)
    # "Le chantier débutera en 2026": works are nobody's name, and no place's.
    return party.type != "PLACE" and (one.noun is None or party.type != "PERSON")


def _happening(scene: Scene, article: Article, one: Event) -> tuple[Modality, str]:
    """How an event stands: by its words, and what lies after the article is not yet done."""
    value = one.date.value
    if one.dropped:
        return "negated", "replaced by another date"
    if one.predicate == "announced":
        return told_modality(scene, *one.cue)
    modality, rule = modality_of(scene, *one.cue, one.sentence)
    if not isinstance(value, DateValue):
        return modality, rule
    if value.relation == "not_before" and modality in {"negated", "asserted"}:
        return "planned", "not before"
    published = article.metadata.published
    past = published is not None and value.latest is not None and value.latest < published
    if past and one.predicate == "founded" and modality != "negated":
        return "asserted", "before the article"
    if past and one.due and modality != "negated":
        return "negated", "planned for a day that is past"
    if past and modality == "planned" and value.relation != "from":
        return "asserted", "before the article"
    if modality == "asserted" and published and value.earliest and value.earliest > f"{published}-99"[:10]:
        return "planned", "after the article"
    return modality, rule


# How many parties a claim names as its possible subjects: what stands further down is hardly ever right.
RIVALS = 4


def _refused(ranked: list[Ranked]) -> tuple[str, ...]:
    return tuple(f"subject {r.candidate.name} ({r.candidate.how}, {r.share:.2f})" for r in ranked[1:4])


def _claim(
    talk: Talk,
    article: Article,
    anchor: Anchor,
    m: Mention,
    ranked: list[Ranked],
    choice: Choice,
    how: tuple[Modality, str],
    owners: Collection[str | None],
) -> Linked:
    scene = talk.scene
    subject, subject_rule, score = _subject(scene, anchor, ranked)
    rivals = tuple(Rival(party=r.candidate.party, share=round(r.share, 3)) for r in ranked[:RIVALS])
    told = talk.paid.get(m.start)
    taken = told is not None and told.taken
    other, object_rule = object_of(scene, anchor, subject.id, m, rivals, taken=taken, owners=owners)
    if (settled := settled_object(talk, m, anchor.predicate, subject)) is not None:
        other, object_rule = settled, "the other side of the payment"
    modality, modality_rule = how
    time, time_rule = time_of(scene, m, anchor.sentence, anchor.predicate, modality)
    if isinstance(m.value, DateValue):
        time, time_rule = m.value, "the date itself"
    attribution, speaker_rule = attribution_of(scene, m.start, anchor.sentence, article.metadata.publisher)
    rules = {
        "subject": subject_rule, "predicate": choice.rule, "object": object_rule, "time": time_rule,
        "modality": modality_rule, "attribution": speaker_rule,
    }  # fmt: skip
    claim = Claim(
        article=article.id,
        published=article.metadata.published,
        predicate=anchor.predicate,
        subject=subject,
        object=other,
        value=_value(m, choice),
        time=time,
        modality=modality,
        attribution=attribution,
        start=m.start,
        end=m.end,
        quote=scene.text[m.start : m.end],
        sentence=scene.text[anchor.sentence.start : anchor.sentence.end],
        rules=tuple(f"{name}: {rule}" for name, rule in rules.items()),
        score=round(score * choice.score, 3),
        rivals=rivals,
        confidence=confidence(score, choice.score, weights("confidence")) if ranked else None,
        refused=(*_refused(ranked), *choice.refused),
    )
    return _linked(claim, anchor.sentence)


def _subject(scene: Scene, anchor: Anchor, ranked: list[Ranked]) -> tuple[Party, str, float]:
    if ranked:
        best = ranked[0]
        told = f": {', '.join(best.reasons)}" if best.reasons else ""
        return best.candidate.party, f"{best.why or best.candidate.how} “{best.candidate.name}”{told}", best.share
    noun = noun_subject(scene, anchor)
    return Party(id=None, name=noun, type=None), "common noun", 0.0


def _value(m: Mention, choice: Choice) -> FactValue | None:
    if not isinstance(m.value, Quantity):
        return None
    fields = {name: getattr(m.value, name) for name in Quantity.model_fields}
    value = FactValue(**fields, kind=m.kind)
    if choice.trigger is not None and choice.trigger.row.sign < 0 and m.kind == "money":
        return _negated(value)
    return value


# A loss of just over 860 is a result of just under -860.
_MIRRORED = {"gt": "lt", "lt": "gt", "min": "max", "max": "min"}


def _negated(value: FactValue) -> FactValue:
    if (value.number or 0) < 0:
        return value
    flipped = {
        "number": None if value.number is None else -value.number,
        "low": None if value.high is None else -value.high,
        "high": None if value.low is None else -value.low,
        "bound": _MIRRORED.get(value.bound, value.bound),
    }
    return value.model_copy(update=flipped)


def _related(scene: Scene, article: Article, one: Related) -> Linked:
    sentence = scene.sentence_at(one.start)
    end = min(one.end, sentence.end) if one.end > sentence.start else one.end
    modality, modality_rule = (
        modality_of(scene, *one.cue, scene.sentence_at(one.cue[0])) if one.cue else ("asserted", "what is by its name")
    )
    attribution, speaker_rule = attribution_of(scene, one.start, sentence, article.metadata.publisher)
    if attribution == one.subject.name:
        attribution = None
    claim = Claim(
        article=article.id,
        published=article.metadata.published,
        predicate=one.predicate,
        subject=one.subject,
        object=one.object,
        time=one.date.value if one.date is not None and isinstance(one.date.value, DateValue) else None,
        modality=modality,
        attribution=attribution,
        start=one.start,
        end=end,
        quote=scene.text[one.start : end],
        sentence=scene.text[sentence.start : sentence.end],
        rules=(f"predicate: {one.rule}", f"modality: {modality_rule}", f"attribution: {speaker_rule}"),
        score=one.score,
    )
    return _linked(claim, sentence)


def _linked(claim: Claim, sentence: Sentence) -> Linked:
    return Linked(claim, (sentence.start, sentence.end), claim.rules, claim.refused)


__all__ = ["VERSION", "Linked", "Predicate", "link"]
