"""Lets the layout engine be imported in half the time, without touching what it does.

Importing WeasyPrint 70.0 starts some fifty processes to look for libraries that it then opens by name, and loads the
font compiler that only variable fonts need. Both are kept from it while it is imported. Only for that version and
only on Linux; ``BOOKLET_HASTE=0`` switches it off. Fragments are the same with and without: a test compares them.
"""

import ctypes.util
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.metadata import version
from types import ModuleType
from typing import Any

PINNED = "70.0"
_LATE = {
    "fontTools.subset": ("Options", "Subsetter"),
    "fontTools.varLib.instancer": ("instantiateVariableFont",),
}
"""What the engine imports and never uses on static fonts that assembly subsets."""


def wanted() -> bool:
    """Tell whether the engine installed is the one that this room knows, on a machine that it knows."""
    known = sys.platform == "linux" and version("weasyprint") == PINNED
    return known and os.environ.get("BOOKLET_HASTE", "1") != "0"


def _later(module: str, name: str) -> Callable[..., Any]:
    """Return a stand-in that loads the real thing when it is called."""
    def call(*arguments: Any, **options: Any) -> Any:
        sys.modules.pop(module, None)
        return getattr(import_module(module), name)(*arguments, **options)
    return call


def _stand_in(module: str, names: tuple[str, ...]) -> ModuleType:
    made = ModuleType(module)
    for name in names:
        setattr(made, name, _later(module, name))
    return made


@contextmanager
def quick_import() -> Iterator[None]:
    """Keep library searches and font compilers away while the engine is imported within."""
    if not wanted() or "weasyprint" in sys.modules:
        yield
        return
    find = ctypes.util.find_library
    absent = [module for module in _LATE if module not in sys.modules]
    ctypes.util.find_library = lambda name: None
    sys.modules.update({module: _stand_in(module, _LATE[module]) for module in absent})
    try:
        yield
    finally:
        ctypes.util.find_library = find
        for module in absent:
            sys.modules.pop(module, None)
