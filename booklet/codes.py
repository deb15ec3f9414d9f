"""The picture that leads a telephone to the whole booklet: drawn once for an address, and remembered.

In comes a booklet, out goes a drawing as other pictures are. Knows no page; what draws it is imported when it is drawn.
"""

from importlib import import_module

from msgspec import Struct

from booklet.collector import Collector
from booklet.handouts import CODE
from booklet.memory import Memory
from booklet.model import Booklet, Picture


class _Code(Struct, frozen=True):
    svg: str


def code_of(booklet: Booklet, memory: Memory) -> tuple[Picture, ...]:
    """Return the picture that leads a telephone to the whole booklet, where it has an address."""
    address = booklet.short_url or booklet.url

    def draw(found: Collector) -> _Code:
        return _Code(import_module("booklet.qr").draw_code(address).decode())

    code = memory.recall(_Code, (address,), Collector(), draw) if address else None
    if code is None:
        return ()
    return (Picture(CODE, "image/svg+xml", code.svg.encode(), "", "", "", "", booklet.position),)
