"""Number words, against two libraries: one that writes them and one that reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words
from text_to_num import text2num

from faits.text.numbers import parse_number

# Beyond a million num2words and the press part ways ("un million deux" has no one spelling).
NUMBERS = st.integers(min_value=2, max_value=999_999)


@pytest.mark.parametrize(("lang", "spelling"), [("fr", "fr"), ("fr", "fr_BE"), ("fr", "fr_CH"), ("en", "en")])
@given(number=NUMBERS)
def test_a_number_written_out_is_read_back(lang: str, spelling: str, number: int) -> None:
    words = num2words(number, lang=spelling).replace(",", "")  # a comma may part two numbers: we read none across it

    read = parse_number(words, lang)

    assert read is not None, words
    assert read.number == number, words


@pytest.mark.parametrize("lang", ["fr", "en"])
@given(number=NUMBERS)
def test_we_read_what_text2num_reads(lang: str, number: int) -> None:
    words = num2words(number, lang=lang).replace(",", "")

    read = parse_number(words, lang)

    assert read is not None
    assert read.number == text2num(words, lang)
