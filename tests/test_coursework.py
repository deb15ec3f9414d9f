"""A course, made: asked of the finished PDFs by programs that we did not write, and the same for a whole table."""

import importlib.util
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest
from making import STYLES, edit, lay_tiny, run, say_nothing, tool
from msgspec import Struct
from msgspec.structs import replace

from booklet import coursework, series
from booklet.findings import Severity
from booklet.outputs import Output, output_of
from booklet.pipeline import build
from booklet.printers import read_printer
from booklet.reading import read_all
from booklet.store import Store
from booklet.warehouse import Place, Warehouse

ROWS = """name;county;population
Kåfjord/Gáivuotna;Troms;2 071
Ås;Viken;
Brutt "rad;Troms;1
Ås;Viken;3
"Ærlig ""og"" Søn";Agder;4
"""


class Room(Struct, frozen=True):
    """A folder with the tiny booklet, and the course made of it."""

    home: Path
    files: dict[str, Path]
    pages: dict[str, list[str]]
    """Name of a PDF → the text of each page, by poppler."""


def texts(pdf: Path) -> list[str]:
    """Return the text of each page of a PDF, its spaces made plain."""
    return [re.sub(r"\s+", " ", page) for page in tool("pdftotext", "-layout", pdf, "-").split("\f")[:-1]]


def order(home: Path, name: str = "kveld") -> coursework.Order:
    """Return the order of a course."""
    return coursework.Order(home / "content", STYLES, home / "dist", home / "cache", name, False, 1)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Room:
    """Return a room with the course of an evening, and the print edition it quotes."""
    home = tmp_path_factory.mktemp("course")
    lay_tiny(home)
    outcome = coursework.carry_out(order(home), say_nothing)
    assert outcome.folder == home / "dist/course-kveld" and outcome.findings == ()
    files = {path.name: path for path in outcome.folder.iterdir()}
    (home / "print.pdf").write_bytes(made(home, Output("print.pdf", "print"))["print.pdf"])
    files["print.pdf"] = home / "print.pdf"
    return Room(home, files, {name: texts(path) for name, path in files.items() if name.endswith(".pdf")})


def made(home: Path, *outputs: Output) -> dict[str, bytes]:
    """Return files made of the booklet of a folder, out of the cache as far as may be."""
    store = Store(home / "cache")
    house = Warehouse(store, str(home / "content"))
    found = coursework.Workshop.__init__.__globals__["Collector"]()
    place = Place(house, home / "dist", printer=read_printer("sheetfed", STYLES, found))
    booklet, styles, findings = read_all(home / "content", STYLES, house.memory)
    assert booklet and styles and findings == ()
    result = build(booklet, styles, outputs, place, say_nothing)
    assert [one for one in result.findings if one.severity is Severity.ERROR] == []
    house.close_run()
    return {one.file: one.content for one in result.made}


def test_folder_holds_all_that_a_trainer_needs(room: Room) -> None:
    stems = "participant.pdf", "facilitator.pdf", "leaflet.pdf", "2-up.pdf", "a5-booklet.pdf"
    assert {f"kveld-{stem}" for stem in stems} | {"kveld.zip", "SHA256SUMS"} == room.files.keys() - {"print.pdf"}


def test_contents_of_the_handout_name_the_pages_where_things_stand(room: Room) -> None:
    first, *rest = room.pages["kveld-participant.pdf"]
    listed = first.partition("I KURSARKET")[2].partition("Side 1 av")[0]
    lines = re.findall(r"([A-ZÆØÅ][^\d]+?) (\d+)(?= |$)", listed)
    assert len(lines) >= 7
    assert [title for title, page in lines if title.lower() not in rest[int(page) - 2].lower()] == []


def test_margin_names_the_printed_page_that_begins_there(room: Room) -> None:
    printed, marks = room.pages["print.pdf"], 0
    for page in room.pages["kveld-participant.pdf"]:
        for before, number in re.findall(r"(\S[^|]{0,60}?) hefte s\. (\d+)", page):
            words = before.split(" hefte")[0].split()[-2:]
            assert all(word.strip(".,") in printed[int(number) - 1] for word in words[-1:]), (words, number)
            marks += 1
    assert marks >= 6


def test_every_page_of_the_facilitator_s_is_the_participants_own(room: Room) -> None:
    participants, told = room.pages["kveld-participant.pdf"], " ".join(room.pages["kveld-facilitator.pdf"])
    pages = [int(number) for number in re.findall(r"kursark s\. (\d+)", told)]
    titles = "Det første året", "Kaffi kvar torsdag", "Til diskusjon", "Dette tek vi med oss"
    assert len(pages) == len(titles)
    assert [title for title, page in zip(titles, pages, strict=True) if title not in participants[page - 1]] == []


