"""A copy of a booklet → what it says of itself.

In come the booklet or excerpt, its page map and for whom it is made; out goes its stamp. Knows no PDF, reads no file.
"""

from collections.abc import Iterator
from pathlib import Path

from booklet.model import Booklet, articles
from booklet.printed import Copy, Sheets
from booklet.program import decisive, program
from booklet.stamps import Part, Stamp

_SHARED = frozenset({"booklet.yaml", "facts.yaml", "glossary.yaml", "hyphenation.yaml", "references.yaml"})
_NO_CONTENT = frozenset({"print.yaml"})
"""What is ordered from the print shop stands on no page."""


def stamp_of(booklet: Booklet, copy: Copy, profile: str, printer: str, styles: str) -> Stamp:
    """Return the stamp of a copy, all but the hashes of its pages; ``styles`` is the hash of its styles."""
    themes = tuple(theme.id for theme in booklet.themes) if booklet.excerpt else ()
    return Stamp(
        booklet.slug, booklet.edition, profile, themes, printer, files_of(booklet), tuple(_parts(booklet, copy)),
        styles, program()[:16], decisive(), copy.labels)


def stamped(booklet: Booklet, sheets: Sheets, styles: str) -> Stamp:
    """Return the stamp of sheets on their way to the bindery."""
    printer = sheets.printer.id if sheets.printer else ""
    return stamp_of(booklet, sheets.copy, sheets.profile.name, printer, styles)


def files_of(booklet: Booklet) -> tuple[tuple[str, str], ...]:
    """Return the content files that a booklet or an excerpt is made of, with their ids."""
    if not booklet.excerpt:
        return tuple(sorted(one for one in booklet.files if one[0] not in _NO_CONTENT))
    own = _SHARED | {_name(path, booklet) for path in _paths(booklet)} | set(_pictures(booklet))
    return tuple(sorted(one for one in booklet.files if one[0] in own))


def _paths(booklet: Booklet) -> Iterator[Path]:
    yield from (theme.position.path for theme in booklet.themes)
    yield from (article.position.path for article in articles(booklet))


def _pictures(booklet: Booklet) -> Iterator[str]:
    shown = {theme.picture for theme in booklet.themes}
    for article in articles(booklet):
        shown |= {one.target for one in article.body.references if one.kind == "picture"}
    for picture in booklet.pictures:
        if picture.path in shown:
            yield from (picture.path, _name(picture.position.path, booklet))


def _name(path: Path, booklet: Booklet) -> str:
    """Return a file's path from the content folder; nothing for what does not lie in it."""
    root = booklet.position.path.parent
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else ""


def _parts(booklet: Booklet, copy: Copy) -> Iterator[Part]:
    for placed in copy.placed:
        name = _name(placed.unit.position.path, booklet)
        yield Part(placed.unit.address, name, placed.labels[0], placed.labels[-1])
