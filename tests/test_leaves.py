"""A fragment's PDF → objects for any file, whoever wrote the PDF."""

import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from binding import opened
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, String

from booklet.leaves import GOAL, KEY, Leaves, leaves_of
from booklet.quires import Quire
from booklet.values import Ref, shifted

STRIPPED: dict[str, Any] = {
    "compress_streams": False, "static_id": True, "object_stream_mode": ObjectStreamMode.disable}


def link(uri: str, key: int, **more: Any) -> Dictionary:
    """Return an annotation."""
    return Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([1, 2, 3, 4]), StructParent=key, Contents=String("x"),
        BS=Dictionary(W=0), A=Dictionary(Type=Name.Action, S=Name.URI, URI=String(uri)), **more)


def fragment(change: Callable[[pikepdf.Pdf], None] = lambda pdf: None, how: dict[str, Any] = STRIPPED) -> bytes:
    """Return the PDF of a unit of two pages that share a picture, with links and a tree."""
    pdf = pikepdf.new()
    picture = pdf.make_stream(b"\0\1\2\3", Subtype=Name.Image, Width=2, Height=2)
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    top = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array()))
    for number in range(2):
        pdf.add_blank_page(page_size=(100, 200))
        page = pdf.pages[-1].obj
        page.Contents = pdf.make_stream(b"q Q endobj 5 0 R" * (number + 1))
        page.Resources = Dictionary(XObject=Dictionary(I0=picture))
        page.StructParents = number
        kid = Dictionary(Type=Name.StructElem, S=Name.P, P=top, Pg=page, K=0, ActualText=String("se 5 0 R (6 0 R)"))
        top.K.append(pdf.make_indirect(kid))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link("link://go/en.text", 2))])
    pdf.pages[1].obj.Annots = Array([pdf.make_indirect(link("https://example.org/å", 3, T=pdf.pages[0].obj))])
    owners = [0, Array([top.K[0]]), 1, Array([top.K[1]]), 2, top.K[0], 3, top.K[1]]
    root.K, root.ParentTree = top, pdf.make_indirect(Dictionary(Nums=Array(owners)))
    pdf.Root.StructTreeRoot = root
    change(pdf)
    target = BytesIO()
    pdf.save(target, **how)
    return target.getvalue()


def bound(leaves: Leaves) -> pikepdf.Pdf:
    """Return a file of nothing but the leaves, as another program reads it."""
    quire = Quire()
    base = quire.join(leaves, zlib.compress)
    for page in leaves.pages:
        quire.add_page(Ref(base + page.place), shifted(page.value, base), b"")
    return opened(quire)


@pytest.mark.parametrize("how", [
    {"object_stream_mode": ObjectStreamMode.generate}, {"linearize": True}, {"qdf": True}, {}, STRIPPED])
def test_leaves_are_the_same_whoever_wrote_the_fragment(how: dict[str, Any]) -> None:
    known, other = leaves_of(fragment()), leaves_of(fragment(how=how))
    assert [bytes(page.content) for page in other.pages] == [bytes(page.content) for page in known.pages]
    assert [one.goal for page in other.pages for one in page.links] == ["en.text", ""]
    one, two = bound(known), bound(other)
    shown, also = ([page.obj.Resources.XObject.I0.read_bytes() for page in pdf.pages] for pdf in (one, two))
    assert shown == also == [b"\0\1\2\3"] * 2


def test_page_shows_what_it_showed_to_the_byte() -> None:
    first, second = leaves_of(fragment()).pages
    assert (first.content, second.content) == (b"q Q endobj 5 0 R", b"q Q endobj 5 0 R" * 2)
    assert "/Contents" not in first.value and "/Parent" not in first.value


def test_what_two_pages_share_is_one_object_and_deflated() -> None:
    pdf = bound(leaves_of(fragment()))
    one, two = (page.obj.Resources.XObject.I0 for page in pdf.pages)
    assert one.objgen == two.objgen and one.Filter == Name.FlateDecode and one.read_bytes() == b"\0\1\2\3"


def test_link_within_the_booklet_waits_for_its_destination_and_every_link_for_its_key() -> None:
    (inner,), (outer,) = (page.links for page in leaves_of(fragment()).pages)
    assert inner.goal == "en.text" and inner.text.count(GOAL) == 1 and b"/A " not in inner.text
    assert outer.goal == "" and GOAL not in outer.text and b"/URI" in outer.text
    assert (inner.key, outer.key) == (2, 3) and inner.text.count(KEY) == outer.text.count(KEY) == 1
    assert b"/Contents (en.text)" in inner.text and b"/F 4" in inner.text and b"/F 4" in outer.text


def test_link_is_the_same_as_the_engine_writes_it_and_otherwise() -> None:
    """Nearly all are of one form, which is quickly read; what says the same in another form becomes the same."""
    def otherwise(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Annots[0].Border = Array([0, 0, 0])

    quick, slow = (leaves_of(fragment(change)).pages[0].links[0] for change in (lambda pdf: None, otherwise))
    assert slow.text.replace(b"/Border [ 0 0 0 ] ", b"") == quick.text and slow.goal == quick.goal


@pytest.mark.parametrize("uri", [
    "https://example.org/a?b=1&c=%20#d", "mailto:a@b.no", "link://go/", "link://go/a", "link://going", "x", "",
    "https://example.org/(a)", "https://example.org/æ", "a\\b", "a b"])
def test_link_to_anywhere_is_the_same_as_the_engine_writes_it_and_otherwise(uri: str) -> None:
    def one(pdf: pikepdf.Pdf, **more: Any) -> None:
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link(uri, 2, **more))])

    (quick,) = leaves_of(fragment(one)).pages[0].links
    (slow,) = leaves_of(fragment(lambda pdf: one(pdf, Border=Array([0, 0, 0])))).pages[0].links
    assert slow.text.replace(b"/Border [ 0 0 0 ] ", b"") == quick.text
    assert (slow.goal, slow.key) == (quick.goal, quick.key) and (GOAL in quick.text) == uri.startswith("link://go/")


def test_words_that_look_like_references_stay_words() -> None:
    tree = leaves_of(fragment()).tree
    assert tree
    said = [thing.text for thing in leaves_of(fragment()).things if b"/ActualText" in thing.text]
    assert len(said) == 2 and all(b"(se 5 0 R \\(6 0 R\\))" in text for text in said)


def test_every_key_of_the_tree_has_its_owner() -> None:
    tree = leaves_of(fragment()).tree
    assert tree and [key for key, _ in tree.owners] == [0, 1, 2, 3]
    (_, first), (_, second), *links = tree.owners
    assert first.names + second.names == tuple(owner.names[0] for _, owner in links)


def test_unit_without_a_tree_has_none() -> None:
    def flat(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.StructTreeRoot

    assert leaves_of(fragment(flat)).tree is None


@pytest.mark.parametrize("damage", [b"", b"%PDF-1.7\n", b"no file at all\nstartxref\n5\n%%EOF\n"])
def test_what_is_no_pdf_has_no_leaves(damage: bytes) -> None:
    with pytest.raises(pikepdf.PdfError):
        leaves_of(damage)
