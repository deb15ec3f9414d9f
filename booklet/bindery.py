"""Lets the library that binds PDFs be imported in half the time, without touching what it does.

Half of what importing pikepdf loads reads and writes metadata, pictures and encryption, which a build never asks for.
While it is imported, stand-ins take their places; what is asked of one of them, the real module answers, which is then
loaded with all others and put where the stand-ins were. Only for the versions in ``PINNED``; ``BOOKLET_HASTE=0``
switches it off. Who only judges or imposes files imports the library as it is.
"""

import sys
from collections.abc import Callable
from importlib import import_module
from types import FunctionType, ModuleType
from typing import Any

from booklet.dummies import Known, Late, in_haste, later, standing_in

PINNED = {"pikepdf": "10.17.0"}
LATE = (
    "pikepdf.models.metadata", "pikepdf.models.image", "pikepdf.models.encryption", "pikepdf.jobs", "pikepdf.sanitize",
    "pikepdf._page_copy", "pikepdf._content_scopes")
"""What a build never asks for."""
_ERRORS = "pikepdf.models._image_exceptions"
"""Where the errors of pictures are at home, as is little else: who catches one wants its class at once."""


def _members(thing: type, predicate: Callable[[Any], bool]) -> list[tuple[str, Any]]:
    """Return what ``inspect.getmembers`` does of a plain class."""
    return [(name, member) for name in dir(thing) if predicate(member := getattr(thing, name))]


def _is_function(thing: object) -> bool:
    return isinstance(thing, FunctionType)


def _is_data(thing: object) -> bool:
    """Tell whether something is a data descriptor, as far as members of a plain class can be."""
    return not isinstance(thing, type | FunctionType) and (hasattr(type(thing), "__set__") or hasattr(
        type(thing), "__delete__"))


_KNOWN: Known = {
    "inspect": {"getmembers": _members, "isfunction": _is_function, "isdatadescriptor": _is_data},
    "platform": {"python_implementation": lambda: {"cpython": "CPython"}.get(sys.implementation.name, "PyPy")},
    "subprocess": {"run": later("subprocess", "run")},
    **{name: {} for name in ("secrets", "bz2", "lzma", "mimetypes", "traceback")}}
"""Module of Python → what is asked of it at once."""


class _Late(Late):
    """Stands for a class or a function until somebody asks something of it."""

    def _real(self) -> Any:
        _wake()
        return super()._real()


class _Part(ModuleType):
    """A module of which names are taken, but nothing is asked."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name.endswith("Error") and hasattr(import_module(_ERRORS), name):
            return getattr(import_module(_ERRORS), name)
        if sys.modules.get(self.__name__) is self:
            return _Late(self.__name__, name)
        _wake()
        return getattr(import_module(self.__name__), name)


def _wake() -> None:
    """Load what is late, and put it wherever something stands for it."""
    for name in LATE:
        import_module(name)
    for module in [module for name, module in sys.modules.items() if name.partition(".")[0] == "pikepdf"]:
        for name, thing in list(vars(module).items()):
            if type(thing) is _Late:
                setattr(module, name, getattr(import_module(thing._module), thing._name))
            elif type(thing) is _Part:
                setattr(module, name, import_module(thing.__name__))


def load_binder() -> None:
    """Import the library that binds PDFs."""
    if "pikepdf" in sys.modules or not in_haste(PINNED):
        return
    parts = {name: _Part(name) for name in LATE}
    sys.modules.update(parts)
    try:
        with standing_in(_KNOWN):
            import_module("pikepdf")
    finally:
        for name, part in parts.items():
            if sys.modules.get(name) is part:
                del sys.modules[name]
