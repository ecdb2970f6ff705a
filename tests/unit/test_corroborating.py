"""An article in doubt about whom a figure is about hears what another one says, and nothing more."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims import claim, party, state
from faits.model import Claim, Rival
from faits.stages.merge import merge


def told(line: str, *rivals: tuple[str, float]) -> Claim:
    """A claim whose subject was chosen from `rivals`, the likeliest first."""
    shares = tuple(Rival(party=party(name), share=share) for name, share in rivals)
    return claim(line).model_copy(update={"rivals": shares})


CLEAR = told("a | Borée | power_demand | 5e9 W", ("Borée", 0.8), ("Solane", 0.1))
DOUBTFUL = told("b | Solane | power_demand | 5e9 W", ("Solane", 0.45), ("Borée", 0.4))


def subjects(claims: list[Claim], **options: object) -> list[tuple[str, int]]:
    return [(fact.subject.name, fact.articles) for fact in merge(claims, state=state, **options)]  # type: ignore[arg-type]


def test_another_article_settles_whom_a_figure_is_about() -> None:
    assert subjects([CLEAR, DOUBTFUL]) == [("Borée", 2)]


def test_the_row_says_that_other_articles_decided() -> None:
    (fact,) = merge([CLEAR, DOUBTFUL], state=state)

    assert [proof.article for proof in fact.evidence] == ["a", "b"]
    assert all(proof.stated is None or "subject" not in proof.stated for proof in fact.evidence)


@pytest.mark.parametrize(
    "other",
    [
        told("b | Solane | power_demand | 5e9 W", ("Solane", 0.7), ("Borée", 0.2)),  # says so clearly
        told("b | Solane | power_demand | 5e9 W", ("Solane", 0.5), ("Alma Capital", 0.4)),  # does not speak of Borée
        told("b | Solane | power_demand | 6e9 W", ("Solane", 0.45), ("Borée", 0.4)),  # another figure
        told("b | Solane | energy_storage | 5e9 W", ("Solane", 0.45), ("Borée", 0.4)),  # of another kind
        told("b | Solane | power_demand | 5e9 W | 2019", ("Solane", 0.45), ("Borée", 0.4)),  # of another time
    ],
)
def test_what_an_article_says_or_another_thing_is_left_alone(other: Claim) -> None:
    clear = told("a | Borée | power_demand | 5e9 W | 2024", ("Borée", 0.8), ("Solane", 0.1))

    assert ("Solane", 1) in subjects([clear, other])


def test_a_copy_of_an_article_is_no_second_voice() -> None:
    assert ("Solane", 1) in subjects([CLEAR, DOUBTFUL], copies={"b": "a"})


def test_a_small_bare_number_is_shared_by_chance() -> None:
    clear = told("a | Borée | count | 12 count", ("Borée", 0.8), ("Solane", 0.1))
    doubtful = told("b | Solane | count | 12 count", ("Solane", 0.45), ("Borée", 0.4))

    assert ("Solane", 1) in subjects([clear, doubtful])


def test_who_becomes_the_subject_is_no_longer_the_object() -> None:
    doubtful = told("b | Solane -> Borée | cost | 4e9 USD", ("Solane", 0.45), ("Borée", 0.4))
    clear = told("a | Borée | cost | 4e9 USD", ("Borée", 0.8), ("Solane", 0.1))

    (fact,) = merge([clear, doubtful], state=state)

    assert (fact.subject.name, fact.object) == ("Borée", None)


some = st.builds(
    told,
    st.builds(
        "{}.{} | {} | cost | {} USD".format,
        st.sampled_from("abcd"), st.integers(1, 3), st.sampled_from(("Borée", "Solane")),
        st.sampled_from(("4e9", "5e9")),
    ),
    st.tuples(st.sampled_from(("Borée", "Solane")), st.sampled_from((0.4, 0.55, 0.9))),
    st.tuples(st.sampled_from(("Alma Capital", "Ventelune")), st.sampled_from((0.1, 0.3))),
)  # fmt: skip


@given(st.lists(some, max_size=8), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=80)
def test_no_order_and_no_repetition_changes_what_is_decided(found: list[Claim], random: object) -> None:
    shuffled = [*found, *found[::2]]
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    rows = [[fact.model_dump_json() for fact in merge(claims, state=state)] for claims in (found, shuffled)]

    assert rows[0] == rows[1]
