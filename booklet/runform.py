"""The shapes of a print run's record and of the thresholds of a revision: which keys, of which kind.  No I/O."""

from booklet.kinds import Field

_MANY = 99_999


def _said(help_text: str, kind: str = "record", required: bool = True) -> Field:
    return Field(kind, help_text, required)


def _lines(kind: str, help_text: str) -> Field:
    return Field(kind, help_text, required=False, listed=True, most=_MANY)


def _limit(help_text: str) -> Field:
    return Field("limit", help_text, required=False)


RUN_FORM: dict[str, dict[str, Field]] = {
    "run": {
        "edition": _said("The edition that was printed", "id"),
        "run": _said("Which printing of it: 1, 2 …", "number"),
        "copies": _said("How many copies", "count"),
        "date": _said("Day of the run, YYYY-MM-DD", "date"),
        "language": Field("choice", "Language of the text", choices=("nb", "nn")),
        "content": _said("SHA-256 of the content folder"),
        "styles": _said("SHA-256 of the styles folder"),
        "git": _said("Git revision of the content, where there is one with exactly this content", required=False),
        "file": _said("Name of the PDF that was printed"),
        "sha256": _said("Its SHA-256"),
        "pages": _said("How many pages it has", "number"),
        "profile": _said("How it was made", "id"),
        "printer": _said("For which print shop", "record"),
        "program": _said("Hash of the program and of all that decides the layout"),
        "versions": _lines("record", "Packages that decide the layout: weasyprint 70.0"),
        "fingerprint": _said("Hash of content, styles, print shop, profile and program together"),
        "map": _lines("record", "Unit and the page it begins on: nettverk.text 38"),
        "facts": _lines("record", "id, hash, pages in brackets, figure: employed-2017 0a1b2c3d4e [38 41] 65,0 prosent"),
        "units": _lines("run-unit", "What was printed, unit by unit"),
    },
    "run-unit": {
        "unit": _said("Its address"),
        "what": _said("booklet, article, theme, text, example, glossary, references, pictures", "id"),
        "theme": _said("The theme it belongs to", "id", required=False),
        "title": _said("Its title"),
        "file": _said("Its file in the content folder"),
        "blocks": _lines("run-block", "Its blocks and fields in order"),
    },
    "run-block": {
        "is": _said("What it is, line of its file, hash: paragraph 17 0a1b2c3d4e"),
        "key": _said("Its name, where it has one", required=False),
        "at": _said("A group a page: page, mm from left and top, lines: 38 51 23 4; 39 51 20 2", required=False),
        "text": _said("Its words in the lines they were printed in; ¬ where a word is broken", required=False),
    },
    "revision": {
        "slip-changes": _limit("How many changes a slip of errata may carry; 10 unless told"),
        "slip-words": _limit("How many words of one thing may change on a slip; 40 unless told"),
        "slip-added": _limit("How many added or removed paragraphs a slip may carry; 1 unless told"),
        "reprint-themes": _limit("How many themes may be renewed alone before the booklet is; 1 unless told"),
        "reprint-share": _limit("How many per cent of the blocks may change before all is reprinted; 15 unless told"),
    },
}
