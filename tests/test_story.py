"""Whole journeys: the tiny booklet built, and the finished PDFs asked by programs that we did not write."""

import os
import re
import subprocess
import sys
import zlib
from collections.abc import Iterator
from math import ceil, floor
from pathlib import Path

import page
import pikepdf
import pytest
from making import ROOT, STYLES, edit, lay_tiny, say_nothing, shipped_printer, tool
from msgspec import Struct
from msgspec.structs import replace
from PIL import Image

from booklet.assembly import assemble
from booklet.collector import Collector
from booklet.finishing import finish
from booklet.kits import Kit
from booklet.model import Booklet, articles
from booklet.outputs import Output, output_of
from booklet.pipeline import Workshop, build, deliver
from booklet.presses import Printer
from booklet.printed import Copy, Sheets
from booklet.printers import read_printer
from booklet.profiles import PROFILES
from booklet.proof import prove
from booklet.reading import read_all
from booklet.stamps import read_stamp
from booklet.store import Store
from booklet.styles import ICC
from booklet.warehouse import Place, Warehouse

PRINT, SCREEN, HANDOUT = (f"lite-hefte-2021-{name}.pdf" for name in ("print", "screen", "handout-heim"))
EXCERPT = "lite-hefte-2021-print-arbeid.pdf"
WANTED = (
    Output(PRINT, "print"), Output(SCREEN, "screen"), Output(HANDOUT, "handout", ("heim",)),
    Output(EXCERPT, "print", ("arbeid",)),
)
MM = 72 / 25.4


class Story(Struct, frozen=True):
    """A booklet that was built, and where."""

    home: Path
    booklet: Booklet
    workshop: Workshop

    @property
    def dist(self) -> Path:
        """Return the folder of its files."""
        return self.home / "dist"

    def whole(self, profile: str) -> Copy:
        """Return the page map of a whole booklet."""
        return self.workshop.whole(PROFILES[profile])


