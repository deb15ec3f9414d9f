"""Drawings on the page: written as the engine writes them, or by the engine."""

import random
from typing import Any

import pytest
import weasyprint
from pressing import _engine

from booklet import engraving

RULES = "@page { size: 90mm 90mm; margin: 5mm } svg { width: 60mm; height: 60mm }"
INK = "device-cmyk(1 0.5 0 0.25)"


def content(*drawings: str) -> list[bytes]:
    """Return what is written on the pages of a document, and what they use."""
    found = []

    def keep(document: Any, pdf: Any) -> None:
        """Note streams, and resources of pages."""
        found.extend(item.data for item in pdf.objects if not getattr(item, "generation", 1))

    body = "".join(f'ord <svg viewBox="0 0 50 50">{drawing}</svg>' for drawing in drawings)
    weasyprint.HTML(string=f"<html><body>{body}</body></html>").write_pdf(
        stylesheets=[weasyprint.CSS(string=RULES)], font_config=_engine().fonts, finisher=keep, uncompressed_pdf=True)
    return found


@pytest.mark.parametrize("drawing", [
    '<path d="M5 5H40V40H5Z" fill="#f6be48"/><path d="M5 5H40V40H5Z" fill="#14506e"/>',
    '<path d="M5 5L10 10 20 5 30 30ZM1 1h-5.5v2L3 3zL9 9" fill="#f6be48" fill-rule="evenodd"/>',
    '<path d="m5 5 10 10 20 -5zm1 1l2.25 2zzM3 3" fill="none" stroke="#14506e" stroke-width=".5mm"/>',
    '<path d="M5 5C6 6 7 7 8 8S9 9 10 10Q11 11 12 12T13 13A4 4 0 0 1 20 20a4 4 0 1 0 3 3z" fill="#a34a14"/>',
    '<path d="M5,5 10-10.5.5,3e1Z" fill="#a34a14"/><path d="M5 5L10" fill="#a34a14"/><path fill="#a34a14"/>',
    f'<path d="M 10% 5 L 20 20" fill="{INK}" stroke="{INK}" stroke-linecap="round" stroke-linejoin="bevel"/>',
    '<rect x="5" y="5" width="20.25" height="9.9999999"/><rect width="0" height="4" fill="#14506e"/>',
    '<rect x="10%" y="2mm" width="20%" height="5mm" rx="1mm" fill="#14506e" stroke="#a34a14" stroke-width=".25mm"/>',
    '<circle cx="20" cy="20" r="5" fill="#14506e"/><circle cx="20" cy="20" r="0" fill="#14506e"/>',
    '<ellipse cx="20" cy="20" rx="5" ry="2em" fill="red"/><line x2="4" y2="3pt" stroke="#14506e"/>',
    '<polygon points="1,1 2,2 3,-3" fill="#14506e"/><polyline points="1,1 2,2 3" fill="none" stroke="#a34a14"/>',
    '<g fill="#f6be48" transform="rotate(5)"><circle r="5"/><g opacity=".5"><rect width="3" height="3"/></g></g>',
    '<g stroke-dasharray="1 2" stroke="#14506e"><line x2="40" y2="40"/></g><rect width="9" height="9" opacity=".2"/>',
    '<rect width="9" height="9" fill="#14506e" fill-opacity=".5"/><rect width="9" height="9" visibility="hidden"/>',
    '<linearGradient id="g"><stop stop-color="red"/></linearGradient><rect width="9" height="9" fill="url(#g)"/>',
    '<clipPath id="c"><rect width="9" height="9"/></clipPath><circle r="9" fill="#14506e" clip-path="url(#c)"/>',
    '<marker id="m"><path d="M0 0H2V2Z" fill="#14506e"/></marker><path d="M1 1H9V9" marker-end="url(#m)"/>',
    '<style>.a { fill: #14506e; stroke: currentColor }</style><g color="#a34a14"><circle class="a" r="9"/></g>',
    '<rect width="9" height="9" fill="#14506e"><title>navn</title></rect><text x="5" y="9">ord</text>',
    '<path d="M2 2h7v1h-7zM12 2h1v1h-1zM2 3h1v12h-1z"/><path d="M2 2h7v1h-7zM12 2h1v1h-2z"/>',
    '<polygon points="1,1 2 -2.50,3 -3 4 4" fill="#14506e"/><polygon points="1 1" fill="#14506e"/>',
    '<polygon fill="#14506e"/><polygon points="1 1 2" fill="#14506e"/><polygon points="-0,1" fill="#14506e"/>',
    '<g font="5px serif" fill="inherit" stroke="currentColor" color="#a34a14"><rect width="9" height="9"/>'
    '<text x="5" y="9" fill="#14506e">ord <tspan style="fill: #a34a14">til</tspan></text></g>',
    '<rect width="9" height="2em" fill="#14506e"/><g font-size="2"><rect width="9" height="2em" fill="#14506e"/></g>',
    '<rect width="9" height="2" rx="1" fill="#14506e"/><rect width="9" height="2" ry="1" fill="#14506e"/>',
    '<circle r="5%" fill="#14506e"/><svg width="9" height="9"><circle r="5%" fill="#14506e"/></svg>',
    '<rect width="9" height="9" fill="red" fill-opacity=".5"/><rect width="9" height="9" fill="red" opacity="1"/>',
    '<path d="M2 2h7v1h-7zm1 1h2z" fill="#a34a14"/>',
    '<path d="M5 5h7v1h-7z" fill="#000000"/><path d="M5 5h7v1h-7z" fill="#a34a14" stroke="#000000"/>',
])
def test_drawings_are_written_as_the_engine_writes_them(drawing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    twice = drawing * 2, drawing * 2
    ours = [content(*twice), content(*twice)]
    monkeypatch.setattr(engraving, "_plain", lambda node: False)
    monkeypatch.setattr(engraving.Node, "cascade", engraving._cascade)
    monkeypatch.setattr(engraving, "_LENGTH", engraving.re.compile("(?!)"))
    engraving._lengths.clear()
    theirs = content(*twice)
    assert ours == [theirs, theirs] and b"\nQ\nq\n" in b"".join(theirs)


def test_any_path_of_straight_lines_is_written_as_the_engine_writes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(5)

    def steps(letters: str) -> str:
        """Return a path."""
        words = [f"M{dice.randint(0, 9)} {dice.randint(0, 9)}"]
        for letter in dice.choices(letters, k=12):
            many = 0 if letter in "Zz" else 1 if letter in "HVhv" else 2 * dice.randint(1, 3)
            words.append(letter + " ".join(f"{dice.choice([dice.randint(-9, 9), dice.uniform(-9, 9)])}"
                                           for _ in range(many)))
        return "".join(words)

    paths = [steps(letters) for letters in ("MLHVZmlhvz", "MLHVZ") * 20]
    assert all(engraving._STRAIGHT.fullmatch(words) for words in paths)
    drawings = [f'<path d="{words}" fill="#14506e"/>' for words in paths]
    ours = content(*drawings)
    monkeypatch.setattr(engraving, "_plain", lambda node: False)
    assert ours == content(*drawings)


def test_plain_shape_is_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    draw = engraving._draw_node
    monkeypatch.setattr(engraving, "_draw_node", lambda svg, node, *given: asked.append(node.tag) or draw(
        svg, node, *given))
    content('<rect width="9" height="9" fill="#14506e"/><path d="M1 1A4 4 0 0 1 9 9Z" fill="#14506e"/>')
    assert asked == ["svg"]
