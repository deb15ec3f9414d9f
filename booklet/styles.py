"""The designer's folder: palette, style sheets, ICC profiles.  Read once, then held in memory."""

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path, PurePath

from msgspec import Struct
from msgspec.structs import replace

from booklet.collector import Collector
from booklet.digests import digest_of
from booklet.findings import Position
from booklet.job import Sheet
from booklet.memory import Memory, Only
from booklet.palette import Palette, palette_of
from booklet.profiles import PROFILES, SHEETS, Profile
from booklet.source import Shelf, open_shelf, read_bytes, read_text
from booklet.standard import DEFAULT, Standard, read_standard
from booklet.store import Store

SHARED = "booklet.css"
ICC = {"cmyk": "icc/ISOcoated_v2_300_bas.icc", "srgb": "icc/sRGB2014.icc", "grey": "icc/sRGB2014.icc"}
_DEEPEST = 10
"""Tokens that name tokens: deeper than this is a circle."""
_LARGEST_PROFILE = 4_000_000
_ROOT = re.compile(r":root\s*\{([^}]*)\}")
_TOKEN = re.compile(r"--([\w-]+)\s*:\s*([^;}]+?)\s*(?:;|$)")
_VAR = re.compile(r"var\(\s*--([\w-]+)\s*(?:,[^)]*)?\)", re.IGNORECASE)
_LITERAL = re.compile(r"#[0-9a-f]{3,8}\b(?=[^{}]*\})|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\(", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class Styles(Struct, frozen=True):
    """What pages look like."""

    palette: Palette
    sheets: Mapping[str, Sheet]
    """Name of a sheet → the sheet."""
    icc: Mapping[str, bytes]
    """Ink → the ICC profile of its output intent."""
    standard: Standard = DEFAULT
    """What is demanded of every page."""

    def of(self, profile: Profile, theme: str) -> tuple[Sheet, ...]:
        """Return the sheets of a profile for a page in a theme's colour, later ones stronger, all tokens resolved."""
        sheets = self.sheets[SHARED], self.sheets[f"{profile.name}.css"]
        tokens = self.palette.tokens(profile.ink, theme)
        for sheet in sheets:
            for block in _ROOT.findall(sheet.css):
                tokens |= dict(_TOKEN.findall(block))
        classes = Sheet("palette.yaml", self.palette.classes(profile.ink))
        return classes, *(replace(sheet, css=_resolve(sheet.css, tokens)) for sheet in sheets)

    def digest(self, profile: Profile) -> str:
        """Return a short hash of what of the designer's folder decides the pages of a profile."""
        inks = [sorted(self.palette.tokens(profile.ink, theme).items()) for theme in sorted(self.palette.themes)]
        sheets = [self.sheets[SHARED].css, self.sheets[f"{profile.name}.css"].css]
        icc = digest_of(self.icc[profile.ink]).hex() if profile.ink in self.icc else ""
        return sha256(repr((inks, sheets, icc, self.standard)).encode()).hexdigest()[:16]


def _resolve(css: str, tokens: Mapping[str, str]) -> str:
    """Return a sheet with ``var()`` replaced: the engine computes custom properties anew for every element."""
    for _ in range(_DEEPEST):
        if not _VAR.search(css):
            break
        css = _VAR.sub(lambda match: tokens.get(match[1], ""), css)
    return css


def _check_tokens(palette: Palette, sheets: Mapping[str, Sheet], found: Collector) -> None:
    """Report every token that a sheet uses and nobody defines."""
    blocks = [block for sheet in sheets.values() for block in _ROOT.findall(sheet.css)]
    known = {token for block in blocks for token, _ in _TOKEN.findall(block)}
    known |= palette.tokens("srgb", "").keys() if palette.colours else set()
    for sheet in sheets.values():
        css = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), sheet.css)
        for match in _VAR.finditer(css):
            if match[1] not in known:
                found.error("unknown-token", f"nobody defines '--{match[1]}'", _place(sheet, match),
                            "define it in :root or name a colour of the palette")
        for match in _LITERAL.finditer(css):
            found.error("colour-not-in-palette", f"the style sheet uses '{match[0]}'", _place(sheet, match),
                        "name a colour of the palette: var(--ink)")
    tokens = {token: value for block in blocks for token, value in _TOKEN.findall(block)}
    for token in sorted(tokens):
        if _VAR.search(_resolve(f"var(--{token})", tokens | dict.fromkeys(known - tokens.keys(), "x"))):
            sheet = next(sheet for sheet in sheets.values() if f"--{token}" in sheet.css)
            found.error("unknown-token", f"'--{token}' is defined by itself", Position(Path(sheet.name)),
                        "give it a value of its own")


