"""A line cut where a sentence is sure to start is parsed as the whole line is."""

from __future__ import annotations

import pytest

from faits.model import Lang
from faits.models import linewise
from faits.stages.annotate import annotate

LINES: dict[Lang, str] = {
    "fr": (
        "Le groupe construira deux parcs en 2027. Il y consacrera 1,2 milliard d’euros (dont 300 millions d’aides). Les"
        " élus, eux, attendent. M. Durand et J. Petit ont signé à St. Denis avec Orvane S.A. de Lyon ! Qui paiera ?"
        " Personne ne le sait."
    ),
    "en": (
        "The group will build two plants in 2027. It will spend £1.2bn (of which £300m in aid). The council, though, is"
        " waiting. Mr. J. Doe of Orvane Inc. said so on Monday! Who will pay? Nobody knows."
    ),
}


@pytest.mark.parametrize("lang", LINES)
def test_cutting_where_a_sentence_is_sure_to_start_changes_no_parse(
    lang: Lang, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut = annotate(LINES[lang], lang)
    assert len(linewise._sure_starts(cut)) >= 3

    monkeypatch.setattr(linewise, "_sure_starts", lambda doc: [])
    whole = annotate(LINES[lang], lang)

    assert [(t.head.i, t.dep_, t.is_sent_start) for t in cut] == [(t.head.i, t.dep_, t.is_sent_start) for t in whole]


@pytest.mark.parametrize(("text", "lang"), [("M. Durand et J. Petit.", "fr"), ("Orvane Inc. Said Mr. Doe.", "en")])
def test_no_sentence_is_sure_to_start_behind_an_initial_or_a_title(text: str, lang: Lang) -> None:
    assert linewise._sure_starts(annotate(text, lang)) == []
