"""The fragments at hand: kept between builds but for those with findings, and why one is made again."""

from pathlib import Path

import pytest
from making import AT
from msgspec.structs import replace
from test_packing import BARE, FRAGMENT

from booklet.findings import Finding, Severity
from booklet.fragments import Fragments
from booklet.store import Store

KEY = "ab" + "0" * 62
SAID = replace(FRAGMENT, findings=(Finding("glyph-missing", Severity.WARNING, "x", AT),))
INPUTS = {"program": "1", "side": "recto", "content": "2"}


def open_fragments(cache: Path, home: str = "here") -> Fragments:
    """Return the fragments as a new process finds them."""
    return Fragments(Store(cache), home)


def test_fragment_is_there_in_this_process_and_the_next(tmp_path: Path) -> None:
    one = open_fragments(tmp_path)
    one.put(KEY, FRAGMENT)
    assert one.has(KEY) and one.get(KEY) is FRAGMENT
    assert open_fragments(tmp_path).get(KEY) == FRAGMENT


def test_fragment_that_nobody_made_is_not_there(tmp_path: Path) -> None:
    assert not open_fragments(tmp_path).has(KEY) and open_fragments(tmp_path).get(KEY) is None


def test_fragment_is_there_without_a_store() -> None:
    one = Fragments(Store(None), "here")
    one.put(KEY, FRAGMENT)
    assert one.get(KEY) is FRAGMENT


def test_fragment_with_findings_is_kept_for_this_run_alone(tmp_path: Path) -> None:
    one = open_fragments(tmp_path)
    one.put(KEY, SAID)
    assert one.get(KEY) is SAID and open_fragments(tmp_path).get(KEY) is None
    one.keep()
    assert one.get(KEY) is None


def test_what_a_run_did_not_use_leaves_the_process(tmp_path: Path) -> None:
    one = Fragments(Store(None), "here")
    one.put(KEY, FRAGMENT)
    one.keep()
    assert one.has(KEY)
    one.keep()
    assert one.has(KEY), "it was used in the last run"
    one.keep()
    one.keep()
    assert not one.has(KEY)


@pytest.mark.parametrize("entry", [b"", b"no json\n", b"{}\n%PDF", b"[]\n%PDF"])
def test_entry_that_is_no_fragment_is_a_miss(entry: bytes, tmp_path: Path) -> None:
    Store(tmp_path).put("fragments", KEY, entry)
    assert open_fragments(tmp_path).get(KEY) is None


def test_process_that_only_reads_writes_nothing(tmp_path: Path) -> None:
    one = open_fragments(tmp_path)
    one.only_read()
    one.put(KEY, FRAGMENT)
    assert one.has(KEY) and not one.store.changed and open_fragments(tmp_path).get(KEY) is None


def test_fragment_out_of_the_store_is_not_written_again(tmp_path: Path) -> None:
    open_fragments(tmp_path).put(KEY, BARE)
    one = open_fragments(tmp_path)
    found = one.get(KEY)
    assert found
    one.put(KEY, found)
    assert not one.store.changed


def test_unit_that_was_never_made_is_new(tmp_path: Path) -> None:
    one = open_fragments(tmp_path)
    assert one.changes("print en", INPUTS) == ("new",)


def test_inputs_that_changed_are_named(tmp_path: Path) -> None:
    one = open_fragments(tmp_path)
    one.remember("print en", INPUTS)
    one.keep()
    for fragments in (one, open_fragments(tmp_path)):
        assert fragments.changes("print en", INPUTS) == ()
        assert fragments.changes("print en", {**INPUTS, "content": "3", "side": "verso"}) == ("side", "content")
        assert fragments.changes("print en", {**INPUTS, "press": "1"}) == ("press",)
        assert fragments.changes("screen en", INPUTS) == ("new",)


def test_inputs_are_compared_with_those_of_the_last_run_until_this_one_ends(tmp_path: Path) -> None:
    one, edited = open_fragments(tmp_path), {**INPUTS, "content": "3"}
    one.remember("print en", INPUTS)
    one.keep()
    one.remember("print en", edited)
    assert one.changes("print en", edited) == ("content",)
    one.keep()
    assert one.changes("print en", edited) == ()


def test_units_of_another_booklet_are_other_units(tmp_path: Path) -> None:
    one = open_fragments(tmp_path)
    one.remember("print en", INPUTS)
    one.keep()
    assert open_fragments(tmp_path, "there").changes("print en", INPUTS) == ("new",)


def test_run_in_which_nothing_changed_writes_nothing(tmp_path: Path) -> None:
    one = open_fragments(tmp_path)
    one.remember("print en", INPUTS)
    one.keep()
    again = open_fragments(tmp_path)
    again.remember("print en", INPUTS)
    again.keep()
    assert not again.store.changed


@pytest.mark.parametrize("damage", [b"", b"[", b"[]", b"7", b'{"print en": 1}', b"\xff", b"null"])
def test_damaged_list_of_inputs_means_that_every_unit_is_new(damage: bytes, tmp_path: Path) -> None:
    one = open_fragments(tmp_path)
    one.remember("print en", INPUTS)
    one.keep()
    (page,) = (tmp_path / "ledger").iterdir()
    Store(tmp_path).put("ledger", page.name, damage)
    assert open_fragments(tmp_path).changes("print en", INPUTS) == ("new",)
