"""Many at work at once, on the same output, the same cache, the same sources: what lies there is one state, whole."""

import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from making import edit, tool
from scene import OTHER, PATIENCE, TEXT, Scene, linux, until


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    """Yield a scene on which nothing was built; nothing is left running."""
    one = Scene(tmp_path)
    yield one
    one.end()


def save(path: Path, text: str) -> None:
    """Save as most editors do: beside the file, then renamed."""
    beside = path.with_name(f".{path.name}.swp")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, path)


def test_four_builds_at_once_make_the_same_file(scene: Scene) -> None:
    edit(scene.home / TEXT, "brosjyre", "brosjyra")
    for process in [scene.start() for _ in range(4)]:
        scene.went_well(process)
    assert scene.there() == scene.right() and scene.leftovers() == []


def test_clearing_the_cache_while_a_build_is_at_work_does_no_harm(scene: Scene) -> None:
    process = scene.start()
    assert until(lambda: [*scene.cache.glob("fragments/" + "?" * 64)])
    words = [*scene.command()[:3], "cache", "--clear", "--cache", str(scene.cache)]
    cleared = subprocess.run(words, cwd=scene.home, text=True, capture_output=True, timeout=PATIENCE)
    assert cleared.returncode == 0 and re.fullmatch(r"\d+ entries removed from .*\n", cleared.stdout)
    scene.went_well(process)
    assert scene.there() == scene.right()
    scene.file.unlink()
    scene.build()
    assert scene.there() == scene.right() and scene.leftovers() == []


class Writer(threading.Thread):
    """Rewrites two texts, one after the other, again and again; what it has written is numbered in both."""

    def __init__(self, scene: Scene, times: int) -> None:
        super().__init__()
        self.home, self.dice, self.times = scene.home, Random(times), times
        self.texts = {path: (self.home / path).read_text(encoding="utf-8") for path in (TEXT, OTHER)}

    def lay(self, one: int, two: int) -> None:
        """Write the texts of a state."""
        save(self.home / TEXT, self.texts[TEXT].replace("Kok kaffien", "Kok").replace("brosjyre", f"lapp A{one}"))
        save(self.home / OTHER, self.texts[OTHER].replace("Mange får", f"Mange B{two} får"))

    def run(self) -> None:
        """Go through the states (2, 1), (2, 2), (3, 2), (3, 3) …"""
        for number in range(2, self.times):
            self.lay(number, number - 1)
            self.lay(number, number)
            time.sleep(self.dice.uniform(0.02, 0.4))


def state(file: Path) -> tuple[int, int]:
    """Return which state of the texts a file was made from."""
    words = tool("pdftotext", file, "-")
    (one,), (two,) = set(re.findall(r"\bA(\d+)\b", words)), set(re.findall(r"\bB(\d+)\b", words))
    return int(one), int(two)


def test_source_that_changes_during_builds_is_never_mixed(scene: Scene) -> None:
    writer, made = Writer(scene, 12), dict[tuple[int, int], bytes]()
    writer.lay(1, 1)
    scene.build()
    writer.start()
    while writer.is_alive():
        _, said = (process := scene.start()).communicate(timeout=PATIENCE)
        assert (process.returncode, said) in (
            (0, ""), (4, "booklet: Restless: the content changes faster than it can be built; nothing was written\n"))
        made[state(scene.file)] = scene.there()
    writer.join()
    scene.build()
    assert scene.there() == scene.right() and scene.leftovers() == []
    for (one, two), content in made.items():
        assert one - two in (0, 1), "the texts were never so"
        writer.lay(one, two)
        assert content == scene.right()


class Session:
    """A build that stays and watches, and what it says."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.log = scene, scene.home / "log"
        with self.log.open("w") as log:
            self.process = scene.start("--watch", said=log)

    def said(self) -> int:
        """Return how often it has said that nothing was written."""
        return self.log.read_text().count("nothing was written")

    def comes_round(self) -> bool:
        """Tell whether the file becomes that of a clean build."""
        right = self.scene.right()
        return until(lambda: self.scene.there() == right or self.process.poll() is not None) and (
            self.process.poll() is None)


def test_watch_ends_up_as_a_clean_build_whatever_editors_do(scene: Scene) -> None:
    session, content = Session(scene), scene.home / "content"
    assert session.comes_round()
    texts = {path: (scene.home / path).read_text(encoding="utf-8") for path in (TEXT, OTHER)}

    save(scene.home / TEXT, texts[TEXT].replace("brosjyre", "lapp"))
    assert session.comes_round(), "write and rename"

    for path, text in texts.items():
        save(scene.home / path, text.replace("Ein ", "Éin "))
    assert session.comes_round(), "two saves at once"

    (scene.home / TEXT).unlink()
    (scene.home / OTHER).rename(scene.home / "away.md")
    time.sleep(0.02)
    (scene.home / "away.md").rename(scene.home / OTHER)
    save(scene.home / TEXT, texts[TEXT].replace("brosjyre", "bok"))
    assert session.comes_round(), "gone for a moment"

    told, theme = session.said(), content / "themes" / "heim" / "theme.yaml"
    before = scene.there()
    edit(theme, "title:", "title")
    assert until(lambda: session.said() > told) and scene.there() == before, "broken"
    save(scene.home / OTHER, texts[OTHER].replace("kjenner", "kjenner godt"))
    edit(theme, "title ", "title: ")
    assert session.comes_round(), "mended"

    for number in range(12):
        save(scene.home / TEXT, texts[TEXT].replace("brosjyre", f"lapp {'meir ' * number}"))
        time.sleep(number / 100)
    assert session.comes_round(), "twelve saves in a row"
    assert "Traceback" not in session.log.read_text() and session.process.poll() is None


@linux
def test_watch_ends_cleanly_on_ctrl_c(scene: Scene) -> None:
    session = Session(scene)
    assert session.comes_round()
    os.killpg(session.process.pid, signal.SIGINT)
    assert session.process.wait(PATIENCE) == 130
    assert until(lambda: not scene.at_work()) and scene.leftovers() == [] and "Traceback" not in session.log.read_text()
    assert not [*(scene.home / "tmp").iterdir()]
