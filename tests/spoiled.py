"""What can be wrong with a PDF, one fault each, and beside it what looks like it and is right."""

from io import BytesIO

from faulty import BLEED, HEIGHT, MM, WIDTH, Draft, Maker, changed, painted, profile, setting
from making import shipped_printer
from pikepdf import Array, Dictionary, Encryption, Name, Stream, String
from PIL import Image

STITCHED = shipped_printer().most_stitched
TINT = "q 0.4 0.2 0 0 k 20 20 130 190 re f Q "
TEXT = "BT /F {size} Tf {colour} 30 60 Td (Abba) Tj ET "
SQUARE = "40 40 60 60 re f "
SPOT = Array([Name.Separation, Name("/PANTONE 300 C"), Name.DeviceCMYK, Dictionary(
    FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 0.4, 0, 0], N=1)])
ALL = Array([Name.Separation, Name.All, Name.DeviceCMYK, Dictionary(
    FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)])


def text(size: float = 10, colour: str = "0 0 0 1 k") -> str:
    """Return a line of text."""
    return TEXT.format(size=size, colour=colour)


def spot(name: str) -> Array:
    """Return a spot colour."""
    return Array([Name.Separation, Name(f"/{name}"), *list(SPOT)[2:]])


def drawn(image: Stream | object, matrix: str = "72 0 0 72 40 40") -> Maker:
    """Return a maker of a PDF with a picture."""
    return painted(f"q {matrix} cm /Im Do Q", ("XObject", "Im", image))


def picture(pixels: int, **more: object) -> object:
    """Return a maker of a picture."""
    return lambda draft: draft.image(pixels, pixels, **more)


def cut(maker: Maker, share: float) -> Maker:
    """Return a maker of the beginning of a file."""
    return lambda: (data := maker())[:int(len(data) * share)]


def catalogue(key: str, value: object) -> Maker:
    """Return a maker of a PDF with something in its catalogue."""
    return changed(setting(lambda draft: draft.pdf.Root, key, value))


def first(key: str, value: object, **more: object) -> Maker:
    """Return a maker of a PDF with something at its first page."""
    return changed(setting(lambda draft: draft.first, key, value), **more)


def intent(key: str, value: object) -> Maker:
    """Return a maker of a PDF with another output intent."""
    return changed(setting(lambda draft: draft.intent, key, value))


def described(**entries: object) -> object:
    """Return a maker of a profile."""
    return lambda draft: draft.stream(profile(**entries), N=4)


def note(draft: Draft, rect: tuple[float, ...] = (60, 60, 80, 80), **entries: object) -> Array:
    """Return an annotation."""
    return Array([Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array(rect), **entries)])


def layered(state: dict[str, object], **usage: object) -> Maker:
    """Return a maker of a PDF with a layer."""
    def make() -> bytes:
        draft = Draft()
        group = draft.pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("notes"), **usage))
        draft.pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(
            {f"/{key}": Array([group]) if value is None else value for key, value in state.items()}))
        return draft.save()
    return make


def fading(outputs: int) -> Dictionary:
    """Return a function that gives so many values."""
    ends = {"C0": Array([0] * outputs), "C1": Array([0.2] * outputs)}
    return Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1, **ends)


def joined(bounds: list[float]) -> Dictionary:
    """Return a function of several parts."""
    parts = len(bounds) + 1
    return Dictionary(FunctionType=3, Domain=Array([0, 1]), Functions=Array([fading(4)] * parts), Bounds=Array(bounds),
                      Encode=Array([0, 1] * parts))


def gradient(outputs: int) -> object:
    """Return a shading whose function gives so many values."""
    return Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=Array([0, 0, 100, 0]), Function=fading(outputs))


def graded(function: object, **entries: object) -> Maker:
    """Return a maker of a PDF with a shading by a function."""
    def shading(draft: Draft) -> Dictionary:
        made = function(draft) if callable(function) else function
        return Dictionary(**{"ShadingType": 2, "Coords": Array([0, 0, 100, 0]), **entries},
                          ColorSpace=Name.DeviceCMYK, Function=made)
    return painted("q 40 40 60 60 re W n /Sh sh Q", ("Shading", "Sh", shading))


def grouped(space: Name) -> Maker:
    """Return a maker of a PDF with a transparency group."""
    return painted("/Fm Do", ("XObject", "Fm", lambda draft: draft.form(
        "0 0 0 1 k " + SQUARE, Group=Dictionary(S=Name.Transparency, CS=space))))


def old(*changes: object, content: str = "") -> Maker:
    """Return a maker of a PDF/X-1a."""
    return changed(lambda draft: draft.old(), *changes, content=content)


