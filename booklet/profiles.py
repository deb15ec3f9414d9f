"""How a copy is made: one row a profile, read by every room that makes pages.  No I/O; nobody below."""

from msgspec import Struct


class Profile(Struct, frozen=True):
    """The demands on one kind of copy; a variant is a row here, never an ``if`` elsewhere."""

    name: str
    ink: str
    """Which column of the palette colours come from: ``cmyk``, ``srgb`` or ``grey``."""
    plan: str
    """Which units a copy consists of: ``booklet`` (cover to back cover) or ``handout`` (one A4 leaflet)."""
    trim: tuple[float, float]
    """Width and height of the finished page in mm."""
    bleed: float
    """Artwork beyond the trim on every edge in mm; a printer may want less of it."""
    facing: bool
    """Left and right pages differ (margins, folios)."""
    multiple: int
    """The number of pages is filled up to a multiple of this."""
    tagged: bool
    """The PDF carries a structure tree, links, bookmarks and page labels for a screen."""
    of_total: bool
    """The folio says «3 av 14» instead of «3», counted from the first page of the excerpt."""
    standard: str
    """The standard whose identification the file carries."""
    counted_by: str
    """The profile of the whole booklet whose page numbers an excerpt quotes."""
    tables: bool = False
    """The numbers behind the figures stand as tables at the end."""

    @property
    def layout(self) -> tuple[object, ...]:
        """What of a profile decides how a unit is laid out and painted."""
        return self.name, self.ink, self.plan, self.trim, self.bleed, self.facing, self.tagged, self.of_total


ORDER_SHEET = Profile("order", "srgb", "sheet", (210, 297), 0, False, 1, True, False, "PDF/UA-1", "order")
"""Not a copy of the booklet: the sheet that orders its printing."""
ERRATA_SLIP = Profile("slip", "cmyk", "sheet", (148, 210), 6, False, 1, False, False, "PDF/X-4", "slip")
"""Laid into printed copies: what is wrong in them."""
REVIEW_SUMMARY = Profile("review", "srgb", "sheet", (170, 240), 0, False, 1, True, False, "PDF/UA-1", "review")
"""What lies on top of the copy that shows whoever approves a revision what changed."""
FACT_LIST = Profile("facts", "srgb", "sheet", (210, 297), 0, False, 1, True, True, "PDF/UA-1", "facts")
"""The list of facts that the editor goes through once a year."""
SHEETS = (ORDER_SHEET, ERRATA_SLIP, REVIEW_SUMMARY, FACT_LIST)
"""What is made beside the booklet, each with a style sheet of its own."""
PROFILES = {
    profile.name: profile
    for profile in (
        Profile("print", "cmyk", "booklet", (170, 240), 6, True, 4, False, False, "PDF/X-4", "print"),
        Profile("screen", "srgb", "booklet", (170, 240), 0, False, 1, True, False, "PDF/UA-1", "screen", tables=True),
        Profile("handout", "grey", "handout", (210, 297), 0, False, 1, True, True, "PDF/UA-1", "print"),
    )
}
