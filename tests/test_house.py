"""The house rules: who may import whom, one door per library, and how big a room may be."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "booklet"

FLOORS = [
    {"basics", "branches", "calculator", "carpentry", "catalogue", "declared", "digests", "distribution", "entities",
     "findings", "gleaning", "glyphs", "graphs", "headroom", "hyphens", "impressions", "letters", "locks", "measures",
     "mending", "notation", "numerals", "options", "overprint", "pages", "paints", "pixels", "plane", "profiles",
     "qr", "repository", "scales", "scans", "shaping", "shifting", "signals", "spaces", "spreads", "stacks", "steps",
     "sticks", "stitches", "streams", "subsets", "syllables", "typefaces", "typography", "values", "versions",
     "watch", "widths", "witness", "wording", "workers"},
    {"canvas", "cascade", "casting", "collector", "colour", "demands", "dummies", "easel", "engraving", "figures",
     "flongs", "forms", "glance", "job", "likeness", "manuscript", "measuring", "mutterings", "parcels", "presses",
     "purchase", "quantities", "retelling", "rulers", "separations", "sewing", "showing", "slugs", "stamps",
     "stencils", "subsetting", "supply", "teaching", "terminal", "waivers"},
    {"appearances", "atlas", "breaking", "brush", "comments", "daybook", "docket", "drawings", "edges", "functions",
     "grounds", "haste", "leaves", "lettering", "liveries", "marginals", "matter", "model", "moulds", "nodes",
     "pairs", "patterns", "plates", "plots", "printed", "program", "reckoning", "settings", "signs", "store",
     "tables", "targets", "tints"},
    {"anatomy", "blocks", "boxes", "claims", "collation", "drawers", "entries", "frames", "inking", "inline", "kinds",
     "kits", "ledger", "matching", "origins", "packing", "parallels", "pathways", "phrases", "pictures", "quires",
     "review", "selection", "stamping", "standings", "strips", "tags", "typecase", "typesetter", "whereabouts"},
    {"chartform", "colourchecks", "courseform", "embedding", "extras", "factsheet", "finishing", "fragments",
     "furniture", "gallery", "gauges", "inkcheck", "intents", "interpreter", "memory", "mounting", "orderform",
     "outputs", "passages", "preliminaries", "proof", "render", "runform", "shop", "signposts", "stripping",
     "transfers"},
    {"assembly", "counterproofs", "factlist", "handouts", "holdings", "imposition", "linechecks", "markup",
     "ordersheet", "recipes", "shapes", "source", "survey", "textchecks", "warehouse", "words"},
    {"bodies", "codes", "composition", "inventory", "municipalities", "palette", "preflight", "registers", "schemas",
     "shortcuts"},
    {"artwork", "charts", "lexicon", "linework", "pieces", "printers", "revision", "runs", "standard", "stereotypes",
     "terms", "units"},
    {"attestation", "changemarks", "contents", "crossrefs", "drift", "engine", "forecast", "galleys", "styles",
     "verdict"},
    {"budget", "columns", "courses", "fitting", "legibility", "pagination", "press", "rags"},
    {"crew", "ending", "leaflets", "lint", "planning", "reader"},
    {"marking", "pipeline", "reading", "rehearsal"},
    {"commission", "inspection", "round", "states"},
    {"cli", "comparison", "coursework", "custody", "freezing", "ordering", "summary"},
    {"bulletin", "buyer", "corrections", "designer", "digest", "news", "series", "start"},
    {"hindsight", "reviewcopy", "slip", "trainer"},
    {"archivist", "errata", "sidebyside"},
    {"editor"},
]
DOORS = {
    "yaml": {"nodes"}, "markdown": {"markup"}, "jinja2": {"render"}, "markupsafe": {"forms", "render"},
    "weasyprint": {
        "branches", "breaking", "carpentry", "cascade", "casting", "counterproofs", "daybook", "declared",
        "distribution", "edges", "engine", "engraving", "flongs", "furniture", "gleaning", "grounds", "impressions",
        "inking", "liveries", "marginals", "matching", "mending", "moulds", "numerals", "parallels", "plates",
        "rulers", "shaping", "shortcuts", "showing", "slugs", "stacks", "stencils", "stereotypes", "sticks", "supply",
        "transfers"},
    "PIL": {"colour", "inkcheck", "marking"}, "uharfbuzz": {"subsetting"},
    "pypdfium2": {"linework", "marking", "sidebyside"},
    "pikepdf": {
        "anatomy", "appearances", "attestation", "boxes", "brush", "extras", "figures", "functions",
        "imposition", "intents", "interpreter", "lettering", "preflight", "reviewcopy", "separations", "settings",
        "spaces", "stitches", "streams", "tints", "typesetter"},
    "subprocess": {"repository", "separations"},
    "click": {"archivist", "buyer", "cli", "designer", "editor", "ending", "options", "terminal", "trainer"},
    "segno": {"qr"}, "csv": {"factsheet", "municipalities"}, "distributed": {"trainer"}, "zipfile": {"coursework"},
    "multiprocessing": {"workers"}, "watchfiles": {"watch"}, "fcntl": {"locks"},
}
NEVER = {"pickle", "marshal", "shelve", "requests", "urllib3", "http", "socket", "pydyf", "tinycss2", "fontTools"}
CLOCKS_AND_DICE = {"now", "today", "utcnow", "uuid1", "uuid4", "random", "urandom", "time", "time_ns", "getpid"}
LONGEST_FUNCTION, LONGEST_FILE, MOST_ARGUMENTS = 45, 300, 5

MODULES = sorted(p for p in PACKAGE.glob("*.py") if not p.stem.startswith("__"))
every_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)


def tree(path: Path) -> ast.Module:
    """Return what a room says."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    """Yield every name a module imports, wherever in the file and by whichever way it does so."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path.name}:{node.lineno} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "import_module":
            yield from (word.value for word in node.args if isinstance(word, ast.Constant))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function definition of a module."""
    yield from (n for n in ast.walk(tree(path)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def public(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Yield what others may use: functions and classes of the module, and the methods of those classes."""
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            for inner in node.body if isinstance(node, ast.ClassDef) else ():
                if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_"):
                    yield inner


