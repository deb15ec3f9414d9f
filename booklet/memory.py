"""What was read before: a file whose bytes were read without findings is not read again.

In come what a result depends on and a way to make it; out goes the result, remembered within the process and in the
store. What has findings is made anew every time, so that they are told anew. Knows no file.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any, TypeVar

from booklet.collector import Collector
from booklet.notation import decode, encode
from booklet.program import program
from booklet.store import Store

Made = TypeVar("Made")


class Memory:
    """Results by what they were made from."""

    def __init__(self, store: Store) -> None:
        """Remember in the store what this process does not."""
        self.store = store
        self._known: dict[str, Any] = {}
        self._used: dict[str, Any] = {}

    def recall(
        self, kind: type[Made], parts: Sequence[str | bytes], found: Collector,
        make: Callable[[Collector], Made | None],
    ) -> Made | None:
        """Return what ``make`` returned for the same parts, or make it; its findings are in ``found``."""
        key = _key(kind, parts)
        known = self._known.get(key) or self._used.get(key) or self._stored(key, kind)
        if known is not None:
            self._used[key] = known
            return known  # type: ignore[no-any-return]
        own = Collector()
        made = make(own)
        found.add(own.findings)
        if made is not None and not len(own):
            self._used[key] = made
            self.store.put("read", key, encode(made))
        return made

    def _stored(self, key: str, kind: type) -> Any:
        kept = self.store.get("read", key)
        try:
            return None if kept is None else decode(kept, kind)
        except ValueError:
            return None

    def keep(self) -> None:
        """End a run: what it did not read leaves the process."""
        self._known, self._used = self._used, {}


def _key(kind: type, parts: Sequence[str | bytes]) -> str:
    digest = sha256(f"{program()} {kind.__name__} {len(parts)}".encode())
    for part in parts:
        data = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()
