"""Objects → the bytes of a PDF file: numbered, gathered in object streams, listed, identified.

In come spelled objects, which refer to each other by their places in a list; out go bytes, written as qpdf 12 writes
them, to the last one: same order, same numbers, same spelling. What an object says is not looked at. Knows no page.
"""

from collections.abc import Callable, Sequence
from hashlib import md5
from itertools import accumulate
from struct import pack
from typing import Any

from msgspec import Struct

from booklet.values import MARK

_HEAD = b"%%PDF-%s\n%%\xbf\xf7\xa2\xfe\n"
_STREAMS = "1.5"
"""The version that brought object streams."""
_MOST = 100
"""Objects in an object stream."""
_SPARE = 16
_ALWAYS = b"31415926535897932384626433832795"
"""What identifies a file that is not for keeping."""

Buffer = bytes | memoryview
Deflate = Callable[[Any], bytes]
"""What deflates a stream (RFC 1950)."""


class Thing(Struct, gc=False, array_like=True):
    """An object of a file."""

    text: bytes
    """What it says, spelled, with the byte ``MARK`` for the number of each object that it names."""
    names: tuple[int, ...] = ()
    """The places of those objects in the list."""
    data: Any = None
    """What a stream holds, as it is written: bytes or a view of them; its length is not in what it says."""


