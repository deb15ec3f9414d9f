"""The latch: ``python build.py …`` takes the same words as ``booklet …``."""

from booklet.cli import run

if __name__ == "__main__":
    run()
