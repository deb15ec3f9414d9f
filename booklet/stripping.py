"""What the engine composed → what a fragment keeps: pages without fonts, holes by byte offset, margins as artifacts.

In come the objects of one unit, and where the box tree says its holes are; out go a PDF, uncompressed, as qpdf 12
writes it, and the holes as places in its content streams. Knows the engine's way of writing (one operator a line), not
its library.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from booklet.findings import Finding, Severity
from booklet.job import Job
from booklet.matter import Matter, bytes_of, number_of, text_word
from booklet.overprint import mark_black
from booklet.printed import Hole
from booklet.profiles import Profile
from booklet.sewing import Pile, Thing, sew
from booklet.tags import Tree
from booklet.typefaces import FACES
from booklet.values import Ref, Value, numeral, spell

_MATRIX = b"1 0 0 -1 "
_SHOWN = re.compile(rb"(?m)^/(\S+) Do$")
_SET_IN = re.compile(rb"(?m)^/(\S+) \S+ Tf$")
_KEYS, _ACTION = {"Type", "Subtype", "Rect", "BS", "Contents", "A", "StructParent"}, {"Type", "S", "URI"}
"""What the engine says of a link that leads out of the unit, as nearly all do."""
_LINK = (
    b"<< /A << /S /URI /Type /Action /URI %b >> /BS << /W 0 >> /Contents %b /Rect [ %b ] /StructParent %d"
    b" /Subtype /Link /Type /Annot >>")
_LEFT_OUT = ("Outlines", "Names", "OutputIntents", "Metadata")
"""What a file says that is bound from fragments, and no fragment."""


class HoleLost(RuntimeError):
    """A hole of the box tree was not found in the content stream: the engine writes otherwise than we know."""


class Slot(Struct, frozen=True):
    """A hole as the box tree knows it."""

    page: int
    x: float
    """Of its first glyph's origin, in px from the left of the page."""
    y: float
    """Of its baseline, in px from the top of the page."""
    digits: int
    kind: str
    target: str
    left: bool
    gap: bool
    box: tuple[float, float, float, float]


def _artifacts(content: bytes, orphans: Iterable[int]) -> bytes:
    """Return content in which what no structure element owns is marked as an artifact."""
    pieces, begin = list[bytes](), 0
    for mark in sorted(orphans):
        words = b"\n<</MCID %d>>\nBDC\n" % mark
        place = content.find(words, begin)
        if place >= 0:
            pieces += [content[begin:content.rfind(b"\n", 0, place) + 1], b"/Artifact\n%\nBMC\n"]
            begin = place + len(words)
    return b"".join([*pieces, content[begin:]])


def _shows(content: bytes, fonts: Mapping[str, str]) -> Iterator[tuple[int, int, str, float, float]]:
    """Yield begin, end, face and origin of all that is shown in a hole's face."""
    names = [re.escape(key.encode()) for key, face in fonts.items() if face in FACES and FACES[face].hole]
    if not names:
        return
    for match in re.finditer(rb"\n/(" + b"|".join(names) + rb") \S+ Tf(?=\n)", content):
        face, begin = fonts[match[1].decode()], match.end()
        end = content.find(b" Tf\n", begin)
        end = end if end >= 0 else len(content)
        while (place := content.find(b"TJ\n", begin, end)) >= 0:
            begin, shown = place + 2, content.rfind(b"\n", 0, place) + 1
            x, y = (float(part) for part in _matrix_before(content, shown).split()[4:6])
            yield shown, begin, face, x, y


def _matrix_before(content: bytes, end: int) -> bytes:
    """Return the matrix that words are set in at a place."""
    begin = content.rfind(b"\n" + _MATRIX, 0, end)
    while begin >= 0:
        line = content[begin + 1:content.find(b"\n", begin + 1)]
        if line.endswith(b"Tm"):
            return line
        begin = content.rfind(b"\n" + _MATRIX, 0, begin)
    return b"1 0 0 -1 0 0 Tm"


