"""What the last making of a file left for the next: its streams deflated, its pages proven.

Deflating and proving cost more than all else in a rebuild, and nearly everything is as it was. In come a store and a
file's name; what this making used is kept for the next one. Knows no PDF.
"""

import zlib
from collections.abc import Iterable, Mapping
from hashlib import sha256

from booklet.digests import digest_of
from booklet.program import program
from booklet.store import Store

_LEVEL = 6
_LEVEL_OF_PROFILES = 4
"""A colour profile gets hardly larger by it, in half the time: it is the longest stream of most files."""
_PROFILE = b"acsp"
"""What stands at byte 36 of every colour profile (ICC.1:2010, 7.2)."""
_PART = 4
"""What is new, and what is no longer used, may be this part of what is kept before all is written again."""
_HEAD = 36
"""Bytes before each stream: its hash, its length."""


class Kit:
    """The deflated streams and the proofs of one file."""

    def __init__(self, store: Store, name: str) -> None:
        """Take up what the last making left under a name."""
        self._store = store
        told = f"{program()} {zlib.ZLIB_RUNTIME_VERSION} {name}"
        self._key, self._more = sha256(told.encode()).hexdigest(), sha256(f"more of {told}".encode()).hexdigest()
        self._base = dict(_streams(store.get("kits", self._key) or b""))
        """What was written at once; what came after that is beside it, until that is much."""
        since = dict(_streams(store.get("kits", self._more) or b"")) if self._base else {}
        self._old = {**self._base, **since}
        self._used: dict[bytes, bytes] = {}
        self._proven = set((store.get("proofs", self._key) or b"").decode().split())
        self._proofs: set[str] = set()
        self._kept = set(since), set(self._proven)
        """What the store has, streams beyond the base and proofs."""

    def begin(self) -> None:
        """Begin a making: what the last one used is what is known now, whether it came to its end or not."""
        self._old, self._used = {**self._old, **self._used}, {}
        self._proven, self._proofs = self._proven | self._proofs, set()

    def deflate(self, stream: bytes) -> bytes:
        """Return a stream deflated (RFC 1950)."""
        digest = digest_of(stream)
        if digest not in self._used:
            level = _LEVEL_OF_PROFILES if stream[36:40] == _PROFILE else _LEVEL
            self._used[digest] = self._old.get(digest) or zlib.compress(stream, level)
        return self._used[digest]

    def is_proven(self, proof: str) -> bool:
        """Tell whether a page with these bytes and these numbers was read and found right; it is kept in mind."""
        known = proof in self._proven
        if known:
            self._proofs.add(proof)
        return known

    def prove(self, proofs: Iterable[str]) -> None:
        """Note pages that were read and found right."""
        self._proofs |= set(proofs)

    def keep(self) -> None:
        """Leave for the next making what this one used."""
        since, proofs = self._kept
        new = self._used.keys() - self._base.keys()
        idle = self._base.keys() - self._used.keys()
        if _size(self._used, new) + _size(self._base, idle) > _size(self._base, self._base) // _PART:
            self._base, new = self._used, set()
            self._store.put("kits", self._key, _written(self._base, self._base))
        if new != since:
            self._store.put("kits", self._more, _written(self._used, sorted(new)))
        if self._proofs != proofs:
            self._store.put("proofs", self._key, " ".join(sorted(self._proofs)).encode())
        self._old, self._proven, self._kept = self._used, self._proofs, (new, set(self._proofs))


def _size(streams: Mapping[bytes, bytes], names: Iterable[bytes]) -> int:
    """Return how long some streams are."""
    return sum([len(streams[name]) for name in names])


def _written(streams: Mapping[bytes, bytes], names: Iterable[bytes]) -> bytes:
    """Return streams as they are kept."""
    return b"".join([part for name in names for part in (name, len(streams[name]).to_bytes(4, "big"), streams[name])])


def _streams(data: bytes) -> Iterable[tuple[bytes, bytes]]:
    """Yield hash and deflated stream, one after the other."""
    start = 0
    while start < len(data):
        size = int.from_bytes(data[start + 32:start + _HEAD], "big")
        yield data[start:start + 32], data[start + _HEAD:start + _HEAD + size]
        start += _HEAD + size
