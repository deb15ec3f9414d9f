"""What a page's annotations look like: streams to be painted, and how each comes to fill its rectangle.

In comes a page; out go streams and matrices (ISO 32000-1, 12.5.5). It refuses to know what is painted, and what an
annotation is for.
"""

from collections.abc import Iterator
from typing import Any

from pikepdf import Dictionary, Stream

from booklet.figures import box_of, fitting, matrix_of
from booklet.plane import Matrix


def appearances(page: Any) -> Iterator[tuple[Any, Matrix]]:
    """Yield the normal appearance of each annotation, of one with several states all of them."""
    for annotation in page.get("/Annots") or ():
        looks = annotation.get("/AP") if isinstance(annotation, Dictionary) else None
        normal = looks.get("/N") if isinstance(looks, Dictionary) else None
        target = box_of(annotation.get("/Rect")) if normal is not None else None
        if target is None or normal is None:
            continue
        for stream in [normal] if isinstance(normal, Stream) else list(normal.values()):
            if isinstance(stream, Stream):
                yield stream, fitting(matrix_of(stream.get("/Matrix")), box_of(stream.get("/BBox")), target)
