"""Courses, guides and occasions by hand, for the tests of everything that is taught."""


from making import AT
from msgspec.structs import replace

from booklet.teaching import AUDIENCES, Course, Guide, Municipality, Occasion, Programme, Stage

OWN = Municipality("Kåfjord", "Troms", {"population": "12345", "immigrants": "9,5 prosent"}, "2019", "SSB")


def stage(title: str = "Opning", minutes: int = 10, uses: str = "", **said: tuple[str, ...]) -> Stage:
    """Return a step of a programme."""
    return Stage(minutes, title, uses, "Si hei.", said.get("ask", ("Hvem?",)), ("Naboen",), ("Stopp i tide.",), AT)


def programme(*stages: Stage, frame: int = 90, name: str = "90 minutter") -> Programme:
    """Return a programme."""
    return Programme(name, frame, stages or (stage(), stage("Les", 80, "en.text")))


def course(*what: str, **more: object) -> Course:
    """Return a course on a theme, or on what is named."""
    fields: dict[str, object] = {
        "id": "kveld", "name": "Kveld", "title": "En kveld", "date": "12. mars", "audience": "planners",
        "what": what or ("en",), "programme": programme(), "copies": 20, "layout": "2-up", "language": "",
        "welcome": "Velkommen.", "place": "", "rules": ("Snakk ferdig.",), "short": False, "municipality": OWN,
        "position": AT, **more}
    return Course(**fields)  # type: ignore[arg-type]


def guide(theme: str = "en", *programmes: Programme) -> Guide:
    """Return what a facilitator holds in hand."""
    return Guide(theme, ("Alle vet det.",), ("Tusjer",), programmes or (programme(),))


def occasions() -> tuple[Occasion, ...]:
    """Return every kind of occasion that a handout is made for."""
    held = frozenset({"@en", "@en.text", "@en.berg", "en.text", "to.text"})
    plain = [Occasion(audience, guides=(guide(),), held=held, contents=True) for audience in AUDIENCES]
    given = [replace(one, course=course()) for one in plain]
    blank = course(date="", municipality=Municipality(), audience="", rules=(), welcome="")
    layouts = [replace(given[1], course=course(layout=layout)) for layout in ("1-up", "2-up", "a5-booklet")]
    audiences = [replace(given[0], course=course(audience=name)) for name in ("politicians", "volunteers", "staff")]
    invitation = Occasion(course=course(), leaflet=True)
    return (Occasion(contents=True), *plain, *given, *layouts, *audiences, invitation, replace(given[0], course=blank))
