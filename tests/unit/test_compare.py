import pytest

from claims import figure
from faits.lexicons.loader import rows
from faits.lexicons.notions import FILE, NotionRow
from faits.stages.merging.measuring import digits, reach
from faits.stages.merging.wording import Likeness, like, notions, wording
from faits.text.folding import fold


@pytest.mark.parametrize("row", rows(FILE, "notion", NotionRow), ids=lambda row: row.code)
def test_every_notion_reads_its_examples(row):
    forms = {form for form, notion in notions().items() if notion.code == row.code}

    for example in row.examples:
        words = fold(example)
        places = {words[i:j] for i in range(len(words)) for j in range(i + 1, len(words) + 1)}
        assert forms & places, example


@pytest.mark.parametrize(
    ("a", "b", "agree"),
    [
        ("1.5e9 EUR / 1e8", "1.48e9 EUR / 1e7", True),
        ("1.5e9 EUR / 1e8", "1.7e9 EUR / 1e8", False),
        ("536.5 J / 0.1", "approx 540 J / 1", True),
        ("lt 60 EUR / 1", "58 EUR / 1", True),
        ("gt 130000 count", "134541 count", True),
        ("gt 13e9 USD", "20e9 USD", False),
        ("min 5e9 W", "max 5e9 W", True),
        ("range 31e9 34e9 GBP / 1e9", "35e9 GBP / 1e9", False),
        ("range 31e9 34e9 GBP / 1e9", "33e9 GBP / 1e9", True),
        ("0.62 ratio / 0.01", "approx 0.666666667 ratio", True),
        ("361 s / 1", "359 s / 1", False),
        ("1e9 EUR / 1e9", "1.4e9 EUR / 1e8", False),
        ("-863e6 USD / 1e6", "lt -860e6 USD", True),
    ],
)
def test_figures_agree_as_far_as_they_were_stated(a, b, agree):
    assert (reach(figure(a)).meet(reach(figure(b))) is not None) is agree


@pytest.mark.parametrize(("text", "shown"), [("375e6 USD", 3), ("5e9 W", 1), ("134541 count", 6), ("0 EUR", 1)])
def test_digits_are_those_shown(text, shown):
    assert digits(figure(text)) == shown


@pytest.mark.parametrize(
    ("a", "b", "same_language", "likeness"),
    [
        ("volume de la retenue", "reservoir volume", False, Likeness.SAME),
        ("hauteur", "length", False, Likeness.DIFFERENT),
        ("premier réacteur", "second réacteur", True, Likeness.DIFFERENT),
        ("tranche 1", "tranche 2", True, Likeness.DIFFERENT),
        ("montant total", "rachat d'actions", True, Likeness.SILENT),
        ("bureaux", "réacteurs", True, Likeness.DIFFERENT),
        ("mélèzes", "larches", False, Likeness.UNKNOWN),
    ],
)
def test_descriptions_are_compared_by_notion(a, b, same_language, likeness):
    assert like(wording(a), wording(b), same_language=same_language) is likeness
