"""Structure elements grown without detours: what the engine would make of the same boxes."""

from typing import Any

import pytest
import weasyprint
from pressing import _engine
from weasyprint.pdf import tags

from booklet import branches

BODIES = (
    "<h1>Tittel</h1><p>Et <em>ord <b>og</b></em> til <a href='https://x.no'>ut <i>her</i></a>, <span>på rad</span></p>",
    "<ul><li>x<ul><li>y</ul><li><div>z</div></ul><ol><li>a</ol><div><li>løst<ul><li>b</ul></div>",
    "<dl><div><dt>Ord<dd>Et ord</div></dl><li>alene<ul><li>med liste</ul>",
    "<table><caption>Tall</caption><thead><tr><th>År<th>To<tbody><tr><th scope=row>1<td>2<tr><td colspan=2></table>",
    "<figure><img alt=Et src='data:image/svg+xml,<svg xmlns=\"http://www.w3.org/2000/svg\"/>'><figcaption>F</figure>",
    "<div style='position: absolute; top: 0'>fast</div><p style='float: left'>ved siden</p><code>ukjent</code>",
    "<p>side</p><section style='break-before: page'><p>neste <a href='#her'>hit</a></p><p id=her>her</p></section>",
    "<form><input name=a><select><option>b</select></form><p>etter</p>")


def objects(body: str) -> list[bytes]:
    """Return all objects of a tagged file."""
    found: list[bytes] = []

    def keep(document: Any, pdf: Any) -> None:
        """Note the objects."""
        found.extend(item.indirect for item in pdf.objects[1:])

    css = "@page { size: 90mm 120mm; margin: 15mm; @top-center { content: 'Løpende' } }"
    weasyprint.HTML(string=f"<html lang=nb><title>t</title><body>{body}</body></html>").write_pdf(
        stylesheets=[weasyprint.CSS(string=css)], font_config=_engine().fonts, finisher=keep, uncompressed_pdf=True,
        pdf_tags=True, pdf_forms=True)
    return found


@pytest.mark.parametrize("body", BODIES)
def test_elements_are_those_that_the_engine_makes(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = objects(body)
    monkeypatch.setattr(tags, "_build_box_tree", branches._build_box_tree)
    assert ours == objects(body) and b"/StructElem" in b"".join(ours)


def test_most_elements_are_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    build = branches._build_box_tree

    def note(box: Any, *given: Any) -> Any:
        asked.append(box.element_tag)
        return build(box, *given)

    monkeypatch.setattr(branches, "_build_box_tree", note)
    objects(BODIES[0])
    assert {"html", "body"} <= set(asked) and not {"h1", "p", "em", "a"} & set(asked)
