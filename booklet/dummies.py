"""Stands in for modules that libraries import and hardly ever use; the real one is loaded when it is needed.

In come names of modules, each with the little of it that is asked for at once; while others are imported, a dummy
stands in the place of each that is not loaded yet. Who holds a dummy holds all that the module has. Refuses to know
whose modules they are. ``BOOKLET_HASTE=0`` switches it off.
"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from types import MappingProxyType, ModuleType
from typing import Any

from booklet.versions import version

Known = Mapping[str, Mapping[str, Any]]
"""Name of a module → what a dummy of it has of its own."""


class Dummy(ModuleType):
    """A module, and no package, that is loaded when something is asked for that the dummy does not have."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)  # the machinery of imports asks, not who wants to use it
        return getattr(real(self.__name__), name)


def real(name: str) -> ModuleType:
    """Return a module itself, whatever stands in its place."""
    if isinstance(sys.modules.get(name), Dummy):
        del sys.modules[name]
    return import_module(name)


def later(module: str, name: str) -> Callable[..., Any]:
    """Return what does what a function does, and loads its module when it is called."""
    def call(*arguments: Any, **options: Any) -> Any:
        return getattr(real(module), name)(*arguments, **options)
    return call


def in_haste(pinned: Mapping[str, str] = MappingProxyType({})) -> bool:
    """Tell whether stand-ins are wanted, and the versions installed are those that they are made for."""
    known = all(version(name) == number for name, number in pinned.items())
    return known and os.environ.get("BOOKLET_HASTE", "1") != "0"


class Late:
    """Stands for a class until somebody asks something of it."""

    def __init__(self, module: str, name: str) -> None:
        """Stand for a class of a module."""
        self._module, self._name = module, name

    def _real(self) -> Any:
        return getattr(real(self._module), self._name)

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        return self._real()(*arguments, **options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real(), name)

    def __instancecheck__(self, thing: object) -> bool:
        return isinstance(thing, self._real())


@contextmanager
def standing_in(known: Known, *missing: str) -> Iterator[None]:
    """Let dummies stand in for modules, and let others seem to be missing, while something is imported within."""
    if not in_haste():
        yield
        return
    put: dict[str, Any] = {name: _dummy(name, own) for name, own in known.items()} | dict.fromkeys(missing)
    put = {name: dummy for name, dummy in put.items() if name not in sys.modules}
    sys.modules.update(put)
    try:
        yield
    finally:
        for name, dummy in put.items():
            if name in sys.modules and sys.modules[name] is dummy:
                del sys.modules[name]


def _dummy(name: str, own: Mapping[str, Any]) -> Dummy:
    made = Dummy(name)
    vars(made).update(own)
    return made
