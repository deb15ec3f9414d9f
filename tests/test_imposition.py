"""Spreads of small PDFs, asked by programs that we did not write."""

import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from making import WORDS, tool
from ordering_cases import MM, numbered, saved
from pikepdf import Array, Dictionary, Name

from booklet.imposition import Unfit, Wanted, impose

PLAIN = Wanted(WORDS)


def words(path: Path, page: int) -> list[tuple[str, float, float]]:
    """Return each word of a page with the left and upper edge of its box, in pt from the page's upper left corner."""
    told = tool("pdftotext", "-bbox", "-f", page, "-l", page, path, "-")
    found = re.findall(r'xMin="([\d.-]+)" yMin="([\d.-]+)".*?>([^<]+)</word>', told)
    return [(text, float(x), float(y)) for x, y, text in found]


def sides(path: Path, page: int, width: float) -> tuple[list[str], list[str]]:
    """Return the pages that a spread shows left and right of the spine."""
    shown = [(text, x) for text, x, _ in words(path, page) if text.startswith("side")]
    return [text for text, x in shown if x < width / 2], [text for text, x in shown if x >= width / 2]


def written(tmp_path: Path, content: bytes, wanted: Wanted = PLAIN) -> tuple[Path, pikepdf.Pdf]:
    """Return the spreads of a file, on disk and open."""
    path = tmp_path / "spreads.pdf"
    path.write_bytes(impose(content, wanted).content)
    return path, pikepdf.open(path)


@pytest.mark.parametrize("paper", ["none", "a3", "a4"])
def test_every_sheet_shows_its_pages_upright_and_folding_gives_them_in_order(paper: str, tmp_path: Path) -> None:
    path, pdf = written(tmp_path, numbered(10), Wanted(WORDS, paper))
    width, height = (float(side) for side in pdf.pages[0].mediabox[2:])
    spreads = [sides(path, page + 1, width) for page in range(len(pdf.pages))]
    assert len(spreads) == 6 and width > height
    fronts, backs = spreads[::2], spreads[1::2]
    read = [page for front, back in zip(fronts, backs, strict=True) for page in (front[1], back[0])]
    read += [page for front, back in zip(fronts[::-1], backs[::-1], strict=True) for page in (back[1], front[0])]
    assert [name for names in read for name in names] == [f"side{number}" for number in range(1, 11)]
    assert all(y < height / 2 for page in range(1, 7) for text, _, y in words(path, page) if text.startswith("side"))


def test_slug_checks_the_folios_and_names_blank_pages(tmp_path: Path) -> None:
    path, _ = written(tmp_path, numbered(10))
    texts = tool("pdftotext", path, "-").split("\f")
    assert "Ark 1, forside: – | 1" in texts[0] and "Ark 1, bakside: 2 | –" in texts[1]
    assert "Ark 3, bakside: 6 | 7" in texts[5]


def test_slug_calls_pages_as_the_file_does(tmp_path: Path) -> None:
    pdf = pikepdf.open(BytesIO(numbered(4)))
    more = Dictionary(P=pikepdf.String("漢"), S=Name.D)
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.r), 2, more]))
    path, _ = written(tmp_path, saved(pdf))
    texts = tool("pdftotext", path, "-")
    assert "Ark 1, forside: ?2 | i" in texts and "Ark 1, bakside: ii | ?1" in texts


def test_inner_sheets_move_towards_the_spine_on_both_sides(tmp_path: Path) -> None:
    places = []
    for creep in (0, 0.5):
        path, _ = written(tmp_path, numbered(12), Wanted(WORDS, "none", creep))
        places.append({text: x for page in range(1, 7) for text, x, _ in words(path, page) if text.startswith("side")})
    moved = {name: round((places[1][name] - x) / MM, 2) for name, x in places[0].items()}
    assert moved == {
        "side1": 0, "side2": 0, "side3": -0.5, "side4": 0.5, "side5": -1, "side6": 1,
        "side7": -1, "side8": 1, "side9": -0.5, "side10": 0.5, "side11": 0, "side12": 0}


