"""Ghostscript: what the four plates really get, overprint and all.

In comes an open PDF and what the printer prints of each page; out come pages of CMYK pixels, one after the other. The
program runs in a folder of its own, with no right to read or write elsewhere, and is stopped when it takes too long.
It refuses to know what is looked for.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import IO

from msgspec import Struct
from pikepdf import Array, Pdf, PdfError, StreamDecodeLevel

from booklet.plane import Box

RESOLUTION = 100
"""Pixels per inch, fewer for large sheets."""
_LARGEST = 2600
"""Pixels along a side."""
_PATIENCE = 60.0
"""Seconds that all pages together may take."""
_MEMORY = "-K1500000"
_BEYOND = ("/CropBox", "/TrimBox", "/BleedBox", "/ArtBox", "/Rotate", "/UserUnit", "/Annots")
_ALWAYS = (
    "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-dNOPROMPT", "-dNoUserUnit", "-sDEVICE=pamcmyk32", "-sstdout=%stderr",
    "-dPrinted=true", _MEMORY)


class NotSeparated(RuntimeError):
    """The plates could not be made; the message says why."""


class Plates(Struct, frozen=True):
    """One page in ink."""

    width: int
    height: int
    resolution: float
    pixels: bytes
    """Cyan, magenta, yellow, black of each pixel, the uppermost row first."""


def _prepare(pdf: Pdf, windows: Sequence[Box], target: Path) -> None:
    """Write the file so that it shows of each page nothing but its window, upright, without what lies on top of it."""
    try:
        for page, window in zip(pdf.pages, windows, strict=True):
            for key in _BEYOND:
                if key in page.obj:
                    del page.obj[key]
            page.obj.MediaBox = Array([window.left, window.bottom, window.right, window.top])
        if "/AcroForm" in pdf.Root:
            del pdf.Root["/AcroForm"]
        pdf.save(target, compress_streams=False, stream_decode_level=StreamDecodeLevel.none)
    except (PdfError, RuntimeError, ValueError) as broken:
        raise NotSeparated(f"the file cannot be copied ({str(broken)[:80]})") from broken


def separate(pdf: Pdf, windows: Sequence[Box], program: str = "gs", patience: float = _PATIENCE) -> Iterator[Plates]:
    """Yield the plates of each page's window; ``NotSeparated`` when the program is missing, fails or hangs.

    The open PDF is cut to its windows and of no use to anybody afterwards.
    """
    path = shutil.which(program)
    if path is None:
        raise NotSeparated("Ghostscript (gs) is not installed")
    longest = max(max(window.width, window.height) for window in windows)
    resolution = min(RESOLUTION, _LARGEST * 72 / longest)
    with TemporaryDirectory() as folder:
        source = Path(folder) / "file.pdf"
        _prepare(pdf, windows, source)
        words = [path, *_ALWAYS, f"-r{resolution:.4f}", "-sOutputFile=-", str(source)]
        with subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=folder,
            env={"PATH": "/usr/bin:/bin", "TEMP": folder, "TMPDIR": folder, "HOME": folder}, start_new_session=True,
        ) as process:
            timer = Timer(patience, _stop, [process])
            timer.start()
            try:
                yield from _pages(process, len(windows), resolution)
            finally:
                timer.cancel()
                _stop(process)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """Stop a program with all that it has started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _pages(process: "subprocess.Popen[bytes]", wanted: int, resolution: float) -> Iterator[Plates]:
    assert process.stdout is not None
    for number in range(wanted):
        plates = _read(process.stdout, resolution)
        if plates is None:
            code = process.wait()
            why = "took too long" if code < 0 else f"gave up (exit code {code})"
            raise NotSeparated(f"Ghostscript {why} at page {number + 1} of {wanted}")
        yield plates


def _read(stream: IO[bytes], resolution: float) -> Plates | None:
    """Return the next picture of a row of PAM files; None when there is none, or not all of it."""
    head: dict[bytes, bytes] = {}
    if stream.readline() != b"P7\n":
        return None
    while (line := stream.readline()) and line != b"ENDHDR\n":
        key, _, value = line.strip().partition(b" ")
        head[key] = value
    width, height = int(head.get(b"WIDTH", 0)), int(head.get(b"HEIGHT", 0))
    if head.get(b"DEPTH") != b"4" or max(width, height) > 2 * _LARGEST:
        return None
    pixels = stream.read(width * height * 4)
    return Plates(width, height, resolution, pixels) if len(pixels) == width * height * 4 else None
