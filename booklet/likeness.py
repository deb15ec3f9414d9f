"""Which pages of a finished file are what they were: a hash a page over all that its print depends on.

In come the bytes of a file; out goes a hash for each page: its content, its size, its fonts to the last byte. Two pages
of one hash read alike. Knows nothing of where a file comes from.
"""

import re
from hashlib import sha256
from io import BytesIO

import pikepdf
from pikepdf import Object, Stream

_PRINTED = ("/Contents", "/MediaBox", "/CropBox", "/TrimBox", "/Resources", "/Rotate", "/UserUnit")
"""Keys of a page that decide what is read on it; the others lead away from it."""
_REFERENCE = re.compile(rb"(\d+) (\d+) R\b")


class _Hasher:
    """Hashes objects with all they refer to; what is shared is hashed once."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._known: dict[tuple[int, int], bytes] = {}

    def page(self, page: Object) -> str:
        """Return the hash of a page."""
        said = b"".join([key.encode() + b" " + self._said(page[key]) + b"\n" for key in _PRINTED if key in page])
        return sha256(self._resolved(said)).hexdigest()

    def _said(self, thing: Object) -> bytes:
        """Return what is said of something, which may be where it is."""
        if not isinstance(thing, Object):
            return repr(thing).encode()
        return b"%d %d R" % thing.objgen if thing.is_indirect else thing.unparse()

    def _shared(self, number: tuple[int, int]) -> bytes:
        if number not in self._known:
            self._known[number] = b""  # where it refers to itself
            thing = self._pdf.get_object(number)
            if isinstance(thing, Stream):
                inner = self._resolved(thing.stream_dict.unparse()) + b"\0" + thing.read_raw_bytes()
            else:
                inner = self._resolved(thing.unparse(resolved=True))
            self._known[number] = sha256(inner).digest()
        return self._known[number]

    def _resolved(self, text: bytes) -> bytes:
        """Return an object as it is written, with a hash in place of each reference."""
        return _REFERENCE.sub(lambda match: self._shared((int(match[1]), int(match[2]))), text)


def likenesses(content: bytes) -> tuple[str, ...]:
    """Return a hash for each page of a file."""
    with pikepdf.open(BytesIO(content)) as pdf:
        hasher = _Hasher(pdf)
        return tuple(hasher.page(page.obj) for page in pdf.pages)
