"""What a copy says of itself, to be read by a program: edition, profile, excerpt, what it was made from and by what.

In come facts about a copy; out goes their part of the file's XMP, and back. The seal is a hash of the whole file, in
which the seal's own place is taken for zeros: a file that says another was altered. It is no signature: who means to
deceive can seal anew. No I/O, no clock, no revision: a checkout and an archive make the same bytes.
"""

import re
from collections.abc import Iterable, Sequence
from hashlib import sha1, sha256

from msgspec import Struct

from booklet.entities import escape, unescape

NAMESPACE = "urn:booklet:record:1#"
"""Of the properties in the XMP, and what their prefix ``booklet`` stands for."""
FIELDS = (
    "slug", "edition", "profile", "themes", "printer", "fingerprint", "styles", "program", "versions", "pages", "seal")
LISTS = "files", "parts"
_OPEN = "0" * 64
"""Stands in the seal's place while the seal is reckoned."""
_SEAL = re.compile(rb"(<booklet:seal>)([0-9a-f]{64})(</booklet:seal>)")
_TEXTS = (".md", ".yaml")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]")
"""Nobody's terminal obeys what a file says."""


class Part(Struct, frozen=True):
    """A unit of the copy."""

    address: str
    file: str
    """Its file in the content folder; empty for what has none."""
    first: str
    """What its first page is called."""
    last: str


class Stamp(Struct, frozen=True):
    """What a copy says of itself."""

    slug: str
    edition: str
    profile: str
    themes: tuple[str, ...]
    """Empty for the whole booklet."""
    printer: str
    """The print shop that it is made for; empty when none is."""
    files: tuple[tuple[str, str], ...]
    """Each content file that it is made of, by its path from the folder, with its blob id; sorted."""
    parts: tuple[Part, ...]
    styles: str
    program: str
    versions: tuple[str, ...]
    pages: tuple[str, ...] = ()
    """A page's label and a hash of what it shows: «23:0a1b2c3d»; known when the file is finished."""

    @property
    def fingerprint(self) -> str:
        """Return the hash of the content that it is made of."""
        return fingerprint_of(self.files)

    @property
    def short(self) -> str:
        """Return the fingerprint as it is printed: «3f2a 91c0»."""
        return f"{self.fingerprint[:4]}\u00a0{self.fingerprint[4:8]}"


def blob_id(name: str, content: bytes) -> str:
    """Return the id that git gives a content file, so that revisions are found without reading them.

    Texts count with ``\\n`` at line ends, as they are read and as git keeps them.
    """
    data = content.replace(b"\r\n", b"\n") if name.endswith(_TEXTS) else content
    return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def fingerprint_of(files: Iterable[tuple[str, str]]) -> str:
    """Return the hash of some content files."""
    return sha256("".join(f"{blob} {name}\n" for name, blob in sorted(files)).encode()).hexdigest()


def page_mark(label: str, deflated: bytes) -> str:
    """Return what the stamp says of a page."""
    return f"{label}:{sha256(deflated).hexdigest()[:8]}"


def properties(stamp: Stamp, pages: Sequence[str]) -> str:
    """Return the properties of a stamp in XMP, the seal open."""
    said = {
        "slug": stamp.slug, "edition": stamp.edition, "profile": stamp.profile, "themes": " ".join(stamp.themes),
        "printer": stamp.printer, "fingerprint": stamp.fingerprint, "styles": stamp.styles, "program": stamp.program,
        "versions": ", ".join(stamp.versions), "pages": " ".join(pages), "seal": _OPEN}
    lists = {
        "files": [f"{blob} {name}" for name, blob in stamp.files],
        "parts": [f"{part.first} {part.last} {part.address} {part.file}" for part in stamp.parts]}
    plain = "".join(f"<booklet:{name}>{escape(said[name], quote=False)}</booklet:{name}>\n" for name in FIELDS)
    return plain + "".join(
        f"<booklet:{name}><rdf:Seq>\n{_items(lists[name])}</rdf:Seq></booklet:{name}>\n" for name in LISTS)


def _items(lines: Iterable[str]) -> str:
    return "".join(f"<rdf:li>{escape(line, quote=False)}</rdf:li>\n" for line in lines)


def read_stamp(xmp: str) -> Stamp | None:
    """Return the stamp in some XMP; None when there is none that can be read."""
    said = {name: _said(xmp, name) for name in FIELDS}
    if not said["edition"] or not said["fingerprint"]:
        return None
    files = [line.partition(" ") for line in _lines(xmp, "files")]
    parts = [f"{line}   ".split(" ", 3) for line in _lines(xmp, "parts")]
    stamp = Stamp(
        said["slug"], said["edition"], said["profile"], tuple(said["themes"].split()), said["printer"],
        tuple((name, blob) for blob, _, name in files),
        tuple(Part(address, file.strip(), first, last) for first, last, address, file in parts),
        said["styles"], said["program"], tuple(filter(None, said["versions"].split(", "))),
        tuple(said["pages"].split()))
    return stamp if stamp.fingerprint == said["fingerprint"] else None


def _said(xmp: str, name: str) -> str:
    match = re.search(rf"""<booklet:{name}>([^<]*)</booklet:{name}>|\bbooklet:{name}=["']([^"']*)["']""", xmp)
    return _shown(match[1] or match[2] or "").strip() if match else ""


def _lines(xmp: str, name: str) -> list[str]:
    match = re.search(rf"<booklet:{name}>(.*?)</booklet:{name}>", xmp, re.DOTALL)
    return [_shown(line) for line in re.findall(r"<rdf:li>([^<]*)</rdf:li>", match[1])] if match else []


def _shown(text: str) -> str:
    return _UNSEEN.sub("", unescape(text))


def seal(content: bytes) -> bytes:
    """Return a finished file with its seal put in; as it was where it has no place for one."""
    match = _SEAL.search(content)
    if match is None:
        return content
    mark = sha256(content).hexdigest().encode()
    return b"".join([content[:match.start(2)], mark, memoryview(content)[match.end(2):]])


def is_whole(content: bytes) -> bool:
    """Tell whether every byte of a file is as it was when it was sealed."""
    match = _SEAL.search(content)
    if match is None:
        return False
    opened = content[:match.start(2)] + _OPEN.encode() + content[match.end(2):]
    return sha256(opened).hexdigest().encode() == match[2]
