"""One word edited in a Typst book, in a process that has compiled it before: prints what the second run took.

    python -m tests.bench.typst_warm BOOK.typ
"""

import json
import sys
import time
from pathlib import Path

import typst

from tests.bench.desk import change_markup


def main(book: Path) -> None:
    """Compile twice, a word edited in between as in no earlier run, and print the second run's seconds."""
    compiler = typst.Compiler(str(book), font_paths=typst.Fonts(False, False, [str(book.parent / "fonts")]))
    pdf = book.with_suffix(".pdf")
    compiler.compile(output=str(pdf))
    before = pdf.read_bytes()
    edits = book.with_suffix(".edits")
    number = int(edits.read_text()) + 1 if edits.exists() else 1
    edits.write_text(str(number))
    change_markup(book, number)
    wall, cpu = time.perf_counter(), time.process_time()
    compiler.compile(output=str(pdf))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    if pdf.read_bytes() == before:
        raise SystemExit("the edit was not seen")
    print(json.dumps({"cpu": cpu, "wall": wall}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
