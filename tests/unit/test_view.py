"""The clean view shows what is kept, and every place of it leads back to the source."""

from __future__ import annotations

from faits.model import Edit, Removed
from faits.text.view import view


def removed(start: int, end: int) -> Removed:
    return Removed(start=start, end=end, kind="ad")


def edit(start: int, end: int, replacement: str) -> Edit:
    return Edit(start=start, end=end, replacement=replacement, reason="")


def test_a_removed_span_shows_as_a_paragraph_break() -> None:
    assert view("abcXXdef", [removed(3, 5)]).text == "abc\n\ndef"


def test_a_span_that_ends_in_a_gap_stops_before_what_was_removed() -> None:
    shown = view("abcXXdef", [removed(3, 5)])

    assert shown.to_source(0, 5) == (0, 3)
    assert shown.to_source(3, 8) == (5, 8)
    assert shown.to_source(0, 8) == (0, 8)


def test_an_inserted_blank_covers_nothing_of_the_source() -> None:
    shown = view("abcd", [], [edit(2, 2, " ")])

    assert shown.text == "ab cd"
    assert shown.to_source(0, 3) == (0, 2)
    assert shown.to_source(3, 5) == (2, 4)
    assert shown.to_view(2) == 3


def test_a_replaced_place_counts_whole() -> None:
    shown = view("le + gros", [], [edit(3, 4, "plus")])

    assert shown.text == "le plus gros"
    assert shown.to_source(4, 6) == (3, 4)
    assert shown.to_view(3) == 3


def test_a_removed_offset_shows_nowhere() -> None:
    shown = view("abcXXdef", [removed(3, 5)])

    assert shown.to_view(4) is None
    assert shown.to_view(5) == 5
    assert shown.to_view(8) == len(shown.text)
    assert view("").to_view(0) is None


def test_an_edit_in_a_removed_span_goes_with_it() -> None:
    assert view("abcXXdef", [removed(3, 5)], [edit(4, 4, " ")]).text == "abc\n\ndef"
