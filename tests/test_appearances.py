"""What a page's annotations look like: every state of each, as large as its rectangle."""

import pikepdf
from pikepdf import Array, Dictionary, Name

from booklet.appearances import appearances


def test_every_state_fills_the_rectangle_and_what_has_no_looks_is_left_out() -> None:
    with pikepdf.new() as pdf:
        on, off, alone = (pdf.make_stream(b"", BBox=Array([0, 0, 10, 20])) for _ in range(3))
        page = Dictionary(Annots=Array([
            Dictionary(Rect=Array([100, 50, 120, 60]), AP=Dictionary(N=Dictionary(On=on, Off=off))),
            Dictionary(Rect=Array([0, 0, 10, 20]), AP=Dictionary(N=alone)),
            Dictionary(Rect=Array([0, 0, 10, 20])), Dictionary(AP=Dictionary(N=alone)), Name.None_]))
        found = [matrix for _, matrix in appearances(page)]
    assert found == [(2, 0, 0, 0.5, 100, 50)] * 2 + [(1, 0, 0, 1, 0, 0)]
