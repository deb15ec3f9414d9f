"""Where faults of a PDF are noted: the same one on the same page once, with how often and where first.

In come codes, messages, pages and boxes; out go faults in the order of their pages. It refuses to know PDF.
"""


from msgspec import Struct, field

from booklet.demands import CHECKS
from booklet.findings import Severity
from booklet.plane import MM, Box


class Fault(Struct, frozen=True):
    """One thing wrong with a PDF."""

    code: str
    message: str
    hint: str
    page: int | None
    """Counted from one; none where the file as a whole is meant."""
    box: Box | None = None
    """In mm from the lower left corner of the trimmed page."""

    @property
    def severity(self) -> Severity:
        """Return how much it matters."""
        return CHECKS[self.code].severity

    def words(self, name: str) -> str:
        """Return the fault on one line, as the terminal shows it."""
        place = f"page {self.page}: " if self.page else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{name}: {place}{self.severity} {self.code}: {self.message}{hint}"


class _Entry(Struct):
    message: str
    hint: str
    box: Box | None
    weight: float
    times: int = 1


class Docket(Struct):
    """Collects what is wrong with one file."""

    corners: list[Box] = field(default_factory=list)
    """The trimmed pages, in pt."""
    _entries: dict[tuple[str, int | None, str], _Entry] = field(default_factory=dict)

    def note(
        self, code: str, message: str, hint: str = "", page: int | None = None, *,
        box: Box | None = None, key: str = "", weight: float = 0.0,
    ) -> None:
        """Note a fault, ``page`` counted from nought; of several with one key that with the most weight is told."""
        assert code in CHECKS, code
        name = code, page, key or message
        known = self._entries.get(name)
        if known is None:
            self._entries[name] = _Entry(message, hint, box, weight)
            return
        known.times += 1
        if weight > known.weight:
            known.message, known.box, known.weight = message, box, weight

    def faults(self) -> tuple[Fault, ...]:
        """Return all faults: the file's first, then page by page."""
        found = []
        for (code, page, _), entry in self._entries.items():
            message = f"{entry.message} ({entry.times} times)" if entry.times > 1 else entry.message
            box = self._from_corner(entry.box, page)
            found.append(Fault(code, message, entry.hint, None if page is None else page + 1, box))
        return tuple(sorted(found, key=lambda fault: (fault.page or 0, fault.severity, fault.code, fault.message)))

    def _from_corner(self, box: Box | None, page: int | None) -> Box | None:
        if box is None or page is None or page >= len(self.corners):
            return None
        corner = self.corners[page]
        edges = ((box.left - corner.left) / MM, (box.bottom - corner.bottom) / MM,
                 (box.right - corner.left) / MM, (box.top - corner.bottom) / MM)
        return Box(*(round(max(-9999.0, min(9999.0, edge)), 2) for edge in edges))
