"""Where things stand on paper, and what counts as having moved."""

import pytest

from booklet.standings import Standing, moved_to, page_order, pages_of

A, B, ONLY_PAGE = Standing("9", 50, 20), Standing("10", 50, 20), Standing("9", -1, -1)


@pytest.mark.parametrize(("old", "new", "pages"), [
    ([A], [A], []), ([A], [Standing("9", 50, 20.2)], []), ([A], [Standing("9", 50, 24)], ["9"]),
    ([A], [B], ["10"]), ([A, B], [A], []), ([A], [A, B], ["10"]),
    ([ONLY_PAGE], [A], []), ([ONLY_PAGE], [B], ["10"]), ([A, ONLY_PAGE], [A], []),
])
def test_thing_moved_to_the_pages_where_it_did_not_stand(
    old: list[Standing], new: list[Standing], pages: list[str]
) -> None:
    assert moved_to(old, new) == pages


def test_pages_are_in_the_order_of_numbers_and_named_once() -> None:
    assert pages_of(("b", "a", "c"), {"a": (A,), "b": (B, A)}) == ("9", "10")
    assert sorted(["10", "9", "ii"], key=page_order) == ["ii", "9", "10"]
