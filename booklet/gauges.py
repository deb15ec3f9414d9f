"""What a designer may demand of every page, as a table of keys: ``styles/setting.yaml``.  No I/O; knows no page."""

from booklet.kinds import Field

_SHARE = "per cent"


def _size(what: str) -> Field:
    return Field("measure", what, required=False)


def _names(what: str) -> Field:
    return Field("id", what, required=False, listed=True)


SETTING: dict[str, Field] = {
    "widow-lines": _size("Fewest lines of a paragraph before and after the turn of a page"),
    "last-line": _size("Fewest letters on the last line of a paragraph"),
    "hyphens": _size("Most lines in a row that end with a hyphen"),
    "heading-lines": _size("Fewest lines below a heading on its page"),
    "last-page": _size(f"How full the last page of a unit is at least, in {_SHARE}"),
    "facing-lines": _size("By how many lines facing columns may end apart"),
    "grid-apart": _size("How far from the baseline grid a line may stand, in mm"),
    "smallest": _size("Smallest type, in pt"),
    "contrast": _size("Least contrast of words to what lies behind them"),
    "contrast-large": _size("The same for large type: 18 pt, or 14 pt bold"),
    "caption-apart": _size("How far from its figure a caption may stand, in mm"),
    "repair": _size(f"Most that letters are set tighter or looser to mend a last line, in {_SHARE}; 0: never"),
    "white": _names("Kinds of page that are designed with white: not asked how full they are"),
    "grid": _names("Kinds of page whose running text stands on the baseline grid"),
    "facing": _names("Kinds of page whose facing columns end on the same line"),
    "loose": _names("Classes whose last lines may be short: lists, labels, lines of a few words"),
    "share-grid": _size(f"Least share of the lines of running text on the grid, in {_SHARE}"),
    "share-fill": _size(f"How full pages are on average at least, designed white apart, in {_SHARE}"),
    "share-hyphens": _size(f"Largest share of lines that end with a hyphen, in {_SHARE}"),
}
