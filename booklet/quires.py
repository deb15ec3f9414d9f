"""A file while it is put together: its objects in their order, some of them still open.

In come values, streams, and the leaves of fragments; out go bytes when it is closed. An object's place in the list
decides where it stands among its like; what nothing names is left out. Knows no unit and no profile.
"""

from booklet.leaves import Leaves
from booklet.sewing import Deflate, Pile, Thing, sew
from booklet.values import Ref, Spelled, Value, encoded, entries, reference, spell

_EMPTY = Spelled(b"null")


class Quire:
    """An open file."""

    def __init__(self) -> None:
        """Begin a file: a root, and a node for its pages."""
        self.things: list[Thing] = []
        self.ranks: list[int] = []
        self.values: dict[int, Value] = {}
        """What is still open, by its place."""
        self.root = self.open({"/Type": b"/Catalog"})
        self.node = self.open({})
        self.values[self.root]["/Pages"] = self.node
        self.pages: list[Ref] = []
        self.shown: list[bytes] = []
        """What each page shows, deflated."""

    def add(self, value: Value, data: bytes | None = None) -> Ref:
        """Add an object; of a stream what it holds, as it is written."""
        said, place = spell(value), len(self.things)
        self.things.append(Thing(said.text, said.names, data))
        self.ranks.append(place)
        return Ref(place)

    def open(self, value: Value) -> Ref:
        """Add an object that is still to be changed."""
        place = self.add(_EMPTY)
        self.values[place] = value
        return place

    def stream(self, content: bytes, deflate: Deflate, **entries: Value) -> Ref:
        """Add a stream, deflated."""
        named = {f"/{key}": value for key, value in entries.items()}
        return self.add({"/Filter": b"/FlateDecode", **named}, deflate(content))

    def join(self, leaves: Leaves, deflate: Deflate) -> int:
        """Add the leaves of a fragment; returns the place of the first, from which the others are counted."""
        base = len(self.things)
        self.things += [
            Thing(thing.text, tuple([base + name for name in thing.names]), thing.data) if thing.names else thing
            for thing in leaves.things]
        self.ranks += [base + rank for rank in leaves.ranks]
        for place in leaves.plain:
            thing = self.things[base + place]
            self.things[base + place] = Thing(thing.text, thing.names, deflate(thing.data or b""))
        return base

    def entries(self, within: dict[str, Value], key: str) -> dict[str, Value]:
        """Return what an entry of an open mapping says, open; that of another object is open from now on too."""
        value = within.get(key, {})
        place = reference(value)
        if place is None:
            within[key] = opened = entries(value)
            return opened
        if place not in self.values:
            self.values[place] = entries(Spelled(self.things[place].text, self.things[place].names))
        shared: dict[str, Value] = self.values[place]
        return shared

    def add_page(self, place: Ref, value: Value, shown: bytes) -> None:
        """Let an object be the next page, which shows what is deflated here."""
        self.pages.append(place)
        self.shown.append(shown)
        value["/Parent"] = self.node
        value["/Contents"] = self.add({"/Filter": b"/FlateDecode"}, shown)
        self.values[place] = value

    def close(self, version: str, deflate: Deflate, info: Value) -> bytes:
        """Return the file; ``info`` is what it says about itself."""
        told = self.add(info)
        self.values[self.node] = {"/Count": len(self.pages), "/Kids": self.pages, "/Type": b"/Pages"}
        for place, value in self.values.items():
            said = spell(value)
            self.things[place] = Thing(said.text, said.names, self.things[place].data)
        seed = b"".join([b" " + encoded(item) for _, item in sorted(info.items()) if isinstance(item, str)])
        return sew(Pile(self.things, self.ranks, self.root, told, seed), version, deflate)
