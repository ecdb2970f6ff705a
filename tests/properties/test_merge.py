from hypothesis import given, settings
from hypothesis import strategies as st

from claims import claim, state
from faits.stages.merge import merge

NAMES = ("Borée", "Solane", "Alma Capital")
NUMBERS = ("1e9 EUR / 1e9", "1.4e9 EUR / 1e8", "1.8e9 EUR / 1e8", "gt 1e9 EUR", "approx 2e9 EUR", "1.48e9 EUR / 1e7")
TIMES = ("-", "2021", "2023", "2021-04", "by 2030")
PREDICATES = ("cost", "investment", "amount", "revenue")

lines = st.builds(
    "{}.{} {} | {} -> {} | {} | {} | {} | {}".format,
    st.sampled_from("abcd"),
    st.integers(1, 9),
    st.sampled_from(("2021", "2024-05")),
    st.sampled_from(NAMES),
    st.sampled_from((*NAMES, "chantier", "scénario")),
    st.sampled_from(PREDICATES),
    st.sampled_from(NUMBERS),
    st.sampled_from(TIMES),
    st.sampled_from(("asserted", "planned", "negated")),
)
claims = st.lists(st.builds(claim, lines), max_size=12)


def table(facts):
    return [fact.model_dump_json() for fact in facts]


@given(claims, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=120)
def test_merge_is_the_same_under_any_order(given_claims, random):
    shuffled = given_claims[:]
    random.shuffle(shuffled)

    assert table(merge(shuffled, state=state)) == table(merge(given_claims, state=state))


@given(claims)
@settings(deadline=None, max_examples=120)
def test_giving_a_claim_twice_changes_nothing(given_claims):
    assert table(merge([*given_claims, *given_claims[::2]], state=state)) == table(merge(given_claims, state=state))


@given(claims)
@settings(deadline=None, max_examples=120)
def test_every_claim_is_proof_of_some_row_and_ids_are_unique(given_claims):
    facts = merge(given_claims, state=state)

    assert len({fact.id for fact in facts}) == len(facts)
    proofs = {(proof.article, proof.start, proof.end) for fact in facts for proof in fact.evidence}
    assert proofs == {(one.article, one.start, one.end) for one in given_claims}


@given(claims)
@settings(deadline=None, max_examples=120)
def test_links_point_to_rows_and_contradiction_is_mutual(given_claims):
    facts = {fact.id: fact for fact in merge(given_claims, state=state)}

    for fact in facts.values():
        assert {*fact.conflicts, *fact.updates} <= facts.keys() - {fact.id}
        assert all(fact.id in facts[other].conflicts for other in fact.conflicts)


@given(claims)
@settings(deadline=None, max_examples=120)
def test_a_copy_of_an_article_changes_only_the_evidence(given_claims):
    copied = [one.model_copy(update={"article": "z"}) for one in given_claims if one.article == "a"]
    before = merge(given_claims, state=state)

    after = merge([*given_claims, *copied], copies={"z": "a"}, state=state)

    said = ("id", "predicate", "subject", "object", "value", "time", "modality", "articles", "mentions", "conflicts")
    assert [[getattr(f, name) for name in said] for f in after] == [[getattr(f, name) for name in said] for f in before]
