"""What was read before: a file whose bytes were read without findings is not read again.

In come what a result depends on and a way to make it; out goes the result, remembered within the process and in the
store. What has findings is made anew every time, so that they are told anew. What one run did not ask for is forgotten
after the next. Knows no file.
"""

from collections.abc import Callable, Hashable, Sequence
from hashlib import sha256
from typing import Any, Generic, TypeVar

from msgspec.json import Encoder

from booklet.collector import Collector
from booklet.drawers import Drawer
from booklet.glance import Glance
from booklet.notation import decode, encode, spell
from booklet.program import program
from booklet.store import Store

Made = TypeVar("Made")


class Only(Generic[Made]):
    """A thing that is equal to itself alone, to remember by: what has no hash, or is too large to be compared."""

    __slots__ = ("thing",)

    def __init__(self, thing: Made) -> None:
        """Stand for a thing, which must never change."""
        self.thing = thing

    def __hash__(self) -> int:
        """Return the hash of the identity."""
        return id(self.thing)

    def __eq__(self, other: object) -> bool:
        """Tell whether something stands for the very same thing."""
        return isinstance(other, Only) and other.thing is self.thing


class Memory:
    """Results by what they were made from."""

    def __init__(self, store: Store, home: str = "") -> None:
        """Remember in the store what this process does not; ``home`` names the booklet."""
        self.store, self._home = store, home
        self.glance: Glance | None = None
        """What was read of the folders at once, while a build reads them."""
        self._known: dict[Hashable, Any] = {}
        self._used: dict[Hashable, Any] = {}
        self._drawers: dict[str, Drawer] = {}

    def recall(
        self, kind: type[Made], parts: Sequence[str | bytes], found: Collector,
        make: Callable[[Collector], Made | None],
    ) -> Made | None:
        """Return what ``make`` returned for the same parts, or make it; its findings are in ``found``."""
        mine = kind, *parts
        known = self._recent(mine)
        key = "" if known is not None else _key(kind, parts)
        known = known if known is not None else self._stored(key, kind)
        if known is not None:
            self._used[mine] = known
            return known  # type: ignore[no-any-return]
        own = Collector()
        made = make(own)
        found.add(own.findings)
        if made is not None and not len(own):
            self._used[mine] = made
            self.store.put("read", key, encode(made))
        return made

    def _recent(self, key: Hashable) -> Any:
        known = self._used.get(key)
        return self._known.get(key) if known is None else known

    def once(self, make: Callable[..., Made], *parts: Hashable) -> Made:
        """Return what a function makes of some parts, which nothing else decides: made once as long as it is used.

        ``Only`` stands for the thing in it. What is made must be frozen: all share it.
        """
        key = make, *parts
        known = self._recent(key)
        if known is None:
            known = (make(*map(_thing, parts)),)
        self._used[key] = known
        return known[0]  # type: ignore[no-any-return]

    def text(self, drawer: str, make: Callable[..., str], *parts: Hashable) -> str:
        """Return what ``once`` does, of parts that are data: a text is remembered by later processes too."""
        if drawer not in self._drawers:
            self._drawers[drawer] = Drawer(self.store, f"{drawer} of {self._home}")
        mine, kept = (make, *parts), self._drawers[drawer]
        key, text = self._recent(mine) or self._drawn(kept, make, parts)
        kept.put(key, text)
        self._used[mine] = key, text
        return text

    def _drawn(self, drawer: Drawer, make: Callable[..., str], parts: tuple[Hashable, ...]) -> tuple[str, str]:
        """Return the key and the text that a drawer has, or that is made for it."""
        once = self.once
        said = [once(_digest, part) if isinstance(part, Only) else _digest(part) for part in parts]
        key = sha256(" ".join([make.__qualname__, *said]).encode()).hexdigest()
        text = drawer.get(key)
        return key, make(*map(_thing, parts)) if text is None else text

    def same(self, name: Hashable, value: Made) -> Made:
        """Return the thing last given under a name if it equals this one: so that ``Only`` it is known again.

        A whole number equals a fraction (5 and 5.0): where either may stand, the name must tell them apart.
        """
        key = "same", name
        known = self._recent(key)
        self._used[key] = known if known is not None and known[0] == value else (value,)
        return self._used[key][0]  # type: ignore[no-any-return]

    def _stored(self, key: str, kind: type) -> Any:
        kept = self.store.get("read", key)
        try:
            return None if kept is None else decode(kept, kind)
        except ValueError:
            return None

    def keep(self) -> None:
        """End a run: what it did not read leaves the process."""
        self._known, self._used = self._used, {}
        for drawer in self._drawers.values():
            drawer.keep()


_SAY = Encoder(order="sorted", enc_hook=spell).encode


def _digest(part: object) -> str:
    return sha256(_SAY(part)).hexdigest()


def _thing(part: object) -> object:
    return part.thing if isinstance(part, Only) else part


def _key(kind: type, parts: Sequence[str | bytes]) -> str:
    digest = sha256(f"{program()} {kind.__name__} {len(parts)}".encode())
    for part in parts:
        data = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()
