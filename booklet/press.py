"""Unit → fragment: out of the store, or laid out by the engine.

In comes a unit and the side it starts on; out goes its fragment. The key of a fragment is a hash of all it depends on:
the unit's own content, words, styles, pictures, profile, side, this program and the versions that decide a layout. So
nothing is rendered to find out that nothing changed, and the engine is imported only when a fragment is missing.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from importlib import import_module

from msgspec import Struct, field
from msgspec.json import Encoder
from msgspec.structs import replace

from booklet.artwork import Artwork, Demand, demand_of
from booklet.collector import Collector
from booklet.fragments import Fragments
from booklet.job import Job, Sheet
from booklet.measures import Measures
from booklet.memory import Memory, Only
from booklet.model import Picture
from booklet.notation import decode, encode
from booklet.palette import Palette
from booklet.presses import Printer
from booklet.printed import RECTO, VERSO, Fragment, Unit
from booklet.profiles import Profile
from booklet.program import program
from booklet.signals import undisturbed
from booklet.steps import Step
from booklet.store import Store
from booklet.styles import SHARED, Styles
from booklet.syllables import exceptions_in


def load_engine() -> None:
    """Import the layout engine now, so that processes started from this one share it."""
    with undisturbed():
        import_module("booklet.render")
        import_module("booklet.engine")


def prepare_engine(sheets: Iterable[tuple[Sheet, ...]], language: str) -> None:
    """Load the layout engine and let it read style sheets and hyphens now, so that processes started from this one
    share them.
    """
    load_engine()
    import_module("booklet.engine").read_hyphens(language)
    for one in sheets:
        import_module("booklet.engine").prepare(one)


def keep_pages() -> None:
    """Let the layout engine of this process, which stays, keep the pages that it makes."""
    load_engine()
    import_module("booklet.engine").keep_pages()


def tidy_engine() -> None:
    """Remove what the engine of this process, which must be loaded, keeps on the disk while it works."""
    import_module("booklet.engine").tidy()


_PRESS = "cmyk"


class Stock(Struct, frozen=True):
    """What every profile's press works with."""

    styles: Styles
    words: Mapping[str, str]
    language: str
    pictures: Mapping[str, Picture]
    fragments: Fragments
    found: Collector
    tell: Callable[[Step], None]
    icc: Mapping[str, bytes]
    """Ink → the profile that pictures are converted by."""
    printer: Printer | None = None
    """Who prints what is made for the press."""
    hyphenation: tuple[str, ...] = ()
    """Words that the author breaks otherwise."""
    memory: Memory = field(default_factory=lambda: Memory(Store(None)))
    """What earlier builds of this process hashed."""
    twins: set[str] = field(default_factory=set)
    """Profiles after which another asks for the same units."""


_SAY = Encoder(order="sorted").encode


def _hash(thing: object) -> str:
    return sha256(_SAY(thing)).hexdigest()


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _tell(unit: Unit) -> tuple[str, bytes]:
    """Return the hash of what a unit says, and that itself."""
    told, folio = _SAY(unit.content), unit.folio and unit.folio_digits
    content = unit.address, unit.kind, unit.title, unit.colour, unit.running, folio, _digest(told)
    return _hash(content), told


def _hash_exceptions(told: bytes, hyphenation: tuple[str, ...]) -> str:
    """Return the hash of the words in what a unit says that the author breaks otherwise."""
    return _hash(exceptions_in(told, hyphenation))


def _tokens(palette: Palette, ink: str, colour: str) -> dict[str, str]:
    return palette.tokens(ink, colour)


def _sheets(styles: Styles, profile: Profile, colour: str) -> tuple[Sheet, ...]:
    return styles.of(profile, colour)


def _hash_sheets(palette: Palette, shared: Sheet, own: Sheet, profile: Profile, colour: str) -> str:
    """Return the hash of the style sheets of a page: of what they are resolved to."""
    sheets = Styles(palette, {SHARED: shared, f"{profile.name}.css": own}, {}).of(profile, colour)
    return sha256("\0".join(sheet.css for sheet in sheets).encode()).hexdigest()


_NO_PICTURES = _hash([[], []])
_NO_WORDS = _hash(())


