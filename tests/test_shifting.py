"""A figure that has no room at the foot of a page lets the paragraph that follows it go first."""

import re

import pytest
from msgspec.structs import replace
from test_engine import job

from booklet.engine import measure, press
from booklet.job import Job

WORDS = "Folk flytter dit det er arbeid, og blir der de kjenner noen som har tid til dem. "
FIGURE = '<figure data-b="{}" class="table"><figcaption>Tal</figcaption><div style="height: 60mm"></div></figure>'


def text(before: int, behind: int, last: str = "p") -> Job:
    """Return a unit: paragraphs of some lines, a figure of 60 mm, a paragraph of some lines, and one more block."""
    paragraphs = [f'<p data-b="0">{WORDS * before}</p>', FIGURE.format(1), f'<p data-b="2">{WORDS * behind}</p>']
    return replace(job("\n".join([*paragraphs, f'<{last} data-b="3">{WORDS}</{last}>'])), mend=(0.015, 5))


def order(one: Job) -> list[int]:
    """Return the blocks of a unit in the order in which they are printed."""
    return [number for number, _ in press(one).blocks]


def test_paragraph_fills_the_hole_that_a_figure_would_leave() -> None:
    one = text(30, 6)
    assert order(replace(one, mend=(0, 0))) == [0, 1, 2, 3] and order(one)[:2] == [0, 2]
    assert press(one).pages == press(replace(one, mend=(0, 0))).pages


def test_figure_that_finds_room_stays() -> None:
    assert order(text(4, 6)) == [0, 1, 2, 3]


@pytest.mark.parametrize("behind", ["h2", "ul"])
def test_figure_never_moves_past_what_is_no_paragraph(behind: str) -> None:
    one = text(30, 6)
    html = re.sub(r'<p data-b="2">(.*?)</p>', rf'<{behind} data-b="2">\1</{behind}>', one.html)
    assert order(replace(one, html=html))[:2] == [0, 1]


def test_what_was_moved_is_told() -> None:
    (moved,) = [words for _, _, words, apart in measure(text(30, 6)).repairs if apart == 0]
    assert moved == "Tal"
