"""Boxes as they are built: those of the engine."""

from typing import Any

import pytest
from pressing import boxes
from weasyprint.formatting_structure import build
from weasyprint.formatting_structure.boxes import TextBox

from booklet import carpentry, shortcuts

BODIES = (
    "<h1>Tittel</h1><p>Et <em> ord </em> til</p>", "<table><tr><td>a<td>b</table>", "<div class=cell>a</div> b",
    "<p>a  b\t c <b> d</b>\n <i> e</i> </p><pre> a  b\n c </pre>", "<span class=row>a</span><span class=cap>c</span>",
    "<ul class=table><li class=row><b class=cell>a</b> <i class=cell>b</i></li> ord </ul>", "<p> <b> </b> x</p>",
    "<div class=flex> <b>a</b> c <p>d</p></div>", "<div class=grid><b>a</b> c <p>d</p></div>",
    "<i>a<p class=row>b</p>c</i>")
CSS = """.cell { display: table-cell } .row { display: table-row } .table { display: table }
.cap { display: table-caption } .flex { display: flex } .grid { display: grid }"""


def built(body: str) -> list[Any]:
    """Return each box of a page with its words."""
    return [(type(box).__name__, getattr(box, "text", None), box.position_x) for box in boxes(body, CSS)]


@pytest.mark.parametrize("body", BODIES)
def test_boxes_are_those_of_the_engine(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = built(body)
    (theirs,) = (theirs for theirs, mine in shortcuts.FUNCTIONS if mine is carpentry.create_anonymous_boxes)
    monkeypatch.setattr(build, "create_anonymous_boxes", theirs)
    monkeypatch.setattr(build, "table_boxes_children", carpentry._table_boxes)
    monkeypatch.setattr(TextBox, "process_whitespace", carpentry._process_whitespace)
    assert ours == built(body)


def test_plain_boxes_and_words_never_reach_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(carpentry, "_table_boxes", lambda *given: asked.append(given))
    monkeypatch.setattr(carpentry, "_process_whitespace", lambda *given: asked.append(given))
    for name in ("anonymous_table_boxes", "flex_boxes", "grid_boxes"):
        monkeypatch.setattr(build, name, lambda *given: asked.append(given))
    assert built("<p>Et <em>ord</em></p>") and asked == []
