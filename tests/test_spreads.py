"""Which pages lie side by side: proved by folding; and where spreads stand on paper."""

import pytest

from booklet.spreads import GAP, MARK, MM, PAPERS, UNPRINTABLE, Spread, frame, pairs, signature


def folded(spreads: tuple[Spread, ...]) -> list[int | None]:
    """Return the pages of a stack that is folded in the middle, turned over one by one."""
    sides = {(one.sheet, one.front): one for one in spreads}
    sheets = range(1, len(spreads) // 2 + 1)
    first = [side for sheet in sheets for side in (sides[sheet, True].right, sides[sheet, False].left)]
    return first + [side for sheet in reversed(sheets) for side in (sides[sheet, False].right, sides[sheet, True].left)]


@pytest.mark.parametrize("pages", [2, 3, 4, 5, 8, 10, 60, 61])
def test_folded_stack_gives_the_pages_in_order_and_blanks_at_the_end(pages: int) -> None:
    read = folded(signature(pages, 0))
    assert read == [*range(pages), *[None] * (-pages % 4)]


def test_sheets_come_front_before_back_and_the_outermost_first() -> None:
    order = [(one.sheet, one.front) for one in signature(12, 0)]
    assert order == [(1, True), (1, False), (2, True), (2, False), (3, True), (3, False)]


def test_each_sheet_moves_by_the_paper_around_it() -> None:
    assert [one.shift for one in signature(12, 0.125)] == [0, 0, 0.125, 0.125, 0.25, 0.25]


def test_paper_of_our_own_has_room_for_bleed_and_marks() -> None:
    place = frame((170 * MM, 240 * MM), 3 * MM, "none")
    assert place.scale == 1 and place.trim[2] - place.trim[0] == pytest.approx(340 * MM)
    assert min(place.trim[0], place.trim[1]) >= 3 * MM + GAP + MARK
    assert place.spine == pytest.approx(place.width / 2)


def test_spread_is_never_enlarged() -> None:
    assert frame((100 * MM, 100 * MM), 0, "a3").scale == 1


@pytest.mark.parametrize(
    ("paper", "size"), [("a3", (170, 240)), ("a4", (170, 240)), ("a3", (210, 297)), ("a4", (90, 300))])
def test_spread_and_marks_stay_off_the_edge_that_a_printer_leaves_white(paper: str, size: tuple[float, float]) -> None:
    place = frame((size[0] * MM, size[1] * MM), 3 * MM, paper)
    reach = place.bleed + GAP + MARK
    left, bottom, right, top = place.trim
    assert (place.width, place.height) == PAPERS[paper]
    edges = left - reach, bottom - reach, place.width - right - reach, place.height - top - reach
    assert min(edges) > UNPRINTABLE - 0.01
    assert place.bleed == pytest.approx(3 * MM * place.scale)
    assert (right - left) / (top - bottom) == pytest.approx(2 * size[0] / size[1])


@pytest.mark.parametrize("pages", [2, 3, 4, 11])
def test_pages_of_sheets_that_are_not_folded_follow_each_other_front_before_back(pages: int) -> None:
    spreads = pairs(pages)
    assert [side for one in spreads for side in (one.left, one.right) if side is not None] == list(range(pages))
    assert [(one.sheet, one.front) for one in spreads] == [(i // 2 + 1, not i % 2) for i in range(-(-pages // 2))]
