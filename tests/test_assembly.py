"""Fragments in place → one PDF: numbers, fonts, links, bookmarks, labels."""

import re
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from binding import opened
from making import AT, WORDS, article, block, booklet, mark, plan, press_of, reference, shipped_printer, theme
from msgspec.structs import replace
from PIL import Image

from booklet.assembly import NumberTooWide, assemble, show
from booklet.model import Booklet, Picture
from booklet.pagination import labels_of, paginate
from booklet.printed import Copy, Hole, Sheets
from booklet.profiles import PROFILES
from booklet.selection import select
from booklet.stripping import blank

HOLE = Hole(page=0, offset=0, digits=3, kind="page", target="en", left=True, gap=False, face="BookletHoleSerif",
            box=(0, 0, 1, 1))


def linked() -> Booklet:
    """Return a booklet whose first text links to its second, and to a heading of its own."""
    text = article(
        "en.text", block(f"<p>{mark(0, 'Videre')} {mark(1, 'her')}</p>"),
        block('<h2 id="en.text.a">Å bo</h2>', "heading", "en.text.a", 2),
        references=(reference("link", "to.text"), reference("link", "en.text.a")))
    return booklet(theme("en", 1, text), theme("to", 2), url="https://example.org/a")


def copy_of(one: Booklet, profile: str, whole: Copy | None = None) -> Copy:
    """Return a copy laid out by the engine."""
    press = press_of(one, profile)
    copy = paginate(plan(one, profile), press.lay_out, whole)
    assert press.stock.found.findings == ()
    return copy


def bound(copy: Copy, profile: str, whole: Mapping[str, str] | None = None) -> pikepdf.Pdf:
    """Return a copy, assembled, as another program reads it."""
    return opened(assemble(Sheets(copy, PROFILES[profile], whole or {}), zlib.compress))


@pytest.fixture(scope="module")
def screen() -> Copy:
    """Return a copy for the screen."""
    return copy_of(linked(), "screen")


@pytest.fixture(scope="module")
def pdf(screen: Copy) -> Iterator[pikepdf.Pdf]:
    """Return the screen copy, assembled."""
    yield bound(screen, "screen")


@pytest.fixture(scope="module")
def paper() -> Iterator[pikepdf.Pdf]:
    """Return the print run, assembled."""
    yield bound(copy_of(linked(), "print"), "print")