class _Sheet:
    """A file while it is written."""

    def __init__(self, things: Sequence[Thing], ranks: Sequence[int], deflate: Deflate) -> None:
        self.things, self.ranks, self.deflate = things, ranks, deflate
        self.numbers = [b""] * len(things)
        """The number of each thing that has one, as it is written."""
        self.words = _numerals(len(things) + len(things) // _MOST + _SPARE)
        self.streams: list[list[int]] = []
        self.stream_of: dict[int, int] = {}
        self.queue: list[int] = []
        """What is to be written: places in the list, and below zero the object streams."""
        self.last = 0
        self.entries = [0]
        """Of each object its kind, its place and its index there, as one number."""
        self.written: list[Buffer] = []
        self.at = 0

    def gather(self, tops: Sequence[int]) -> None:
        """Share all that can be in object streams out among them, in the order in which it is reached."""
        order = _reach(self.things, tops)
        if not order:
            return
        count = -(-len(order) // _MOST)
        each = -(-len(order) // count)
        rank = self.ranks.__getitem__
        self.streams = [sorted(order[start:start + each], key=rank) for start in range(0, len(order), each)]
        for number, held in enumerate(self.streams):
            self.stream_of.update(dict.fromkeys(held, number))

    def enqueue(self, names: Sequence[int]) -> None:
        """Number what has no number yet."""
        numbers, stream_of = self.numbers, self.stream_of
        for name in names:
            if numbers[name]:
                continue
            self.last += 1
            if name in stream_of:
                stream = stream_of[name]
                held, first = self.streams[stream], self.last + 1
                self.queue.append(~stream)
                for thing, word in zip(held, self.words[first:first + len(held)], strict=True):
                    numbers[thing] = word
                within = _entry(2, self.last)
                self.entries += [_FREE, *range(within, within + len(held))]
                self.last += len(held)
            else:
                numbers[name] = self.words[self.last]
                self.queue.append(name)
                self.entries.append(_FREE)

    def write(self, *parts: Buffer) -> None:
        """Write something."""
        self.written += parts
        self.at += sum(map(len, parts))

    def spell(self, text: bytes, names: Sequence[int]) -> bytes:
        """Return what one or more objects say, with numbers for names; what has none is numbered."""
        if not names:
            return text
        numbers = self.numbers
        words = [numbers[name] for name in names]
        if not all(words):
            self.enqueue(names)
            words = [numbers[name] for name in names]
        parts = text.split(MARK)
        spelled: list[Any] = [b""] * (2 * len(parts) - 1)
        spelled[::2], spelled[1::2] = parts, words
        return b"".join(spelled)

    def write_queue(self) -> None:
        """Write all objects, and those that they name, until no new one is named."""
        for name in self.queue:  # grows meanwhile
            if name < 0:
                self.write_stream(~name)
                continue
            thing, number = self.things[name], self.numbers[name]
            text = self.spell(thing.text, thing.names)
            self.entries[int(number)] = _entry(1, self.at)
            if thing.data is None:
                self.write(b"%b 0 obj\n%b\nendobj\n" % (number, text))
            else:
                head = b"%b 0 obj\n%b/Length %d >>\nstream\n" % (number, text[:-2], len(thing.data))
                self.write(head, thing.data, b"\nendstream\nendobj\n")

    def write_stream(self, stream: int) -> None:
        """Write an object stream (ISO 32000-1, 7.5.7)."""
        held = [self.things[name] for name in self.streams[stream]]
        said = self.spell(b"\n".join([thing.text for thing in held]), [name for thing in held for name in thing.names])
        first, pairs = int(self.numbers[self.streams[stream][0]]), [0] * (2 * len(held))
        pairs[::2] = range(first, first + len(held))
        pairs[3::2] = accumulate([len(text) + 1 for text in said.split(b"\n")[:-1]])
        head = (b"%d %d " * len(held) % tuple(pairs))[:-1] + b"\n"
        data = self.deflate(b"".join([head, said, b"\n"]))
        self.entries[first - 1] = _entry(1, self.at)
        self.write(
            b"%d 0 obj\n<< /Type /ObjStm /Length %d /Filter /FlateDecode /N %d /First %d >>\nstream\n" % (
                first - 1, len(data), len(held), len(head)), data, b"\nendstream\nendobj\n")

    def identify(self, seed: bytes | None) -> bytes:
        """Return an identification that depends on all that was written, and on a seed; without one always the same."""
        if seed is None:
            return _ALWAYS
        told = md5(usedforsecurity=False)
        for part in self.written:
            told.update(part)
        so_far = told.hexdigest().encode()
        return md5((so_far + b" QPDF " + seed).split(b"\0")[0], usedforsecurity=False).hexdigest().encode()

    def close(self, trailer: bytes, seed: bytes | None) -> None:
        """Write where each object is: a stream when there are object streams, a table when there are none."""
        at = self.at
        if not self.streams:
            self.write(b"xref\n0 %d\n" % (self.last + 1))
            self.write(b"0000000000 65535 f \n", *[b"%010d 00000 n \n" % _offset(entry) for entry in self.entries[1:]])
            self.write(b"trailer << ", trailer % (self.last + 1), b" /ID [")
        else:
            self.last += 1
            self.entries.append(_entry(1, at))
            one, two = _bytes_needed(max(at, self.last)), _bytes_needed(max(map(len, self.streams)) - 1)
            data = self.deflate(_predicted(_lines(self.entries, one, two), 1 + one + two))
            self.write(
                b"%d 0 obj\n<< /Type /XRef /Length %d /Filter /FlateDecode " % (self.last, len(data)),
                b"/DecodeParms << /Columns %d /Predictor 12 >> /W [ 1 %d %d ] " % (1 + one + two, one, two),
                trailer % (self.last + 1), b" /ID [")
        mark = self.identify(seed)
        self.write(b"<%s><%s>]" % (mark, mark), b" >>\n")
        if self.streams:
            self.write(b"stream\n", data, b"\nendstream\nendobj\n")
        self.write(b"startxref\n%d\n%%%%EOF\n" % at)


def _numerals(count: int) -> list[bytes]:
    """Return the words for so many numbers, from 0."""
    return (b"%d " * count % tuple(range(count))).split()


def _entry(kind: int, place: int) -> int:
    """Return how and where an object is kept, as one number; what is added to it is an index (below 256)."""
    return kind << 48 | place << 8


def _offset(entry: int) -> int:
    return entry >> 8 & (1 << 40) - 1


_FREE = _entry(1, 0)


def _lines(entries: Sequence[int], one: int, two: int) -> bytes:
    """Return the lines of a cross-reference stream, with room for a byte before each."""
    told, wide = pack(f">{len(entries)}Q", *entries), 2 + one + two
    lines = bytearray(wide * len(entries))
    lines[1::wide] = told[1::8]
    for place in range(one):
        lines[2 + place::wide] = told[7 - one + place::8]
    if two:
        lines[1 + one + two::wide] = told[7::8]
    return bytes(lines)


def _reach(things: Sequence[Thing], tops: Sequence[int]) -> list[int]:
    """Return what is no stream, each thing before what it names."""
    seen, stack, order = bytearray(len(things)), list(reversed(tops)), list[int]()
    while stack:
        name = stack.pop()
        if not seen[name]:
            seen[name] = 1
            thing = things[name]
            if thing.data is None:
                order.append(name)
            stack += thing.names[::-1]
    return order


def _bytes_needed(number: int) -> int:
    return (number.bit_length() + 7) // 8


def _predicted(lines: bytes, width: int) -> bytes:
    """Return the lines of a cross-reference stream, each but for what it has in common with the one above.

    All bytes are subtracted at once, as one long number: the highest bit of each is kept out of it, then put right.
    """
    wide = 1 + width
    new, old = int.from_bytes(lines, "big"), int.from_bytes(bytes(wide) + lines[:-wide], "big")
    high = int.from_bytes(b"\x80" * len(lines), "big")
    less = ((new | high) - (old & ~high)) ^ ((new ^ ~old) & high)
    return (less | int.from_bytes((b"\2" + bytes(width)) * (len(lines) // wide), "big")).to_bytes(len(lines), "big")


class Pile(Struct, frozen=True):
    """The objects of a file."""

    things: Sequence[Thing]
    ranks: Sequence[int]
    """Where each stands among those of its stream: lower ranks first."""
    root: int
    info: int
    """What the file says about itself."""
    seed: bytes | None = None
    """The same, without names; nothing where the file is one of many that need not be told apart."""


def sew(pile: Pile, version: str, deflate: Deflate | None) -> bytes:
    """Return a file; when nothing deflates, each of its objects stands by itself."""
    root, info = pile.root, pile.info
    sheet = _Sheet(pile.things, pile.ranks, deflate or bytes)
    if deflate and version >= _STREAMS:
        sheet.gather((info, root))
    sheet.write(_HEAD % version.encode())
    sheet.enqueue((root, info))
    sheet.write_queue()
    trailer = b"/Info %b 0 R /Root %b 0 R /Size %%d" % (sheet.numbers[info], sheet.numbers[root])
    sheet.close(trailer, pile.seed)
    return b"".join(sheet.written)
