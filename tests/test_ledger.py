"""A build with nothing changed ends at once, and only then."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace

from booklet.findings import Finding, Position, Severity
from booklet.ledger import Asked, Ledger, rows
from booklet.store import Store


class File(Struct, frozen=True):
    """A file that was made."""

    file: str = "a.pdf"
    content: bytes = b"%PDF" * 1000
    pages: int = 8
    seconds: float = 1.25


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return the store of all orders."""
    return Store(tmp_path / "cache")


@pytest.fixture
def asked(tmp_path: Path, store: Store) -> Asked:
    """Return an order that was made: content, styles and output folders with something in them."""
    order = Asked(tmp_path / "content", tmp_path / "styles", tmp_path / "output", ("build", "False"))
    for folder in (order.content / "deep", order.styles, order.output):
        folder.mkdir(parents=True)
    (order.content / "deep" / "a.md").write_text("ord")
    (order.styles / "a.css").write_text("p {}")
    (order.output / "a.pdf").write_bytes(File().content)
    Ledger(order, store).note([File()])
    return order


def unchanged(asked: Asked, store: Store) -> bool:
    """Tell whether an order needs to make nothing."""
    return bool(Ledger(asked, store).unchanged()[0])


def test_nothing_changed_is_seen_and_told(asked: Asked, store: Store) -> None:
    assert Ledger(asked, store).unchanged() == ([("a.pdf", "8", "4 kB", "0.0")], ())


def test_what_was_made_is_told_with_its_time() -> None:
    assert rows([File()]) == [("a.pdf", "8", "4 kB", "1.2")]


def test_size_of_a_large_file_is_told_with_spaces() -> None:
    assert rows([File(content=b"x" * 12_345_678)])[0][2] == "12 346 kB"


def edited(asked: Asked) -> None:
    (asked.content / "deep" / "a.md").write_text("orD")


def edited_with_the_same_time_stamp(asked: Asked) -> None:
    path = asked.content / "deep" / "a.md"
    seen = path.stat()
    path.write_text("orD")
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))


def renamed(asked: Asked) -> None:
    (asked.content / "deep" / "a.md").rename(asked.content / "deep" / "b.md")


def added(asked: Asked) -> None:
    (asked.content / "b.md").write_text("")


def removed(asked: Asked) -> None:
    (asked.content / "deep" / "a.md").unlink()


def replaced_by_a_folder(asked: Asked) -> None:
    removed(asked)
    (asked.content / "deep" / "a.md").mkdir()


def restyled(asked: Asked) -> None:
    (asked.styles / "a.css").write_text("q {}")


def output_tampered(asked: Asked) -> None:
    (asked.output / "a.pdf").write_bytes(File().content[:-1] + b"!")


def output_gone(asked: Asked) -> None:
    (asked.output / "a.pdf").unlink()


CHANGES = [
    edited, edited_with_the_same_time_stamp, renamed, added, removed, replaced_by_a_folder, restyled, output_tampered,
    output_gone]


@pytest.mark.parametrize("change", CHANGES)
def test_change_means_that_a_build_is_made(change: Callable[[Asked], None], asked: Asked, store: Store) -> None:
    change(asked)
    assert not unchanged(asked, store)


@pytest.mark.parametrize("made", [("a", "b"), ("a",), ()], ids=str)
def test_other_words_of_the_command_mean_another_build(made: tuple[str, ...], asked: Asked, store: Store) -> None:
    order = replace(asked, words=made)
    Ledger(order, store).note([File()])
    assert unchanged(order, store)
    for other in (("ab",), ("a", "b", ""), ("b", "a"), ("a", "c")):
        assert not unchanged(replace(asked, words=other), store)


