"""What a copy says of itself, what that is taken from, and its seal."""

import subprocess
from pathlib import Path

import pytest
from making import CONTENT, STYLES, booklet, theme
from msgspec.structs import replace

from booklet.memory import Memory
from booklet.printed import Copy
from booklet.reading import read_all
from booklet.selection import select
from booklet.stamping import files_of, stamp_of
from booklet.stamps import Part, Stamp, blob_id, fingerprint_of, is_whole, properties, read_stamp, seal
from booklet.store import Store

STAMP = Stamp(
    "hefte", "2021 & <to>", "handout", ("heim", "arbeid"), "sheetfed",
    (("booklet.yaml", "a" * 40), ("themes/to hus/text.md", "b" * 40)),
    (Part("heim", "themes/heim/text.md", "3", "7"), Part("notes-1", "", "xii", "xii")), "5t", "pr",
    ("weasyprint 70.0", "pikepdf 1"), ("1:00000000",))


def xmp(stamp: Stamp = STAMP) -> str:
    """Return a stamp as it stands in a file."""
    return properties(stamp, stamp.pages)


def test_stamp_is_read_as_it_was_written() -> None:
    assert read_stamp(f"<x>{xmp()}</x>") == STAMP
    assert read_stamp(f"<x>{xmp(replace(STAMP, themes=(), printer='', parts=()))}</x>") == replace(
        STAMP, themes=(), printer="", parts=())


@pytest.mark.parametrize("old, new", [("a" * 40, "c" * 40), ("to hus", "to bil"), ("booklet:fingerprint>", "x>")])
def test_stamp_whose_files_are_not_those_of_its_fingerprint_is_none(old: str, new: str) -> None:
    assert read_stamp(xmp().replace(old, new)) is None


def test_stamp_commands_no_terminal() -> None:
    stamp = read_stamp(xmp(replace(STAMP, printer="\x1b[31mred\u202e")))
    assert stamp and stamp.printer == "[31mred"


def test_stamp_of_another_kind_of_file_is_none() -> None:
    assert read_stamp("<dc:title>Hefte</dc:title>") is None


def test_fingerprint_is_of_names_and_contents_in_any_order() -> None:
    files = STAMP.files
    assert fingerprint_of(files) == fingerprint_of(reversed(files)) == STAMP.fingerprint
    others = (("a", files[0][1]), files[1]), (files[0], (files[1][0], "d" * 40)), files[:1]
    assert STAMP.fingerprint not in {fingerprint_of(one) for one in others}
    assert len(STAMP.short) == 9 and STAMP.short.replace("\u00a0", "") == STAMP.fingerprint[:8]


def test_blob_id_is_the_one_that_git_gives(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("Å bu\n".encode())
    git = subprocess.run(
        ["git", "hash-object", "--no-filters", "a.md"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert blob_id("a.md", "Å bu\n".encode()) == git.stdout.strip()


def test_line_ends_of_a_text_do_not_count_and_those_of_a_picture_do() -> None:
    assert blob_id("a.md", b"a\r\nb") == blob_id("a.md", b"a\nb")
    assert blob_id("a.png", b"a\r\nb") != blob_id("a.png", b"a\nb")


def test_every_byte_of_a_sealed_file_counts() -> None:
    sealed = seal(b"%PDF " + xmp().encode() + b" %%EOF")
    assert is_whole(sealed)
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        assert not is_whole(bytes(changed)), place
    assert not is_whole(sealed[:-1]) and not is_whole(sealed + b" ")


def test_file_without_a_place_for_a_seal_stays_as_it_is() -> None:
    assert seal(b"%PDF") == b"%PDF" and not is_whole(b"%PDF")


def test_excerpt_is_made_of_its_own_files_and_the_whole_of_all_but_the_print_order() -> None:
    whole, _, _ = read_all(CONTENT, STYLES, Memory(Store(None)))
    assert whole
    names, mine = ({name for name, _ in files_of(select(whole, themes))} for themes in ((), ("nettverk",)))
    assert {"front/use.md", "back/more.md", "images/cover.svg", "themes/nettverk/theme.yaml"} <= names
    assert "print.yaml" not in names and not any(name.startswith("schema/") for name in names)
    assert {"booklet.yaml", "facts.yaml", "themes/nettverk/text.md", "images/theme-nettverk.svg"} <= mine < names
    assert "images/theme-nettverk.yaml" in mine
    assert not any("retning" in name or name.startswith(("front/", "back/")) for name in mine)


def test_stamp_says_what_the_copy_is() -> None:
    one = booklet(theme("en", 1), theme("to", 2), files=(("b", "2"), ("a", "1"), ("print.yaml", "3")))
    whole = stamp_of(one, Copy((), {}, ("1", "2")), "print", "marks", "5t")
    assert (whole.themes, whole.files, whole.printer) == ((), (("a", "1"), ("b", "2")), "marks")
    part = stamp_of(select(one, ("to",)), Copy((), {}, ()), "handout", "", "5t")
    assert (part.themes, part.profile, part.edition) == (("to",), "handout", one.edition)
