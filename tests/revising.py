"""What the tests of revisions share: the shipped content in memory, edited there, and its inventory."""

from collections.abc import Callable, Mapping

from making import CONTENT, MEMORY, WORDS, shipped_styles

from booklet.collector import Collector
from booklet.inventory import Inventory, take_inventory
from booklet.model import Booklet
from booklet.reader import read_shelf
from booklet.source import hold_shelf

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
