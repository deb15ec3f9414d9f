"""Content streams → painted pages: every operator followed, into forms, patterns, Type 3 glyphs, masks, annotations.

In comes a page of an open PDF; out goes a canvas with all marks in their order (ISO 32000-1, 8 and 9). It refuses to
judge, and to go on for ever: a budget of operators, a depth, and no stream within itself.
"""

from collections.abc import Iterator
from copy import copy
from typing import Any

from pikepdf import Dictionary, Pdf, Stream

from booklet.appearances import appearances
from booklet.brush import Brush, box_at, picture_of
from booklet.canvas import MASK, Canvas, Clip, State
from booklet.figures import box_of, matrix_of, numbers
from booklet.functions import shading_faults, tint_faults
from booklet.lettering import Face
from booklet.pathways import Pathways
from booklet.plane import IDENTITY, Box, Matrix, quarter, times
from booklet.settings import apply_settings, blend_space
from booklet.spaces import GREY, Colour, Space, resolve
from booklet.streams import MISREAD, Budget, operations
from booklet.tints import OPERATORS, choose, find
from booklet.typesetter import Typesetter

_DEEPEST = 20
_IDLE = {"BMC", "BDC", "EMC", "MP", "DP", "BX", "EX", "i", "j", "J", "M", "d", "ri", "ET", "d0"}


