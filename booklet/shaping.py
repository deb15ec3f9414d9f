"""Words → glyphs, each text shaped once: contexts, faces and features are set up once for a style.

In come computed styles of WeasyPrint 70.0 and texts; out go shaped lines that are measured, broken and painted as they
are, where the engine shapes the same words anew for every question. What is not plain (letters far apart, controls and
signs beyond European letters) is left to the engine. Knows nothing of where a line ends.
"""

import re
import struct
from functools import cached_property
from operator import itemgetter
from typing import Any

from weasyprint.text import fonts, line_break
from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.line_break import Layout

GLYPH = struct.Struct("=Iiii4s")
"""PangoGlyphInfo: glyph, width, offsets, and bits that nobody asks for."""
_FEATURES = (
    "font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps", "font_variant_numeric",
    "font_variant_alternates", "font_variant_east_asian", "font_feature_settings")
_SPACING = ("letter_spacing", "word_spacing", "overflow_wrap", "word_break", "direction")
_PLAIN = (0, "normal", "normal", "ltr")
_WIDEST_SPACING = 0.25
"""Parts of the size: letters that stand wider apart are left to the engine."""
_BREAKING = ("white_space", "hyphens", "hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone")
_FACE = ("font_family", "font_style", "font_stretch", "font_weight", "font_size", "font_variation_settings")
_DECIDING = (*_SPACING, *_BREAKING, *_FEATURES, *_FACE, "font_language_override", "lang")
"""All of it is inherited."""
_DECIDES, _SIZE = itemgetter(*_DECIDING), _DECIDING.index("font_size")
_LINES = ("ascent", "underline_position", "strikethrough_position", "underline_thickness", "strikethrough_thickness")
_EXTENTS = ffi.new("PangoRectangle *")
_DRAWER, _KEY = "shaping", "deciding"
"""Where a style notes its setting and what decides on it, and a set of fonts all settings."""
_MOST_SHAPES, _MOST_SETTINGS = 12_000, 512
"""Some 5 kB each; all six files of a booklet of 70 pages take 8,000."""
_EUROPEAN = re.compile("[ -~\u00a0-\u00ac\u00ae-\u024f\u2010-\u2027\u2030-\u205e\u20ac\u2212]+")
"""No controls, no soft hyphen, nothing that combines, joins or runs from the right."""


class Drawer:
    """Settings and their shapes, kept for all documents in the same fonts: so many that memory stays small."""

    def __init__(self) -> None:
        self.settings: dict[tuple[Any, ...], Setting] = {}
        self.struts: dict[tuple[Any, ...], tuple[float, float]] = {}
        self.kin: dict[tuple[Any, ...], list[Setting]] = {}
        self.shapes = 0

    def count(self) -> None:
        """Count a shape more, and forget all where there are too many."""
        self.shapes += 1
        if self.shapes > _MOST_SHAPES:
            self.shapes = 1
            for setting in self.settings.values():
                setting.shapes, setting.rulers = {}, []

    def setting(self, style: Any, key: tuple[Any, ...]) -> "Setting":
        """Return what all texts of a style share."""
        setting = self.settings.get(key)
        if setting is None:
            if len(self.settings) >= _MOST_SETTINGS:
                self.settings.clear()
                self.struts.clear()
                self.kin.clear()
            setting = self.settings[key] = Setting(style, key, self)
        return setting


