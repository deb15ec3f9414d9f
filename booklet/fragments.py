"""The fragments at hand: those of this process, and those that the store keeps.

In come keys, out go fragments; what has findings is not kept, so that they are told again. It also remembers what each
unit was made from the last time, so that a new making can be explained.
"""

from collections.abc import Mapping
from copy import copy
from hashlib import sha256

from booklet.notation import decode, encode
from booklet.packing import pack, unpack
from booklet.printed import Fragment
from booklet.store import Store


class Fragments:
    """Fragments by key, and each unit's last inputs by its name."""

    def __init__(self, store: Store, home: str) -> None:
        """Look in the store for what this process has not made; ``home`` names the booklet in it."""
        self.store = store
        self._made: dict[str, Fragment] = {}
        self._fresh: dict[str, Fragment] = {}
        self._home = sha256(f"inputs of {home}".encode()).hexdigest()
        self._before = _read(store.get("ledger", self._home))
        self._inputs = dict(self._before)
        self._writes = True

    def only_read(self) -> None:
        """Leave writing to the parent process."""
        self._writes = False
        self.store.hurry()

    def aside(self) -> "Fragments":
        """Return fragments that take from these and give nothing back, so that they leave with whoever asked."""
        other = copy(self)
        other._made, other._fresh, other._inputs, other._writes = {**self._made, **self._fresh}, {}, {}, False
        return other

    def get(self, key: str) -> Fragment | None:
        """Return the fragment of a key, None when nobody has it."""
        fragment = self._fresh.get(key) or self._made.get(key) or self._stored(key)
        if fragment is not None:
            self._fresh[key] = fragment
        return fragment

    def _stored(self, key: str) -> Fragment | None:
        data = self.store.get("fragments", key)
        try:
            return None if data is None else unpack(data)
        except ValueError:
            return None

    def has(self, key: str) -> bool:
        """Tell whether a fragment is at hand."""
        return self.get(key) is not None

    def put(self, key: str, fragment: Fragment) -> None:
        """Keep a fragment; one with findings for this run alone."""
        if key not in self._fresh:
            self._fresh[key] = fragment
            if not fragment.findings and self._writes:
                self.store.put("fragments", key, pack(fragment))

    def changes(self, name: str, inputs: Mapping[str, str]) -> tuple[str, ...]:
        """Return which inputs of a unit are not what they were: ``new`` for one never made, nothing for one lost."""
        before = self._before.get(name)
        return ("new",) if before is None else tuple(what for what in inputs if before.get(what) != inputs[what])

    def remember(self, name: str, inputs: Mapping[str, str]) -> None:
        """Note what a unit was made from."""
        self._inputs[name] = dict(inputs)

    def keep(self) -> None:
        """End a run: what it did not use leaves the process, what units were made from goes to the store."""
        self._made, self._fresh = {key: one for key, one in self._fresh.items() if not one.findings}, {}
        if self._inputs != self._before:
            self.store.put("ledger", self._home, encode(self._inputs))
        self._before = dict(self._inputs)


def _read(data: bytes | None) -> dict[str, dict[str, str]]:
    try:
        read: dict[str, dict[str, str]] = decode(data or b"{}", dict[str, dict[str, str]])
    except ValueError:
        return {}
    return read
