"""Where in the content something that is printed comes from."""

from pathlib import Path

from laying import UNIT
from making import booklet
from msgspec.structs import replace

from booklet.findings import Position
from booklet.measures import FLOW, Home
from booklet.whereabouts import Whereabouts, anchors_of

HEAD = "---\ntitle: Om *store* ord\nlead: En lang ingress med mange ord\n---\n"
TEXT = f"{HEAD}Første avsnitt\ner her.\n\nAndre avsnitt er her."
PATH = Path("en.md")
PLACES = Whereabouts({PATH: TEXT}, {"glossary.ord": Position(Path("glossary.yaml"), 7)})
PIECE = replace(UNIT, position=Position(PATH), blocks=(Position(PATH, 5), Position(PATH, 8)))


def home(block: int = -1, below: int = 0, anchor: str = "") -> Home:
    """Return a place in the content."""
    return Home(block, below, anchor, "p", (), FLOW)


def line(*told: object) -> int:
    """Return on which line something is found."""
    return PLACES.find(PIECE, *told).line  # type: ignore[arg-type]


def test_block_is_where_it_begins_and_an_item_below_it() -> None:
    assert (line(home(0)), line(home(0, 1)), line(home(1))) == (5, 6, 8)


def test_words_are_looked_for_within_their_block() -> None:
    assert (line(home(0), "avsnitt er her"), line(home(1), "avsnitt er her")) == (6, 8)


def test_words_that_nobody_finds_leave_the_block() -> None:
    assert line(home(1), "noe annet helt") == 8


def test_words_outside_of_blocks_are_looked_for_in_the_file() -> None:
    assert (line(home(), "Om store ord"), line(None, "ingress med mange"), line(None)) == (2, 3, 1)


def test_entry_of_a_register_is_known_by_its_address() -> None:
    assert PLACES.find(PIECE, home(anchor="glossary.ord")) == Position(Path("glossary.yaml"), 7)


def test_key_of_a_yaml_file() -> None:
    assert PLACES.key(Position(PATH, 4), "lead") == Position(PATH, 3)
    assert PLACES.key(Position(PATH, 4), "budget") == Position(PATH, 4)


def test_registers_have_addresses() -> None:
    assert {"glossary.ord", "references.ssb"} <= anchors_of(booklet()).keys()
