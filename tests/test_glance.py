"""Folders as they were at one moment: read once, by content alone."""

import os
from pathlib import Path

import pytest

from booklet import glance
from booklet.glance import Glance


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a file in it and one below."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.md").write_text("ord")
    (tmp_path / "b.md").write_text("to")
    return tmp_path


def digest(folder: Path, before: Glance | None = None) -> str:
    """Return the hash of a folder as it is."""
    return Glance((folder,), before).digest(())


def test_file_is_read_once_however_often_it_is_asked_for(folder: Path) -> None:
    seen = Glance((folder,))
    (folder / "b.md").write_text("tre")
    assert seen.content(folder / "b.md") == b"to" and seen.more(folder / "b.md") == b"to"


def test_what_is_as_it_was_keeps_its_very_bytes(folder: Path) -> None:
    first = Glance((folder,))
    os.utime(folder / "b.md", (1, 1))
    (folder / "deep" / "a.md").write_text("Ord")
    second = Glance((folder,), first)
    assert second.content(folder / "b.md") is first.content(folder / "b.md")
    assert second.content(folder / "deep" / "a.md") == b"Ord"


def test_change_of_the_same_size_and_time_is_seen(folder: Path) -> None:
    first = Glance((folder,))
    status = (folder / "b.md").stat()
    (folder / "b.md").write_text("TO")
    os.utime(folder / "b.md", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert digest(folder, first) != first.digest(())


def test_earlier_glance_changes_no_hash(folder: Path) -> None:
    first = Glance((folder,))
    (folder / "b.md").write_text("tre")
    assert digest(folder, first) == digest(folder) != first.digest(())


@pytest.mark.parametrize("name", ["c.md", "deep/c.md"])
def test_new_file_is_seen(name: str, folder: Path) -> None:
    before = digest(folder)
    (folder / name).write_text("")
    assert digest(folder) != before


def test_name_counts_as_much_as_content(folder: Path) -> None:
    before = digest(folder)
    (folder / "b.md").rename(folder / "c.md")
    assert digest(folder) != before


def test_hidden_files_and_caches_of_python_do_not_count(folder: Path) -> None:
    before = digest(folder)
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "a.pyc").write_text("x")
    (folder / ".swap").write_text("x")
    assert digest(folder) == before


def test_large_file_is_known_by_its_hash_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glance, "LARGEST", 2)
    first = Glance((folder,))
    assert first.content(folder / "deep" / "a.md") is None and first.content(folder / "b.md") == b"to"
    (folder / "deep" / "a.md").write_text("Ord")
    assert digest(folder, first) != first.digest(())


def test_what_is_no_plain_file_is_not_opened(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "lost").symlink_to(folder / "nowhere")
    (folder / "round").symlink_to(folder / "round")
    seen = Glance((folder,))
    assert [seen.content(folder / name) for name in ("pipe", "lost", "round")] == [None, None, None]


def test_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert digest(tmp_path / "nowhere") == digest(tmp_path)


def test_file_that_grows_is_read_to_its_end(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"words without a size")
    os.close(writing)
    assert glance.bytes_of(f"/dev/fd/{reading}") == b"words without a size"
    os.close(reading)
