"""What a drawing is painted with: what no palette has, and what the engine would paint in the colours of a screen."""

import pytest

from booklet.paints import PaintFault, paint_faults

KNOWN = {"#14506e", "#F5EFE2"}


def faults(body: str, attributes: str = "") -> list[str]:
    """Return what is wrong with the paints of a drawing."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{body}</svg>'
    return [fault.what for fault in paint_faults(svg.encode(), KNOWN)]


@pytest.mark.parametrize(
    "body",
    [
        '<path fill="#14506e" stroke="#14506E"/>', '<g style="fill:#f5efe2;stroke : NONE"><path/></g>',
        "<style>.a:hover { fill: #14506e !important } /* stroke: red */</style>", '<path fill="inherit"/>',
        '<g opacity="1" fill-opacity="100%" mask="none" style="mix-blend-mode: normal"/>', "<title>fill: red</title>",
        '<clipPath id="red"><rect/></clipPath><path clip-path="url(#red)"/>', "<!-- fill='red' --><path id='color'/>",
        '<path stroke-width="2" fill-rule="evenodd" stroke-dasharray="1 2" data-color="red"/>',
    ],
)
def test_drawing_in_flat_colours_of_the_palette_is_right(body: str) -> None:
    assert faults(body) == []


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ('<path fill="red"/>', "red"), ('<path fill="#123456"/>', "#123456"), ('<path fill="#fff"/>', "#fff"),
        ('<path stroke="rgb(20, 80, 110)"/>', "rgb(20, 80, 110)"), ('<path fill="currentColor"/>', "currentColor"),
        ('<path color="black"/>', "black"), ('<g style="stroke:hsl(1 2% 3%)"/>', "hsl(1 2% 3%)"),
        ("<style>path { fill:\n red; }</style>", "red"), ('<style>a{b:c;stroke:blue}</style>', "blue"),
        ("<a style='fill:/* x */ blue'/>", "blue"), ('<path fill="&#114;ed"/>', "red"), ('<path fill=""/>', "fill"),
        ('<path fill="url(#a)"/>', "url(#a)"), ('<path fill="transparent"/>', "transparent"),
        ('<a fill="context-stroke"/>', "context-stroke"), ('<a fill="device-cmyk(0 0 0 1)"/>', "device-cmyk(0 0 0 1)"),
        ('<path FILL="initial"/>', "initial"), ('<path fill="#14506eff"/>', "#14506eff"),
        ('<stop stop-color="white"/>', "white"), ('<path opacity=".5"/>', "opacity '.5'"),
        ('<g style="fill-opacity: 0.999"/>', "fill-opacity '0.999'"), ('<path filter="url(#f)"/>', "filter 'url(#f)'"),
        ("<style>g { mix-blend-mode: multiply }</style>", "mix-blend-mode 'multiply'"),
        ('<path mask="url(#m)"/>', "mask 'url(#m)'"), ("<linearGradient/>", "the element 'linearGradient'"),
        ("<radialGradient/>", "the element 'radialGradient'"), ("<pattern/>", "the element 'pattern'"),
        ("<mask/>", "the element 'mask'"), ("<feFlood/>", "the element 'feFlood'"), ("<image/>", "the element 'image'"),
    ],
)
def test_every_other_paint_is_named(body: str, what: str) -> None:
    assert faults(body) == [what]


def test_root_is_looked_at_too() -> None:
    assert faults("<path/>", 'fill="red"') == ["red"]


def test_fault_stands_at_its_line() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg">\n<path id="red"\n fill="red"/>\n<g opacity=".5"/>\n</svg>'
    assert list(paint_faults(svg, KNOWN)) == [PaintFault(3, True, "red"), PaintFault(4, False, "opacity '.5'")]
