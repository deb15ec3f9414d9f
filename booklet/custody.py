"""A frozen print run, made anew to the byte: from the revision it was frozen at, or from the content as it is.

In comes the record of a run; out goes the file, or the reasons why it cannot be had here. A file that is another to the
byte is never handed out.
"""

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from booklet.collector import Collector
from booklet.outputs import outputs_of
from booklet.pipeline import build
from booklet.printers import read_printer
from booklet.program import decisive, program
from booklet.reading import read_all
from booklet.repository import NoRevision, open_repository
from booklet.runs import Run
from booklet.states import digest_of
from booklet.steps import Step
from booklet.store import Store
from booklet.warehouse import Place, Warehouse


class Depot(Struct, frozen=True):
    """Where a run is made anew."""

    content: Path
    styles: Path
    cache: Path
    jobs: int
    tell: Callable[[Step], None]


class Handed(Struct, frozen=True):
    """The file, or why it is not to be had."""

    content: bytes | None
    reasons: tuple[str, ...] = ()


def differences(run: Run) -> Iterator[str]:
    """Yield which recorded versions are not those that are installed; the program last."""
    recorded, here = (dict(one.split(" ", 1) for one in found if " " in one) for found in (run.versions, decisive()))
    for name, version in recorded.items():
        if here.get(name) != version:
            yield f"{name} {version} is recorded, {here.get(name) or 'none'} is installed"
    if run.stamp.program != program():
        yield f"the program is another than the recorded one ({run.stamp.program[:12]}, here {program()[:12]})"


def rebuild(run: Run, depot: Depot) -> Handed:
    """Return the file of a run, to the byte, or the reasons why it cannot be made here."""
    reasons = list(differences(run))
    if reasons:
        return Handed(None, tuple(reasons))
    for what, making in (
            (f"revision {run.stamp.git[:12]}".rstrip(), _from_git), ("the content as it is", _from_folders)):
        try:
            made = making(run, depot)
        except NoRevision as none:
            reasons.append(f"{what}: {none}")
            continue
        if made is not None and sha256(made).hexdigest() == run.stamp.sha256:
            return Handed(made)
        reasons.append(f"{what} {'makes another file' if made else 'makes no file'}")
    return Handed(None, (*reasons, *_changed(run, depot)))


def _changed(run: Run, depot: Depot) -> Iterator[str]:
    """Yield which of the two folders are not as they were when the run was frozen."""
    for name, folder, recorded in (
            ("content", depot.content, run.stamp.content), ("styles", depot.styles, run.stamp.styles)):
        if digest_of(folder) != recorded:
            yield f"the {name} folder '{folder}' is not as it was frozen"


def _from_git(run: Run, depot: Depot) -> bytes | None:
    if not run.stamp.git:
        raise NoRevision("the record names none")
    repository = open_repository(depot.content)
    commit, styles = repository.resolve(run.stamp.git), repository.path_of(depot.styles)
    with TemporaryDirectory() as folder:
        home = Path(folder)
        _lay_out(repository.files(commit), home / "content")
        _lay_out(repository.files(commit, styles) if styles else {}, home / "styles")
        return _make(run, depot, home / "content", home / "styles")


def _lay_out(files: Mapping[str, bytes], folder: Path) -> None:
    for name, content in files.items():
        path = folder.joinpath(*name.split("/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _from_folders(run: Run, depot: Depot) -> bytes | None:
    return _make(run, depot, depot.content, depot.styles)


def _make(run: Run, depot: Depot, content: Path, styles: Path) -> bytes | None:
    """Return the file that two folders make; None when they are not sound."""
    store, found = Store(depot.cache), Collector()
    with store.shared():
        house = Warehouse(store, str(content.absolute()))
        booklet, looks, _ = read_all(content, styles, house.memory)
        printer = read_printer(run.stamp.printer, styles, found)
        if booklet is None or looks is None or printer is None:
            return None
        wanted = outputs_of(booklet, (run.stamp.profile,), ())
        made = build(booklet, looks, wanted, Place(house, Path(), jobs=depot.jobs, printer=printer), depot.tell).made
        house.close_run()
    return made[0].content if made else None
