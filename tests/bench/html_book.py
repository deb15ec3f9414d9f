"""A book → one HTML file with one style sheet: for WeasyPrint on the whole booklet, Chromium and Vivliostyle.

The booklet's own templates and sheets, put together into one document: page numbers by ``target-counter``, a theme's
colours by custom properties. A fact column stands in the text in two columns: in one document nobody knows beforehand
which side of a sheet it falls on.
"""

import re
from pathlib import Path

from booklet.printed import Unit
from booklet.profiles import PROFILES
from booklet.render import render
from booklet.styles import SHARED
from booklet.typefaces import FACES, face_path
from tests.bench.book import Book

_HOLE = re.compile(r'<span class="hole" data-hole="\w+" data-target="([^"]*)">(\u00a0?)0+</span>')
_BODY = re.compile(r'<body id="([^"]*)">(.*)</body>', re.DOTALL)
_RUNNING = re.compile(r'<div class="(?:running|folio)[^>]*>.*?</div>\s*', re.DOTALL)
_OWN = """
section { break-before: page }
section:first-child { break-before: auto }
.number-of::after { content: target-counter(attr(href), page) }
.number-here::after { content: counter(page) }
.cover-frame { position: relative; height: 240mm }
.fact-column { position: static; width: auto; columns: 2; margin-bottom: 13.2pt }
"""


def _number(match: re.Match[str]) -> str:
    target, gap = match.groups()
    return f'{gap}<a class="number-of" href="#{target}"></a>' if target else '<span class="number-here"></span>'


def _section(unit: Unit, book: Book) -> str:
    """Return a unit as a section of the one document."""
    html = render(unit, book.words, book.booklet.language, "recto", PROFILES["print"])
    match = _BODY.search(html)
    assert match, unit.address
    address, body = match.groups()
    running = "".join(_RUNNING.findall(body))
    rest = _RUNNING.sub("", body).replace("book://x/pictures/", "")
    if not unit.folio:
        rest = f'<div class="cover-frame">{rest}</div>'
    colour = f" theme-{unit.colour}" if unit.colour else ""
    opened = f'<section id="{address}" class="{unit.kind} recto{colour}">{running}{rest}</section>'
    return _HOLE.sub(_number, opened)


def _sheet(book: Book) -> str:
    """Return the style sheet: the booklet's own, its tokens resolved but for a theme's colours."""
    sheets, palette = book.styles.sheets, book.styles.palette
    faces = "".join(
        f"@font-face {{ font-family: {face.family}; font-weight: {face.weight}; font-style: {face.style};"
        f" src: url(fonts/{face_path(face).name}) }}\n" for face in FACES.values() if not face.hole)
    css = sheets[SHARED].css + sheets["print.css"].css.replace("bleed: 3mm;", "")
    css = re.sub(r"html\.verso \{[^}]*\}|\.hole \{[^}]*\}", "", css)
    css = re.sub(r"html\.(\w)", r"section.\1", css)
    opener = re.search(r"@page opener \{ margin: 0; background: var\(--theme\) \}", css)
    assert opener, "the sheet has another rule for openers"
    tokens = "".join(f"--{name}: {value}; " for name, value in palette.tokens("srgb", "").items())
    themes = ""
    for name in sorted(palette.themes):
        own = palette.tokens("srgb", name)
        themes += f".theme-{name} {{ --theme: {own['theme']}; --theme-tint: {own['theme-tint']} }}\n"
        themes += f"@page opener-{name} {{ margin: 0; background: {own['theme']}; @top-left {{ content: none }} }}\n"
        themes += f"section.opener.theme-{name} {{ page: opener-{name}; color: {own['paper']} }}\n"
    return f"{faces}:root {{ {tokens}}}\n{palette.classes('srgb')}\n{css}\n{themes}{_OWN}"


def write_html(book: Book, folder: Path) -> Path:
    """Write the book into a folder; return its main file."""
    book.lay_pictures(folder)
    book.lay_fonts(folder / "fonts")
    (folder / "book.css").write_text(_sheet(book), "utf-8")
    sections = "\n".join(_section(unit, book) for unit in book.units)
    main = folder / "book.html"
    main.write_text(
        f'<!DOCTYPE html>\n<html lang="{book.booklet.language}"><head><meta charset="utf-8">'
        f"<title>{book.booklet.title}</title><link rel=\"stylesheet\" href=\"book.css\"></head>\n"
        f"<body>\n{sections}\n</body></html>\n", "utf-8")
    return main
