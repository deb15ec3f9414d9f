"""The shape of print.yaml, what a print buyer orders: which keys, of which kind, with which help.  No I/O."""

from booklet.kinds import Field


def _blank(help_text: str, kind: str = "text") -> Field:
    """Return a key that may be left empty: the order sheet then has a line to fill in by hand."""
    return Field(kind, help_text, required=False)


def _lines(kind: str, help_text: str) -> Field:
    return Field(kind, help_text, required=False, listed=True)


ORDER_FORM: dict[str, dict[str, Field]] = {
    "print": {
        "copies": _blank("How many, unless the command says another number", "count"),
        "format": _blank("Trimmed size, width × height: 170 × 240 mm; compared with the file", "size"),
        "cover": Field("choice", "A cover of its own paper, or the same as inside", False, ("separate", "self")),
        "cover-paper": _blank("Paper of the cover, by the name the print shop knows"),
        "cover-grammage": _blank("Its weight in g/m²", "number"),
        "cover-thickness": _blank("Thickness of a leaf of it in µm, where known", "number"),
        "inside-paper": _blank("Paper of the inside, by the name the print shop knows"),
        "inside-grammage": _blank("Its weight in g/m²", "number"),
        "inside-thickness": _blank("Thickness of a leaf of it in µm, where known", "number"),
        "colours": _blank("Inks on the two sides of a sheet: 4+4"),
        "binding": Field("choice", "Stitched through the fold, or glued at the spine", False, ("stitched", "glued")),
        "finishing": _lines("text", "What else is done to it, one line each"),
        "proof": _blank("Which proof the buyer wants to see before the run"),
        "delivery": _lines("delivery", "Where it is delivered, one entry a place"),
        "contacts": _lines("contact", "Whom the print shop asks"),
        "environmental-marks": _lines("mark", "Marks that the print shop may set, each with its licence number"),
        "notes": _lines("text", "What else the print shop must know, one line each"),
    },
    "delivery": {
        "place": Field("text", "Name and address"),
        "date": _blank("Day of delivery, YYYY-MM-DD", "date"),
        "copies": _blank("How many of the copies", "count"),
    },
    "contact": {
        "role": _blank("For what: Bestiller, Faktura"),
        "name": Field("text", "Who"),
        "phone": _blank("Telephone"),
        "email": _blank("E-mail address"),
    },
    "mark": {
        "name": Field("text", "Name of the mark: Svanemerket"),
        "licence": Field("text", "Licence number of the print shop; without it the mark may not be set"),
    },
}
