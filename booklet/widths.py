"""How wide words are in the sans face, before any engine has set them: so that a drawing can leave room for its labels.

In come words and a size, out go millimetres. Advance widths in thousandths of the size, read from the faces that
``typefaces`` names; kerning is left out, so words are measured a little too wide. It refuses to know the engine.
"""

from collections.abc import Mapping
from functools import cache

_REGULAR: Mapping[int, str] = {
    241: '|', 246: 'i', 247: 'j', 249: "',.:;·’", 255: 'l', 263: 'I', 289: '!', 292: 'f', 303: '()[]{}', 311: '-',
    331: '°', 338: 't', 347: 'r', 350: '/\\', 418: '*', 419: 's', 425: '"?z“”', 429: '«»', 446: 'x', 456: 'c',
    467: 'vy', 476: 'Y', 480: 'J–', 486: 'L', 494: 'F', 495: 'k', 496: 'eéè', 497: '#$+0123456789<=>^~−§×€',
    500: '_', 504: 'agåä', 513: 'X', 515: 'V', 527: 'EÉ', 534: 'S', 536: 'T', 539: 'Z', 542: '`oøö', 544: 'AhuÅüÄ',
    547: 'n', 553: 'b', 555: 'dpq', 566: 'P', 569: 'R', 571: 'C', 579: 'K', 588: 'B', 609: '&', 615: 'D', 617: 'G',
    645: 'UÜ', 647: 'N', 652: 'H', 664: 'OQØÖ', 718: 'w', 727: 'M', 785: 'æ', 786: 'W', 800: '—', 808: '½',
    822: 'Æ', 824: '%', 829: 'm', 847: '@', 948: '…',
}
_BOLD: Mapping[int, str] = {
    255: '|', 262: 'i', 263: 'j', 271: 'l', 275: "',.:;·’", 282: 'I', 315: '!', 317: 'f', 322: '-', 324: '()[]{}',
    344: '/\\', 348: '°', 361: 't', 373: 'r', 431: 's', 438: '*', 443: 'z', 444: '?', 456: '«»', 462: 'c', 480: '–',
    481: 'x', 482: '"“”', 494: 'J', 495: 'vy', 500: '_', 501: 'Y', 502: 'L', 507: 'eéè', 510: 'F',
    513: '#$+0123456789<=>^~−§×€', 516: 'aåä', 520: 'g', 522: 'k', 536: 'V', 538: 'EÉ', 540: 'Z', 541: 'X',
    545: 'S', 546: 'T', 549: '`oøö', 556: 'uü', 558: 'AhÅÄ', 560: 'n', 563: 'b', 564: 'dpq', 576: 'C', 582: 'P',
    592: 'R', 597: 'BK', 625: 'D', 628: 'G', 639: '&', 655: 'UÜ', 656: 'N', 663: 'H', 674: 'OQØÖ', 745: 'M',
    748: 'w', 785: 'æ', 800: 'W—', 827: '½', 834: 'Æ', 841: '%', 843: 'm', 875: '@', 963: '…',
}
_SPACE = 200
_UNKNOWN = 600
"""Of a letter that the table does not have: wide, so that it has room."""
_POINT = 25.4 / 72


@cache
def _table(bold: bool) -> Mapping[str, int]:
    return {sign: width for width, signs in (_BOLD if bold else _REGULAR).items() for sign in signs}


def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """Return how many mm some words take on one line in a size in pt."""
    table = _table(bold)
    units = sum(_SPACE if sign.isspace() else table.get(sign, _UNKNOWN) for sign in words)
    return units / 1000 * size * _POINT


def fold(words: str, width: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """Return words on lines that are at most so many mm wide; a single word that is wider stays whole."""
    lines: list[str] = []
    for word in words.split():
        if lines and width_of(f"{lines[-1]} {word}", size, bold=bold) <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return tuple(lines)
