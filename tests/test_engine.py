"""One unit through the engine: what it leaves behind, and what it mutters."""

import os
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path

import pikepdf
import pytest
from making import AT, STYLES, sheet_of
from weasyprint.text import line_break

from booklet.collector import Collector
from booklet.engine import press, read_hyphens, tidy
from booklet.findings import Severity
from booklet.inline import hole
from booklet.job import Job, Sheet
from booklet.printed import Fragment
from booklet.profiles import PROFILES
from booklet.stripping import HoleLost, blank
from booklet.styles import read_styles

LOOKS = read_styles(STYLES, Collector())
FOLIO = "".join(f'<div class="folio folio-{side}">{hole("folio")}</div>' for side in ("left", "right"))
PARAGRAPH = "<p>Folk flytter dit det er arbeid, og blir der de kjenner noen som har tid til dem.</p>"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">{}</svg>'


def job(body: str, profile: str = "screen", css: str = "", **pictures: str) -> Job:
    """Return a unit ready for the engine, with a sheet of its own after those of the booklet."""
    html = f'<html lang="nb" class="article recto"><head><title>T</title></head><body id="en">{body}</body></html>'
    assert LOOKS
    sheets = *LOOKS.of(PROFILES[profile], ""), Sheet("own.css", css)
    content = {f"{name}.svg": text.encode() for name, text in pictures.items()}
    return Job(html, sheets, content, PROFILES[profile], "en", AT)


def said(fragment: Fragment) -> list[str]:
    """Return code and message of every finding."""
    return [f"{finding.code}: {finding.message}" for finding in fragment.findings]


def contents(fragment: Fragment) -> list[bytes]:
    """Return the content of each page."""
    with pikepdf.open(BytesIO(fragment.pdf)) as pdf:
        return [page.Contents.read_bytes() for page in pdf.pages]


def image(address: str) -> str:
    """Return a picture at an address."""
    return f'<p>a</p><img alt="x" src="{address}">'


@pytest.mark.parametrize("profile", PROFILES)
def test_sound_unit_is_laid_out_in_silence(profile: str) -> None:
    fragment = press(job(f"{FOLIO}<h1>Å bo</h1>{PARAGRAPH}", profile))
    assert said(fragment) == []
    assert fragment.pages == 1


def test_process_that_ends_leaves_the_typefaces_of_the_one_it_was_forked_from() -> None:
    assert said(press(job(PARAGRAPH))) == []
    context = get_context("fork")
    worker = context.Process(target=tidy)
    worker.start()
    worker.join(9)
    assert worker.exitcode == 0
    every_face = f"{PARAGRAPH}<p><em>Lov <strong>og tal</strong></em></p><h1>A <em>b</em></h1><h2>Q</h2>"
    assert said(press(job(every_face, "handout"))) == []


@pytest.mark.parametrize("sign", ["漢", "\U0001f600", "\ufffd", "\u0e01"])
def test_sign_that_our_typefaces_lack_is_an_error(sign: str) -> None:
    """Which of the two it is depends on the typefaces that are installed."""
    fragment = press(job(f"<p>ord {sign}</p>"))
    errors = [finding for finding in fragment.findings if finding.severity is Severity.ERROR]
    assert {finding.code for finding in errors} <= {"glyph-missing", "foreign-face"}
    assert errors and sign in errors[0].message and errors[0].position == AT


def test_face_that_is_not_ours_is_an_error() -> None:
    assert said(press(job("<p><code>ord</code></p>", css="code { font-family: Nowhere }")))[0].startswith(
        ("foreign-face: 'ord' would be set in '", "glyph-missing"))


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "http://example.org/a.png", "https://example.org/a.png", "book://x/pictures/none.svg",
     "/etc/passwd", "../../../../etc/passwd", "FILE:///etc/passwd", "//example.org/a.png", "book://x/fonts/../../a.png"],
)
def test_address_outside_the_job_is_refused_and_told(address: str) -> None:
    fragment = press(job(image(address)))
    codes = {finding.code for finding in fragment.findings if finding.severity is Severity.ERROR}
    assert "refused-address" in codes
    assert b"root:" not in fragment.pdf


