"""Lines on the page: written as the engine writes them, or by the engine."""

from typing import Any

import pytest
import weasyprint
from pressing import _engine

from booklet import showing

RULES = "@page { size: 90mm 50mm; margin: 5mm } body { font-family: BookletSerif; font-size: 12px }"


def content(body: str, css: str = "") -> list[bytes]:
    """Return what is written on the pages of a document, line by line."""
    engine, found = _engine(), []

    def keep(document: Any, pdf: Any) -> None:
        """Note the pages' streams."""
        found.extend(item.data for item in pdf.objects if getattr(item, "stream", None) and b" TJ" in item.data)

    weasyprint.HTML(string=f'<html lang="nb"><body>{body}</body></html>').write_pdf(
        stylesheets=[engine._faces, weasyprint.CSS(string=RULES + css)], font_config=engine.fonts,
        finisher=keep, uncompressed_pdf=True)
    return found


@pytest.mark.parametrize(("body", "css"), [
    ("<p>Å bo på Øya: AVTo flyt fi 1\u00a0361</p>", ""),
    ("<p>Et <em>ord</em> <b>til</b> <i>igjen</i></p>", "b { font-family: BookletSans }"),
    ("<p>ord ord ord ord ord ord ord ord ord ord ord</p>",
     "p { text-overflow: ellipsis; overflow: hidden; white-space: nowrap; width: 20mm }"),
    ("<p>ord ord ord ord ord ord ord ord ord ord ord</p>", "p { width: 30mm; max-lines: 1; block-ellipsis: auto }"),
    ("<p>ord ord ord ord ord ord ord ord ord ord ord ord ord ord ord</p>", "p { text-align: justify }"),
    ("<p>ord</p>", "p { text-decoration: underline; letter-spacing: 1px }"),
    ("<p>et <a>ord</a> og <i>to</i></p>", "a { text-decoration: underline } i { text-decoration: overline underline }"),
    ("<p>et <a>langt ord</a></p>", "a { text-decoration: underline dotted red 2px; text-underline-offset: 20% }"),
    ("<p>et <a> </a> <i>ord</i></p>", "a, i { text-decoration: underline from-font; white-space: pre }"),
    ("<p>H<sub>2</sub>O</p>", ""),
    ("<p>o    <b> </b></p><p>skjult</p>", "p + p { visibility: hidden } b { white-space: pre }"),
    ("<p>AVTo flyt fi</p>", "p { letter-spacing: .25px }"), ("<p>to ord</p>", "p { word-spacing: 3px }"),
    ("<p>ord → ord ord­ord</p>", ""), ("<p>ord <b>ord</b></p>", "b { text-decoration: line-through }"),
    ("<svg width='90' height='30'><text x='5' y='20' font-family='BookletSerif'>tegnet ord</text></svg>", ""),
])
def test_lines_are_written_as_the_engine_writes_them(body: str, css: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = content(body, css)
    monkeypatch.setattr(showing.text, "draw_text", showing._draw_text)
    monkeypatch.setattr(weasyprint.draw, "draw_text", showing._draw_text)
    theirs = content(body, css)
    assert ours == theirs and any(b" TJ" in page for page in ours)


def test_plain_line_is_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(showing, "_draw_text", lambda *given: asked.append(given))
    content("<p>Et <em>ord</em> til, <b>langt</b></p>", "b { letter-spacing: 1px } em { text-decoration: underline }")
    assert asked == []


def test_glyph_that_is_missing_is_the_engines(caplog: pytest.LogCaptureFixture) -> None:
    content("<p>a\uffffb</p>")
    assert [record for record in caplog.records if ".notdef" in record.getMessage()]
