"""Which pages of a finished file are what they were: a hash a page over all that its print depends on.

In come the bytes of a file; out goes a hash for each page: its content, its size, its fonts to the last byte. Two pages
of one hash read alike. Knows nothing of where a file comes from.
"""

from hashlib import sha256
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Object, Stream

_UPWARDS = {"/Parent", "/P", "/StructParents", "/Annots", "/Group", "/B"}
"""Keys of a page that lead away from what is printed on it."""


class _Hasher:
    """Hashes objects with all they refer to; what is shared is hashed once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], bytes] = {}

    def digest(self, thing: Object) -> bytes:
        """Return the hash of an object."""
        number = thing.objgen if isinstance(thing, Object) and thing.is_indirect else None
        if number is None:
            return self._fresh(thing)
        if number not in self._known:
            self._known[number] = self._fresh(thing)
        return self._known[number]

    def _fresh(self, thing: Object) -> bytes:
        if isinstance(thing, Stream):
            inner = [thing.read_raw_bytes(), self._entries(thing.stream_dict)]
        elif isinstance(thing, Dictionary):
            inner = [self._entries(thing)]
        elif isinstance(thing, Array) and any(isinstance(one, Dictionary | Stream) for one in thing):
            inner = [self.digest(one) for one in thing]
        else:
            inner = [thing.unparse() if isinstance(thing, Object) else repr(thing).encode()]
        return sha256(b"\0".join([type(thing).__name__.encode(), *inner])).digest()

    def _entries(self, things: Object) -> bytes:
        return b"".join(
            key.encode() + self.digest(value) for key, value in sorted(things.items()) if key not in _UPWARDS)


def likenesses(content: bytes) -> tuple[str, ...]:
    """Return a hash for each page of a file."""
    hasher = _Hasher()
    with pikepdf.open(BytesIO(content)) as pdf:
        return tuple(hasher.digest(page.obj).hex() for page in pdf.pages)