def drawn_font(draft: Draft) -> Dictionary:
    """Return a Type 3 font."""
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 1, 1]), FontMatrix=Array([1, 0, 0, 1, 0, 0]),
        CharProcs=Dictionary(a=draft.stream("1 0 0 0 1 1 d1 0 0 1 1 re f")), FirstChar=97, LastChar=97,
        Widths=Array([1]), Encoding=Dictionary(Differences=Array([97, Name.a])))


def bare_font(draft: Draft) -> Dictionary:
    """Return a font that is not embedded."""
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)


def state(**entries: object) -> tuple[str, str, object]:
    """Return a graphics state."""
    return "ExtGState", "Gs", Dictionary(Type=Name.ExtGState, **entries)


def holding(**entries: object) -> Maker:
    """Return a maker of a PDF with a picture that has something more."""
    return drawn(lambda draft: draft.image(250, 250, **entries))


FULL = f"0 0 0 0 k {-BLEED} {-BLEED} {WIDTH + 2 * BLEED} {HEIGHT + 2 * BLEED} re f "
LAB = Array([Name.Lab, Dictionary(WhitePoint=Array([0.96, 1, 0.82]))])
CALRGB = Array([Name.CalRGB, Dictionary(WhitePoint=Array([0.95, 1, 1.09]))])
PIXEL = "BI /W 1 /H 1 /IM true /BPC 1 /F /AHx ID 00> EI "
MATTE = "q 4 w 0.5 0 0 0 K 30 30 m 90 90 l S Q "

