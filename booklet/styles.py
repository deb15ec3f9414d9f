"""The designer's folder: palette, style sheets, ICC profiles.  Read once, then held in memory."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from booklet.collector import Collector
from booklet.findings import Position
from booklet.job import Sheet
from booklet.palette import Palette, read_palette
from booklet.profiles import PROFILES, Profile
from booklet.source import open_shelf, read_bytes, read_text

SHARED = "booklet.css"
ICC = {"cmyk": "icc/ISOcoated_v2_300_bas.icc", "srgb": "icc/sRGB2014.icc", "grey": "icc/sRGB2014.icc"}
_LARGEST_PROFILE = 4_000_000
_ROOT = re.compile(r":root\s*\{([^}]*)\}")
_TOKEN = re.compile(r"--([\w-]+)\s*:\s*([^;}]+?)\s*(?:;|$)")
_VAR = re.compile(r"var\(\s*--([\w-]+)\s*\)")


@dataclass(frozen=True, slots=True)
class Styles:
    """What pages look like."""

    palette: Palette
    sheets: Mapping[str, Sheet]
    """Name of a sheet → the sheet."""
    icc: Mapping[str, bytes]
    """Ink → the ICC profile of its output intent."""

    def of(self, profile: Profile, theme: str) -> tuple[Sheet, ...]:
        """Return the sheets of a profile for a page in a theme's colour, later ones stronger, all tokens resolved."""
        sheets = self.sheets[SHARED], self.sheets[f"{profile.name}.css"]
        tokens = self.palette.tokens(profile.ink, theme)
        for sheet in sheets:
            for block in _ROOT.findall(sheet.css):
                tokens |= dict(_TOKEN.findall(block))
        classes = Sheet("palette.yaml", self.palette.classes(profile.ink))
        return classes, *(replace(sheet, css=_resolve(sheet.css, tokens)) for sheet in sheets)


def _resolve(css: str, tokens: Mapping[str, str]) -> str:
    """Return a sheet with ``var()`` replaced: the engine computes custom properties anew for every element."""
    def value(match: re.Match[str]) -> str:
        return _resolve(tokens[match[1]], tokens) if match[1] in tokens else match[0]
    return _VAR.sub(value, css)


def _check_tokens(palette: Palette, sheets: Mapping[str, Sheet], found: Collector) -> None:
    """Report every token that a sheet uses and nobody defines."""
    blocks = [block for sheet in sheets.values() for block in _ROOT.findall(sheet.css)]
    known = {token for block in blocks for token, _ in _TOKEN.findall(block)}
    known |= palette.tokens("srgb", "").keys() if palette.colours else set()
    for sheet in sheets.values():
        for match in _VAR.finditer(sheet.css):
            if match[1] not in known:
                line = sheet.css.count("\n", 0, match.start()) + 1
                column = match.start() - sheet.css.rfind("\n", 0, match.start())
                found.error("unknown-token", f"nobody defines '--{match[1]}'", Position(Path(sheet.name), line, column),
                            "define it in :root or name a colour of the palette")


def read_styles(root: Path, found: Collector) -> Styles | None:
    """Return the designer's folder; None when something in it is wrong, which then is in ``found``."""
    faults = len(found)
    palette, shelf = read_palette(root, found), open_shelf(root, found)
    sheets, icc = {}, {}
    for name in (SHARED, *(f"{profile}.css" for profile in PROFILES)):
        text = read_text(shelf, name, found) if shelf else None
        if text is None:
            found.error("style-missing", f"the style sheet '{name}' is missing", Position(root / name), "add the sheet")
        else:
            sheets[name] = Sheet(str(root / name), text)
    for ink, name in ICC.items():
        content = read_bytes(shelf, name, _LARGEST_PROFILE, found) if shelf else None
        icc[ink] = content or b""
    _check_tokens(palette, sheets, found)
    return Styles(palette, sheets, icc) if len(found) == faults else None
