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


def test_two_figures_of_one_article_are_of_two_things_unless_they_nearly_agree():
    parts = ("a | Borée | energy_production | 46.6e9 J / 1e8", "a.2 | Borée | energy_production | 74.7e9 J / 1e8")
    twice = ("a | Borée | cost | 5.4e9 USD / 1e8", "a.2 | Borée | cost | 4.8e9 USD / 1e8")

    assert links(*parts) == (0, 0)
    assert links(*twice) == (1, 0)
    assert links(parts[0], parts[1].replace("a.2", "b")) == (1, 0)


def test_what_a_figure_starts_from_is_what_it_replaces():
    before, after = map(claim, ("a | Borée | power_capacity | 66e6 W", "a.2 | Borée | power_capacity | 74e6 W"))
    after = after.model_copy(update={"value": after.value.model_copy(update={"from_": 66e6})})

    facts = {fact.value.number: fact for fact in merge([before, after], state=state)}

    assert facts[74e6].updates == (facts[66e6].id,)
    assert not facts[66e6].conflicts


def test_of_two_dates_one_sentence_plans_for_one_thing_the_later_one_is_the_plan():
    lines = ("a | Borée | start_date | - | in 2035 | planned", "a.2 | Borée | start_date | - | in 2039 | planned")
    told = [claim(line).model_copy(update={"sentence": "Espéré en 2035, le départ glisse à 2039."}) for line in lines]

    facts = {fact.time.edtf: fact for fact in merge(told, state=state)}

    assert facts["2039"].updates == (facts["2035"].id,)
    assert links(*lines) == (1, 0)


def test_two_days_on_which_one_article_has_a_thing_begin_are_of_two_beginnings():
    lines = ("a | Borée | start_date | - | in 2023-09", "a.2 | Borée | start_date | - | in 2025-06")

    assert links(*lines) == (0, 0)
    assert links(lines[0], lines[1].replace("a.2", "b")) == (1, 0)
