"""What is gathered from laid-out pages: places that are linked to and titles, of which most boxes have none.

In come boxes and documents of WeasyPrint 70.0. Whatever has an address, a bookmark, a link, a form or a turn is the
engine's to note.
"""

from operator import itemgetter
from types import SimpleNamespace
from typing import Any

from weasyprint import anchors, html

_ASKED = itemgetter("transform", "anchor", "appearance", "bookmark_level")
_NOTHING = ((), None, "none", "none")
_LINK = 6
"""The place of the link around a box among what is told of it."""
_TOLD = frozenset({"title", "meta", "link"})
_gather, _metadata = anchors.gather_anchors, html.get_html_metadata


def gather_anchors(box: Any, *places: Any) -> None:
    """Note the places of addresses, links, bookmarks and forms; what is around a box comes last."""
    element, link = box.element, places[_LINK:]
    if any(link) or box.link or _ASKED(box.style) != _NOTHING or (element is not None and element.tag == "form"):
        _gather(box, *places)
        return
    for child in box.all_children():
        gather_anchors(child, *places)


def get_html_metadata(document: Any) -> Any:
    """Return what a document says of itself, found without a selector."""
    told = [SimpleNamespace(etree_element=one) for one in document.etree_element.iter() if one.tag in _TOLD]
    return _metadata(SimpleNamespace(
        etree_element=document.etree_element, base_url=document.base_url, url_fetcher=document.url_fetcher,
        wrapper_element=SimpleNamespace(query_all=lambda *_: told)))
