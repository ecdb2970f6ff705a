"""Trees look a second time at the parties that a figure is likeliest about."""

import json
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faits.errors import LexiconError
from faits.extractors import entities
from faits.lexicons.explanations import explanations
from faits.stages.annotate import annotate
from faits.stages.find import find, outer
from faits.stages.linking import forest as forests
from faits.stages.linking import ranking
from faits.stages.linking.centres import Centres
from faits.stages.linking.forest import Forest, forest, forest_of
from faits.stages.linking.portraits import LIKELIEST, Gallery
from faits.stages.linking.reasons import _REASONS, reasons
from faits.stages.linking.scene import Scene
from faits.stages.linking.talk import Talk
from faits.stages.linking.whom import chosen_predicates
from faits.stages.normalise import normalise
from faits.text.parse import read_off

TEXT = (
    "Norsel a publié ses résultats lundi. Le groupe a vendu 4 000 camions et emploie 12 000 salariés. "
    "Son chiffre d'affaires atteint 3 milliards d'euros. Chez Dalmor, les ventes reculent de 8 %."
)
TREES = json.loads(resources.files("faits.models").joinpath("trees.json").read_text(encoding="utf-8"))["subject"]


def talk_of(text: str) -> Talk:
    doc = annotate(text, "fr")
    mentions, _ = normalise(find(text, "fr", doc), text, "fr", doc, published="2030-03")
    speaking = outer(mentions)
    return Talk(Scene(text, "fr", read_off(doc, text), speaking, entities.descriptions(text, "fr", speaking, doc)))


@pytest.fixture(scope="module")
def talk() -> Talk:
    return talk_of(TEXT)


def by_hand(tree: object, row: dict[str, float]) -> int:
    """What a tree says of a row, walked node by node."""
    while isinstance(tree, list):
        tree = tree[2] if row.get(tree[0], 0.0) <= tree[1] else tree[3]
    assert isinstance(tree, int)
    return tree


@given(st.lists(st.dictionaries(st.sampled_from(forest().names), st.floats(-2, 40)), min_size=1, max_size=4))
def test_the_forest_says_what_its_trees_say_one_by_one(rows: list[dict[str, float]]) -> None:
    assert forest().scores(forest().leaves(rows)) == [sum(by_hand(tree, row) for tree in TREES) for row in rows]


@given(st.dictionaries(st.sampled_from(forest().names), st.floats(-2, 40)))
def test_what_the_features_tell_of_two_rows_adds_up_to_the_difference_of_their_scores(row: dict[str, float]) -> None:
    leaves = forest().leaves([row, {}])
    one, other = forest().scores(leaves)

    assert sum(forest().told(leaves[0], leaves[1]).values()) == one - other


def test_the_parties_keep_together_what_the_chain_gave_them(talk: Talk) -> None:
    anchors = [anchor for _, anchor, _ in chosen_predicates(talk)]

    for once, twice in zip(
        ranking.rank_subjects(talk, anchors, again=False), ranking.rank_subjects(talk, anchors), strict=True
    ):
        assert sum(r.share for r in twice) == pytest.approx(sum(r.share for r in once))
        assert {r.candidate.key for r in twice} == {r.candidate.key for r in once}
        assert [r.candidate.key for r in twice[LIKELIEST:]] == [r.candidate.key for r in once[LIKELIEST:]]


def test_trees_that_say_nothing_leave_the_order_of_the_chain(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    anchors = [anchor for _, anchor, _ in chosen_predicates(talk)]
    monkeypatch.setattr(ranking, "forest", lambda: forest_of([0]))

    once, twice = (ranking.rank_subjects(talk, anchors, again=again) for again in (False, True))

    assert [[r.candidate.key for r in some] for some in twice] == [[r.candidate.key for r in some] for some in once]


def test_a_portrait_says_whom_the_clauses_and_sentences_are_about(talk: Talk) -> None:
    anchors = [anchor for _, anchor, _ in chosen_predicates(talk)]
    heard = [one for one in ranking.chain(talk, anchors) if one is not None]
    gallery = Gallery(talk, heard)
    last = {p.key: row for p, row in zip(heard[-1].parties, gallery.portraits(len(heard) - 1), strict=False)}

    assert last["org-norsel"]["share of sentences"] > last["org-norsel"]["rival: share of sentences"]
    assert last["org-norsel"]["last told of"] == 1.0 and last["org-dalmor"]["last told of"] == 0.0


def test_the_centre_of_a_sentence_is_whom_its_subject_names_or_belongs_to(talk: Talk) -> None:
    assert [one.id for one in Centres(talk).of][:3] == ["org-norsel"] * 3


def test_every_reason_is_told_in_french() -> None:
    words = explanations("fr")

    assert all(words.rule(reason) != reason for reason in _REASONS)


def test_the_weightiest_reasons_are_told_first_and_none_that_speaks_against() -> None:
    told = {"figure before": 40, "figure after": 30, "a name": 50, "in title": -20, "share": 900, "type ORG": 10}

    assert reasons(told) == ("the figures beside it", "where its name stands")


def test_a_forest_of_nothing_adds_nothing() -> None:
    none: Forest = forest_of([])

    assert none.scores(none.leaves([{"share": 1.0}])) == [0]


def test_a_damaged_file_of_trees_is_an_incomplete_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forests.json, "loads", lambda _: {"subject": [["share", 1]]})
    forests.forest.cache_clear()
    try:
        with pytest.raises(LexiconError, match="reinstall"):
            forests.forest()
    finally:
        forests.forest.cache_clear()