class Press(Struct, frozen=True):
    """Makes the fragments of one profile."""

    profile: Profile
    stock: Stock
    _inputs: dict[int, tuple[Unit, dict[str, str]]] = field(default_factory=dict)
    _same: dict[str, str] = field(default_factory=dict)
    """The inputs that all units of this press share."""

    @property
    def demand(self) -> Demand:
        """Return what pictures must be like."""
        icc, printer = self.stock.icc[_PRESS], self.stock.printer
        return demand_of(self.profile.ink, icc, printer.ppi) if printer else demand_of(self.profile.ink, icc)

    def beside(self, stock: Stock) -> "Press":
        """Return a press that works with the same styles and words for another stock."""
        return Press(self.profile, stock, {}, self._same)

    def inputs(self, unit: Unit, side: str) -> dict[str, str]:
        """Return everything that a unit's fragment depends on: what it is → its hash."""
        if id(unit) not in self._inputs:
            self._inputs[id(unit)] = unit, self._hash_inputs(unit)
        return self._inputs[id(unit)][1] | {"side": self.side(side)}

    def _hash_inputs(self, unit: Unit) -> dict[str, str]:
        if not self._same:
            words = _hash([self.stock.language, self.stock.words])
            self._same.update(program=program(), profile=_hash(self.profile.layout), words=words)
        stock = self.stock
        content, told = stock.memory.once(_tell, Only(unit))
        hyphenation = _NO_WORDS
        if stock.hyphenation:  # to look for them takes longer than all else here
            hyphenation = stock.memory.text("exceptions", _hash_exceptions, Only(told), stock.hyphenation)
        return {
            **self._same, "content": content, "styles": _hash([self._hash_sheets(unit.colour), self.mend]),
            "pictures": self._hash_pictures(unit), "hyphenation": hyphenation}

    def _hash_pictures(self, unit: Unit) -> str:
        """Return a hash of a unit's pictures, of the inks they are drawn in, and of what they must be like."""
        if not unit.pictures and not unit.drawn:
            return _NO_PICTURES
        stock = self.stock
        art = [stock.memory.once(_digest, stock.pictures[path].content) for path in unit.pictures]
        inks: list[object] = [
            stock.memory.once(_tokens, Only(stock.styles.palette), self.profile.ink, unit.colour)]
        return _hash([art, [*inks, self.demand.inputs()] if art else inks])

    @property
    def mend(self) -> tuple[float, float]:
        """Return how far paragraphs may be set apart, and what for."""
        standard = self.stock.styles.standard
        return (standard.repair / 100, standard.last_line) if standard.repair else (0, 0)

    def exceptions(self, unit: Unit) -> tuple[str, ...]:
        """Return the words of a unit that the author breaks otherwise."""
        words = self.stock.hyphenation
        return exceptions_in(_SAY(unit.content), words) if words else ()

    def key(self, unit: Unit, side: str) -> str:
        """Return the hash of everything that a unit's fragment depends on."""
        return _hash(self.inputs(unit, side))

    def side(self, side: str) -> str:
        """Return the side as far as it matters to this profile."""
        return side if self.profile.facing else "single"

    def sheets(self, colour: str) -> tuple[Sheet, ...]:
        """Return the style sheets of a page in a theme's colour."""
        return self.stock.memory.once(_sheets, Only(self.stock.styles), Only(self.profile), colour)

    def _hash_sheets(self, colour: str) -> str:
        styles = self.stock.styles
        shared, own = styles.sheets[SHARED], styles.sheets[f"{self.profile.name}.css"]
        parts = Only(styles.palette), Only(shared), Only(own), Only(self.profile), colour
        return self.stock.memory.text("sheets", _hash_sheets, *parts)

    def lay_out(self, unit: Unit, side: str) -> Fragment:
        """Return the fragment of a unit that starts on a side; what the engine said is in ``found``."""
        inputs, fragments = self.inputs(unit, side), self.stock.fragments
        key = _hash(inputs)
        kept = fragments.get(key)
        self.stock.tell(Step(
            self.profile.name, unit.address, kept is not None,
            () if kept else fragments.changes(f"{self.profile.name} {unit.address}", inputs)))
        fragment = kept or self._make(unit, self.side(side))
        fragments.put(key, fragment)
        fragments.remember(f"{self.profile.name} {unit.address}", inputs)
        self.stock.found.add(fragment.findings)
        return replace(fragment, key=key)

    def rehearse(self, unit: Unit) -> None:
        """Lay out a unit for nobody, on the side where it was last: the next time its words are known."""
        fragments = self.stock.fragments
        side = next((side for side in (RECTO, VERSO) if fragments.has(self.key(unit, side))), RECTO)
        self._make(unit, self.side(side))

    def measure(self, unit: Unit, side: str) -> Measures:
        """Return what the pages of a unit measure; what was measured before is in the store."""
        key, store = self.key(unit, side), self.stock.fragments.store
        kept = store.get("measures", key)
        if kept is not None:
            with suppress(ValueError):
                measured: Measures = decode(kept, Measures)
                return measured
        load_engine()
        made: Measures = import_module("booklet.engine").measure(self._job(unit, self.side(side))[0])
        store.put("measures", key, encode(made))
        return made

    def _job(self, unit: Unit, side: str) -> tuple[Job, Artwork]:
        """Return what the engine is given for a unit."""
        render = import_module("booklet.render")
        html = render.render(unit, self.stock.words, self.stock.language, side, self.profile)
        html = self.stock.styles.palette.paint(html, self.profile.ink, unit.colour) if unit.drawn else html
        sheets = self.sheets(unit.colour)
        shown = {path: self.stock.pictures[path] for path in unit.pictures}
        art = Artwork(unit.address, shown, self.stock.styles.palette, self.demand, self.stock.fragments.store)
        job = Job(
            html, sheets, art.laid_out, self.profile, unit.address, unit.position, art.develop, self.stock.language,
            self.exceptions(unit), self.mend, self.profile.name in self.stock.twins)
        return job, art

    def _make(self, unit: Unit, side: str) -> Fragment:
        load_engine()
        job, art = self._job(unit, side)
        fragment: Fragment = import_module("booklet.engine").press(job)
        return replace(fragment, findings=(*art.found.findings, *fragment.findings))