@pytest.mark.parametrize(
    ("body", "css"),
    [
        ('<link rel="attachment" href="file:///etc/passwd">', ""),
        ('<link rel="stylesheet" href="file:///etc/passwd">', ""),
        ("<style>@import url(file:///etc/passwd);</style>", ""),
        ('<object data="file:///etc/passwd"></object>', ""),
        ('<p style="background: url(file:///etc/passwd)">x</p>', ""),
        ("<p>x</p>", "p { list-style: url(file:///etc/passwd); display: list-item }"),
        ("<p>x</p>", "p::before { content: url(file:///etc/passwd) }"),
        ("<p>x</p>", "@font-face { font-family: F; src: url(file:///etc/passwd) } p { font-family: F }"),
        (SVG.format('<image href="file:///etc/passwd" width="9" height="9"/>'), ""),
    ],
)
def test_no_spelling_reads_a_file_of_the_machine(body: str, css: str) -> None:
    fragment = press(job(f"<p>a</p>{body}", css=css))
    assert "refused-address: 'file:///etc/passwd' is not served" in said(fragment)
    assert b"root:" not in fragment.pdf


def test_picture_within_a_picture_is_refused_too() -> None:
    fragment = press(job(image("book://x/pictures/a.svg"), a=SVG.format('<image href="file:///etc/passwd"/>')))
    assert "refused-address: 'file:///etc/passwd' is not served" in said(fragment)


def test_refusal_of_one_unit_is_not_told_of_the_next() -> None:
    press(job(image("file:///etc/passwd")))
    assert said(press(job("<p>a</p>"))) == []


def test_picture_that_cannot_be_drawn_is_an_error() -> None:
    fragment = press(job(image("book://x/pictures/a.svg"), a="no picture"))
    assert [line.split(":")[0] for line in said(fragment)] == ["picture-not-shown"]


def test_declaration_that_the_engine_ignores_is_told_with_its_line() -> None:
    (finding,) = press(job("<p>a</p>", css="p { margin: 0 }\np {\n  colour: red;\n}\n")).findings
    assert str(finding).startswith("own.css:3:3: warning style-ignored: the engine ignores 'colour: red': unknown")


def test_declaration_that_the_engine_ignores_is_told_for_every_unit() -> None:
    jobs = [job(f"<p>{word}</p>", css="p { float: middle }") for word in ("a", "b")]
    assert [len(press(one).findings) for one in jobs] == [1, 1]


def test_selector_that_the_engine_does_not_know_is_told() -> None:
    assert said(press(job("<p>a</p>", css="p:hoover { margin: 0 }"))) == ["style-selector: p:hoover"]


def test_engine_does_not_speak_to_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    press(job(image("http://x/y.png"), css="p { float: middle }"))
    assert capfd.readouterr() == ("", "")


def test_holes_stand_where_blanks_are() -> None:
    text = f"<p>Se {hole('page', 'to')} og {hole('whole', 'tre', 3)}.</p>"
    fragment = press(job(f"{FOLIO}{text}<div style='break-before: page'>x</div>", "print"))
    found = [(one.page, one.kind, one.target, one.digits) for one in fragment.holes]
    assert found == [(0, "page", "to", 2), (0, "whole", "tre", 3), (0, "folio", "", 2), (1, "folio", "", 2)]
    for one in fragment.holes:
        content = contents(fragment)[one.page]
        end = one.offset + len(blank(one.digits))
        assert content[one.offset:end] == blank(one.digits)
        assert (content[one.offset - 1:one.offset], content[end:end + 1]) == (b"\n", b"\n")


def test_holes_of_every_face_and_place_are_found() -> None:
    places = (
        "<p>{0}</p>", "<p><em>{0}</em> <strong>{0}</strong></p>", "<aside class='box fact'><p>{0}</p></aside>",
        "<figure class='table'><table><tr><td>{0}</td></tr></table></figure>", "<ul><li>{0}</li></ul>",
        "<p>ord<span class='footnote'>note {0}</span></p>",
        "<p class='toc-1 toc-theme'><span class='toc-page'>{0}</span></p>",
    )
    body = "".join(places).format(hole("page", "to"))
    fragment = press(job(FOLIO + body))
    assert said(fragment) == []
    assert sorted(one.kind for one in fragment.holes) == ["folio"] + ["page"] * body.count("data-hole")


def test_hole_knows_its_box_on_the_page() -> None:
    (paper,) = press(job(f"<p>{hole('page', 'to')}</p>", "print")).holes
    (screen,) = press(job(f"<p>{hole('page', 'to')}</p>", "screen")).holes
    left, bottom, right, top = paper.box
    sheet = sheet_of("print")
    bleed, margin = sheet.bleed / 25.4 * 72, sheet.left / 25.4 * 72
    assert abs(left - bleed - margin) < 0.1 and 5 < right - left < 15 and 8 < top - bottom < 20
    assert abs(top - screen.box[3] - bleed) < 0.1


def test_hole_set_in_a_face_of_the_text_is_an_error_of_the_program() -> None:
    with pytest.raises(HoleLost):
        press(job(f"<p>{hole('page', 'to')}</p>", css=".hole { font-family: BookletSerif }"))


