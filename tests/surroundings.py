"""One booklet built twice in surroundings that have nothing in common: every byte must be the same.

Path, folder at work, home, user, locale, time zone, seed of hashes, umask, processes at once, the program's own place,
and what earlier builds have kept. ``make same`` does it with the shipped booklet, the tests with the tiny one.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

ROOT = Path(__file__).parents[1]


class Surroundings(Struct, frozen=True):
    """Where and how a booklet is built."""

    folder: str
    program: str
    """Where the program lies, below the home; nothing for where it is."""
    umask: int
    jobs: int
    environment: Mapping[str, str]
    absolute: bool
    """Whether folders are named by their whole paths."""


HERE = Surroundings("a", "", 0o022, 1, {
    "HOME": "/nonexistent", "USER": "ada", "LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "0"}, absolute=True)
THERE = Surroundings("et annet sted/på «disken»", "program", 0o077, 3, {
    "HOME": "/", "USER": "åse", "LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr", "TZ": "Pacific/Kiritimati",
    "PYTHONHASHSEED": "4711", "COLUMNS": "33", "SOURCE_DATE_EPOCH": "1", "PYTHONOPTIMIZE": "1"}, absolute=False)


def lay(home: Path, content: Path, styles: Path, one: Surroundings) -> Path:
    """Return the folder in which a booklet was laid out for building, with the program where it is wanted."""
    place = home / one.folder
    shutil.copytree(content, place / "content")
    shutil.copytree(styles, place / "styles")
    if one.program:
        skipped = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "booklet", home / one.program / "booklet", ignore=skipped)
        shutil.copy(ROOT / "build.py", home / one.program)
    return place


def build(home: Path, place: Path, one: Surroundings) -> dict[str, bytes]:
    """Return the files that a build leaves."""
    script = (home / one.program if one.program else ROOT) / "build.py"
    names = "content", "styles", "output", "cache"
    folders = [str(place / name if one.absolute else name) for name in names]
    words = [word for name, folder in zip(names, folders, strict=True) for word in (f"--{name}", folder)]
    made = subprocess.run(
        [sys.executable, str(script), "build", *words, "--jobs", str(one.jobs)], cwd=ROOT if one.absolute else place,
        env={"PATH": os.defpath, **one.environment}, capture_output=True, text=True, umask=one.umask, timeout=600)
    assert made.returncode == 0, made.stderr
    return {path.name: path.read_bytes() for path in sorted((place / "output").iterdir())}


def differences(home: Path, content: Path, styles: Path) -> list[str]:
    """Return which files are not the same to the byte, cold here, cold there, and there again with what was kept."""
    here, there = (lay(home, content, styles, one) for one in (HERE, THERE))
    first = build(home, here, HERE)
    builds = {"cold": build(home, there, THERE)}
    shutil.rmtree(there / "output")
    shutil.rmtree(there / "cache" / "copies")
    builds["warm"] = build(home, there, THERE)
    assert first
    return [f"{name}, {when}" for when, files in builds.items() for name in first.keys() | files.keys()
            if first.get(name) != files.get(name)]


def main() -> None:
    """Compare two builds of the shipped booklet."""
    with TemporaryDirectory() as folder:
        wrong = differences(Path(folder), ROOT / "content", ROOT / "styles")
    sys.exit("not the same bytes: " + "; ".join(wrong) if wrong else 0)


if __name__ == "__main__":
    main()
