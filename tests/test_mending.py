"""Paragraphs set tighter or looser: what is mended, how far, and what stays as it is."""

import re
from itertools import pairwise

import pytest
from laying import LINES_A_PAGE, job, measured, paragraphs

from booklet.engine import press
from booklet.inline import hole
from booklet.measures import Measures

MOST, LETTERS = 0.015, 5
WORDS = "Folk flytter dit det er arbeid og blir der de kjenner noen som har tid til dem og et hus som de kan leie"


def ending(measures: Measures) -> list[str]:
    """Return the last line of each paragraph."""
    return [paragraph.lines[-1].text for paragraph in measures.paragraphs]


def paragraph_with_a_short_end() -> str:
    """Return words whose last line is one short word, as the typeface would have it."""
    words = WORDS.split()
    for count in range(len(words), 8, -1):
        text = f"{' '.join(words[:count])} så."
        if ending(measured(f"<p>{text}</p>")) == ["så."]:
            return text
    raise AssertionError("no such paragraph")


@pytest.fixture(scope="module")
def short() -> str:
    """Return words whose last line is too short."""
    return paragraph_with_a_short_end()


def test_last_line_that_is_too_short_is_mended_and_told(short: str) -> None:
    body = f'<p data-b="3">{short}</p>'
    mended = measured(body, mend=(MOST, LETTERS))
    assert ending(mended) != ["så."]
    (block, below, words, apart), = mended.repairs
    assert (block, below) == (3, 0) and short.startswith(words) and 0 < abs(apart) <= MOST
    assert measured(body).repairs == ()


def test_paragraph_without_the_fault_is_left_alone() -> None:
    body = f"<p>{WORDS}</p><p>Ord.</p>"
    assert measured(body, mend=(MOST, LETTERS)) == measured(body)


def test_fault_that_nothing_mends_is_left_as_it_was() -> None:
    body = "<p>Ei linje som er kort<br>så.</p>"
    assert measured(body, mend=(MOST, LETTERS)) == measured(body)


def test_heading_and_cell_are_never_set_apart(short: str) -> None:
    for tag in ("h2", "td"):
        body = f"<{tag}>{short}</{tag}>" if tag == "h2" else f"<table><tr><td>{short}</td></tr></table>"
        assert measured(body, mend=(MOST, LETTERS)).repairs == ()


def test_paragraph_goes_on_as_it_began_over_the_turn_of_a_page(short: str) -> None:
    whole = measured(f"<p>{short}</p>", mend=(MOST, LETTERS))
    told = [line.text for line in whole.paragraphs[0].lines]
    for before in range(LINES_A_PAGE - 3, LINES_A_PAGE):
        body = f"{paragraphs(before)}<p>{short}</p>"
        split = measured(body, "p { widows: 1; orphans: 1 }", mend=(MOST, LETTERS)).paragraphs[-1]
        assert [line.text for line in split.lines] == told


def test_page_number_in_a_mended_paragraph_keeps_its_width(short: str) -> None:
    body = f"<p>{short.replace(' så.', '')} {hole('page', 'en', 2)} så.</p>"
    fragment = press(job(body, ".hole { font-family: BookletHoleSerif }", mend=(MOST, LETTERS)))
    assert [one.digits for one in fragment.holes] == [2] and fragment.findings == ()


def test_mended_unit_is_the_same_each_time(short: str) -> None:
    wanted = job(f"{paragraphs(LINES_A_PAGE - 2)}<p>{short}</p>", mend=(MOST, LETTERS))
    first, second = press(wanted), press(wanted)
    assert first.pdf == second.pdf
    assert first.pdf != press(job(wanted.html.partition('<body id="en">')[2].partition("</body>")[0])).pdf


def test_ladder_of_hyphens_is_mended_too() -> None:
    words = "integreringen utdanningen opplæringen organisasjonen innvandringen " * 2
    css = "p { hyphens: auto; width: 31mm }"
    before, after = (measured(f"<p>{words}</p>", css, mend=mend) for mend in ((0, 0), (0.05, LETTERS)))

    def ladder(measures: Measures) -> int:
        ends = "".join("-" if line.text.endswith("-") else " " for line in measures.paragraphs[0].lines)
        return max(map(len, re.findall("-+", ends)), default=0)

    assert (ladder(before), ladder(after)) == (3, 2)
    assert all(first.baseline < second.baseline for first, second in pairwise(after.paragraphs[0].lines))
