"""A PDF that somebody hands us: which copy it is, and whether it still is."""

import zlib
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from binding import quire_of
from making import STYLES, lay_tiny
from msgspec.structs import replace
from revising import STAMP
from test_repository import commit, git

from booklet.attestation import Attestation, Now, attest, changes_since
from booklet.custody import differences
from booklet.finishing import Imprint, finish
from booklet.inventory import Inventory
from booklet.memory import Memory
from booklet.model import Booklet
from booklet.printed import Copy
from booklet.profiles import PROFILES
from booklet.program import decisive, program
from booklet.reading import read_all
from booklet.runs import Run, write_run
from booklet.selection import select
from booklet.stamping import stamp_of
from booklet.stamps import Part, blob_id
from booklet.store import Store
from booklet.styles import ICC

HEIM = "themes/heim/text.md"


def read(content: Path) -> Booklet:
    """Return the booklet of a folder."""
    booklet, _, _ = read_all(content, STYLES, Memory(Store(None)))
    assert booklet
    return booklet


def copy_of(content: Path, *themes: str, sealed: bool = True) -> bytes:
    """Return a file of two pages, made of a content folder."""
    booklet = select(read(content), themes)
    stamp = replace(
        stamp_of(booklet, Copy((), {}, ("1", "2")), "screen", "", "looks"), parts=(Part("heim.text", HEIM, "1", "2"),))
    icc = (STYLES / ICC["srgb"]).read_bytes()
    imprint = Imprint("Hefte", "K", "Utgåve", "nn", "2021-05-17", icc, stamp=stamp if sealed else None)
    return finish(quire_of(b"q Q", b"q 0 g Q"), PROFILES["screen"], imprint, zlib.compress)


def judge(data: bytes, content: Path) -> Attestation:
    """Return what is to be said of a file by whoever has a content folder."""
    return attest(data, Now(content, program()[:16], {"screen": "looks"}))


