"""An assembled PDF → a finished one, and its way onto the disk."""

import os
import re
import signal
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from binding import quire_of
from making import ROOT, STYLES, shipped_printer
from msgspec.structs import replace as changed

from booklet.finishing import Imprint, finish, write, write_all
from booklet.profiles import PROFILES
from booklet.stamps import FIELDS, LISTS, NAMESPACE, Stamp, is_whole, read_stamp
from booklet.styles import ICC

PRINTER = shipped_printer()
IMPRINT = Imprint("Å bo & leve", "K <S>", "Utgave 2019", "nb", "2019-05-17", PRINTER.icc, PRINTER)
SCREEN = Imprint("Å bo & leve", "K <S>", "Utgave 2019", "nb", "2019-05-17", (STYLES / ICC["srgb"]).read_bytes())


def finished(profile: str = "print", imprint: Imprint = IMPRINT, page: bytes = b"q Q") -> bytes:
    """Return a file of one page."""
    return finish(quire_of(page), PROFILES[profile], imprint, zlib.compress)


def xmp(content: bytes) -> str:
    """Return what a file says about itself in XMP."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return pdf.Root.Metadata.read_bytes().decode()


@pytest.mark.parametrize(("profile", "imprint"), [("print", IMPRINT), ("screen", SCREEN), ("handout", SCREEN)])
def test_record_of_a_copy_is_declared_property_by_property_and_sealed(profile: str, imprint: Imprint) -> None:
    """Archives (ISO 19005-2, 6.6.2.3) want every property of our own described in the file itself."""
    stamp = Stamp("hefte", "2019", profile, ("en",), "", (("a & b.md", "0" * 40),), (), "s", "p", ("x 1",), ("i",))
    content = finished(profile, changed(imprint, stamp=stamp))
    says = xmp(content)
    used = set(re.findall(r"<booklet:(\w+)", says))
    declared = re.findall(rf"<pdfaSchema:namespaceURI>{NAMESPACE}<.*?</pdfaSchema:property>", says, re.DOTALL)
    assert used == {*FIELDS, *LISTS} == set(re.findall(r"<pdfaProperty:name>(\w+)<", declared[0]))
    known = read_stamp(says)
    assert is_whole(content) and known and changed(known, pages=("i",)) == stamp
    assert content == finished(profile, changed(imprint, stamp=stamp))


def told(content: bytes, name: str) -> str:
    """Return one value of the XMP."""
    match = re.search(rf"<{name}>([^<]*)</{name}>", xmp(content))
    return match[1] if match else ""


class Full(OSError):
    """No space left."""


def failing(source: str, target: Path) -> None:
    """Fail to rename."""
    raise Full


def interrupted(source: str, target: Path) -> None:
    """Be stopped by a person."""
    raise KeyboardInterrupt


def test_file_is_written_with_its_folder_and_may_be_read_by_all(tmp_path: Path) -> None:
    write(b"new", tmp_path / "a" / "b" / "f.pdf")
    assert (tmp_path / "a" / "b" / "f.pdf").read_bytes() == b"new"
    assert (tmp_path / "a" / "b" / "f.pdf").stat().st_mode & 0o777 == 0o644
    assert os.listdir(tmp_path / "a" / "b") == ["f.pdf"]


@pytest.mark.parametrize("replace", [failing, interrupted])
def test_old_file_stays_whole_when_the_rename_fails(replace: object, tmp_path: Path) -> None:
    target = tmp_path / "f.pdf"
    target.write_bytes(b"old")
    with pytest.raises((Full, KeyboardInterrupt)):
        write(b"new", target, replace)  # type: ignore[arg-type]
    assert target.read_bytes() == b"old" and os.listdir(tmp_path) == ["f.pdf"]


def test_new_file_is_whole_on_disk_before_it_takes_its_name(tmp_path: Path) -> None:
    seen = []

    def replace(source: str, target: Path) -> None:
        seen.append((Path(source).read_bytes(), target.read_bytes(), Path(source).parent == target.parent))

    (tmp_path / "f.pdf").write_bytes(b"old")
    write(b"new", tmp_path / "f.pdf", replace)
    assert seen == [(b"new", b"old", True)]


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from booklet.finishing import write
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
write(b'x' * 5000, Path(sys.argv[1]))
"""