def made(
    home: Path, cache: Path | None, outputs: tuple[Output, ...] = WANTED, jobs: int = 1, printer: Printer | None = None
) -> Story:
    """Build the booklet that lies in ``home``, for a printer or for the one that is asked unless told; all is well."""
    warehouse = Warehouse(Store(cache), str(home))
    place = Place(warehouse, home / "dist", jobs=jobs, printer=printer or shipped_printer())
    booklet, styles, findings = read_all(home / "content", STYLES, place.warehouse.memory)
    assert booklet and styles and findings == ()
    result = build(booklet, styles, outputs, place, say_nothing)
    assert result.findings == () and len(result.made) == len(outputs) and not (home / "dist").exists()
    deliver(result, place)
    return Story(home, booklet, Workshop(booklet, styles, place, say_nothing))


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Return the tiny booklet, built cold, its fragments kept."""
    home = tmp_path_factory.mktemp("story")
    lay_tiny(home)
    return made(home, home / "cache")


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def text_of(path: Path, number: int, *words: object) -> str:
    """Return the text of a page, counted from 1, as poppler reads it."""
    return tool("pdftotext", "-f", number, "-l", number, *words, path, "-")


def texts(path: Path, *words: object) -> list[str]:
    """Return the text of every page."""
    return tool("pdftotext", *words, path, "-").split("\f")[:-1]


def plain(text: str) -> str:
    """Return text without spaces, hyphens and capitals."""
    return re.sub(r"[\s\u00ad-]+", "", text).lower()


def titles(booklet: Booklet) -> dict[str, str]:
    """Return address → the words that stand there."""
    found = {theme.id: theme.title for theme in booklet.themes} | {"glossary": "Ord og omgrep", "references": "Kjelder"}
    for article in articles(booklet):
        found[article.address] = article.title
        found |= {block.anchor: block.text[:16] for block in article.body.blocks if block.anchor}
    return found


# ---- every file


@pytest.mark.parametrize("name", [PRINT, SCREEN, HANDOUT, EXCERPT])
def test_file_is_sound(name: str, story: Story) -> None:
    assert "No syntax or stream encoding errors found" in tool("qpdf", "--check", story.dist / name)


@pytest.mark.parametrize("name", [PRINT, SCREEN, HANDOUT, EXCERPT])
def test_all_fonts_are_embedded_subsets_of_ours(name: str, story: Story) -> None:
    rows = [line.split() for line in tool("pdffonts", story.dist / name).splitlines()[2:]]
    assert len(rows) >= 5
    for font, *_, embedded, subset, unicode_, _, _ in rows:
        assert re.fullmatch(r"[A-Z]{6}\+Source(Sans|Serif)Pro-\w+", font)
        assert (embedded, subset, unicode_) == ("yes", "yes", "yes"), font


@pytest.mark.parametrize("name", [PRINT, SCREEN, HANDOUT, EXCERPT])
def test_no_page_shows_what_a_machine_left_behind(name: str, story: Story) -> None:
    for number, text in enumerate(texts(story.dist / name), 1):
        found = re.findall(r"None|\{\{|\}\}|\{%|fact:|term:|@\w|\[\^|::|\*\*|[\ue000-\uf8ff]|\ufffd", text)
        assert found == [], f"page {number}"


@pytest.mark.parametrize("name", [PRINT, SCREEN, HANDOUT, EXCERPT])
def test_every_page_has_words(name: str, story: Story) -> None:
    assert [number for number, text in enumerate(texts(story.dist / name), 1) if not text.strip()] == []


@pytest.mark.parametrize("name", [PRINT, SCREEN, HANDOUT, EXCERPT])
def test_page_labels_say_what_is_printed(name: str, story: Story) -> None:
    path = story.dist / name
    with pikepdf.open(path) as pdf:
        labels = [pdf_page.label for pdf_page in pdf.pages]
        height = float(pdf.pages[0].MediaBox[3])
    printed = 0
    for number, label in enumerate(labels, 1):
        top = int(height - 20 * MM)
        foot = text_of(path, number, "-r", 72, "-x", 0, "-y", top, "-W", 700, "-H", int(height) - top).split()
        if foot in ([label], ["Side", label, "av", str(len(labels))]):
            printed += 1
        else:
            assert not any(word.isdigit() and word != "2021" for word in foot), f"page {number}: {foot}, not {label}"
    assert printed >= 3


# ---- the print run


def boxes(path: Path) -> Iterator[tuple[int, dict[str, list[float]]]]:
    """Yield the boxes of each page in mm, as poppler reads them."""
    rows = re.findall(r"^Page +(\d+) (\w+Box): +([\d. -]+)$", tool("pdfinfo", "-l", 999, "-box", path), re.MULTILINE)
    for number in {int(row[0]) for row in rows}:
        mine = [(kind, sides.split()) for row, kind, sides in rows if int(row) == number]
        yield number, {kind: [float(side) / MM for side in sides] for kind, sides in mine}


@pytest.mark.parametrize("name", [PRINT, EXCERPT])
def test_boxes_are_what_a_printer_expects(name: str, story: Story) -> None:
    pages = dict(boxes(story.dist / name))
    assert len(pages) == len(texts(story.dist / name))
    for box in pages.values():
        assert box["MediaBox"] == box["CropBox"] == pytest.approx([0, 0, 176, 246], abs=0.02)
        assert box["BleedBox"] == pytest.approx([0, 0, 176, 246], abs=0.02)
        assert box["TrimBox"] == pytest.approx([3, 3, 173, 243], abs=0.02)


@pytest.mark.parametrize("name", [PRINT, EXCERPT])
def test_pages_fill_whole_sheets(name: str, story: Story) -> None:
    assert len(texts(story.dist / name)) % 4 == 0


def test_every_line_of_the_contents_leads_to_its_title(story: Story) -> None:
    for name in (PRINT, SCREEN):
        pages = texts(story.dist / name, "-raw")
        lines = re.findall(r"^(?:\d )?(\D.*?) (\d+)$", pages[3], re.MULTILINE)
        assert len(lines) == 12
        for title, number in lines:
            there = plain(pages[int(number) - 1])
            assert plain(title.removesuffix("Lita kommune")) in there, f"{name}: {title} is not on {number}"


@pytest.mark.parametrize("name", [PRINT, SCREEN])
def test_every_page_that_a_text_refers_to_has_what_is_referred_to(name: str, story: Story) -> None:
    pages, found = texts(story.dist / name, "-raw"), titles(story.booklet)
    targets = [r.target for article in articles(story.booklet) for r in article.body.references if r.kind == "link"]
    numbers = re.findall(r"\(s\.\s(\d+)\)", "".join(pages))
    assert len(numbers) == len(targets) == 8
    for target, number in zip(targets, numbers, strict=True):
        assert plain(found[target]) in plain(pages[int(number) - 1]), f"{target} is not on {number}"


def test_excerpt_for_print_keeps_the_numbers_of_the_booklet(story: Story) -> None:
    whole, part = (texts(story.dist / name, "-layout") for name in (PRINT, EXCERPT))
    with pikepdf.open(story.dist / EXCERPT) as pdf:
        labels = [pdf_page.label for pdf_page in pdf.pages]
    kept = [(index, int(label) - 1) for index, label in enumerate(labels) if label.isdigit()]
    assert len(kept) == 5
    for here, there in kept:
        assert here % 2 == there % 2, "a left page stays a left page"
        foreign = re.compile(r"\(heile\sheftet,")
        same = plain(part[here]) == plain(whole[there])
        assert same or foreign.search(part[here]), f"page {here + 1} is not page {there + 1} of the booklet"


def plates(path: Path, number: int, home: Path, dpi: int = 72) -> Image.Image:
    """Return the separations of a page, as Ghostscript makes them, overprinting as the file says."""
    target = home / f"{path.stem}-{number}.tif"
    tool("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiff32nc", f"-r{dpi}", "-dOverprint=/simulate",
         f"-dFirstPage={number}", f"-dLastPage={number}", f"-sOutputFile={target}", path)
    with Image.open(target) as image:
        image.load()
    assert image.mode == "CMYK"
    return image


def test_black_words_stand_on_the_black_plate_alone(story: Story, tmp_path: Path) -> None:
    number = int(story.whole("print").label("foreword"))
    cyan, magenta, yellow, black = plates(story.dist / PRINT, number, tmp_path).split()
    assert [plate.getextrema() for plate in (cyan, magenta, yellow)] == [(0, 0)] * 3
    assert black.getextrema()[1] > 150


def test_words_of_a_theme_are_black_too(story: Story, tmp_path: Path) -> None:
    """Where a dark pixel has no colour it is the running text; it must be most of what is dark."""
    number = int(story.whole("print").label("heim.text"))
    image = plates(story.dist / PRINT, number, tmp_path)
    dark = [pixel for pixel in image.get_flattened_data() if pixel[3] > 120]
    assert len(dark) > 300 and sum(pixel[:3] == (0, 0, 0) for pixel in dark) > 0.5 * len(dark)


@pytest.mark.parametrize("address", ["cover", "heim", "arbeid", "back"])
def test_colour_of_a_full_page_runs_over_all_four_edges(address: str, story: Story, tmp_path: Path) -> None:
    number = story.whole("print").pages[address] + 1
    image = plates(story.dist / PRINT, number, tmp_path)
    width, height = image.size
    edges = [image.crop(box) for box in (
        (0, 1, width, 2), (0, height - 2, width, height - 1), (1, 0, 2, height), (width - 2, 0, width - 1, height))]
    for edge in edges:
        assert min(sum(pixel) for pixel in edge.get_flattened_data()) > 100


def test_paper_stays_white_at_the_edges_of_a_text(story: Story, tmp_path: Path) -> None:
    image = plates(story.dist / PRINT, story.whole("print").pages["foreword"] + 1, tmp_path)
    assert image.crop((0, 0, image.width, 6)).getextrema() == ((0, 0),) * 4


def painted(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    """Yield every operator and every name that can choose a colour space, on pages and in forms."""
    streams = [page_.obj for page_ in pdf.pages]
    streams += [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Form"]
    for stream in streams:
        for operands, operator in pikepdf.parse_content_stream(stream):
            if str(operator) in ("rg", "RG", "g", "G", "k", "K", "cs", "CS", "sh", "BI"):
                yield str(operator), str(operands[0]) if str(operator) in ("cs", "CS") else ""
    for one in pdf.objects:
        if isinstance(one, pikepdf.Stream | pikepdf.Dictionary):
            for key in ("/ColorSpace", "/CS"):
                if key in one and not isinstance(one.get(key), pikepdf.Dictionary):
                    yield key, str(one.get(key))
                elif key in one:
                    yield from ((key, str(space)) for space in one.get(key).values())


@pytest.mark.parametrize("name", [PRINT, EXCERPT])
def test_print_is_made_of_process_inks_alone(name: str, story: Story) -> None:
    with pikepdf.open(story.dist / name) as pdf:
        used = set(painted(pdf))
    assert ("cs", "/DeviceCMYK") in used
    assert used <= {("k", ""), ("K", ""), *((name, "/DeviceCMYK") for name in ("cs", "CS", "/CS", "/ColorSpace"))}


TRAPPED = {f"PDFA2B-XMP-{rule}-001" for rule in (
    "PREDEFINED-PROPERTY", "PREDEFINED-VALUE-TYPE", "PROPERTY-DEFINITION")}


def broken(path: Path, profile: str) -> set[str]:
    """Return the rules of a standard that a validator finds broken.

    It takes the last byte of a stream for a line end when that is a carriage return; veraPDF does not.
    """
    report = page.validate_pdf(str(path), profile=getattr(page.ValidationProfile, profile))
    assert report.rules.total > 100
    rules = set()
    with pikepdf.open(path) as pdf:
        for failure in report.failures:
            one = failure.object_id
            if "STREAM-LENGTH" not in failure.rule_id or not pdf.get_object(
                    one.object_number, one.generation).read_raw_bytes().endswith(b"\r"):
                rules.add(failure.rule_id)
    return rules


@pytest.mark.parametrize("name", [PRINT, EXCERPT])
def test_print_keeps_the_rules_of_archives_but_for_what_printers_want(name: str, story: Story) -> None:
    """PDF/X-4 asks for ``pdf:Trapped``; veraPDF accepts it in PDF/A-2, this validator wants it left out."""
    assert broken(story.dist / name, "PDF_A_2B") <= TRAPPED


# ---- each printer


def printer_of(name: str, home: Path, **changes: str) -> Printer:
    """Return a shipped printer with the shipped profile and some lines of its file changed."""
    folder, found = home / f"shop of {name}", Collector()
    folder.mkdir()
    text = (STYLES / "printers" / f"{name}.yaml").read_text("utf-8")
    lines = {"icc": str(STYLES / ICC["cmyk"]), **{key.replace("_", "-"): value for key, value in changes.items()}}
    for key, value in lines.items():
        text, count = re.subn(rf"(?m)^{key}: .*$", f"{key}: {value}", text)
        assert count == 1
    (folder / f"{name}.yaml").write_text(text, "utf-8")
    printer = read_printer(str(folder / f"{name}.yaml"), STYLES, found)
    assert printer and found.findings == ()
    return printer


class Job(Struct, frozen=True):
    """The print files of one printer."""

    printer: Printer
    home: Path
    story: Story

    def path(self, name: str = PRINT) -> Path:
        """Return a file of the job."""
        return self.home / "dist" / name

    def number(self, address: str) -> int:
        """Return the number of the page, from 1, where an address stands."""
        return self.story.whole("print").pages[address] + 1

    def gutter_is_left(self, number: int) -> bool:
        """Tell whether a page, counted from 1, is bound on its left."""
        return number % 2 == 1


def job_of(story: Story, printer: Printer, home: Path, cache: Path | None = None) -> Job:
    """Build the print files of the tiny booklet for a printer, out of what the story keeps unless told."""
    lay_tiny(home)
    wanted = tuple(output for output in WANTED if output.profile == "print")
    made(home, cache or story.home / "cache", wanted, printer=printer)
    return Job(printer, home, story)


PRINTERS = sorted(path.stem for path in (STYLES / "printers").glob("*.yaml"))


@pytest.fixture(scope="module", params=PRINTERS)
def job(request: pytest.FixtureRequest, story: Story, tmp_path_factory: pytest.TempPathFactory) -> Job:
    """Return the files of each shipped printer."""
    home = tmp_path_factory.mktemp(request.param)
    return job_of(story, printer_of(request.param, home), home)


@pytest.mark.parametrize("name", [PRINT, EXCERPT])
def test_boxes_are_what_the_printers_file_says(name: str, job: Job) -> None:
    edges, slug = job.printer.bleed, job.printer.slug
    for number, box in boxes(job.path(name)):
        left, right = edges["gutter"], edges["outer"]
        if not job.gutter_is_left(number):
            left, right = right, left
        bleed = [slug, slug, slug + left + 170 + right, slug + edges["foot"] + 240 + edges["head"]]
        trim = [slug + left, slug + edges["foot"], slug + left + 170, slug + edges["foot"] + 240]
        assert box["MediaBox"] == pytest.approx([0, 0, bleed[2] + slug, bleed[3] + slug], abs=0.02)
        assert box["BleedBox"] == pytest.approx(bleed, abs=0.02)
        assert box["TrimBox"] == pytest.approx(trim, abs=0.02)
        assert box["CropBox"] == box["MediaBox"]


@pytest.mark.parametrize("name", [PRINT, EXCERPT])
def test_file_for_each_printer_is_sound(name: str, job: Job) -> None:
    assert "No syntax or stream encoding errors found" in tool("qpdf", "--check", job.path(name))
    assert broken(job.path(name), "PDF_A_2B") <= TRAPPED


def test_printers_words_of_the_press_are_in_the_file(job: Job) -> None:
    with pikepdf.open(job.path()) as pdf:
        for intent in pdf.Root.OutputIntents:
            assert str(intent.OutputConditionIdentifier) == job.printer.condition
            assert str(intent.Info) == job.printer.condition_name
            assert intent.DestOutputProfile.read_bytes() == job.printer.icc


def test_numbers_are_read_where_the_page_lies(job: Job) -> None:
    """The proof finds nothing wrong, and reads elsewhere where it takes the page for lying elsewhere."""
    copy, profile, content = job.story.whole("print"), PROFILES["print"], job.path().read_bytes()
    assert proven(content, Sheets(copy, profile, {}, job.printer)) == []
    other = replace(job.printer, slug=job.printer.slug + 9)
    assert "page-number" in proven(content, Sheets(copy, profile, {}, other))


def test_number_that_is_wrong_is_found_for_each_printer(job: Job) -> None:
    copy, profile, content = job.story.whole("print"), PROFILES["print"], job.path().read_bytes()
    labels = tuple({"11": "12"}.get(label, label) for label in copy.labels)
    placed = tuple(replace(one, labels=labels[one.first:one.first + one.fragment.pages]) for one in copy.placed)
    wrong = replace(copy, labels=labels, placed=placed)
    assert proven(content, Sheets(wrong, profile, {}, job.printer)).count("page-number") >= 3


def test_words_of_the_pages_are_the_same_for_every_printer(job: Job) -> None:
    """Within the trim; beside it there may be a line that names the sheet."""
    for number, box in boxes(job.path()):
        (left, bottom, right, top), height = (edge * MM for edge in box["TrimBox"]), box["MediaBox"][3] * MM
        corner = "-x", round(left), "-y", round(height - top)
        size = "-W", round(right - left), "-H", round(top - bottom)
        mine = text_of(job.path(), number, "-r", 72, *corner, *size)
        assert plain(mine) == plain(text_of(job.story.dist / PRINT, number)), f"page {number}"


def test_same_job_has_the_same_bytes(job: Job, tmp_path: Path) -> None:
    again = job_of(job.story, job.printer, tmp_path / "an other place", tmp_path / "cache")
    assert contents(again.home / "dist") == contents(job.home / "dist")


def inside(image: Image.Image, box: list[float], dpi: int = 72) -> tuple[int, int, int, int]:
    """Return a box in mm as the whole pixels of an image that lie within it: left, top, right, bottom."""
    left, bottom, right, top = (edge / 25.4 * dpi for edge in box)
    return ceil(left), ceil(image.height - top), floor(right), floor(image.height - bottom)


def least_ink(image: Image.Image) -> int:
    """Return the ink of the pixel that has least of it."""
    return min(sum(pixel) for pixel in image.get_flattened_data())


@pytest.mark.parametrize("address", ["cover", "heim", "back"])
def test_full_page_reaches_the_edge_of_the_bleed_on_every_side(address: str, job: Job, tmp_path: Path) -> None:
    """The outermost line of pixels within the bleed is inked from end to end; beyond it is paper."""
    number = job.number(address)
    image, box = plates(job.path(), number, tmp_path), dict(boxes(job.path()))[number]
    left, top, right, bottom = inside(image, box["BleedBox"])
    assert left <= 1 + job.printer.slug * MM and (right - left) / MM >= 170 + job.printer.bleed["outer"] - 1
    for edge in ((left, top, right, top + 1), (left, bottom - 1, right, bottom), (left, top, left + 1, bottom),
                 (right - 1, top, right, bottom)):
        assert least_ink(image.crop(edge)) > 100, edge
    if job.printer.slug:
        ring = [image.crop(room) for room in (
            (0, top - 2, image.width, top - 1), (0, bottom + 1, image.width, bottom + 2))]
        assert [room.getextrema() for room in ring] == [((0, 0),) * 4] * 2


@pytest.mark.parametrize("address", ["heim.kaffi", "arbeid.verkstad"])
def test_band_at_the_head_of_an_example_reaches_the_edge_of_the_bleed(address: str, job: Job, tmp_path: Path) -> None:
    number = job.number(address)
    image, box = plates(job.path(), number, tmp_path), dict(boxes(job.path()))[number]
    left, top, right, bottom = inside(image, box["BleedBox"])
    foot = round(top + 25 * MM)
    for edge in ((left, top, right, top + 1), (left, top, left + 1, foot), (right - 1, top, right, foot)):
        assert least_ink(image.crop(edge)) > 20, edge
    assert image.crop((left, bottom - 1, right, bottom)).getextrema() == ((0, 0),) * 4


def within_trim(job: Job, address: str, home: Path) -> Image.Image:
    """Return the separations of a page as it is cut, at 144 dpi."""
    number = job.number(address)
    whole = plates(job.path(), number, home, 144)
    return whole.crop(inside(whole, dict(boxes(job.path()))[number]["TrimBox"], 144))


def darkest(image: Image.Image) -> tuple[int, int, int]:
    """Return how many pixels are full black, how many of these have other inks, how many have a tint without black."""
    pixels = list(image.get_flattened_data())
    black = [pixel for pixel in pixels if pixel[3] > 250]
    return len(black), sum(any(pixel[:3]) for pixel in black), sum(any(p[:3]) and p[3] < 10 for p in pixels)


def test_black_text_is_printed_over_its_tint_and_on_paper_on_the_black_plate_alone(job: Job, tmp_path: Path) -> None:
    image = within_trim(job, "heim.kaffi", tmp_path)
    (tint,) = {pixel[:3] for pixel in image.crop((image.width - 20, 10, image.width - 10, 20)).get_flattened_data()}
    black, over, tinted = darkest(image)
    assert black > 1000 and tinted > 1000 and over > 100, "black words stand on the band and on paper"
    pixels = set(image.get_flattened_data())
    assert {pixel[:3] for pixel in pixels if pixel[3] > 250} == {(0, 0, 0), tint}


def test_black_text_is_knocked_out_for_a_printer_who_wants_it_so(story: Story, tmp_path: Path) -> None:
    job = job_of(story, printer_of("sheetfed", tmp_path, overprint_black="no"), tmp_path)
    black, over, tinted = darkest(within_trim(job, "heim.kaffi", tmp_path))
    assert black > 1000 and tinted > 1000 and over == 0


def spaces(thing: object, seen: set[tuple[int, int]]) -> Iterator[str]:
    """Yield the name of every colour space below an object of a PDF."""
    if isinstance(thing, pikepdf.Object) and thing.is_indirect:
        if thing.objgen in seen:
            return
        seen.add(thing.objgen)
    if isinstance(thing, pikepdf.Name) and re.match(r"/(Device|Cal|Lab|ICC|Separation|Indexed|Pattern)", str(thing)):
        yield str(thing)
    elif isinstance(thing, pikepdf.Array):
        for item in thing:
            yield from spaces(item, seen)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in thing.items():
            if key != "/Parent":
                yield from spaces(value, seen)


@pytest.mark.parametrize("name", [PRINT, EXCERPT])
def test_no_page_of_a_print_file_knows_a_colour_of_the_screen(name: str, job: Job) -> None:
    with pikepdf.open(job.path(name)) as pdf:
        used = {space for one in pdf.pages for space in spaces(one.obj, set())}
    extra = {"/Separation"} if job.printer.marks == "crop" else set()
    assert {"/DeviceCMYK", *extra} <= used <= {"/DeviceCMYK", "/Pattern", *extra}


def test_marks_are_in_registration_colour_and_only_where_they_are_wanted(job: Job) -> None:
    with pikepdf.open(job.path()) as pdf:
        for one in pdf.pages:
            chosen = [str(operands[0]) for operands, operator in pikepdf.parse_content_stream(one)
                      if str(operator) in ("cs", "CS") and str(operands[0]) != "/DeviceCMYK"]
            wanted = ["/All"] if job.printer.marks == "crop" else []
            assert [name for name in chosen if name != "/Pattern"] == wanted
            for name in wanted:
                assert [str(part) for part in one.obj.Resources.ColorSpace[name][:2]] == ["/Separation", "/All"]


@pytest.fixture(scope="module")
def marked(story: Story, tmp_path_factory: pytest.TempPathFactory) -> Job:
    """Return the files of the printer who wants marks."""
    home = tmp_path_factory.mktemp("marked")
    return job_of(story, printer_of("marks", home, bleed_outer="5", bleed_gutter="1"), home)


@pytest.mark.parametrize("address", ["cover", "foreword"])
def test_marks_stand_on_every_plate_in_line_with_the_trim(address: str, marked: Job, tmp_path: Path) -> None:
    dpi, number = 288, marked.number(address)
    image, box = plates(marked.path(), number, tmp_path, dpi), dict(boxes(marked.path()))[number]
    (left, bottom, right, top), bleed = box["TrimBox"], box["BleedBox"]
    strips = [[x - 0.3, low, x + 0.3, low + 4.6] for x in (left, right) for low in (bleed[1] - 5.8, bleed[3] + 1.2)]
    strips += [[low, y - 0.3, low + 4.6, y + 0.3] for y in (bottom, top) for low in (bleed[0] - 5.8, bleed[2] + 1.2)]
    for strip in strips:
        pixels = image.crop(inside(image, strip, dpi))
        lines = [line for line in pixels.get_flattened_data() if any(line)]
        assert {(255, 255, 255, 255)} == set(lines), strip
        assert len(lines) <= 2 * max(pixels.size), "0.25 pt is one pixel, or two that it lies between"


@pytest.mark.parametrize("name", [PRINT, EXCERPT])
def test_line_beside_each_page_names_the_sheet(name: str, marked: Job) -> None:
    with pikepdf.open(marked.path(name)) as pdf:
        labels, title = [one.label for one in pdf.pages], str(pdf.docinfo.Title)
    for number, box in boxes(marked.path(name)):
        slug = round((box["MediaBox"][3] - box["BleedBox"][3]) * MM)
        line = text_of(marked.path(name), number, "-r", 72, "-x", 0, "-y", 0, "-W", 800, "-H", slug).strip()
        assert line == f"{title}, Utgåve 2021, side {labels[number - 1]}"


def test_file_of_an_older_standard_has_nothing_that_came_later(story: Story, tmp_path: Path) -> None:
    """PDF/X-1a:2003 (ISO 15930-4): PDF 1.4, no transparency, no layers."""
    job = job_of(story, printer_of("sheetfed", tmp_path, standard="PDF/X-1a:2003"), tmp_path)
    assert "No syntax or stream encoding errors found" in tool("qpdf", "--check", job.path())
    assert re.search(r"PDF subtype: +PDF/X-1a:2003", tool("pdfinfo", job.path()))
    with pikepdf.open(job.path()) as pdf:
        assert pdf.pdf_version == "1.4" and "/OCProperties" not in pdf.Root
        for one in pdf.objects:
            if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
                assert {float(one.get(key, 1)) for key in ("/ca", "/CA")} == {1}
                assert one.get("/SMask", "/None") == "/None" and one.get("/BM", "/Normal") == "/Normal"
                assert "/Group" not in one and one.get("/Type") not in ("/ObjStm", "/XRef")


# ---- the screen and the course


@pytest.mark.parametrize("name", [SCREEN, HANDOUT])
@pytest.mark.parametrize("profile", ["PDF_UA_1", "PDF_A_2A"])
def test_screen_and_handout_are_for_everybody_and_for_long(name: str, profile: str, story: Story) -> None:
    assert broken(story.dist / name, profile) == set()


def test_handout_holds_its_theme_and_no_other(story: Story) -> None:
    text = plain("".join(texts(story.dist / HANDOUT)))
    heim, arbeid = story.booklet.themes
    for title in (heim.title, heim.text.title, heim.examples[0].article.title, *heim.points, *heim.questions):
        assert plain(title) in text
    for title in (arbeid.title, arbeid.text.title, arbeid.examples[0].article.title):
        assert plain(title) not in text


def test_handout_quotes_the_printed_booklet(story: Story) -> None:
    text = re.sub(r"\s+", " ", "".join(texts(story.dist / HANDOUT)))
    whole = story.whole("print")
    assert f"teksten om arbeid (heile heftet, s. {whole.label('arbeid.text.jobb')})" in text


def test_handout_is_a4_and_grey(story: Story) -> None:
    for _, box in boxes(story.dist / HANDOUT):
        assert box["MediaBox"] == pytest.approx([0, 0, 210, 297], abs=0.02)
    with pikepdf.open(story.dist / HANDOUT) as pdf:
        for page_ in pdf.pages:
            for operands, operator in pikepdf.parse_content_stream(page_):
                if str(operator) in ("rg", "RG"):
                    assert len({round(float(part), 3) for part in operands}) == 1


# ---- the same again


def test_same_content_at_another_path_gives_the_same_bytes(story: Story, tmp_path: Path) -> None:
    lay_tiny(tmp_path / "an other path" / "æøå")
    other = made(tmp_path / "an other path" / "æøå", None)
    assert contents(other.dist) == contents(story.dist)


def test_another_process_with_another_seed_gives_the_same_bytes(story: Story, tmp_path: Path) -> None:
    places = "--content", story.home / "content", "--output", tmp_path / "a", "--cache", tmp_path / "cache"
    words = [ROOT / "build.py", "build", "--styles", STYLES, *places, "--profile", "print", "--profile", "screen"]
    environment = {**os.environ, "PYTHONHASHSEED": "12345", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    subprocess.run([sys.executable, *words], check=True, capture_output=True, env=environment, cwd=tmp_path)
    assert contents(tmp_path / "a") == {name: contents(story.dist)[name] for name in (PRINT, SCREEN)}


def test_file_made_alone_is_the_file_made_with_all(story: Story, tmp_path: Path) -> None:
    lay_tiny(tmp_path)
    alone = made(tmp_path, story.home / "cache", output_of(story.booklet, "handout", ("heim",)))
    assert contents(alone.dist) == {HANDOUT: contents(story.dist)[HANDOUT]}


@pytest.mark.skipif(sys.platform != "linux", reason="processes are started by fork, on Linux alone")
def test_files_do_not_depend_on_how_many_work(story: Story, tmp_path: Path) -> None:
    lay_tiny(tmp_path)
    assert contents(made(tmp_path, None, jobs=3).dist) == contents(story.dist)


def test_files_out_of_the_store_are_those_that_were_made(story: Story, tmp_path: Path) -> None:
    lay_tiny(tmp_path)
    assert contents(made(tmp_path, story.home / "cache").dist) == contents(story.dist)


def test_rebuild_after_an_edit_equals_a_clean_build(story: Story, tmp_path: Path) -> None:
    for name in ("warm", "cold"):
        content = lay_tiny(tmp_path / name)
        edit(content / "themes" / "heim" / "text.md", "brosjyre", "brosjyre og eit kart over bygda")
    warm, cold = made(tmp_path / "warm", story.home / "cache"), made(tmp_path / "cold", None)
    assert contents(warm.dist) == contents(cold.dist)
    changed = {name for name, content in contents(warm.dist).items() if content != contents(story.dist)[name]}
    assert changed == {PRINT, SCREEN, HANDOUT}


def test_rebuild_after_the_pages_moved_equals_a_clean_build(story: Story, tmp_path: Path) -> None:
    """Every number behind the edit changes, and sides change; nothing but numbers is set anew."""
    more = "\n\n".join(["Byrja gjerne med kaffi. " * 40] * 6)
    for name in ("warm", "cold"):
        content = lay_tiny(tmp_path / name)
        edit(content / "front" / "foreword.md", "Byrja gjerne", f"{more} Byrja gjerne")
    warm, cold = made(tmp_path / "warm", story.home / "cache"), made(tmp_path / "cold", None)
    assert contents(warm.dist) == contents(cold.dist)
    assert warm.whole("print").pages["heim"] > story.whole("print").pages["heim"]


# ---- the proof


def proven(content: bytes, sheets: Sheets, kit: Kit | None = None) -> list[str]:
    """Return the codes of what the proof finds; the fingerprint is to be that of the file's own record."""
    stamp = read_stamp(content.decode("utf-8", "replace"))
    known = replace(sheets, fingerprint=stamp.short) if stamp else sheets
    return [finding.code for finding in prove(content, known, kit or Kit(Store(None), ""))]