def _place(sheet: Sheet, match: re.Match[str]) -> Position:
    """Return where in a sheet a match stands."""
    start = match.start()
    return Position(Path(sheet.name), sheet.css.count("\n", 0, start) + 1, start - sheet.css.rfind("\n", 0, start))


def _check_icc(content: bytes, space: str, path: Path, found: Collector) -> None:
    """Report a file that is no ICC profile of a colour space (ICC.1, 7.2: size, colour space, signature)."""
    sound = content[36:40] == b"acsp" and int.from_bytes(content[:4], "big") == len(content)
    if not sound or content[16:20] != space.encode():
        message = f"this is no ICC profile of the kind '{space.strip()}'"
        found.error("bad-icc", message, Position(path), "restore the file")


def _cure(name: str) -> str:
    """Return what to do about a missing sheet."""
    users = {
        SHARED: "everything that is made", "order.css": "the order sheet of a print run",
        "slip.css": "the slip of errata", "review.css": "the summary of a review copy",
        "facts.css": "the list of facts"}
    user = users.get(name, f"the profile '{PurePath(name).stem}'")
    return f"{user} is set with it: put it back, or copy it from the styles folder of the project"


class _Checked(Struct, frozen=True):
    sheets: tuple[str, ...]


def _check_once(palette: Palette, sheets: Mapping[str, Sheet], memory: Memory, found: Collector) -> None:
    """Check the tokens of sheets that were not found to be right before."""
    names = tuple(sheets)

    def check(own: Collector) -> _Checked:
        _check_tokens(palette, sheets, own)
        return _Checked(names)

    parts = memory.once(repr, Only(palette)), *(f"{sheet.name}\n{sheet.css}" for sheet in sheets.values())
    memory.recall(_Checked, parts, found, check)


def read_styles(root: Path, found: Collector, memory: Memory | None = None) -> Styles | None:
    """Return the designer's folder; None when something in it is wrong, which then is in ``found``."""
    faults = len(found)
    styles = styles_of(open_shelf(root, found, memory), root, found)
    return styles if len(found) == faults else None


def styles_of(shelf: Shelf | None, root: Path, found: Collector) -> Styles | None:
    """Return the designer's files of a shelf that is called ``root``; None when something in them is wrong."""
    faults = len(found)
    standard = read_standard(shelf, found) if shelf else DEFAULT
    palette, memory = palette_of(shelf, found), shelf.memory if shelf else Memory(Store(None))
    sheets, icc = {}, {}
    for name in (SHARED, *(f"{profile}.css" for profile in (*PROFILES, *(sheet.name for sheet in SHEETS)))):
        if shelf and name not in shelf.files:
            found.error("style-missing", f"the style sheet '{name}' is missing", Position(root / name), _cure(name))
        elif shelf and (text := read_text(shelf, name, found)) is not None:
            sheets[name] = Sheet(str(root / name), text)
    for ink, name in ICC.items():
        content = read_bytes(shelf, name, _LARGEST_PROFILE, found) if shelf else None
        icc[ink] = content or b""
        if content is not None:
            _check_icc(icc[ink], "CMYK" if ink == "cmyk" else "RGB ", root / name, found)
    if len(found) == faults:
        _check_once(palette, sheets, memory, found)
    if len(found) > faults:
        return None
    return memory.same((Styles, Only(palette), repr(standard)), Styles(palette, sheets, icc, standard))
