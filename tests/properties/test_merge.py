from hypothesis import given, settings
from hypothesis import strategies as st

from claims import claim, party, state
from faits.model import EntityValue, Rival
from faits.stages.merge import facts_of, former_names, merge, order
from faits.stages.merging.atoms import renamed
from faits.stages.merging.corroborating import decided, settled
from faits.stages.merging.outline import outlined, outlines, parted, parties, plain

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


def doubtful(one, others, share):
    """The claim with those it may also be about."""
    named = [one.subject, *(party(name) for name in others if party(name).id != one.subject.id)]
    shares = [share, *(0.4 / n for n in range(1, len(named)))]
    return one.model_copy(update={"rivals": tuple(Rival(party=p, share=s) for p, s in zip(named, shares, strict=True))})


in_doubt = st.builds(doubtful, st.builds(claim, lines), st.permutations(NAMES), st.sampled_from((0.42, 0.5, 0.8)))


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


@given(st.lists(in_doubt | st.builds(claim, lines), max_size=14), st.booleans(), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=120)
def test_merge_is_the_same_under_any_partition_that_keeps_together_who_is_spoken_of_together(given, one_name, random):
    copies = {"d": "a"}
    whole = party("Borée").model_dump() | {"id": "org-boree-energie", "name": "Borée Énergie", "type": "ORG"}
    entities = {("b", "org-boree"): entity(whole)} if one_name else {}
    parts = partition(given, copies, entities)
    random.shuffle(parts)
    parts = [[one for part in parts[n::3] for one in part] for n in range(3)]  # parts may be put together

    former = former_names(entities)
    facts = [fact for part in parts for fact in facts_of(part, copies=copies, former=former, state=state)]

    ids = {fact.id for fact in facts}
    facts = [f.model_copy(update={"replaces": tuple(one for one in f.replaces if one not in ids)}) for f in facts]
    assert table(sorted(facts, key=order)) == table(merge(given, copies=copies, entities=entities, state=state))


def entity(fields):
    return EntityValue.model_validate({key: fields[key] for key in ("id", "name", "type", "aliases")})


def partition(given, copies, entities):
    """Claims in parts, by outlines that were kept and read back; each about whom other articles say it is."""
    ordered = sorted(given, key=lambda one: one.article)
    by_article = {name: [one for one in ordered if one.article == name] for name in "abcd"}
    kept = [outlined(plain(one), name) for name, claims in by_article.items() for one in outlines(claims)]
    now = [renamed(one, entities) for one in ordered]
    asked = {n: one.told for n, one in enumerate(outlines(now)) if one.told is not None}
    rivals = decided(asked, copies)
    named = [parties(one, rivals.get(n), entities, ordered[n].article) for n, one in enumerate(kept)]
    return [[settled(now[n], rivals.get(n)) for n in part] for part in parted(named)]
