"""An order carried out: what is written always belongs to one state of the folders."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from making import STYLES, edit, lay_tiny, say_nothing, shipped_printer
from msgspec.structs import replace

from booklet.commission import MOST_TRIES, Commission, Order, Restless, UnknownTheme
from booklet.ledger import Asked
from booklet.presses import printer_path
from booklet.steps import Step
from booklet.store import MOST_AGE, Store

FILE = "lite-hefte-2021-handout-heim.pdf"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache that all orders of this file share."""
    return tmp_path_factory.mktemp("cache")


def order(home: Path, cache: Path | None = None, **changes: object) -> Order:
    """Return an order for the handout of one theme of the tiny booklet, which lies in ``home``."""
    asked = Asked(home / "content", STYLES, home / "dist", ("output_of", "handout"))
    made = Order(
        asked, cache or home / "cache", "output_of", ("handout", ("heim",)), strict=False, printer="sheetfed", jobs=1)
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a folder with the tiny booklet in it."""
    lay_tiny(tmp_path)
    return tmp_path


class Editor:
    """Does something to the content at each of a build's first units."""

    def __init__(self, change: Callable[[int], None], most: int) -> None:
        self.change, self.most, self.units = change, most, 0

    def __call__(self, step: Step) -> None:
        self.units += 1
        if self.units <= self.most:
            self.change(self.units)


def clean(home: Path, cache: Path) -> bytes:
    """Return the file that a build of the content as it is now makes elsewhere, with nothing kept."""
    other = home / "clean"
    shutil.copytree(home / "content", other / "content")
    assert Commission(order(other, cache)).carry_out(say_nothing).rows
    return (other / "dist" / FILE).read_bytes()


def test_files_are_made_told_and_written(home: Path, cache: Path) -> None:
    outcome = Commission(order(home, cache)).carry_out(say_nothing)
    ((file, pages, size, _),) = outcome.rows
    assert (file, outcome.findings) == (FILE, ()) and int(pages) > 2 and size.endswith(" kB")
    assert outcome.seconds is not None and os.listdir(home / "dist") == [FILE]


def test_nothing_changed_makes_nothing(home: Path, cache: Path) -> None:
    one = Commission(order(home, cache))
    one.carry_out(say_nothing)
    before = (home / "dist" / FILE).stat().st_ino
    steps: list[Step] = []
    for commission in (one, Commission(order(home, cache))):
        outcome = commission.carry_out(steps.append)
        assert [row[0] for row in outcome.rows] == [FILE] and outcome.seconds is None
    assert steps == [] and (home / "dist" / FILE).stat().st_ino == before


def test_edit_makes_what_it_changed_and_nothing_else(home: Path, cache: Path) -> None:
    commission, steps = Commission(order(home, cache)), list[Step]()
    commission.carry_out(say_nothing)
    edit(home / "content" / "themes" / "heim" / "text.md", "brosjyre", "brosjyra")
    assert commission.carry_out(steps.append).rows
    remade = {(step.address, step.why) for step in steps if not step.kept}
    assert ("heim.text", ("content",)) in remade and {why for _, why in remade} == {("content",)}
    assert (home / "dist" / FILE).read_bytes() == clean(home, cache)


def test_source_that_changes_during_the_build_is_built_again(home: Path, cache: Path) -> None:
    def change(number: int) -> None:
        edit(home / "content" / "themes" / "heim" / "text.md", "brosjyre", "brosjyre og eit kart")

    outcome = Commission(order(home, cache)).carry_out(Editor(change, 1))
    assert outcome.rows and outcome.findings == ()
    assert (home / "dist" / FILE).read_bytes() == clean(home, cache)


def test_source_that_breaks_during_the_build_is_told_and_nothing_is_written(home: Path, cache: Path) -> None:
    (home / "dist").mkdir()
    (home / "dist" / FILE).write_text("old")

    def change(number: int) -> None:
        edit(home / "content" / "themes" / "heim" / "theme.yaml", "title:", "titel:")

    outcome = Commission(order(home, cache)).carry_out(Editor(change, 1))
    assert outcome.rows == () and "unknown-key" in [finding.code for finding in outcome.findings]
    assert (home / "dist" / FILE).read_text() == "old"


