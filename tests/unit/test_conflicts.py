from claims import claim, state
from faits.stages.merge import merge


def links(*lines):
    facts = merge(map(claim, lines), state=state)
    return sum(len(fact.conflicts) for fact in facts) // 2, sum(len(fact.updates) for fact in facts)


def test_a_crowd_of_rivals_is_compared_with_its_neighbours_only():
    lines = [f"a{n} 2024 | Borée | cost | {1.0 + n / 50:.4g}e9 EUR / 1e6" for n in range(100)]

    conflicts, updates = links(*lines)

    assert 0 < conflicts + updates <= 100 * 8


def test_links_do_not_depend_on_unrelated_facts():
    lines = ("a | Borée | cost | 4e9 USD", "b | Borée | cost | gt 5e9 USD / 1e9")

    assert links(*lines) == links(*lines, "c | Solane | cost | 7e9 USD") == (1, 0)