def tampered(story: Story, change: dict[str, str]) -> tuple[list[str], list[str]]:
    """Return what the proof says of a screen copy, as it is, and with other numbers printed than it has."""
    copy, profile = story.whole("screen"), PROFILES["screen"]
    imprint = story.workshop.imprint(Output(SCREEN, "screen"))
    labels = tuple(change.get(label, label) for label in copy.labels)
    placed = tuple(
        replace(one, labels=labels[one.first:one.first + one.fragment.pages]) for one in copy.placed)
    sheets, other = Sheets(copy, profile, {}), Sheets(replace(copy, labels=labels, placed=placed), profile, {})
    sound, wrong = (
        finish(assemble(one, zlib.compress), profile, imprint, zlib.compress) for one in (sheets, other))
    return proven(sound, sheets), proven(wrong, sheets)


def test_number_that_is_not_its_targets_page_is_found(story: Story) -> None:
    """As if page 11 had been called 12 when numbers were printed: folio, contents, texts and label are all wrong."""
    sound, wrong = tampered(story, {"11": "12"})
    assert sound == []
    assert wrong.count("page-number") >= 3 and "page-label" in wrong


def test_target_that_stands_elsewhere_is_found(story: Story) -> None:
    copy, profile = story.whole("screen"), PROFILES["screen"]
    content = (story.dist / SCREEN).read_bytes()
    moved = replace(copy, pages={**copy.pages, "heim": copy.pages["heim"] + 1})
    assert "page-number" in proven(content, Sheets(moved, profile, {}))
    assert proven(content, Sheets(copy, profile, {})) == []


