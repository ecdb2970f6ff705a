"""Lines that many articles of one site share are taken out; what an author writes is not."""

from __future__ import annotations

from faits.flow import Settings, read, tabulate
from faits.model import Metadata, RawArticle, Removed
from faits.stages.withhold import Kept, site_of, withhold

SLOGAN = "Le Phare des dunes, quotidien du littoral"
BODY = "La commune {} a voté hier un budget en hausse de 3 %, selon le maire et ses adjoints."


def kept(
    name: str, source: str, *, site: str = "phare.example", title: str | None = None, removed: tuple[Removed, ...] = ()
) -> Kept:
    return Kept(id=name, site=site, title=title, source=lambda: source, removed=removed)


def taken(article: Kept, found: dict[str, tuple[Removed, ...]]) -> list[str]:
    return [article.source()[r.start : r.end] for r in found.get(article.id, ())]


def test_a_line_of_three_articles_of_one_site_is_taken_out_of_each() -> None:
    articles = [kept(name, f"{SLOGAN}\n\n{BODY.format(name)}\n") for name in "ABC"]

    found = withhold(articles)

    assert [taken(article, found) for article in articles] == [[SLOGAN]] * 3
    assert {r.kind for spans in found.values() for r in spans} == {"repeat"}


def test_two_articles_are_too_few_to_tell() -> None:
    assert withhold([kept(name, f"{SLOGAN}\n\n{BODY.format(name)}\n") for name in "AB"]) == {}


def test_articles_of_other_sites_and_of_none_share_nothing() -> None:
    sites = ("", "", "", "one.example", "two.example", "three.example")

    assert withhold([kept(f"{i}", f"{SLOGAN}\n\nTexte {i}.", site=site) for i, site in enumerate(sites)]) == {}


def test_copies_of_one_article_are_not_three_articles() -> None:
    articles = [kept(name, f"{SLOGAN}\n\n{BODY.format('A')}\n") for name in "ABC"]

    assert withhold(articles, copies={"B", "C"}) == {}


def test_a_sentence_stays_until_half_of_five_articles_have_it() -> None:
    background = "Fondée en 2010, la société Orion exploite douze parcs éoliens dans le nord du pays."

    few = withhold([kept(f"{i}", f"{BODY.format(i)}\n\n{background}") for i in range(4)])
    many = withhold([kept(f"{i}", f"{BODY.format(i)}\n\n{background}") for i in range(5)])

    assert few == {}
    assert len(many) == 5


def test_a_headline_and_what_is_gone_already_are_left_alone() -> None:
    gone = (Removed(start=0, end=len(SLOGAN), kind="nav"),)
    headed = [kept(name, f"{SLOGAN}\n\n{BODY.format(name)}", title=SLOGAN) for name in "ABC"]
    removed = [kept(name, f"{SLOGAN}\n\n{BODY.format(name)}", removed=gone) for name in "ABC"]

    assert withhold(headed) == {}
    assert withhold(removed) == {}


def test_the_order_of_the_articles_changes_nothing() -> None:
    articles = [kept(name, f"{SLOGAN}\n\n{BODY.format(name)}") for name in "ABCD"]

    assert withhold(articles) == withhold(articles[::-1])


def test_a_site_is_its_host_or_else_its_publisher() -> None:
    assert site_of("https://www.phare.example/une", "Le Phare") == "phare.example"
    assert site_of(None, "Le Phare") == "Le Phare"
    assert site_of(None, None) == ""


def test_the_tables_hold_nothing_of_a_line_that_articles_of_a_site_share() -> None:
    line = "Le numéro coûte 12 euros."
    raws = [
        RawArticle(
            id=f"{i}.txt",
            sha256="",
            source=f"Budget de {town}\n\nLa commune de {town} a voté un budget de {i + 2} millions.\n\n{line}\n",
            encoding="utf-8",
            format="text",
            metadata=Metadata(publisher="Le Phare", lang="fr"),
        )
        for i, town in enumerate(("Mirvaux", "Cobalis", "Orvault"))
    ]
    readings = [read(raw, Settings()) for raw in raws]

    tables = tabulate(readings)
    alone = tabulate(readings[:2])

    removed = [
        [raw.source[r.start : r.end] for r in row.removed] for raw, row in zip(raws, tables.articles, strict=True)
    ]
    assert removed == [[line]] * 3
    assert not [m for m in tables.mentions if "12" in m.text]
    assert [m for m in alone.mentions if "12" in m.text]
