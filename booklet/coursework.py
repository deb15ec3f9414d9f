"""A course → the files that a trainer prints and holds in hand.

In come the two folders and the name of a course; out go the participants' handout, the facilitator's, a version with
two pages on a sheet, the page that invites, and all of them in one parcel. Every file is made before any is written.
Knows no command.
"""

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from booklet.collector import has_errors
from booklet.commission import MOST_TRIES, Restless
from booklet.findings import Finding, Severity
from booklet.imposition import Wanted, impose
from booklet.ledger import Asked, Ledger
from booklet.model import Booklet
from booklet.outputs import Output, guides_of
from booklet.parcels import deliver
from booklet.pipeline import Workshop
from booklet.reading import read_all
from booklet.steps import Step
from booklet.store import Store
from booklet.styles import Styles
from booklet.teaching import AUDIENCES, Course, Occasion
from booklet.warehouse import Place, Warehouse
from booklet.words import read_words
from booklet.workers import cores

Tell = Callable[[Step], None]
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The only date in a parcel: the oldest that its format knows."""


class UnknownCourse(LookupError):
    """There is no course of that name."""


class Order(Struct, frozen=True):
    """Which course, from what, and where it goes."""

    content: Path
    styles: Path
    output: Path
    cache: Path
    course: str
    strict: bool = False
    jobs: int | None = None


class Outcome(Struct, frozen=True):
    """What became of an order."""

    folder: Path | None
    """None when it was refused."""
    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]


def course_of(booklet: Booklet, name: str) -> Course:
    """Return a course by its name; UnknownCourse names those that there are."""
    courses = {course.id: course for course in booklet.courses}
    if name not in courses:
        known = ", ".join(courses) or "none"
        raise UnknownCourse(f"there is no course '{name}' (courses: {known})")
    return courses[name]


def outputs_of(course: Course, booklet: Booklet, stem: str) -> tuple[Output, ...]:
    """Return the handouts of a course: the participants', the facilitator's, the invitation."""
    occasion = Occasion(course=course, guides=guides_of(booklet, course.what))
    named = [(audience, replace(occasion, audience=audience)) for audience in AUDIENCES]
    named.append(("leaflet", replace(occasion, leaflet=True)))
    return tuple(
        Output(f"{stem}-{name}.pdf", "handout", course.what, one, f"{course.id}-{name}") for name, one in named)


def workshop_of(booklet: Booklet, styles: Styles, place: Place, tell: Tell, course: Course) -> Workshop:
    """Return the workshop for a course, in the language of its words."""
    base = Workshop(booklet, styles, place, tell)
    if course.language in ("", booklet.language):
        return base
    return Workshop(replace(booklet, language=course.language), styles, place, tell, base)


def carry_out(order: Order, tell: Tell) -> Outcome:
    """Make the folder of a course.

    Raises UnknownCourse, NotOurs when the folder holds what somebody else put there, and Restless when the sources
    never hold still.
    """
    store = Store(order.cache)
    place = Place(Warehouse(store, str(order.content.absolute())), order.output, order.strict, order.jobs or cores())
    with store.shared():
        outcome = _settle(order, place, tell)
    if store.changed:
        store.prune()
    return outcome


def _settle(order: Order, place: Place, tell: Tell) -> Outcome:
    for _ in range(MOST_TRIES):
        ledger = Ledger(Asked(order.content, order.styles, order.output, ("course",)), place.warehouse.store)
        booklet, styles, findings = read_all(order.content, order.styles, place.warehouse.memory)
        files: dict[str, bytes] = {}
        if booklet and styles:
            files, found = _make(booklet, styles, place, tell, course_of(booklet, order.course))
            findings = *findings, *found
        if not ledger.is_current():
            continue
        if not files or has_errors(findings) or (order.strict and findings):
            return Outcome(None, {}, findings)
        written = deliver(order.output / f"course-{order.course}", files)
        place.warehouse.close_run()
        return Outcome(order.output / f"course-{order.course}", written, findings)
    raise Restless("the content changes faster than it can be built; nothing was written")


def _make(
    booklet: Booklet, styles: Styles, place: Place, tell: Tell, course: Course
) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    """Return every file of a course's folder; nothing where something is wrong."""
    workshop, outputs = workshop_of(booklet, styles, place, tell, course), outputs_of(course, booklet, course.id)
    workshop.prepare(outputs)
    made = [one for output in outputs if (one := workshop.make(output))]
    found = [*workshop.found.findings]
    files = {one.file: one.content for one in made}
    if has_errors(found) or len(made) < len(outputs):
        return {}, tuple(found)
    if made[-1].pages > 1:
        found.append(Finding("leaflet-long", Severity.ERROR, f"the invitation takes {made[-1].pages} pages",
                             course.position, "shorten the welcome or the programme"))
    participants, words = made[0].content, read_words(booklet.language, place.warehouse.memory)
    files[f"{course.id}-2-up.pdf"] = impose(participants, Wanted(words, "a4", folded=False)).content
    if course.layout == "a5-booklet":
        files[f"{course.id}-a5-booklet.pdf"] = impose(participants, Wanted(words, "a4")).content
    return files | {f"{course.id}.zip": parcel(files)}, tuple(found)


def parcel(files: Mapping[str, bytes]) -> bytes:
    """Return files as one zip, the same bytes for the same files."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            packed.writestr(entry, content)
    return target.getvalue()