def test_title_that_is_not_where_the_numbers_lead_is_found(story: Story) -> None:
    """Numbers and page map agree, and yet the words are not there: as if the map itself were wrong."""
    copy, content = story.whole("screen"), (story.dist / SCREEN).read_bytes()
    placed = tuple(
        replace(one, unit=replace(one.unit, title="Noko anna")) if one.unit.address == "heim" else one
        for one in copy.placed)
    stamp = read_stamp(content.decode("utf-8", "replace"))
    assert stamp
    sheets = Sheets(replace(copy, placed=placed), PROFILES["screen"], {}, fingerprint=stamp.short)
    (finding,) = prove(content, sheets, Kit(Store(None), ""))
    assert finding.code == "page-number" and "the words 'Noko anna'" in finding.message


def test_fingerprint_that_is_not_the_contents_is_found(story: Story) -> None:
    content, copy = (story.dist / SCREEN).read_bytes(), story.whole("screen")
    sheets = Sheets(copy, PROFILES["screen"], {}, fingerprint="dddd\u00a0dddd")
    (finding,) = prove(content, sheets, Kit(Store(None), ""))
    assert finding.code == "page-number" and "'dddd dddd'" in finding.message


def test_page_that_is_missing_is_found(story: Story) -> None:
    copy = story.whole("screen")
    longer = replace(copy, labels=(*copy.labels, "99"))
    assert "page-count" in proven((story.dist / SCREEN).read_bytes(), Sheets(longer, PROFILES["screen"], {}))


