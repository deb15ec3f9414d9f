"""Boxes: too wide, too tall, off the paper; captions and notes away from what they belong to."""

import pytest
from laying import LINES_A_PAGE, codes, galley, paragraphs

from booklet.fitting import judge_fit

PICTURE = '<img data-b="5" alt="x" style="width: {}mm; height: 20mm; display: block" src="book://x/pictures/a.svg">'
TABLE = '<table data-b="7" style="{}"><tr><td>Ord</td><td>Ord</td></tr></table>'
FIGURE = '<figure data-b="8">{}<figcaption>Bildet viser noe.</figcaption></figure>'
FRAME = '<div data-b="8" style="height: {}mm; border: 1pt solid #000000; break-inside: avoid">Ord</div>'
PLATE = '<table style="width: 30mm; height: {}mm; {}"><tr><td>Ord</td></tr></table>'
NOTE = '<p data-b="9">Ord<span class="note">{}</span></p>'
WORD = "Kommunestyrerepresentantopplæring"


def found(body: str, css: str = "") -> list[str]:
    """Return the faults of a layout."""
    return codes(list(judge_fit(galley(body, css))))


def test_sound_layout_has_no_fault() -> None:
    body = paragraphs(5) + TABLE.format("width: 100%") + FIGURE.format(PLATE.format(30, "")) + NOTE.format("Noten.")
    assert found(body) == []


def test_word_wider_than_its_column() -> None:
    assert found(f'<p data-b="3">{WORD}</p>', "p { width: 40mm }") == ["too-wide 3"]
    assert found(f'<p data-b="3">{WORD}</p>', "p { width: 40mm; overflow-wrap: anywhere }") == []


def test_code_line_wider_than_its_column() -> None:
    code = "<p data-b='4' style='white-space: pre; width: 40mm'>{}</p>"
    assert found(code.format("en linje med kode som er for lang for spalten")) == ["too-wide 4"]
    assert found(code.format("en linje")) == []


@pytest.mark.parametrize(("style", "faults"), [
    ("width: 78mm", ["too-wide 7"]), ("width: 70mm", []), ("width: 100mm", ["off-the-page 7"]),
    ("width: 60mm; margin-left: -4mm", ["too-wide 7"]),
])
def test_table_wider_than_its_column(style: str, faults: list[str]) -> None:
    assert sorted(set(found(TABLE.format(style)))) == faults


def test_picture_wider_than_its_column() -> None:
    assert found(PICTURE.format(78)) == ["too-wide 5"]
    assert found(PICTURE.format(70)) == []
    assert found(PICTURE.format(90)) == ["off-the-page 5"]


def test_words_in_a_cell_that_is_too_narrow() -> None:
    cell = f'<td style="width: 12mm">{WORD}</td>'
    body = f'<table data-b="7" style="table-layout: fixed; width: 70mm"><tr>{cell}<td>Ord</td></tr></table>'
    assert "too-wide 7" in found(body)


def test_words_off_the_paper() -> None:
    assert found('<p data-b="3" style="margin-left: -12mm">Ord</p>') == ["off-the-page 3"]
    assert found('<p data-b="3" style="margin-left: -4mm">Ord</p>') == []


@pytest.mark.parametrize(("height", "faults"), [(30, []), (95, ["too-tall 8"])])
def test_box_taller_than_a_page(height: int, faults: list[str]) -> None:
    assert found(f'<p>Ord</p>{FRAME.format(height)}') == faults


def test_box_that_is_broken_against_the_design() -> None:
    lines = "<p>Ord</p>" * (LINES_A_PAGE + 3)
    assert found(f'<aside data-b="8">{lines}</aside>') == ["too-tall 8"]
    assert found(f'<aside data-b="8" style="break-inside: auto">{lines}</aside>') == []


def test_words_that_the_engine_drops_without_a_word() -> None:
    column = f'<div data-b="6" style="position: absolute; width: 20mm">{"<p>Ord</p>" * 20}</div>'
    assert found(f"{column}<p>Ord</p>") == ["lost-words 6"]
    assert found(f"{column.replace('<p>Ord</p>', '', 8)}<p>Ord</p>") == []
    one = f'<div data-b="6" style="position: absolute; width: 20mm">{"Ord<br>" * 20} slutt</div>'
    assert found(f"{one}<p>Ord</p>") == []


def test_paragraph_that_loses_its_end() -> None:
    words = " ".join(["ord"] * 120)
    column = '<p data-b="6" style="position: absolute; top: 30mm; width: 20mm">{}slutt</p><p>Ord</p>'
    assert found(column.format(f"{words} ")) == ["lost-words 6"]
    assert found(column.format("ord ")) == []


def test_caption_on_another_page_than_its_figure() -> None:
    css = "figure { break-inside: auto } figcaption { break-before: page }"
    assert found(FIGURE.format(PLATE.format(30, "")), css) == ["caption-apart 8"]


def test_caption_far_from_its_figure() -> None:
    assert found(FIGURE.format(PLATE.format(20, "")), "figcaption { margin-top: 9mm }") == ["caption-apart 8"]
    assert found(FIGURE.format(PLATE.format(20, "")), "figcaption { margin-top: 2mm }") == []


def test_note_on_another_page_than_its_call() -> None:
    note = " ".join(["Noten er lang."] * 40)
    assert "note-apart 9" in found(paragraphs(10) + NOTE.format(note))
    assert found(paragraphs(LINES_A_PAGE - 5) + NOTE.format("Noten er kort.")) == []
