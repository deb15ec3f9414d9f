"""What outlives a build: the store, what was read, the fragments at hand.  Who watches keeps one for all builds."""

from collections.abc import Callable
from copy import copy
from pathlib import Path

from msgspec import Struct

from booklet.fragments import Fragments
from booklet.kits import Kit
from booklet.memory import Memory
from booklet.presses import Printer
from booklet.store import Store


class Warehouse:
    """All that a build can take over from earlier ones."""

    def __init__(self, store: Store, home: str) -> None:
        """Take over what the store keeps for a booklet, which is named by its folder."""
        self.store, self.memory = store, Memory(store, home)
        self.fragments = Fragments(self.store, home)
        self._kits: dict[str, Kit] = {}
        self._taken: dict[str, Kit] = {}
        self._waiting: list[Callable[[], None]] = []

    def aside(self) -> "Warehouse":
        """Return a warehouse for one piece of work among many: it takes from this one, and nothing of it is kept."""
        other = copy(self)
        other.fragments, other._waiting, other._kits, other._taken = self.fragments.aside(), [], {}, {}
        return other

    def kit(self, name: str) -> Kit:
        """Return what the last making of a file left."""
        kit = self._taken[name] = self._kits.get(name) or Kit(self.store, name)
        kit.begin()
        return kit

    def later(self, task: Callable[[], None]) -> None:
        """Do something when the run is closed: what the files are not in need of must not delay them."""
        self._waiting.append(task)

    def close_run(self) -> None:
        """Keep what the next build can use."""
        self.fragments.keep()
        self.memory.keep()
        waiting, self._waiting = self._waiting, []
        for task in waiting:
            task()
        self._kits, self._taken = self._taken, {}


class Place(Struct, frozen=True):
    """Where a build takes from, where it puts its files, and on what terms."""

    warehouse: Warehouse
    output: Path
    strict: bool = False
    jobs: int = 1
    """How many processes may lay out pages at once; the result does not depend on it."""
    printer: Printer | None = None
    """For whom the print file is made."""
