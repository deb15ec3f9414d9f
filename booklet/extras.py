"""What a file for the press must not carry: annotations, fields, actions, scripts, attachments, layers, PostScript.

In come an open PDF and its sheets; out go faults. It refuses to know what is painted.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from pikepdf import Array, Dictionary, Object, Pdf, PdfError, Stream

from booklet import scans
from booklet.anatomy import Claim
from booklet.boxes import Sheet
from booklet.docket import Docket
from booklet.figures import box_of
from booklet.spaces import resolve

_FLAT = "print it to a flat file, or export it anew without"
_SHOW = "show it, or remove it"
_DEEPEST = 40
_MOST = 20_000
_HARMLESS = ("/PrinterMark", "/TrapNet")


def _dictionary(thing: Any) -> Any:
    return thing if isinstance(thing, Dictionary) else Dictionary()


def _tree(node: Any, depth: int = 0) -> Iterator[Any]:
    """Yield the values of a name tree (ISO 32000-1, 7.9.6)."""
    if not isinstance(node, Dictionary) or depth > _DEEPEST:
        return
    yield from list(node.get("/Names") or ())[1::2]
    for kid in node.get("/Kids") or ():
        yield from _tree(kid, depth + 1)


def check_extras(pdf: Pdf, sheets: Sequence[Sheet], claim: Claim, docket: Docket) -> None:
    """Note everything that does not belong in a file for the press."""
    _check_catalogue(pdf, docket)
    _check_layers(pdf, claim, docket)
    _check_outlines(pdf, docket)
    for number, (page, sheet) in enumerate(zip(pdf.pages, sheets, strict=True)):
        for key in _dictionary(page.obj.get("/AA")):
            _action(page.obj.AA[key], "the page", number, docket, trigger=True)
        for annotation in page.obj.get("/Annots") or ():
            if isinstance(annotation, Dictionary):
                _annotation(annotation, sheet, number, docket)
    _check_objects(pdf, docket)


def _check_catalogue(pdf: Pdf, docket: Docket) -> None:
    root = pdf.Root
    opening = root.get("/OpenAction")
    if isinstance(opening, Dictionary):
        _action(opening, "the file, when it is opened,", None, docket, trigger=True)
    for key in _dictionary(root.get("/AA")):
        _action(root.AA[key], "the file", None, docket, trigger=True)
    names = _dictionary(root.get("/Names"))
    if any(True for _ in _tree(names.get("/JavaScript"))):
        docket.note("javascript", "the file has JavaScript that runs when it is opened", "remove it")
    files = sum(1 for _ in _tree(names.get("/EmbeddedFiles")))
    if files or root.get("/AF") or root.get("/Collection"):
        docket.note("attachment", f"the file carries attachments ({max(1, files)})", "remove them")
    form = root.get("/AcroForm")
    if isinstance(form, Dictionary):
        fields = len(form.get("/Fields") or ())
        if fields or "/XFA" in form:
            what = " and XFA" if "/XFA" in form else ""
            docket.note("form-field", f"the file has a form with {fields} fields{what}", _FLAT)
        for field in form.get("/Fields") or ():
            _field(field, docket)


def _field(field: Any, docket: Docket, depth: int = 0) -> None:
    """Look at what a field of a form does, and those below it, whether or not they are on a page."""
    if not isinstance(field, Dictionary) or depth > _DEEPEST:
        return
    _action(field.get("/A"), "a field of the form", None, docket, trigger=True)
    for key in _dictionary(field.get("/AA")):
        _action(field.AA[key], "a field of the form", None, docket, trigger=True)
    for kid in field.get("/Kids") or ():
        _field(kid, docket, depth + 1)


def _action(action: Any, who: str, page: int | None, docket: Docket, *, trigger: bool, depth: int = 0) -> None:
    """Note an action, and those that follow it; ``trigger`` is false where an annotation is noted anyway."""
    if not isinstance(action, Dictionary) or depth > _DEEPEST:
        return
    kind = str(action.get("/S", "")).removeprefix("/")
    if kind == "JavaScript" or "/JS" in action:
        docket.note("javascript", f"{who} runs JavaScript", "remove it", page)
    elif trigger and kind:
        docket.note("action", f"{who} has an action ({kind})", "remove it", page)
    following = action.get("/Next")
    for one in [following] if isinstance(following, Dictionary) else list(following or ()):
        _action(one, who, page, docket, trigger=trigger, depth=depth + 1)


def _annotation(annotation: Any, sheet: Sheet, number: int, docket: Docket) -> None:
    kind = str(annotation.get("/Subtype", "")).removeprefix("/")
    box = box_of(annotation.get("/Rect"))
    inside = box is None or box.grown(0.01).meets(sheet.bleed.cut(sheet.media)) or box.meets(sheet.printed)
    if kind == "Widget":
        docket.note("form-field", "there is a form field on the page", _FLAT, number, box=box)
    elif inside and f"/{kind}" not in _HARMLESS:
        docket.note("annotation", f"there is an annotation on the page ({kind})", _FLAT, number, box=box)
    if kind == "FileAttachment":
        docket.note("attachment", "a file is attached to the page", "remove it", number, box=box)
    trigger = annotation.get("/A")
    _action(trigger, f"an annotation ({kind})", number, docket, trigger=_loud(trigger, "/URI", "/GoTo", "/GoToR"))
    for key in _dictionary(annotation.get("/AA")):
        _action(annotation.AA[key], f"an annotation ({kind})", number, docket, trigger=True)


def _loud(action: Any, *quiet: str) -> bool:
    """Tell whether an action does more than lead somewhere; a link is noted as an annotation."""
    return isinstance(action, Dictionary) and str(action.get("/S")) not in quiet


def _check_outlines(pdf: Pdf, docket: Docket) -> None:
    seen: set[tuple[int, int]] = set()
    waiting = [_dictionary(pdf.Root.get("/Outlines")).get("/First")]
    while waiting and len(seen) < _MOST:
        item = waiting.pop()
        if not isinstance(item, Dictionary) or item.objgen in seen:
            continue
        seen.add(item.objgen)
        action = item.get("/A")
        _action(action, "a bookmark", None, docket, trigger=_loud(action, "/GoTo"))
        waiting += [item.get("/Next"), item.get("/First")]


def _check_layers(pdf: Pdf, claim: Claim, docket: Docket) -> None:
    """Note layers that are off, or off when printed (ISO 32000-1, 8.11.4)."""
    optional = pdf.Root.get("/OCProperties")
    if not isinstance(optional, Dictionary):
        return
    groups = [one for one in optional.get("/OCGs") or () if isinstance(one, Dictionary)]
    if groups and claim.old:
        docket.note("layers", f"the file has {len(groups)} layers, and says that it is {claim.version}", _FLAT)
    state = _dictionary(optional.get("/D"))
    off = {one.objgen for one in state.get("/OFF") or () if isinstance(one, Dictionary)}
    if str(state.get("/BaseState", "/ON")) == "/OFF":
        on = {one.objgen for one in state.get("/ON") or () if isinstance(one, Dictionary)}
        off |= {one.objgen for one in groups} - on
    for group in groups:
        name, usage = str(group.get("/Name", ""))[:60], _dictionary(group.get("/Usage"))
        silent = [key for key, word in (
            ("Print", "PrintState"), ("View", "ViewState"), ("Export", "ExportState"))
                  if str(_dictionary(usage.get(f"/{key}")).get(f"/{word}")) == "/OFF"]
        if group.objgen in off:
            docket.note("layer-hidden", f"the layer '{name}' is hidden", _SHOW)
        elif silent:
            docket.note("layer-hidden", f"the layer '{name}' is hidden in use ({', '.join(silent)})", _SHOW)


def _check_objects(pdf: Pdf, docket: Docket) -> None:
    """Look through all objects for what may be anywhere."""
    attached = False
    for number, thing in enumerate(pdf.objects):
        attached = attached or _attaches(thing)
        if number > _MOST * 10:
            docket.note("content-too-complex", "the file has more objects than can be checked")
            return
        if isinstance(thing, Stream):
            _stream(thing, docket)
        elif isinstance(thing, Dictionary) and str(thing.get("/S")) == "/JavaScript" and "/JS" in thing:
            docket.note("javascript", "the file holds JavaScript", "remove it")
        elif isinstance(thing, Dictionary) and str(thing.get("/P")) in ("/AllOff", "/AnyOff") and "/OCGs" in thing:
            docket.note("layer-hidden", "something is hidden while layers are on (a membership of layers)", _SHOW)
    if attached:
        docket.note("attachment", "the file holds other files (an embedded file)", "remove them")


def _attaches(thing: Any) -> bool:
    """Tell whether an object is a file within the file, or names one."""
    if isinstance(thing, Stream):
        return str(thing.get("/Type")) == "/EmbeddedFile" or "/AF" in thing
    return isinstance(thing, Dictionary) and (isinstance(thing.get("/EF"), Dictionary) or "/AF" in thing)


def _stream(stream: Object, docket: Docket) -> None:
    kind, second = str(stream.get("/Subtype")), str(stream.get("/Subtype2"))
    if kind == "/PS" or second == "/PS" or (kind == "/Form" and "/PS" in stream):
        docket.note("postscript", "the file holds PostScript (an XObject)", "export it anew")
    if "/OPI" in stream:
        docket.note("opi", "a picture is a placeholder for another (OPI)", "put the picture itself in")
    if "/Alternates" in stream:
        docket.note("alternate-image", "a picture has alternates", "export it anew")
    if "/F" in stream and kind != "/EmbeddedFile":
        docket.note("external-content", "the content of a stream lies in another file", "export it anew")
    if kind == "/Form" and "/Ref" in stream:
        docket.note("external-content", "a form stands for a page of another file (a reference XObject)", "put it in")


def check_streams(pdf: Pdf, docket: Docket) -> None:
    """Note streams that cannot be decoded and pictures whose data end too early; of large ones only what is quick."""
    for stream in pdf.objects:
        if isinstance(stream, Stream) and str(stream.get("/Subtype")) == "/Image":
            fault = _image_fault(stream)
            if fault:
                docket.note("image-damaged", f"the data of a picture {fault}", "put the picture in anew")
        elif isinstance(stream, Stream) and int(stream.get("/Length", 0)) < _QUICK and not _readable(stream):
            docket.note("file-damaged", "a stream of the file cannot be decoded", "export it anew")


def _readable(stream: Stream) -> bool:
    try:
        stream.read_bytes()
    except (PdfError, RuntimeError):
        return "/FlateDecode" not in str(stream.get("/Filter"))
    return True


_QUICK = 3_000_000
_CHANNELS = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4, "/CalGray": 1, "/CalRGB": 3, "/Lab": 3, "/Indexed": 1,
             "/Separation": 1}


def _components(space: Any) -> int:
    """Return how many channels a colour space has; 0 where it cannot be made out."""
    found = resolve(space, Dictionary())
    return found.components if found.family in ("DeviceGray", "DeviceRGB", "DeviceCMYK", "ICCBased") else 0


def _image_fault(stream: Any) -> str:
    filters = stream.get("/Filter")
    names = [str(one) for one in filters] if isinstance(filters, Array) else [str(filters)] if filters else []
    if names == ["/DCTDecode"]:
        raw = stream.read_raw_bytes()
        if raw[:2] != b"\xff\xd8":
            return "are no JPEG"
        if b"\xff\xd9" not in raw[-64:]:
            return "break off (JPEG without an end)"
        has, wants = scans.channels(raw), _components(stream.get("/ColorSpace"))
        return f"have {has} channels, its colour space {wants}" if has and wants and has != wants else ""
    if any(name in ("/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/DCTDecode") for name in names):
        return ""
    if int(stream.get("/Length", 0)) > _QUICK:
        return ""
    try:
        data = stream.read_bytes()
    except (PdfError, RuntimeError):
        return "cannot be decoded"
    space = stream.get("/ColorSpace")
    kind = str(space[0] if isinstance(space, Array) and len(space) else space)
    channels = 1 if stream.get("/ImageMask") else _CHANNELS.get(kind, 0)
    bits = 1 if stream.get("/ImageMask") else int(stream.get("/BitsPerComponent", 8))
    row = (int(stream.get("/Width", 0)) * channels * bits + 7) // 8
    wanted = row * int(stream.get("/Height", 0))
    return f"have {len(data)} bytes instead of {wanted}" if len(data) < wanted else ""
