"""Whole journeys: the tiny booklet built, and the finished PDFs asked by programs that we did not write."""

import os
import re
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import page
import pikepdf
import pytest
from making import ROOT, STYLES, edit, lay_tiny, say_nothing, tool
from PIL import Image

from booklet.assembly import assemble
from booklet.finishing import finish
from booklet.kits import Kit
from booklet.model import Booklet, articles
from booklet.outputs import Output, output_of
from booklet.pagination import labels_of
from booklet.pipeline import Workshop, build, deliver
from booklet.printed import Copy, Sheets
from booklet.profiles import PROFILES
from booklet.proof import prove
from booklet.reading import read_all
from booklet.store import Store
from booklet.warehouse import Place, Warehouse

PRINT, SCREEN, HANDOUT = (f"lite-hefte-2021-{name}.pdf" for name in ("print", "screen", "handout-heim"))
EXCERPT = "lite-hefte-2021-print-arbeid.pdf"
WANTED = (
    Output(PRINT, "print"), Output(SCREEN, "screen"), Output(HANDOUT, "handout", ("heim",)),
    Output(EXCERPT, "print", ("arbeid",)),
)
MM = 72 / 25.4


@dataclass(frozen=True)
class Story:
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


def made(home: Path, cache: Path | None, outputs: tuple[Output, ...] = WANTED, jobs: int = 1) -> Story:
    """Build the booklet that lies in ``home``; nothing may be found."""
    place = Place(Warehouse(Store(cache), str(home)), home / "dist", jobs=jobs)
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
        pages = texts(story.dist / name, "-layout")
        lines = re.findall(r"^ *(?:\d +)?(\S.*?) {2,}(\d+)$", pages[2], re.MULTILINE)
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
    assert len(kept) == 4
    for here, there in kept:
        assert here % 2 == there % 2, "a left page stays a left page"
        foreign = re.compile(r"\(heile\sheftet,")
        same = plain(part[here]) == plain(whole[there])
        assert same or foreign.search(part[here]), f"page {here + 1} is not page {there + 1} of the booklet"


def plates(path: Path, number: int, home: Path) -> Image.Image:
    """Return the separations of a page at 72 dpi, as Ghostscript makes them."""
    target = home / f"{path.stem}-{number}.tif"
    tool("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiff32nc", "-r72", f"-dFirstPage={number}",
         f"-dLastPage={number}", f"-sOutputFile={target}", path)
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
    """Return the codes of what the proof finds."""
    return [finding.code for finding in prove(content, sheets, kit or Kit(Store(None), ""))]


def tampered(story: Story, change: dict[str, str]) -> tuple[list[str], list[str]]:
    """Return what the proof says of a screen copy, as it is, and with other numbers printed than it has."""
    copy, profile = story.whole("screen"), PROFILES["screen"]
    imprint = story.workshop.imprint(story.booklet, profile)
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
    sheets = Sheets(replace(copy, placed=placed), PROFILES["screen"], {})
    (finding,) = prove(content, sheets, Kit(Store(None), ""))
    assert finding.code == "page-number" and "the words 'Noko anna'" in finding.message


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
        assemble(wrong, zlib.compress), sheets.profile, story.workshop.imprint(story.booklet, sheets.profile),
        zlib.compress)
    assert "page-number" in proven(printed, sheets, knowing)


def test_excerpt_is_proved_against_the_whole_booklet(story: Story) -> None:
    profile, whole = PROFILES["handout"], story.whole("print")
    copy, content = story.workshop.copy(("heim",), profile, whole), (story.dist / HANDOUT).read_bytes()
    numbers = labels_of(whole)
    assert proven(content, Sheets(copy, profile, numbers)) == []
    wrong = {**numbers, "arbeid.text.jobb": "99"}
    assert proven(content, Sheets(copy, profile, wrong)) == ["page-number"]
