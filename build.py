"""The latch: ``python build.py …`` takes the same words as ``booklet …``, with any Python, once ``make`` has run."""

import gc
import os
import sys
from importlib.util import find_spec
from pathlib import Path

HOME = Path(__file__).resolve().parent
OWN = HOME / ".venv/bin/python"

if __name__ == "__main__":
    if find_spec("click") and find_spec("pikepdf"):
        gc.disable()  # nothing that is loaded becomes garbage
        from booklet.cli import run

        run()
    if not OWN.exists():
        sys.exit("booklet: type 'make' first: it installs what is needed")
    os.execv(OWN, [str(OWN), str(HOME / "build.py"), *sys.argv[1:]])
