"""What else a claim is about: the entity on the other side, or what the figure measures."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from faits.model import EntityType, EntityValue, Mention, Party, Predicate, Quantity, Rival
from faits.stages.linking.candidates import Anchor
from faits.stages.linking.prepositions import frame, preposition_at
from faits.stages.linking.scene import Scene

# Predicates that have an entity on the other side, and what it can be.
_OTHERS: dict[Predicate, frozenset[EntityType]] = {
    "investment": frozenset({"ORG", "PROJECT", "PRODUCT"}),
    "contract_value": frozenset({"ORG", "PROJECT"}),
    "acquisition": frozenset({"ORG", "PROJECT", "PRODUCT", "PERSON"}),
    "subsidy": frozenset({"ORG", "PROJECT"}),
    "debt": frozenset({"ORG"}),
    "ownership": frozenset({"ORG", "PROJECT", "PRODUCT"}),
}
# "de la société", "du projet": a noun there may be the very one that the article is about.
_WHATEVER: frozenset[Predicate] = frozenset({"subsidy", "ownership"})
_UNSAID: frozenset[Predicate] = frozenset({"subsidy", "ownership", "investment", "contract_value", "acquisition"})
_REACH_WORDS, _NEAR_WORDS = 14, 8
_OWNED = frozenset({"of", "in"})


def object_of(
    scene: Scene,
    anchor: Anchor,
    subject: str | None,
    m: Mention,
    rivals: Sequence[Rival] = (),
    *,
    taken: bool = False,
    owners: Collection[str | None] = (),
) -> tuple[Party | None, str]:
    """The other party of a claim, an entity where its predicate has one, else what the figure counts or measures.

    `rivals` are the parties its subject was chosen from, the likeliest first; `taken` says that something without a
    name stands where the other party would; `owners` are who else has a share in the same sentence: not in each other.
    """
    if anchor.predicate in _OTHERS:
        found = _other_entity(scene, anchor, subject)
        if found is not None:
            return found, "after its preposition"
        open_ = not taken or anchor.predicate in _WHATEVER
        found = _talked_about(scene, anchor, subject, rivals) if open_ else None
        if found is not None and not (anchor.predicate == "ownership" and found.id in owners):
            return found, "what the article is about"
    if isinstance(m.value, Quantity) and m.value.of:
        return Party(id=None, name=m.value.of, type=None), "what is counted"
    if anchor.predicate in {"growth", "share"} and (measured := _measured(scene, anchor)):
        return Party(id=None, name=measured, type=None), "what is measured"
    return None, "none"


def _other_entity(scene: Scene, anchor: Anchor, subject: str | None) -> Party | None:
    types = _OTHERS[anchor.predicate]
    wanted = frame(anchor.trigger.row.object) if anchor.trigger else {"in", "to"}
    best: tuple[float, EntityValue] | None = None
    for one in scene.entities_in(anchor.sentence.start, anchor.sentence.end):
        if not isinstance(one.value, EntityValue) or one.value.id == subject or one.value.type not in types:
            continue
        a, b = (anchor.end, one.start) if one.start >= anchor.end else (one.end, anchor.start)
        words = scene.words_between(a, b)
        kind, _ = preposition_at(scene, one.start)
        score = (1.0 if kind in wanted else 0.0) - 0.06 * words - 0.3 * scene.figures_between(a, b)
        if anchor.trigger and "after" in anchor.trigger.row.object and one.start >= anchor.trigger.end and kind is None:
            score += 0.8
        near = kind in _OWNED and one.start >= anchor.end and words <= _NEAR_WORDS
        if anchor.predicate == "ownership" and not near:
            continue  # who else owns stands in the same sentence
        if words <= _REACH_WORDS and score > 0.2 and (best is None or score > best[0]):
            best = (score, one.value)
    if best is None:
        return None
    value = best[1]
    return Party(id=value.id, name=value.name, type=value.type, aliases=value.aliases)


def _talked_about(scene: Scene, anchor: Anchor, subject: str | None, rivals: Sequence[Rival]) -> Party | None:
    """Who gets what another one pays, where the sentence need not say it: whom the article is about."""
    topic = scene.topic
    if anchor.predicate not in _UNSAID or topic is None or subject is None or topic.id == subject:
        return None
    if topic.type not in _OTHERS[anchor.predicate] or topic.id not in {one.party.id for one in rivals}:
        return None
    return Party(id=topic.id, name=topic.name, type=topic.type, aliases=topic.aliases)


def _measured(scene: Scene, anchor: Anchor) -> str | None:
    """The figure that grows or is shared, when a word for one stands right before ("ventes", "revenue")."""
    money = [
        one
        for one in scene.triggers.between(anchor.sentence.start, anchor.start)
        if "money" in one.row.kinds
        and one.row.pos == "noun"
        and one.row.predicate in {"revenue", "profit", "debt", "price"}
    ]
    if money and scene.words_between(money[-1].end, anchor.start) <= 10:
        return scene.text[money[-1].start : money[-1].end]
    return None