def test_creep_shrinks_with_the_spread(tmp_path: Path) -> None:
    places = []
    for creep in (0, 0.5):
        path, pdf = written(tmp_path, numbered(8), Wanted(WORDS, "a4", creep))
        places.append({text: x for text, x, _ in words(path, 3) if text.startswith("side")})
    scale = float(pdf.pages[0].trimbox[2] - pdf.pages[0].trimbox[0]) / (340 * MM)
    assert places[1]["side3"] - places[0]["side3"] == pytest.approx(-0.5 * MM * scale, abs=0.01)


def test_boxes_are_those_of_the_spread() -> None:
    for page in pikepdf.open(BytesIO(impose(numbered(8), PLAIN).content)).pages:
        media, bleed, trim = ([float(value) for value in box] for box in (page.mediabox, page.bleedbox, page.trimbox))
        assert (trim[2] - trim[0], trim[3] - trim[1]) == pytest.approx((340 * MM, 240 * MM), abs=0.001)
        beyond = [b - t for b, t in zip(bleed, trim, strict=True)]
        assert beyond == pytest.approx([-3 * MM] * 2 + [3 * MM] * 2, abs=0.001)
        assert media[0] < bleed[0] and media[3] > bleed[3]


def test_marks_are_hairlines_in_registration_colour_outside_the_bleed() -> None:
    pdf = pikepdf.open(BytesIO(impose(numbered(8), PLAIN).content))
    page = pdf.pages[0]
    content = page.Contents.read_bytes()
    marks = content[content.index(b"/All CS"):]
    left, bottom, right, top = (float(value) for value in page.bleedbox)
    assert str(page.Resources.ColorSpace.All[1]) == "/All" and b"0.25 w" in marks
    drawn = [line.split() for line in marks.split(b"\n") if b" l S" in line]
    lines = [[float(part) for part in parts if re.fullmatch(rb"[\d.]+", part)] for parts in drawn]
    assert len(lines) == 10
    for x0, y0, x1, y1 in lines:
        for x, y in ((x0, y0), (x1, y1)):
            assert not (left < x < right and bottom < y < top)
        assert x0 == x1 or y0 == y1
    assert sum(x0 == pytest.approx((left + right) / 2, abs=0.01) for x0, *_ in lines) == 2


def test_full_bleed_reaches_the_bleed_edge_and_stops_at_it(tmp_path: Path) -> None:
    path, pdf = written(tmp_path, numbered(8))
    tool("pdftoppm", "-r", 72, "-f", 2, "-l", 2, "-singlefile", path, tmp_path / "side")
    data = (tmp_path / "side.ppm").read_bytes().split(b"\n", 3)
    width, height = map(int, data[1].split())
    left, bottom, right, top = (float(value) for value in pdf.pages[0].bleedbox)

    def yellow(x: float, y: float) -> bool:
        at = 3 * (int(height - y) * width + int(x))
        return data[3][at + 2] < 100

    middle = (bottom + top) / 2
    assert all(yellow(x, middle) for x in (left + 2, (left + right) / 2, right - 2))
    assert yellow(left + 60, bottom + 2) and yellow(left + 60, top - 2)
    assert not any(yellow(x, middle) for x in (left - 2, right + 2))


