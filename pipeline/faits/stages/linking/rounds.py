"""Who puts money into a firm in a round of funding, where each one's share is not told: "menée par X et Y"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from faits.lexicons.frames import RoundRow, raisings, rounds
from faits.lexicons.predicates import Found
from faits.model import EntityType, EntityValue
from faits.stages.linking.apposed import listed
from faits.stages.linking.referents import Referent, Referents, party_of
from faits.stages.linking.roles import Told
from faits.stages.linking.scene import Scene, Sentence

_INVESTORS: frozenset[EntityType] = frozenset({"ORG", "PERSON"})
_BACK, _NEAR = 2, 4
_FIRST = re.compile(
    r"^\s+(?:(?:de |d['’]|of )?(?:le |la |les |l['’]|du |the |an? )?"
    r"(?:(?!(?:et|and|de|of|à)\s)[a-zà-ÿ][\w'’-]*\s+){0,4})$"
)
_LENT = re.compile(r"\b(?:loan|debt|credit|grant|bond|pret|emprunt|dette|subvention|obligation)\w*\b[^,;.]{0,30}$")
_LAST = re.compile(r"^\s+(?:(?:qui|ont|vont|have|will|also|both|all|y|who)\s+){0,3}$")
_HIS_SUM = re.compile(r"^,? (?:qui|which|who|avec|with|à hauteur|pour)\b")
_SUM_CHARS = 60


def investors(scene: Scene, referents: Referents) -> Iterator[Told]:
    """Each investor of a round, with the firm that raises the money."""
    for one in rounds(scene.lang).find(scene.folded):
        sentence = scene.sentence_at(one.start)
        if not _raises(scene, sentence, one) or _LENT.search(scene.folded[sentence.start : one.start]):
            continue
        found = _before(scene, sentence, one) if one.row.before else _after(scene, sentence, one)
        firm = _firm(scene, referents, sentence, one, {r.party.id for r in found}) if found else None
        for investor in found if firm is not None else []:
            if firm is not None and not _told_with_his_sum(scene, investor):
                start, end = min(one.start, investor.start), max(one.end, investor.end)
                rule = f"“{scene.text[one.start : one.end]}”, {investor.how}"
                yield "investment", investor.party, party_of(firm), start, end, 0.6, rule, (one.start, one.end)


def _raises(scene: Scene, sentence: Sentence, one: Found[RoundRow]) -> bool:
    """Whether a round of funding is told of right here, or just before for words that name one only in its context."""
    near = scene.sentences[max(0, sentence.index - (0 if one.row.here else _BACK)) : sentence.index + 1]
    first = next(before for before in near if before.paragraph == sentence.paragraph)
    return any(True for _ in raisings(scene.lang).find(scene.folded[first.start : sentence.end]))


def _after(scene: Scene, sentence: Sentence, one: Found[RoundRow]) -> list[Referent]:
    return listed(scene, one.end, sentence.end, _FIRST, _INVESTORS, "name")


def _before(scene: Scene, sentence: Sentence, one: Found[RoundRow]) -> list[Referent]:
    """The names right before their verb: "Bpifrance et l'assureur Macif complètent le tour"."""
    near = scene.entities_in(sentence.start, one.start)
    for n in range(len(near)):
        found = listed(scene, near[n].start, one.start, re.compile(r"^$"), _INVESTORS, "name")
        if found and _LAST.match(scene.text[found[-1].end : one.start]):
            return found
    return []


def _firm(
    scene: Scene, referents: Referents, sentence: Sentence, one: Found[RoundRow], investors: set[str | None]
) -> EntityValue | None:
    """Who raises the money: the subject before it in its sentence, else whom the text is about."""
    for m in reversed(scene.entities_in(sentence.start, one.start)):
        value = m.value
        if not isinstance(value, EntityValue) or value.type != "ORG" or value.id in investors:
            continue
        if referents.is_subject(m.start, m.end) or scene.text[m.end : m.end + 2] in {"'s", "’s"}:
            return value
    first = scene.sentences[max(0, sentence.index - _NEAR)].start
    near = {v.id for v in referents.spoken_of(first, sentence.end)}
    topics = (v for v in scene.ranked_topics if v.type == "ORG" and v.id not in investors)
    topic = next(topics, None)
    return topic if topic is not None and topic.id in near else None


def _told_with_his_sum(scene: Scene, investor: Referent) -> bool:
    """Whether what an investor gives is told behind his name, and the round with it."""
    if not _HIS_SUM.match(scene.text[investor.end : investor.end + 14]):
        return False
    return any(m.kind == "money" for m in scene.figures_in(investor.end, investor.end + _SUM_CHARS))
