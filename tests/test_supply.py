"""What the engine asks for comes out of memory, or is refused."""

from typing import Any

import pytest
from pressing import _engine
from test_engine import SVG, image, job, said
from weasyprint import images
from weasyprint.urls import URLFetcherResponse

from booklet.engine import press
from booklet.supply import BASE, Supply
from booklet.typefaces import FACES, face_path, face_url


def supply(**pictures: bytes) -> Supply:
    """Return a supply of some drawings."""
    made = Supply()
    made.pictures = {f"{name}.svg": content for name, content in pictures.items()}
    return made


def test_drawing_is_said_to_be_one_and_another_picture_is_not() -> None:
    made = supply(a=b"<svg/>")
    made.pictures = {**made.pictures, "b.png": b"pixels"}
    kinds = [(made.fetch(f"{BASE}pictures/{name}")) for name in ("a.svg", "b.png")]
    theirs = URLFetcherResponse("x", b"", {}).content_type
    assert [(one.content_type, one.read()) for one in kinds] == [("image/svg+xml", b"<svg/>"), (theirs, b"pixels")]


def test_nobody_tries_to_read_a_drawing_as_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(images.Image, "open", lambda *given: asked.append(given))
    shown = press(job(image(f"{BASE}pictures/a.svg"), a=SVG.format('<rect width="9" height="9" fill="#14506e"/>')))
    assert not asked and not said(shown) and b"0 0 9 9 re" in shown.pdf and not _engine().memory.refused


def test_typeface_is_delivered_whole() -> None:
    face = next(iter(FACES.values()))
    assert Supply().fetch(face_url(face)).read() == face_path(face).read_bytes()


def test_what_is_refused_is_written_down() -> None:
    made = supply(a=b"<svg/>")
    for address in (f"{BASE}pictures/c.svg", "file:///etc/passwd", "a.png"):
        with pytest.raises(ValueError, match="refused"):
            made.fetch(address)
    assert made.refused == [f"{BASE}pictures/c.svg", "file:///etc/passwd", "a.png"]
