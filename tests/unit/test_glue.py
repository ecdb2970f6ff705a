"""What was glued comes apart; names, addresses, decimals and acronyms stay whole."""

from __future__ import annotations

import pytest

from faits.model import Lang
from faits.text.glue import repairs
from faits.text.mojibake import mojibake_repairs
from faits.text.signs import sign_repairs


def cut(text: str, lang: Lang) -> str:
    """The text with a bar at every repair."""
    for edit in reversed(repairs(text, lang, [(0, len(text))])):
        text = text[: edit.start] + "|" + text[edit.start :]
    return text


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("fr", "Elle vend de l'électricité.|Alors que la demande monte, elle investit."),
        ("fr", "Le projet avance.|« Nous sommes prêts », dit-elle."),
        ("fr", "Une décision « dure ».|Marc Duval la regrette."),
        ("fr", "Est-ce utile ?|Comment le savoir ?|Quels sont les risques ?"),
        ("fr", "Le coût grimpe.|EDF ne dit rien."),
        ("fr", "un accord de partenariat|La suite dépendra du conseil."),
        ("fr", "Un atout non négligeable...|si tout va bien."),
        ("fr", 'Il a dit "oui."|Alors tout change.'),
        ("fr", "Orion vend. Son patron dirige Orion Energy|une entreprise lyonnaise, dit Orion."),
        ("en", "The deal was signed.|The shares rose."),
        ("en", "a long partnership|The deal was signed."),
    ],
)
def test_a_lost_line_end_or_blank_is_put_back(lang: Lang, expected: str) -> None:
    assert cut(expected.replace("|", ""), lang) == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Un Ph.D de l'U.S.A. et J.-C. Dupont chez OpenAI, eBay, McDonald et iPhone."),
        ("fr", "LinkedIn a dit que YouTube et LeMonde seraient sur www.Site.Fr et Booking.Com."),
        ("fr", "La Fortune du groupe, à 3.5 ou 1.200,50, v2.0.1, ASP.NET et Node.JS."),
        ("fr", "Le fichier Rapport.PDF est sur https://exemple.fr/Page.Html et a@B.Fr."),
        ("fr", "Marie Fortune a parlé à Marie et à la Commune avec Marie."),
        ("en", 'The text says "...Two weeks" instead of "two".'),
        ("en", "Mr.Smith of St.Louis wrote to Dr.Marsh. The SoftBank and PayPal deal is done."),
    ],
)
def test_names_addresses_decimals_and_acronyms_stay_whole(lang: Lang, text: str) -> None:
    assert cut(text, lang) == text


def test_a_sign_is_read_as_its_word_and_a_sum_is_not() -> None:
    text = "le + gros lot, beaucoup – de déchets, CO2 + H2, 3 + 4, un + 5"

    assert [(e.start, e.replacement) for e in sign_repairs(text, "fr")] == [(3, "plus"), (24, "moins")]


def test_mojibake_is_repaired_and_curly_quotes_stay() -> None:
    text = "lâ€™Ã©nergie d’ici et l’État"

    edits = mojibake_repairs(text)

    for edit in reversed(edits):
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    assert text in ("l’énergie d’ici et l’État", "l'énergie d’ici et l’État")
