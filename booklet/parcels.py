"""A folder of files, written whole or not at all.

In come a folder's path and what it shall hold; the folder that lay there is replaced, but only when every file in it is
as an earlier parcel left it: what somebody else put there, or wrote into, is never removed.
"""

import os
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

from booklet.signals import undisturbed

SUMS = "SHA256SUMS"
"""The list of checksums, as ``sha256sum -c`` reads it."""


class NotOurs(FileExistsError):
    """The folder holds what no parcel put there."""


def checksums(files: Mapping[str, bytes]) -> bytes:
    """Return the list of checksums of some files."""
    return "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items())).encode()


def check(folder: Path) -> None:
    """Raise NotOurs when a folder holds a file that is not as its list of checksums says."""
    if not folder.exists() and not folder.is_symlink():
        return
    if folder.is_symlink() or not folder.is_dir():
        raise NotOurs(f"'{folder}' is no plain folder; move it away")
    listed = folder / SUMS
    lines = listed.read_text("utf-8", "replace").splitlines() if listed.is_file() else []
    known = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    for path in sorted(folder.iterdir()):
        if path.name == SUMS:
            continue
        if path.is_dir() or sha256(path.read_bytes()).hexdigest() != known.get(path.name):
            raise NotOurs(f"'{path}' was put or changed there by somebody else; move it away, it would be lost")


def deliver(
    folder: Path, files: Mapping[str, bytes], rename: Callable[[Path, Path], None] = os.replace
) -> dict[str, bytes]:
    """Put files and their checksums into a folder, which is whole or as before; returns all that was written."""
    whole = {**files, SUMS: checksums(files)}
    fresh, old = (folder.with_name(f".{folder.name}.{word}") for word in ("new", "old"))
    if old.exists() and not folder.exists():  # a process was killed between two renames
        os.replace(old, folder)
    rmtree(fresh, ignore_errors=True)
    rmtree(old, ignore_errors=True)
    try:
        check(folder)
        _fill(fresh, whole)
        with undisturbed():
            _swap(folder, fresh, old, rename)
    finally:
        for left in (fresh, old):
            rmtree(left, ignore_errors=True)
    return whole


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True)
    for name, content in files.items():
        with open(folder / name, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def _swap(folder: Path, fresh: Path, old: Path, rename: Callable[[Path, Path], None]) -> None:
    """Put the new folder in the place of the old one, which comes back when that fails."""
    if not folder.exists():
        rename(fresh, folder)
        return
    rename(folder, old)
    try:
        rename(fresh, folder)
    finally:
        if not folder.exists():
            os.replace(old, folder)
