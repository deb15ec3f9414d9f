"""What is ordered from a print shop, as far as the buyer has said.

Frozen data, filled by the reader of print.yaml. No I/O; nothing is reckoned here.
"""

from collections.abc import Mapping

from msgspec import Struct

from booklet.findings import Position


class Paper(Struct, frozen=True):
    """A paper of the print run, as far as it is known."""

    name: str = ""
    grammage: int | None = None
    """In g/m²."""
    thickness: int | None = None
    """Of a leaf, in µm."""


class Delivery(Struct, frozen=True):
    """Where a part of the print run goes."""

    place: str
    date: str
    """ISO date, empty when not known."""
    copies: int | None


class Contact(Struct, frozen=True):
    """Whom the print shop asks."""

    role: str
    name: str
    phone: str
    email: str


class PrintOrder(Struct, frozen=True):
    """What is ordered from the print shop; empty or None is not known."""

    copies: int | None
    format: tuple[int, int] | None
    """Width and height in mm."""
    cover: str
    """``separate`` or ``self``."""
    cover_paper: Paper
    inside_paper: Paper
    colours: str
    binding: str
    """``stitched`` or ``glued``."""
    finishing: tuple[str, ...]
    proof: str
    deliveries: tuple[Delivery, ...]
    contacts: tuple[Contact, ...]
    marks: tuple[tuple[str, str], ...]
    """Environmental marks: name and licence number."""
    notes: tuple[str, ...]
    places: Mapping[str, Position]
    """Key → where it stands in print.yaml."""
