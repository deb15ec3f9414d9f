"""A page into its frame: moved, cut at the bleed, marks beside it; its boxes and states as the printer wants them."""

from typing import Any

import pikepdf
import pytest
from making import shipped_printer
from msgspec.structs import replace
from pikepdf import Name

from booklet.frames import Frame, frame_of
from booklet.mounting import dress, mount, registration
from booklet.printed import RECTO
from booklet.profiles import PROFILES
from booklet.values import Value, spell

MARKS = shipped_printer("marks")
CONTENT, SLUG = b"0 0 0 1 scn\n0 0 9 9 re\nf", b"BT (a) Tj ET"


def frame(**changes: Any) -> Frame:
    """Return the frame of a recto for the printer who wants marks."""
    return frame_of(PROFILES["print"], replace(MARKS, **changes), RECTO)


def dressed(**changes: Any) -> tuple[pikepdf.Object, Frame]:
    """Return a page with one state, dressed, as another program reads it, and its frame."""
    one = frame(**changes)
    states: dict[str, Value] = {"/a0.5": {"/ca": 0.5}}
    page: dict[str, Value] = {"/ExtGState": states}
    dress(page, states, one, replace(MARKS, **changes))
    return pikepdf.Object.parse(spell(page).text), one


def test_page_that_stays_where_it_is_keeps_its_bytes() -> None:
    assert mount(CONTENT, frame_of(PROFILES["print"], None, RECTO), b"") == CONTENT


def test_page_is_cut_at_the_bleed_then_moved_and_marks_stand_outside_both() -> None:
    one = frame()
    (left, bottom, right, top), (x, y) = one.bleed, one.shift
    clip = f"{left:.3f} {bottom:.3f} {right - left:.3f} {top - bottom:.3f} re W n"
    assert mount(CONTENT, one, SLUG) == b"\n".join([
        b"q", clip.encode(), f"1 0 0 1 {x:.3f} {y:.3f} cm".encode(), CONTENT, b"Q", one.marks, SLUG])


def test_page_without_marks_and_slug_is_nothing_but_cut_and_moved() -> None:
    lines = mount(CONTENT, frame(marks="none"), b"").split(b"\n")
    assert (lines[0], lines[3:]) == (b"q", [*CONTENT.split(b"\n"), b"Q"])


def test_what_is_mounted_is_sound_content() -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    page.Contents = pdf.make_stream(mount(CONTENT, frame(), SLUG))
    operators = [str(operator) for _, operator in pikepdf.parse_content_stream(page)]
    assert operators.count("q") == operators.count("Q") == 2 and operators.index("W") < operators.index("cm")


def test_boxes_are_those_of_the_frame() -> None:
    page, one = dressed()
    for key, box in (("/MediaBox", one.media), ("/BleedBox", one.bleed), ("/TrimBox", one.trim)):
        assert [float(edge) for edge in page[key]] == pytest.approx(box)


@pytest.mark.parametrize("black", [True, False])
def test_black_text_overprints_where_the_printer_wants_it(black: bool) -> None:
    states = dressed(overprint_black=black)[0].ExtGState
    assert (states.Over.OP, states.Over.op, states.Over.OPM) == (black, black, 1)
    assert (states.Knock.OP, states.Knock.op) == (False, False)


def test_states_that_a_page_had_are_kept() -> None:
    states = dressed()[0].ExtGState
    assert set(states.keys()) == {"/a0.5", "/Over", "/Knock"} and float(states["/a0.5"].ca) == 0.5


def test_registration_colour_prints_on_every_plate() -> None:
    kind, name, space, tint = pikepdf.Object.parse(registration().text)
    assert (kind, name, space) == (Name.Separation, Name.All, Name.DeviceCMYK)
    assert [[float(part) for part in end] for end in (tint.C0, tint.C1)] == [[0] * 4, [1] * 4]
    assert (tint.FunctionType, tint.N, [float(end) for end in tint.Domain]) == (2, 1, [0, 1])
