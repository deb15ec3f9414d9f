"""Ghostscript's plates: ink where it is painted, overprint honoured, and no end to patience when it hangs."""

import stat
from pathlib import Path

import pikepdf
import pytest
from faulty import BLEED, HEIGHT, WIDTH, Draft

from booklet.plane import Box
from booklet.separations import NotSeparated, separate

ROOM = 2 * BLEED
TRIM = Box(ROOM, ROOM, ROOM + WIDTH, ROOM + HEIGHT)


def opened(content: str = "") -> pikepdf.Pdf:
    """Return an open file of one page."""
    return Draft(1, content).pdf


def program(folder: Path, words: str) -> str:
    """Return a program that stands in for Ghostscript."""
    path = folder / "program"
    path.write_text(f"#!/bin/sh\n{words}\n")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)
    return str(path)


def test_plates_show_the_window_and_what_overprints() -> None:
    content = "1 0 0 0 k 0 0 170 227 re f /Over gs 0 0 0 1 k 0 0 170 227 re f"
    [plates] = separate(opened(content), [TRIM])
    assert abs(plates.width - WIDTH * 100 / 72) < 1.5
    middle = plates.pixels[plates.height // 2 * plates.width * 4 + plates.width * 2:][:4]
    assert middle == b"\xff\0\0\xff"


def test_missing_program_is_told() -> None:
    with pytest.raises(NotSeparated, match="not installed"):
        list(separate(opened(), [TRIM], "no such program"))


def test_program_that_hangs_is_stopped_with_all_it_started(tmp_path: Path) -> None:
    with pytest.raises(NotSeparated, match="took too long"):
        list(separate(opened(), [TRIM], program(tmp_path, "sleep 30; true"), patience=0.2))


def test_program_that_gives_up_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotSeparated, match="exit code 3"):
        list(separate(opened(), [TRIM], program(tmp_path, "exit 3")))


def test_rubbish_is_no_picture(tmp_path: Path) -> None:
    with pytest.raises(NotSeparated):
        list(separate(opened(), [TRIM], program(tmp_path, "echo P7; echo WIDTH 5; echo ENDHDR")))
