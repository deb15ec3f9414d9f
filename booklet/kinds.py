"""The kinds of values that a YAML file can hold: text, date, number, choice, id, ISBN, web address, lists of them.

In comes a node, out go texts that fit, or findings that say why not. It refuses to know keys and files.
A scalar is never turned into something else: «no», «1.10» and «0123» stay what the author wrote.
"""

import datetime
import re
from collections.abc import Callable

from msgspec import Struct

from booklet.collector import Collector
from booklet.findings import Position
from booklet.letters import IDENTIFIER, WEB_ADDRESS, guess, quoted
from booklet.nodes import Hole, Mapping, Node, Scalar, Sequence

_WHITE = re.compile(r"[ \t\n]+")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_AMOUNT = re.compile(r"\d[\d \u00a0]*(?:[.,]\d+)?(?: ?(?:%|prosent))?", re.ASCII)
_ISBN = re.compile(r"97[89]-\d+-\d+-\d+-\d|\d+-\d+-\d+-[\dX]", re.ASCII)
_YEAR = re.compile(r"(?:1[4-9]|20)\d\d(?:[a-z]|[–/-](?:\d{4}|\d\d))?", re.ASCII)
SIZE = re.compile(r"(\d{2,3}) ?[×x] ?(\d{2,3}) mm", re.ASCII)
"""Width and height of a page."""
_HTML = re.compile(r"</?[A-Za-z][^<>]*>|<!--|<[A-Za-z]+$")
_MARKDOWN = re.compile(r"!?\[[^\]]*\]\([^)]*\)|\[@[^\]]*\]|\[\^[^\]]*\]|\*\*\S|^#{1,6} |^:::|`[^`]+`")
MANY = 99
"""Items of a list whose length does not matter."""
_DIGITS = {"isbn": (13,), "any-isbn": (10, 13)}
_NULLS = {"~", "null", "Null", "NULL"}


class Field(Struct, frozen=True):
    """What a key may hold."""

    kind: str
    """``text``, ``prose``, ``date``, ``number``, ``count``, ``limit``, ``measure``, ``amount``, ``size``, ``choice``,
    ``id``, ``year``, ``isbn`` (13 digits), ``any-isbn``, ``url``, ``record`` (what the program wrote, lines and all),
    or the name of a shape for each item of a list."""
    help: str
    required: bool = True
    choices: tuple[str, ...] = ()
    listed: bool = False
    least: int = 0
    most: int = MANY
    most_words: int = 0
    single: bool = False
    """Whether one text may stand for a list of one."""
    named: bool = False
    """Whether a name may stand for the thing of a shape."""


class Datum(Struct, frozen=True):
    """A text that fits, and its place."""

    text: str
    position: Position


def text_of(node: Node) -> str:
    """Return what a node is, in words."""
    if isinstance(node, Scalar):
        return f"the text {quoted(node.text, 30)}" if node.text.strip() else "nothing"
    return "a list" if isinstance(node, Sequence) else "keys with values"


def read_items(field: Field, node: Node, key: str, found: Collector) -> tuple[Node, ...] | None:
    """Return the items of a list of the length wanted, None when it is no list."""
    if isinstance(node, Hole):
        return None
    if not isinstance(node, Sequence):
        hint = "write '[one, other]', or lines that begin with '- '"
        found.error("wrong-type", f"'{key}' must be a list, not {text_of(node)}", node.position, hint)
        return None
    if not field.least <= len(node.items) <= field.most:
        wanted = f"exactly {field.least}" if field.least == field.most else f"{field.least} to {field.most}"
        wanted = f"at least {field.least}" if field.most == MANY else wanted
        message = f"'{key}' has {len(node.items)} items, not {wanted}"
        found.error("list-length", message, node.position, "add or remove some")
    return node.items


def read_data(field: Field, node: Node, key: str, found: Collector) -> tuple[Datum, ...] | None:
    """Return the texts of a value, one or a list; None when it should be a list and is none."""
    alone = not field.listed or (field.single and isinstance(node, Scalar))
    nodes = (node,) if alone else read_items(field, node, key, found)
    if nodes is None:
        return None
    return tuple(datum for item in nodes if (datum := _datum(field, item, key, found)))


