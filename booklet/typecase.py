"""What HarfBuzz said of our faces, kept for the next making of a file: most of them show the glyphs that they showed.

In come a face with glyphs or with a text; out go its subset, its figures. HarfBuzz is loaded only for what is new.
Refuses to know what is set in the faces.
"""

from collections.abc import Iterable
from hashlib import sha256
from importlib import import_module
from typing import Any

from booklet.notation import decode, encode
from booklet.program import program
from booklet.store import Store
from booklet.subsets import Figures, Subset

_MOST = 2048
_ALONE = frozenset("0123456789abcdefivxlm\u00a0")
"""What numbers and fingerprints are written with: in our faces none of it looks at its neighbours."""
_ROOM = "booklet.subsetting"
_figures: dict[tuple[str, str], Figures] = {}
_subsets: dict[tuple[str, tuple[int, ...]], Subset] = {}
_used: tuple[set[tuple[str, str]], set[tuple[str, tuple[int, ...]]]] = set(), set()
_numbers: dict[tuple[str, str], Figures] = {}
"""What was put together in this making, of signs that are noted as used."""
_cases: dict[str, bytes] = {}
"""What was taken up and is still known."""


def set_figures(name: str, text: str) -> Figures:
    """Return glyph and advance (in 1/1000 em) of each character, figures tabular, without kerning or ligatures."""
    key = name, text
    if key in _numbers:
        return _numbers[key]
    if len(text) > 1 and _ALONE.issuperset(text):
        _numbers[key] = tuple([one for sign in text for one in set_figures(name, sign)])
        return _numbers[key]
    made = _figures.get(key)
    if made is None:
        made = import_module(_ROOM).set_figures(name, text)
        _keep(_figures, key, made)
    _used[0].add(key)
    return made


def subset(name: str, glyphs: Iterable[int]) -> Subset:
    """Return the subset of a face that holds the glyphs given, under their own numbers."""
    key = name, tuple(sorted({0, *glyphs}))
    made = _subsets.get(key)
    if made is None:
        made = import_module(_ROOM).subset(name, key[1])
        _keep(_subsets, key, made)
    _used[1].add(key)
    return made


def _keep(known: dict[Any, Any], key: Any, made: Any) -> None:
    if len(known) >= _MOST:
        known.clear()
        _cases.clear()
    known[key] = made


class Typecase:
    """What one file is made with: taken up when its making begins, left for the next one."""

    def __init__(self, store: Store, name: str) -> None:
        """Take up what the last making of a file left."""
        self._store, self._key = store, sha256(f"typecase {program()} {name}".encode()).hexdigest()
        self._old = store.get("kits", self._key) or b""
        self._new = frozenset[Any](), frozenset[Any]()
        if _cases.get(self._key) != self._old:
            _take_up(self._old)
            _cases[self._key] = self._old
        for used in (*_used, _numbers):
            used.clear()

    def close(self) -> None:
        """Note what was used up to now."""
        self._new = frozenset(_used[0]), frozenset(_used[1])

    def keep(self) -> None:
        """Leave for the next making what this one used."""
        written = _written(*self._new)
        if written != self._old:
            self._store.put("kits", self._key, written)


def _written(of_figures: frozenset[Any], of_subsets: frozenset[Any]) -> bytes:
    """Return what was used, as bytes: a head of JSON, then the programs of the faces."""
    figures = [[*key, _figures[key]] for key in sorted(of_figures) if key in _figures]
    subsets = [(key, _subsets[key]) for key in sorted(of_subsets) if key in _subsets]
    facts = [[*key, len(one.program), one.widths, one.ascent, one.descent, one.box, one.angle, one.cap_height]
             for key, one in subsets]
    head = encode([figures, facts])
    return b"".join([len(head).to_bytes(4, "big"), head, *(one.program for _, one in subsets)])


def _take_up(data: bytes) -> None:
    """Make known what was written."""
    if not data:
        return
    end = 4 + int.from_bytes(data[:4], "big")
    figures, subsets = decode(data[4:end], tuple[list[Any], list[Any]])
    for name, text, shown in figures:
        _keep(_figures, (name, text), tuple((glyph, advance) for glyph, advance in shown))
    for name, glyphs, size, widths, ascent, descent, box, angle, cap_height in subsets:
        key, advances = (name, tuple(glyphs)), tuple((glyph, advance) for glyph, advance in widths)
        made = Subset(data[end:end + size], advances, ascent, descent, tuple(box), angle, cap_height)
        _keep(_subsets, key, made)
        end += size
