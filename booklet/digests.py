"""What large contents hash to, reckoned once: a colour profile and a finished file are asked for it again and again.

In come bytes; out goes their SHA-256. Knows nothing of what they are.
"""

from hashlib import sha256

_LARGE = 100_000
"""Bytes from which a hash is remembered."""
_MOST = 8
_known: dict[int, tuple[bytes, bytes]] = {}
"""The identity of contents that live as long as they stand here → the contents and their hash, oldest first."""


def digest_of(content: bytes) -> bytes:
    """Return the SHA-256 of some bytes."""
    if len(content) < _LARGE:
        return sha256(content).digest()
    kept = _known.get(id(content))
    if kept is None:
        while len(_known) >= _MOST:
            del _known[next(iter(_known))]
        kept = _known[id(content)] = content, sha256(content).digest()
    return kept[1]
