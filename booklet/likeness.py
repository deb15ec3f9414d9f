"""Which pages of a finished file are what they were: a hash a page over all that its print depends on.

In come the bytes of a file; out goes a hash for each page: its content, its size, its fonts to the last byte. Two pages
of one hash read alike. Knows nothing of where a file comes from.
"""

import re
from collections.abc import Iterator
from hashlib import sha256

from booklet.stitches import Stitches, rewritten
from booklet.values import Spelled, entries, loosen

_PRINTED = ("/Contents", "/MediaBox", "/CropBox", "/TrimBox", "/Resources", "/Rotate", "/UserUnit")
"""Keys of a page that decide what is read on it; the others lead away from it."""
_AWAY = re.compile(rb" /(?:Annots (?:\[(?: \d+ 0 R)* \]|\d+ 0 R)|Parent \d+ 0 R|StructParents \d+)(?= )")
"""What leads away from a page without texts: all else of it counts."""
_DEFLATED = b"/Filter /FlateDecode "
_LENGTH = re.compile(rb"/Length \d+ ")
_ROOT = re.compile(rb"/Root (\d+) 0 R")


class _Hasher:
    """Hashes objects with all they refer to; what is shared is hashed once."""

    def __init__(self, content: bytes) -> None:
        self._file = Stitches(content)
        self._known: dict[int, bytes] = {}

    def pages(self) -> Iterator[str]:
        """Yield the hash of each page."""
        root = _ROOT.search(self._file.trailer)
        if root is None:
            raise ValueError("the file has no root")
        (top,) = entries(loosen(self._file.said(int(root[1])).text))["/Pages"].names
        yield from self._below(top)

    def _below(self, number: int) -> Iterator[str]:
        text = self._file.said(number).text
        if text.endswith(b"/Type /Page >>") and b"(" not in text:
            yield sha256(self._resolved(loosen(_AWAY.sub(b"", text)))).hexdigest()
            return
        said = entries(loosen(text))
        if "/Kids" in said:
            for kid in said["/Kids"].names:
                yield from self._below(kid)
            return
        told = [key.encode() + b" " + self._resolved(said[key]) for key in _PRINTED if key in said]
        yield sha256(b"\n".join(told)).hexdigest()

    def _shared(self, number: int) -> bytes:
        if number not in self._known:
            self._known[number] = b""  # where it refers to itself
            thing = self._file.said(number)
            said, held = thing.text, b""
            if thing.data is not None:  # programs write these two where they like
                said, held = _LENGTH.sub(b"", said.replace(_DEFLATED, b"")), _DEFLATED * (_DEFLATED in said)
                held += thing.data
            self._known[number] = sha256(self._resolved(loosen(said)) + held).digest()
        return self._known[number]

    def _resolved(self, said: Spelled) -> bytes:
        """Return an object as it is written, with hashes of what it refers to behind it."""
        return said.text + b"\0" + b"".join([self._shared(name) for name in said.names])


def likenesses(content: bytes) -> tuple[str, ...]:
    """Return a hash for each page of a file."""
    try:
        return tuple(_Hasher(content).pages())
    except (ValueError, LookupError):
        return tuple(_Hasher(rewritten(content)).pages())