def test_sources_that_never_hold_still_are_given_up(home: Path, cache: Path) -> None:
    def change(number: int) -> None:
        (home / "content" / ("notes.txt" if number % 2 else "other.txt")).write_text(str(number))

    steady, restless = Editor(change, 0), Editor(change, 999)
    Commission(order(home, cache)).carry_out(steady)
    (home / "dist" / FILE).write_text("old")
    with pytest.raises(Restless):
        Commission(order(home, cache)).carry_out(restless)
    assert restless.units == MOST_TRIES * steady.units and (home / "dist" / FILE).read_text() == "old"


def test_restless_sources_that_come_to_rest_are_built(home: Path, cache: Path) -> None:
    def change(number: int) -> None:
        (home / "content" / "front" / "foreword.md").touch()
        edit(home / "content" / "themes" / "heim" / "text.md", "brosjyre", f"brosjyre {'ja ' * number}")

    assert Commission(order(home, cache)).carry_out(Editor(change, 3)).rows
    assert (home / "dist" / FILE).read_bytes() == clean(home, cache)


def test_theme_that_is_not_there_is_named_with_those_that_are(home: Path, cache: Path) -> None:
    one = order(home, cache, arguments=("handout", ("fire",)))
    with pytest.raises(UnknownTheme, match=r"there is no theme 'fire' \(themes: heim, arbeid\)"):
        Commission(one).carry_out(say_nothing)
    assert not (home / "dist").exists()


def test_errors_of_the_content_are_told_every_time_and_mended_ones_no_more(home: Path, cache: Path) -> None:
    path = home / "content" / "themes" / "heim" / "theme.yaml"
    edit(path, "title:", "titel:")
    commission = Commission(order(home, cache))
    for one in (commission, commission, Commission(order(home, cache))):
        outcome = one.carry_out(say_nothing)
        assert outcome.rows == () and "unknown-key" in [finding.code for finding in outcome.findings]
    edit(path, "titel:", "title:")
    outcome = commission.carry_out(say_nothing)
    assert outcome.rows and outcome.findings == ()


def test_warnings_are_told_by_every_build(home: Path, cache: Path) -> None:
    (home / "content" / "images" / "unused.svg").write_bytes((home / "content" / "images" / "hus.svg").read_bytes())
    commission = Commission(order(home, cache))
    for one in (commission, commission, Commission(order(home, cache))):
        outcome = one.carry_out(say_nothing)
        assert outcome.rows and {finding.code for finding in outcome.findings} == {"unused-file"}


def test_warnings_forbid_writing_where_one_is_strict(home: Path, cache: Path) -> None:
    (home / "content" / "images" / "unused.svg").write_bytes((home / "content" / "images" / "hus.svg").read_bytes())
    outcome = Commission(order(home, cache, strict=True)).carry_out(say_nothing)
    assert outcome.rows == () and outcome.findings and not (home / "dist").exists()


def test_what_was_not_used_for_long_is_forgotten_after_a_build(home: Path) -> None:
    store = Store(home / "cache")
    store.put("copies", "old", b"x" * 1000)
    os.utime(home / "cache" / "copies" / "old", (0, MOST_AGE))
    assert Commission(order(home)).carry_out(say_nothing).rows
    assert not (home / "cache" / "copies" / "old").exists()


def test_sources_are_held_to_be_at_rest_when_only_other_files_change(home: Path, cache: Path) -> None:
    def change(number: int) -> None:
        (home / "content" / ".swp").write_text(str(number))
        (home / "note.txt").write_text(str(number))

    steady, typing = Editor(change, 0), Editor(change, 999)
    assert Commission(order(home, cache)).carry_out(steady).rows
    edit(home / "content" / "themes" / "heim" / "text.md", "brosjyre", "brosjyra")
    assert Commission(order(home, cache)).carry_out(typing).rows and typing.units == steady.units


