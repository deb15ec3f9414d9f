"""Which characters may be printed, how words become an identifier, what an address on the web looks like.

In come characters, out go names and slugs. It refuses to know files, YAML and Markdown. No I/O; nobody below.
"""

import re
import unicodedata
from collections.abc import Iterable
from importlib import import_module

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufffe\uffff"
    "\ud800-\udfff\U000f0000-\U0010ffff]"
)
"""Controls (tab and newline aside), line separators, direction overrides, private use, what is no character at all.

The private-use characters are ours: references stand in a block's HTML between U+E000 and U+E002.
"""
IDENTIFIER = re.compile(r"(?=.{1,60}$)[a-z0-9]+(?:-[a-z0-9]+)*")
WEB_ADDRESS = re.compile(
    r"https?://[^\s/?#@:\"<>\\]+\.[^\s/?#@:\"<>\\]+(?::\d+)?(?:[/?#][^\s\"<>\\]*)?", re.IGNORECASE
)
_PLAIN = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŧ": "t", "ŋ": "n", "ß": "ss", "ł": "l"})


def describe(character: str) -> str:
    """Return «U+0007 (bell)»-like words for a character that an editor may not show."""
    number = f"U+{ord(character):04X}"
    if "\ue000" <= character <= "\uf8ff" or character >= "\U000f0000":
        return f"{number} (private use)"
    name = unicodedata.name(character, "").lower()
    return f"{number} ({name})" if name else f"{number} (control character)"


def slug(words: str) -> str:
    """Return an identifier made from words: «Flytting på Østlandet» gives ``flytting-pa-ostlandet``."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", words).lower().translate(_PLAIN))
    return "-".join(re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c))))


def nearest(wrong: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """Return the known word that is most like a wrong one, or nothing."""
    names = sorted(set(known))
    same = [name for name in names if name.casefold() == wrong.casefold()]
    near = same or import_module("difflib").get_close_matches(wrong[:80], names, n=1, cutoff=likeness)
    return near[0] if near else ""


def guess(wrong: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """Return «did you mean 'title'?» for the nearest known word, or nothing."""
    near = nearest(wrong, known, likeness)
    return f"did you mean '{near}'?" if near else ""


def quoted(words: str, longest: int = 60) -> str:
    """Return words for a message: in quotes, on one line, shortened, nothing unprintable."""
    clean = re.sub(r"[ \t\n]+", " ", words).strip(" ")
    inner = clean.strip()  # a space that is no space shows at the ends, where it surprises
    clean = "".join(c if c.isprintable() or (c.isspace() and c in inner) else "\ufffd" for c in clean)
    return f"'{clean[:longest]}…'" if len(clean) > longest else f"'{clean}'"
