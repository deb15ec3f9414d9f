"""The only door to git: a folder and a revision → the files that the folder held then, in memory.

Nothing is checked out and nothing is written. Refuses to know what the files say.
"""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

_PATIENCE = 60
_PLAIN = (b"100644", b"100755")
_QUIET = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1"}


class NoRevision(LookupError):
    """There is no such revision, more than one, or no repository; the message says which."""


class Repository(Struct, frozen=True):
    """The repository that a folder lies in."""

    top: Path
    folder: str
    """The folder's path from the top, empty for the top itself."""

    def resolve(self, name: str) -> str:
        """Return the full name of a commit; NoRevision when nothing, or more than one thing, is called so."""
        done = _run(self.top, "rev-parse", "--verify", "--end-of-options", f"{name}^{{commit}}")
        if done.returncode == 0:
            return done.stdout.decode().strip()
        if b"ambiguous" in done.stderr:
            raise NoRevision(f"the revision '{name}' is ambiguous: write more of its digits")
        raise NoRevision(f"there is no revision '{name}'")

    def path_of(self, folder: Path) -> str | None:
        """Return another folder's path from the top, None when it lies elsewhere."""
        whole = folder.resolve()
        return whole.relative_to(self.top).as_posix() if whole.is_relative_to(self.top) else None

    def revisions(self) -> list[str]:
        """Return the commits that changed the folder, newest first, on whichever branch."""
        done = _run(self.top, "rev-list", "--all", "--date-order", "--", self.folder)
        return done.stdout.decode().split()

    def title(self, commit: str) -> str:
        """Return a commit as a person knows it: short id, day, first line."""
        done = _run(self.top, "log", "-1", "--format=%h %cs %s", "--end-of-options", commit)
        return done.stdout.decode("utf-8", "replace").strip()

    def blobs(self, commit: str, folder: str | None = None) -> dict[str, str]:
        """Return path → id of what a folder, this one unless told, held at a commit; nothing where it was not."""
        folder = self.folder if folder is None else folder
        tree = f"{commit}:{'' if folder == '.' else folder}"
        done = _run(self.top, "ls-tree", "-r", "-z", "--end-of-options", tree)
        if done.returncode:
            return {}
        rows = [row.partition(b"\t") for row in done.stdout.split(b"\0") if row]
        names = {name.decode("utf-8", "replace"): head.split() for head, _, name in rows}
        return {name: head[2].decode() for name, head in names.items() if head[0] in _PLAIN}

    def files(self, commit: str, folder: str | None = None) -> dict[str, bytes]:
        """Return path → bytes of what a folder, this one unless told, held at a commit; nothing where it was not."""
        wanted = self.blobs(commit, folder)
        return dict(zip(wanted, self._contents([blob.encode() for blob in wanted.values()]), strict=True))

    def _contents(self, blobs: list[bytes]) -> list[bytes]:
        done = _run(self.top, "cat-file", "--batch", said=b"\n".join([*blobs, b""]))
        contents, at = [], 0
        for blob in blobs:
            end = done.stdout.find(b"\n", at)
            head = done.stdout[at:end].split()
            if len(head) != 3 or head[0] != blob:
                raise NoRevision(f"git cannot read the object {blob.decode()}: the repository is damaged or shallow")
            contents.append(done.stdout[end + 1:end + 1 + int(head[2])])
            at = end + 2 + int(head[2])
        return contents


def _run(folder: Path, *words: str, said: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    try:
        return subprocess.run(
            ["git", "-C", str(folder), *words], input=said, capture_output=True, timeout=_PATIENCE,
            env={**os.environ, **_QUIET})
    except FileNotFoundError:
        raise NoRevision("git is not installed, so there are no revisions") from None
    except subprocess.TimeoutExpired:
        raise NoRevision("git does not answer") from None


def open_repository(folder: Path) -> Repository:
    """Return the repository that a folder lies in; NoRevision when it lies in none."""
    whole = folder.resolve()
    if not whole.is_dir():
        raise NoRevision(f"there is no folder '{folder}'")
    done = _run(whole, "rev-parse", "--show-toplevel")
    if done.returncode:
        raise NoRevision(f"the folder '{folder}' lies in no git repository")
    top = Path(done.stdout.decode().rstrip("\n")).resolve()
    return Repository(top, whole.relative_to(top).as_posix())


def holds(files: Mapping[str, bytes], folder: Path, aside: str = "") -> bool:
    """Tell whether a folder's plain files are just these; hidden ones and a folder ``aside`` do not count."""
    known = {name for name in files if _counts(name, aside)}
    lying = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    lying = {name for name in lying if _counts(name, aside)}
    return known == lying and all((folder / name).read_bytes() == files[name] for name in known)


def _counts(name: str, aside: str) -> bool:
    parts = name.split("/")
    return parts[0] != aside and not any(part.startswith(".") for part in parts)