def test_other_place_for_the_files_means_another_build(asked: Asked, store: Store, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.pdf").write_bytes(File().content)
    assert not unchanged(replace(asked, output=tmp_path / "other"), store)


def test_same_files_in_another_folder_mean_another_build(asked: Asked, store: Store) -> None:
    """What is said of a file names its folder."""
    asked.content.rename(asked.content.with_name("moved"))
    assert not unchanged(replace(asked, content=asked.content.with_name("moved")), store)


def test_file_that_moves_from_one_folder_to_the_other_is_a_change(asked: Asked, store: Store) -> None:
    (asked.styles / "a.css").unlink()
    Ledger(asked, store).note([File()])
    (asked.content / "deep").rename(asked.styles / "deep")
    assert not unchanged(asked, store)


def test_link_that_leads_to_another_file_is_a_change(asked: Asked, store: Store) -> None:
    (asked.content / "b.md").write_text("b")
    link = asked.content / "c.md"
    link.symlink_to("b.md")
    Ledger(asked, store).note([File()])
    assert unchanged(asked, store)
    link.unlink()
    link.symlink_to("deep/a.md")
    assert not unchanged(asked, store)


def test_hidden_files_and_another_clock_change_nothing(asked: Asked, store: Store) -> None:
    (asked.content / ".swp").write_text("x")
    (asked.content / ".git").mkdir()
    (asked.content / ".git" / "a").write_text("x")
    (asked.content / "deep" / "a.md").touch()
    (asked.output / "b.pdf").write_text("x")
    assert unchanged(asked, store)


def test_change_of_a_printers_file_or_of_the_profile_it_names_is_seen(
    asked: Asked, store: Store, tmp_path: Path
) -> None:
    shop, icc = tmp_path / "shop" / "mine.yaml", tmp_path / "press.icc"
    shop.parent.mkdir()
    order = replace(asked, printer=shop)
    states = [
        ("icc: ../press.icc\n", b"a"), ("icc: ../press.icc\n", b"b"), ('icc: "../press.icc"\n', b"b"),
        ('icc: "../press.icc"\n', b"c"), ("icc: ../press.icc\nslug: 3\n", b"c")]
    assert not unchanged(order, store)
    for text, profile in states:
        shop.write_text(text)
        icc.write_bytes(profile)
        assert not unchanged(order, store), (text, profile)
        Ledger(order, store).note([File()])
        assert unchanged(order, store)
    shop.unlink()
    assert not unchanged(order, store)


def test_change_taken_back_is_no_change(asked: Asked, store: Store) -> None:
    edited(asked)
    (asked.content / "deep" / "a.md").write_text("ord")
    assert unchanged(asked, store)


def test_ledger_is_current_until_a_source_changes(asked: Asked, store: Store) -> None:
    ledger = Ledger(asked, store)
    output_gone(asked)
    assert ledger.is_current()
    edited(asked)
    assert not ledger.is_current()


def test_source_that_changes_during_the_build_is_not_noted(asked: Asked, store: Store) -> None:
    edited(asked)
    ledger = Ledger(asked, store)
    (asked.content / "deep" / "a.md").write_text("changed meanwhile")
    ledger.note([File()])
    assert not unchanged(asked, store)


DAMAGES = [b"", b"[", b"{}", b"7", b"null", b"[1]", b'[{"file": 1}]', b'[{"file": "a.pdf"}]', b'["a"]', b"\xff",
           b'{"print en": {"side": "recto"}}', b'{"made": 7}', b'{"made": [{"file": 1}], "said": ""}', b'{"made": []}']


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_ledger_means_that_a_build_is_made(damage: bytes, asked: Asked, store: Store) -> None:
    assert store.cache
    (page,) = (store.cache / "ledger").iterdir()
    store.put("ledger", page.name, damage)
    assert not unchanged(asked, store)


def test_ledger_that_cannot_be_written_costs_time_only(asked: Asked) -> None:
    store = Store(asked.output / "a.pdf")
    Ledger(asked, store).note([File()])
    assert not unchanged(asked, store)


def test_folders_that_are_not_there_can_be_asked_for(asked: Asked, store: Store) -> None:
    order = replace(asked, content=asked.content / "nowhere", styles=asked.styles / "nowhere")
    assert not unchanged(order, store) and Ledger(order, store).is_current()


def test_what_was_said_is_said_again_when_nothing_changed(asked: Asked, store: Store) -> None:
    said = (
        Finding("a", Severity.WARNING, "«blåbær»", Position(Path("a.md"), 2, 3), "pick them"),
        Finding("b", Severity.WARNING, "no place"))
    Ledger(asked, store).note([File()], said)
    assert Ledger(asked, store).unchanged() == ([("a.pdf", "8", "4 kB", "0.0")], said)


def test_damaged_words_mean_that_a_build_is_made(asked: Asked, store: Store) -> None:
    ledger = Ledger(asked, store)
    ledger.note([File()], (Finding("a", Severity.WARNING, "b"),))
    kept = json.loads(store.get("ledger", ledger.digest) or b"")
    for said in ("[", '[{"code": 1}]', 7):
        store.put("ledger", ledger.digest, json.dumps({**kept, "said": said}).encode())
        assert not unchanged(asked, store)
