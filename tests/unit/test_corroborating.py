"""An article in doubt about whom a figure is about hears what another one says, and nothing more."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims import claim, party, state
from faits.model import Claim, Party, Rival
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


def sure(line: str, confidence: float, *rivals: tuple[str, float]) -> Claim:
    """A claim whose article is so sure of subject and predicate."""
    return told(line, *rivals).model_copy(update={"confidence": confidence})


def test_what_a_figure_measures_is_told_by_who_is_sure_of_it() -> None:
    unsure = sure("a | Borée | amount | 11e9 EUR", 0.2, ("Borée", 0.9), ("Solane", 0.1))
    clear = sure("b | Borée | valuation | 11e9 EUR", 0.57, ("Borée", 0.9))

    (fact,) = merge([unsure, clear], state=state)

    assert (fact.predicate, fact.articles) == ("valuation", 2)
    assert all(proof.stated is None for proof in fact.evidence)


def test_so_is_whom_it_is_about_though_another_seemed_clear() -> None:
    unsure = sure("a | Solane | count | 36800 count", 0.3, ("Solane", 0.7), ("Borée", 0.25))
    clear = sure("b | Borée | count | 36800 count", 0.57, ("Borée", 0.9))

    assert subjects([unsure, clear]) == [("Borée", 2)]


@pytest.mark.parametrize(
    "other",
    [
        sure("b | Borée | valuation | 11e9 EUR", 0.4, ("Borée", 0.9)),  # not sure either
        sure("b | Borée | valuation | 12e9 EUR", 0.57, ("Borée", 0.9)),  # another figure
        sure("b | Alma Capital | valuation | 11e9 EUR", 0.57, ("Alma Capital", 0.9)),  # of nobody spoken of
        sure("b | Solane | valuation | 11e9 EUR", 0.57, ("Solane", 0.9)),  # of somebody mentioned in passing
    ],
)
def test_who_is_not_sure_or_speaks_of_another_thing_is_not_heard(other: Claim) -> None:
    unsure = sure("a | Borée | amount | 11e9 EUR", 0.2, ("Borée", 0.9), ("Solane", 0.05))

    rows = {(fact.subject.name, fact.predicate) for fact in merge([unsure, other], state=state)}

    assert ("Borée", "amount") in rows


def test_two_that_say_the_same_outweigh_one_that_is_surer() -> None:
    unsure = sure("a | Borée | debt | 11e9 EUR", 0.3, ("Borée", 0.9))
    same = sure("b | Borée | debt | 11e9 EUR", 0.3, ("Borée", 0.9))
    surer = sure("c | Borée | valuation | 11e9 EUR", 0.57, ("Borée", 0.9))

    assert {(fact.predicate, fact.articles) for fact in merge([unsure, same, surer], state=state)} == {
        ("debt", 2),
        ("valuation", 1),
    }


def test_what_a_site_measures_is_given_to_no_firm() -> None:
    site = Party(id="project-pont-du-gave", name="Pont du Gave", type="PROJECT")
    own = sure("a | Solane | quantity | 830 m", 0.3, ("Solane", 0.4))
    rivals = (Rival(party=site, share=0.45), *own.rivals)
    unsure = own.model_copy(update={"subject": site, "rivals": rivals})
    others = [sure(f"{article} | Solane | quantity | 830 m", 0.57, ("Solane", 0.9)) for article in "bc"]

    assert ("Pont du Gave", 1) in subjects([unsure, *others])


some = st.builds(
    sure,
    st.builds(
        "{}.{} | {} | {} | {} USD".format,
        st.sampled_from("abcd"), st.integers(1, 3), st.sampled_from(("Borée", "Solane")),
        st.sampled_from(("cost", "debt")), st.sampled_from(("4e9", "5e9")),
    ),
    st.sampled_from((0.2, 0.3, 0.57)),
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
