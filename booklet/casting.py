"""The typefaces, handed to the engine's font library at once and as they lie in their packages.

In comes a font configuration of WeasyPrint 70.0; out goes the same with our faces, as their ``@font-face`` rules would
have left it: there each is fetched, copied, described in XML and told to all fonts that were loaded before. Reads no
style sheet.
"""

from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from weasyprint.text import fonts
from weasyprint.text.constants import FONTCONFIG_STYLE, FONTCONFIG_WEIGHT
from weasyprint.text.ffi import ffi, fontconfig, pangoft2

from booklet.typefaces import Face, face_path

_HEAD = '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'


def describe(face: Face, path: Path) -> str:
    """Return what the font library is told of a face in a file: the family, slant and weight that sheets know it by."""
    test = f'<test name="file" compare="eq"><string>{path.as_posix()}</string></test>'
    slant, weight = FONTCONFIG_STYLE[face.style], FONTCONFIG_WEIGHT[face.weight]
    features = "".join(f"<string>{key} {value}</string>" for key, value in fonts.font_features().items())
    return (
        f'<match target="scan">{test}<edit name="family" mode="prepend"><string>{face.family}</string></edit>'
        f'<edit name="slant" mode="assign_replace"><const>{slant}</const></edit>'
        f'<edit name="weight" mode="assign_replace"><int>{weight}</int></edit></match>'
        f'<match target="font">{test}<edit name="fontfeatures" mode="assign_replace">{features}</edit></match>')


def cast(configuration: Any, faces: Mapping[str, Face]) -> None:
    """Let the engine know faces; a face that cannot be loaded raises OSError."""
    if configuration._folder is None:
        configuration._folder = Path(mkdtemp(prefix="weasyprint-"))
    paths = {name: configuration._folder / name for name in faces}
    told = "".join(describe(faces[name], path) for name, path in paths.items())
    xml = f"{_HEAD}<fontconfig>{told}</fontconfig>".encode(fonts.PREFERRED_ENCODING)
    fontconfig.FcConfigParseAndLoadFromMemory(configuration._config, xml, True)
    for name, path in paths.items():
        path.symlink_to(face_path(faces[name]))
        if not fontconfig.FcConfigAppFontAddFile(configuration._config, str(path).encode(fonts.PREFERRED_ENCODING)):
            raise OSError(f"the typeface '{name}' cannot be loaded")
    pangoft2.pango_fc_font_map_config_changed(ffi.cast("PangoFcFontMap *", configuration.font_map))
