"""A build with nothing changed ends at once, and only then."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from booklet.ledger import Ledger


@dataclass(frozen=True)
class File:
    """A file that was made."""

    file: str = "a.pdf"
    content: bytes = b"%PDF" * 1000
    pages: int = 8
    seconds: float = 1.25


@pytest.fixture
def order(tmp_path: Path) -> dict[str, Any]:
    """Return an order that was made: content, styles, output and cache folders with something in them."""
    made: dict[str, Any] = {name: tmp_path / name for name in ("content", "styles", "output", "cache")}
    for folder in made.values():
        folder.mkdir()
    made["strict"] = False
    (made["content"] / "deep").mkdir()
    (made["content"] / "deep" / "a.md").write_text("ord")
    (made["styles"] / "a.css").write_text("p {}")
    (made["output"] / "a.pdf").write_bytes(File.content)
    Ledger.of(made, ("build",)).write([File()])
    return made


def unchanged(order: dict[str, Any], *words: str) -> bool:
    """Tell whether the same command needs to make nothing."""
    return bool(Ledger.of(order, words or ("build",)).unchanged())


def test_nothing_changed_is_seen_and_told(order: dict[str, Any]) -> None:
    assert Ledger.of(order, ("build",)).unchanged() == [("a.pdf", "8", "4 kB", "0.0")]


def test_what_was_made_is_told_with_its_time(order: dict[str, Any]) -> None:
    assert Ledger.of(order, ("build",)).write([File()]) == [("a.pdf", "8", "4 kB", "1.2")]


def edited(order: dict[str, Any]) -> None:
    (order["content"] / "deep" / "a.md").write_text("orD")


def renamed(order: dict[str, Any]) -> None:
    (order["content"] / "deep" / "a.md").rename(order["content"] / "deep" / "b.md")


def added(order: dict[str, Any]) -> None:
    (order["content"] / "b.md").write_text("")


def removed(order: dict[str, Any]) -> None:
    (order["content"] / "deep" / "a.md").unlink()


def restyled(order: dict[str, Any]) -> None:
    (order["styles"] / "a.css").write_text("q {}")


def output_tampered(order: dict[str, Any]) -> None:
    (order["output"] / "a.pdf").write_bytes(File.content[:-1] + b"!")


def output_gone(order: dict[str, Any]) -> None:
    (order["output"] / "a.pdf").unlink()


def elsewhere(order: dict[str, Any]) -> None:
    order["output"] = order["output"].parent / "other"


def strict(order: dict[str, Any]) -> None:
    order["strict"] = True


CHANGES = [edited, renamed, added, removed, restyled, output_tampered, output_gone, elsewhere, strict]


@pytest.mark.parametrize("change", CHANGES)
def test_change_means_that_a_build_is_made(change: Callable[[dict[str, Any]], None], order: dict[str, Any]) -> None:
    change(order)
    assert not unchanged(order)


def test_other_words_of_the_command_mean_another_build(order: dict[str, Any]) -> None:
    assert not unchanged(order, "build", "print")


def test_words_of_the_command_do_not_run_together(order: dict[str, Any]) -> None:
    Ledger.of(order, ("a", "b")).write([File()])
    assert unchanged(order, "a", "b") and not unchanged(order, "ab")


def test_hidden_files_and_another_clock_change_nothing(order: dict[str, Any]) -> None:
    (order["content"] / ".swp").write_text("x")
    (order["content"] / ".git").mkdir()
    (order["content"] / ".git" / "a").write_text("x")
    (order["content"] / "deep" / "a.md").touch()
    assert unchanged(order)


def test_change_taken_back_is_no_change(order: dict[str, Any]) -> None:
    edited(order)
    (order["content"] / "deep" / "a.md").write_text("ord")
    assert unchanged(order)


def test_source_that_changes_during_the_build_is_not_noted(order: dict[str, Any]) -> None:
    edited(order)
    ledger = Ledger.of(order, ("build",))
    (order["content"] / "deep" / "a.md").write_text("changed meanwhile")
    ledger.write([File()])
    assert not ledger.unchanged()


DAMAGES = ["", "[", "{}", "7", "[1]", '[{"file": 1}]', '[{"file": "a.pdf"}]', '["a"]', "\udcff"]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_ledger_means_that_a_build_is_made(damage: str, order: dict[str, Any]) -> None:
    (page,) = (order["cache"] / "ledger").iterdir()
    page.write_text(damage, errors="surrogateescape")
    assert not unchanged(order)


def test_nothing_but_the_page_lies_there(order: dict[str, Any]) -> None:
    assert len(list((order["cache"] / "ledger").iterdir())) == 1


def test_ledger_that_cannot_be_written_costs_time_only(order: dict[str, Any]) -> None:
    order["cache"] = order["output"] / "a.pdf"
    assert Ledger.of(order, ("build",)).write([File()]) == [("a.pdf", "8", "4 kB", "1.2")]
    assert not unchanged(order)


def test_other_versions_of_the_libraries_mean_another_build(order: dict[str, Any]) -> None:
    assert any(word.startswith("weasyprint-") for word in Ledger.of(order, ("build",)).words)
