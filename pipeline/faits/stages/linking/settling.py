"""What the words that govern a figure settle: its predicate, whose it is, and whom it cannot be about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from faits.model import EntityValue, Mention, Party, Predicate, Quantity
from faits.stages.linking.candidates import Candidate
from faits.stages.linking.choosing import Choice, Last
from faits.stages.linking.grammar import is_passive, slots_of
from faits.stages.linking.paying import Paid
from faits.stages.linking.ranking import Ranked
from faits.stages.linking.slots import Slot
from faits.stages.linking.talk import Talk
from faits.stages.linking.telling import gapped, is_of_many, outsiders, reckoning, set_against, share_of, told_of
from faits.stages.linking.turning import is_invested_in

# How sure a side read off the grammar is, beside what the ranker says: no surer than its surest.
_SURE = 0.7
# Under this share whom the text speaks of is a guess.
_WEAK = 0.3
_PHRASE = 70


def settled_predicate(talk: Talk, m: Mention, choice: Choice, last: Last) -> Choice:
    """The predicate of the word of payment that governs a figure, or of the verb left out; else the one chosen."""
    if last is not None and last[0].kind == m.kind and set_against(talk, m) is not None:
        rule = "as the figure it is set against"
        return choice if choice.predicate == last[1].predicate else _instead(choice, last[1].predicate, rule)
    told = talk.paid.get(m.start)
    said = told.predicate if told is not None and told.predicate is not None else choice.predicate
    if talk.scene.lang == "en" and m.kind == "ratio" and said in _SHARES and _BY.search(_before(talk, m)):
        return _instead(choice, "growth", "what something moved by")
    if _is_per_share(m) and said in _WHOLE_SUMS:
        return _instead(choice, "price", "by the share")
    if told is not None and told.predicate is not None:
        rule = f"“{talk.scene.text[slice(*told.cue)]}” governs it"
        return choice if said == choice.predicate else _instead(choice, said, rule)
    other = last is not None and last[0].kind == m.kind and last[1].predicate != choice.predicate
    if last is not None and other and gapped(talk, m) is not None:
        return _instead(choice, last[1].predicate, "as the figure before it, whose verb it shares")
    # What goods cost by weight or volume is their price.
    if m.kind == "price" and choice.predicate == "cost" and talk.priced(m) is not None:
        return _instead(choice, "price", f"{choice.rule}, of goods")
    return choice


# What may be told of who gets it, where nobody else is named.
_TOLD_OF_GETTER: frozenset[Predicate] = frozenset({"subsidy", "investment", "contract_value"})


def _is_no_party(one: Ranked, told: Paid | None, reckons: int) -> bool:
    """Whether a common noun is the payment itself, or who only reckons it."""
    slot = one.candidate.slot
    if told is None:
        return reckons >= 0 and slot.token == reckons
    # "sa filiale Korvane": the noun is the one that its name tells.
    names = (side for side in (told.giver, told.getter) if side is not None)
    same = any(0 <= side.start - slot.end <= 1 for side in names)
    return same or (slot.start < told.cue[1] and told.cue[0] < slot.end) or (reckons >= 0 and slot.token == reckons)


def _is_per_share(m: Mention) -> bool:
    return isinstance(m.value, Quantity) and m.value.per == "share"


# What nobody counts by the share: a sum by the share is its price.
_WHOLE_SUMS: frozenset[Predicate] = frozenset(
    {"investment", "acquisition", "contract_value", "cost", "spending", "valuation", "funding_raised", "debt"}
)


_SHARES: frozenset[Predicate] = frozenset({"share", "ownership"})
# "raised its dividend by 5%": nothing but a change is told so.
_BY = re.compile(r"\bby (?:an? )?(?:about |around |some |nearly |almost |more than |at least |up to |just |over )?$")


def _before(talk: Talk, m: Mention) -> str:
    return talk.scene.folded[max(0, m.start - 24) : m.start]


def _instead(choice: Choice, predicate: Predicate, rule: str) -> Choice:
    return replace(choice, predicate=predicate, trigger=None, rule=rule)


def settled_subject(talk: Talk, m: Mention, predicate: Predicate, ranked: list[Ranked]) -> list[Ranked]:
    """The parties a figure may be about: first the one its grammar names, without those it cannot be about."""
    if _is_per_share(m) and (sold := _sold(talk, m)) is not None:
        return _first(ranked, sold, "whose shares are bought")
    if (other_one := set_against(talk, m)) is not None:
        return _first(ranked, other_one, "whom it is set against")
    told = talk.paid.get(m.start)
    subject = told.sides(predicate)[0] if told is not None else None
    if subject is not None and subject.value is not None:
        return _first(ranked, subject.value, "party to the payment", (subject.start, subject.end))
    if predicate == "price" and (goods := talk.priced(m)) is not None:
        return [Ranked(Candidate(goods, None), _SURE), *(replace(r, share=min(r.share, 1 - _SURE)) for r in ranked)]
    if (of := told_of(talk, m)) is not None:
        return _first(ranked, *of)
    out = outsiders(talk, m) | (told.others(predicate) if told is not None else frozenset())
    if predicate == "debt":
        out |= _lenders(talk, m)
    if predicate == "ownership":
        out |= _owned(talk, m)
    if (of_token := share_of(talk, m)) >= 0:
        ranked = sorted(ranked, key=lambda one: one.candidate.slot.token != of_token)
    reckons = reckoning(talk, m)
    left = [
        one
        for one in ranked
        if one.candidate.key not in out and not (one.candidate.value is None and _is_no_party(one, told, reckons))
    ]
    gets = told is not None and not left and predicate in _TOLD_OF_GETTER
    other = told.sides(predicate)[1] if told is not None and gets else None
    if other is not None and other.value is not None:
        return _first(
            ranked, other.value, "party to the payment", (other.start, other.end)
        )  # nobody else is named: what is told is told of him
    if predicate == "investment" and left and left[0].candidate.start < 0 and left[0].share < _WEAK:
        left = sorted(left, key=lambda one: not is_invested_in(talk, one.candidate.slot.start, one.candidate.value))
    if left and left[0].candidate.value is None and left[0].candidate.start >= 0:
        return [_whole(talk, left[0]), *left[1:]]
    return left


def _owned(talk: Talk, m: Mention) -> frozenset[str]:
    """What a share right before it is of, where the parse has lost its verb: "24,5 % du projet X"."""
    near = talk.scene.entities_in(m.end, m.end + 30)
    value = near[0].value if near else None
    of = isinstance(value, EntityValue) and _OF.fullmatch(talk.scene.folded[m.end : near[0].start]) is not None
    if not of or _WHOSE.search(talk.scene.folded[max(0, m.start - 120) : m.start]) is not None:
        return frozenset()
    assert isinstance(value, EntityValue)
    return frozenset({value.id})


_OF = re.compile(r" (?:du|de la|de l'|des?|d'|of|in) ?(?:the )?(?:capital (?:de|du|d') ?)?(?:\w+ )?")
_WHOSE = re.compile(r"\b(?:filiale|propriete|detenue?s?|controlee?s?|owned|held)\b[^;.]*$")


def _sold(talk: Talk, m: Mention) -> EntityValue | None:
    """Whose shares are bought in the sentence of a price: "agreed to buy X for $2bn, or $31.50 per share"."""
    sentence = talk.scene.sentence_at(m.start)
    for one in talk.scene.figures_in(sentence.start, sentence.end):
        told = talk.paid.get(one.start)
        if told is not None and told.predicate == "acquisition" and told.getter is not None:
            return told.getter.value
    return None


def _lenders(talk: Talk, m: Mention) -> frozenset[str]:
    """Who lends in the sentence of a figure: none of its debts is theirs."""
    sentence = talk.scene.sentence_at(m.start)
    found = (talk.paid.get(one.start) for one in talk.scene.figures_in(sentence.start, sentence.end))
    return frozenset().union(*(one.givers for one in found if one is not None and one.predicate == "debt"))


def _whole(talk: Talk, one: Ranked) -> Ranked:
    """A noun with the participle that says which is meant: "la quantité de courant utilisée par les centres"."""
    slot = one.candidate.slot
    behind = talk.tree.tokens(slot.end + 1, slot.end + _PHRASE)
    if not behind or behind[0].pos_ not in {"VERB", "ADJ"} or not is_passive(behind[0]):
        return one
    agents = slots_of(behind[0], noun=False).get("subject", [])
    if not agents or agents[0].i < behind[0].i:
        return one
    last = max((t for t in agents[0].subtree if t.idx < slot.end + _PHRASE), key=lambda t: t.i)
    told = talk.scene.text[slot.start : last.idx + len(last)]
    if _BROKEN.search(told):
        return one
    return replace(one, candidate=Candidate(replace(slot, end=last.idx + len(last), noun=told), None))


_BROKEN = re.compile(r"[,;:.()«»“”\d]")


def is_nobodys(talk: Talk, m: Mention, ranked: Sequence[Ranked]) -> bool:
    """Whether a figure is of several that its text does not name, and only somebody else is left, or nobody."""
    if not ranked and (m.kind == "count" or m.start in talk.paid):
        return True
    best = ranked[0].candidate.value if ranked else None
    return best is not None and best.type == "PERSON" and is_of_many(talk, m)


def _first(ranked: Sequence[Ranked], value: EntityValue, why: str, span: tuple[int, int] = (-1, -1)) -> list[Ranked]:
    known = next((r for r in ranked if r.candidate.key == value.id), None)
    candidate = known.candidate if known is not None else Candidate(Slot(*span, "name", -1, value), value)
    share = max(_SURE, known.share if known is not None else 0.0)
    others = [r for r in ranked if r is not known]
    return [Ranked(candidate, share, why), *(replace(r, share=min(r.share, 1 - share)) for r in others)]


def settled_object(talk: Talk, m: Mention, predicate: Predicate, subject: Party) -> Party | None:
    """The party on the other side of a figure, where the grammar names it."""
    told = talk.paid.get(m.start)
    other = told.sides(predicate)[1] if told is not None and not _is_per_share(m) else None
    return other.party if other is not None and other.party.id != subject.id else None
