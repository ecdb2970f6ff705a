"""There and back is the identity, whatever is removed and repaired."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from faits.model import Edit, Removed
from faits.text.view import GAP, view

SOURCES = st.text(alphabet="abcé \n.", max_size=40)
SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 8)), max_size=6)


def clipped(spans: list[tuple[int, int]], size: int) -> list[tuple[int, int]]:
    return [(min(start, size), min(start + length, size)) for start, length in spans]


@given(SOURCES, SPANS, SPANS, st.sampled_from(["", " ", "\n", "plus"]))
def test_every_kept_offset_maps_there_and_back(
    source: str, gone: list[tuple[int, int]], repaired: list[tuple[int, int]], replacement: str
) -> None:
    removed = [Removed(start=s, end=e, kind="x") for s, e in clipped(gone, len(source))]
    edits = [Edit(start=s, end=e, replacement=replacement, reason="") for s, e in clipped(repaired, len(source))]

    shown = view(source, removed, edits)

    changed = {at for span in (*removed, *edits) for at in range(span.start, span.end)}
    for at in set(range(len(source))) - changed:
        place = shown.to_view(at)
        assert place is not None
        assert shown.text[place] == source[at]
        assert shown.to_source(place, place + 1) == (at, at + 1)


@given(SOURCES, SPANS)
def test_the_view_holds_the_kept_characters_in_order(source: str, gone: list[tuple[int, int]]) -> None:
    removed = [Removed(start=s, end=e, kind="x") for s, e in clipped(gone, len(source))]

    shown = view(source, removed)

    hidden = {at for span in removed for at in range(span.start, span.end)}
    kept = "".join(char for at, char in enumerate(source) if at not in hidden)
    assert shown.text.replace(GAP, "").replace("\n", "") == kept.replace("\n", "")


@given(SOURCES, SPANS, st.integers(0, 60), st.integers(0, 60))
def test_a_span_of_the_view_is_a_span_of_the_source(
    source: str, gone: list[tuple[int, int]], start: int, length: int
) -> None:
    shown = view(source, [Removed(start=s, end=e, kind="x") for s, e in clipped(gone, len(source))])
    first = min(start, len(shown.text))

    low, high = shown.to_source(first, min(first + length, len(shown.text)))

    assert 0 <= low <= high <= len(source)
