"""What a price is of, where that is goods that anybody sells: "le prix de la sardine", "wheat fetches €205 a tonne"."""

from __future__ import annotations

import re

from faits.lexicons.predicates import FormRow, Found
from faits.model import Mention
from faits.stages.linking.scene import Places, Scene, Sentence
from faits.stages.linking.slots import Slot, phrase_of
from faits.stages.linking.tree import Tree

# "le prix moyen du blé", "the price of wheat", "les cours mondiaux de l'étain".
_PRICE_OF = re.compile(
    r"\s(?:\w+\s){0,2}?(?:du|de la|de l'|des|de|d'|of|of the|for)\s?(?:(?:le |la |l'|the )?\w+ de )?"
)
# "wheat prices", "gas futures": English only, as French has nothing of the kind.
_OF_PRICE = re.compile(r"\s(?:\w+\s)?")
# "400 dollars la tonne de soude", "$70 a barrel of oil".
_MEASURED = re.compile(r"\s(?:de |d'|of )(?:la |l'|the )?")
# Goods of somebody are what he sells: "leur courant", "its steel", "Dalmor's gas".
_OWNED = re.compile(
    r"(?:\b(?:son|sa|ses|leurs?|notre|nos|votre|vos|its|their|his|her|our|your|my|mon|ma|mes) |'s )\w*$"
)
# Goods that open their sentence are its subject, whatever the parse makes of what stands between.
_OPENING = re.compile(
    r"\W*(?:(?:et|mais|or|and|but|meanwhile|pourtant|enfin),? )?(?:le |la |les |l'|the |un |une |a )?"
)
_OF_ONE = re.compile(r" (?:du|de la|de l'|des|de son|de sa|de ses|of the|of its|of their|from the)\b")
_FROM = re.compile(r"\s(?:de |d'|du |des |of |from )(?:la |l'|the )?")
_GOVERNED = frozenset({"subject 1", "patient 1", "apposed 1", "over 1"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_PRICES = frozenset({"price", "cost"})


def goods_of(scene: Scene, tree: Tree, traded: Places[FormRow], m: Mention) -> Slot | None:
    """The goods a price is of, as a common noun, the nearest first; None where it is of what somebody sells."""
    sentence = scene.sentence_at(m.start)
    here = [one for one in traded.between(sentence.start, sentence.end) if not _is_named(scene, one)]
    if not here:
        return None
    around = tree.around(tree.root(m.start, m.end))
    for one in sorted(here, key=lambda found: abs(found.start - m.start)):
        a, b = (one.end, m.start) if one.end <= m.start else (m.end, one.start)
        if ";" in scene.text[a:b] or scene.figures_between(a, b, m.kind) > 1:
            continue
        root = tree.root(one.start, one.end)
        opens = _OPENING.fullmatch(scene.folded[sentence.start : one.start]) is not None and one.end <= m.start
        if (
            opens
            or around.get(root) in _GOVERNED
            or _has_price(scene, tree, one, sentence)
            or _is_measured(scene, one, m)
        ):
            start, end = _phrase(scene, tree, root, one)
            return Slot(start, end, "noun", root, noun=scene.text[start:end])
    return None


def _phrase(scene: Scene, tree: Tree, root: int, one: Found[FormRow]) -> tuple[int, int]:
    """The goods with what tells them apart from others of their kind, as far as the parse has them together."""
    if root < 0:
        return one.start, one.end
    start, end = phrase_of(tree, root)
    whole = start <= one.start and one.end <= end and scene.text[max(0, start - 1) : start] != "-"
    return (start, end) if whole else (one.start, one.end)


def _is_named(scene: Scene, one: Found[FormRow]) -> bool:
    """Whether goods are part of a name, or somebody's."""
    near = scene.entities_in(max(0, one.start - 60), one.end + 12)
    if any(m.start < one.end and one.start < m.end for m in near):
        return True
    if _OWNED.search(scene.folded[max(0, one.start - 24) : one.start]):
        return True
    if _OF_ONE.match(scene.folded, one.end):
        return True
    return any(m.start >= one.end and _FROM.fullmatch(scene.folded[one.end : m.start]) for m in near)


def _has_price(scene: Scene, tree: Tree, one: Found[FormRow], sentence: Sentence) -> bool:
    """Whether a noun of price stands beside goods, as theirs."""
    for word in scene.triggers.between(sentence.start, sentence.end):
        if word.row.predicate not in _PRICES or not _is_noun(tree, word.start, word.end):
            continue
        if word.end <= one.start and _PRICE_OF.fullmatch(scene.folded[word.end : one.start]):
            return True
        if scene.lang == "en" and one.end <= word.start and _OF_PRICE.fullmatch(scene.folded[one.end : word.start]):
            return True
    return False


def _is_measured(scene: Scene, one: Found[FormRow], m: Mention) -> bool:
    return m.end <= one.start and _MEASURED.fullmatch(scene.folded[m.end : one.start]) is not None


def _is_noun(tree: Tree, start: int, end: int) -> bool:
    """Whether words are a noun as far as the parse says: "costs" is none in "power costs €7 a megawatt-hour"."""
    root = tree.root(start, end)
    return tree.doc is None or root < 0 or tree.doc[root].pos_ in _NOUNS
