"""What follows from pages, copies and paper."""


import pytest
from msgspec.structs import replace
from ordering_cases import INSIDE, KNOWN, UNKNOWN

from booklet.purchase import Paper
from booklet.reckoning import Reckoning, day, grouped, reckon

TRIM = (170.0, 240.0)
GLUED = replace(KNOWN, binding="glued")


def test_copy_with_a_cover_of_its_own_is_four_pages_and_the_rest() -> None:
    numbers = reckon(KNOWN, 10000, 60, TRIM)
    assert (numbers.cover_pages, numbers.inside_pages, numbers.sheets) == (4, 56, 15)


def test_weight_is_area_times_grammage_of_every_leaf() -> None:
    numbers = reckon(KNOWN, 10000, 60, TRIM)
    assert numbers.weight == pytest.approx(0.17 * 0.24 * (28 * 130 + 2 * 250))
    assert numbers.run_weight == pytest.approx(1689.12)


def test_cover_of_the_same_paper_weighs_like_the_rest_even_when_both_are_alike() -> None:
    own = reckon(replace(KNOWN, cover="self", cover_paper=Paper()), 1, 60, TRIM)
    same = reckon(replace(KNOWN, cover_paper=INSIDE), 1, 60, TRIM)
    assert own.weight == same.weight == pytest.approx(0.17 * 0.24 * 30 * 130)
    assert (own.cover_pages, own.inside_pages, same.cover_pages) == (0, 60, 4)


@pytest.mark.parametrize("order", [
    UNKNOWN, replace(KNOWN, inside_paper=Paper("Silk")), replace(KNOWN, cover_paper=Paper("Silk")),
    replace(KNOWN, cover="self", cover_paper=Paper(), inside_paper=Paper())])
def test_nothing_is_weighed_that_is_not_known(order: object) -> None:
    numbers = reckon(order, 10, 60, TRIM)  # type: ignore[arg-type]
    assert numbers.weight is None and numbers.run_weight is None


def test_it_is_not_known_whether_a_cover_is_separate_until_somebody_says_so() -> None:
    assert reckon(UNKNOWN, 10, 60, TRIM).cover_pages is None is reckon(UNKNOWN, 10, 60, TRIM).inside_pages
    assert reckon(replace(KNOWN, cover=""), 10, 60, TRIM).cover_pages == 4


def test_spine_is_the_thickness_of_all_leaves_of_a_glued_copy() -> None:
    assert reckon(GLUED, 10, 60, TRIM).spine == pytest.approx(28 * 0.105 + 2 * 0.23)
    assert reckon(GLUED, 10, 60, TRIM).sheets is None
    assert reckon(replace(GLUED, inside_paper=Paper("Silk", 130)), 10, 60, TRIM).spine is None


def test_stitched_copy_has_sheets_and_no_spine() -> None:
    assert reckon(KNOWN, 10, 60, TRIM).spine is None
    assert [reckon(KNOWN, 10, pages, TRIM).sheets for pages in (4, 58, 60)] == [1, 15, 15]


@pytest.mark.parametrize(("value", "decimals", "text"), [
    (1, 0, "1"), (999, 0, "999"), (1689.12, 0, "1\u00a0689"), (10000, 0, "10\u00a0000"),
    (1234567, 0, "1\u00a0234\u00a0567"), (3.4, 1, "3,4"), (1234.56, 1, "1\u00a0234,6"),
])
def test_numbers_are_written_as_norwegians_do(value: float, decimals: int, text: str) -> None:
    assert grouped(value, decimals) == text


def test_days_are_written_in_words() -> None:
    assert (day("2019-05-17"), day("2020-12-01")) == ("17.\u00a0mai 2019", "1.\u00a0desember 2020")


def test_reckoning_without_copies_of_known_weight_says_nothing() -> None:
    assert Reckoning(10, 4, TRIM, None, None, None, None).run_weight is None
