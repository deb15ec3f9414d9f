"""PDFs for the preflight: a good one written by hand, and a small maker for each thing that can be wrong with it."""

import struct
from collections.abc import Callable
from functools import cache
from io import BytesIO

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, String

from booklet.typefaces import FACES, face_path

MM = 72 / 25.4
WIDTH, HEIGHT, BLEED = 60 * MM, 80 * MM, 3 * MM
XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 pdfxid:GTS_PDFXVersion="{version}"><pdf:Trapped>False</pdf:Trapped></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
PLAIN = (
    f"q 0.1 0.02 0 0 k {-BLEED:.3f} {-BLEED:.3f} {WIDTH + 2 * BLEED:.3f} {HEIGHT + 2 * BLEED:.3f} re f Q "
    "q /Over gs BT /F 10 Tf 0 0 0 1 k 30 100 Td (Abba) Tj ET Q ")
"""A tint that bleeds, and black text that overprints it."""


@cache
def font_program() -> bytes:
    """Return a TrueType program with a few letters."""
    font = TTFont(next(face_path(face) for face in FACES.values() if not face.hole))
    options = subset.Options(notdef_outline=True, hinting=False, layout_features=[], glyph_names=False)
    small = subset.Subsetter(options)
    small.populate(text="Aabcde ")
    small.subset(font)
    target = BytesIO()
    font.save(target)
    return target.getvalue()


def profile(space: bytes = b"CMYK", title: bytes = b"ISO Coated v2 300%", kind: bytes = b"prtr") -> bytes:
    """Return as much of an ICC profile as says what it is."""
    tag = b"desc\0\0\0\0" + struct.pack(">I", len(title) + 1) + title + b"\0"
    table = struct.pack(">I4sII", 1, b"desc", 144, len(tag))
    size = 144 + len(tag)
    head = struct.pack(">I", size) + b"\0" * 8 + kind + space + b"Lab " + b"\0" * 12 + b"acsp" + b"\0" * 88
    return head + table + tag


class Draft:
    """A good PDF/X-4 of four pages, to be spoiled."""

    def __init__(self, pages: int = 4, content: str = "") -> None:
        """Begin with good pages; ``content`` is painted on the first, in pt from the trim's corner."""
        self.pdf = pikepdf.new()
        self.font = self._font()
        for number in range(pages):
            self._page(number, content if number == 0 else "")
        self.first = self.pdf.pages[0].obj
        root = self.pdf.Root
        stream = self.pdf.make_stream(profile())
        stream.N = 4
        root.OutputIntents = Array([Dictionary(
            Type=Name.OutputIntent, S=Name.GTS_PDFX, OutputConditionIdentifier=String("FOGRA39"),
            RegistryName=String("http://www.color.org"), DestOutputProfile=stream)])
        self.intent = root.OutputIntents[0]
        self.name("PDF/X-4")
        self.pdf.trailer.Info = self.pdf.make_indirect(Dictionary(
            Title=String("good"), Trapped=Name("/False"), GTS_PDFXVersion=String("PDF/X-4")))
        self.info = self.pdf.trailer.Info

    def name(self, version: str) -> None:
        """Say in the metadata which PDF/X it is."""
        self.pdf.Root.Metadata = self.pdf.make_stream(
            XMP.format(version=version).encode(), Type=Name.Metadata, Subtype=Name.XML)

    def old(self) -> "Draft":
        """Say that it is PDF/X-1a."""
        self.info.GTS_PDFXVersion = String("PDF/X-1a:2003")
        self.name("PDF/X-1a:2003")
        return self

    def _font(self) -> pikepdf.Object:
        program = self.pdf.make_stream(font_program())
        program.Length1 = len(font_program())
        return self.pdf.make_indirect(Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/ABCDEF+Test"), FirstChar=32, LastChar=126,
            Widths=Array([500] * 95), Encoding=Name.WinAnsiEncoding, FontDescriptor=self.pdf.make_indirect(Dictionary(
                Type=Name.FontDescriptor, FontName=Name("/ABCDEF+Test"), Flags=32, FontBBox=Array([0, -200, 1000, 800]),
                ItalicAngle=0, Ascent=800, Descent=-200, CapHeight=700, StemV=80, FontFile2=program))))

    def _page(self, number: int, content: str) -> None:
        room = 2 * BLEED
        page = self.pdf.add_blank_page(page_size=(WIDTH + 2 * room, HEIGHT + 2 * room)).obj
        page.TrimBox = Array([room, room, room + WIDTH, room + HEIGHT])
        page.BleedBox = Array([BLEED, BLEED, room + WIDTH + BLEED, room + HEIGHT + BLEED])
        page.Resources = Dictionary(
            Font=Dictionary(F=self.font), ExtGState=Dictionary(
                Over=Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1)))
        page.Contents = self.pdf.make_stream(f"1 0 0 1 {room} {room} cm {PLAIN} {content}".encode())

    def add(self, kind: str, name: str, thing: object) -> "Draft":
        """Add a resource to the first page."""
        resources = self.first.Resources
        if f"/{kind}" not in resources:
            resources[f"/{kind}"] = Dictionary()
        resources[f"/{kind}"][f"/{name}"] = thing
        return self

    def stream(self, data: bytes | str, **entries: object) -> pikepdf.Stream:
        """Return a stream with entries."""
        stream = self.pdf.make_stream(data if isinstance(data, bytes) else data.encode())
        for key, value in entries.items():
            stream[f"/{key}"] = value
        return stream

    def form(self, data: str, **entries: object) -> pikepdf.Stream:
        """Return a form XObject as large as the page."""
        return self.stream(
            data, Type=Name.XObject, Subtype=Name.Form, BBox=Array([-9, -9, WIDTH + 9, HEIGHT + 9]), **entries)

    def image(self, width: int, height: int, space: object = Name.DeviceCMYK, bits: int = 8,
              channels: int = 4, **entries: object) -> pikepdf.Stream:
        """Return a picture of one grey."""
        size = (width * channels * bits + 7) // 8 * height
        return self.stream(
            b"\x20" * size, Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height, ColorSpace=space,
            BitsPerComponent=bits, **entries)

    def save(self, **options: object) -> bytes:
        """Return the bytes."""
        target = BytesIO()
        self.pdf.save(target, **{"deterministic_id": True, **options})
        return target.getvalue()


Maker = Callable[[], bytes]


def painted(content: str, *resources: tuple[str, str, object]) -> Maker:
    """Return a maker of a PDF with something painted on its first page."""
    def make() -> bytes:
        draft = Draft(content=content)
        for kind, name, thing in resources:
            draft.add(kind, name, thing(draft) if callable(thing) else thing)
        return draft.save()
    return make


def changed(*changes: Callable[[Draft], object], pages: int = 4, content: str = "") -> Maker:
    """Return a maker of a PDF in which something is changed."""
    def make() -> bytes:
        draft = Draft(pages, content)
        for change in changes:
            change(draft)
        return draft.save()
    return make


def setting(where: Callable[[Draft], object], key: str, value: object) -> Callable[[Draft], object]:
    """Return a change: a key of an object gets a value, or goes where that is None."""
    def change(draft: Draft) -> None:
        thing = where(draft)
        if value is None:
            del thing[key]
        else:
            thing[key] = value(draft) if callable(value) else value
    return change
