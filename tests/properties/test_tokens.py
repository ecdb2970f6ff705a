"""A paragraph's tokens are the same whether it is cut by itself or read off its text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from faits.text.tokens import Part, tokens

PIECES = st.sampled_from(
    [
        "EUR500m",
        "l’",
        "d'",
        "3,2",
        "1 200",
        "12\u202f000",
        "2030.",
        "SFr2.2bn",
        "aujourd'hui",
        " ",
        "\n",
        "é",
        "_",
        "—",
        "7e",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_a_line_read_off_its_text_is_the_line_cut_by_itself(text: str) -> None:
    at = 0
    for line in text.split("\n"):
        part, alone = Part.of(text, at, at + len(line)).cut(), tokens(line)
        assert (part.text, part.starts, part.ends) == (alone.text, alone.starts, alone.ends)
        assert (part.norms, part.digits) == (alone.norms, alone.digits)
        at += len(line) + 1
