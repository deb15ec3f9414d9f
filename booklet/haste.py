"""Lets the layout engine be imported in a third of the time, without touching what it does.

Importing WeasyPrint 70.0 parses four hundred C declarations, a style sheet with the counters of all scripts and one
for attributes of the nineties, and loads compilers of fonts and clients of networks that are never used here. While it
is imported the declarations come ready from ``haste.json`` (``make haste`` writes it), the sheets without what no page
of ours can meet, and stand-ins take the places of the rest. Only for the versions in ``PINNED`` and only on Linux;
``BOOKLET_HASTE=0`` switches it off. Fragments are the same with and without: a test compares them.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from importlib import import_module, resources
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

from booklet.basics import Shelf, foreign_counters, late_counters
from booklet.dummies import Late, in_haste, standing_in
from booklet.hyphens import quick_class
from booklet.stencils import furnish, knows

PINNED = {"weasyprint": "70.0", "cffi": "2.1.1", "pyphen": "0.18.1", "cssselect2": "0.10.1"}
DECLARATIONS = Path(__file__).parent / "haste.json"
_LATE = {
    "fontTools": (),
    "fontTools.subset": ("Options", "Subsetter"),
    "fontTools.ttLib": ("TTFont", "TTLibError", "ttFont", "woff2"),
    "fontTools.varLib.instancer": ("instantiateVariableFont",),
    "tinyhtml5": ("parse",),
    "PIL.ImageCms": ("ImageCmsProfile",),
}
"""What the engine imports and never uses on static fonts that assembly subsets and on pages that expat can read."""
_ASLEEP = "EpsImagePlugin", "Image", "ImageFile", "ImageOps"
"""Modules of Pillow, which the engine uses on pictures of pixels."""


def engine_file(*names: str) -> Path:
    """Return a file of the engine, which need not be imported for that; ModuleNotFoundError when it is missing."""
    spec = find_spec("weasyprint")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("the layout engine is not installed", name="weasyprint")
    return Path(spec.origin).parent.joinpath(*names)


def wanted() -> bool:
    """Tell whether the engine installed is the one that this room knows, on a machine that it knows."""
    return sys.platform == "linux" and in_haste(PINNED)


def _later(module: str, name: str) -> Callable[..., Any]:
    """Return a stand-in that loads the real thing when it is called."""
    def call(*arguments: Any, **options: Any) -> Any:
        if getattr(sys.modules.get(module), name, None) is call:
            del sys.modules[module]
        return getattr(import_module(module), name)(*arguments, **options)
    return call


def _stand_in(module: str, names: tuple[str, ...]) -> ModuleType:
    made = ModuleType(module)
    for name in names:
        setattr(made, name, _later(module, name))
    return made


class _Asleep(ModuleType):
    """A module that is loaded, and told what it was told, when something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        for other in self.__dict__["others"]:
            told = {key: value for key, value in other.__dict__.items() if key != "others" and key[:2] != "__"}
            for key, value in told.items():
                setattr(import_module(other.__name__), key, value)
                delattr(other, key)
        return getattr(import_module(self.__name__), name)


def _asleep(package: str, names: tuple[str, ...]) -> ModuleType:
    """Return a stand-in for a package that holds modules not yet loaded."""
    made, others = ModuleType(package), [_Asleep(f"{package}.{name}") for name in names]
    for name, module in zip(names, others, strict=True):
        module.__dict__["others"] = others
        setattr(made, name, module)
    return made


class _OneConfig:
    """Fontconfig, which hands out the configuration that the engine was imported with, instead of reading it again."""

    def __init__(self, library: Any) -> None:
        self._library, self._kept, self._given = library, None, False

    def __getattr__(self, name: str) -> Any:
        found = self.__dict__[name] = getattr(self._library, name)
        return found

    def FcInitLoadConfigAndFonts(self) -> Any:
        """Return a configuration."""
        kept, self._kept = self._kept, None
        return kept or self._library.FcInitLoadConfigAndFonts()

    def FcConfigDestroy(self, config: Any) -> None:
        """Keep the first configuration that is given up; destroy all others."""
        if self._given:
            self._library.FcConfigDestroy(config)
        else:
            self._kept, self._given = config, True


def _as_bytes(value: Any) -> Any:
    """Return what JSON kept, with its texts as bytes and its lists as tuples."""
    if isinstance(value, str):
        return value.encode("latin-1")
    return tuple(map(_as_bytes, value)) if isinstance(value, list) else value