def test_old_file_stays_whole_when_the_disk_is_full(tmp_path: Path) -> None:
    target = tmp_path / "f.pdf"
    target.write_bytes(b"old")
    words = [sys.executable, "-c", FULL_DISK, str(target)]
    made = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert "File too large" in made.stderr
    assert target.read_bytes() == b"old" and os.listdir(tmp_path) == ["f.pdf"]


def test_same_edition_has_the_same_identifiers_on_any_day() -> None:
    assert finished() == finished()


def test_document_is_named_by_its_edition_and_its_state_by_its_pages() -> None:
    one, edited = finished(), finished(page=b"q q Q Q")
    told_of = {name: getattr(IMPRINT, name) for name in Imprint.__struct_fields__}
    other = finished(imprint=Imprint(**{**told_of, "date": "2021-01-01"}))
    document, instance = "xmpMM:DocumentID", "xmpMM:InstanceID"
    assert told(one, document) == told(edited, document) != told(other, document)
    assert len({told(file, instance) for file in (one, edited, other)}) == 3
    assert told(one, document) != told(one, instance)
    assert re.fullmatch(r"uuid:[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", told(one, document))


def test_only_date_in_a_file_is_that_of_its_edition() -> None:
    content = finished()
    with pikepdf.open(BytesIO(content)) as pdf:
        assert str(pdf.docinfo.CreationDate) == str(pdf.docinfo.ModDate) == "D:20190517120000Z"
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", xmp(content))) == {"2019-05-17T12:00:00Z"}


def test_title_and_author_stand_in_both_places_with_their_signs() -> None:
    pdf = pikepdf.open(BytesIO(finished()))
    assert (str(pdf.docinfo.Title), str(pdf.docinfo.Author)) == ("Å bo & leve", "K <S>")
    assert "Å bo &amp; leve" in xmp(finished()) and "K &lt;S&gt;" in xmp(finished())
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Å bo & leve"


@pytest.mark.parametrize("title", ["Å bo & leve", "", "a > b < c \"d\" 'e'\u00a0f \u2013 \U0001f600 ]]>"])
def test_metadata_are_written_as_who_reads_and_writes_them_again_would(title: str) -> None:
    stamp = Stamp("hefte", "2019", "print", (), "", (("a & b.md", "0" * 40),), (), "s", "p", (), ("i",))
    content = finished("print", changed(IMPRINT, title=title, language="", stamp=stamp))
    with pikepdf.open(BytesIO(content)) as pdf:
        before = pdf.Root.Metadata.read_bytes()
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False):
            assert before
        assert pdf.Root.Metadata.read_bytes() == before


def test_print_says_what_standard_and_which_press_it_is_for() -> None:
    pdf = pikepdf.open(BytesIO(finished()))
    intents = [(str(one.S), str(one.OutputConditionIdentifier)) for one in pdf.Root.OutputIntents]
    assert pdf.pdf_version == "1.6" and told(finished(), "pdfxid:GTS_PDFXVersion") == "PDF/X-4"
    assert intents == [("/GTS_PDFX", "FOGRA39"), ("/GTS_PDFA1", "FOGRA39")]
    profiles = [one.DestOutputProfile for one in pdf.Root.OutputIntents]
    assert profiles[0].objgen == profiles[1].objgen and profiles[0].read_bytes() == IMPRINT.icc
    assert profiles[0].N == 4 and told(finished(), "pdf:Trapped") == "False"


def test_print_says_of_its_press_what_the_printers_file_says() -> None:
    shop = changed(PRINTER, condition="FOGRA52", condition_name="Uncoated", registry="http://example.org/r")
    content = finished(imprint=changed(IMPRINT, printer=shop, icc=b"uncoated"))
    with pikepdf.open(BytesIO(content)) as pdf:
        keys = "OutputConditionIdentifier", "OutputCondition", "RegistryName", "Info"
        for intent in pdf.Root.OutputIntents:
            assert [str(intent[f"/{key}"]) for key in keys] == [
                "FOGRA52", "Uncoated", "http://example.org/r", "Uncoated"]
            assert intent.DestOutputProfile.read_bytes() == b"uncoated"


