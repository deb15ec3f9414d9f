"""A folder that is whole or as before, and in which nothing of others is lost."""

import os
import subprocess
from pathlib import Path

import pytest

from booklet.parcels import SUMS, NotOurs, checksums, deliver

FILES = {"a.pdf": b"one", "b.pdf": b"two"}


def held(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def failing(source: Path, target: Path) -> None:
    """Fail to rename."""
    raise OSError("no")


def test_folder_holds_the_files_and_checksums_that_another_program_accepts(tmp_path: Path) -> None:
    written = deliver(tmp_path / "x" / "order", FILES)
    assert held(tmp_path / "x" / "order") == written == {**FILES, SUMS: checksums(FILES)}
    checked = subprocess.run(["sha256sum", "-c", SUMS], cwd=tmp_path / "x" / "order", capture_output=True, text=True)
    assert (checked.returncode, checked.stdout) == (0, "a.pdf: OK\nb.pdf: OK\n")
    assert os.listdir(tmp_path / "x") == ["order"]


def test_later_parcel_replaces_an_earlier_one_wholly(tmp_path: Path) -> None:
    deliver(tmp_path / "order", FILES)
    deliver(tmp_path / "order", {"c.pdf": b"three"})
    assert sorted(held(tmp_path / "order")) == [SUMS, "c.pdf"]
    assert os.listdir(tmp_path) == ["order"]


@pytest.mark.parametrize("name", ["signed.pdf", "a.pdf"])
def test_what_somebody_else_put_or_changed_there_is_never_removed(name: str, tmp_path: Path) -> None:
    deliver(tmp_path / "order", FILES)
    (tmp_path / "order" / name).write_bytes(b"signed")
    before = held(tmp_path / "order")
    with pytest.raises(NotOurs, match=name):
        deliver(tmp_path / "order", FILES)
    assert held(tmp_path / "order") == before and os.listdir(tmp_path) == ["order"]


@pytest.mark.parametrize("kind", ["file", "link", "folder"])
def test_what_is_no_parcel_is_never_removed(kind: str, tmp_path: Path) -> None:
    target, place = tmp_path / "target", tmp_path / "order"
    if kind == "file":
        place.write_text("mine")
    else:
        (target if kind == "link" else place / "sub").mkdir(parents=True)
    if kind == "link":
        place.symlink_to(target)
    with pytest.raises(NotOurs):
        deliver(place, FILES)
    assert place.exists() and not (target / "a.pdf").exists()


def test_old_folder_comes_back_when_the_new_one_cannot_take_its_place(tmp_path: Path) -> None:
    deliver(tmp_path / "order", FILES)
    before, calls = held(tmp_path / "order"), []

    def second_fails(source: Path, target: Path) -> None:
        calls.append(source)
        if len(calls) == 2:
            raise OSError("no")
        os.replace(source, target)

    for rename in (failing, second_fails):
        with pytest.raises(OSError, match="no"):
            deliver(tmp_path / "order", {"c.pdf": b""}, rename)
        assert held(tmp_path / "order") == before and os.listdir(tmp_path) == ["order"]


def test_nothing_is_left_when_a_first_folder_cannot_be_made(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no"):
        deliver(tmp_path / "order", FILES, failing)
    assert os.listdir(tmp_path) == []


def test_what_a_killed_process_left_between_two_renames_is_taken_up(tmp_path: Path) -> None:
    deliver(tmp_path / "order", FILES)
    before = held(tmp_path / "order")
    os.rename(tmp_path / "order", tmp_path / ".order.old")
    (tmp_path / ".order.new").mkdir()
    with pytest.raises(OSError, match="no"):
        deliver(tmp_path / "order", {"c.pdf": b""}, failing)
    assert held(tmp_path / "order") == before and os.listdir(tmp_path) == ["order"]
