"""The structure tree of a unit, mended for whoever listens to it."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pytest
from making import AT, STYLES
from pikepdf import Array, Dictionary, Name, Object

from booklet.collector import Collector
from booklet.engine import press
from booklet.inline import hole
from booklet.job import Job
from booklet.profiles import PROFILES
from booklet.styles import read_styles

LOOKS = read_styles(STYLES, Collector())
LONG = "Folk flytter dit det er arbeid, og blir der de kjenner noen. " * 8
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><path d="M0 0H60V40Z" fill="#14506e"/></svg>'
BODY = f"""<div class="running-right">Løpende</div><div class="folio folio-right">{hole("folio")}</div>
<h1>Å bo</h1><p>{LONG}<em>bli</em><span class="footnote">En note.</span> Og <a href="link://go/to">videre</a>.</p>
<ul><li>En</li><li>To</li></ul>
<dl><div><dt>Ord</dt><dd>Et ord.</dd></div><div><dt>Tall</dt><dd>Et tall.</dd></div></dl>
<figure class="table"><figcaption>Tall</figcaption><table>
<thead><tr><th>År</th><th class="number">Antall</th></tr></thead>
<tbody><tr><th>2019</th><td class="number">10</td></tr><tr><th>2020</th><td></td></tr></tbody></table></figure>
<figure class="picture"><img src="book://x/pictures/a.svg" alt="Et hus"></figure>
<p>Siste.<span class="footnote">To noter.</span></p>"""


@pytest.fixture(scope="module")
def pdf() -> Iterator[pikepdf.Pdf]:
    """Return the fragment of a unit that has everything in it."""
    assert LOOKS
    html = f'<html lang="nb" class="article recto"><head><title>T</title></head><body id="en">{BODY}</body></html>'
    sheets = LOOKS.of(PROFILES["screen"], "")
    fragment = press(Job(html, sheets, {"a.svg": SVG}, PROFILES["screen"], "en", AT))
    assert fragment.findings == ()
    with pikepdf.open(BytesIO(fragment.pdf)) as opened:
        yield opened


def document_of(pdf: pikepdf.Pdf) -> Object:
    """Return the Document element at the top of the tree."""
    return pdf.Root.StructTreeRoot.K[0]


def kids(element: Object) -> list[Object]:
    """Return the children of an element."""
    found = element.get("/K", Array())
    return list(found) if isinstance(found, Array) else [found]


def below(element: Object) -> Iterator[Object]:
    """Yield every element below one in reading order."""
    for kid in kids(element):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from below(kid)


def elements(pdf: pikepdf.Pdf, kind: str) -> list[Object]:
    """Return the elements of a kind in reading order."""
    return [element for element in below(document_of(pdf)) if element.S == Name(f"/{kind}")]


def test_unit_is_read_in_the_order_it_is_printed(pdf: pikepdf.Pdf) -> None:
    kinds = [str(element.S)[1:] for element in below(document_of(pdf))]
    shown = [kind for kind in kinds if kind in ("H1", "P", "L", "Table", "Figure", "Link")]
    assert shown[:3] == ["H1", "P", "Link"] and shown.index("L") < shown.index("Table") < shown.index("Figure")


def test_paragraph_owns_its_words_itself(pdf: pikepdf.Pdf) -> None:
    first = elements(pdf, "P")[0]
    words = [kid for kid in kids(first) if isinstance(kid, int)]
    assert len(words) >= 5, "one piece of content a line"
    assert len([kid for kid in kids(first) if isinstance(kid, Dictionary)]) < len(words)


def test_no_element_is_empty_but_a_cell(pdf: pikepdf.Pdf) -> None:
    empty = {str(element.S) for element in below(document_of(pdf)) if not kids(element)}
    assert empty == {"/TD"}


def test_lists_hold_items_and_nothing_else(pdf: pikepdf.Pdf) -> None:
    lists = [{str(kid.S) for kid in kids(one)} for one in elements(pdf, "L")]
    assert lists == [{"/LI"}, {"/LI"}]


def test_header_cell_says_what_it_heads(pdf: pikepdf.Pdf) -> None:
    assert [str(cell.A.Scope) for cell in elements(pdf, "TH")] == ["/Column", "/Column", "/Row", "/Row"]


def test_identifiers_begin_with_the_address_of_their_unit(pdf: pikepdf.Pdf) -> None:
    names = [str(element.ID) for element in below(document_of(pdf)) if "/ID" in element]
    heads = [str(name) for cell in elements(pdf, "TD") for name in cell.get("/A", {}).get("/Headers", [])]
    assert names and all(name.startswith("en-") for name in names)
    assert len(set(names)) == len(names) and set(heads) <= set(names)


def test_footnotes_are_notes_with_names(pdf: pikepdf.Pdf) -> None:
    assert [str(note.ID) for note in elements(pdf, "Note")] == ["en-note-1", "en-note-2"]


def test_figure_says_what_it_shows_and_where_it_stands(pdf: pikepdf.Pdf) -> None:
    (figure,) = elements(pdf, "Figure")
    left, bottom, right, top = (float(side) for side in figure.A.BBox)
    _, _, width, height = (float(side) for side in figure.Pg.MediaBox)
    assert str(figure.Alt) == "Et hus"
    assert 0 < left < right < width and 0 < bottom < top < height
    assert (top - bottom) / (right - left) == pytest.approx(40 / 60, abs=0.02)
    assert (left, right - left) == pytest.approx((51 / 25.4 * 72, (170 - 51 - 15) / 25.4 * 72), abs=0.5)


def test_margins_are_left_out_of_what_is_read(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        content = page.Contents.read_bytes()
        assert content.count(b"/Artifact\n%\nBMC") >= 2, "running head and folio"
        assert content.count(b"BMC") + content.count(b"BDC") == content.count(b"EMC")


def test_parent_tree_leads_from_every_word_to_its_element(pdf: pikepdf.Pdf) -> None:
    nums = pdf.Root.StructTreeRoot.ParentTree.Nums
    parents = {int(nums[i]): nums[i + 1] for i in range(0, len(nums), 2)}
    pages = {page.obj.objgen: page.obj for page in pdf.pages}
    owned = set()
    for element in below(document_of(pdf)):
        for kid in kids(element):
            if isinstance(kid, int):
                page = pages[element.Pg.objgen]
                assert parents[int(page.StructParents)][int(kid)].objgen == element.objgen
                owned.add((page.objgen, int(kid)))
    listed = {
        (page.obj.objgen, number) for page in pdf.pages
        for number, parent in enumerate(parents[int(page.obj.StructParents)]) if parent is not None
    }
    assert owned == listed


def test_every_element_knows_its_parent(pdf: pikepdf.Pdf) -> None:
    for element in (document_of(pdf), *below(document_of(pdf))):
        for kid in kids(element):
            if isinstance(kid, Dictionary) and "/S" in kid:
                assert kid.P.objgen == element.objgen, f"{kid.S} in {element.S}"
