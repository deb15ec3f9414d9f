"""An assembled PDF → a finished one: who it is, what standard it keeps, for which press.

In comes an open file; out go its bytes. Everything comes from the edition, nothing from the clock, so the same input
gives the same bytes. Knows no content and no layout.
"""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from booklet.entities import escape
from booklet.locks import is_left_behind, seize
from booklet.presses import Printer
from booklet.profiles import Profile
from booklet.quires import Quire
from booklet.sewing import Deflate
from booklet.signals import undisturbed
from booklet.stamps import FIELDS, LISTS, NAMESPACE, Stamp, page_mark, properties, seal
from booklet.values import Value, spell

PRODUCER = "booklet"


class Imprint(Struct, frozen=True):
    """What a file says about itself."""

    title: str
    author: str
    subject: str
    language: str
    date: str
    """ISO date of the edition."""
    icc: bytes
    printer: Printer | None = None
    """Whose press the file is made for, in profiles for the press."""
    stamp: Stamp | None = None
    """What a program reads of it, in copies of the booklet."""


_PROPERTY = """<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name>\
<pdfaProperty:valueType>{kind}</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>{name}</pdfaProperty:description></rdf:li>"""
_SCHEMA = """<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>{title}</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>{uri}</pdfaSchema:namespaceURI><pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property></rdf:li>"""
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
  <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" \
xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" \
xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" \
xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"\
{namespace} rdf:about="">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{date}T12:00:00Z</xmp:CreateDate><xmp:ModifyDate>{date}T12:00:00Z</xmp:ModifyDate>
<xmp:MetadataDate>{date}T12:00:00Z</xmp:MetadataDate><xmp:CreatorTool>{producer}</xmp:CreatorTool>
<pdf:Producer>{producer}</pdf:Producer>
<xmpMM:DocumentID>uuid:{document}</xmpMM:DocumentID><xmpMM:InstanceID>uuid:{instance}</xmpMM:InstanceID>
<xmpMM:VersionID>1</xmpMM:VersionID><xmpMM:RenditionClass>default</xmpMM:RenditionClass>
{identification}{stamp}
<pdfaExtension:schemas><rdf:Bag>{schemas}</rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF>
</x:xmpmeta>