def test_facilitator_has_a_clock_and_the_sum_of_the_minutes(room: Room) -> None:
    told = " ".join(room.pages["kveld-facilitator.pdf"])
    assert re.findall(r"\b\d:\d\d\b", told) == ["0:00", "0:10", "0:30", "0:45", "0:55", "1:00"]
    assert "60 minutt av 60" in told and "12 hefte i A5" in told and "Opninga blir lett for lang." in told


def test_handouts_say_edition_pages_and_fingerprint(room: Room) -> None:
    for name in ("kveld-participant.pdf", "kveld-facilitator.pdf"):
        pages = room.pages[name]
        line = rf"Utgåve 2021 · {len(pages)} sider · Fingeravtrykk [0-9a-f]{{4}}\s[0-9a-f]{{4}}"
        assert re.search(line, pages[0]), name


def test_municipality_s_page_shows_what_is_known_and_leaves_the_rest_open(room: Room) -> None:
    shown = room.pages["kveld-participant.pdf"][1]
    assert "Lita kommune" in shown and "12 345" in shown and "62,5 prosent" in shown and "Bygdeboka" in shown
    assert "Busette flyktningar" in shown and len(re.findall(r"\d[\d ,]*", shown.partition("Side")[0])) == 3


def test_invitation_is_one_page(room: Room) -> None:
    (page,) = room.pages["kveld-leaflet.pdf"]
    assert "Kven tek imot hos oss?" in page and "tysdag 4. mai kl. 18" in page and "example.org/lite-hefte" in page


def test_two_pages_stand_on_a_side_in_the_order_of_reading(room: Room) -> None:
    single, double = room.pages["kveld-participant.pdf"], room.pages["kveld-2-up.pdf"]
    assert len(double) == -(-len(single) // 2)
    assert "Side 3 av" in double[1] and "Side 4 av" in double[1]


def test_nothing_bleeds_and_no_face_is_foreign(room: Room) -> None:
    for name in ("kveld-participant.pdf", "kveld-facilitator.pdf"):
        boxes = set(re.findall(r"(?:Media|Trim|Bleed)Box: +(.*)", tool("pdfinfo", "-box", room.files[name])))
        assert {re.sub(r" +", " ", box) for box in boxes} == {"0.00 0.00 595.28 841.89"}
        assert set(re.findall(r"\+(\w+)", tool("pdffonts", room.files[name]))) <= {"SourceSerifPro", "SourceSansPro"}


def test_zip_is_the_same_bytes_for_the_same_files(room: Room) -> None:
    packed = room.files["kveld.zip"].read_bytes()
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    assert files.keys() == {name for name in room.files if name.startswith("kveld-")}
    assert coursework.parcel(dict(reversed(files.items()))) == packed


def test_course_in_other_words_and_without_texts(room: Room) -> None:
    outcome = coursework.carry_out(order(room.home, "stutt"), say_nothing)
    assert outcome.folder and outcome.findings == ()
    pages = texts(outcome.folder / "stutt-participant.pdf")
    assert "Kven tek imot?" not in " ".join(pages) and "Dette tar vi med oss" in " ".join(pages)
    numbers = re.findall(r"kursark s\. (\d+)", " ".join(texts(outcome.folder / "stutt-facilitator.pdf")))
    assert len(numbers) == 1 and "Kaffi kvar torsdag" in pages[int(numbers[0]) - 1]


@pytest.mark.parametrize("names", [("heim/kaffi",), ("heim", "arbeid"), ("arbeid/questions", "heim/text")])
def test_excerpt_of_parts_quotes_its_own_pages_and_those_of_the_whole(room: Room, names: tuple[str, ...]) -> None:
    booklet, _, _ = read_all(room.home / "content", STYLES)
    assert booklet
    (output,) = output_of(booklet, "handout", names)
    target = room.home / output.file
    target.write_bytes(made(room.home, output)[output.file])
    shown, printed = texts(target), room.pages["print.pdf"]
    for number in re.findall(r"heile heftet, s\. (\d+)", " ".join(shown)):
        assert 1 <= int(number) <= len(printed)
    assert ("heile heftet" in " ".join(shown)) is (names != ("heim", "arbeid"))
    assert "Utdrag" in shown[0] or "UTDRAG" in shown[0]


def test_unknown_course_is_named_with_those_that_there_are(room: Room) -> None:
    with pytest.raises(coursework.UnknownCourse, match="kveld, stutt"):
        coursework.carry_out(order(room.home, "dag"), say_nothing)


class Here(Executor):
    """Does at once what is handed to it, until it is killed."""

    def __init__(self, most: int = 99) -> None:
        self.most, self.done = most, 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **more: Any) -> Future[Any]:
        """Do something now."""
        if self.done == self.most:
            raise KeyboardInterrupt
        self.done += 1
        future: Future[Any] = Future()
        future.set_result(fn(*args, **more))
        return future


