"""Two wordings of one thing: which words changed."""

import pytest

from booklet.wording import Swap, changed_words, likeness, marked, swaps


def test_words_that_changed_are_told_in_their_places() -> None:
    assert swaps("en god dag i byen", "en fin dag i bygda") == [Swap(1, 2, 1, 2), Swap(4, 5, 4, 5)]
    assert list(marked("en god dag i byen", "en fin dag i bygda")) == [
        ("same", "en"), ("old", "god"), ("new", "fin"), ("same", "dag i"), ("old", "byen"), ("new", "bygda")]


def test_neighbours_are_one_change() -> None:
    assert swaps("a b c d e f", "a x c y e f") == [Swap(1, 4, 1, 4)]
    assert changed_words("a b c d e f", "a x c y e f") == 3


@pytest.mark.parametrize(("old", "new", "count"), [("", "to ord", 2), ("tre små ord", "", 3), ("likt", "likt", 0)])
def test_words_to_strike_out_or_put_in_are_counted(old: str, new: str, count: int) -> None:
    assert changed_words(old, new) == count


def test_likeness_is_of_words() -> None:
    assert likeness("a b c d", "a b c d") == 1 and likeness("a b", "x y") == 0
    assert 0.7 < likeness("en god dag i byen", "en fin dag i byen") < 0.9