def _datum(field: Field, node: Node, key: str, found: Collector) -> Datum | None:
    if isinstance(node, Hole):
        return None
    if isinstance(node, Mapping | Sequence):
        hint = "put a text that holds ': ' or begins with '[' or '{' in double quotes"
        found.error("wrong-type", f"'{key}' must be a text, not {text_of(node)}", node.position, hint)
        return None
    text = _clean(field, node.text)
    if not text:
        code = "missing-alt" if key == "alt" else "empty-value"
        found.error(code, f"'{key}' is empty", node.position, "write it")
        return None
    if node.plain and text in _NULLS:
        hint = "leave the value empty, or put it in double quotes"
        found.error("wrong-type", f"'{key}' is {text}, which stands for nothing", node.position, hint)
        return None
    before = len(found)
    _CHECKS[field.kind](field, Datum(text, node.position), key, found)
    return Datum(text, node.position) if len(found) == before else None


def _clean(field: Field, text: str) -> str:
    """Return a text on one line; prose keeps its paragraphs."""
    if field.kind == "record":
        return text.strip("\n")
    if field.kind == "prose":
        return "\n".join(" ".join(line.split(" ")).strip() for line in text.strip().split("\n"))
    return _WHITE.sub(" ", text).strip()


def _check_text(field: Field, datum: Datum, key: str, found: Collector) -> None:
    if match := _HTML.search(datum.text):
        message = f"raw HTML {quoted(match[0], 30)} in '{key}'"
        found.error("raw-html", message, datum.position, "write plain text")
    elif match := _MARKDOWN.search(datum.text):
        message = f"Markdown {quoted(match[0], 30)} in '{key}', which is printed as it stands"
        found.error("plain-text", message, datum.position, "write plain text, or move it into the Markdown")
    words = len(datum.text.split())
    if field.most_words and words > field.most_words:
        message = f"'{key}' has {words} words here, more than {field.most_words}"
        found.error("too-long", message, datum.position, "make it shorter")


def _check_date(_: Field, datum: Datum, key: str, found: Collector) -> None:
    match = _DATE.fullmatch(datum.text)
    try:
        if match:
            datetime.date(int(match[1]), int(match[2]), int(match[3]))
            return
        message, hint = f"{quoted(datum.text)} in '{key}' is no date", "write it as YYYY-MM-DD"
    except ValueError:
        message, hint = f"there is no day {quoted(datum.text)} in the calendar ('{key}')", "correct the day or month"
    found.error("bad-date", message, datum.position, hint)


def _check_number(_: Field, datum: Datum, key: str, found: Collector) -> None:
    if not re.fullmatch(r"[1-9][0-9]{0,3}", datum.text):
        message = f"{quoted(datum.text)} in '{key}' is no whole number"
        found.error("wrong-type", message, datum.position, "write digits that do not begin with 0: '15'")


def _check_count(_: Field, datum: Datum, key: str, found: Collector) -> None:
    if not re.fullmatch(r"[1-9][0-9]{0,6}", datum.text):
        message = f"{quoted(datum.text)} in '{key}' is no whole number"
        found.error("wrong-type", message, datum.position, "write digits without spaces: '10000'")


def _check_limit(_: Field, datum: Datum, key: str, found: Collector) -> None:
    if not re.fullmatch(r"0|[1-9][0-9]{0,3}", datum.text):
        message = f"{quoted(datum.text)} in '{key}' is no whole number"
        found.error("wrong-type", message, datum.position, "write digits, or 0 for none: '15'")


def _check_size(_: Field, datum: Datum, key: str, found: Collector) -> None:
    if not SIZE.fullmatch(datum.text):
        message = f"{quoted(datum.text)} in '{key}' is no size of a page"
        found.error("wrong-type", message, datum.position, "write width and height: '170 × 240 mm'")


