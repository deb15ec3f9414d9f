"""Which version of a library is installed, read from the names of the folders that say so.

In comes the name of a package, out goes its version. It opens no file: ``importlib.metadata`` would, and it loads the
parser of e-mails for that, which takes longer than all else that a build without changes does.
"""

import os
import re
import sys
from functools import cache

_FOLDER = re.compile(r"(.+?)-([^-]+)(?:-[^-]+)?\.(?:dist|egg)-info")


def _plain(name: str) -> str:
    """Return a package's name in the one spelling that all its spellings share (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def _installed(places: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for place in filter(os.path.isdir, places):
        for match in map(_FOLDER.fullmatch, sorted(os.listdir(place or "."))):
            if match:
                found.setdefault(_plain(match[1]), match[2])
    return found


def version(name: str) -> str:
    """Return the version of an installed package; ModuleNotFoundError when there is none of the name."""
    found = _installed(tuple(sys.path))
    if _plain(name) not in found:
        raise ModuleNotFoundError(f"the package '{name}' is not installed", name=name)
    return found[_plain(name)]