def _pierce(content: bytes, slots: Sequence[Slot], fonts: Mapping[str, str]) -> tuple[bytes, list[Hole]]:
    """Return content with a blank of known length in the place of each hole's show, and the holes with their offsets.

    What is shown in a hole's face is matched with the box tree by its origin.
    """
    left, holes, pieces, done, offset = list(slots), list[Hole](), list[bytes](), 0, 0
    for begin, end, face, x, y in _shows(content, fonts):
        slot = min(left, key=lambda slot: abs(slot.x - x) + abs(slot.y - y), default=None)
        if slot is None or abs(slot.x - x) + abs(slot.y - y) > 0.5:
            raise HoleLost(f"text in the face {face!r} at {x}, {y} is no hole of the box tree")
        left.remove(slot)
        pieces += [content[done:begin], blank(slot.digits)]
        offset += begin - done
        holes.append(Hole(
            slot.page, offset, slot.digits, slot.kind, slot.target, slot.left, slot.gap, face, slot.box))
        offset, done = offset + len(pieces[-1]), end
    if left:
        raise HoleLost(f"the hole {left[0].kind!r} {left[0].target!r} is not in the content stream")
    return b"".join([*pieces, content[done:]]), holes


def blank(digits: int) -> bytes:
    """Return the operator that stands in a hole until it is filled, as long as what will fill it."""
    return b" " * (len("[-0000<0000>]TJ") + 4 * digits)


class _Unit:
    """The objects of a unit that are stripped."""

    def __init__(self, pdf: Any) -> None:
        pdf.add_object(pdf.info)
        for key in _LEFT_OUT:
            pdf.catalog.pop(key, None)
        self.matter, self.root, self.info = Matter(pdf.objects), pdf.catalog.number, pdf.info.number
        self.pages = [Ref(number_of(page)) for page in pdf.page_references]
        self.matter.open(pdf.pages.number)["/Kids"] = self.pages

    def shown(self, page: int) -> int:
        """Return the number of the stream that a page shows."""
        return self.matter.open(page)["/Contents"]  # type: ignore[no-any-return]

    def resources(self, value: Value) -> dict[str, Value]:
        """Return the resources of a page or a drawing, those that it shares with others too."""
        held = value.get("/Resources", {})
        return self.matter.open(held) if isinstance(held, Ref) else held  # type: ignore[no-any-return]

    def drawings(self, resources: dict[str, Value]) -> list[int]:
        """Return the numbers of what resources name besides pictures of pixels."""
        named = resources.get("/XObject", {}).values()
        return [number for number in named if self.matter.open(number).get("/Subtype") != b"/Image"]

    def share_out(self) -> None:
        """Let every page name the pictures that it shows, and no others."""
        pages = [self.matter.open(page) for page in self.pages]
        drawn = any([self.drawings(self.resources(page)) for page in pages])
        for page in pages:
            if not drawn or self._share_out_drawings(self.resources(page)):
                self.give_own(page, self.matter.content(page["/Contents"]), drawn)

    def give_own(self, value: dict[str, Value], content: bytes, careful: bool) -> bool:
        """Give a page or a drawing resources of its own; who is careful lets them be where a face is unknown.

        A drawing whose faces were taken out may have them from whoever shows it: then nobody knows what it needs.
        """
        value["/Resources"] = resources = dict(self.resources(value))
        named = resources.get("/XObject")
        names = {f"/{name.decode()}" for name in _SHOWN.findall(content)} if named or careful else set()
        if "/Font" in resources:
            held = resources["/Font"]
            resources["/Font"] = dict(self.matter.open(held) if isinstance(held, Ref) else held)
        if careful and (_SET_IN.search(content) or names - (named or {}).keys()):
            return False
        if named is not None:
            resources["/XObject"] = {name: item for name, item in named.items() if name in names}
        return True

    def _share_out_drawings(self, resources: dict[str, Value]) -> bool:
        """Give all drawings that resources name, and those within, resources of their own; False when one is unsure."""
        waiting, seen, sure = [resources], set[int](), True
        while waiting:
            for number in self.drawings(waiting.pop(0)):
                if number not in seen:
                    seen.add(number)
                    value = self.matter.open(number)
                    sure = self.give_own(value, self.matter.content(number), True) and sure
                    waiting.append(value["/Resources"])
        return sure

    def box(self, page: int, profile: Profile) -> None:
        """Set a page's boxes with the corner of the media box at 0 0 (ISO 15930-7, 6.12)."""
        bleed, (width, height) = profile.bleed / 25.4 * 72, (side / 25.4 * 72 for side in profile.trim)
        trim = [round(bleed, 3), round(bleed, 3), round(bleed + width, 3), round(bleed + height, 3)]
        full, value = [0, 0, round(width + 2 * bleed, 3), round(height + 2 * bleed, 3)], self.matter.open(page)
        value["/MediaBox"], value["/BleedBox"], value["/TrimBox"] = full, full, trim
        if not profile.tagged:
            value.pop("/Annots", None)  # no link may lie on what is printed (ISO 15930-7, 6.17)
        for number in value.get("/Annots", ()):
            self.matter.spelled[number] = _link(self.matter, number, bleed)

    def close(self) -> bytes:
        """Return the unit as a file."""
        return sew(Pile(self.matter, (), self.root, self.info), "1.7", None)


