"""Writes what ``haste`` knows of the engine's C declarations: ``make haste``.

cffi parses them, as it does whenever the engine is imported without haste, and leaves them in its short form.
"""

import ast
import json
import re
import sys
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cffi

sys.path.insert(0, str(Path(__file__).parents[1]))

from booklet.haste import DECLARATIONS, engine_file


def _as_text(value: Any) -> Any:
    """Return bytes as text and tuples as lists, for JSON."""
    if isinstance(value, bytes):
        return value.decode("latin-1")
    return list(map(_as_text, value)) if isinstance(value, tuple) else value


def declarations() -> str:
    """Return the engine's declarations as ``haste.json`` holds them."""
    source = engine_file("text", "ffi.py").read_bytes()
    parser = cffi.FFI()
    for words in re.findall(r"(?s)ffi\.cdef\('''(.*?)'''\)", source.decode()):
        parser.cdef(words)
    parser.set_source("haste", None)
    with TemporaryDirectory() as folder:
        parser.emit_python_code(f"{folder}/haste.py")
        tree = ast.parse(Path(folder, "haste.py").read_text("utf-8"))
    call = next(node for node in ast.walk(tree) if isinstance(node, ast.Call))
    kept = {"source": sha256(source).hexdigest()}
    kept |= {word.arg: _as_text(ast.literal_eval(word.value)) for word in call.keywords if word.arg}
    return json.dumps(kept, indent=1, ensure_ascii=True) + "\n"


if __name__ == "__main__":
    DECLARATIONS.write_text(declarations(), "utf-8")