def _check_measure(_: Field, datum: Datum, key: str, found: Collector) -> None:
    if not re.fullmatch(r"\d{1,4}(?:\.\d{1,2})?", datum.text, re.ASCII):
        message = f"{quoted(datum.text)} in '{key}' is no number"
        found.error("wrong-type", message, datum.position, "write digits, with a point for decimals: '3' or '2.5'")


def _check_amount(_: Field, datum: Datum, key: str, found: Collector) -> None:
    if not _AMOUNT.fullmatch(datum.text):
        message = f"{quoted(datum.text)} in '{key}' is no figure"
        found.error("wrong-type", message, datum.position, "write '1240' or '12,5 prosent'; leave it empty if unknown")


def _check_choice(field: Field, datum: Datum, key: str, found: Collector) -> None:
    if datum.text in field.choices:
        return
    hint = guess(datum.text, field.choices) or f"one of {', '.join(field.choices)}"
    if key == "language" and datum.text[:2].lower() in ("no", "nb", "nn"):
        hint = "hyphenation needs 'nb' (bokmål) or 'nn' (nynorsk)"
    found.error("bad-choice", f"{quoted(datum.text)} is no '{key}'", datum.position, hint)


def _check_id(_: Field, datum: Datum, key: str, found: Collector) -> None:
    if not IDENTIFIER.fullmatch(datum.text):
        message = f"{quoted(datum.text)} in '{key}' is no id"
        found.error("bad-identifier", message, datum.position, "use a–z, 0–9 and hyphens")


def _check_year(_: Field, datum: Datum, key: str, found: Collector) -> None:
    if not _YEAR.fullmatch(datum.text):
        message = f"{quoted(datum.text)} in '{key}' is no year"
        found.error("wrong-type", message, datum.position, "write four digits; leave it out for «u.å.»")


def _check_isbn(field: Field, datum: Datum, key: str, found: Collector) -> None:
    """ISBN Users' Manual, 7th edition, §4 and §5: five parts; the ten digits of works before 2007 in four."""
    text, digits = datum.text, datum.text.replace("-", "")
    message, hint = f"{quoted(text)} in '{key}' is no ISBN", "write it as '978-82-8309-082-6'"
    if re.fullmatch(r"(?:97[89]\d{10}|\d{9}[\dX])", text, re.ASCII):
        hint = "write its hyphens as they are printed in the book, like '978-82-8309-082-6'"
        found.error("bad-isbn", f"the ISBN {quoted(text)} has no hyphens", datum.position, hint)
    elif not _ISBN.fullmatch(text) or len(digits) not in _DIGITS[field.kind]:
        found.error("bad-isbn", message, datum.position, hint)
    elif not _check_digit_fits(digits):
        message = f"the check digit of the ISBN {quoted(text)} is wrong"
        found.error("bad-isbn", message, datum.position, "compare it with the book: a digit is mistyped")


def _check_digit_fits(digits: str) -> bool:
    values = [10 if digit == "X" else int(digit) for digit in digits]
    if len(values) == 13:
        return sum(value * (3 if i % 2 else 1) for i, value in enumerate(values)) % 10 == 0
    return sum(value * (10 - i) for i, value in enumerate(values)) % 11 == 0


def _check_url(_: Field, datum: Datum, key: str, found: Collector) -> None:
    if not WEB_ADDRESS.fullmatch(datum.text):
        message = f"{quoted(datum.text)} in '{key}' is no web address"
        hint = guess(datum.text.partition(":")[0], ("https",)) or "write it as a browser shows it: 'https://…'"
        found.error("bad-url", message, datum.position, hint)


def _accept(_: Field, datum: Datum, key: str, found: Collector) -> None:
    """Take a text as it is."""


_CHECKS: dict[str, Callable[[Field, Datum, str, Collector], None]] = {
    "text": _check_text,
    "prose": _check_text,
    "record": _accept,
    "date": _check_date,
    "number": _check_number,
    "count": _check_count,
    "limit": _check_limit,
    "measure": _check_measure,
    "amount": _check_amount,
    "size": _check_size,
    "choice": _check_choice,
    "id": _check_id,
    "year": _check_year,
    "isbn": _check_isbn,
    "any-isbn": _check_isbn,
    "url": _check_url,
}
