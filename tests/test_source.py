"""The files of the folder: bytes → clean text, or a finding at the byte that is wrong."""

from pathlib import Path

import pytest

from booklet.collector import Collector
from booklet.glance import Glance
from booklet.memory import Memory
from booklet.source import open_shelf, read_text
from booklet.store import Store


def reading(root: Path, name: str) -> tuple[str | None, list[str]]:
    """Return the text of a file and what is found, without the folder's name."""
    found = Collector()
    shelf = open_shelf(root, found)
    assert shelf is not None
    text = read_text(shelf, name, found)
    return text, [str(finding).replace(f"{root}/", "") for finding in found.findings]


def codes(root: Path, content: bytes) -> list[str]:
    """Return place and code of what is found in some bytes."""
    (root / "a.md").write_bytes(content)
    return [" ".join(line.split(" ")[:3]) for line in reading(root, "a.md")[1]]


def test_line_ends_of_windows_are_accepted(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("blå\r\ngrøn\r\n".encode())
    assert reading(tmp_path, "a.md") == ("blå\ngrøn\n", [])


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("ord\nblå".encode("latin-1"), ["a.md:2:3: error not-utf8:"]),
        ("ord".encode("utf-16"), ["a.md:1:1: error not-utf8:"]),
        (b"\xef\xbb\xbford", ["a.md:1:1: error byte-order-mark:"]),
        (b"ord\n a\x00\x00", ["a.md:2:3: error control-character:"]),
        (b"a\rb", ["a.md:1:2: error control-character:"]),
        ("a\u202eb".encode(), ["a.md:1:2: error control-character:"]),
        (b"", ["a.md:1:1: error empty-file:"]),
        (b" \n\n", ["a.md:1:1: error empty-file:"]),
        (b"a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n", ["a.md:2:1: error merge-marker:"]),
        (b"a\n>>>>>>> x\n", ["a.md:2:1: error merge-marker:"]),
        (b"version https://git-lfs.github.com/spec/v1\n", ["a.md:1:1: error lfs-pointer:"]),
        (b"a" * 500_001, ["a.md:1:1: error file-too-large:"]),
    ],
)
def test_fault_is_found_at_its_place(tmp_path: Path, content: bytes, expected: list[str]) -> None:
    assert codes(tmp_path, content) == expected


def test_each_forbidden_character_is_reported_once_with_its_count(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"a\x07b\nc\x07")
    _, found = reading(tmp_path, "a.md")
    assert found == ["a.md:1:2: error control-character: the character U+0007 (control character), 2 times (remove it)"]


def test_folder_instead_of_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    assert reading(tmp_path, "a.md")[1] == [
        "a.md:1:1: error missing-file: 'a.md' is a folder, not a file (put the file there)"
    ]


def test_symbolic_link_out_of_the_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").symlink_to(tmp_path / "secret.md")
    text, found = reading(tmp_path / "content", "a.md")
    assert text is None
    assert [line.split(":")[3].split()[-1] for line in found] == ["outside-content"]


def test_symbolic_link_within_the_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text("ord")
    (tmp_path / "a.md").symlink_to("b.md")
    assert reading(tmp_path, "a.md") == ("ord", [])


def test_hidden_files_schemas_and_runs_are_no_content(tmp_path: Path) -> None:
    for name in (".git/x", "schema/x.json", "runs/1.json", "front/schema/a.md", ".DS_Store"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    shelf = open_shelf(tmp_path, Collector())
    assert shelf is not None
    assert shelf.files == ("front/schema/a.md",)


def test_file_is_read_as_it_was_when_the_folder_was_looked_at(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("før")
    found, memory = Collector(), Memory(Store(None))
    memory.glance = Glance((tmp_path,))
    (tmp_path / "a.md").write_text("etter")
    (tmp_path / "b.md").write_text("ny")
    shelf = open_shelf(tmp_path, found, memory)
    assert shelf and [read_text(shelf, name, found) for name in ("a.md", "b.md")] == ["før", "ny"]
    memory.glance = None
    assert read_text(shelf, "a.md", found) == "etter"


def test_fault_of_a_text_is_told_each_time_that_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xff")
    memory = Memory(Store(None))
    for _ in range(2):
        found = Collector()
        shelf = open_shelf(tmp_path, found, memory)
        assert shelf and read_text(shelf, "a.md", found) is None
        assert [finding.code for finding in found.findings] == ["not-utf8"]
