"""Properties of the finders: offsets quote the text, nothing overlaps, time grows no faster than the text."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from faits.model import Lang
from faits.text.figures import figures

PIECES = (
    "3", "1 200", "2,5", "1.5", "12", "2024", "millions", "milliard", "de", "d'", "euros", "€", "$", "GW", "%", "à",
    "entre", "et", "deux", "vingt", "cent", "mille", "un", "demi", "moitié", "plus de", "environ", ",", ".", "(", ")",
    "-", "/", "par an", "tonnes", "CO2", "fois", "sur", "billion", "a", "half", "of", "dozen", "between", "and", "\n",
    "m", "bn", "°C", "pour cent", "points", "réacteurs", "Boeing",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40).map(" ".join)


@example(text="deux € 3", lang="fr")
@example(text="¼£ 3", lang="fr")
@given(text=TEXTS, lang=st.sampled_from(("fr", "en")))
@settings(max_examples=300, deadline=None)
def test_spans_lie_in_the_text_in_order_and_never_overlap(text: str, lang: Lang) -> None:
    found = figures(text, lang)

    at = 0
    for figure in found:
        assert at <= figure.start <= figure.number_start < figure.number_end <= figure.end <= len(text)
        at = figure.end


@given(text=TEXTS)
@settings(max_examples=100, deadline=None)
def test_the_same_text_gives_the_same_figures(text: str) -> None:
    assert figures(text, "fr") == figures(text, "fr")


HOSTILE = (
    "1 ", "1", "million ", "1,", "deux ", "de ", "plus de ", "un sur ", "3 à ", "$", "-", "vingt-", "cent mille ", "(",
    "plusieurs ", "12 € ", "milliards de ", "3 milliards, contre 2. ", "9 000", "half a ", "1/", "°C ", "+", "d'",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_hostile_text_costs_no_more_than_its_length(piece: str, lang: Lang) -> None:
    figures("3 GW", lang)
    short, long = (_seconds(piece * (size // len(piece)), lang) for size in (4_000, 16_000))

    # Four times the text may take four times as long; the rest is the noise of a shared machine.
    assert long < 10 * short + 0.05


def _seconds(text: str, lang: Lang) -> float:
    best = float("inf")
    for _ in range(3):
        begin = time.process_time()
        figures(text, lang)
        best = min(best, time.process_time() - begin)
    return best
