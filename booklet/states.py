"""The name of a state of the booklet → that state: a folder, a git revision, or a print run.

In comes «run:2019-1», a path or a revision; out goes what the booklet held then, and where it stood on paper: from the
record of a run, or by laying it out, which the store remembers. What does not validate is told with its findings.
"""

from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from booklet.collector import Collector
from booklet.findings import Finding
from booklet.inventory import Inventory, take_inventory
from booklet.memory import Memory
from booklet.model import Booklet
from booklet.pipeline import Workshop
from booklet.presses import Printer
from booklet.printed import Copy
from booklet.profiles import PROFILES
from booklet.reader import read_shelf
from booklet.repository import NoRevision, open_repository
from booklet.runs import Run, read_runs
from booklet.source import Shelf, hold_shelf, open_shelf
from booklet.standings import Whereabouts, stand
from booklet.steps import Step
from booklet.store import Store
from booklet.styles import Styles, read_styles, styles_of
from booklet.warehouse import Place, Warehouse
from booklet.words import read_words

RUN = "run:"
_PROFILE = "print"


class NoState(LookupError):
    """There is no such state, or it cannot be used; the message and the findings say why."""

    def __init__(self, message: str, findings: tuple[Finding, ...] = ()) -> None:
        """Say why."""
        super().__init__(message)
        self.findings = findings


class Desk(Struct, frozen=True):
    """Where states are looked for, and by whom they are laid out."""

    content: Path
    styles: Path
    cache: Path | None
    printer: Printer | None
    tell: Callable[[Step], None]
    jobs: int = 1

    @property
    def store(self) -> Store:
        """Return what builds keep."""
        return Store(self.cache)


class State(Struct):
    """The booklet as it is, or as it was."""

    name: str
    inventory: Inventory
    looks: str
    """Hash of the styles."""
    desk: Desk
    content: str = ""
    """Hash of the content."""
    booklet: Booklet | None = None
    styles: Styles | None = None
    run: Run | None = None
    _shop: Workshop | None = None

    def shop(self) -> Workshop:
        """Return the workshop that lays it out; NoState when only its record is left."""
        if self.booklet is None or self.styles is None:
            raise NoState(f"of '{self.name}' only the record is left: its content is in no git revision at hand")
        if self._shop is None:
            warehouse = Warehouse(self.desk.store, f"{self.desk.content.absolute()} at {self.name}")
            place = Place(warehouse, Path(), jobs=self.desk.jobs, printer=self.desk.printer)
            self._shop = Workshop(self.booklet, self.styles, place, self.desk.tell)
        return self._shop

    def copy(self, profile: str = _PROFILE) -> Copy:
        """Return the page map of the whole booklet."""
        return self.shop().whole(PROFILES[profile])

    def whereabouts(self) -> Whereabouts:
        """Return where everything stands on paper: as it was printed, or else as it would be."""
        return self.run.whereabouts if self.run else stand(self.copy(), PROFILES[_PROFILE])


def digest_shelf(shelf: Shelf) -> str:
    """Return a hash of all files of a shelf."""
    digest = sha256()
    for name in shelf.files:
        content = shelf.held[name] if shelf.held is not None else shelf.path(name).read_bytes()
        digest.update(name.encode() + b"\0" + sha256(content).digest())
    return digest.hexdigest()


def digest_of(folder: Path) -> str:
    """Return a hash of all files of a folder that count as content or styles."""
    shelf = open_shelf(folder, Collector())
    return digest_shelf(shelf) if shelf else ""


def load(name: str, desk: Desk) -> State:
    """Return the state of a name; NoState when there is none, more than one, or when it is not sound."""
    if name.startswith(RUN):
        return _of_run(name, desk)
    folder = _folder(Path(name), desk)
    try:
        commit = open_repository(desk.content).resolve(name)
    except NoRevision as wrong:
        if folder is None:
            raise NoState(f"{wrong}, nor a folder of that name with a 'booklet.yaml'") from None
        return _of_folder(name, folder, desk)
    if folder is not None and "/" not in name and name != ".":
        raise NoState(f"'{name}' is a folder and a revision: write './{name}' or '{commit[:12]}'")
    return _of_folder(name, folder, desk) if folder is not None else _of_commit(name, commit, desk)


def working_state(desk: Desk) -> State:
    """Return the content folder as it is."""
    return _of_folder(str(desk.content), desk.content, desk)


def _folder(path: Path, desk: Desk) -> Path | None:
    """Return the content folder that a path names: itself, or the one of that name in a project."""
    options = path, path / desk.content.name
    return next((one for one in options if (one / "booklet.yaml").is_file()), None)


def _of_run(name: str, desk: Desk) -> State:
    found = Collector()
    runs = read_runs(desk.content, found, Memory(desk.store))
    run = next((run for run in runs if run.stamp.name == name.removeprefix(RUN)), None)
    if run is None:
        if len(found):
            raise NoState("the records of the runs are not sound", found.findings)
        known = ", ".join(one.stamp.name for one in runs) or "none; `booklet freeze` makes one"
        raise NoState(f"there is no run '{name.removeprefix(RUN)}' (runs: {known})")
    state = State(name, run.inventory, run.stamp.styles, desk, run.stamp.content, run=run)
    if run.stamp.git:
        try:
            behind = _of_commit(run.stamp.git, open_repository(desk.content).resolve(run.stamp.git), desk)
        except (NoRevision, NoState):
            return state  # a record is enough to compare; only its pages cannot be shown again
        if behind.content == run.stamp.content:
            state.booklet, state.styles = behind.booklet, behind.styles
    return state


def _of_folder(name: str, folder: Path, desk: Desk) -> State:
    memory, found = Memory(desk.store), Collector()
    own = folder.parent / desk.styles.name
    home = own if folder.resolve() != desk.content.resolve() and own.is_dir() else desk.styles
    styles = read_styles(home, found, memory)
    shelf = open_shelf(folder, found, memory)
    return _state(name, shelf, (styles, digest_of(home)), found, desk)


def _of_commit(name: str, commit: str, desk: Desk) -> State:
    repository, memory, found = open_repository(desk.content), Memory(desk.store), Collector()
    files = repository.files(commit)
    if not files:
        raise NoState(f"the revision '{name}' has no folder '{repository.folder}'")
    shelf = hold_shelf(desk.content, files, found, memory)
    return _state(name, shelf, _styles_at(repository.path_of(desk.styles), commit, desk), found, desk)


def _styles_at(folder: str | None, commit: str, desk: Desk) -> tuple[Styles | None, str]:
    """Return the styles of a revision where they lie in its repository and still fit the program, else today's."""
    held: Mapping[str, bytes] = open_repository(desk.content).files(commit, folder) if folder else {}
    if held:
        own = Collector()
        shelf = hold_shelf(desk.styles, held, own, Memory(desk.store))
        styles = styles_of(shelf, desk.styles, own)
        if styles and not len(own):
            return styles, digest_shelf(shelf)
    return read_styles(desk.styles, Collector(), Memory(desk.store)), digest_of(desk.styles)


def _state(
    name: str, shelf: Shelf | None, looks: tuple[Styles | None, str], found: Collector, desk: Desk
) -> State:
    styles, digest = looks
    booklet, findings = read_shelf(shelf, styles.palette.themes if styles else None, found) if shelf else (None, ())
    if booklet is None or styles is None or shelf is None:
        errors = findings or found.findings
        raise NoState(f"the content of '{name}' does not validate", errors)
    words = read_words(booklet.language, Memory(desk.store))
    return State(name, take_inventory(booklet, words), digest, desk, digest_shelf(shelf), booklet, styles)
