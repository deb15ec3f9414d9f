"""A build that takes over nothing from any other: what every other build is compared with.

But for what the engine makes of a job: a job that an earlier clean build of this process gave it, equal to the last
sign of its page and its sheets, is not laid out once more. The keys of the press, which other builds trust, are not
asked. Jobs with photographs are laid out each time: what is painted of those is settled during the layout.
"""

from pathlib import Path
from unittest.mock import patch

from making import say_nothing

from booklet import engine
from booklet.collector import Collector
from booklet.job import Job
from booklet.outputs import Output
from booklet.pipeline import build
from booklet.printed import Fragment
from booklet.printers import read_printer
from booklet.reading import read_all
from booklet.store import Store
from booklet.warehouse import Place, Warehouse

_made: dict[tuple[object, ...], Fragment] = {}
_press = engine.press


def _press_once(job: Job) -> Fragment:
    """Return the fragment of a job; where the job stands in the content matters to findings alone."""
    if any(not path.endswith(".svg") for path in job.pictures):
        return _press(job)
    key = (job.html, job.sheets, tuple(sorted(job.pictures.items())), job.profile.name, job.address, job.language,
           job.hyphenation, job.mend)
    fragment = _made.get(key) or _press(job)
    if not fragment.findings:
        _made[key] = fragment
    return fragment


def clean_build(content: Path, styles: Path, *outputs: Output) -> dict[str, bytes]:
    """Return file → bytes of a booklet that nothing is to be said about."""
    found = Collector()
    printer = read_printer("sheetfed", styles, found)
    assert printer and found.findings == ()
    place = Place(Warehouse(Store(None), "clean"), content / "nowhere", printer=printer)
    booklet, looks, findings = read_all(content, styles, place.warehouse.memory)
    assert booklet and looks and findings == ()
    with patch.object(engine, "press", _press_once):
        result = build(booklet, looks, outputs, place, say_nothing)
    assert result.findings == () and len(result.made) == len(outputs)
    return {one.file: one.content for one in result.made}