FAULTY: list[tuple[str, str, Maker]] = [
    ("file-damaged", "cut off", cut(changed(), 0.7)),
    ("file-damaged", "no PDF at all", lambda: b"hello"),
    ("file-damaged", "a wrong cross-reference table", lambda: changed()().replace(b"startxref\n", b"startxref\n9")),
    ("file-encrypted", "locked", lambda: Draft(
        ).save(deterministic_id=False, encryption=Encryption(owner="a", user="b"))),
    ("file-encrypted", "open to all", lambda: Draft().save(deterministic_id=False, encryption=Encryption(owner="a"))),
    ("content-damaged", "a resource that is not there", painted("/Fm7 Do")),
    ("content-damaged", "an unknown operator", painted("1 2 frobnicate")),
    ("content-damaged", "Q without q", painted("q Q Q")),
    ("content-damaged", "Q without q in a form", painted(
        "q /Fm Do Q", ("XObject", "Fm", lambda draft: draft.form("0 0 0 1 k Q " + SQUARE)))),
    ("content-damaged", "q without Q", painted("q q Q 0 0 0 1 k " + SQUARE)),
    ("content-damaged", "q in one form, Q in another", painted("/Fm Do /Gm Do", (
        "XObject", "Fm", lambda draft: draft.form("q")), ("XObject", "Gm", lambda draft: draft.form("Q")))),
    ("content-damaged", "a form within itself", changed(
        lambda draft: draft.add("XObject", "Fm", form := draft.pdf.make_indirect(
            draft.form("/Fm Do"))) and form.__setitem__(
            "/Resources", Dictionary(XObject=Dictionary(Fm=form))), content="/Fm Do")),
    ("content-too-complex", "forms that multiply", changed(lambda draft: _bomb(draft), content="/F9 Do")),
    ("id-missing", "no ID", lambda: changed()().replace(b"/ID [", b"/XX [")),
    ("external-content", "a stream in another file", holding(F=String("other.bin"))),
    ("pdfx-missing", "an office file", changed(
        lambda draft: draft.pdf.Root.__delitem__(
            "/Metadata"), lambda draft: draft.info.__delitem__("/GTS_PDFXVersion"))),
    ("pdfx-missing", "only in the document information", catalogue("/Metadata", None)),
    ("pdfx-wrong", "an unknown level", changed(
        lambda draft: draft.name("PDF/X-9"), setting(lambda draft: draft.info, "/GTS_PDFXVersion", String("PDF/X-9")))),
    ("pdfx-disagrees", "two levels", changed(lambda draft: draft.name("PDF/X-4p"))),
    ("trapped-unknown", "Unknown", changed(setting(lambda draft: draft.info, "/Trapped", Name.Unknown))),
    ("trapped-unknown", "no name", changed(setting(lambda draft: draft.info, "/Trapped", String("False")))),
    ("intent-missing", "none", catalogue("/OutputIntents", None)),
    ("intent-missing", "only PDF/A", intent("/S", Name.GTS_PDFA1)),
    ("intent-several", "two", catalogue(
        "/OutputIntents", lambda draft: Array([draft.intent, Dictionary(dict(draft.intent.items()))]))),
    ("intent-not-cmyk", "sRGB", intent("/DestOutputProfile", described(space=b"RGB ", title=b"sRGB", kind=b"mntr"))),
    ("intent-profile", "no profile", intent("/DestOutputProfile", None)),
    ("intent-profile", "a damaged profile", intent("/DestOutputProfile", lambda draft: draft.stream(b"icc", N=4))),
    ("intent-condition", "another paper", intent("/OutputConditionIdentifier", String("FOGRA51"))),
    ("intent-condition", "another profile", intent(
        "/DestOutputProfile", described(title=b"PSO Uncoated v3 (FOGRA52)"))),
    ("user-unit", "twice", first("/UserUnit", 2)),
    ("page-rotated", "a quarter", first("/Rotate", 90)),
    ("crop-box", "at the trim", first("/CropBox", Array([17, 17, 17 + WIDTH, 17 + HEIGHT]))),
    ("box-nesting", "trim beyond media", first("/TrimBox", Array([-10, 17, 17 + WIDTH, 17 + HEIGHT]))),
    ("box-nesting", "bleed within trim", first("/BleedBox", Array([30, 30, 100, 100]))),
    ("trim-box-missing", "none", first("/TrimBox", None)),
    ("trim-and-art-box", "both", first("/ArtBox", Array([20, 20, 100, 100]))),
    ("trim-sizes", "one is smaller", first("/TrimBox", Array([17, 17, 7 + WIDTH, 17 + HEIGHT]))),
    ("bleed-too-small", "one millimetre", first("/BleedBox", Array([
        5 * MM, 5 * MM, WIDTH + 7 * MM, HEIGHT + 7 * MM]))),
    ("bleed-not-filled", "a bar that ends at the trim", painted(FULL + "0 0 0 1 k 0 60 20 30 re f")),
    ("bleed-not-filled", "a bar with half of the bleed", painted(FULL + f"0 0 0 1 k 60 {HEIGHT - 20} 30 24 re f")),
    ("bleed-not-filled", "two thirds of the bleed", painted(FULL + "0 0 0 1 k -5.6 60 30 30 re f")),
    ("safe-zone", "text", painted("BT /F 10 Tf /Over gs 0 0 0 1 k 5 60 Td (Abba) Tj ET")),
    ("safe-zone", "a rule", painted(f"1 w 0 0 0 1 K 50 {HEIGHT - 5} m 100 {HEIGHT - 5} l S")),
    ("page-multiple", "three", changed(pages=3)),
    ("too-many-pages", "more than can be stitched", changed(pages=STITCHED + 4)),
    ("page-empty", "white on white", changed(content=FULL)),
    ("font-not-embedded", "Helvetica", painted(
        "BT /H 20 Tf 0 0 0 1 k 30 60 Td (Abba) Tj ET", ("Font", "H", bare_font))),
    ("font-type3", "a drawn font", painted("BT /T 20 Tf 0 0 0 1 k 30 60 Td (a) Tj ET", ("Font", "T", drawn_font))),
    ("font-damaged", "no program", changed(
        lambda draft: draft.font.FontDescriptor.FontFile2.write(b"\0\1\0\0rubbish"), content=text())),
    ("font-damaged", "half of a program", changed(
        lambda draft: draft.font.FontDescriptor.FontFile2.write(
            (whole := draft.font.FontDescriptor.FontFile2.read_bytes())[:len(whole) // 2]), content=text())),
    ("font-opentype", "in X-1a", old(lambda draft: _open_type(draft), content=text())),
    ("missing-glyph", "a letter the subset lacks", painted("BT /F 10 Tf 30 60 Td (Axb) Tj ET")),
    ("missing-glyph", ".notdef of a composite font", changed(
        lambda draft: draft.add("Font", "C", _composite(draft)), content="BT /C 20 Tf 30 60 Td <00010000> Tj ET")),
    ("missing-glyph", "a glyph that nobody drew", painted(
        "BT /T 20 Tf 0 0 0 1 k 30 60 Td (ab) Tj ET", ("Font", "T", drawn_font))),
    ("small-text-inks", "six points", painted(text(6, "1 0.5 0 0 k"))),
    ("small-text-inks", "made small by the matrix", painted("q .5 0 0 .5 0 0 cm " + text(12, "1 0.5 0 0 k") + "Q")),
    ("small-white-text", "six points", painted(TINT + text(6, "0 0 0 0 k"))),
    ("rich-black-text", "four inks", painted(text(24, "0.75 0.68 0.67 0.9 k"))),
    ("rich-black-text", "with less than full black", painted(text(10, "0.75 0.68 0.67 0.6 k"))),
    ("white-overprint", "a shape", painted(TINT + "/Over gs 0 0 0 0 k " + SQUARE)),
    ("white-overprint", "text", painted(TINT + "/Over gs " + text(20, "0 0 0 0 k"))),
    ("black-knocks-out", "on a tint", painted(TINT + text())),
    ("black-knocks-out", "overprint without OPM", painted(TINT + "/Gs gs " + text(), state(OP=True, op=True, OPM=0))),
    ("gray-over-colour", "text", painted(TINT + text(10, "0 g"))),
    ("gray-over-colour", "a shape", painted(TINT + "0.5 g " + SQUARE)),
    ("gray-over-colour", "a gradient", painted(TINT + "q 40 40 60 60 re W n /Sh sh Q", ("Shading", "Sh", Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceGray, Coords=Array([0, 0, 100, 0]), Function=fading(1))))),
    ("rgb-colour", "text", painted(text(10, "0.2 0.2 0.9 rg"))),
    ("rgb-colour", "a line", painted("1 0 0 RG 2 w 30 30 m 90 90 l S")),
    ("rgb-colour", "a picture", drawn(picture(250, space=Name.DeviceRGB, channels=3))),
    ("rgb-colour", "an inline picture", painted(
        "q 3 0 0 3 60 60 cm BI /W 12 /H 12 /CS /RGB /BPC 8 /F /AHx ID " + "ff0000" * 144 + "> EI Q")),
    ("rgb-colour", "a form in a form", painted("/Fm Do", ("XObject", "Fm", lambda draft: draft.form(
        "/In Do", Resources=Dictionary(XObject=Dictionary(In=draft.form("1 0 0 rg " + SQUARE))))))),
    ("rgb-colour", "a pattern", painted("/Pattern cs /Pt scn " + SQUARE, ("Pattern", "Pt", lambda draft: draft.stream(
        "1 0 0 rg 0 0 4 4 re f", Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1, XStep=8, YStep=8,
        BBox=Array([0, 0, 8, 8]), Resources=Dictionary())))),
    ("rgb-colour", "a gradient", painted("q 40 40 60 60 re W n /Sh sh Q", ("Shading", "Sh", Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([0, 0, 100, 0]), Function=Dictionary(
            FunctionType=2, Domain=Array([0, 1]), N=1, C0=Array([1, 0, 0]), C1=Array([0, 0, 1])))))),
    ("rgb-colour", "an indexed picture", drawn(picture(
        250, channels=1, space=Array([Name.Indexed, Name.DeviceRGB, 1, String("abcdef")])))),
    ("rgb-colour", "a soft mask", painted("q /Gs gs 0 0 0 1 k 40 40 60 60 re f Q", (
        "ExtGState", "Gs", lambda draft: Dictionary(SMask=Dictionary(S=Name.Luminosity, G=draft.form(
            "1 1 1 rg " + SQUARE, Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray))))))),
    ("rgb-colour", "an annotation", first("/Annots", lambda draft: note(draft, AP=Dictionary(N=draft.form(
        "1 0 0 rg " + SQUARE))))),
    ("lab-colour", "a shape", painted("/L cs 50 10 10 sc " + SQUARE, ("ColorSpace", "L", LAB))),
    ("calibrated-colour", "a shape", painted("/L cs 0.5 0 0 sc " + SQUARE, ("ColorSpace", "L", CALRGB))),
    ("icc-colour", "a shape", painted("/L cs 0.5 0 0 sc " + SQUARE, ("ColorSpace", "L", lambda draft: Array([
        Name.ICCBased, draft.stream(profile(b"RGB "), N=3)])))),
    ("icc-colour", "a default space", painted("0 0 1 0 k " + SQUARE, ("ColorSpace", "DefaultCMYK", lambda draft: Array([
        Name.ICCBased, draft.stream(profile(), N=4)])))),
    ("spot-colour", "a Separation", painted("/S cs 1 sc " + SQUARE, ("ColorSpace", "S", SPOT))),
    ("spot-count", "two", painted(
        "/S cs 1 sc " + SQUARE + "/T cs 1 sc " + SQUARE, ("ColorSpace", "S", SPOT), ("ColorSpace", "T", spot("Gold")))),
    ("registration-colour", "a shape", painted("/A cs 0.3 sc " + SQUARE, ("ColorSpace", "A", ALL))),
    ("too-much-ink", "a square", painted("1 1 1 0.8 k " + SQUARE)),
    ("transparency", "in X-1a", old(lambda draft: draft.add(*state(ca=0.5)), content="/Gs gs " + SQUARE)),
    ("blend-space", "a group in RGB", grouped(Name.DeviceRGB)),
    ("blend-space", "a page in RGB", first("/Group", Dictionary(S=Name.Transparency, CS=Name.DeviceRGB))),
    ("transfer-function", "TR", painted("/Gs gs", state(TR=Dictionary(
        FunctionType=2, Domain=Array([0, 1]), N=2, C0=Array([0]), C1=Array([1]))))),
    ("halftone", "type 6", painted("/Gs gs", state(HT=Dictionary(Type=Name.Halftone, HalftoneType=6)))),
    ("shading-function", "three values for four inks", painted(
        "40 40 60 60 re W n /Sh sh", ("Shading", "Sh", gradient(3)))),
    ("shading-function", "a program that is none", graded(lambda draft: draft.stream(
        "{ dup dup frob }", FunctionType=4, Domain=Array([0, 1]), Range=Array([0, 1] * 4)))),
    ("shading-function", "bounds out of order", graded(joined([0.8, 0.2]))),
    ("shading-function", "a negative radius", graded(fading(4), ShadingType=3, Coords=Array([50, 50, -5, 50, 50, 40]))),
    ("shading-function", "a mesh without data", painted("40 40 60 60 re W n /Sh sh", (
        "Shading", "Sh", lambda draft: draft.stream("", ShadingType=4, ColorSpace=Name.DeviceCMYK, BitsPerFlag=8,
                                                    BitsPerCoordinate=8, BitsPerComponent=8)))),
    ("shading-function", "a spot colour", painted("/S cs 1 sc " + SQUARE, ("ColorSpace", "S", Array([
        Name.Separation, Name.Black, Name.DeviceCMYK, Dictionary(
            FunctionType=2, Domain=Array([0, 1]), C0=Array([0]), C1=Array([1]), N=1)])))),
    ("hairline", "a line", painted("0.1 w 0 0 0 1 K 30 30 m 90 90 l S")),
    ("hairline", "zero width", painted("0 w 0 0 0 1 K 30 30 m 90 90 l S")),
    ("hairline", "made thin by the matrix", painted("q .1 0 0 .1 0 0 cm 1 w 300 300 m 900 900 l S Q")),
    ("hairline", "a filled bar", painted("0 0 0 1 k 30 30 60 0.1 re f")),
    ("hairline", "outlines of text", painted("BT /F 30 Tf 1 Tr 0.05 w 0 0 0 1 K 30 60 Td (Abba) Tj ET")),
    ("hairline", "a pixel drawn out", painted("q 0 0 0 1 k 90 0 0 0.1 40 60 cm " + PIXEL + "Q")),
    ("hairline", "in several inks", painted("0.2 w 1 1 0 0 K 30 30 m 90 90 l S")),
    ("resolution-too-low", "72 ppi", drawn(picture(72))),
    ("resolution-too-low", "turned", drawn(picture(120), "50 50 -50 50 80 40")),
    ("resolution-too-low", "in a form", painted("q 2 0 0 2 0 0 cm /Fm Do Q", ("XObject", "Fm", lambda draft: draft.form(
        "36 0 0 36 20 20 cm /Im Do", Resources=Dictionary(XObject=Dictionary(Im=draft.image(100, 100))))))),
    ("resolution-low", "200 ppi", drawn(picture(200))),
    ("line-resolution-too-low", "300 ppi", drawn(picture(300, bits=1, channels=1, space=Name.DeviceGray))),
    ("line-resolution-low", "600 ppi", drawn(picture(600, bits=1, channels=1, space=Name.DeviceGray))),
    ("image-damaged", "half of it", drawn(lambda draft: _half(draft))),
    ("image-damaged", "half a JPEG", holding(Filter=Name.DCTDecode)),
    ("image-damaged", "a JPEG with other channels than its space", drawn(lambda draft: _photograph(draft, "RGB"))),
    ("jpeg2000", "in X-1a", old(lambda draft: draft.add("XObject", "Im", draft.image(
        250, 250, Filter=Name.JPXDecode)), content="q 72 0 0 72 40 40 cm /Im Do Q")),
    ("alternate-image", "an alternate", holding(Alternates=Array([]))),
    ("opi", "a placeholder", holding(OPI=Dictionary())),
    ("postscript", "an XObject", painted("/Ps Do", ("XObject", "Ps", lambda draft: draft.stream(
        "showpage", Type=Name.XObject, Subtype=Name.PS)))),
    ("layer-hidden", "off", layered({"OFF": None})),
    ("layer-hidden", "off in print", layered({"ON": None}, Usage=Dictionary(Print=Dictionary(PrintState=Name.OFF)))),
    ("layer-hidden", "off when exported", layered(
        {"ON": None}, Usage=Dictionary(Export=Dictionary(ExportState=Name.OFF)))),
    ("layers", "in X-1a", lambda: _layers_of_old()),
    ("annotation", "a note", first("/Annots", note)),
    ("annotation", "a link", first("/Annots", lambda draft: Array([Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([60, 60, 80, 80]),
        A=Dictionary(S=Name.URI, URI=String("https://example.org")))]))),
    ("form-field", "a form", catalogue("/AcroForm", Dictionary(Fields=Array([Dictionary(FT=Name.Tx)])))),
    ("javascript", "when opened", catalogue("/OpenAction", Dictionary(S=Name.JavaScript, JS=String("1")))),
    ("javascript", "by name", catalogue("/Names", Dictionary(JavaScript=Dictionary(Names=Array([
        String("a"), Dictionary(S=Name.JavaScript, JS=String("1"))]))))),
    ("javascript", "of a field that is on no page", catalogue("/AcroForm", Dictionary(Fields=Array([
        Dictionary(Kids=Array([Dictionary(AA=Dictionary(K=Dictionary(S=Name.JavaScript, JS=String("1"))))]))])))),
    ("action", "when opened", catalogue("/OpenAction", Dictionary(S=Name.Named, N=Name.Print))),
    ("action", "of a page", first("/AA", Dictionary(O=Dictionary(S=Name.URI, URI=String("https://example.org"))))),
    ("attachment", "by name", catalogue("/Names", Dictionary(EmbeddedFiles=Dictionary(Names=Array([
        String("a"), Dictionary(Type=Name.Filespec, F=String("a"))]))))),
    ("attachment", "of a page", first("/AF", lambda draft: Array([Dictionary(
        Type=Name.Filespec, F=String("a"), EF=Dictionary(F=draft.stream("x", Type=Name.EmbeddedFile)))]))),
]


