"""The shapes of facilitator.yaml, of courses, of a municipality's figures: keys, kinds, help.  No I/O."""

from booklet.kinds import Field


def _maybe(help_text: str, kind: str = "text") -> Field:
    return Field(kind, help_text, required=False)


def _lines(help_text: str, *, kind: str = "text", required: bool = False) -> Field:
    """Return a list that may be given as one text."""
    return Field(kind, help_text, required, listed=True, single=True)


def _choice(help_text: str, *choices: str) -> Field:
    return Field("choice", help_text, False, choices)


COURSE_FORM: dict[str, dict[str, Field]] = {
    "facilitator": {
        "aims": _lines("What the participants know or can do afterwards, one line each", required=True),
        "materials": _lines("What must lie ready in the room, one line each"),
        "programmes": Field("programme", "Meetings of different length", listed=True, least=1),
    },
    "programme": {
        "name": Field("text", "What it is called: «90 minutter»"),
        "frame": Field("number", "Minutes that there are; the steps together should be as long"),
        "steps": Field("stage", "Its steps, in order", listed=True, least=1),
    },
    "stage": {
        "minutes": Field("number", "How long the step takes"),
        "title": Field("text", "Name of the step"),
        "uses": _maybe("What the participants look at: text.md, examples/berg.md, questions, notes or takeaways"),
        "say": _maybe("What the leader says", "prose"),
        "ask": _lines("What the leader asks"),
        "expect": _lines("Answers that will probably come"),
        "pitfalls": _lines("What can go wrong, and what helps"),
    },
    "course": {
        "name": _maybe("What lists call it; its file's name is what the command takes"),
        "title": Field("text", "Title of the course, as printed", most_words=16),
        "date": _maybe("When, as printed: «tirsdag 12. mars kl. 18–21»; missing leaves a line"),
        "audience": _choice("Whom it is for", "politicians", "planners", "volunteers", "staff"),
        "what": Field("text", "Themes, texts and examples in the order wanted: nettverk, nettverk/text, nettverk/berg",
                      listed=True, least=1),
        "programme": Field("programme", "Name of a programme of the first theme, or one of its own", False, named=True),
        "copies": _maybe("How many copies for participants", "count"),
        "layout": _choice("How it is printed", "1-up", "2-up", "a5-booklet"),
        "language": _choice("Language of what the program writes: nb or nn", "nb", "nn"),
        "welcome": _maybe("The course's own words of welcome", "prose"),
        "place": _maybe("Where; missing leaves a line"),
        "rules": _lines("House rules, one line each"),
        "short": _choice("yes: participants get the points of a theme instead of its text", "yes", "no"),
        "municipality": _maybe("File with the municipality's own figures, YAML or CSV, a path from the content folder"),
    },
    "municipality": {
        "name": _maybe("Name of the municipality"),
        "county": _maybe("Its county"),
        "population": _maybe("Inhabitants", "amount"),
        "immigrants": _maybe("Immigrants, a number or a share: «12,5 prosent»", "amount"),
        "employed": _maybe("Share of immigrants in work", "amount"),
        "settled": _maybe("Refugees settled", "amount"),
        "year": _maybe("Year that the figures hold for", "year"),
        "source": _maybe("Where the figures come from"),
    },
}
