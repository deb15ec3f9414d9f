"""Texts that later processes find again: those in use, and not all that ever were."""

from pathlib import Path

import pytest

from booklet.drawers import Drawer
from booklet.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return a store of its own."""
    return Store(tmp_path)


def used(store: Store, *keys: str) -> None:
    """Let a process use some texts."""
    drawer = Drawer(store, "print")
    for key in keys:
        drawer.put(key, drawer.get(key) or f"text of {key}")
    drawer.keep()


def test_later_process_finds_the_text(store: Store) -> None:
    used(store, "a")
    assert Drawer(store, "print").get("a") == "text of a"


def test_other_drawer_does_not_have_it(store: Store) -> None:
    used(store, "a")
    assert Drawer(store, "screen").get("a") is None


def test_one_new_text_among_many_is_not_worth_a_writing(store: Store) -> None:
    many = [f"{number}" for number in range(20)]
    used(store, *many)
    used(store, *many, "edited")
    assert Drawer(store, "print").get("edited") is None
    used(store, *many, "new", "newer", "newest")
    assert Drawer(store, "print").get("newest") == "text of newest"


def test_texts_that_were_long_not_asked_for_leave_the_drawer(store: Store) -> None:
    for number in range(100):
        used(store, f"{number}")
    drawer = Drawer(store, "print")
    there = [number for number in range(100) if drawer.get(f"{number}") is not None]
    assert there == list(range(100 - len(there), 100)) and len(there) < 30


def test_run_that_uses_few_of_them_leaves_as_many_others(store: Store) -> None:
    used(store, "a", "b", "c")
    used(store, "d")
    assert Drawer(store, "print").get("b") == "text of b"


@pytest.mark.parametrize("damage", [b"", b"[", b"[]", b'{"a": 1}', b"null", b"\xff"])
def test_damaged_drawer_is_empty(damage: bytes, store: Store, tmp_path: Path) -> None:
    used(store, "a")
    (entry,) = (tmp_path / "read").iterdir()
    store.put("read", entry.name, damage)
    assert Drawer(store, "print").get("a") is None
