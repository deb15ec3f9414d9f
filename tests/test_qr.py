"""The QR code of an address, read as what it draws."""

import re

import segno

from booklet.qr import QUIET, draw_code

ADDRESS = "https://example.org/lite-hefte"


def modules(svg: bytes) -> set[tuple[int, int]]:
    """Return the dark squares that a drawing shows."""
    bars = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", svg.decode())
    return {(int(x) + i - QUIET, int(y) - QUIET) for x, y, length in bars for i in range(int(length))}


def test_drawing_has_every_dark_module_and_no_other() -> None:
    matrix = segno.make(ADDRESS, error="m", micro=False, boost_error=False).matrix
    assert modules(draw_code(ADDRESS)) == {(x, y) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}


def test_shapes_have_no_colour_of_their_own() -> None:
    assert not re.search(rb"fill|stroke|style|#", draw_code(ADDRESS))


def test_corners_are_the_three_finders() -> None:
    dark = modules(draw_code(ADDRESS))
    size = max(x for x, _ in dark) + 1
    assert all({(x + i, y) for i in range(7)} <= dark for x, y in ((0, 0), (size - 7, 0), (0, size - 1), (0, size - 7)))
