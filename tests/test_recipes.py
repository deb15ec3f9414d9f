"""What a finished file depends on: every input changes the hash, and nothing else does."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from making import AT, shipped_printer
from msgspec.structs import replace

from booklet.findings import Position
from booklet.finishing import Imprint
from booklet.presses import Printer
from booklet.printed import Copy, Entry, Fragment, Hole, Place, Placed, Sheets, Unit
from booklet.profiles import PROFILES, Profile
from booklet.recipes import recipe_of

UNIT = Unit("en", "opener", "Tema", 1, "fjord", ("a", "b"), {"x": "y"}, (Entry(2, "", "Ord", "en.ord"),), (), AT)
HOLE = Hole(0, 5, 2, "page", "en", True, False, "f", (0, 0, 1, 1))
WHOLE = replace(HOLE, kind="whole", target="to")
FRAGMENT = Fragment(1, b"%PDF", (HOLE, WHOLE), {"en": Place(0, 1, 2)}, (), {}, {}, key="k")
COPY = Copy((Placed(UNIT, FRAGMENT, 0, ("1",)),), {"en": 0}, ("1",))
SHEETS = Sheets(COPY, PROFILES["handout"], {"to": "23", "tre": "30"})
IMPRINT = Imprint("Å bo", "K", "Utgave", "nb", "2019-05-17", b"icc")
SHOP = shipped_printer()
SAME_SHEETS = {"icc": b"other", "icc_path": Path("other.icc"), "position": AT}
"""Where a printer's file and its profile lie; the profile itself counts with the imprint."""


def placed(**changes: Any) -> Sheets:
    """Return sheets whose only unit is placed otherwise."""
    return replace(SHEETS, copy=replace(COPY, placed=(replace(COPY.placed[0], **changes),)))


def unit(**changes: Any) -> Sheets:
    """Return sheets with another unit."""
    return placed(unit=replace(UNIT, **changes))


def of_profile(**changes: Any) -> Sheets:
    """Return sheets of another profile."""
    return replace(SHEETS, profile=replace(SHEETS.profile, **changes))


OTHERS = {
    "fragment": placed(fragment=replace(FRAGMENT, key="l")), "place": placed(first=2), "called": placed(labels=("i",)),
    "labels": replace(SHEETS, copy=replace(COPY, labels=("1", "2"))), "address": unit(address="tre"),
    "title": unit(title="Temaet"), "level": unit(level=2), "bookmarks": unit(bookmarks=()),
    "bookmark": unit(bookmarks=(replace(UNIT.bookmarks[0], title="Or"),)),
    "bookmark's level": unit(bookmarks=(replace(UNIT.bookmarks[0], level=3),)),
    "bookmark's place": unit(bookmarks=(replace(UNIT.bookmarks[0], address="en.o"),)),
    "unit more": replace(SHEETS, copy=replace(COPY, placed=COPY.placed * 2)),
    "number quoted": replace(SHEETS, whole={"to": "24", "tre": "30"}), "profile": of_profile(bleed=1.0),
    "standard": of_profile(standard="PDF/X-4"), "tagged": of_profile(tagged=False),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_file_of_other_sheets_is_another(other: Sheets) -> None:
    assert recipe_of(other, IMPRINT) != recipe_of(SHEETS, IMPRINT)


@pytest.mark.parametrize("field", [field for field in Imprint.__struct_fields__ if field != "printer"])
def test_file_that_says_something_else_of_itself_is_another(field: str) -> None:
    other = replace(IMPRINT, **{field: b"other" if field == "icc" else "other"})
    assert recipe_of(SHEETS, other) != recipe_of(SHEETS, IMPRINT)


@pytest.mark.parametrize("field", [field for field in Printer.__struct_fields__ if field not in SAME_SHEETS])
def test_file_for_a_printer_that_wants_something_else_is_another(field: str) -> None:
    mine, other = (replace(SHEETS, printer=shop) for shop in (SHOP, replace(SHOP, **{field: "other"})))
    assert len({recipe_of(sheets, IMPRINT) for sheets in (SHEETS, mine, other)}) == 3


def test_file_for_the_same_printer_elsewhere_is_the_same() -> None:
    mine, other = (replace(SHEETS, printer=shop) for shop in (SHOP, replace(SHOP, **SAME_SHEETS)))
    assert recipe_of(mine, IMPRINT) == recipe_of(other, IMPRINT)


def test_line_beside_the_pages_counts() -> None:
    assert recipe_of(replace(SHEETS, slug="Hefte {page}"), IMPRINT) != recipe_of(SHEETS, IMPRINT)


def test_every_trait_of_a_profile_counts() -> None:
    make = partial(recipe_of, imprint=IMPRINT)
    profiles = [replace(SHEETS.profile, **{field: "other"}) for field in Profile.__struct_fields__]
    recipes = {make(replace(SHEETS, profile=profile)) for profile in (SHEETS.profile, *profiles)}
    assert len(recipes) == len(profiles) + 1


@pytest.mark.parametrize(
    "same",
    [
        unit(position=Position(Path("there.md"), 7)), unit(blocks=(AT,)), replace(SHEETS),
        replace(SHEETS, whole={"to": "23"}), replace(SHEETS, whole={"to": "23", "tre": "31"}),
    ],
    ids=["place in its file", "places of blocks", "itself", "number that nobody quotes", "another such number"])
def test_what_no_page_shows_does_not_count(same: Sheets) -> None:
    assert recipe_of(same, IMPRINT) == recipe_of(SHEETS, IMPRINT)
