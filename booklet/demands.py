"""Every check of the preflight: its code, how much it matters, why, and where it is written.  No I/O; nobody below."""

from collections.abc import Mapping

from msgspec import Struct

from booklet.findings import Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
_X4, _X1A, _GWG, _PDF = "ISO 15930-7", "ISO 15930-4", "GWG 2022, sheet-fed CMYK", "ISO 32000-1"
_SHOP = "the printer's file"


class Check(Struct, frozen=True):
    """A check: what breaks it is refused when it is an error."""

    severity: Severity
    reason: str
    source: str


CHECKS = {
    # the file
    "file-damaged": Check(_ERROR, "what one program mends another drops", f"{_PDF}, 7.5"),
    "file-encrypted": Check(_ERROR, "a press cannot open it", f"{_X4}; {_PDF}, 7.6"),
    "content-damaged": Check(_ERROR, "each program prints something else of it", f"{_PDF}, 7.8.2"),
    "content-too-complex": Check(_ERROR, "what is not read to its end is not checked", "this program"),
    "id-missing": Check(_ERROR, "two files cannot be told apart without it", f"{_X4}; {_PDF}, 14.4"),
    "external-content": Check(_ERROR, "what lies in another file is missing at the press", f"{_X4}; {_PDF}, 7.11"),
    # what it says of itself
    "pdfx-missing": Check(_ERROR, "a file that promises nothing is taken for an office file", f"{_X4}, identification"),
    "pdfx-wrong": Check(_ERROR, "the printer asks for another level of PDF/X", f"{_X4}, identification; {_SHOP}"),
    "pdfx-disagrees": Check(_ERROR, "two answers to one question are none", f"{_X4}, identification"),
    "trapped-unknown": Check(_ERROR, "what is trapped already must not be trapped again", f"{_X4}; {_PDF}, 14.11.6"),
    "intent-missing": Check(_ERROR, "colours mean nothing without their press", f"{_X4}; {_PDF}, 14.11.5"),
    "intent-several": Check(_ERROR, "a file is made for one press", f"{_X4}; {_PDF}, 14.11.5"),
    "intent-not-cmyk": Check(_ERROR, "the press prints with four inks", _GWG),
    "intent-profile": Check(_ERROR, "the profile of the press is not there or is damaged", f"{_X4}; {_PDF}, 14.11.5"),
    "intent-condition": Check(
        _ERROR, "a file made for one paper and named after another is printed wrong", f"{_X4}; {_PDF}, 14.11.5"),
    # pages
    "user-unit": Check(_ERROR, "programs that do not know it print in another size", _GWG),
    "page-rotated": Check(_WARNING, "imposition turns the page, or does not", _GWG),
    "crop-box": Check(_ERROR, "some programs cut the bleed away with it", _GWG),
    "box-nesting": Check(_ERROR, "trim lies in bleed, bleed in media", f"{_X4}; {_PDF}, 14.11.2"),
    "trim-box-missing": Check(_ERROR, "nobody knows where to cut", f"{_X4}; {_GWG}"),
    "trim-and-art-box": Check(_ERROR, "nobody knows which of the two to cut by", f"{_X4}; {_PDF}, 14.11.2"),
    "trim-sizes": Check(_WARNING, "the pages of a booklet are of one size", _GWG),
    "bleed-too-small": Check(_ERROR, "a cut that is off by a hair shows paper", _SHOP),
    "bleed-not-filled": Check(_ERROR, "artwork that ends at the cut shows paper", _SHOP),
    "safe-zone": Check(_WARNING, "what stands near the cut is cut off, or looks askew", _SHOP),
    "page-multiple": Check(_ERROR, "a sheet that is folded has four pages", _SHOP),
    "too-many-pages": Check(_ERROR, "so many pages cannot be stitched", _SHOP),
    "page-empty": Check(_WARNING, "an empty page is often a lost page", _GWG),
    # text
    "font-not-embedded": Check(_ERROR, "the press would set it in another typeface", f"{_X4}; {_PDF}, 9.9"),
    "font-type3": Check(_WARNING, "glyphs that are drawn are neither hinted nor trapped as text", "print shops' usage"),
    "font-damaged": Check(_ERROR, "each program prints other signs", f"{_X4}; {_PDF}, 9.9"),
    "font-opentype": Check(_ERROR, "the level of PDF/X is older than this kind of font", f"{_X1A}; {_PDF}, 9.9"),
    "missing-glyph": Check(
        _ERROR, "an empty box or nothing is printed where a sign should stand", f"{_X4}; {_PDF}, 9.7.6.3"),
    "small-text-inks": Check(_WARNING, "small signs in several inks are never in register", _GWG),
    "small-white-text": Check(_WARNING, "ink runs into small signs that are left white", _GWG),
    "rich-black-text": Check(_WARNING, "black text needs no other inks and gets coloured edges from them", _GWG),
    "white-overprint": Check(_ERROR, "white that overprints is not there", _GWG),
    "black-knocks-out": Check(_WARNING, "black text in a hole of the colour below shows paper at its edges", _GWG),
    "gray-over-colour": Check(_WARNING, "grey in DeviceGray cannot overprint what it lies on", _GWG),
    # colours
    "rgb-colour": Check(_ERROR, "a press makes of a screen's colour what it likes", f"{_X4}; {_GWG}"),
    "lab-colour": Check(_ERROR, "each program turns it into other inks", _GWG),
    "calibrated-colour": Check(_ERROR, "CalRGB and CalGray are colours of a screen", _GWG),
    "icc-colour": Check(_ERROR, "a colour with a profile of its own is converted once more", _GWG),
    "spot-colour": Check(_ERROR, "an ink that is not on the press is lost or costs extra", f"{_GWG}; {_SHOP}"),
    "spot-count": Check(_ERROR, "the press has so many units", _SHOP),
    "registration-colour": Check(_ERROR, "what prints on every plate belongs to the marks", _GWG),
    "too-much-ink": Check(_ERROR, "ink that does not dry sets off on the next sheet", f"{_GWG}; {_SHOP}"),
    "ink-not-checked": Check(_WARNING, "what was not looked at is not passed", "this program"),
    "transparency": Check(_ERROR, "the level of PDF/X is older than transparency", f"{_X1A}; {_PDF}, 11"),
    "blend-space": Check(_ERROR, "colours that are blended elsewhere come back changed", f"{_GWG}; {_PDF}, 11.6.6"),
    "transfer-function": Check(_ERROR, "it changes every colour at the press", f"{_X4}; {_PDF}, 10.5"),
    "halftone": Check(_WARNING, "the press makes its own screen", f"{_X4}; {_PDF}, 10.6"),
    "shading-function": Check(
        _ERROR, "a gradient that cannot be computed is left out or stops the press", f"{_PDF}, 8.7.4.5"),
    # lines and pictures
    "hairline": Check(_WARNING, "so thin a line breaks on the plate", _GWG),
    "resolution-too-low": Check(_ERROR, "the pixels are seen", f"{_GWG}; {_SHOP}"),
    "resolution-low": Check(_WARNING, "the picture is less sharp than it could be", f"{_GWG}; {_SHOP}"),
    "line-resolution-too-low": Check(_ERROR, "black and white pixels show as steps", f"{_GWG}; {_SHOP}"),
    "line-resolution-low": Check(_WARNING, "black and white pixels may show as steps", f"{_GWG}; {_SHOP}"),
    "image-damaged": Check(_ERROR, "half of the picture would be grey", f"{_PDF}, 7.4"),
    "jpeg2000": Check(_ERROR, "the level of PDF/X is older than this compression", f"{_X1A}; {_PDF}, 7.4.9"),
    "alternate-image": Check(_ERROR, "nobody knows which of two pictures is printed", f"{_X4}; {_PDF}, 8.9.5.4"),
    "opi": Check(_ERROR, "a placeholder is printed where the picture is not found", f"{_X4}; {_PDF}, 14.11.7"),
    "postscript": Check(_ERROR, "a program within the file can do anything", f"{_X4}; {_PDF}, 8.8.2"),
    # what is not printed
    "layer-hidden": Check(_ERROR, "what is hidden here may be printed there", f"{_X4}; {_PDF}, 8.11"),
    "layers": Check(_ERROR, "the level of PDF/X is older than layers", f"{_X1A}; {_PDF}, 8.11"),
    "annotation": Check(_ERROR, "a note or link on the page may be printed", f"{_X4}; {_PDF}, 12.5"),
    "form-field": Check(_ERROR, "a field looks different in every program", f"{_X4}; {_PDF}, 12.7"),
    "javascript": Check(_ERROR, "a file for the press does nothing of its own", f"{_X4}; {_PDF}, 12.6.4.16"),
    "action": Check(_ERROR, "a file for the press does nothing of its own", f"{_X4}; {_PDF}, 12.6"),
    "attachment": Check(
        _ERROR, "files within the file are not printed, and stop some servers", f"{_GWG}; {_PDF}, 7.11.4"),
}
"""Code → check."""


def catalogue(reasons: Mapping[str, str], of_pages: Mapping[str, tuple[str, str]]) -> list[dict[str, str]]:
    """Return all checks: those of content and of laid-out pages with their reasons, those of PDFs with severity."""
    ours = [{"code": code, "of": "content", "severity": "", "reason": reason, "source": ""}
            for code, reason in reasons.items()]
    ours += [{"code": code, "of": "lint", "severity": "", "reason": reason, "source": source}
             for code, (reason, source) in of_pages.items()]
    return ours + [
        {"code": code, "of": "preflight", "severity": str(check.severity), "reason": check.reason,
         "source": check.source} for code, check in CHECKS.items()]