def for_a_printer(home: Path, cache: Path, named: str) -> Order:
    """Return an order for an excerpt that a printer gets."""
    asked = Asked(home / "content", STYLES, home / "dist", ("output_of", "print", named), printer_path(named, STYLES))
    return order(home, cache, asked=asked, arguments=("print", ("heim",)), printer=named)


def test_printer_that_there_is_not_is_told_and_nothing_is_made(home: Path, cache: Path) -> None:
    steps: list[Step] = []
    outcome = Commission(for_a_printer(home, cache, "sheetfet")).carry_out(steps.append)
    (finding,) = outcome.findings
    assert (finding.code, finding.hint) == ("unknown-printer", "did you mean 'sheetfed'?")
    assert (outcome.rows, steps) == ((), []) and not (home / "dist").exists()


def test_who_makes_nothing_for_a_printer_needs_none(home: Path, cache: Path) -> None:
    outcome = Commission(order(home, cache, printer="nobody")).carry_out(say_nothing)
    assert outcome.rows and outcome.findings == ()


def test_printers_file_that_changes_makes_the_file_anew_and_lays_out_nothing(home: Path, cache: Path) -> None:
    shop = home / "shop" / "mine.yaml"
    shop.parent.mkdir()
    shutil.copy(STYLES / "printers" / "wide-bleed.yaml", shop)
    edit(shop, "../icc/", f"{STYLES}/icc/")
    commission, steps = Commission(for_a_printer(home, cache, str(shop))), list[Step]()
    (row,) = commission.carry_out(say_nothing).rows
    before = (home / "dist" / row[0]).read_bytes()
    edit(shop, "bleed-outer: 5", "bleed-outer: 4")
    outcome = commission.carry_out(steps.append)
    assert outcome.seconds is not None and outcome.findings == ()
    assert (home / "dist" / row[0]).read_bytes() != before
    assert steps and [step.address for step in steps if not step.kept] == []


def test_printers_file_that_breaks_is_told_and_the_old_file_stays(home: Path, cache: Path) -> None:
    shop = home / "shop" / "mine.yaml"
    shop.parent.mkdir()
    shutil.copy(STYLES / "printers" / "wide-bleed.yaml", shop)
    edit(shop, "../icc/", f"{STYLES}/icc/")
    commission = Commission(for_a_printer(home, cache, str(shop)))
    (row,) = commission.carry_out(say_nothing).rows
    before = (home / "dist" / row[0]).read_bytes()
    edit(shop, "bleed-outer: 5", "bleed-outer: 7")
    outcome = commission.carry_out(say_nothing)
    assert [finding.code for finding in outcome.findings] == ["printer-bleed"] and outcome.rows == ()
    assert (home / "dist" / row[0]).read_bytes() == before


@pytest.mark.parametrize(("most", "strict", "codes"), [(4, False, ["too-many-to-stitch"]), (64, True, [])])
def test_booklet_too_thick_for_staples_is_told(
    most: int, strict: bool, codes: list[str], home: Path, cache: Path
) -> None:
    shop = home / "shop" / "mine.yaml"
    shop.parent.mkdir()
    shutil.copy(STYLES / "printers" / "sheetfed.yaml", shop)
    edit(shop, "../icc/", f"{STYLES}/icc/")
    edit(shop, f"most-stitched: {shipped_printer().most_stitched}", f"most-stitched: {most}")
    outcome = Commission(replace(for_a_printer(home, cache, str(shop)), strict=strict)).carry_out(say_nothing)
    assert [finding.code for finding in outcome.findings] == codes and outcome.rows


@pytest.mark.skipif(sys.platform != "linux", reason="processes are started by fork, on Linux alone")
def test_file_does_not_depend_on_how_many_work(home: Path, cache: Path) -> None:
    assert Commission(order(home, jobs=3)).carry_out(say_nothing).rows
    assert (home / "dist" / FILE).read_bytes() == clean(home, cache)