def test_page_that_was_proven_is_read_again_only_when_it_or_its_numbers_changed(story: Story, tmp_path: Path) -> None:
    """A kit that knows every page hides nothing: what is asked of a page is part of what was proven."""
    copy, content = story.whole("screen"), (story.dist / SCREEN).read_bytes()
    sheets, kit = Sheets(copy, PROFILES["screen"], {}), Kit(Store(tmp_path), "")
    assert proven(content, sheets, kit) == []
    kit.keep()
    knowing = Kit(Store(tmp_path), "")
    moved = replace(copy, pages={**copy.pages, "heim": copy.pages["heim"] + 1})
    assert proven(content, sheets, knowing) == []
    assert "page-number" in proven(content, replace(sheets, copy=moved), knowing)
    labels = tuple({"11": "12"}.get(label, label) for label in copy.labels)
    placed = tuple(
        replace(one, labels=labels[one.first:one.first + one.fragment.pages]) for one in copy.placed)
    wrong = replace(sheets, copy=replace(copy, labels=labels, placed=placed))
    printed = finish(
        assemble(wrong, zlib.compress), sheets.profile, story.workshop.imprint(Output(SCREEN, "screen")),
        zlib.compress)
    assert "page-number" in proven(printed, sheets, knowing)


def test_excerpt_is_proved_against_the_whole_booklet(story: Story) -> None:
    profile, content = PROFILES["handout"], (story.dist / HANDOUT).read_bytes()
    copy, numbers = story.workshop.excerpt(Output(HANDOUT, "handout", ("heim",)))
    assert proven(content, Sheets(copy, profile, numbers)) == []
    for target, words in (("arbeid.text.jobb", "99"), ("heim.kaffi#", "hefte s. 99"), ("heim.text#", "")):
        assert numbers[target] != words
        assert proven(content, Sheets(copy, profile, {**numbers, target: words})) == ["page-number"]


@pytest.mark.parametrize(("profiles", "twins"), [
    (("print", "screen"), {"print"}), (("screen", "print"), {"screen"}), (("print",), set()),
    (("print", "handout"), set())])
def test_pages_are_kept_for_a_copy_that_is_made_of_the_same_units(
    story: Story, profiles: tuple[str, ...], twins: set[str]
) -> None:
    workshop = Workshop(story.booklet, story.workshop.styles, story.workshop.place, say_nothing)
    themes = (story.booklet.themes[0].id,)
    workshop.prepare(tuple(Output(name, name, themes if name == "handout" else ()) for name in profiles))
    assert workshop.stock.twins == twins
