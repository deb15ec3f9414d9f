"""A print shop's demands: a YAML file → a ``Printer``, or findings that say why not.

In come a name (a file of ``styles/printers/``) or a path; out goes the printer with its ICC profile. Validated like
content. It refuses to know how a booklet is made.
"""

from collections.abc import Mapping
from pathlib import Path

from booklet.collector import Collector
from booklet.findings import Finding, Position, Severity
from booklet.letters import guess
from booklet.memory import Memory
from booklet.presses import FOLDER, Printer, printer_path
from booklet.registers import read_record
from booklet.shapes import Record
from booklet.source import Shelf
from booklet.store import Store

MOST_BLEED = 6.0
"""In mm: so far beyond the trim our artwork reaches."""
MARK_ROOM = 7.0
"""In mm: what crop marks need beyond the bleed."""
_SOURCES = (
    "get it from eci.org, color.org/registry or the print shop, and put it there; it may not be shared, so the project "
    "cannot bring it")


def known_printers(styles: Path) -> tuple[str, ...]:
    """Return the names of the printers in the designer's folder."""
    return tuple(sorted(path.stem for path in (styles / FOLDER).glob("*.yaml")))


def read_printer(
    wanted: str, styles: Path, found: Collector, memory: Memory | None = None, *, with_icc: bool = True
) -> Printer | None:
    """Return the printer of a name or a path; None, with findings, when it cannot be used.

    Who only judges a file can do without the ICC profile: ``with_icc=False`` leaves it empty where it is missing.
    """
    path = printer_path(wanted, styles)
    if not path.is_file():
        names = known_printers(styles)
        hint = guess(wanted, names) or f"printers: {', '.join(names)}; or write the path of a file"
        found.error("unknown-printer", f"there is no printer '{wanted}'", Position(path), hint)
        return None
    own = Collector()
    shelf = Shelf(path.parent, (path.name,), memory=memory or Memory(Store(None)))
    record = read_record(shelf, path.name, "printer", own)
    printer = _printer(path, record, own, with_icc) if record and not len(own) else None
    found.add(own.findings)
    return printer if not len(own) else None


def _printer(path: Path, record: Record, found: Collector, with_icc: bool) -> Printer:
    text = record.text
    numbers = {key: float(text(key)) for key in record.data if key in _NUMBERS}
    bleed = {edge: numbers[f"bleed-{edge}"] for edge in ("head", "foot", "outer", "gutter")}
    ppi = {key.removeprefix("ppi-"): number for key, number in numbers.items() if key.startswith("ppi-")}
    icc_path = path.parent / text("icc")
    _check(record, bleed, ppi, found)
    icc = _read_icc(icc_path, record, found) if with_icc or icc_path.exists() else b""
    return Printer(
        path.stem, text("name"), text("reason"), text("standard"), icc, icc_path,
        text("condition"), text("condition-name"), text("registry"), bleed, text("marks"), numbers["slug"],
        numbers["safe"], numbers["ink"], ppi, record.texts("spots"), int(text("multiple")),
        text("pages") == "single", int(text("most-stitched")), text("overprint-black") == "yes", record.position)


def check_length(pages: int, printer: Printer | None) -> tuple[Finding, ...]:
    """Return a warning when a copy has more pages than a print shop can stitch."""
    if printer is None or pages <= printer.most_stitched:
        return ()
    message = f"{pages} pages cannot be saddle-stitched: '{printer.id}' takes up to {printer.most_stitched}"
    return (Finding("too-many-to-stitch", Severity.WARNING, message, printer.position,
                    "have it bound with a spine, or make it shorter"),)


_NUMBERS = {
    "bleed-head", "bleed-foot", "bleed-outer", "bleed-gutter", "slug", "safe", "ink", "ppi-error", "ppi-warning",
    "ppi-most", "ppi-target", "ppi-line-error", "ppi-line-warning"}


def _check(record: Record, bleed: Mapping[str, float], ppi: Mapping[str, float], found: Collector) -> None:
    """Report demands that contradict each other, or that our artwork cannot meet."""
    for edge, width in bleed.items():
        if width > MOST_BLEED:
            message = f"{width:g} mm bleed, more than the {MOST_BLEED:g} mm that the artwork reaches"
            found.error("printer-bleed", message, record.place(f"bleed-{edge}"), "ask the print shop for less")
    slug = float(record.text("slug"))
    if record.text("marks") == "crop" and slug < MARK_ROOM:
        message = f"crop marks need {MARK_ROOM:g} mm beyond the bleed, the slug has {slug:g}"
        found.error("printer-slug", message, record.place("slug"), "make the slug larger, or leave the marks out")
    if not ppi["error"] <= ppi["warning"] <= ppi["target"] <= ppi["most"]:
        message = "the resolutions are not in the order error, warning, target, most"
        found.error("printer-resolution", message, record.place("ppi-error"), "put them in order")


def _read_icc(path: Path, record: Record, found: Collector) -> bytes:
    """Return the ICC profile; a finding when it is missing or of another kind (ICC.1, 7.2)."""
    place = record.place("icc")
    try:
        content = path.read_bytes()
    except OSError:
        found.error("icc-missing", f"there is no ICC profile '{path}'", place, _SOURCES)
        return b""
    if content[36:40] != b"acsp" or int.from_bytes(content[:4], "big") != len(content):
        found.error("bad-icc", f"'{path}' is no ICC profile", place, _SOURCES)
    elif content[16:20] != b"CMYK" or content[12:16] != b"prtr":
        found.error("bad-icc", f"'{path}' is no profile of a printing press", place, _SOURCES)
    return content