def _bomb(draft: Draft) -> None:
    inner = draft.pdf.make_indirect(draft.form("0 0 0 1 k 9 9 9 9 re f " * 10))
    for level in range(10):
        name = f"/F{level}"
        draft.first.Resources.get("/XObject") or draft.add("XObject", "F", inner)
        draft.first.Resources.XObject[name] = inner
        inner = draft.pdf.make_indirect(draft.form(
            f"{name} Do " * 10, Resources=Dictionary(XObject=Dictionary({name: inner}))))


def _half(draft: Draft) -> Stream:
    image = draft.image(250, 250)
    image.write(b"\x20" * 1000)
    return image


def _photograph(draft: Draft, mode: str) -> Stream:
    """Return a JPEG that says that it is CMYK."""
    target = BytesIO()
    Image.new(mode, (300, 300), 40).save(target, "JPEG")
    image = draft.image(300, 300, Decode=Array([1, 0] * 4))
    image.write(target.getvalue(), filter=Name.DCTDecode)
    return image


def _open_type(draft: Draft) -> None:
    descriptor = draft.font.FontDescriptor
    program = descriptor.FontFile2
    program.Subtype = Name.OpenType
    descriptor.FontFile3 = program
    del descriptor["/FontFile2"]


def _composite(draft: Draft) -> Dictionary:
    """Return the font with two bytes a sign."""
    child = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/ABCDEF+Test"), CIDToGIDMap=Name.Identity,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0), DW=500,
        FontDescriptor=draft.font.FontDescriptor)
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/ABCDEF+Test"), Encoding=Name("/Identity-H"),
        DescendantFonts=Array([child]))