@pytest.fixture
def county(room: Room, tmp_path: Path) -> Iterator[series.Order]:
    """Return the order of a pair for each row of a table."""
    table = tmp_path / "rows.csv"
    table.write_text(ROWS, encoding="utf-8")
    series._desk.cache_clear()
    yield series.Order(room.home / "content", STYLES, tmp_path / "dist", room.home / "cache", table, "kveld")
    series._desk.cache_clear()


def told(report: series.Report) -> list[str]:
    """Return line and code of each finding."""
    return [f"{one.position.line} {one.code}" for one in report.findings if one.position]


def test_bad_rows_are_named_by_line_and_the_others_are_made_once(county: series.Order) -> None:
    heard: list[tuple[int, int]] = []
    report = series.carry_out(county, Here(), lambda *count: heard.append(count))
    assert (report.made, report.kept, report.failed) == (3, 0, 2) and heard == [(1, 3), (2, 3), (3, 3)]
    assert told(report) == ["4 bad-row", "5 duplicate-row"]
    names = sorted(path.name for path in report.folder.iterdir())
    stems = "aerlig-og-son", "as", "kafjord-gaivuotna"
    assert names == [f"{stem}-{who}.pdf" for stem in stems for who in ("facilitator", "participant")]
    shown = texts(report.folder / "kafjord-gaivuotna-participant.pdf")
    assert "Kåfjord/Gáivuotna" in shown[1] and "2 071" in shown[1] and "12 345" not in " ".join(shown)
    (report.folder / "as-participant.pdf").write_bytes(b"spoilt")
    again = series.carry_out(county, Here(), lambda *count: None)
    assert (again.made, again.kept) == (1, 2) and texts(report.folder / "as-participant.pdf")


def test_killed_run_goes_on_where_it_was(county: series.Order) -> None:
    with pytest.raises(KeyboardInterrupt):
        series.carry_out(county, Here(1), lambda *count: None)
    report = series.carry_out(county, Here(), lambda *count: None)
    assert (report.made, report.kept) == (1, 2)


def test_pair_of_a_row_is_the_same_whoever_makes_it(county: series.Order) -> None:
    edit(county.table, 'Brutt "rad;Troms;1\nÅs;Viken;3\n', "")
    report = series.carry_out(county, Here(), lambda *count: None)
    first = {path.name: path.read_bytes() for path in report.folder.iterdir()}
    series._desk.cache_clear()
    table = county.table.with_name("turned.csv")
    head, *rows = county.table.read_text(encoding="utf-8").splitlines()
    table.write_text("\n".join([head, *reversed(rows)]), encoding="utf-8")
    other = replace(county, table=table, output=county.output / "other")
    made_ = series.carry_out(other, Here(), lambda *count: None)
    assert {path.name: path.read_bytes() for path in made_.folder.iterdir()} == first


def test_command_makes_pairs_in_processes_and_ends_with_one_for_bad_rows(county: series.Order) -> None:
    words = ("courses", "--csv", county.table, "--content", county.content, "--styles", STYLES, "--output",
             county.output, "--cache", county.cache, "--jobs", 2)
    ended = run(*words)
    assert ended.returncode == 1 and "this is 'kveld', the first of 2" in ended.stderr
    assert f"{county.table}:4:1: error bad-row" in ended.stderr and re.search(r"courses-kveld +3 +0 +2", ended.stdout)
    edit(county.table, 'Brutt "rad;Troms;1\nÅs;Viken;3\n', "")
    assert run(*words).returncode == 0


@pytest.mark.skipif(importlib.util.find_spec("distributed") is None, reason="the extra 'cluster' is not installed")
def test_cluster_does_the_same_work(county: series.Order) -> None:
    cluster = importlib.import_module("distributed").LocalCluster(
        n_workers=1, threads_per_worker=1, dashboard_address=None)
    with cluster:
        ended = run("courses", "--csv", county.table, "--content", county.content, "--styles", STYLES, "--output",
                    county.output, "--cache", county.cache, "--scheduler", cluster.scheduler_address)
    assert ended.returncode == 1 and re.search(r"courses-kveld +3 +0 +2", ended.stdout)
