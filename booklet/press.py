"""Unit → fragment: out of the store, or laid out by the engine.

In comes a unit and the side it starts on; out goes its fragment. The key of a fragment is a hash of all it depends on:
the unit's own content, words, styles, pictures, profile, side, this program and the versions that decide a layout. So
nothing is rendered to find out that nothing changed, and the engine is imported only when a fragment is missing.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path

from booklet.collector import Collector
from booklet.job import Job, Sheet
from booklet.model import Picture
from booklet.printed import Fragment, Unit
from booklet.profiles import Profile
from booklet.store import Store
from booklet.styles import Styles
from booklet.typefaces import font_versions
from booklet.versions import version

_DECIDES = ("weasyprint", "pydyf", "tinycss2", "cssselect2", "tinyhtml5", "pyphen", "fonttools", "pillow", "jinja2")
_PACKAGE = Path(__file__).parent


@cache
def program() -> str:
    """Return a hash of this program and of the versions that decide a layout."""
    digest = sha256()
    for path in sorted(path for path in _PACKAGE.rglob("*") if path.suffix in (".json", ".py", ".jinja", ".yaml")):
        digest.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    digest.update("\n".join([*(f"{name}=={version(name)}" for name in _DECIDES), *font_versions()]).encode())
    return digest.hexdigest()


def load_engine() -> None:
    """Import the layout engine now, so that processes started from this one share it."""
    import_module("booklet.render")
    import_module("booklet.engine")


def tidy_engine() -> None:
    """Remove what the engine of this process, which must be loaded, keeps on the disk while it works."""
    import_module("booklet.engine").tidy()


def generation(styles: Styles) -> str:
    """Return a name for all fragments that this program can make with these styles."""
    parts = [program(), repr(styles.palette.colours), *(sheet.css for sheet in styles.sheets.values())]
    return sha256("\0".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Press:
    """Makes the fragments of one profile."""

    profile: Profile
    styles: Styles
    words: Mapping[str, str]
    language: str
    pictures: Mapping[str, Picture]
    store: Store
    found: Collector
    made: dict[str, Fragment] = field(default_factory=dict)
    """What this press has made or fetched already, by key."""
    _sheets: dict[str, tuple[tuple[Sheet, ...], str]] = field(default_factory=dict)

    def key(self, unit: Unit, side: str) -> str:
        """Return the hash of everything that a unit's fragment depends on."""
        facts = {
            "program": program(), "profile": asdict(self.profile), "words": self.words, "language": self.language,
            "side": side, "kind": unit.kind, "address": unit.address, "title": unit.title, "colour": unit.colour,
            "running": unit.running, "folio": unit.folio, "content": unit.content,
            "sheets": self.sheets(unit.colour)[1],
            "palette": self.styles.palette.tokens(self.profile.ink, "") if unit.pictures else "",
            "icc": sha256(self.styles.icc[self.profile.ink]).hexdigest() if unit.pictures else "",
            "pictures": [sha256(self.pictures[path].content).hexdigest() for path in unit.pictures],
        }
        return sha256(json.dumps(facts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def sheets(self, colour: str) -> tuple[tuple[Sheet, ...], str]:
        """Return the style sheets of a page in a theme's colour, and a hash of them."""
        if colour not in self._sheets:
            sheets = self.styles.of(self.profile, colour)
            self._sheets[colour] = sheets, sha256("\0".join(sheet.css for sheet in sheets).encode()).hexdigest()
        return self._sheets[colour]

    def lay_out(self, unit: Unit, side: str) -> Fragment:
        """Return the fragment of a unit that starts on a side; what the engine said is in ``found``."""
        side = side if self.profile.facing else "single"
        key = self.key(unit, side)
        fragment = self.made.get(key) or self.store.get(key)
        if fragment is None:
            fragment = self._make(unit, side)
            self.store.put(key, fragment)
        self.made[key] = fragment
        self.found.add(fragment.findings)
        return fragment

    def _make(self, unit: Unit, side: str) -> Fragment:
        render, engine = import_module("booklet.render"), import_module("booklet.engine")
        html = render.render(unit, self.words, self.language, side, self.profile)
        (sheets, _), found = self.sheets(unit.colour), Collector()
        job = Job(html, sheets, self._artwork(unit, found), self.profile, unit.address, unit.position)
        fragment: Fragment = engine.press(job)
        return replace(fragment, findings=(*found.findings, *fragment.findings))

    def _artwork(self, unit: Unit, found: Collector) -> dict[str, bytes]:
        """Return the unit's pictures in the inks of the profile; what is wrong with them is in ``found``."""
        ink, made = self.profile.ink, {}
        for path in unit.pictures:
            picture = self.pictures[path]
            if picture.media == "image/svg+xml":
                made[path] = self.styles.palette.recolour(picture, ink, found)
                continue
            try:
                made[path] = import_module("booklet.colour").convert(picture.content, ink, self.styles.icc[ink])
            except OSError as wrong:
                found.error("picture-not-shown", f"'{path}': {wrong}", picture.position, "save the picture anew")
        return made
