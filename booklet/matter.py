"""What the engine composed → values and spelled objects, without a file in between.

In come the engine's objects, numbered, some of them changed by whoever strips them; out goes each as it is spelled,
once something names it. Knows how the engine keeps lists, mappings, texts and streams, not its library, and no page.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from booklet.sewing import Thing
from booklet.values import Ref, Value, spell, string

_PLAIN = re.compile(rb"/?[^\s<>\[\]()/]+")
_WORDS = re.compile(rb"<<|>>|[\[\]]|\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f]*>|\d+ 0 R\b|/?[^\s<>\[\]()/]+", re.DOTALL)
_REFERRING = {"Type", "Obj", "Pg"}
"""What an object reference says (14.7.4.3): of these there is one a link."""
_WRITTEN = frozenset((bytes, str, float))


def number_of(reference: bytes) -> int:
    """Return the number of the object that a word refers to."""
    return int(reference[:-4])


def bytes_of(item: Any) -> bytes:
    """Return what the engine writes for something that it holds."""
    kind = type(item)
    if kind is bytes:
        return item  # type: ignore[no-any-return]
    if kind is str or kind is int:
        return str(item).encode("ascii")
    if kind is float:
        return str(int(item)).encode() if item.is_integer() else f"{item:f}".rstrip("0").encode()
    return item.data  # type: ignore[no-any-return]


def content_of(stream: Any) -> bytes:
    """Return what a stream of the engine holds."""
    return b"\n".join([item if type(item) is bytes else bytes_of(item) for item in stream.stream])


def value_of(item: Any) -> Value:
    """Return what the engine holds, as a value; references are by number."""
    kind = type(item)
    if kind is int:
        return item
    if isinstance(item, dict):
        return {f"/{key}": value_of(held) for key, held in item.items()}
    if isinstance(item, list | tuple):
        return [value_of(held) for held in item]
    if kind not in _WRITTEN and hasattr(item, "string"):
        return text_word(str(item.string))
    written = bytes_of(item)
    if written.endswith(b" 0 R") and written[:-4].isdigit():
        return Ref(number_of(written))
    return written if _PLAIN.fullmatch(written) else _read(iter(_WORDS.findall(written)))


def text_word(text: str) -> bytes:
    """Return the word for a text that the engine writes; of a break in plain text only its end is read (7.3.4.2)."""
    if not text.isascii():
        return string(b"\xfe\xff" + text.encode("utf-16-be"))
    return string((text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text).encode())


def _read(words: Iterator[bytes]) -> Value:
    """Return the value that begins with the next word."""
    word = next(words)
    if word == b"<<":
        held = _read_all(words, b">>")
        return {key.decode(): value for key, value in zip(held[::2], held[1::2], strict=True)}
    if word == b"[":
        return _read_all(words, b"]")
    if word[:1] == b"<":
        return string(bytes.fromhex(word[1:-1].decode()))
    return Ref(number_of(word)) if word.endswith(b" 0 R") else word


def _read_all(words: Iterator[bytes], end: bytes) -> list[Value]:
    """Return all values up to a word."""
    found: list[Value] = []
    for word in words:
        if word == end:
            break
        found.append(_read(_before(word, words)))
    return found


def _before(word: bytes, words: Iterator[bytes]) -> Iterator[bytes]:
    yield word
    yield from words


class Matter(Sequence[Thing]):
    """The objects of one unit, each by its number."""

    def __init__(self, objects: Sequence[Any]) -> None:
        """Take over the engine's objects; the first counts for nothing."""
        self.objects = objects
        self.values: dict[int, Value] = {}
        """What was opened, by number: of a stream what it says."""
        self.shown: dict[int, bytes] = {}
        """What streams hold, where it is not what the engine put into them."""
        self.spelled: dict[int, Thing] = {}

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.objects)

    def open(self, number: int) -> Value:
        """Return what an object says, to be changed."""
        if number not in self.values:
            item = self.objects[number]
            self.values[number] = value_of(item.extra if hasattr(item, "extra") else item)
        return self.values[number]

    def content(self, number: int) -> bytes:
        """Return what a stream holds."""
        if number not in self.shown:
            self.shown[number] = content_of(self.objects[number])
        return self.shown[number]

    def streams(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """Yield the number of each stream, and what the engine says of it."""
        for number, item in enumerate(self.objects):
            if hasattr(item, "extra"):
                yield number, item.extra

    def __getitem__(self, number: Any) -> Any:
        """Return an object as it is spelled."""
        thing = self.spelled.get(number)
        if thing is None:
            thing = self.spelled[number] = self._spell(number)
        return thing

    def _spell(self, number: int) -> Thing:
        item = self.objects[number]
        if isinstance(item, dict) and item.keys() == _REFERRING:
            return Thing(b"<< /Obj \1 0 R /Pg \1 0 R /Type /OBJR >>", (number_of(item["Obj"]), number_of(item["Pg"])))
        value, data = self.open(number), None
        if hasattr(self.objects[number], "extra"):
            data = self.content(number)
        said = spell(value)
        return Thing(said.text, said.names, data)
