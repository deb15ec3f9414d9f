"""Boxes painted without detours: what the engine would write, in its order."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import weasyprint
from pressing import _engine
from weasyprint import draw, stacking
from weasyprint.pdf.stream import Stream, pydyf

from booklet import inking

BODY = """<h1>Tittel</h1><p>Et <em>ord <b>og</b></em> til <span>på rad</span></p><table><tr><td>a<td>b</table>
<ul><li>x<li><div>y</div></ul><div>z<img src='data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>'></div>"""
STYLES = (
    "", "em { position: relative; z-index: 2; color: red } p { position: relative; z-index: -1; background: blue }",
    "b { display: inline-block; border: 1px solid } span { float: right } li { overflow: hidden }",
    "li { opacity: 0.5 } h1 { transform: rotate(3deg) } td { position: relative } div { position: absolute; top: 0 }",
    "em { background: #ff0000; border: 1px solid } p { text-overflow: ellipsis; overflow: hidden; width: 2em }",
    "ul { display: flex } span { display: inline-flex } p { max-lines: 1; block-ellipsis: auto; width: 3em }")
THEIRS = (
    (draw, "draw_inline_level", inking._draw_inline), (stacking, "_dispatch", inking._dispatch),
    (stacking, "_dispatch_children", stacking._dispatch_children), (Stream, "set_color", inking._set_color))


@contextmanager
def plain_marked(stream: Any, box: Any, tag: str) -> Iterator[None]:
    """Mark what is painted within as the engine does."""
    if stream._tags is not None:
        assert box not in stream._tags
        stream._tags[box] = {"tag": tag, "mcid": len(stream._tags)}
        stream.begin_marked_content(tag, pydyf.Dictionary({"MCID": len(stream._tags) - 1}))
    yield
    if stream._tags is not None:
        stream.end_marked_content()


@contextmanager
def plain_artifact(stream: Any) -> Iterator[None]:
    """Mark what is painted within as ornament as the engine does."""
    if stream._tags is not None:
        stream.begin_marked_content("Artifact")
    yield
    if stream._tags is not None:
        stream.end_marked_content()


def content(css: str, tags: bool) -> list[bytes]:
    """Return what is written on a page."""
    found: list[bytes] = []

    def keep(document: Any, pdf: Any) -> None:
        """Note the streams."""
        found.extend(item.data for item in pdf.objects if type(item) is Stream)

    weasyprint.HTML(string=f"<html lang=nb><title>t</title><body>{BODY}</body></html>").write_pdf(
        stylesheets=[weasyprint.CSS(string=f"@page {{ size: 90mm 120mm; margin: 5mm }} {css}")],
        font_config=_engine().fonts, finisher=keep, uncompressed_pdf=True, pdf_tags=tags)
    return found


def plain_children(box: Any, page: Any, *lists: Any) -> Any:
    """Sort what a box holds as the engine does: each box is copied."""
    if not hasattr(box, "copy_with_children"):
        return box
    sorted_out = [stacking._dispatch(child, page, *lists) for child in box.children]
    return box.copy_with_children([child for child in sorted_out if child is not None])


@pytest.mark.parametrize("tags", [False, True])
@pytest.mark.parametrize("css", STYLES)
def test_pages_are_painted_as_the_engine_paints_them(css: str, tags: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = content(css, tags)
    for owner, name, theirs in THEIRS:
        monkeypatch.setattr(owner, name, plain_children if name == "_dispatch_children" else theirs)
    monkeypatch.setattr(Stream, "marked", plain_marked)
    monkeypatch.setattr(Stream, "artifact", plain_artifact)
    assert ours == content(css, tags) and b"Tj" in b"".join(ours).replace(b"TJ", b"Tj")


def test_box_that_holds_what_it_held_is_not_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    copy = inking.boxes.ParentBox.copy_with_children
    document = weasyprint.HTML(string="<p>Et <em>ord</em>").render(font_config=_engine().fonts)

    def note(box: Any, children: Any) -> Any:
        copied.append(type(box).__name__)
        return copy(box, children)

    monkeypatch.setattr(inking.boxes.ParentBox, "copy_with_children", note)
    stacking.StackingContext.from_page(document.pages[0]._page_box)
    assert copied == ["PageBox"]


def test_colour_that_was_taken_is_not_taken_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    take = inking._set_color
    monkeypatch.setattr(inking, "_set_color", lambda stream, *given: (asked.append(given), take(stream, *given)))
    content("body { color: #123456 }", tags=False)
    assert 0 < len(asked) < 5
