"""What an ``ExtGState`` sets, and what of it a press does not take (ISO 32000-1, 8.4.5; ISO 15930-7, 6.2).

In come its dictionary and the graphics state; out go a changed state and remarks. It refuses to know pages.
"""

from typing import Any

from pikepdf import Array, Dictionary, Name, Stream

from booklet.canvas import Canvas, State
from booklet.spaces import CMYK, resolve

_PLAIN = ("Normal", "Compatible")


def apply_settings(state: State, settings: Any, canvas: Canvas) -> None:
    """Change a graphics state; remark on what is not allowed."""
    if "/OP" in settings:
        state.over_stroke = bool(settings.OP)
        state.over_fill = bool(settings.get("/op", settings.OP))
    elif "/op" in settings:
        state.over_fill = bool(settings["/op"])
    state.mode = int(settings.get("/OPM", state.mode))
    state.width = float(settings.get("/LW", state.width))
    state.alpha_fill = float(settings.get("/ca", state.alpha_fill))
    state.alpha_stroke = float(settings.get("/CA", state.alpha_stroke))
    if state.alpha_fill < 1 or state.alpha_stroke < 1:
        canvas.remark("transparency", f"opacity of {min(state.alpha_fill, state.alpha_stroke):.0%}")
    blend = settings.get("/BM")
    if blend is not None:
        first = blend[0] if isinstance(blend, Array) and len(blend) else blend
        state.blend = str(first).removeprefix("/")
        if state.blend not in _PLAIN:
            canvas.remark("transparency", f"the blend mode {state.blend}")
    mask = settings.get("/SMask")
    if mask is not None:
        state.masked = isinstance(mask, Dictionary)
        if state.masked:
            canvas.remark("transparency", "a soft mask")
    _transfer(settings, canvas)


def _transfer(settings: Any, canvas: Canvas) -> None:
    for key, good in (("/TR", ("/Identity",)), ("/TR2", ("/Default", "/Identity"))):
        value = settings.get(key)
        if value is not None and str(value if isinstance(value, Name) else "") not in good:
            canvas.remark("transfer-function", f"a graphics state sets a transfer function ({key[1:]})")
    if "/HTP" in settings:
        canvas.remark("halftone", "a graphics state moves the halftone (HTP)")
    screen = settings.get("/HT")
    if isinstance(screen, Dictionary | Stream):
        _screen(screen, canvas)


def _screen(screen: Any, canvas: Canvas) -> None:
    kind = screen.get("/HalftoneType")
    if kind not in (1, 5) or "/HalftoneName" in screen:
        canvas.remark("halftone", f"a graphics state sets a halftone of type {kind}")
    parts = [screen, *(part for part in screen.values() if isinstance(part, Dictionary | Stream))]
    if any(str(part.get("/TransferFunction", Name.Identity)) != "/Identity" for part in parts):
        canvas.remark("transfer-function", "a halftone brings a transfer function")


def blend_space(group: Any, resources: Any, *, in_mask: bool) -> str:
    """Return the space a transparency group blends in when it is not that of the press, else nothing."""
    named = group.get("/CS")
    if named is None:
        return ""
    space = resolve(named, resources)
    if space == CMYK or (in_mask and space.family == "DeviceGray"):
        return ""
    return f"{space.family} of {space.components} components" if space.family == "ICCBased" else space.family
