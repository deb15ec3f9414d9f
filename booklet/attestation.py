"""A PDF that somebody hands us → which copy of the booklet it is, and whether it still is.

In come the bytes of a file and the content folder; out goes an attestation: a frozen run to the byte, a build of the
content as it is or of a revision that git knows, altered, or not ours. Builds and writes nothing.
"""

import zlib
from collections.abc import Iterator, Sequence
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from msgspec import Struct
from msgspec.structs import replace

from booklet.collector import Collector
from booklet.memory import Memory
from booklet.repository import NoRevision, Repository, open_repository
from booklet.runs import read_runs
from booklet.stamps import NAMESPACE, Stamp, blob_id, is_whole, page_mark, read_stamp

KNOWN = frozenset({"frozen", "current", "revision"})
_TAIL, _LEVEL = 1024, 6
_MOST_NAMED = 12
_AROUND = "what its pages paint is as it was: it was saved anew, or a font, a picture or something else was exchanged"
_MEANINGS = {
    "frozen": "the frozen run {run}, to the byte", "current": "a build of the content as it is now",
    "revision": "a build of revision {revision}", "unknown": "whole, but of content that is neither here nor in git",
    "altered": "altered after it was made", "foreign": "not made by this program, or stripped of its record",
    "unreadable": "cannot be read: {why}"}


class Change(Struct, frozen=True):
    """A content file, or a block in one, that is not what it was when the copy was made."""

    path: str
    """From the content folder."""
    kind: str
    """``edited`` or ``removed``; of a block ``added`` and ``moved`` as well."""
    pages: tuple[str, ...]
    """What of the copy it fills: «31–38»; nothing for what stands on no pages of its own."""
    what: str = "file"
    """``paragraph``, ``heading``, ``fact`` …, or ``file`` where no more is known."""
    line: int = 0
    unit: str = ""
    words: str = ""
    """What changed of it, with some words around."""

    def told(self) -> str:
        """Return what a person is told."""
        where = f" (page{'s' if len(self.pages) > 1 or '–' in self.pages[0] else ''} {', '.join(self.pages)})" if (
            self.pages) else ""
        if self.what == "file":
            return f"{self.kind} since: {self.path}{where}"
        return f"{self.kind} since: {self.path}:{self.line}: {self.what}{where}: {self.words}"

    def record(self) -> dict[str, Any]:
        """Return what a program is told."""
        return {"kind": self.kind, "what": self.what, "unit": self.unit, "path": self.path, "line": self.line,
                "pages": list(self.pages), "words": self.words}


