"""Places and metadata of a document: those that the engine finds."""

from typing import Any

import pytest
import weasyprint
from pressing import _engine
from weasyprint import anchors, html

from booklet import gleaning

BODY = """<h1 id=a>Tittel <a href="#b">lenke <em>her</em></a></h1><p id=b>Et <b id=c>ord</b></p>
<form action="/x"><input name=n><p>ord</p></form><div class=turned><i id=d>skrå <a href="http://x.test">ut</a></i></div>"""
CSS = ".turned { transform: rotate(9deg) } h2 { bookmark-level: none } input { appearance: auto }"
HEAD = """<title>Først</title><title>Så</title><meta name=author content=A><meta name=keywords content="x, y">
<meta name=description content=D><link rel=attachment href="data:,x" title=t>"""


def render() -> Any:
    """Return a laid-out document with all that is gathered."""
    return weasyprint.HTML(string=f"<html lang=nb><head>{HEAD}<body>{BODY}", base_url="http://x.test/").render(
        stylesheets=[weasyprint.CSS(string=CSS)], font_config=_engine().fonts)


def gathered() -> list[Any]:
    """Return what is known of places on a page."""
    page = render().pages[0]
    forms = [[(box.element_tag, place) for box, place in boxes] for boxes in page.forms.values()]
    links = [(kind, target, place, box.element_tag) for kind, target, place, box in page.links]
    return [page.anchors, page.bookmarks, links, forms]


def test_places_are_those_of_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = gathered()
    monkeypatch.setattr(anchors, "gather_anchors", gleaning._gather)
    monkeypatch.setattr(weasyprint.document, "gather_anchors", gleaning._gather)
    assert ours == gathered()
    assert list(ours[0]) == ["a", "b", "c", "d"] and len(ours[1]) == 1 and len(ours[2]) > 2 and any(ours[3])


def test_metadata_is_that_of_the_engine() -> None:
    document = weasyprint.HTML(string=f"<html lang=nb><head>{HEAD}<body><svg><title>S</title></svg>{BODY}")
    ours, theirs = html.get_html_metadata(document), gleaning._metadata(document)
    told = [[one.description for one in each.pop("attachments")] for each in (ours, theirs)]
    assert told[0] == told[1] == ["t"]
    assert ours == theirs and ours["title"] == "Først" and ours["authors"] == ["A"] and ours["lang"] == "nb"
