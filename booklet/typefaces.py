"""The booklet's typefaces: which file each face comes from, as rows.  No engine, no layout.

Files come from registry packages, never from the system. A *hole* family is the same file under another
name: what is set in it stands alone in the content stream, so a number can be put there after the layout.
"""

from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct


class Face(Struct, frozen=True):
    """One font file under one CSS family, weight and style."""

    name: str
    """As the layout engine writes it into ``/BaseFont``."""
    family: str
    weight: int
    style: str
    package: str
    file: str
    hole: bool = False
    figures: tuple[str, ...] = ("tnum",)
    """OpenType features that numbers put into holes are set with, as the style sheet sets the text around them."""


_SERIF, _SANS = "font_source_serif_pro", "font_source_sans_pro"

FACES = {
    face.name: face
    for face in (
        Face("BookletSerif", "BookletSerif", 400, "normal", _SERIF, "SourceSerifPro-Regular.ttf"),
        Face("BookletSerif-Italic", "BookletSerif", 400, "italic", _SERIF, "SourceSerifPro-It.ttf"),
        Face("BookletSerif-Bold", "BookletSerif", 700, "normal", _SERIF, "SourceSerifPro-Semibold.ttf"),
        Face("BookletSerif-Bold-Italic", "BookletSerif", 700, "italic", _SERIF, "SourceSerifPro-SemiboldIt.ttf"),
        Face("BookletSans", "BookletSans", 400, "normal", _SANS, "SourceSansPro-Regular.ttf"),
        Face("BookletSans-Italic", "BookletSans", 400, "italic", _SANS, "SourceSansPro-It.ttf"),
        Face("BookletSans-Bold", "BookletSans", 700, "normal", _SANS, "SourceSansPro-Semibold.ttf"),
        Face("BookletSans-Bold-Italic", "BookletSans", 700, "italic", _SANS, "SourceSansPro-SemiboldIt.ttf"),
        Face("BookletDisplay", "BookletDisplay", 400, "normal", _SERIF, "SourceSerifPro-Light.ttf"),
        Face("BookletDisplay-Bold", "BookletDisplay", 700, "normal", _SANS, "SourceSansPro-Bold.ttf"),
        Face("BookletHoleSerif", "BookletHoleSerif", 400, "normal", _SERIF, "SourceSerifPro-Regular.ttf", hole=True,
             figures=("tnum", "onum")),
        Face("BookletHoleSans", "BookletHoleSans", 400, "normal", _SANS, "SourceSansPro-Regular.ttf", hole=True),
        Face("BookletHoleBold", "BookletHoleBold", 400, "normal", _SANS, "SourceSansPro-Semibold.ttf", hole=True),
    )
}


def face_path(face: Face) -> Path:
    """Return the font file of a face in its installed package; ModuleNotFoundError when that is not installed."""
    spec = find_spec(face.package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"the font package '{face.package}' is not installed", name=face.package)
    return Path(spec.origin).parent / "files" / face.file


def face_url(face: Face) -> str:
    """Return the virtual address that style sheets and the engine know a face by."""
    return f"book://x/fonts/{face.name}.ttf"


def font_face_rules() -> str:
    """Return the ``@font-face`` rules of all faces."""
    return "\n".join(
        f"@font-face {{ font-family: {face.family}; font-weight: {face.weight}; font-style: {face.style};"
        f" src: url({face_url(face)}) }}"
        for face in FACES.values()
    )
