"""Whatever befalls a build, its files are the old ones or the right new ones: killed, starved, robbed."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from making import edit
from scene import FILE, PATIENCE, TEXT, Scene, linux, until


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    """Yield a scene on which nothing was built; nothing is left running."""
    one = Scene(tmp_path)
    yield one
    one.end()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Return a scene on which one build was made."""
    one = Scene(tmp_path_factory.mktemp("filled"))
    one.build()
    return one


@pytest.fixture
def built(scene: Scene, filled: Scene) -> Scene:
    """Return a scene with the files and the cache of one that was built."""
    shutil.copytree(filled.cache, scene.cache)
    shutil.copytree(filled.file.parent, scene.file.parent)
    scene.known.update(filled.known)
    return scene


# ---- killed


@linux
@pytest.mark.parametrize("stop", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=lambda one: one.name)
def test_killed_build_leaves_the_old_file_or_the_right_new_one(stop: signal.Signals, scene: Scene) -> None:
    """At any moment, also while the interpreter starts: what a build says when it is stopped is asked elsewhere."""
    dice, word = Random(stop), "brosjyre"
    for attempt in range(2):
        if attempt:  # the first is cold
            scene.build()
            edit(scene.home / TEXT, word, word + "a")
            word += "a"
        old, process = scene.there(), scene.start()
        with suppress(subprocess.TimeoutExpired):
            process.wait(dice.uniform(0.05, 0.7 if attempt else 1.4))
        process.send_signal(stop)
        process.communicate(timeout=PATIENCE)
        assert scene.there() in ((scene.right(),) if process.returncode == 0 else (old, scene.right())), attempt
        assert until(lambda: not scene.at_work()), f"processes are left of {attempt}"
    for left in (scene.file.with_name(f".{FILE}.x1y2z3"), scene.cache / "fragments" / ".tmpx1y2z3"):
        left.parent.mkdir(parents=True, exist_ok=True)
        left.write_text("half")  # what dies in the middle of a write leaves these; the middle is hard to hit
    edit(scene.home / TEXT, word, "lapp")
    scene.build()
    assert scene.leftovers() == [] and scene.there() == scene.right()


@linux
def test_worker_that_is_killed_costs_time_only(scene: Scene) -> None:
    process = scene.start("--jobs", "2")
    assert until(lambda: len(scene.at_work()) == 3)
    worker = max(number for number in scene.at_work() if number != process.pid)
    os.kill(worker, signal.SIGKILL)
    scene.went_well(process)
    assert scene.there() == scene.right() and scene.leftovers() == []


# ---- starved


def starved(scene: Scene, folder: str, size: str, *more: object) -> subprocess.CompletedProcess[str]:
    """Build where a folder is a small disk of its own, which is copied to ``after`` before it goes."""
    script = (
        f'mount -t tmpfs -o size={size} none {folder} || exit 99; cp -r before/. {folder}; "$@"; code=$?; '
        f"cp -r {folder} after; exit $code")
    return subprocess.run(
        ["unshare", "--mount", "sh", "-c", script, "sh", *scene.command(*more)], cwd=scene.home, text=True,
        capture_output=True, timeout=PATIENCE)


