"""The tense of the verb above a date, where the pipeline's syntax tells it."""

import pytest

from faits.model import DateValue, Lang
from faits.stages.annotate import annotate
from faits.stages.find import find
from faits.stages.normalise import normalise


@pytest.mark.parametrize(
    ("text", "lang", "published", "edtf"),
    [
        ("Une loi rectificative, attendue à l'automne, rognera encore les crédits.", "fr", "2025-06-20", "2025-23"),
        ("Un second tir était prévu à l'origine pour mars.", "fr", "2025-09-30", "2025-03"),
        ("Une délégation doit être reçue mercredi.", "fr", "2025-09-30", "2025-10-01"),
        ("La fusée que la start-up lançait lundi soir est retombée.", "fr", "2025-09-30", "2025-09-29"),
        ("Le 1er février, le tarif reculera de 2,4 %, a confirmé la Commission.", "fr", "2026-01-29", "2026-02-01"),
        ("Ground is to be broken in April.", "en", "2025-09-11", "2026-04"),
        ("Ground was broken in April.", "en", "2025-09-11", "2025-04"),
    ],
)
def test_the_verb_above_a_date_says_on_which_side_it_lies(text: str, lang: Lang, published: str, edtf: str) -> None:
    doc = annotate(text, lang)

    found, _ = normalise(find(text, lang, doc), text, lang, doc, published=published)

    assert [m.value.edtf for m in found if isinstance(m.value, DateValue)] == [edtf]
