"""Makes the picture in README out of the built booklet: `make pictures`."""

from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).parents[1]
SPREADS = ((72, 1), (8, 9), (10, 11), (14, 15), (36, 37), (38, 39))
"""Back cover and cover, openers, texts, an example: pages of the print copy."""
HEIGHT, GAP, GROUND = 360, 12, "#d9d6cf"


def trimmed(page: pypdfium2.PdfPage) -> Image.Image:
    """Return a page without its bleed, ``HEIGHT`` pixels high."""
    left, bottom, right, top = page.get_trimbox()
    whole = page.render(scale=2 * HEIGHT / (top - bottom)).to_pil()
    scale = whole.height / page.get_height()
    box = (left * scale, bottom * scale, right * scale, top * scale)
    cut = whole.crop(tuple(round(side) for side in box))
    return cut.resize((round(cut.width * HEIGHT / cut.height), HEIGHT), Image.Resampling.LANCZOS)


def spread(pdf: pypdfium2.PdfDocument, numbers: tuple[int, ...]) -> Image.Image:
    """Return facing pages side by side, trimmed."""
    pages = [trimmed(pdf[number - 1]) for number in numbers]
    wide = Image.new("RGB", (sum(page.width for page in pages), HEIGHT), "white")
    left = 0
    for page in pages:
        wide.paste(page.convert("RGB"), (left, 0))
        left += page.width
    return wide


def main() -> None:
    """Write styles/pictures/spreads.png from dist/."""
    source = next((ROOT / "dist").glob("*-print.pdf"))
    pictures = [spread(pypdfium2.PdfDocument(source), numbers) for numbers in SPREADS]
    rows = [pictures[start:start + 2] for start in range(0, len(pictures), 2)]
    width = max(sum(picture.width + GAP for picture in row) for row in rows) + GAP
    sheet = Image.new("RGB", (width, len(rows) * (HEIGHT + GAP) + GAP), GROUND)
    for index, row in enumerate(rows):
        left = (width - sum(picture.width + GAP for picture in row) + GAP) // 2
        for picture in row:
            sheet.paste(picture, (left, GAP + index * (HEIGHT + GAP)))
            left += picture.width + GAP
    target = ROOT / "styles/pictures/spreads.png"
    target.parent.mkdir(exist_ok=True)
    sheet.quantize(255, dither=Image.Dither.NONE).save(target, optimize=True)


if __name__ == "__main__":
    main()