def _layers_of_old() -> bytes:
    draft = Draft().old()
    group = draft.pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("notes")))
    draft.pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(ON=Array([group])))
    return draft.save()


MARKS = (
    f"q /A CS 1 SC 0.25 w -15 0 m -9.5 0 l {WIDTH + 9.5} 0 m {WIDTH + 15} 0 l -15 {HEIGHT} m -9.5 {HEIGHT} l S "
    f"0 -15 m 0 -9.5 l {WIDTH} {HEIGHT + 9.5} m {WIDTH} {HEIGHT + 15} l S /A cs 1 sc 20 -14 3 3 re f Q ")
GOOD: list[tuple[str, str, Maker]] = [
    ("file-damaged", "whole", changed()),
    ("file-encrypted", "with object streams", lambda: Draft().save(object_stream_mode=2)),
    ("content-damaged", "all there", painted(
        "/Fm Do", ("XObject", "Fm", lambda draft: draft.form("q 1 0 0 1 0 0 cm Q")))),
    ("content-damaged", "q in one part of the content, Q in another", changed(
        lambda draft: draft.first.__setitem__("/Contents", Array(
            [draft.first.Contents, draft.stream("q q"), draft.stream("Q Q q"), draft.stream("Q")])))),
    ("content-too-complex", "one form ten times", painted("/Fm Do " * 10, ("XObject", "Fm", lambda d: d.form("q Q")))),
    ("id-missing", "an ID", changed()),
    ("external-content", "a form", painted(
        "/Fm Do", ("XObject", "Fm", lambda draft: draft.form("0 0 0 1 k " + SQUARE)))),
    ("pdfx-missing", "only in the metadata", changed(lambda draft: draft.info.__delitem__("/GTS_PDFXVersion"))),
    ("pdfx-wrong", "X-1a is less than X-4", old()),
    ("pdfx-disagrees", "both", changed()),
    ("trapped-unknown", "only in the metadata", changed(lambda draft: draft.info.__delitem__("/Trapped"))),
    ("intent-missing", "one for PDF/A as well", catalogue("/OutputIntents", lambda draft: Array([
        draft.intent, Dictionary(S=Name.GTS_PDFA1, DestOutputProfile=draft.intent.DestOutputProfile)]))),
    ("intent-several", "two kinds", catalogue("/OutputIntents", lambda draft: Array([
        draft.intent, Dictionary(S=Name.GTS_PDFA1, DestOutputProfile=draft.intent.DestOutputProfile)]))),
    ("intent-not-cmyk", "CMYK", changed()),
    ("intent-profile", "a registered name in X-1a", old(
        setting(lambda draft: draft.intent, "/DestOutputProfile", None))),
    ("intent-condition", "the same by another name", intent(
        "/DestOutputProfile", described(title=b"Coated FOGRA39 (ISO 12647-2:2004)"))),
    ("user-unit", "one", first("/UserUnit", 1)),
    ("page-rotated", "by nothing", first("/Rotate", 0)),
    ("crop-box", "the media box", first("/CropBox", lambda draft: draft.first.MediaBox)),
    ("box-nesting", "nested", changed()),
    ("trim-box-missing", "there", changed()),
    ("trim-and-art-box", "trim alone", changed()),
    ("trim-sizes", "a hair", first("/TrimBox", Array([6 * MM, 6 * MM, 6 * MM + WIDTH - 0.1, 6 * MM + HEIGHT]))),
    ("bleed-too-small", "8.4 pt", first("/BleedBox", Array([
        6 * MM - 8.4, 6 * MM - 8.4, WIDTH + 6 * MM + 8.4, HEIGHT + 6 * MM + 8.4]))),
    ("bleed-not-filled", "a picture that is white there", painted(
        FULL + "q 40 0 0 40 -8.6 60 cm /Im Do Q", ("XObject", "Im", lambda draft: _fading(draft)))),
    ("bleed-not-filled", "artwork that is white there", painted(
        "0.5 0 0 0 k -9 -9 100 100 re f 0 0 0 0 k -9 -9 40 6 re f")),
    ("bleed-not-filled", "white margins", painted(FULL + "0 0 0 1 k 30 30 100 100 re f")),
    ("bleed-not-filled", "a slope", painted(FULL + "0 0 0 1 k -9 60 m 40 20 l 40 120 l h f")),
    ("safe-zone", "a rule through to the bleed", painted("2 w 0 0 0 1 K -9 60 m 179 60 l S")),
    ("safe-zone", "text in the slug", painted("BT /F 6 Tf 0 0 0 1 k 30 -16 Td (Abba) Tj ET")),
    ("page-multiple", "eight", changed(pages=8)),
    ("too-many-pages", "as many as can be stitched", changed(pages=STITCHED)),
    ("page-empty", "a speck", changed(content=FULL + "0 0 0 1 k 60 60 4 4 re f")),
    ("font-not-embedded", "invisible", painted("BT /H 20 Tf 3 Tr 30 60 Td (Abba) Tj ET", ("Font", "H", bare_font))),
    ("font-type3", "not shown", painted("/Over gs " + text(), ("Font", "T", drawn_font))),
    ("font-damaged", "whole", painted(text(10, "/Over gs 0 0 0 1 k"))),
    ("font-opentype", "in X-4", changed(_open_type, content=text(10, "/Over gs 0 0 0 1 k"))),
    ("missing-glyph", "a space", painted("/Over gs BT /F 10 Tf 0 0 0 1 k 30 60 Td (A b) Tj ET")),
    ("small-text-inks", "eight points", painted(text(8, "1 0.5 0 0 k"))),
    ("small-text-inks", "made large by the matrix", painted("q 4 0 0 4 0 -90 cm " + text(4, "1 0.5 0 0 k") + "Q")),
    ("small-white-text", "eight points", painted(TINT + text(8, "0 0 0 0 k"))),
    ("rich-black-text", "a dark blue", painted(text(10, "1 0.7 0.1 0.6 k"))),
    ("rich-black-text", "large", painted(text(24, "0.4 0 0 1 k"))),
    ("white-overprint", "knocks out", painted(TINT + "0 0 0 0 k " + SQUARE)),
    ("black-knocks-out", "overprints", painted(TINT + "/Over gs " + text())),
    ("black-knocks-out", "on a white panel", painted(TINT + "0 0 0 0 k 25 50 100 40 re f " + text())),
    ("black-knocks-out", "large", painted(TINT + text(20))),
    ("gray-over-colour", "on paper", painted(FULL + "0.5 g " + SQUARE)),
    ("gray-over-colour", "a picture", painted(TINT + "q 60 0 0 60 40 40 cm /Im Do Q", (
        "XObject", "Im", picture(300, space=Name.DeviceGray, channels=1)))),
    ("gray-over-colour", "white", painted(TINT + "1 g " + SQUARE)),
    ("rgb-colour", "set but not used", painted("1 0 0 rg 0 1 0 0 k " + SQUARE)),
    ("rgb-colour", "a resource that is not used", painted("q Q", ("XObject", "Im", picture(9, space=Name.DeviceRGB)))),
    ("lab-colour", "not used", painted("q Q", ("ColorSpace", "L", LAB))),
    ("calibrated-colour", "not used", painted("q Q", ("ColorSpace", "L", CALRGB))),
    ("icc-colour", "not used", painted("q Q", ("ColorSpace", "L", LAB))),
    ("spot-colour", "Black by name", painted("/S cs 1 sc " + SQUARE, ("ColorSpace", "S", spot("Magenta")))),
    ("spot-count", "none", changed()),
    ("registration-colour", "marks", painted(MARKS, ("ColorSpace", "A", ALL))),
    ("too-much-ink", "at the limit", painted("1 1 1 0 k " + SQUARE)),
    ("too-much-ink", "a speck", painted("1 1 1 1 k 60 60 14 14 re f")),
    ("too-much-ink", "in the slug", painted("1 1 1 1 k 10 -17 100 8 re f")),
    ("ink-not-checked", "looked at", changed()),
    ("transparency", "in X-4", painted("/Gs gs 0 0.3 0 0 k " + SQUARE, state(ca=0.5))),
    ("blend-space", "CMYK", grouped(Name.DeviceCMYK)),
    ("transfer-function", "the default", painted("/Gs gs", state(TR2=Name.Default))),
    ("halftone", "the default", painted("/Gs gs", state(HT=Name.Default))),
    ("shading-function", "three parts", graded(joined([0.2, 0.8]))),
    ("shading-function", "a program", graded(lambda draft: draft.stream(
        "{0.5 mul dup dup dup}", FunctionType=4, Domain=Array([0, 1]), Range=Array([0, 1] * 4)))),
    ("shading-function", "four values", painted("q 40 40 60 60 re W n /Sh sh Q", ("Shading", "Sh", gradient(4)))),
    ("hairline", "thin in one ink", painted("0.15 w 0 0 0 1 K 30 30 m 90 90 l S")),
    ("hairline", "around filled text", painted(
        "/Over gs BT /F 30 Tf 2 Tr 0.05 w 0 0 0 1 k 0 0 0 1 K 30 60 Td (Abba) Tj ET")),
    ("hairline", "a square of one pixel", painted("q 0 0 0 1 k 20 0 0 20 40 60 cm " + PIXEL + "Q")),
    ("hairline", "made thick by the matrix", painted("q 9 0 0 9 0 0 cm 0.1 w 4 4 m 9 9 l 1 0 0 0 K S Q")),
    ("resolution-too-low", "300 ppi", drawn(picture(300))),
    ("resolution-low", "one pixel", drawn(picture(1))),
    ("line-resolution-too-low", "1200 ppi", drawn(
        picture(300, bits=1, channels=1, space=Name.DeviceGray), "18 0 0 18 40 40")),
    ("line-resolution-low", "800 ppi", drawn(
        picture(800, bits=1, channels=1, space=Name.DeviceGray))),
    ("image-damaged", "a whole JPEG", drawn(lambda draft: _photograph(draft, "CMYK"))),
    ("image-damaged", "whole", drawn(picture(250))),
    ("jpeg2000", "another compression", old(lambda draft: draft.add("XObject", "Im", draft.image(250, 250)),
                                            content="q 72 0 0 72 40 40 cm /Im Do Q")),
    ("alternate-image", "none", drawn(picture(250))),
    ("opi", "none", drawn(picture(250))),
    ("postscript", "a calculator", painted("/S cs 0.5 sc " + SQUARE, ("ColorSpace", "S", lambda draft: Array([
        Name.Separation, Name.Cyan, Name.DeviceCMYK, draft.stream(
            "{0 0 0}", FunctionType=4, Domain=Array([0, 1]), Range=Array([0, 1] * 4))])))),
    ("layer-hidden", "on", layered({"ON": None})),
    ("layers", "in X-4", layered({"ON": None})),
    ("annotation", "in the slug", first("/Annots", lambda draft: note(draft, (0, 0, 5, 5)))),
    ("form-field", "an empty form", catalogue("/AcroForm", Dictionary(Fields=Array([])))),
    ("javascript", "none", changed()),
    ("action", "a place to open at", catalogue("/OpenAction", lambda draft: Array([draft.first, Name.Fit]))),
    ("attachment", "none", catalogue("/Names", Dictionary())),
]


def _fading(draft: Draft) -> Stream:
    """Return a picture that is white at its left and dark at its right."""
    return draft.stream(
        (b"\0" * 30 + b"\x60" * 170) * 200, Type=Name.XObject, Subtype=Name.Image, Width=200, Height=200,
        ColorSpace=Array([Name.Separation, Name.Black, Name.DeviceCMYK, Dictionary(
            FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0, 0, 1], N=1)]), BitsPerComponent=8)
