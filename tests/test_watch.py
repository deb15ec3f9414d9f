"""Waiting until something changes: every habit of editors is told, nothing else is.

Each scene is played in a folder of its own, all of them at once, since each is mostly waiting.
"""

import os
import queue
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from booklet.watch import changes

Habit = Callable[[Path], None]
Scene = Callable[[Path], bool]
SOON, NEVER = 8.0, 1.6
"""Seconds after which a change was certainly told, and after which it would have been."""


class Unheard(Exception):
    """A change that a scene stands on was not told."""


class Watcher:
    """Hears of changes in a thread of its own, and stays at each until it is told to go on."""

    def __init__(self, *folders: Path) -> None:
        self._told: queue.Queue[BaseException | None] = queue.Queue()
        self._go_on = threading.Semaphore(0)
        threading.Thread(target=self._listen, args=(folders,), daemon=True).start()

    def _listen(self, folders: tuple[Path, ...]) -> None:
        try:
            for _ in changes(folders):
                self._told.put(None)
                self._go_on.acquire()
        except (OSError, RuntimeError) as broken:
            self._told.put(broken)

    def hears(self, within: float = SOON) -> bool:
        """Tell whether a change is told; then it is being built until ``built``."""
        try:
            broken = self._told.get(timeout=within)
        except queue.Empty:
            return False
        if broken:
            raise broken
        return True

    def must_hear(self) -> None:
        """Hear of a change that the scene goes on from."""
        if not self.hears():
            raise Unheard

    def built(self) -> None:
        """Go on listening."""
        self._go_on.release()

    def settle(self) -> None:
        """Go on, and build whatever is told until all is quiet."""
        self.built()
        while self.hears(NEVER):
            self.built()


def lay(home: Path) -> Path:
    """Return a folder of content in ``home``, beside a folder of styles."""
    (home / "content" / "themes").mkdir(parents=True)
    (home / "content" / "themes" / "a.md").write_text("ord")
    (home / "content" / "b.md").write_text("ord")
    (home / "styles").mkdir()
    (home / "styles" / "a.css").write_text("p {}")
    return home / "content"


def watching(folder: Path) -> Watcher:
    """Return a watcher of a folder and the styles beside it, which has built once and listens."""
    watcher = Watcher(folder, folder.with_name("styles"))
    watcher.must_hear()
    watcher.built()
    return watcher


def saved(folder: Path) -> None:
    (folder / "themes" / "a.md").write_text("ordet")


def saved_with_the_same_size_and_time(folder: Path) -> None:
    path = folder / "b.md"
    seen = path.stat()
    path.write_text("orD")
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))


def renamed_over(folder: Path) -> None:
    (folder / ".b.md.new").write_text("ordet")
    os.replace(folder / ".b.md.new", folder / "b.md")


def added(folder: Path) -> None:
    (folder / "themes" / "c.md").write_text("nytt")


def added_in_a_new_folder(folder: Path) -> None:
    (folder / "themes" / "deep" / "deeper").mkdir(parents=True)
    (folder / "themes" / "deep" / "deeper" / "c.md").write_text("nytt")


def removed(folder: Path) -> None:
    (folder / "b.md").unlink()


def gone_and_back(folder: Path) -> None:
    text = (folder / "b.md").read_text()
    (folder / "b.md").unlink()
    (folder / "b.md").write_text(text + "et")


def moved(folder: Path) -> None:
    (folder / "b.md").rename(folder / "themes" / "b.md")


def replaced_by_another_folder(folder: Path) -> None:
    shutil.copytree(folder, folder.with_name("new"))
    (folder.with_name("new") / "b.md").write_text("ordet")
    folder.rename(folder.with_name("old"))
    folder.with_name("new").rename(folder)


def restyled(folder: Path) -> None:
    (folder.with_name("styles") / "a.css").write_text("q {}")


HABITS = [
    saved, saved_with_the_same_size_and_time, renamed_over, added, added_in_a_new_folder, removed, gone_and_back, moved,
    replaced_by_another_folder, restyled]


def hidden_file(folder: Path) -> None:
    (folder / ".a.md.swp").write_text("x")
    (folder / "themes" / ".git").mkdir()
    (folder / "themes" / ".git" / "index").write_text("x")


def neighbour(folder: Path) -> None:
    (folder.parent / "dist").mkdir()
    (folder.parent / "dist" / "a.pdf").write_text("x")


def looked_at(folder: Path) -> None:
    assert (folder / "b.md").read_text() and list(folder.iterdir())


