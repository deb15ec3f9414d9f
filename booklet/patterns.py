"""Regular expressions that need not be compiled: what Python makes of them comes ready from ``patterns.json``.

Some three hundred are compiled before a page is laid out, half of them by libraries, and that takes as long as laying
out a page. Only for the very version of Python's ``re`` that the file was made with (``make haste`` writes it); any
other expression, and any other version, is compiled as ever. ``BOOKLET_HASTE=0`` switches it off. A test compares.
"""

import json
import sys
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from booklet.dummies import in_haste

KEPT = Path(__file__).parent / "patterns.json"


def edition() -> list[object]:
    """Return what decides how an expression is compiled: Python, the codes of its engine, the letters that it knows."""
    return [list(sys.version_info[:2]), import_module("_sre").MAGIC, unicodedata.unidata_version]


def key_of(pattern: object, flags: int) -> str:
    """Return the name of an expression in the file."""
    text = pattern.decode("latin-1") if isinstance(pattern, bytes) else str(pattern)
    return f"{type(pattern).__name__} {int(flags)} {text}"


@cache
def ready_patterns() -> bool:
    """Let expressions that are kept come ready from now on; tell whether they do."""
    if not in_haste():
        return False
    try:
        kept = json.loads(KEPT.read_bytes())
    except (OSError, ValueError):
        return False
    if kept["edition"] != edition():
        return False
    compiler: Any = import_module("re._compiler")
    compiler.compile = _ready(compiler.compile, kept["patterns"])
    return True


def _ready(compile_anew: Callable[..., Any], kept: dict[str, list[Any]]) -> Callable[..., Any]:
    """Return what compiles an expression, or takes it out of what is kept."""
    make = import_module("_sre").compile

    def compile_pattern(pattern: Any, flags: int = 0) -> Any:
        known = kept.get(key_of(pattern, flags)) if type(pattern) in (str, bytes) else None
        if known is None:
            return compile_anew(pattern, flags)
        found, groups, names, numbers, code = known
        return make(pattern, found, code, groups, names, tuple(numbers))

    return compile_pattern
