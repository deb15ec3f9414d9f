"""The designer's demands on every page: ``styles/setting.yaml`` → a ``Standard``.

In comes the designer's folder; out go numbers and names, or findings. A folder without the file, and a key that is
left out, stand for what is written here. It refuses to know pages.
"""

from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from booklet.collector import Collector
from booklet.registers import read_record
from booklet.source import Shelf

FILE = "setting.yaml"


class Standard(Struct, frozen=True):
    """What is demanded; ``gauges`` says what each means."""

    widow_lines: float = 2
    last_line: float = 5
    hyphens: float = 2
    heading_lines: float = 2
    last_page: float = 33.3
    facing_lines: float = 1
    grid_apart: float = 0.15
    smallest: float = 7
    contrast: float = 4.5
    contrast_large: float = 3
    caption_apart: float = 6
    repair: float = 1.5
    white: tuple[str, ...] = ("cover", "back", "title", "leaf", "opener", "contents", "notes", "questions")
    grid: tuple[str, ...] = ("text", "article", "example")
    facing: tuple[str, ...] = ("text", "article")
    loose: tuple[str, ...] = ("toc", "colophon", "fact-column", "points", "back-words", "title-block", "reference-list")
    share_grid: float = 90
    share_fill: float = 85
    share_hyphens: float = 8


DEFAULT = Standard()


def read_standard(shelf: Shelf, found: Collector) -> Standard:
    """Return what a designer demands; what is wrong with the file is in ``found``."""
    record = read_record(shelf, FILE, "setting", found) if FILE in shelf.files else None
    if record is None or record.doubtful:
        return DEFAULT
    told: dict[str, Any] = {}
    for name in Standard.__struct_fields__:
        key = name.replace("_", "-")
        if key in record.data:
            listed = isinstance(getattr(DEFAULT, name), tuple)
            told[name] = record.texts(key) if listed else float(record.text(key))
    return replace(DEFAULT, **told)
