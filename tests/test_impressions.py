"""Pages put on paper again: the same content, and nothing of it taken for granted."""

from io import BytesIO
from typing import Any

import pytest
import weasyprint
from laying import DRAWING

from booklet import impressions
from booklet.engine import BASE, _engine, _Faces
from booklet.impressions import paint

CSS = """@page { size: 60mm; margin: 5mm } p { break-after: page; color: #112233 } .small { font-size: 7pt }
.pale { opacity: .5 } .line { border-top: 1px solid #445566 } .glass { background: #11223380 }
.tiles { background: url(BASE/pictures/a.svg) 0 0 / 9px repeat }""".replace("BASE/", BASE)
PLAIN = ["<p>Ord på ei side</p>", "<p class='line'>Andre ord</p>", "<p class='glass'>Gjennom</p>",
         "<p class='small'>Små ord</p>", "<p>Flere fi-ligaturer, ÆØÅ</p>"]
PICTURE = f"<p><img alt='' src='{BASE}pictures/a.svg'></p>"


def document(*pages: str) -> Any:
    """Return a document of some pages in our typefaces."""
    engine = _engine()
    engine.memory.pictures = {"a.svg": DRAWING.replace(b"<path", b"<path opacity='.5'")}
    html = weasyprint.HTML(
        string=f"<html lang='nb'><body style='font-family: BookletSerif'>{''.join(pages)}</body></html>",
        base_url=BASE, url_fetcher=engine.memory)
    sheet = weasyprint.CSS(string=CSS, url_fetcher=engine.memory)
    return html.render(stylesheets=[engine._faces, sheet], font_config=engine.fonts)


def written(one: Any, tags: bool = False) -> tuple[bytes, list[Any]]:
    """Return the file of a document, and what it knows of its fonts."""
    target, one.fonts = BytesIO(), _Faces()
    one.write_pdf(target, uncompressed_pdf=True, pdf_tags=tags)
    told = [(font.hash, list(font.to_unicode.items()), list(font.widths.items())) for font in dict.values(one.fonts)]
    return target.getvalue(), told


@pytest.fixture
def keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pages be kept when they are painted."""
    monkeypatch.setattr(weasyprint.document.Page, "paint", paint)


def in_turn(one: Any, order: list[int]) -> Any:
    """Return a document with some of the pages of another."""
    return one.copy([one.pages[number] for number in order])


ORDERS = [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2], [3, 0], [1, 1, 4, 2]]


def test_pages_are_the_same_in_whatever_file_they_are_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = [written(in_turn(document(*PLAIN), order)) for order in ORDERS]
    monkeypatch.setattr(weasyprint.document.Page, "paint", paint)
    one = document(*PLAIN)
    assert [written(in_turn(one, order)) for order in ORDERS] == plain
    assert [page.impression is not None for page in one.pages[:5]] == [True] * 5


def test_page_is_painted_once(keeping: None, monkeypatch: pytest.MonkeyPatch) -> None:
    one, painted = document(*PLAIN[:2]), []
    theirs = impressions._paint
    monkeypatch.setattr(impressions, "_paint", lambda page, *rest: painted.append(page) or theirs(page, *rest))
    first = written(one)
    assert written(one) == first
    assert len(painted) == len(one.pages)


@pytest.mark.parametrize("body", [PICTURE, "<p class='pale'>Blekt</p>", "<p class='tiles'>Fliser</p>"])
def test_page_with_numbers_that_depend_on_others_is_not_kept(keeping: None, body: str) -> None:
    one = document(body, body)
    assert written(one) == written(one)
    assert [page.impression for page in one.pages[:2]] == [None, None]


def test_page_for_readers_is_the_engines(keeping: None) -> None:
    one = document(*PLAIN)
    assert written(one, tags=True) == written(one, tags=True)
    assert not any("impression" in page.__dict__ for page in one.pages)


def test_page_is_painted_anew_where_a_sign_is_told_to_be_of_another_width(keeping: None) -> None:
    one = document(*PLAIN)
    first, kept = written(one), one.pages[1].impression
    kept.lines.append(b"% as it was kept")
    assert b"as it was kept" in written(one)[0]
    (key, font), = kept.fonts.items()
    glyph = next(glyph for glyph in font.widths if glyph in one.pages[0].impression.fonts[key].widths)
    font.widths[glyph] += 1
    assert written(one) == first


def test_everything_is_taken_back_before_a_page_is_painted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = written(document(*PLAIN, PICTURE, PICTURE))
    monkeypatch.setattr(weasyprint.document.Page, "paint", paint)
    monkeypatch.setattr(impressions, "_fits", lambda *fonts: False)
    assert written(document(*PLAIN, PICTURE, PICTURE)) == plain


def test_signs_of_one_page_do_not_reach_another_file(keeping: None) -> None:
    one = document(*PLAIN)
    before = written(in_turn(one, [0]))
    written(one)
    assert written(in_turn(one, [0])) == before
