"""What the tests of revisions share: the shipped content in memory, edited there, and its inventory."""

from collections.abc import Callable, Mapping

from making import CONTENT, MEMORY, WORDS, shipped_styles

from booklet.collector import Collector
from booklet.comparison import Comparison, Told
from booklet.corrections import Correction
from booklet.digest import summary_of
from booklet.inventory import Inventory, Item, take_inventory
from booklet.model import Booklet
from booklet.printed import Unit
from booklet.reader import read_shelf
from booklet.revision import Change
from booklet.runs import Run, Stamp
from booklet.slip import slip_of
from booklet.source import hold_shelf
from booklet.states import Desk, State
from booklet.verdict import Verdict
from booklet.words import read_revision_words

STAMP = Stamp("2019", "1", "10", "2019-01-01", "nb", *"csgfs", "8", "print", "sheetfed", "p", "f")
REVISION_WORDS = read_revision_words("nb", MEMORY)
Files = dict[str, bytes]
Edit = Callable[[Files], None]
SHIPPED: Mapping[str, bytes] = {
    path.relative_to(CONTENT).as_posix(): path.read_bytes()
    for path in sorted(CONTENT.rglob("*")) if path.is_file() and path.relative_to(CONTENT).parts[0] != "runs"}
_COLOURS = shipped_styles().palette.themes


def booklet_of(files: Mapping[str, bytes]) -> Booklet:
    """Return the booklet that some files make; they are sound."""
    found = Collector()
    booklet, findings = read_shelf(hold_shelf(CONTENT, files, found, MEMORY), _COLOURS, found)
    assert booklet and findings == ()
    return booklet


def inventory_of(files: Mapping[str, bytes]) -> Inventory:
    """Return the inventory of some files."""
    return take_inventory(booklet_of(files), WORDS)


def edited(*edits: Edit) -> Files:
    """Return the shipped files, edited."""
    files = dict(SHIPPED)
    for edit in edits:
        edit(files)
    return files


def swap(name: str, old: str, new: str) -> Edit:
    """Return the edit that replaces words in a file that has them."""

    def edit(files: Files) -> None:
        text = files[name].decode()
        assert old in text, f"{name} does not say {old!r}"
        files[name] = text.replace(old, new).encode()

    return edit


def paragraphs(files: Mapping[str, bytes], name: str) -> list[str]:
    """Return the blocks of a file, front matter first."""
    return files[name].decode().split("\n\n")


def put(name: str, blocks: list[str]) -> Edit:
    """Return the edit that gives a file other blocks."""

    def edit(files: Files) -> None:
        files[name] = "\n\n".join(blocks).encode()

    return edit


def slip() -> Unit:
    """Return a slip with a correction of each kind."""
    rows = Correction("3", "første avsnitt", "«a» skal være «b»"), Correction("4", "", "etter lista kommer «c.»")
    run = Run(STAMP, (), (), Inventory("nb", "2019", ()), {}, {})
    return slip_of(rows, booklet_of(SHIPPED), run, REVISION_WORDS)


def summary() -> Unit:
    """Return a summary with words that changed, and some that only moved."""
    at = booklet_of(SHIPPED)
    inventory, desk = take_inventory(at, WORDS), Desk(CONTENT, CONTENT, None, None, lambda step: None)
    old, new = (Item("paragraph", "", text, text, at.position, ("nettverk.text#1",)) for text in ("a b c", "a x c"))
    changes = [Change(kind, "paragraph", "", "nettverk.text", old, new) for kind in ("edited", "moved")]
    told = [Told(change, ("3",), ("4",)) for change in changes]
    states = State("v1", inventory, "", desk, "", at), State("v2", inventory, "", desk, "", at)
    return summary_of(Comparison(*states, tuple(told), ("5",), False, Verdict("errata", ()), ()), REVISION_WORDS)