def _ready_cffi() -> ModuleType | None:
    """Return a stand-in for cffi that knows the engine's declarations; None when they are others."""
    kept = json.loads(DECLARATIONS.read_text("utf-8"))
    if kept.pop("source") != sha256(engine_file("text", "ffi.py").read_bytes()).hexdigest():
        return None

    class Ready(import_module("_cffi_backend").FFI):  # type: ignore[misc]
        """Has all that it will be told."""

        def cdef(self, _: str) -> None:
            """Hear declarations that are known."""

        def dlopen(self, name: str, flags: int) -> Any:
            """Load a library by the only kind of name that libraries have here."""
            if ".so" not in name:
                raise OSError(name)
            library = super().dlopen(name, flags)
            return _OneConfig(library) if "fontconfig" in name else library

    made = ModuleType("cffi")
    made.FFI = lambda: Ready("haste", **{name: _as_bytes(value) for name, value in kept.items()})  # type: ignore[attr-defined]
    return made


class _OffLine:
    """A client of networks that has none."""

    def add_handler(self, _: object) -> None:
        """Hear of a protocol."""


def _no_network() -> ModuleType:
    """Return a stand-in for what the engine would fetch files and pages with; ours comes from memory."""
    made = ModuleType("urllib.request")
    made.OpenerDirector = _OffLine  # type: ignore[attr-defined]
    made.__getattr__ = lambda name: lambda **options: None  # type: ignore[method-assign]
    return made


def _no_types() -> ModuleType:
    """Return a stand-in for what knows the kinds of files, which reads the machine's list of them at once."""
    made = ModuleType("mimetypes")
    made.MimeTypes = lambda: made  # type: ignore[attr-defined]
    made.guess_type = _later("mimetypes", "guess_type")  # type: ignore[attr-defined]
    return made


@cache
def _basics_known() -> bool:
    return knows(engine_file("css", "html5_ua.css").read_bytes())


def _files(real: Callable[[Any], Any]) -> Callable[[Any], Any]:
    blank = ("html5_ua.css", "html5_ph.css") if _basics_known() else ("html5_ph.css",)

    def files(anchor: Any) -> Any:
        spec = find_spec(getattr(anchor, "__name__", anchor))
        places = list(spec.submodule_search_locations or ()) if spec else []
        found = Path(places[0]) if len(places) == 1 else real(anchor)  # the real one loads zipfile, and finds the same
        return Shelf(found, blank) if getattr(anchor, "__name__", "") == "weasyprint.css" else found
    return files


class LateTest:
    """A test of a selector, which is compiled when an element is tested."""

    known: ClassVar[dict[str, Callable[[Any], Any]]] = {}

    def __init__(self, source: str, names: dict[str, Any], _: object) -> None:
        self._source, self._names = source, names

    @property
    def test(self) -> Callable[[Any], Any]:
        """The test itself."""
        if self._source not in self.known:
            self.known[self._source] = eval(self._source, self._names, {})
        return self.known[self._source]

    def __call__(self, element: Any) -> Any:
        return self.test(element)


def _mend(engine: Any, pyphen: Any) -> None:
    """Put the short ways into what has been imported."""
    def foreign() -> dict[str, Any]:
        found: dict[str, Any] = {}
        engine.CSS(string=foreign_counters(engine_file("css", "html5_ua.css").read_text("utf-8")), counter_style=found)
        return found

    if _basics_known():
        furnish(engine.html.UA_STYLESHEET, engine.html.UA_COUNTER_STYLE)
    engine.document.CounterStyle = late_counters(engine.document.CounterStyle, foreign)
    pyphen.HyphDict = quick_class(pyphen.HyphDict, pyphen.DataInt)


@contextmanager
def quick_import() -> Iterator[None]:
    """Keep library searches and font compilers away while the engine is imported within."""
    cffi = _ready_cffi() if "weasyprint" not in sys.modules and wanted() else None
    if cffi is None:
        yield
        return
    stand_ins = {module: _stand_in(module, names) for module, names in _LATE.items()}
    stand_ins |= {"urllib.request": _no_network(), "PIL": _asleep("PIL", _ASLEEP)}
    stand_ins = {module: made for module, made in stand_ins.items() if module not in sys.modules}
    stand_ins |= {"cffi": cffi, "mimetypes": _no_types()}
    mail = {"EmailMessage": Late("email.message", "EmailMessage")}
    unused: Mapping[str, Mapping[str, Any]] = {"email.message": mail, "traceback": {}}
    before = {module: sys.modules[module] for module in stand_ins if module in sys.modules}
    sys.modules.update(stand_ins)
    vars(import_module("cssselect2.compiler"))["eval"] = LateTest
    library: Any = resources
    files, library.files = library.files, _files(library.files)
    try:
        with standing_in(unused):
            yield
        _mend(sys.modules["weasyprint"], sys.modules["pyphen"])
    finally:
        library.files = files
        for module in stand_ins:
            sys.modules.pop(module, None)
        sys.modules.update(before)
