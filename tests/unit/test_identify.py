"""One entity under all its names across articles; two entities never under one id."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faits.extractors.entities import entity_id
from faits.model import Claim, EntityType, EntityValue, Mention, Party
from faits.stages.identify import explain, identify, spoken_of

Named = tuple[str, EntityValue]


def entity(text: str) -> EntityValue:
    """An entity written "ORG Helion Energy | Helion": type, name, aliases."""
    whole, *aliases = (part.strip() for part in text.split("|"))
    kind, name = whole.split(" ", 1)
    given: EntityType = kind  # type: ignore[assignment]  # the tests write one of the six
    return EntityValue(id=entity_id(given, name), name=name, type=given, aliases=tuple(sorted(aliases)))


def corpus(**articles: Sequence[str]) -> list[Named]:
    return [(article, entity(text)) for article, texts in articles.items() for text in texts]


def ids(entities: list[Named], name: str) -> set[str]:
    found = identify(entities)
    return {found[article, value.id].id for article, value in entities if value.name == name}


SAME = [
    (
        "sites told in general words or by the short name of their town, in company",
        corpus(
            a=["PROJECT aciérie de Velmes-sur-Mer", "ORG Kervane", "PERSON Solène Attard"],
            b=["PROJECT site de Velmes", "ORG Kervane", "PERSON Solène Attard"],
        ),
    ),
    (
        "a site and the bare name that its article has for it",
        corpus(a=["PROJECT centrale des Velmes | Velmes", "PROJECT Velmes"], b=["PROJECT Velmes"]),
    ),
    (
        "a site taken for a firm where nothing else is known of it, in company",
        corpus(
            a=["PROJECT centrale des Velmes | Velmes", "ORG Kervane", "PERSON Solène Attard"],
            b=["ORG Velmes", "ORG Kervane", "PERSON Solène Attard"],
        ),
    ),
    ("spellings", corpus(a=["ORG OpenAi"], b=["ORG Open AI"])),
    ("a legal form", corpus(a=["ORG Kervane SA"], b=["ORG Kervane"])),
    ("a full name", corpus(a=["PERSON Solène Attard"], b=["PERSON Solène Attard"])),
    (
        "an initial, in company",
        corpus(a=["PERSON S. Attard", "ORG Kervane"], b=["PERSON Solène Attard", "ORG Kervane"]),
    ),
    (
        "a last name, in company",
        corpus(
            a=["PERSON Attard", "ORG Kervane", "PROJECT Velmer"],
            b=["PERSON Solène Attard", "ORG Kervane", "PROJECT Velmer"],
        ),
    ),
    (
        "a last name of two articles, in company",
        corpus(
            a=["PERSON Attard", "ORG Kervane", "PROJECT Velmer"], b=["PERSON Attard", "ORG Kervane", "PROJECT Velmer"]
        ),
    ),
    (
        "a short form that the other article uses too",
        corpus(a=["ORG Kervane Marine | Kervane", "PERSON Solène Attard"], b=["ORG Kervane", "PERSON Solène Attard"]),
    ),
    (
        "an acronym that the other article spells out",
        corpus(
            a=["ORG Agence des courants | ADCO", "PERSON Solène Attard"], b=["ORG ADCO", "PERSON Solène Attard"]
        ),
    ),
    ("a site in two languages", corpus(a=["PROJECT parc éolien de Penmarch"], b=["PROJECT Penmarch wind farm"])),
    (
        "two types of one name, in company",
        corpus(
            a=["ORG Velmer", "ORG Kervane", "PERSON Solène Attard"],
            b=["PROJECT Velmer", "ORG Kervane", "PERSON Solène Attard"],
        ),
    ),
]  # fmt: skip

APART = [
    ("two given names", corpus(a=["PERSON Solène Attard", "ORG Kervane"], b=["PERSON Paul Attard", "ORG Kervane"])),
    ("a last name alone", corpus(a=["PERSON Attard"], b=["PERSON Solène Attard"])),
    ("a last name alone in two articles", corpus(a=["PERSON Attard"], b=["PERSON Attard"])),
    (
        "a last name that fits two people",
        corpus(
            a=["PERSON Attard", "ORG Kervane", "PROJECT Velmer"],
            b=["PERSON Solène Attard", "ORG Kervane", "PROJECT Velmer"],
            c=["PERSON Paul Attard", "ORG Kervane", "PROJECT Velmer"],
        ),
    ),
    (
        "two that one article tells apart",
        corpus(a=["ORG Kervane Marine | Kervane"], b=["ORG Kervane", "ORG Kervane Marine"]),
    ),
    (
        "a plant and the firm it is named after, where its article names both",
        corpus(
            a=["PROJECT usine Kervane | Kervane", "ORG Kervane", "ORG Adco", "PERSON Solène Attard"],
            b=["ORG Kervane", "ORG Adco", "PERSON Solène Attard"],
        ),
    ),
    ("a person and a company", corpus(a=["PERSON Attard"], b=["ORG Attard"])),
    ("a town and its site", corpus(a=["PLACE Penmarch"], b=["PROJECT parc éolien de Penmarch"])),
    (
        "a port and a works of one town",
        corpus(
            a=["PROJECT port de Penmarch", "ORG Kervane", "PERSON Solène Attard"],
            b=["PROJECT usine de Penmarch", "ORG Kervane", "PERSON Solène Attard"],
        ),
    ),
    ("sites of two kinds", corpus(a=["PROJECT usine de Penmarch"], b=["PROJECT Penmarch wind farm"])),
    ("an acronym without company", corpus(a=["ORG Agence des courants | ADCO"], b=["ORG ADCO"])),
]


@pytest.mark.parametrize("entities", [e for _, e in SAME], ids=[why for why, _ in SAME])
def test_names_of_one_entity_end_in_one_id(entities: list[Named]) -> None:
    ((article, first), *_) = entities
    found = identify(entities)
    (other,) = [v for a, v in entities if a == "b"][:1]

    assert found[article, first.id] == found["b", other.id]


@pytest.mark.parametrize("entities", [e for _, e in APART], ids=[why for why, _ in APART])
def test_names_of_two_entities_never_end_in_one_id(entities: list[Named]) -> None:
    found = identify(entities)
    (first,) = [v for a, v in entities if a == "a"][:1]
    (other,) = [v for a, v in entities if a == "b"][:1]

    assert found["a", first.id].id != found["b", other.id].id


def test_the_name_is_the_one_most_articles_use_and_the_id_the_fullest() -> None:
    entities = corpus(
        a=["ORG Kervane Marine | Kervane", "PERSON Solène Attard"],
        b=["ORG Kervane", "PERSON Solène Attard"],
        c=["ORG Kervane", "PERSON Solène Attard"],
    )

    found = identify(entities)["b", "org-kervane"]

    assert found == EntityValue(id="org-kervane-marine", name="Kervane", type="ORG", aliases=("Kervane Marine",))


def test_what_only_claims_are_about_is_an_entity_of_the_article() -> None:
    site = Party(id="project-usine-de-zwolle", name="usine de Zwolle", type="PROJECT")
    firm = Party(id="org-kervane", name="Kervane", type="ORG")
    own = Claim(article="a", predicate="ownership", subject=firm, object=site, start=0, end=1, quote="x", sentence="x")
    named = Mention(kind="entity", start=0, end=1, text="x", value=entity("ORG Kervane | KV"))

    assert spoken_of([named], [own]) == [entity("ORG Kervane | KV"), entity("PROJECT usine de Zwolle")]


def test_the_reason_of_a_union_is_given() -> None:
    entities = corpus(a=["ORG Kervane SA"], b=["ORG Kervane"])

    (same,) = explain(entities)

    assert (same.one, same.other) == (("a", "org-kervane-sa"), ("b", "org-kervane"))
    assert "legal form" in same.why


NAMES = [
    "ORG Kervane | KVN", "ORG Kervane SA", "ORG KVN", "PERSON Attard", "PERSON Solène Attard", "PERSON Paul Attard",
    "PROJECT Velmer", "PLACE Penmarch", "PROJECT usine de Penmarch", "PROJECT Penmarch factory",
]  # fmt: skip
STRANGERS = ["ORG Halden", "PERSON Idris Benhaddou", "PLACE Lezennes", "PROJECT tunnel de Lezennes"]
ARTICLE = st.lists(st.sampled_from(NAMES), unique=True, max_size=6)


@given(st.lists(ARTICLE, max_size=5), st.lists(st.sampled_from(STRANGERS), unique=True))
def test_an_unrelated_article_changes_no_id(articles: list[list[str]], stranger: list[str]) -> None:
    named = [(f"{number}", entity(text)) for number, texts in enumerate(articles) for text in texts]
    more = [*named, *(("00-first", entity(text)) for text in stranger)]

    before, after = identify(named), identify(more)

    assert {place: after[place].id for place in before} == {place: value.id for place, value in before.items()}


@given(st.lists(ARTICLE, max_size=5), st.randoms(use_true_random=False))
def test_identity_does_not_depend_on_the_order_of_articles(articles: list[list[str]], random) -> None:  # type: ignore[no-untyped-def]
    named = [(f"{number}", entity(text)) for number, texts in enumerate(articles) for text in texts]
    mixed = named.copy()
    random.shuffle(mixed)

    assert identify(mixed) == identify(named)


@given(st.lists(ARTICLE, max_size=5))
def test_what_an_article_tells_apart_stays_apart(articles: list[list[str]]) -> None:
    named = [(f"{number}", entity(text)) for number, texts in enumerate(articles) for text in texts]
    found = identify(named)

    for article, value in named:
        others = [v for a, v in named if a == article and v != value]
        assert all(found[article, other.id].id != found[article, value.id].id for other in others)
