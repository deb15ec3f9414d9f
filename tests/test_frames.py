"""Where a page lies on its sheet: boxes by side, bleed and slug, and the marks outside the bleed."""

import re
from typing import Any

import pytest
from making import shipped_printer
from msgspec.structs import replace

from booklet.frames import Box, Frame, crop_marks, frame_of
from booklet.presses import Printer
from booklet.printed import RECTO, VERSO
from booklet.profiles import PROFILES

MM = 72 / 25.4
PRINT = PROFILES["print"]
UNEVEN = {"head": 1, "foot": 2, "outer": 4, "gutter": 3}
LINE = re.compile(r"([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l S")


def printer(**changes: Any) -> Printer:
    """Return a printer without marks and slug, some of what it wants changed."""
    return replace(shipped_printer(), **changes)


def frame(side: str = RECTO, **changes: Any) -> Frame:
    """Return the frame of a page of the print run."""
    return frame_of(PRINT, printer(**changes), side)


def mm(box: Box) -> list[float]:
    """Return a box in mm."""
    return [edge / MM for edge in box]


def marks_of(one: Frame) -> list[tuple[float, ...]]:
    """Return the crop marks of a frame: x and y of both ends."""
    return [tuple(map(float, match)) for match in LINE.findall(one.marks.decode())]


def near(*edges: float) -> Any:
    """Return edges in mm, as exact as boxes are written."""
    return pytest.approx(edges, abs=0.001)


def test_page_without_a_printer_lies_as_it_was_painted() -> None:
    for side in (RECTO, VERSO):
        one = frame_of(PRINT, None, side)
        assert mm(one.media) == mm(one.bleed) == near(0, 0, 182, 252) and mm(one.trim) == near(6, 6, 176, 246)
        assert (one.shift, one.marks, one.moves) == ((0, 0), b"", False)


@pytest.mark.parametrize("profile", ["screen", "handout"])
def test_page_for_the_screen_is_its_trim(profile: str) -> None:
    one, (width, height) = frame_of(PROFILES[profile], None, RECTO), PROFILES[profile].trim
    assert mm(one.media) == mm(one.bleed) == mm(one.trim) == near(0, 0, width, height) and not one.moves


def test_gutter_is_left_on_a_recto_and_right_on_a_verso() -> None:
    recto, verso = frame(RECTO, bleed=UNEVEN), frame(VERSO, bleed=UNEVEN)
    assert mm(recto.bleed) == mm(recto.media) == near(0, 0, 3 + 170 + 4, 2 + 240 + 1)
    assert mm(verso.bleed) == mm(verso.media) == near(0, 0, 4 + 170 + 3, 2 + 240 + 1)
    assert mm(recto.trim) == near(3, 2, 173, 242) and mm(verso.trim) == near(4, 2, 174, 242)


def test_gutter_without_bleed_is_the_edge_of_the_paper() -> None:
    bleed = {"head": 5, "foot": 5, "outer": 5, "gutter": 0}
    recto, verso = frame(RECTO, bleed=bleed), frame(VERSO, bleed=bleed)
    assert recto.trim[0] == recto.bleed[0] == recto.media[0] == 0
    assert verso.trim[2] == verso.bleed[2] == verso.media[2]
    assert mm(recto.media) == mm(verso.media) == near(0, 0, 175, 250)


@pytest.mark.parametrize("side", [RECTO, VERSO])
@pytest.mark.parametrize("slug", [0, 7, 12.5])
@pytest.mark.parametrize("bleed", [UNEVEN, dict.fromkeys(UNEVEN, 0), dict.fromkeys(UNEVEN, 6), {**UNEVEN, "gutter": 0}])
def test_boxes_lie_within_each_other_and_begin_at_the_corner(side: str, slug: float, bleed: dict[str, float]) -> None:
    """ISO 15930-7, 6.12: trim within bleed within media; every page is cut to the same size."""
    one = frame(side, bleed=bleed, slug=slug)
    assert one.media[:2] == (0, 0)
    for outer, inner in ((one.media, one.bleed), (one.bleed, one.trim)):
        assert outer[0] <= inner[0] < inner[2] <= outer[2] and outer[1] <= inner[1] < inner[3] <= outer[3]
    assert (one.trim[2] - one.trim[0]) / MM == pytest.approx(170, abs=0.001)
    assert (one.trim[3] - one.trim[1]) / MM == pytest.approx(240, abs=0.001)
    room = [abs(a - b) / MM for a, b in zip(one.media, one.bleed, strict=True)]
    assert room == near(slug, slug, slug, slug)


@pytest.mark.parametrize("side", [RECTO, VERSO])
def test_page_is_moved_from_where_it_was_painted_to_its_trim(side: str) -> None:
    painted, one = frame_of(PRINT, None, side), frame(side, bleed=UNEVEN, slug=9)
    assert one.moves
    for edge in range(4):
        assert painted.trim[edge] + one.shift[edge % 2] == pytest.approx(one.trim[edge], abs=0.002)


def test_page_of_a_printer_who_wants_all_the_artwork_is_not_moved() -> None:
    one = frame(bleed=dict.fromkeys(UNEVEN, 6))
    assert one == frame_of(PRINT, None, RECTO) and not one.moves


def test_there_are_no_marks_unless_they_are_wanted() -> None:
    assert frame(slug=12).marks == b"" and frame(slug=12, marks="crop").marks


@pytest.mark.parametrize("side", [RECTO, VERSO])
@pytest.mark.parametrize("slug", [7, 12])
def test_each_corner_has_two_marks_that_point_at_the_trim_from_outside_the_bleed(side: str, slug: float) -> None:
    one = frame(side, bleed=UNEVEN, slug=slug, marks="crop")
    lines, (left, bottom, right, top) = marks_of(one), one.trim
    standing = [line for line in lines if line[0] == line[2]]
    lying = [line for line in lines if line[1] == line[3]]
    assert len(standing) == len(lying) == 4 and len(set(lines)) == len(lines) == 8
    assert sorted({line[0] for line in standing}) == [left, right] and len({line[0] for line in standing}) == 2
    assert sorted({line[1] for line in lying}) == [bottom, top]
    for x1, y1, x2, y2 in lines:
        assert abs(x1 - x2) + abs(y1 - y2) == pytest.approx(5 * MM, abs=0.01)
        for x, y in ((x1, y1), (x2, y2)):
            beside = (one.bleed[0] - x, x - one.bleed[2], one.bleed[1] - y, y - one.bleed[3])
            assert max(beside) >= 1 * MM - 0.01, "a mark touches the bleed"
            assert 0 <= x <= one.media[2] and 0 <= y <= one.media[3], "a mark is cut off"


def test_marks_are_thin_and_in_registration_colour_and_leave_no_state_behind() -> None:
    lines = crop_marks((42, 42, 500, 700), (34, 34, 508, 708)).split(b"\n")
    assert lines[0] == b"q /All CS 1 SCN 0.25 w" and lines[-1] == b"Q"
    assert all(line.endswith(b" l S") for line in lines[1:-1]) and len(lines) == 10
