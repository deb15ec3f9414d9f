"""Leaves, kept beside a fragment's PDF: they are those that are gathered from it."""

import pikepdf
import pytest
from pikepdf import Array
from test_leaves import fragment, link

from booklet import collation
from booklet.collation import collate, leaves_in
from booklet.leaves import leaves_of
from booklet.printed import Fragment


def made(pdf: bytes, leaves: bytes) -> Fragment:
    """Return a fragment of which nothing is known but its PDF."""
    return Fragment(1, pdf, (), {}, (), {}, {}, leaves=leaves)


def flat(pdf: pikepdf.Pdf) -> None:
    """Take a tree out."""
    del pdf.Root.StructTreeRoot


def moved(pdf: pikepdf.Pdf) -> None:
    """Let a link lead elsewhere."""
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link("link://go/to.text", 2))])


def titled(pdf: pikepdf.Pdf, number: int) -> None:
    """Let a page show a number."""
    pdf.pages[0].obj.Contents = pdf.make_stream(b"%d" % number)


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin a process."""
    monkeypatch.setattr(collation, "_known", {})


@pytest.mark.parametrize("change", [lambda pdf: None, flat, moved], ids=["whole", "flat", "moved"])
def test_leaves_that_were_kept_are_those_of_the_pdf(change: object, monkeypatch: pytest.MonkeyPatch) -> None:
    pdf = fragment(change)  # type: ignore[arg-type]
    kept = collate(pdf)
    assert kept and leaves_in(made(pdf, kept)) == leaves_of(pdf)
    forget(monkeypatch)
    assert leaves_in(made(pdf, kept)) == leaves_of(pdf)


def test_what_streams_hold_is_not_kept_twice() -> None:
    def large(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Resources.XObject.I0.write(b"0123456789" * 1000, type_check=False)

    assert len(collate(fragment(large))) - len(collate(fragment())) < 100


def test_same_pdf_is_always_kept_as_the_same_bytes() -> None:
    assert collate(fragment()) == collate(fragment())


def test_leaves_of_one_fragment_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    pdf = fragment()
    kept = collate(pdf)
    forget(monkeypatch)
    one, other = (leaves_in(made(pdf, kept)) for _ in range(2))
    assert one is other


def test_not_all_leaves_ever_read_stay_in_mind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collation, "MOST", 3)
    forget(monkeypatch)
    for number in range(10):
        collate(fragment(lambda pdf, number=number: titled(pdf, number)))  # type: ignore[misc]
        assert 1 <= len(collation._known) <= 3


def test_fragments_of_one_length_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    def other(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Contents = pdf.make_stream(b"Q q endobj 5 0 R")

    kept = [made(pdf, collate(pdf)) for pdf in (fragment(), fragment(other))]
    forget(monkeypatch)
    pages = [leaves_in(one).pages for one in kept]
    assert [bytes(one[0].content) for one in pages] == [b"q Q endobj 5 0 R", b"Q q endobj 5 0 R"]


@pytest.mark.parametrize("kept", [b"", b"no leaves", b"\x97" + b"\0" * 60])
def test_pdf_is_read_where_nothing_was_kept_or_something_else(kept: bytes) -> None:
    for pdf in (fragment(), fragment(flat)):
        assert leaves_in(made(pdf, kept)) == leaves_of(pdf)


def test_of_a_pdf_that_is_written_otherwise_nothing_is_kept() -> None:
    assert collate(b"%PDF-1.7\n") == b"" == collate(fragment(how={"linearize": True}))
