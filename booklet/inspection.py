"""The designer's inspection: every page of the copies asked for, laid out, measured and judged; nothing is written.

In come both folders and what is wanted; out goes a report. Units that were laid out or measured before are not again.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from booklet.catalogue import LINT
from booklet.claims import CODE
from booklet.collector import Collector
from booklet.findings import Finding
from booklet.galleys import Galley
from booklet.legibility import shades_of
from booklet.lint import Bench, Verdict, judge
from booklet.model import Booklet, articles
from booklet.outputs import Output, outputs_of
from booklet.pipeline import Workshop
from booklet.printed import Copy, side_of
from booklet.printers import read_printer
from booklet.profiles import PROFILES
from booklet.reading import read_all
from booklet.source import open_shelf, read_text
from booklet.steps import Step
from booklet.store import Store
from booklet.styles import Styles
from booklet.waivers import apply, read_waivers
from booklet.warehouse import Place, Warehouse
from booklet.whereabouts import Whereabouts, anchors_of

_DEFAULT = ("print",)
"""The screen edition has the same lines on the same pages."""
_OURS = "off-the-page"
"""Said by the layout of the whole unit, and by us of the line."""


class Asked(Struct, frozen=True):
    """What is to be inspected."""

    content: Path
    styles: Path
    cache: Path
    profiles: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    pictures: bool = False
    jobs: int = 1


class Report(Struct, frozen=True):
    """What is to be said."""

    findings: tuple[Finding, ...]
    verdicts: tuple[Verdict, ...] = ()
    waived: int = 0
    files: tuple[bytes, ...] = ()
    """The PDF of each verdict, where pictures are wanted."""
    styles: Styles | None = None


def inspect(asked: Asked, tell: Callable[[Step], None]) -> Report:
    """Return what is to be said about the copies asked for; LookupError names a theme that is unknown."""
    store, found = Store(asked.cache), Collector()
    with store.shared():
        house = Warehouse(store, str(asked.content.absolute()))
        booklet, styles, findings = read_all(asked.content, asked.styles, house.memory)
        if booklet is None or styles is None:
            return Report(findings)
        found.add(findings)
        outputs = outputs_of(booklet, asked.profiles or _DEFAULT, asked.themes)
        printer = read_printer("sheetfed", asked.styles, found) if _for_a_press(outputs) else None
        workshop = Workshop(booklet, styles, Place(house, Path(), False, asked.jobs, printer), tell)
        workshop.prepare(outputs)
        texts = _texts(asked.content)
        places = Whereabouts(texts, anchors_of(booklet))
        verdicts, files = [], []
        for output in outputs:
            copy, numbers = workshop.lay_out(output)
            bench = _bench(output, copy, places, workshop)
            verdicts.append(judge(tuple(_galleys(output, copy, workshop)), bench))
            files += [workshop.typeset(output, copy, numbers)] if asked.pictures else []
        house.close_run()
    found.add(finding for finding in workshop.found.findings if finding.code != _OURS)
    return _report(Report(found.findings, tuple(verdicts), 0, tuple(files), styles), texts, booklet, asked)


def _for_a_press(outputs: tuple[Output, ...]) -> bool:
    return any(PROFILES[output.profile].ink == "cmyk" for output in outputs)


def _bench(output: Output, copy: Copy, places: Whereabouts, workshop: Workshop) -> Bench:
    profile = PROFILES[output.profile]
    shades, booklet = shades_of(workshop.styles.palette, profile.ink), workshop.booklet
    return Bench(
        profile.name, output.file, copy.labels, shades, places, replace(booklet, excerpt=bool(output.themes)),
        workshop.filled(profile).multiple)


def _galleys(output: Output, copy: Copy, workshop: Workshop) -> Iterator[Galley]:
    profile, press = PROFILES[output.profile], workshop.presses[output.profile]
    for placed in copy.placed:
        measures = press.measure(placed.unit, side_of(placed.first))
        yield Galley(placed.unit, measures, workshop.styles.standard, placed.first, profile.facing)


def _texts(content: Path) -> dict[Path, str]:
    """Return the texts of the content, which were read without errors before."""
    shelf, found = open_shelf(content, Collector()), Collector()
    names = [name for name in shelf.files if name.endswith((".md", ".yaml"))] if shelf else []
    return {shelf.path(name): text for name in names if shelf and (text := read_text(shelf, name, found))}


def _report(report: Report, texts: dict[Path, str], booklet: Booklet, asked: Asked) -> Report:
    """Return a report without what is waived."""
    blocks: dict[Path, set[int]] = {}
    for article in articles(booklet):
        blocks.setdefault(article.position.path, set()).update(block.position.line for block in article.body.blocks)
    waivers = [
        waiver for path, text in texts.items() if "lint:" in text
        for waiver in read_waivers(text, path, sorted(blocks.get(path, ()))) if waiver.code != CODE]
    told = [remark.finding for verdict in report.verdicts for remark in verdict.remarks]
    kept, waived = apply(told, waivers, LINT, all_judged=not asked.themes and not asked.profiles)
    collector = Collector()
    collector.add((*report.findings, *kept))
    stay = set(kept)
    verdicts = tuple(
        replace(verdict, remarks=tuple(remark for remark in verdict.remarks if remark.finding in stay))
        for verdict in report.verdicts)
    return replace(report, findings=collector.findings, verdicts=verdicts, waived=waived)