def floor(room: str) -> int:
    """Return the number of the floor a room stands on."""
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


def test_every_room_has_one_floor_and_every_place_a_room() -> None:
    rooms = [room for rooms in FLOORS for room in rooms]
    assert sorted(rooms) == sorted(path.stem for path in MODULES)


def test_every_door_leads_somewhere() -> None:
    used = {name.split(".")[0] for path in MODULES for name in imported(path)}
    assert sorted(DOORS.keys() - used) == []


def test_the_front_door_is_bare() -> None:
    assert list(imported(PACKAGE / "__init__.py")) == []


@every_module
def test_imports_only_point_down(path: Path) -> None:
    ours = {name.split(".")[1] for name in imported(path) if name.startswith("booklet.")}
    assert [room for room in ours if floor(room) >= floor(path.stem)] == []


@every_module
def test_each_library_has_its_door(path: Path) -> None:
    used = {name.split(".")[0] for name in imported(path)}
    assert [library for library in used & DOORS.keys() if path.stem not in DOORS[library]] == []
    assert used & NEVER == set()


@every_module
def test_rooms_stay_small(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= LONGEST_FILE
    long = [f.name for f in functions(path) if (f.end_lineno or 0) - f.lineno >= LONGEST_FUNCTION]
    assert long == []


@every_module
def test_functions_are_told_few_things(path: Path) -> None:
    told = {f.name: [a.arg for a in f.args.args if a.arg not in ("self", "cls")] for f in functions(path)}
    assert {name: words for name, words in told.items() if len(words) > MOST_ARGUMENTS} == {}


@every_module
def test_rooms_say_what_they_are(path: Path) -> None:
    assert ast.get_docstring(tree(path)), "no module docstring"
    assert [one.name for one in public(path) if not ast.get_docstring(one)] == []
    assert [f.name for f in functions(path) if f.returns is None] == []


@every_module
def test_nothing_is_caught_in_general_and_nothing_in_silence(path: Path) -> None:
    handlers = [node for node in ast.walk(tree(path)) if isinstance(node, ast.ExceptHandler)]
    general = [h.lineno for h in handlers if h.type is None or ast.unparse(h.type) in ("Exception", "BaseException")]
    silent = [h.lineno for h in handlers if isinstance(h.body[0], ast.Pass)]
    assert (general, silent) == ([], [])


@every_module
def test_profiles_are_rows_not_branches(path: Path) -> None:
    compared = [
        ast.unparse(node) for node in ast.walk(tree(path))
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq)]
    assert [one for one in compared if "profile.name" in one] == []


@every_module
def test_nobody_reads_the_clock_or_throws_dice(path: Path) -> None:
    if path.stem == "cli":
        return  # the terminal knows what day it is, and passes it down
    read = {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}
    used = read | {name.split(".")[-1] for name in imported(path)}
    used -= {"getpid"} if path.stem in ("engine", "workers") else set()  # who is whose child, and no byte of a file
    assert used & CLOCKS_AND_DICE == set()
    assert path.stem == "pipeline" or "perf_counter" not in used, "the stop-watch is the pipeline's"


@every_module
def test_only_the_terminal_speaks(path: Path) -> None:
    calls = {ast.unparse(node.func) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)}
    assert path.stem in ("cli", "terminal") or not calls & {"print", "input", "click.echo"}
