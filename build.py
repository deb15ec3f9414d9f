"""The latch: ``python build.py …`` takes the same words as ``booklet …``, with any Python, once ``make`` has run."""

import gc
import os
import sys
from importlib.util import find_spec

HOME = os.path.dirname(os.path.realpath(__file__))
OWN = os.path.join(HOME, ".venv", "bin", "python")

if __name__ == "__main__":
    if find_spec("click") and find_spec("pikepdf"):
        gc.disable()  # nothing that is loaded becomes garbage
        from booklet.start import run

        run()
    if not os.path.exists(OWN):
        sys.exit("booklet: type 'make' first: it installs what is needed")
    os.execv(OWN, [OWN, os.path.join(HOME, "build.py"), *sys.argv[1:]])
