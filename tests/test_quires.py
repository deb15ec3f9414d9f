"""A file while it is put together: what is added, joined and opened comes out of it."""

import zlib
from io import BytesIO

import pikepdf
import pytest
from binding import opened, quire_of

from booklet.leaves import Leaves
from booklet.sewing import Thing
from booklet.values import Ref

LEAVES = Leaves(
    (Thing(b"null"), Thing(b"<< /Next \1 0 R >>", (2,)), Thing(b"<< /Filter /FlateDecode >>", (), memoryview(b"raw"))),
    (0, 2, 1), frozenset({2}), (), None)


def test_pages_come_in_the_order_in_which_they_were_added() -> None:
    pdf = opened(quire_of(b"q Q", b"q q Q Q"))
    assert [page.Contents.read_bytes() for page in pdf.pages] == [b"q Q", b"q q Q Q"]
    assert int(pdf.Root.Pages.Count) == 2 and pdf.pages[1].obj.Parent.objgen == pdf.Root.Pages.objgen


def test_what_leaves_refer_to_are_their_own_objects_wherever_they_are_joined() -> None:
    quire = quire_of(b"q Q")
    bases = [quire.join(LEAVES, zlib.compress) for _ in range(2)]
    quire.values[quire.root] |= {"/One": Ref(bases[0] + 1), "/Two": Ref(bases[1] + 1)}
    pdf = opened(quire)
    assert pdf.Root.One.Next.objgen != pdf.Root.Two.Next.objgen
    assert [pdf.Root[key].Next.read_bytes() for key in ("/One", "/Two")] == [b"raw"] * 2


def test_rank_decides_where_an_object_stands_among_its_like() -> None:
    quire = quire_of(b"q Q")
    base = quire.join(LEAVES, zlib.compress)
    assert quire.ranks[base:] == [base, base + 2, base + 1]


def test_joining_leaves_changes_nothing_about_them() -> None:
    quire = quire_of(b"q Q")
    base = quire.join(LEAVES, zlib.compress)
    quire.values[Ref(base + 1)] = {"/Other": 1}
    quire.close("1.7", zlib.compress, {})
    assert LEAVES.things[1] == Thing(b"<< /Next \1 0 R >>", (2,)) and LEAVES.things[2].data == b"raw"


@pytest.mark.parametrize("shared", [True, False])
def test_mapping_is_opened_where_it_stands_or_where_it_is_referred_to(shared: bool) -> None:
    quire = quire_of(b"q Q", b"q Q")
    inner = {"/Kept": 1}
    place = quire.add(inner)
    for page in quire.pages:
        quire.values[page]["/Resources"] = place if shared else dict(inner)
    quire.entries(quire.values[quire.pages[0]], "/Resources")["/New"] = "here"
    pdf = opened(quire)
    first, second = (set(page.obj.Resources.keys()) for page in pdf.pages)
    assert first == {"/Kept", "/New"} and second == ({"/Kept", "/New"} if shared else {"/Kept"})


def test_file_says_of_itself_what_it_is_told() -> None:
    content = quire_of(b"q Q").close("1.6", zlib.compress, {"/Title": "Å bo", "/Trapped": b"/False"})
    assert content.startswith(b"%PDF-1.6\n")
    with pikepdf.open(BytesIO(content)) as pdf:
        assert str(pdf.docinfo.Title) == "Å bo" and pdf.docinfo.Trapped == "/False"