def pages_of(pdf: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    """Return page object → index."""
    return {page.obj.objgen: number for number, page in enumerate(pdf.pages)}


def texts(pdf: pikepdf.Pdf) -> list[str]:
    """Return the text of each page, as another program reads it."""
    target = BytesIO()
    pdf.save(target)
    opened = pypdfium2.PdfDocument(target.getvalue())
    return [opened[number].get_textpage().get_text_range() for number in range(len(opened))]


@pytest.mark.parametrize("value", ["1", "12", "123"])
@pytest.mark.parametrize("left", [True, False])
@pytest.mark.parametrize("gap", [True, False])
def test_number_is_as_long_in_bytes_as_the_blank_it_fills(value: str, left: bool, gap: bool) -> None:
    assert len(show(value, replace(HOLE, left=left, gap=gap))) == len(blank(3))


def test_short_number_stands_at_the_right_end_of_its_place() -> None:
    left, right = show("1", HOLE), show("1", replace(HOLE, left=False))
    assert left.startswith(b"[<") and re.match(rb"\[-\d+<", right)


@pytest.mark.parametrize("value", ["1234", "x y", "", "-1"])
def test_number_that_does_not_fit_is_never_printed(value: str) -> None:
    with pytest.raises(NumberTooWide):
        show(value, HOLE)


def test_every_number_is_filled_in(screen: Copy, pdf: pikepdf.Pdf) -> None:
    pages = texts(pdf)
    here = screen.pages["en.text"]
    assert f"(s.\u00a0{screen.label('to.text')})" in pages[here].replace("\r\n", " ").replace("s. ", "s.\u00a0")
    for number, label in enumerate(screen.labels):
        holes = [h for p in screen.placed for h in p.fragment.holes if p.first + h.page == number and h.kind == "folio"]
        assert (label in pages[number].split()) or not holes


def test_links_lead_to_pages_not_to_our_own_scheme(screen: Copy, pdf: pikepdf.Pdf) -> None:
    where = pages_of(pdf)
    annotations = [link for page in pdf.pages for link in page.obj.get("/Annots", [])]
    inner = [link for link in annotations if "/Dest" in link]
    outer = [str(link.A.URI) for link in annotations if "/A" in link]
    assert inner and outer == ["https://example.org/a"]
    for link in inner:
        assert where[link.Dest[0].objgen] == screen.pages[str(link.Contents)]
    assert {"to.text", "en.text.a"} <= {str(link.Contents) for link in inner}


def test_bookmarks_are_the_parts_and_what_they_hold(screen: Copy, pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        tree = {item.title: [child.title for child in item.children] for item in outline.root}
        text = next(child for item in outline.root for child in item.children if child.title == "EN.TEXT")
        assert [child.title for child in text.children] == ["Å bo"]
        assert pages_of(pdf)[text.destination[0].objgen] == screen.pages["en.text"]
    assert tree["Tema en"] == ["EN.TEXT", "EN.BERG", WORDS["questions"]] and tree["FOREWORD"] == []


def test_page_labels_say_what_the_folios_say(screen: Copy, pdf: pikepdf.Pdf) -> None:
    target = BytesIO()
    pdf.save(target)
    opened = pypdfium2.PdfDocument(target.getvalue())
    assert tuple(opened.get_page_label(number) for number in range(len(opened))) == screen.labels


def test_labels_of_an_excerpt_jump_as_its_pages_do(screen: Copy) -> None:
    one = select(linked(), ("to",))
    copy = copy_of(one, "screen", screen)
    target = BytesIO()
    bound(copy, "screen", labels_of(screen)).save(target)
    opened = pypdfium2.PdfDocument(target.getvalue())
    labels = tuple(opened.get_page_label(number) for number in range(len(opened)))
    assert labels == copy.labels and labels[0] == "i" and labels[1] == screen.label("to")


def test_each_face_is_embedded_once(pdf: pikepdf.Pdf) -> None:
    fonts = {font.objgen for page in pdf.pages for font in page.obj.Resources.Font.values()}
    composite = (f for f in pdf.objects if isinstance(f, pikepdf.Dictionary) and f.get("/Subtype") == "/Type0")
    names = [str(font.BaseFont) for font in composite]
    assert len(names) == len(set(names)) == len(fonts)
    assert all(re.fullmatch(r"/[A-Z]{6}\+Source(Serif|Sans)Pro-\w+", name) for name in names)


def test_every_glyph_says_what_it_stands_for(pdf: pikepdf.Pdf) -> None:
    for font in pdf.objects:
        if isinstance(font, pikepdf.Dictionary) and font.get("/Subtype") == "/Type0":
            blocks = re.findall(rb"(\d+) beginbfchar\n(.*?)\nendbfchar", font.ToUnicode.read_bytes(), re.DOTALL)
            assert blocks and all(int(count) == pairs.count(b"\n") + 1 <= 100 for count, pairs in blocks)


def test_page_holds_only_what_a_hole_needs_more(screen: Copy, pdf: pikepdf.Pdf) -> None:
    """Filling a hole moves no other byte."""
    placed = next(one for one in screen.placed if one.unit.address == "en.text")
    with pikepdf.open(BytesIO(placed.fragment.pdf)) as part:
        before = part.pages[0].Contents.read_bytes()
    after = pdf.pages[placed.first].Contents.read_bytes()
    assert len(before) == len(after)
    end = 0
    for hole in (one for one in placed.fragment.holes if one.page == 0):
        assert before[end:hole.offset] == after[end:hole.offset]
        end = hole.offset + len(blank(hole.digits))
    assert before[end:] == after[end:]


def test_all_units_hang_in_one_tree(screen: Copy, pdf: pikepdf.Pdf) -> None:
    (document,) = pdf.Root.StructTreeRoot.K
    assert [str(part.S) for part in document.K] == ["/Sect"] * len(screen.placed)
    nums = pdf.Root.StructTreeRoot.ParentTree.Nums
    keys = [int(nums[i]) for i in range(0, len(nums), 2)]
    used = [int(page.obj.StructParents) for page in pdf.pages]
    used += [int(link.StructParent) for page in pdf.pages for link in page.obj.get("/Annots", [])]
    assert keys == sorted(set(keys)) and len(used) == len(set(used)) and set(used) <= set(keys)
    assert int(pdf.Root.StructTreeRoot.ParentTreeNextKey) > max(keys)


def test_paper_has_nothing_that_only_a_screen_can_use(paper: pikepdf.Pdf) -> None:
    assert not {"/StructTreeRoot", "/Outlines", "/Names", "/MarkInfo"} & set(paper.Root.keys())
    assert not any("/Annots" in page.obj for page in paper.pages)


@pytest.mark.parametrize(("shop", "spaces"), [("marks", {"/All"}), ("sheetfed", set())])
def test_registration_colour_is_there_where_there_are_marks_and_nowhere_else(shop: str, spaces: set[str]) -> None:
    printer = shipped_printer(shop)
    copy = copy_of(linked(), "print")
    made = opened(assemble(Sheets(copy, PROFILES["print"], {}, printer), zlib.compress))
    named = [page.obj.Resources for page in made.pages]
    assert all(set(one.ColorSpace.keys()) == spaces for one in named)
    assert all({"/Over", "/Knock"} <= set(one.ExtGState.keys()) for one in named)
    assert ("/All CS" in made.pages[0].Contents.read_bytes().decode("latin-1")) == bool(spaces)


def test_picture_that_several_pages_show_is_kept_once() -> None:
    target = BytesIO()
    Image.new("RGB", (8, 8), "red").save(target, "PNG")
    picture = Picture("p.png", "image/png", target.getvalue(), "a", "", "c", "CC0", AT)

    def showing(name: str) -> tuple[str, object]:
        figure = block(f"<figure class='picture'>{mark(0, '')}</figure>")
        return name, article(f"{name}.text", figure, references=(reference("picture", "p.png"),))

    themes = (theme(name, number, text) for number, (name, text) in enumerate(map(showing, ("en", "to")), 1))  # type: ignore[arg-type]
    made = bound(copy_of(booklet(*themes, pictures=(picture,)), "screen"), "screen")
    shown = [x.objgen for page in made.pages for x in page.obj.Resources.get("/XObject", {}).values()]
    assert len(shown) == 2 and len(set(shown)) == 1
