"""The pictures of a unit: what the engine lays out, and what it then paints.

In come pictures and what a profile demands of them. While pages are laid out a stand-in takes a picture's place; when
its size and the colour behind it are known, it is converted for just these, out of the store where that was done
before. Knows no page and no engine; Pillow is loaded when something must be converted.
"""

import json
from base64 import b64decode
from collections.abc import Mapping
from hashlib import sha256
from importlib import import_module
from math import ceil
from typing import Any

from msgspec import Struct

from booklet.collector import Collector
from booklet.digests import digest_of
from booklet.job import Shown
from booklet.model import Picture
from booklet.palette import Palette
from booklet.program import program
from booklet.store import Store

PRINT_PPI = {"error": 150, "warning": 225, "most": 450, "target": 300, "line-error": 550, "line-warning": 800}
"""What sheet-fed presses want (GWG 2022), for a printer that says nothing else."""
SCREEN_PPI = {"most": 300, "target": 220}
"""Sharp on every screen and from an office printer; a coarse picture harms nobody there."""

_NOTHING = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==")
"""One white pixel, for a picture that cannot be shown: its unit is not printed."""


class Demand(Struct, frozen=True):
    """What pictures must be like in a profile."""

    ink: str
    icc: bytes
    """The profile of the press."""
    ppi: Mapping[str, float]
    """``error``, ``warning``, ``most``, ``target``, ``line-error``, ``line-warning``; any may be missing."""

    def inputs(self) -> list[object]:
        """Return all that a converted picture depends on besides itself and its place."""
        return [self.ink, digest_of(self.icc).hex(), dict(self.ppi)]


def demand_of(ink: str, icc: bytes, ppi: Mapping[str, float] = PRINT_PPI) -> Demand:
    """Return what a profile demands: for the press what the printer says, else what an eye needs."""
    return Demand(ink, icc, ppi if ink == "cmyk" else SCREEN_PPI)


class Artwork:
    """The pictures of one unit in one profile; what is wrong with them is in ``found``."""

    def __init__(
        self, address: str, pictures: Mapping[str, Picture], palette: Palette, demand: Demand, store: Store
    ) -> None:
        self.found = Collector()
        self.laid_out: dict[str, bytes] = {}
        """Path → what the engine is given."""
        self._parts = 4 if demand.ink == "cmyk" else 3
        self._address, self._pictures, self._demand, self._store = address, pictures, demand, store
        self._measures: dict[str, Any] = {}
        for path, picture in pictures.items():
            if picture.media == "image/svg+xml":
                self.laid_out[path] = palette.recolour(picture, demand.ink, self.found)
                continue
            colour = import_module("booklet.colour")
            try:
                self._measures[path] = colour.measure(picture.content)
            except OSError as wrong:
                self._not_shown(picture, wrong)
            else:
                self.laid_out[path] = colour.stand_in(self._measures[path])

    def _not_shown(self, picture: Picture, wrong: OSError) -> None:
        self.found.error("picture-not-shown", f"'{picture.path}': {wrong}", picture.position, "save the picture anew")

    def develop(self, shown: Shown) -> bytes | None:
        """Return a picture as it is painted; None for a drawing, which stays as it was laid out."""
        if shown.path not in self._measures:
            return None
        picture = self._pictures[shown.path]
        self._judge(picture, shown)
        ground = shown.ground if len(shown.ground) == self._parts else ()
        wanted = {"ink": self._demand.ink, "size": self._size(shown), "ground": ground}
        own = sha256(picture.content).hexdigest()
        key = sha256(json.dumps([program(), own, self._demand.inputs(), wanted]).encode()).hexdigest()
        kept = self._store.get("pictures", key)
        if kept is not None:
            return kept
        colour = import_module("booklet.colour")
        try:
            made: bytes = colour.convert(picture.content, colour.Wanted(icc=self._demand.icc, **wanted))
        except OSError as wrong:
            self._not_shown(picture, wrong)
            return _NOTHING
        self._store.put("pictures", key, made)
        return made

    def _ppi(self, shown: Shown) -> float:
        """Return the effective resolution, along the side where it is lower."""
        size = self._measures[shown.path]
        return float(min(size.width / shown.width, size.height / shown.height) * 96)

    def _size(self, shown: Shown) -> tuple[int, int] | None:
        """Return the pixels across and down that are enough, where a picture has many more; bitmaps keep theirs."""
        size, ppi, limits = self._measures[shown.path], self._ppi(shown), self._demand.ppi
        if size.line or "most" not in limits or ppi <= limits["most"]:
            return None
        part = limits["target"] / ppi
        return max(1, ceil(round(size.width * part, 3))), max(1, ceil(round(size.height * part, 3)))

    def _judge(self, picture: Picture, shown: Shown) -> None:
        """Report a picture with too few pixels for its size on the page."""
        size, ppi = self._measures[shown.path], self._ppi(shown)
        kind, what = ("line-", "line art of one bit") if size.line else ("", "a picture")
        least, good = (self._demand.ppi.get(kind + word, 0) for word in ("error", "warning"))
        if ppi >= good:
            return
        report = self.found.error if ppi < least else self.found.warning
        across = ceil(round(max(shown.width / 96 * good, size.width * good / ppi), 3))
        report(
            "picture-resolution",
            f"'{picture.path}' has {size.width} × {size.height} pixels and is shown {shown.width / 96 * 25.4:.0f} mm "
            f"wide on page {shown.page + 1} of '{self._address}': {ppi:.0f} pixels per inch, {what} for this printer "
            f"wants {good:g}, and at least {least:g}",
            picture.position, f"show it smaller, or use one of at least {across} pixels across")