def test_fonts_and_pictures_stay_shared() -> None:
    small, large = (len(impose(numbered(pages), PLAIN).content) for pages in (8, 80))
    assert large - small < 72 * 700
    pdf = pikepdf.open(BytesIO(impose(numbered(8), PLAIN).content))
    forms = [form for page in pdf.pages for form in page.Resources.XObject.values()]
    assert len(forms) == 8 and len({form.Resources.Font.F.objgen for form in forms}) == 1


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_turned_pages_lie_as_a_viewer_shows_them(turned: int, tmp_path: Path) -> None:
    path, pdf = written(tmp_path, numbered(4, Rotate=turned))
    width, height = (340, 240) if turned == 180 else (480, 170)
    trim = [float(value) for value in pdf.pages[0].trimbox]
    assert (trim[2] - trim[0], trim[3] - trim[1]) == pytest.approx((width * MM, height * MM), abs=0.01)
    plain = tmp_path / "plain.pdf"
    plain.write_bytes(numbered(4, Rotate=turned))
    offset = {text: (x, y) for text, x, y in words(plain, 1)}["side1"]
    shown = {text: (x, y) for text, x, y in words(path, 1)}["side1"]
    spine, upper = (trim[0] + trim[2]) / 2, float(pdf.pages[0].mediabox[3]) - trim[3]
    bleed = 3 * MM
    assert (shown[0] - spine, shown[1] - upper) == pytest.approx((offset[0] - bleed, offset[1] - bleed), abs=0.5)


def test_file_is_sound_and_the_same_every_time(tmp_path: Path) -> None:
    path, _ = written(tmp_path, numbered(9), Wanted(WORDS, "a3", 0.1))
    assert "No syntax or stream encoding errors found" in tool("qpdf", "--check", path)
    assert path.read_bytes() == impose(numbered(9), Wanted(WORDS, "a3", 0.1)).content


def test_outcome_says_what_was_made() -> None:
    made = impose(numbered(9), PLAIN)
    assert (made.pages, made.sheets, made.blanks, made.scale, made.warnings) == (9, 3, 3, 1, ())


def test_page_without_boxes_is_its_own_trim() -> None:
    pdf = pikepdf.new()
    for _ in range(4):
        pdf.add_blank_page(page_size=(200, 300))
    made = pikepdf.open(BytesIO(impose(saved(pdf), PLAIN).content))
    page = made.pages[0]
    assert float(page.trimbox[2] - page.trimbox[0]) == 400 and page.trimbox == page.bleedbox


def test_hidden_layer_stays_hidden(tmp_path: Path) -> None:
    pdf = pikepdf.open(BytesIO(numbered(4)))
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String("a")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    pdf.pages[0].Resources.Properties = Dictionary(L=layer)
    pdf.pages[0].contents_add(b"/OC /L BDC BT /F 12 Tf 40 40 Td (hemmelig) Tj ET EMC")
    path, _ = written(tmp_path, saved(pdf))
    with pikepdf.open(path) as made:
        (off,), form = made.Root.OCProperties.D.OFF, made.pages[0].Resources.XObject.P0
        assert off.objgen == form.Resources.Properties.L.objgen


@pytest.mark.parametrize(("content", "told"), [
    (b"", "no PDF"), (b"text", "no PDF"), (numbered(1), "has 1 page"),
    (saved(pikepdf.open(BytesIO(numbered(4))), encryption=pikepdf.Encryption(owner="a", user="b")), "encrypted"),
    (saved(pikepdf.open(BytesIO(numbered(4))), encryption=pikepdf.Encryption(owner="a", user="")), "encrypted"),
])
def test_file_that_no_spreads_can_be_made_of_is_refused(content: bytes, told: str) -> None:
    with pytest.raises(Unfit, match=told):
        impose(content, PLAIN)


def test_pages_of_several_sizes_are_named() -> None:
    one, two = pikepdf.open(BytesIO(numbered(4))), pikepdf.open(BytesIO(numbered(1, (148, 210))))
    one.pages.insert(2, two.pages[0])
    told = "pages 1 and 3 are of different sizes: 170.0 × 240.0 mm and 148.0 × 210.0 mm"
    with pytest.raises(Unfit, match=re.escape(told)):
        impose(saved(one), PLAIN)


def test_damaged_file_is_repaired_and_says_so() -> None:
    content = numbered(4)
    made = impose(content[:content.rindex(b"startxref")], PLAIN)
    assert made.pages == 4 and made.warnings
