"""Texts that were composed before, kept for later processes: a drawer for each kind of copy.

In come a store and a drawer's name; what this run took or put into it stays, with some of what earlier ones left. Keys
say all that a text depends on. Knows no text.
"""

from hashlib import sha256

from booklet.notation import decode, encode
from booklet.program import program
from booklet.store import Store

_SPARE = 20
"""Texts that stay although this run did not ask for them: besides as many as it did ask for."""
_FEW = 10
"""Of so many texts one may be new before the drawer is written anew: the one that is edited will be another at once."""


class Drawer:
    """Texts by the hashes of what they were composed of."""

    def __init__(self, store: Store, name: str) -> None:
        """Open the drawer of a name; one that is damaged is empty."""
        self._store, self._key = store, sha256(f"{program()} drawer {name}".encode()).hexdigest()
        self._old, self._used = self._read(), dict[str, str]()

    def _read(self) -> dict[str, str]:
        try:
            texts: dict[str, str] = decode(self._store.get("read", self._key) or b"{}", dict[str, str])
        except ValueError:
            return {}
        return texts

    def get(self, key: str) -> str | None:
        """Return a text; None when it was not composed before."""
        text = self._used.get(key)
        if text is None and (text := self._old.get(key)) is not None:
            self._used[key] = text
        return text

    def put(self, key: str, text: str) -> None:
        """Put a text into the drawer, or say that it is still in use."""
        self._used[key] = text

    def keep(self) -> None:
        """End a run: write the drawer when there is something new in it, without what was long not asked for."""
        used, self._used = self._used, {}
        new = sum(key not in self._old for key in used)
        if new * _FEW > len(used):
            spare = [key for key in self._old if key not in used][-len(used) - _SPARE:]
            self._old = {**{key: self._old[key] for key in spare}, **used}
            self._store.put("read", self._key, encode(self._old))
