"""A line end inside a sentence reads as a blank; one between lines that stand alone stays."""

from __future__ import annotations

import pytest

from faits.model import Metadata, RawArticle
from faits.stages.clean import clean
from faits.text.view import view_of
from faits.text.wrapped import wrap_repairs

WIRE = """Le fabricant de batteries Orion a levé 40 millions d'euros auprès de deux
fonds, a-t-il annoncé mardi. La société, qui emploie 310 personnes dans le
nord du pays, veut porter sa production de 2 à 6 GWh par an d'ici 2027 et
ouvrir un second atelier.

Son carnet de commandes atteint 1,2 milliard d'euros, contre 700 millions un
an plus tôt.
"""


def shown(text: str) -> str:
    article, _ = clean(
        RawArticle(id="a", sha256="", source=text, encoding="utf-8", format="text", metadata=Metadata(lang="fr"))
    )
    return view_of(article, article.lang).text


@pytest.mark.parametrize("end", ["\n", "\r\n", "  \n"])
def test_a_paragraph_broken_at_a_fixed_width_is_read_whole(end: str) -> None:
    text = shown(WIRE.replace("\n", end))

    assert "auprès de deux fonds, a-t-il annoncé mardi." in text
    assert "contre 700 millions un an plus tôt." in text
    assert WIRE.count(" ") < text.count(" ")


def test_nothing_of_a_broken_paragraph_is_removed() -> None:
    article, _ = clean(
        RawArticle(id="a", sha256="", source=WIRE, encoding="utf-8", format="text", metadata=Metadata(lang="fr"))
    )

    assert article.removed == ()


@pytest.mark.parametrize(
    "text",
    [
        "Le ministère publie la liste des communes retenues\npar Lucie Marchand",
        "Une longue liste de courses à faire avant la fin de la semaine\n- du pain\n- du beurre de la ferme",
        "Le premier vers de ce poème dit la mer et le vent\nle second\nle dernier dit la nuit",
        "La phrase est finie, et la ligne avec elle, comme il se doit.\nla suite commence mal\nmais reste seule",
        "# Un titre de section assez long pour passer pour une ligne\nLe texte commence ici. Il est court.",
    ],
)
def test_lines_that_stand_alone_stay_apart(text: str) -> None:
    assert wrap_repairs(text) == []


def test_a_word_parted_at_its_hyphen_is_joined_without_a_blank() -> None:
    text = "Il faudrait construire une dizaine de centrales, et cela coûterait peut-\nêtre vingt milliards d'euros."

    assert [(e.start, e.end, e.replacement) for e in wrap_repairs(text)] == [(72, 73, "")]