class Setting:
    """What all texts of one style share: how they are set, and what was set already."""

    def __init__(self, style: Any, key: tuple[Any, ...], drawer: "Drawer") -> None:
        self.key, self.size = key, style["font_size"]
        self.spacing = 0 if key[0] == "normal" else key[0]
        self.slack = 2 * abs(int(self.spacing * TO_UNITS))
        """By how many units Pango may be off where letters that are spaced begin and end."""
        self.white_space, self.hyphens, self.hyphen, self.limits, self.zone = key[len(_SPACING):][:len(_BREAKING)]
        self.drawer = drawer
        self.voice = style["lang"] and line_break.pyphen.language_fallback(style["lang"])
        """The language of its hyphens."""
        self.shapes: dict[str, Shape] = {}
        self.rulers: list[Any] = []
        self.kin = [] if self.spacing else drawer.kin.setdefault((*key[:_SIZE], *key[_SIZE + 1:]), [])
        """Settings that differ in their size alone."""
        self.kin.append(self)
        self.context = ffi.gc(
            pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
        pango.pango_context_set_round_glyph_positions(self.context, False)
        pango.pango_context_set_base_dir(self.context, PANGO_DIRECTION["ltr"])
        self.language = self._speak(style["font_language_override"], style["lang"])
        self.description = fonts.get_font_description(style)
        self.attributes = None
        features = fonts.font_features(*(style[name] for name in _FEATURES))
        if features or self.spacing:
            self.attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
        if features:
            words = ",".join(f"{name} {value}" for name, value in features.items()).encode()
            pango.pango_attr_list_insert(self.attributes, pango.pango_attr_font_features_new(words))
        if self.spacing:
            spacing = pango.pango_attr_letter_spacing_new(int(self.spacing * TO_UNITS))
            pango.pango_attr_list_insert(self.attributes, spacing)

    def _speak(self, override: str, lang: str | None) -> Any:
        """Tell Pango the language, and return it."""
        name = LST_TO_ISO.get(override.lower(), override) if override != "normal" else lang
        if not name:
            return pango.pango_language_get_default()
        pointer, _ = unicode_to_char_p(name)
        language = pango.pango_language_from_string(pointer)
        pango.pango_context_set_language(self.context, language)
        return language

    @cached_property
    def lines(self) -> dict[str, float]:
        """Where lines stand under and through words, and how thick they are, as the engine notes it on a layout."""
        metrics = ffi.gc(
            pango.pango_context_get_metrics(self.context, self.description, self.language),
            pango.pango_font_metrics_unref)
        return {name: getattr(pango, f"pango_font_metrics_get_{name}")(metrics) * FROM_UNITS for name in _LINES}

    def layout(self) -> Any:
        """Return a Pango layout without text or width."""
        layout = ffi.gc(pango.pango_layout_new(self.context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(layout, False)
        pango.pango_layout_set_font_description(layout, self.description)
        if self.attributes is not None:
            pango.pango_layout_set_attributes(layout, self.attributes)
        return layout

    def shape(self, text: str) -> "Shape":
        """Return a text as one line."""
        shape = self.shapes.get(text)
        if shape is None:
            self.drawer.count()
            shape = self.shapes[text] = Shape(self, text)
        return shape


class Shape:
    """A text as one line of glyphs."""

    def __init__(self, setting: Setting, text: str) -> None:
        self.setting, self.text, self.layout = setting, text, setting.layout()
        self.ruler: Any = None
        pango.pango_layout_set_text(self.layout, text.encode(), -1)
        self.line = pango.pango_layout_get_line_readonly(self.layout, 0)
        pango.pango_layout_line_get_extents(self.line, ffi.NULL, _EXTENTS)
        self.units = _EXTENTS.width
        self.width, self.height = self.units * FROM_UNITS + setting.spacing, _EXTENTS.height * FROM_UNITS
        self.baseline = pango.pango_layout_get_baseline(self.layout) * FROM_UNITS

    @cached_property
    def runs(self) -> list[tuple[Any, Any, bytes, int]]:
        """The line's runs: Pango's item, its glyph string, the glyphs' bytes, and how many there are."""
        found, run = [], self.line.runs
        while run != ffi.NULL:
            glyphs = run.data.glyphs
            count = glyphs.num_glyphs
            found.append((run.data.item, glyphs, bytes(ffi.buffer(glyphs.glyphs, count * GLYPH.size)), count))
            run = run.next
        return found


class Kept(Layout):  # type: ignore[misc]
    """A layout that is painted as it was measured; whoever wants more of it than that gets one set up anew."""

    def __init__(self, shape: Shape, max_width: float | None) -> None:
        self.shape, self.text, self.max_width = shape, shape.text, max_width
        self.justification_spacing = 0
        self.first_line_direction = shape.line.resolved_dir
        self.dressed: Any = None

    def __getattr__(self, name: str) -> Any:
        if name in _LINES:
            return self.shape.setting.lines[name]
        if name in ("layout", "language", "style") and self.dressed is not None:
            super().setup(self.dressed)
            self.set_text(self.text, justify=True)
            return self.__dict__[name]
        raise AttributeError(name)

    def reactivate(self, style: Any) -> None:
        """Note in which style it will be painted."""
        self.dressed = style

    def deactivate(self) -> None:
        """Forget what was set up anew."""
        for name in ("layout", "language", "style"):
            self.__dict__.pop(name, None)

    @property
    def ready(self) -> bool:
        """Whether it can be painted as it is, in the style that it was given."""
        return "layout" not in self.__dict__ and setting_of(self.dressed) is self.shape.setting


def _is_close(spacing: Any, size: float) -> bool:
    """Tell whether letters stand as close as is usual."""
    return spacing == "normal" or (type(spacing) in (int, float) and abs(spacing) <= size * _WIDEST_SPACING)


def _key_of(style: Any) -> tuple[Any, ...]:
    """Return all of a style that decides how its texts are set."""
    key = style.__dict__[_KEY] = _DECIDES(style)
    return key  # type: ignore[no-any-return]


def _drawer_of(style: Any) -> Drawer:
    kept: dict[str, Drawer] = style.font_config.__dict__
    return kept.get(_DRAWER) or kept.setdefault(_DRAWER, Drawer())


def setting_of(style: Any) -> Setting | None:
    """Return how a style is set, set up once for a set of fonts; None when it is not plain.

    It is noted on the style itself: of what decides, the engine changes nothing but the white space of a style in use.
    """
    noted = style.__dict__.get(_DRAWER)
    if noted is not None and noted[0] == style["white_space"]:
        return noted[1]  # type: ignore[no-any-return]
    if not hasattr(style, "cache"):  # of a text in a drawing, whose style is no cascade's
        return None
    key, setting = _key_of(style), None
    if key[1:len(_SPACING)] == _PLAIN and _is_close(key[0], style["font_size"]):
        setting = _drawer_of(style).setting(style, key)
    style.__dict__[_DRAWER] = style["white_space"], setting
    return setting


def plain(text: str) -> bool:
    """Tell whether a text holds nothing but words as they are written in Europe."""
    return _EUROPEAN.fullmatch(text) is not None


_setup, _add_face = Layout.setup, fonts.FontConfiguration.add_font_face


def add_font_face(font_config: Any, *face: Any) -> None:
    """Add a face to a set of fonts, and forget what was shaped and worked out without it."""
    for kept in (_DRAWER, "moulds"):
        font_config.__dict__.pop(kept, None)
    _add_face(font_config, *face)


def setup(layout: Any, style: Any) -> None:
    """Set a layout up for a style, as the engine does, with what was set up before."""
    setting = setting_of(style)
    if setting is None or setting.spacing:  # the engine adds the space to the attributes of its own layout
        _setup(layout, style)
        return
    layout.style, layout.first_line_direction = style, 0
    layout.language, layout.layout = setting.language, setting.layout()
    if style["text_decoration_line"] == "none":
        layout.ascent = layout.underline_position = layout.strikethrough_position = None
    else:
        layout.__dict__.update(setting.lines)


_strut = line_break.strut


def strut(style: Any) -> tuple[float, float]:
    """Return the used line height and the baseline in it, in px; noted on the style itself."""
    noted = style.__dict__.get("strut")
    if noted is None:
        struts, key = _drawer_of(style).struts, (style.__dict__.get(_KEY) or _key_of(style), style["line_height"])
        if key not in struts:
            struts[key] = _strut(style)
        noted = style.__dict__["strut"] = struts[key]
    return noted  # type: ignore[no-any-return]
