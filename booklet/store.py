"""Fragments kept between builds, by key: data with a hash inside, written by rename; any damage is a miss.

Knows nothing of what a fragment means.
"""

import json
import os
import shutil
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from booklet.printed import Fragment, Hole, Place

_MAGIC = b"booklet fragment 1\n"


def _pack(fragment: Fragment) -> bytes:
    """Return a fragment as bytes: a line of JSON, then the PDF."""
    facts = {
        "pages": fragment.pages, "holes": [asdict(hole) for hole in fragment.holes],
        "places": {name: asdict(place) for name, place in fragment.places.items()},
        "blocks": [[number, asdict(place)] for number, place in fragment.blocks],
        "glyphs": fragment.glyphs, "fonts": fragment.fonts,
    }
    return json.dumps(facts, ensure_ascii=False).encode() + b"\n" + fragment.pdf


def _unpack(data: bytes) -> Fragment:
    """Return the fragment that ``_pack`` wrote; one of several errors when it is something else."""
    head, pdf = data.split(b"\n", 1)
    facts = json.loads(head)
    return Fragment(
        int(facts["pages"]), pdf, tuple(Hole(**{**hole, "box": tuple(hole["box"])}) for hole in facts["holes"]),
        {name: Place(**place) for name, place in facts["places"].items()},
        tuple((number, Place(**place)) for number, place in facts["blocks"]),
        {face: {int(glyph): text for glyph, text in glyphs.items()} for face, glyphs in facts["glyphs"].items()},
        facts["fonts"],
    )


GENERATIONS = 8
"""So many kinds of fragments (of this and older programs and styles) are kept side by side."""


class Store:
    """A folder of fragments; without a folder, nothing is kept."""

    def __init__(self, cache: Path | None, generation: str = "0") -> None:
        """Keep fragments below ``cache``; a generation is what one program makes with one set of styles."""
        self.folder = cache / "fragments" / generation if cache else None

    @property
    def is_new(self) -> bool:
        """Tell whether no fragment of this generation was ever kept."""
        return self.folder is not None and not self.folder.exists()

    def prune(self) -> None:
        """Forget the generations that were not used for longest."""
        if self.folder is None:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            os.utime(self.folder)
            old = sorted(self.folder.parent.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
            for path in old[GENERATIONS:]:
                shutil.rmtree(path, ignore_errors=True)
        except OSError:
            return  # a cache that cannot be tidied costs room, nothing else

    def _path(self, key: str) -> Path | None:
        return self.folder / key[:2] / key if self.folder else None

    def get(self, key: str) -> Fragment | None:
        """Return the fragment kept under a key; None when there is none or it is damaged."""
        path = self._path(key)
        if path is None:
            return None
        try:
            data = path.read_bytes()
        except OSError:
            return None
        magic, digest, body = data[:len(_MAGIC)], data[len(_MAGIC):len(_MAGIC) + 32], data[len(_MAGIC) + 32:]
        if magic != _MAGIC or sha256(key.encode() + body).digest() != digest:
            return None
        try:
            return _unpack(body)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def put(self, key: str, fragment: Fragment) -> None:
        """Keep a fragment, unless it has findings (they would be lost) or the folder cannot be written."""
        path = self._path(key)
        if path is None or fragment.findings:
            return
        body = _pack(fragment)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
                try:
                    file.write(_MAGIC + sha256(key.encode() + body).digest() + body)
                    file.flush()
                    os.replace(file.name, path)
                finally:
                    Path(file.name).unlink(missing_ok=True)
        except OSError:
            self.folder = None  # a full or read-only cache costs time only
