"""The shape of a printer's file: which keys, of which kind, with which help.  No I/O."""

from booklet.kinds import Field


def _measure(help_text: str) -> Field:
    return Field("measure", help_text)


PRINTER: dict[str, Field] = {
    "name": Field("text", "What the demands are called: «Arkoffset, uten merker»"),
    "reason": Field("text", "Why they are so, and whose they are"),
    "standard": Field("choice", "PDF/X level of the file", choices=("PDF/X-4", "PDF/X-1a:2003")),
    "icc": Field("text", "ICC profile of press and paper, a path from this file"),
    "condition": Field("text", "Printing condition as registered: FOGRA39"),
    "condition-name": Field("text", "The same in words"),
    "registry": Field("url", "Where the condition is registered: http://www.color.org"),
    "bleed-head": _measure("Bleed at the head in mm"),
    "bleed-foot": _measure("Bleed at the foot in mm"),
    "bleed-outer": _measure("Bleed at the fore edge in mm"),
    "bleed-gutter": _measure("Bleed at the gutter in mm; 0 where the shop wants none"),
    "marks": Field("choice", "Crop marks, or none", choices=("none", "crop")),
    "slug": _measure("Room beyond the bleed in mm, for marks and the line that names the sheet"),
    "safe": _measure("No text or line art so near to the trim, in mm"),
    "ink": _measure("Highest sum of inks in per cent"),
    "ppi-error": _measure("Pictures below this resolution are refused"),
    "ppi-warning": _measure("Pictures below this resolution are reported"),
    "ppi-most": _measure("Pictures above this resolution are made smaller"),
    "ppi-target": _measure("The resolution they are made smaller to"),
    "ppi-line-error": _measure("1-bit pictures below this resolution are refused"),
    "ppi-line-warning": _measure("1-bit pictures below this resolution are reported"),
    "spots": Field("text", "Names of the spot colours allowed", required=False, listed=True),
    "multiple": Field("number", "The number of pages is a multiple of this"),
    "pages": Field("choice", "Single pages or spreads", choices=("single", "spreads")),
    "most-stitched": Field("number", "More pages than this cannot be saddle-stitched"),
    "overprint-black": Field("choice", "Whether text in pure black prints over what lies below", choices=("yes", "no")),
}