def may_mount() -> bool:
    """Tell whether this user may make a small disk."""
    made = subprocess.run(["unshare", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True)
    return made.returncode == 0


mounting = pytest.mark.skipif(sys.platform != "linux" or not may_mount(), reason="needs to mount a small disk")


@mounting
def test_full_disk_is_told_and_the_old_file_stays_whole(built: Scene) -> None:
    (built.home / "before").mkdir()
    (built.home / "before" / FILE).write_text("old")
    (built.home / "dist").rename(built.home / "away")
    (built.home / "dist").mkdir()
    made = starved(built, "dist", "60k")
    assert made.returncode == 4 and made.stdout == ""
    assert re.fullmatch(r"booklet: OSError: \[Errno 28\] No space left on device.*\n", made.stderr)
    assert {path.name: path.read_text() for path in (built.home / "after").iterdir()} == {FILE: "old"}


@mounting
@pytest.mark.parametrize("size", ["4k", "100k"])
def test_cache_on_a_full_disk_costs_time_only(size: str, scene: Scene) -> None:
    (scene.home / "before").mkdir()
    scene.cache.mkdir()
    made = starved(scene, "cache", size)
    assert (made.returncode, made.stderr) == (0, "") and scene.there() == scene.right() and scene.leftovers() == []
    assert [path.name for path in (scene.home / "after").rglob(".*")] == []


def test_file_that_may_not_grow_is_told_and_the_old_one_stays_whole(built: Scene) -> None:
    built.file.write_text("old")
    made = subprocess.run(
        ["sh", "-c", 'ulimit -f 80; exec "$@"', "sh", *built.command()], cwd=built.home, text=True, capture_output=True)
    assert made.returncode == 4 and re.fullmatch(r"booklet: OSError: \[Errno 27\] File too large.*\n", made.stderr)
    assert built.file.read_text() == "old" and built.leftovers() == []
    built.build()
    assert built.there() == built.right() and built.leftovers() == []


# ---- robbed: what the cache keeps is damaged


def cut(entries: list[Path]) -> None:
    for path in entries:
        path.write_bytes(path.read_bytes()[:-7])


def emptied(entries: list[Path]) -> None:
    for path in entries:
        path.write_bytes(b"")


def flipped(entries: list[Path]) -> None:
    for path in entries:
        body = bytearray(path.read_bytes())
        body[-1] ^= 1
        path.write_bytes(body)


def foreign(entries: list[Path]) -> None:
    for path in entries:
        path.write_bytes(b"%PDF-1.7 of somebody else\n" * 50)


def of_another_key(entries: list[Path]) -> None:
    bodies = [path.read_bytes() for path in entries]
    for path, body in zip(entries, bodies[1:] + bodies[:1], strict=True):
        path.write_bytes(body)


def folder(entries: list[Path]) -> None:
    for path in entries:
        path.unlink()
        (path / "deep").mkdir(parents=True)


def unreadable(entries: list[Path]) -> None:
    for path in entries:
        path.chmod(0)


def file(entries: list[Path]) -> None:
    cache = entries[0].parents[1]
    shutil.rmtree(cache)
    cache.write_text("a file")


def read_only(entries: list[Path]) -> None:
    unreadable(entries[::2])
    for path in {entry.parent for entry in entries} | {entries[0].parents[1]}:
        path.chmod(0o555)


DAMAGES = [cut, emptied, flipped, foreign, of_another_key, folder, unreadable, file, read_only]
ROOT_LIKE_OTHERS = (
    "setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search")


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_cache_costs_time_only(damage: Callable[[list[Path]], None], built: Scene) -> None:
    """Every second entry of each kind is damaged, and all finished files, so that pages are asked for."""
    bound = ROOT_LIKE_OTHERS if os.geteuid() == 0 else ()
    if bound and not shutil.which(bound[0]):
        pytest.skip("root may read and write everything")
    entries = sorted(built.cache.glob("*/*"))
    damage([path for number, path in enumerate(entries) if number % 2 or path.parent.name in ("copies", "ledger")])
    right = built.there()
    built.file.unlink()
    built.build(before=bound)
    assert built.there() == right == built.right() and built.leftovers() == []


@pytest.mark.parametrize("day", ["1999-12-31", "2049-12-31"])
def test_clock_that_is_set_loses_nothing(day: str, built: Scene) -> None:
    stamp = time.mktime(time.strptime(day, "%Y-%m-%d"))
    for path in built.cache.rglob("*"):
        os.utime(path, (stamp, stamp))
    for old, new in pairwise(("brosjyre", "brosjyra", "brosjyrar")):
        edit(built.home / TEXT, f"ein {old}.", f"ein {new}.")
        _, said = (process := built.start("-v")).communicate(timeout=PATIENCE)
        assert process.returncode == 0 and built.there() == built.right()
        assert re.search(r"^units: 1 made, \d\d from the cache$", said, re.MULTILINE), said
