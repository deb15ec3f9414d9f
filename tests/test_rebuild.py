"""Whatever is edited, the files that a rebuild leaves are those that a clean build makes, byte for byte.

One author edits the tiny booklet all day. A commission that stays, as in watch, builds after each edit, and now and
then another one on the same cache, as a new process would. Slips in between are refused and mended. All files are
rebuilt each time; the clean builds they are compared with are made after every third edit and take turns, print with a
handout and screen, since those are what costs time: what is stale stays so until its turn comes.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from pathlib import Path
from random import Random

import pytest
from clean import clean_build
from editing import DAY, Author
from making import CONTENT, STYLES, edit, lay_tiny, say_nothing

from booklet.commission import Commission, Order
from booklet.ledger import Asked
from booklet.outputs import Output

SEED = 2021
ALL_AT_ONCE = 20
"""Every so many edits all files are compared, and none waits for its turn."""
COMPARED, ANOTHER, BROKEN, TAKEN_BACK = 3, 4, 5, 9
"""Every so many edits: all is compared; another process builds; something is broken first; it is taken back."""
FILE = "lite-hefte-2021-{}.pdf"
PRINT, SCREEN = Output(FILE.format("print"), "print"), Output(FILE.format("screen"), "screen")
HEIM, ARBEID = (Output(FILE.format(f"handout-{name}"), "handout", (name,)) for name in ("heim", "arbeid"))


@dataclass
class Desk:
    """A folder with a booklet that is built again and again, and what it is compared with."""

    home: Path
    profiles: tuple[str, ...] = ()
    kept: Commission = field(init=False)

    def __post_init__(self) -> None:
        shutil.copytree(STYLES, self.home / "styles")
        self.kept = self.another()

    def another(self) -> Commission:
        """Return a commission that remembers nothing but what the cache keeps."""
        styles, words = self.home / "styles", ("build", *self.profiles)
        asked = Asked(self.home / "content", styles, self.home / "dist", words, styles / "printers" / "sheetfed.yaml")
        return Commission(Order(
            asked, self.home / "cache", "outputs_of", (self.profiles, ()), strict=False, printer="sheetfed", jobs=1))

    def files(self) -> dict[str, bytes]:
        """Return the files that lie there."""
        return {path.name: path.read_bytes() for path in sorted((self.home / "dist").iterdir())}

    def rebuild(self, commission: Commission, done: str) -> None:
        """Build after an edit; there is nothing to be said about it."""
        outcome = commission.carry_out(say_nothing)
        assert outcome.rows and outcome.findings == (), f"{done}: {[*map(str, outcome.findings)]}"

    def compare(self, done: str, *outputs: Output) -> None:
        """Compare the files that lie there with those of a clean build."""
        clean, there = clean_build(self.home / "content", self.home / "styles", *outputs), self.files()
        assert [name for name in clean if there.get(name) != clean[name]] == [], f"not as a clean build: {done}"


def misspell(content: Path) -> None:
    """Write a key that there is not."""
    edit(content / "themes" / "heim" / "theme.yaml", "colour:", "color:")


def tear(content: Path) -> None:
    """Leave YAML in the middle of a word."""
    path = content / "facts.yaml"
    path.write_text(path.read_text() + 'new: "half')


def cut_off(content: Path) -> None:
    """Refer to what is not there."""
    with (content / "back" / "more.md").open("a") as text:
        text.write("\nSjå [dette](../themes/heim/examples/borte.md).\n")


def lie(content: Path) -> None:
    """Let a text say another number than the register."""
    with (content / "themes" / "arbeid" / "text.md").open("a") as text:
        text.write("\nDet kom [17](fact:newcomers-2020).\n")


def lose(content: Path) -> None:
    """Remove a file that others need."""
    (content / "glossary.yaml").unlink()


def dye(content: Path) -> None:
    """Draw in a colour that is not in the palette."""
    edit(content / "images" / "hus.svg", "<path", '<path stroke="#123456"')


def estrange(content: Path) -> None:
    """Write a sign that no typeface has, which only the layout shows."""
    with (content / "themes" / "heim" / "text.md").open("a") as text:
        text.write("\nEit framandt teikn: 漢.\n")


BREAKS: tuple[Callable[[Path], None], ...] = misspell, tear, cut_off, lie, lose, dye, estrange


def slip(desk: Desk, spoil: Callable[[Path], None], done: str) -> None:
    """Spoil something, see that nothing is written, and mend it."""
    content, safe, before = desk.home / "content", desk.home / "safe", desk.files()
    shutil.copytree(content, safe)
    spoil(content)
    outcome = desk.kept.carry_out(say_nothing)
    assert outcome.rows == () and outcome.findings and desk.files() == before, f"{spoil.__name__} after {done}"
    shutil.rmtree(content)
    safe.rename(content)


def take_back(desk: Desk, act: Callable[[], str], done: str) -> str:
    """Do something, take it back, and do it again, a build after each: every state gives what it gave before."""
    there, safe, before = [desk.home / "content", desk.home / "styles"], desk.home / "safe", desk.files()
    for folder in there:
        shutil.copytree(folder, safe / folder.name)
    done += f", {act()}"
    desk.rebuild(desk.kept, done)
    after = desk.files()
    for expected in (before, after):
        for folder in there:
            folder.rename(desk.home / "other")
            (safe / folder.name).rename(folder)
            (desk.home / "other").rename(safe / folder.name)
        desk.rebuild(desk.kept, done)
        assert desk.files() == expected, f"taken back or done again: {done}"
    shutil.rmtree(safe)
    return done


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk with the tiny booklet, built once."""
    lay_tiny(tmp_path)
    for name in ("courses", "data"):  # what names parts of themes would forbid most edits of them
        shutil.rmtree(tmp_path / "content" / name)
    (tmp_path / "content/themes/heim/facilitator.yaml").unlink()
    one = Desk(tmp_path)
    one.rebuild(one.kept, "the first build")
    return one


def test_random_edits_leave_what_clean_builds_make(desk: Desk) -> None:
    dice, turns = Random(SEED), cycle([(PRINT, HEIM), (SCREEN,)])
    author, breaks = Author(desk.home, dice), cycle(BREAKS)
    acts = [act for act, times in DAY.items() for _ in range(times)]
    dice.shuffle(acts)
    assert len(acts) == 25
    for number, act in enumerate(acts, 1):
        done = f"edit {number} of seed {SEED}"
        if number % BROKEN == 0:
            slip(desk, next(breaks), done)
        if number % TAKEN_BACK == 0:
            done = take_back(desk, partial(act, author), done)
        else:
            done += f", {act(author)}"
            desk.rebuild(desk.kept if number % ANOTHER else desk.another(), done)
        if number % ALL_AT_ONCE == 0:
            desk.compare(done, PRINT, SCREEN, HEIM, ARBEID)
        elif number % COMPARED == 0:
            desk.compare(done, *next(turns))


def test_edits_of_the_shipped_booklet_leave_what_clean_builds_make(tmp_path: Path) -> None:
    shutil.copytree(CONTENT, tmp_path / "content")
    desk, shipped = Desk(tmp_path, ("print",)), Output("temahefte-2019-print.pdf", "print")
    desk.rebuild(desk.kept, "the first build")
    author = Author(tmp_path, Random(SEED))
    for act in (author.rename,):
        done = f"{act()} in the shipped booklet, seed {SEED}"
        desk.rebuild(desk.kept, done)
        desk.compare(done, shipped)