def test_text_set_in_a_face_of_the_holes_is_an_error_of_the_program() -> None:
    with pytest.raises(HoleLost):
        press(job("<p><b>ord</b></p>", css="b { font-family: BookletHoleSans; font-weight: 400 }"))


def test_addresses_and_blocks_are_found_on_their_pages() -> None:
    long = PARAGRAPH.replace("<p>", "").replace("</p>", " ") * 60
    body = f"<h2 id='en.a' data-b='0'>A</h2><p data-b='1'>{long}</p><h2 id='en.b' data-b='2'>B</h2>"
    fragment = press(job(body))
    assert fragment.pages == 2
    assert {name: place.page for name, place in fragment.places.items()} == {"en": 0, "en.a": 0, "en.b": 1}
    assert [(number, place.page) for number, place in fragment.blocks] == [(0, 0), (1, 0), (1, 1), (2, 1)]
    first, second = (place.y for number, place in fragment.blocks if number == 1)
    assert fragment.places["en.a"].y > first and second > fragment.places["en.b"].y


@pytest.mark.parametrize(("profile", "width", "height", "bleed"), [("print", 170, 240, 6), ("handout", 210, 297, 0)])
def test_boxes_of_a_page_begin_at_the_corner(profile: str, width: int, height: int, bleed: int) -> None:
    with pikepdf.open(BytesIO(press(job(PARAGRAPH, profile)).pdf)) as pdf:
        page = pdf.pages[0]
        media, trim = ([float(side) / 72 * 25.4 for side in box] for box in (page.MediaBox, page.TrimBox))
    assert media == pytest.approx([0, 0, width + 2 * bleed, height + 2 * bleed], abs=0.01)
    assert trim == pytest.approx([bleed, bleed, width + bleed, height + bleed], abs=0.01)


@pytest.mark.parametrize(("profile", "links"), [("print", 0), ("screen", 1)])
def test_nothing_that_is_printed_has_a_link_on_it(profile: str, links: int) -> None:
    with pikepdf.open(BytesIO(press(job('<p><a href="https://example.org">ord</a></p>', profile)).pdf)) as pdf:
        assert len(pdf.pages[0].obj.get("/Annots", [])) == links


def test_fragment_carries_glyphs_instead_of_fonts() -> None:
    fragment = press(job("<p>Å bo</p>"))
    assert set(fragment.glyphs["BookletSerif"].values()) == {"Å", "b", "o", " "}
    assert set(fragment.fonts.values()) >= {"BookletSerif"} and b"/FontFile" not in fragment.pdf


def test_same_unit_gives_the_same_fragment_and_the_place_does_not_matter(tmp_path: Path) -> None:
    one = press(job(f"{FOLIO}{PARAGRAPH}", "print"))
    here = Path.cwd()
    try:
        os.chdir(tmp_path)
        assert press(job(f"{FOLIO}{PARAGRAPH}", "print")) == one
    finally:
        os.chdir(here)


def test_verso_begins_on_a_left_page_without_an_empty_one_before() -> None:
    one = job(f"{FOLIO}{PARAGRAPH}", "print")
    recto, verso = press(one), press(Job(one.html.replace("recto", "verso"), one.sheets, {}, one.profile, "en", AT))
    assert recto.pages == verso.pages == 1
    assert recto.holes[0].box[0] > 249 > verso.holes[0].box[0]


def test_colour_of_a_screen_in_a_print_file_is_an_error() -> None:
    told = said(press(job("<p style='color: red'>rød</p>", "print")))
    assert [line for line in told if "rgb-in-print" in line] and said(press(job("<p>svart</p>", "print"))) == []


@pytest.mark.parametrize("body", [
    f"<h1>{'langt' * 30}</h1>", "<p style='margin-left: -60mm'>Vekk</p>",
    "<figure><img src='book://x/pictures/hus.svg' alt='x' style='width: 20mm; height: 400mm'></figure>"])
def test_what_runs_off_the_paper_is_an_error(body: str) -> None:
    drawing = SVG.format('<rect width="10" height="10" fill="device-cmyk(0 0 0 1)"/>')
    assert any("off-the-page" in line for line in said(press(job(body, "print", hus=drawing))))


@pytest.mark.parametrize(("language", "read"), [("nb", ["hyph_nb_NO.dic"]), ("xx", []), ("", [])])
def test_hyphens_of_a_language_are_read_before_they_are_needed(
    language: str, read: list[str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    known: dict[Path, object] = {}
    monkeypatch.setattr(line_break.pyphen, "hdcache", known)
    read_hyphens(language)
    assert [path.name for path in known] == read