class Attestation(Struct, frozen=True):
    """What is to be said of a file."""

    verdict: str
    why: str = ""
    stamp: Stamp | None = None
    run: str = ""
    revision: str = ""
    """As a person knows it."""
    commit: str = ""
    altered: tuple[str, ...] = ()
    """What the pages are called that do not show what they did."""
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Tell whether the file is a frozen run or a build of known content."""
        return self.verdict in KNOWN

    def lines(self, file: str) -> Iterator[str]:
        """Yield what a person is told."""
        said = _MEANINGS[self.verdict].format(run=self.run, revision=self.revision, why=self.why)
        yield f"{file}: {said}"
        if stamp := self.stamp:
            excerpt = f", excerpt {' '.join(stamp.themes)}" if stamp.themes else ""
            printer = f", for '{stamp.printer}'" if stamp.printer else ""
            yield f"  {stamp.slug}, edition {stamp.edition}, {stamp.profile}{excerpt}{printer}"
            yield f"  fingerprint {stamp.short.replace(chr(160), ' ')}, {len(stamp.pages)} pages"
        if self.altered:
            yield f"  pages that show something else: {_listed(self.altered)}"
        yield from (f"  {change.told()}" for change in self.changes)
        yield from (f"  {note}" for note in self.notes)

    def record(self, file: str) -> dict[str, Any]:
        """Return what a program is told."""
        stamp = self.stamp
        told: dict[str, Any] = {"file": file, "verdict": self.verdict, "known": self.known, "why": self.why}
        if stamp:
            told |= {
                "slug": stamp.slug, "edition": stamp.edition, "profile": stamp.profile, "themes": list(stamp.themes),
                "printer": stamp.printer, "fingerprint": stamp.fingerprint, "program": stamp.program,
                "styles": stamp.styles, "versions": list(stamp.versions)}
        return told | {
            "run": self.run, "revision": self.revision, "commit": self.commit, "altered_pages": list(self.altered),
            "changes": [one.record() for one in self.changes], "notes": list(self.notes)}


class Now(Struct, frozen=True):
    """What is here to compare with."""

    content: Path
    program: str
    styles: dict[str, str]
    """Profile → hash of its styles; empty where they cannot be read."""
    memory: Memory | None = None


def attest(data: bytes, now: Now) -> Attestation:
    """Return what is to be said of a file."""
    sealed = b"<booklet:seal>" in data
    if b"%PDF-" not in data[:_TAIL] and not sealed:
        return Attestation("unreadable", "it is no PDF")
    if b"%%EOF" not in data[-_TAIL:]:
        return Attestation("unreadable", "its end is missing; it was cut short on the way", _raw(data))
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            xmp = pdf.Root.Metadata.read_bytes().decode("utf-8", "replace") if "/Metadata" in pdf.Root else ""
            stamp, whole = read_stamp(xmp), is_whole(data)
            altered = () if whole or stamp is None else tuple(_altered(pdf, stamp))
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError) as broken:
        if sealed:
            return Attestation("altered", stamp=_raw(data), notes=("it is so damaged that it does not open",))
        return Attestation("unreadable", str(broken).split("\n")[0].replace(repr(BytesIO), "")[:90])
    if stamp is None:
        return Attestation("altered" if sealed or NAMESPACE in xmp else "foreign")
    if whole:
        return _identify(data, stamp, now)
    notes = () if altered else (_AROUND,)
    return Attestation("altered", "", stamp, altered=altered, notes=notes)


def _raw(data: bytes) -> Stamp | None:
    """Return the stamp of a file that does not open."""
    return read_stamp(data.decode("utf-8", "replace"))


def _altered(pdf: pikepdf.Pdf, stamp: Stamp) -> Iterator[str]:
    """Yield what the pages are called that do not show what they did, those that are gone and those that came."""
    marks = list(stamp.pages)
    for index, page in enumerate(pdf.pages):
        label = marks[index].rpartition(":")[0] if index < len(marks) else f"number {index + 1}"
        if index >= len(marks) or marks[index] not in _marks(page, label):
            yield label
    yield from (mark.rpartition(":")[0] for mark in marks[len(pdf.pages):])


def _marks(page: pikepdf.Page, label: str) -> Iterator[str]:
    """Yield the marks that a page can have: deflated as it is, and as we deflate."""
    try:
        yield page_mark(label, page.Contents.read_raw_bytes())
        yield page_mark(label, zlib.compress(page.Contents.read_bytes(), _LEVEL))
    except (pikepdf.PdfError, AttributeError):
        return


def _identify(data: bytes, stamp: Stamp, now: Now) -> Attestation:
    """Return what a whole file of ours is."""
    digest, changes = sha256(data).hexdigest(), tuple(changes_since(stamp, now.content))
    found = Attestation("unknown", "", stamp, changes=changes, notes=tuple(_other_making(stamp, now)))
    runs = read_runs(now.content, Collector(), now.memory)  # `check` names those that are not sound
    run = next((one.stamp.name for one in runs if one.stamp.sha256 == digest), "")
    if run:
        return replace(found, verdict="frozen", run=run)
    if not changes:
        return replace(found, verdict="current")
    try:
        repository = open_repository(now.content)
    except NoRevision as none:
        return replace(found, notes=(*found.notes, f"no revision was looked at: {none}"))
    commit = revision_of(stamp.files, repository)
    return replace(found, verdict="revision", revision=repository.title(commit), commit=commit) if commit else found


def _other_making(stamp: Stamp, now: Now) -> Iterator[str]:
    if stamp.program != now.program:
        yield "it was made by another version of this program or of a library"
    if now.styles and stamp.styles != now.styles.get(stamp.profile):
        yield "it was made with other styles"


def revision_of(files: Sequence[tuple[str, str]], repository: Repository) -> str:
    """Return the newest commit at which the content folder held some files, nothing where there is none."""
    wanted = set(files)
    return next((one for one in repository.revisions() if wanted <= repository.blobs(one).items()), "")


def changes_since(stamp: Stamp, content: Path) -> Iterator[Change]:
    """Yield what is not as it was when a copy was made, file by file, with the pages of the copy that it fills."""
    pages: dict[str, list[str]] = {}
    for part in stamp.parts:
        span = part.first if part.first == part.last else f"{part.first}–{part.last}"
        pages.setdefault(part.file, []).append(span)
    for name, blob in stamp.files:
        path = content.joinpath(*name.split("/"))
        there = path.is_file() and path.resolve().is_relative_to(content.resolve())
        if not there or blob_id(name, path.read_bytes()) != blob:
            shown = () if name == "booklet.yaml" else tuple(pages.get(name, ()))
            yield Change(name, "edited" if there else "removed", shown)


def _listed(pages: Sequence[str]) -> str:
    more = f" and {len(pages) - _MOST_NAMED} more" if len(pages) > _MOST_NAMED else ""
    return ", ".join(pages[:_MOST_NAMED]) + more
