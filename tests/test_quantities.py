"""Numbers as authors write them and as the booklet prints them."""

import pytest

from booklet.quantities import is_nothing, print_number, read_quantity


@pytest.mark.parametrize(("written", "printed", "low", "high"), [
    ("65,0", "65,0", 65.0, 65.0), ("1361", "1\u00a0361", 1361, 1361), ("-1361", "\u22121\u00a0361", -1361, -1361),
    ("\u2212913", "\u2212913", -913, -913), ("18 517", "18\u00a0517", 18517, 18517), ("60–70", "60–70", 60, 70),
    ("1234567", "1\u00a0234\u00a0567", 1234567, 1234567),
])
def test_number_is_printed_as_in_norwegian(written: str, printed: str, low: float, high: float) -> None:
    quantity = read_quantity(written)
    assert quantity and (quantity.text, quantity.low, quantity.high) == (printed, low, high)


@pytest.mark.parametrize("words", ["", "65.0", "to av tre", "2/3", "70–60", "1 23", "12 %", "over 20"])
def test_words_that_are_no_number_are_none(words: str) -> None:
    assert read_quantity(words) is None


def test_dash_says_that_there_is_no_number() -> None:
    assert is_nothing("–") and is_nothing("-") and not is_nothing("0")


def test_computed_number_has_a_true_minus_and_no_minus_before_nought() -> None:
    assert (print_number(-1361), print_number(0.25, 1), print_number(-0.01)) == ("\u22121\u00a0361", "0,2", "0")
