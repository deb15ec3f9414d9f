"""Pictures of pages with the faults marked: a frame around each, its code beside it, and the grid that lines have left.

In come a PDF and what was said about it; out go the bytes of a PNG for each page that has any. Knows no layout.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from booklet.lint import Remark, Verdict
from booklet.measures import Leaf

_PPI = 110
_MM = _PPI / 25.4
_RED, _AMBER, _PAPER, _GRID = "#d0021b", "#b8610b", "#ffffff", "#7fc4e8"
_ROOM = 1.2
"""In mm: between words and the frame around them."""
_SIZE = 13
"""In pixels, of what is written beside a frame."""


def mark_pages(pdf: bytes, verdict: Verdict) -> Iterator[tuple[int, bytes]]:
    """Yield index and picture of every page with faults."""
    document, remarks = pypdfium2.PdfDocument(pdf), verdict.remarks
    try:
        for page in sorted({remark.page for remark in remarks if remark.page >= 0}):
            here = [remark for remark in remarks if remark.page == page]
            yield page, _mark(document[page], here, verdict.leaves[page])
    finally:
        document.close()


def _mark(page: pypdfium2.PdfPage, remarks: Sequence[Remark], leaf: Leaf) -> bytes:
    """Return a picture of a page, its trim as the frame of reference."""
    crop, trim = page.get_cropbox(), page.get_trimbox()
    image = page.render(scale=_PPI / 72).to_pil().convert("RGB")
    left, top = (trim[0] - crop[0]) * _PPI / 72, (crop[3] - trim[3]) * _PPI / 72
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(_SIZE)
    if any(remark.finding.code == "off-grid" for remark in remarks):
        rows = int((leaf.bottom - leaf.first) / leaf.step) + 1
        for y in (top + (leaf.first + row * leaf.step) * _MM for row in range(rows)):
            draw.line((left + leaf.left * _MM, y, left + leaf.right * _MM, y), fill=_GRID)
    for remark in remarks:
        x0, y0, x1, y1 = remark.box
        frame = (left + (x0 - _ROOM) * _MM, top + (y0 - _ROOM) * _MM, left + (x1 + _ROOM) * _MM,
                 top + (y1 + _ROOM) * _MM)
        colour = _RED if remark.finding.severity == "error" else _AMBER
        draw.rectangle(_within(frame, image), outline=colour, width=2)
        width = draw.textlength(remark.finding.code, font=font)
        beside = frame[2] + 4 if frame[2] + 4 + width < image.width else max(0.0, frame[0] - width - 4)
        place = beside, max(0.0, (frame[1] + frame[3] - _SIZE) / 2)
        draw.rectangle(draw.textbbox(place, remark.finding.code, font=font), fill=_PAPER)
        draw.text(place, remark.finding.code, fill=colour, font=font)
    target = BytesIO()
    image.save(target, "PNG", optimize=True)
    return target.getvalue()


def _within(frame: tuple[float, float, float, float], image: Image.Image) -> tuple[float, float, float, float]:
    """Return as much of a frame as lies on the picture."""
    x0, y0 = max(1.0, min(frame[0], image.width - 4)), max(1.0, min(frame[1], image.height - 4))
    return x0, y0, max(x0 + 2, min(frame[2], image.width - 2)), max(y0 + 2, min(frame[3], image.height - 2))