def _link(matter: Matter, number: int, bleed: float) -> Thing:
    """Return an annotation, put where it lies on its page."""
    link = matter.objects[number]
    sides = [round(float(bytes_of(side)) + bleed, 3) for side in link["Rect"]]
    if link.keys() == _KEYS and link["A"].keys() == _ACTION and link["BS"] == {"W": 0}:
        return Thing(_LINK % (
            text_word(link["A"]["URI"].string), text_word(link["Contents"].string),
            b" ".join(map(numeral, sides)), link["StructParent"]))
    said = spell({**matter.open(number), "/Rect": sides})
    return Thing(said.text, said.names)


_RGB = re.compile(rb"(?m)^(?:[-.\d]+ ){3}(?:rg|RG)$")


def _foreign_ink(matter: Matter, job: Job) -> tuple[Finding, ...]:
    """Return a finding when anything in a print file is painted in the colours of a screen."""
    if job.profile.ink != "cmyk":
        return ()
    bad = False
    for number, said in matter.streams():
        if said.get("Subtype") == "/Image":
            bad = bad or said.get("ColorSpace") == "/DeviceRGB"
        else:
            content = matter.content(number)
            bad = bad or any(mark in content and _RGB.search(content) for mark in (b" rg", b" RG"))
    if bad:
        return (Finding("rgb-in-print", Severity.ERROR, f"'{job.address}' is painted in the colours of a screen",
                        job.position, "name colours of the palette in styles and drawings"),)
    return ()


def strip(
    pdf: Any, slots: Sequence[Slot], fonts: Mapping[str, str], job: Job
) -> tuple[bytes, tuple[Hole, ...], tuple[Finding, ...]]:
    """Return the fragment's PDF, its holes and what is wrong with its inks; HoleLost when tree and content differ."""
    bleed, profile, unit = job.profile.bleed / 25.4 * 72, job.profile, _Unit(pdf)
    shift = b"1 0 0 1 %.3f %.3f cm\n" % (bleed, bleed) if bleed else b""
    found: list[Hole] = []
    matter = unit.matter
    findings = _foreign_ink(matter, job)
    tree = Tree(matter, matter.open(unit.root)["/StructTreeRoot"], unit.pages) if profile.tagged else None
    orphans = tree.unreachable() if tree else {}
    for number, page in enumerate(unit.pages):
        content = _artifacts(shift + matter.content(unit.shown(page)), orphans.get(number, ()))
        resources = unit.resources(matter.open(page))
        if profile.ink == "cmyk":
            content = b"\n".join(mark_black(content.split(b"\n")))
            resources["/ColorSpace"] = {}  # the engine names Lab spaces that it never uses
        content, holes = _pierce(content, [slot for slot in slots if slot.page == number], fonts)
        found += holes
        matter.shown[unit.shown(page)] = content
        unit.box(page, profile)
        resources["/Font"] = {}
    if tree:
        tree.mend(job.address)
    unit.share_out()
    return unit.close(), tuple(found), findings