def add(content: Path) -> None:
    """Add a paragraph to a text."""
    with (content / HEIM).open("a") as text:
        text.write("\nEit avsnitt til.\n")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return the tiny content in a folder of its own."""
    return lay_tiny(tmp_path)


def freeze(content: Path, data: bytes, **more: str) -> Run:
    """Write the record of a run that nothing stands on; return it."""
    run = Run(replace(STAMP, edition="2021", sha256=sha256(data).hexdigest(), **more), ("weasyprint 1.0",), (),
              Inventory("nn", "2021", ()), {}, {})
    (content / "runs").mkdir()
    (content / "runs" / "2021-1.yaml").write_text(write_run(run, content), encoding="utf-8")
    return run


def test_copy_of_the_content_as_it_is_is_known(content: Path) -> None:
    found = judge(copy_of(content), content)
    assert (found.verdict, found.known, found.changes, found.notes) == ("current", True, (), ())
    assert found.stamp and found.stamp.edition == "2021"


def test_frozen_run_is_known_to_the_byte_and_says_what_changed_since(content: Path) -> None:
    data = copy_of(content)
    freeze(content, data)
    assert judge(data, content).run == "2021-1"
    add(content)
    found = judge(data, content)
    assert (found.verdict, found.run) == ("frozen", "2021-1")
    assert [(one.path, one.kind, one.pages) for one in found.changes] == [(HEIM, "edited", ("1–2",))]


def test_copy_of_an_older_revision_is_found_in_git(content: Path) -> None:
    home = content.parent
    git(home, "init", "-q")
    commit(home, "den fyrste")
    data, excerpt = copy_of(content), copy_of(content, "arbeid")
    add(content)
    commit(home, "den andre")
    add(content)
    found = judge(data, content)
    assert found.verdict == "revision" and found.known and found.revision.endswith("den fyrste")
    assert judge(copy_of(content), content).verdict == "current"
    assert judge(excerpt, content).verdict == "current", "nothing of the excerpt changed"


def test_copy_of_content_that_nobody_has_is_not_known(content: Path) -> None:
    data = copy_of(content)
    add(content)
    found = judge(data, content)
    assert (found.verdict, found.known) == ("unknown", False)
    assert any("no revision was looked at" in note for note in found.notes)


def test_removed_file_is_told(content: Path) -> None:
    data = copy_of(content)
    (content / HEIM).unlink()
    assert [one.kind for one in judge(data, content).changes] == ["removed"]


def test_one_byte_changed_anywhere_is_told(content: Path) -> None:
    data = copy_of(content)
    for place in range(8, len(data) - 8, max(1, len(data) // 150)):
        changed = bytearray(data)
        changed[place] ^= 1
        assert judge(bytes(changed), content).verdict == "altered", place


def test_page_that_shows_something_else_is_named(content: Path) -> None:
    with pikepdf.open(BytesIO(copy_of(content))) as pdf:
        pdf.pages[1].Contents = pdf.make_stream(b"q 1 g Q")
        pdf.add_blank_page()
        target = BytesIO()
        pdf.save(target)
    found = judge(target.getvalue(), content)
    assert (found.verdict, found.altered) == ("altered", ("2", "number 3"))


def test_copy_that_was_only_saved_anew_is_altered_and_its_pages_are_not(content: Path) -> None:
    with pikepdf.open(BytesIO(copy_of(content))) as pdf:
        target = BytesIO()
        pdf.save(target, recompress_flate=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    found = judge(target.getvalue(), content)
    assert (found.verdict, found.altered) == ("altered", ()) and "saved anew" in found.notes[0]


def test_file_that_was_cut_short_cannot_be_read_but_says_what_it_was(content: Path) -> None:
    data = copy_of(content)
    found = judge(data[:-40], content)
    assert (found.verdict, found.known) == ("unreadable", False) and "cut short" in found.why
    assert found.stamp is None or found.stamp.edition == "2021"
    assert judge(b"", content).verdict == judge(b"# Heading", content).verdict == "unreadable"


def test_file_that_leads_out_of_the_content_is_never_read(content: Path) -> None:
    """Whoever made it: a stamp can name any path."""
    (content.parent / "secret.md").write_text("x")
    stamp = stamp_of(read(content), Copy((), {}, ()), "screen", "", "looks")
    named = replace(stamp, files=(("../secret.md", blob_id("a.md", b"x")), ("/etc/hostname", "0" * 40)))
    assert [one.kind for one in changes_since(named, content)] == ["removed", "removed"]


def test_pdf_of_somebody_else_is_foreign(content: Path) -> None:
    assert judge(copy_of(content, sealed=False), content).verdict == "foreign"


def test_copy_of_another_program_or_other_styles_says_so(content: Path) -> None:
    found = attest(copy_of(content), Now(content, "another", {"screen": "others"}))
    assert found.known and len(found.notes) == 2


def test_what_is_said_to_a_person_and_to_a_program_names_edition_profile_and_excerpt(content: Path) -> None:
    found = judge(copy_of(content, "heim"), content)
    assert "edition 2021, screen, excerpt heim" in "\n".join(found.lines("f.pdf"))
    told = found.record("f.pdf")
    assert (told["edition"], told["profile"], told["themes"], told["verdict"]) == (
        "2021", "screen", ["heim"], "current")


# ---- the records of runs


def test_damaged_record_of_a_run_hides_no_other(content: Path) -> None:
    data = copy_of(content)
    freeze(content, data)
    (content / "runs" / "2021-0.yaml").write_text("edition: [\n")
    assert judge(data, content).run == "2021-1"


def test_versions_that_are_not_the_recorded_ones_are_named(content: Path) -> None:
    run = freeze(content, b"x", program="abc")
    told = list(differences(run))
    assert told[0].startswith("weasyprint 1.0 is recorded, 70") and "program is another" in told[1]
    assert list(differences(replace(run, stamp=replace(run.stamp, program=program()), versions=decisive()))) == []