@pytest.mark.parametrize(
    ("standard", "version", "blends"), [("PDF/X-4", "1.6", True), ("PDF/X-1a:2003", "1.4", False)])
def test_print_keeps_the_standard_that_its_printer_wants(standard: str, version: str, blends: bool) -> None:
    """Before PDF 1.5 there are no object streams and no streams of cross-references, before 1.4 no groups."""
    content = finished(imprint=changed(IMPRINT, printer=changed(PRINTER, standard=standard)))
    with pikepdf.open(BytesIO(content)) as pdf:
        assert pdf.pdf_version == version and ("/Group" in pdf.pages[0].obj) == blends
        assert str(pdf.docinfo["/GTS_PDFXVersion"]) == told(content, "pdfxid:GTS_PDFXVersion") == standard
    assert (b"/ObjStm" in content) == (b"/XRef" in content) == blends
    assert content.startswith(f"%PDF-{version}".encode())


def test_print_says_in_both_places_that_it_is_not_trapped() -> None:
    """PDF/X knows True and False (ISO 15930-7, 6.13)."""
    content = finished()
    with pikepdf.open(BytesIO(content)) as pdf:
        assert (str(pdf.docinfo.Trapped), told(content, "pdf:Trapped")) == ("/False", "False")


def test_file_for_the_screen_says_nothing_of_a_press() -> None:
    content = finished("screen", SCREEN)
    with pikepdf.open(BytesIO(content)) as pdf:
        assert "/GTS_PDFXVersion" not in pdf.docinfo
    assert "GTS_PDFX" not in xmp(content)


def test_screen_says_that_it_can_be_listened_to() -> None:
    content = finished("screen", SCREEN)
    pdf = pikepdf.open(BytesIO(content))
    assert (told(content, "pdfuaid:part"), told(content, "pdfaid:part"), told(content, "pdfaid:conformance")) == (
        "1", "2", "A")
    assert str(pdf.Root.Lang) == "nb" and pdf.Root.ViewerPreferences.DisplayDocTitle is True
    assert [str(one.S) for one in pdf.Root.OutputIntents] == ["/GTS_PDFA1"]


@pytest.mark.parametrize(("profile", "space"), [("print", "/DeviceCMYK"), ("screen", "/DeviceRGB")])
def test_every_page_blends_in_the_colours_of_its_output(profile: str, space: str) -> None:
    pdf = pikepdf.open(BytesIO(finished(profile, IMPRINT if profile == "print" else SCREEN)))
    assert [str(page.obj.Group.CS) for page in pdf.pages] == [space]


def test_write_survives_being_killed(tmp_path: Path) -> None:
    """The rename is the only moment at which the file changes; a killed process leaves the old one."""
    target = tmp_path / "f.pdf"
    target.write_bytes(b"old")
    code = (
        "import os, signal, sys; from pathlib import Path; from booklet.finishing import write;"
        "write(b'new', Path(sys.argv[1]), lambda source, target: os.kill(os.getpid(), signal.SIGKILL))"
    )
    made = subprocess.run([sys.executable, "-c", code, str(target)], env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert made.returncode == -signal.SIGKILL and target.read_bytes() == b"old"


def test_several_files_are_written_all_or_none(tmp_path: Path) -> None:
    first, second = tmp_path / "a.pdf", tmp_path / "b.pdf"
    first.write_bytes(b"old")
    second.mkdir()  # a folder stands where the second file should go
    with pytest.raises(OSError):
        write_all({first: b"new", second / "x" / "y": b"new", second: b"new"}, refuse)
    assert first.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.rglob(".*")) == []


def refuse(temporary: Path, target: Path) -> None:
    """Stand in for a rename that the machine refuses."""
    raise OSError("no")


def test_file_that_cannot_be_staged_leaves_all_others_as_they_were(tmp_path: Path) -> None:
    old, file = tmp_path / "a.pdf", tmp_path / "file"
    old.write_bytes(b"old")
    file.write_bytes(b"")
    with pytest.raises(OSError):
        write_all({old: b"new", file / "b.pdf": b"new"})
    assert old.read_bytes() == b"old" and sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "file"]