<?xpacket end="w"?>
"""
_EMPTY = re.compile(r"<([\w:]+)([^<>]*)></\1>")


def _schema(title: str, uri: str, prefix: str, *names: str, lists: tuple[str, ...] = ()) -> str:
    kinds = dict.fromkeys(names, "Text") | dict.fromkeys(lists, "seq Text")
    told = "".join(_PROPERTY.format(name=name, kind=kind) for name, kind in kinds.items())
    return _SCHEMA.format(title=title, uri=uri, prefix=prefix, properties=told)


_TRAPPED = _schema("Adobe PDF Schema", "http://ns.adobe.com/pdf/1.3/", "pdf", "Trapped")
_STAMP = _schema("Record of a booklet's copy", NAMESPACE, "booklet", *FIELDS, lists=LISTS)


class _Standard(Struct, frozen=True):
    """How a file says which standards it keeps."""

    version: str
    identification: str
    schemas: str
    intents: tuple[str, ...]
    condition: str
    condition_name: str
    registry: str
    components: int
    group: bool = True
    """Whether pages say what colours transparency is blended in; before PDF 1.4 there is none."""


def _press_standard(name: str, version: str, group: bool) -> _Standard:
    identification = (
        f"<pdf:Trapped>False</pdf:Trapped><pdfxid:GTS_PDFXVersion>{name}</pdfxid:GTS_PDFXVersion>"
        "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>")
    schemas = _TRAPPED + _schema("PDF/X identification", "http://www.npes.org/pdfx/ns/id/", "pdfxid", "GTS_PDFXVersion")
    return _Standard(version, identification, schemas, ("/GTS_PDFX", "/GTS_PDFA1"), "", "", "", 4, group)


_STANDARDS = {
    "PDF/X-4": _press_standard("PDF/X-4", "1.6", True),
    "PDF/X-1a:2003": _press_standard("PDF/X-1a:2003", "1.4", False),
    "PDF/UA-1": _Standard(
        "1.7",
        "<pdfuaid:part>1</pdfuaid:part><pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>",
        _schema("PDF/UA identification", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid", "part"),
        ("/GTS_PDFA1",), "sRGB IEC61966-2.1", "sRGB", "http://www.color.org", 3),
}


def _uuid(*parts: bytes | str) -> UUID:
    digest = sha256(b"\0".join(part.encode() if isinstance(part, str) else part for part in parts)).digest()
    return UUID(bytes=digest[:16], version=5)


def _intents(file: Quire, standard: _Standard, imprint: Imprint, deflate: Deflate) -> list[Value]:
    """Return the output intents (ISO 15930-7, 6.2.4; ISO 19005-2, 6.2.3)."""
    profile = file.stream(imprint.icc, deflate, N=standard.components)
    return [{
        "/Type": b"/OutputIntent", "/S": kind.encode(), "/OutputConditionIdentifier": standard.condition,
        "/OutputCondition": standard.condition_name, "/RegistryName": standard.registry,
        "/Info": standard.condition_name, "/DestOutputProfile": profile} for kind in standard.intents]


def _standard(profile: Profile, printer: Printer | None) -> _Standard:
    """Return how a file of a profile says which standard it keeps, and for which press."""
    if printer is None:
        return _STANDARDS[profile.standard]
    standard = _STANDARDS[printer.standard]
    return replace(
        standard, condition=printer.condition, condition_name=printer.condition_name, registry=printer.registry)


def _page_groups(file: Quire, space: bytes) -> None:
    """Blend every page in the colours of its output; nothing but a page itself may say otherwise."""
    group = spell({"/Type": b"/Group", "/S": b"/Transparency", "/CS": space})
    for page in file.pages:
        file.values[page]["/Group"] = group


def _xmp(standard: _Standard, imprint: Imprint, pages: Sequence[bytes]) -> str:
    """Return what a file says about itself to programs; ``pages`` are what its pages show, deflated."""
    document = _uuid(imprint.title, imprint.date, imprint.subject)
    instance = _uuid(document.bytes, sha256(b"".join(pages)).hexdigest())
    fields = "title", "author", "subject", "language", "date"
    words = {name: escape(getattr(imprint, name), quote=False) for name in fields}
    told, schemas, namespace = "", standard.schemas, ""
    if imprint.stamp:
        marks = [page_mark(label, page) for label, page in zip(imprint.stamp.pages, pages, strict=True)]
        told, schemas = f"\n{properties(imprint.stamp, marks)}", schemas + _STAMP
        namespace = f' xmlns:booklet="{NAMESPACE}"'
    xmp = _XMP.format(
        **words, producer=PRODUCER, document=document, instance=instance, identification=standard.identification,
        schemas=schemas, stamp=told, namespace=namespace)
    return _EMPTY.sub(r"<\1\2/>", xmp)


def _info(imprint: Imprint) -> dict[str, Value]:
    """Return what a file says about itself to people."""
    date = f"D:{imprint.date.replace('-', '')}120000Z"
    printer = {"/GTS_PDFXVersion": imprint.printer.standard} if imprint.printer else {}
    return {
        "/Title": imprint.title, "/Author": imprint.author, "/Subject": imprint.subject, "/Creator": PRODUCER,
        "/Producer": PRODUCER, "/CreationDate": date, "/ModDate": date, "/Trapped": b"/False", **printer}


def finish(file: Quire, profile: Profile, imprint: Imprint, deflate: Deflate) -> bytes:
    """Return the bytes of a finished file."""
    standard = _standard(profile, imprint.printer)
    intents = _intents(file, standard, imprint, deflate)
    if standard.group:
        _page_groups(file, b"/DeviceCMYK" if standard.components == 4 else b"/DeviceRGB")
    xmp = _xmp(standard, imprint, file.shown).encode()
    file.values[file.root] |= {
        "/OutputIntents": intents, "/Metadata": file.add({"/Type": b"/Metadata", "/Subtype": b"/XML"}, xmp),
        "/Lang": imprint.language, "/ViewerPreferences": {"/DisplayDocTitle": True}}
    return seal(file.close(standard.version, deflate, _info(imprint)))


def _stage(content: bytes, target: Path) -> IO[bytes]:
    """Write a file beside its target and flush it to disk; nothing is left where that fails.

    It stays locked while it is open. What a process that was killed has left beside the target is removed.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    for name in os.listdir(target.parent):
        if name.startswith(f".{target.name}.") and is_left_behind(target.parent / name):
            (target.parent / name).unlink(missing_ok=True)
    with ExitStack() as undo:
        file: IO[bytes] = NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False)  # noqa: SIM115
        undo.callback(_discard, file)
        seize(file)
        if not os.path.exists(file.name):  # another build took it for left behind before it was locked
            return _stage(content, target)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
        Path(file.name).chmod(0o644)
        undo.pop_all()
    return file


def _discard(file: IO[bytes]) -> None:
    """Close a staged file, and remove it where it was not renamed."""
    Path(file.name).unlink(missing_ok=True)
    file.close()


def write_all(files: Mapping[Path, bytes], replace: Callable[[Path, Path], None] = os.replace) -> None:
    """Write files whole, all or none: each beside its target, then all renamed; until then the old ones stay."""
    staged: dict[Path, IO[bytes]] = {}
    try:
        for target, content in files.items():
            staged[target] = _stage(content, target)
        with undisturbed():
            for target, file in staged.items():
                replace(Path(file.name), target)
    finally:
        for file in staged.values():
            _discard(file)


def write(content: bytes, target: Path, replace: Callable[[Path, Path], None] = os.replace) -> None:
    """Write one file whole."""
    write_all({target: content}, replace)
