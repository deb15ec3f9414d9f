"""What is left of a unit: a file as another program would write it, in which pages name what they show."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pytest
from making import AT, STYLES

from booklet.collector import Collector
from booklet.engine import press
from booklet.inline import hole
from booklet.job import Job
from booklet.profiles import PROFILES
from booklet.styles import read_styles

LOOKS = read_styles(STYLES, Collector())
PARTS = {
    "words": f'<div class="folio folio-right">{hole("folio")}</div><h1>Å bo</h1><p>Folk <em>flytter</em>.</p>',
    "links": '<p><a href="link://go/to">Videre</a>, <a href="https://x.no/a(b)">ut</a>, <a href="#en">hit</a></p>',
    "drawings": '<p>Ord</p><img alt="(En) é" src="book://x/pictures/a.svg"><p style="break-before: page">Mer</p>'
    '<img alt="To" src="book://x/pictures/b.svg"><img alt="Tre" src="book://x/pictures/c.svg">'}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40">{}</svg>'
SHADE = '<g opacity="0.5"><path d="M0 0H60V40Z"/><g opacity="0.5"><path d="M0 0H9V9Z"/></g></g>'
PICTURES = {
    "a.svg": SVG.format(SHADE), "c.svg": SVG.format('<path d="M0 0H60V40Z"/>'),
    "b.svg": SVG.format('<g opacity="0.5"><text y="20">Hei</text></g>')}


def fragment(body: str, profile: str, **pictures: str) -> bytes:
    """Return what is left of a unit."""
    assert LOOKS
    html = f'<html lang="nb" class="article recto"><head><title>T</title></head><body id="en">{body}</body></html>'
    shown = {name: text.encode() for name, text in (pictures or PICTURES).items()}
    return press(Job(html, LOOKS.of(PROFILES[profile], ""), shown, PROFILES[profile], "en", AT)).pdf


def named(data: bytes) -> Iterator[set[str]]:
    """Yield what each page names that it might show."""
    with pikepdf.open(BytesIO(data)) as pdf:
        yield from [set(page.Resources.get("/XObject", {}).keys()) for page in pdf.pages]


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("part", PARTS)
def test_fragment_is_to_the_last_byte_what_another_program_writes(part: str, profile: str) -> None:
    made, target = fragment(PARTS[part], profile), BytesIO()
    with pikepdf.open(BytesIO(made)) as pdf:
        assert pdf.check_pdf_syntax() == []
        pdf.save(target, compress_streams=False, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert made == target.getvalue()


def test_page_names_the_drawings_that_it_shows_and_no_others() -> None:
    picture = '<img alt="a" src="book://x/pictures/a.svg">'
    body = f'{picture}<div style="break-before: page"></div>{picture}'
    first, second = named(fragment(body, "screen", **{"a.svg": PICTURES["a.svg"]}))
    assert first and second and not first & second


def test_drawing_with_words_leaves_all_pages_as_they_are() -> None:
    """Its faces come from whoever shows it: what it needs is not known."""
    first, second = named(fragment(PARTS["drawings"], "screen"))
    assert first == second and len(first) > 1


def test_nothing_of_the_booklet_around_it_is_in_a_fragment() -> None:
    with pikepdf.open(BytesIO(fragment("<h1 id='h'>Å</h1><p>Se <a href='#h'>hit</a></p>", "screen"))) as pdf:
        assert not {"/Outlines", "/Names", "/OutputIntents", "/Metadata"} & pdf.Root.keys()