QUIET = [hidden_file, neighbour, looked_at]


def told(habit: Habit, folder: Path) -> bool:
    watcher = watching(folder)
    habit(folder)
    return watcher.hears()


def told_after_the_build(habit: Habit, folder: Path) -> bool:
    watcher = watching(folder)
    added(folder)
    watcher.must_hear()
    habit(folder)
    watcher.built()
    return watcher.hears()


def told_after_the_first_build(habit: Habit, folder: Path) -> bool:
    watcher = Watcher(folder, folder.with_name("styles"))
    watcher.must_hear()
    habit(folder)
    watcher.built()
    return watcher.hears()


def told_again_and_again(folder: Path) -> bool:
    watcher = watching(folder)
    for number in range(3):
        (folder / "b.md").write_text(f"ord {number}")
        if not watcher.hears():
            return False
        watcher.settle()
    return True


def told_in_the_new_folder(folder: Path) -> bool:
    watcher = watching(folder)
    replaced_by_another_folder(folder)
    watcher.must_hear()
    watcher.settle()
    saved(folder)
    return watcher.hears()


def told_when_it_is_back(folder: Path) -> bool:
    watcher = watching(folder)
    folder.rename(folder.with_name("away"))
    watcher.must_hear()
    watcher.settle()
    folder.with_name("away").rename(folder)
    return watcher.hears()


def told_when_it_comes_back_while_a_build_is_made(folder: Path) -> bool:
    watcher = watching(folder)
    folder.rename(folder.with_name("away"))
    watcher.must_hear()
    folder.with_name("away").rename(folder)
    watcher.built()
    return watcher.hears()


def told_when_it_is_there(folder: Path) -> bool:
    watcher = Watcher(folder.with_name("later"))
    watcher.must_hear()
    watcher.settle()
    shutil.copytree(folder, folder.with_name("later"))
    return watcher.hears()


def not_told(quiet: Habit, folder: Path) -> bool:
    watcher = watching(folder)
    watcher.settle()
    quiet(folder)
    return not watcher.hears(NEVER)


FOLDERS: list[Scene] = [
    told_again_and_again, told_in_the_new_folder, told_when_it_is_back, told_when_it_comes_back_while_a_build_is_made,
    told_when_it_is_there]
SCENES: dict[str, Scene] = {
    **{f"{play.__name__} {habit.__name__}": partial(play, habit)
       for play in (told, told_after_the_build, told_after_the_first_build) for habit in HABITS},
    **{f"not_told {quiet.__name__}": partial(not_told, quiet) for quiet in QUIET},
    **{scene.__name__: scene for scene in FOLDERS},
}


def play(scene: Scene, folder: Path) -> bool:
    """Play a scene; returns whether it went well."""
    try:
        return scene(folder)
    except Unheard:
        return False


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bool]:
    """Play every scene; returns its name → whether it went well."""
    folders = [lay(tmp_path_factory.mktemp("scene")) for _ in SCENES]
    with ThreadPoolExecutor(len(SCENES)) as stage:
        return dict(zip(SCENES, stage.map(play, SCENES.values(), folders), strict=True))


@pytest.mark.parametrize("habit", HABITS)
def test_change_is_told(habit: Habit, played: dict[str, bool]) -> None:
    assert played[f"told {habit.__name__}"]


@pytest.mark.parametrize("habit", HABITS)
def test_change_while_a_build_is_made_is_told_after_it(habit: Habit, played: dict[str, bool]) -> None:
    assert played[f"told_after_the_build {habit.__name__}"]


@pytest.mark.parametrize("habit", HABITS)
def test_change_while_the_first_build_is_made_is_told_after_it(habit: Habit, played: dict[str, bool]) -> None:
    assert played[f"told_after_the_first_build {habit.__name__}"]


@pytest.mark.parametrize("quiet", QUIET)
def test_what_is_no_change_of_a_source_is_not_told(quiet: Habit, played: dict[str, bool]) -> None:
    assert played[f"not_told {quiet.__name__}"]


@pytest.mark.parametrize("scene", FOLDERS)
def test_folder_that_comes_and_goes_is_watched(scene: Scene, played: dict[str, bool]) -> None:
    assert played[scene.__name__]


def test_what_is_told_knows_whether_all_is_still_at_rest(tmp_path: Path) -> None:
    folder = lay(tmp_path)
    told = changes((folder,))
    rest = next(told)
    assert rest()
    saved(folder)
    assert not rest()
    assert next(told)(), "what changed before anybody watched is told at once"