class Painter:
    """Paints one page."""

    def __init__(self, pdf: Pdf, sheet: Box, budget: Budget, faces: dict[tuple[int, int], Face]) -> None:
        """Paint on a sheet; ``faces`` keeps fonts from page to page."""
        self.pdf, self.budget, self.faces = pdf, budget, faces
        self.canvas = Canvas()
        self.brush = Brush(self.canvas, sheet)
        self.setter = Typesetter(self.brush)
        self.paths = Pathways(self.brush)
        self.state = State()
        self.stack: list[State] = []
        self.active: set[tuple[int, int]] = set()
        self.done: set[object] = set()
        self.resources: Any = Dictionary()
        self.base = IDENTITY
        self.colourless = False
        self.depth = 0

    def paint(self, page: Any) -> None:
        """Paint what a page shows, its annotations last."""
        resources = page.get("/Resources")
        self._run(page, resources if isinstance(resources, Dictionary) else Dictionary())
        group = page.get("/Group")
        if isinstance(group, Dictionary):
            self._group(group)
        for stream, matrix in appearances(page):
            self._aside(stream, "annotation", State(matrix=matrix))

    def _run(self, stream: Any, resources: Any) -> None:
        """Follow one content stream."""
        before, floor = self.resources, len(self.stack)
        self.resources = resources
        self.depth += 1
        for operator, operands in operations(self.pdf, stream, self.budget, self.canvas.remark):
            self._step(operator, operands, floor)
        if len(self.stack) > floor and self.budget.operators >= 0:
            self.canvas.remark("content-damaged", "a graphics state is kept and never given back (q without Q)")
        del self.stack[floor:]
        self.depth -= 1
        self.resources = before

    def _step(self, operator: str, operands: Any, floor: int) -> None:
        if operator == "q":
            self.stack.append(copy(self.state))
        elif operator == "Q":
            if len(self.stack) > floor:
                self.state = self.stack.pop()
            else:
                self.canvas.remark("content-damaged", "a graphics state is given back that was not kept (Q without q)")
        elif operator in OPERATORS:
            if not self.colourless:
                self._colour(operator, operands)
        elif operator in self.paths.operators:
            self.paths.follow(operator, numbers(operands), self.state, self._pattern)
        elif operator in _TEXT:
            self._text(operator, operands)
        elif operator in _OTHER:
            _OTHER[operator](self, operands)
        elif operator not in _IDLE:
            self.canvas.remark("content-damaged", f"there is no operator '{operator[:20]}'")

    def _concat(self, operands: Any) -> None:
        values = numbers(operands)
        if len(values) == 6:
            self.state.matrix = times(matrix_of(values), self.state.matrix)

    def _width(self, operands: Any) -> None:
        self.state.width = abs(next(iter(numbers(operands)), 1.0))

    def _settings(self, operands: Any) -> None:
        settings = find(self.resources, "/ExtGState", operands, self.canvas)
        if not isinstance(settings, Dictionary):
            return
        apply_settings(self.state, settings, self.canvas)
        if font := settings.get("/Font"):
            self.state.font, self.state.size = self._face(font[0]), float(font[1])
        mask = settings.get("/SMask")
        if isinstance(mask, Dictionary) and isinstance(mask.get("/G"), Stream):
            self._aside(mask.G, MASK, copy(self.state))

    def _colour(self, operator: str, operands: Any) -> None:
        state = self.state
        before = state.fill if operator.islower() else state.stroke
        colour = choose(operator.lower(), operands, before, self.resources, self.canvas)
        self._check_tint(colour.space)
        if operator.islower():
            state.fill = colour
        else:
            state.stroke = colour

    def _check_tint(self, space: Space) -> None:
        if space not in self.done:
            self.done.add(space)
            for fault in tint_faults(space):
                self.canvas.remark("shading-function", fault)

    def _pattern(self, colour: Colour, area: Box) -> None:
        """Paint the cell of a pattern once, as large as what it fills; look at its shading."""
        pattern = colour.pattern
        if not isinstance(pattern, Dictionary | Stream) or self._was(pattern, "pattern"):
            return
        if not isinstance(pattern, Stream):
            for fault in shading_faults(pattern.get("/Shading")):
                self.canvas.remark("shading-function", fault, area)
            return
        state = State(matrix=times(matrix_of(pattern.get("/Matrix")), self.base))
        bare = pattern.get("/PaintType") == 2
        if bare:
            state.fill = state.stroke = Colour(colour.space.base or GREY, colour.values)
        before, self.brush.area = self.brush.area, area
        self._aside(pattern, "pattern", state, bare)
        self.brush.area = before

    def _was(self, thing: Any, what: str) -> bool:
        """Tell whether something was already looked at on this page."""
        key = (what, thing.objgen) if thing.is_indirect else (what, thing.unparse())
        seen = key in self.done
        self.done.add(key)
        return seen

    def _text(self, operator: str, operands: Any) -> None:
        values = numbers(operands)
        if operator == "Tf":
            font = find(self.resources, "/Font", operands[:1], self.canvas)
            self.state.font, self.state.size = self._face(font), values[0] if values else 0.0
        elif operator in ("Tj", "TJ", "'", '"'):
            self._show(operator, operands, values)
        else:
            self.setter.follow(operator, values, self.state)

    def _show(self, operator: str, operands: Any, values: tuple[float, ...]) -> None:
        state = self.state
        if operator == '"' and len(values) == 2:
            state.word, state.letter = values
        if operator in ("'", '"'):
            self.setter.move(0, -state.leading)
        things = list(operands[0]) if operator == "TJ" and len(operands) else list(operands[-1:])
        if state.font is None and operands:
            self.canvas.remark("content-damaged", "text is shown before a font is chosen")
        for code, matrix in self.setter.show(state, things):
            self._drawn_glyph(state.font, code, matrix)
        if state.font is not None and state.render != 3:
            self.canvas.fonts.setdefault(id(state.font), state.font)
        if state.fill.pattern is not None and self.canvas.marks:
            self._pattern(state.fill, self.canvas.marks[-1].box)

    def _face(self, font: Any) -> Face | None:
        if not isinstance(font, Dictionary):
            return None
        key = font.objgen if font.is_indirect else (-1, hash(font.unparse()))
        if key not in self.faces:
            self.faces[key] = Face(font)
        return self.faces[key]

    def _drawn_glyph(self, face: Face, code: int, matrix: Matrix) -> None:
        """Paint a glyph of a Type 3 font (ISO 32000-1, 9.6.5), each once a page."""
        name, procedures = face.glyph_name(code), face.font.get("/CharProcs")
        procedure = procedures.get(f"/{name}") if isinstance(procedures, Dictionary) and name else None
        if not isinstance(procedure, Stream) or self._was(procedure, "glyph"):
            return
        state = copy(self.state)
        state.matrix = matrix
        self._aside(procedure, "Type 3 font", state, False, face.font.get("/Resources"))

    def _aside(self, stream: Any, where: str, state: State, bare: bool = False, resources: Any = None) -> None:
        """Follow a stream that stands for itself, and come back."""
        key = stream.objgen
        if key in self.active or self.depth > _DEEPEST:
            self.canvas.remark("content-damaged", f"the content of a {where} is nested in itself or too deep")
            return
        kept = self.state, self.brush.where, self.colourless, self.setter, self.base
        self.active.add(key)
        self.state, self.setter, self.colourless = state, Typesetter(self.brush), bare or self.colourless
        self.brush.where = where if self.brush.where in ("page", "form XObject") else self.brush.where
        self._enter(stream, where)
        own = stream.get("/Resources", resources)
        self._run(stream, own if isinstance(own, Dictionary) else self.resources)
        self.active.discard(key)
        self.state, self.brush.where, self.colourless, self.setter, self.base = kept

    def _enter(self, stream: Any, where: str) -> None:
        """Apply a form's matrix and box; look at its group."""
        if where in ("form XObject", "annotation", MASK):
            self.state.matrix = times(matrix_of(stream.get("/Matrix")), self.state.matrix)
            self.base = self.state.matrix
            box = box_of(stream.get("/BBox"))
            if box is not None:
                clip = self.state.clip
                outlines = clip.outlines
                if self.state.matrix[1] or self.state.matrix[2]:
                    outlines = (*outlines, ((quarter(self.state.matrix, box),), False))
                self.state.clip = Clip(clip.box.cut(box_at(self.state, box)), outlines)
        group = stream.get("/Group")
        if isinstance(group, Dictionary):
            self._group(group)

    def _group(self, group: Any) -> None:
        if str(group.get("/S")) != "/Transparency":
            return
        self.canvas.remark("transparency", "a transparency group")
        wrong = blend_space(group, self.resources, in_mask=self.brush.where == MASK)
        if wrong:
            self.canvas.remark("blend-space", f"a transparency group of the {self.brush.where} blends in {wrong}")

    def _do(self, operands: Any) -> None:
        thing = find(self.resources, "/XObject", operands, self.canvas)
        if not isinstance(thing, Stream):
            return
        kind = str(thing.get("/Subtype"))
        if kind == "/Image":
            self._image(thing)
        elif kind == "/Form" and str(thing.get("/Subtype2")) != "/PS":
            self._aside(thing, "form XObject", copy(self.state))

    def _image(self, stream: Any) -> None:
        picture = picture_of(self.state, stream, self.resources, stream, inline=False)
        self._check_tint(picture.space or GREY)
        self.brush.image(self.state, picture)
        if picture.stencil and self.state.fill.pattern is not None:
            self._pattern(self.state.fill, box_at(self.state, Box(0, 0, 1, 1)))
        mask = stream.get("/SMask")
        if isinstance(mask, Stream):
            self.canvas.remark("transparency", "a picture with a soft mask")
            space = resolve(mask.get("/ColorSpace"), self.resources)
            if space.family not in ("DeviceGray", "unknown"):
                own = picture_of(self.state, mask, self.resources, mask, inline=False)
                before, self.brush.where = self.brush.where, MASK
                self.brush.image(self.state, own)
                self.brush.where = before

    def _inline(self, operands: Any) -> None:
        self.brush.image(self.state, picture_of(self.state, operands.obj, self.resources, operands, inline=True))

    def _shading(self, operands: Any) -> None:
        shading = find(self.resources, "/Shading", operands, self.canvas)
        if isinstance(shading, Dictionary | Stream):
            for fault in shading_faults(shading):
                self.canvas.remark("shading-function", fault, self.state.clip.box.cut(self.brush.sheet))
            self.brush.shading(self.state, resolve(shading.get("/ColorSpace"), self.resources))


def _bare(painter: Painter, operands: Any) -> None:
    painter.colourless = True


_TEXT = {"BT", "Tf", "Tj", "TJ", "'", '"', "Tm", "Td", "TD", "T*", "Tc", "Tw", "Tz", "TL", "Ts", "Tr"}
_OTHER = {
    "cm": Painter._concat, "w": Painter._width, "gs": Painter._settings, "Do": Painter._do, "sh": Painter._shading,
    "INLINE IMAGE": Painter._inline, "d1": _bare,
}


def paint(pdf: Pdf, sheets: list[Box]) -> Iterator[Canvas]:
    """Yield each page, painted on its sheet."""
    budget, faces = Budget(), dict[tuple[int, int], Face]()
    for page, sheet in zip(pdf.pages, sheets, strict=True):
        painter = Painter(pdf, sheet, budget, faces)
        try:
            painter.paint(page.obj)
        except MISREAD as broken:
            painter.canvas.remark("content-damaged", f"the content cannot be understood ({type(broken).__name__})")
        canvas = painter.canvas
        canvas.codes = {key: frozenset(face.used) for key, face in canvas.fonts.items()}
        for face in canvas.fonts.values():
            face.used.clear()  # the next page is another matter
        yield canvas
