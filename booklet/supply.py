"""What the engine may ask for while it works: the typefaces and a job's pictures, out of memory, and nothing else.

In come the addresses that WeasyPrint 70.0 asks for; out go bytes, said to be a drawing where they are one, so that
nobody tries to read a drawing as pixels first. Whatever else is asked for is refused and written down.
"""

from collections.abc import Mapping
from io import BytesIO

from weasyprint import URLFetcher
from weasyprint.urls import URLFetcherResponse

from booklet.typefaces import FACES, face_path, face_url

BASE = "book://x/"


class _Delivery(URLFetcherResponse):  # type: ignore[misc]
    """Bytes with the kind that the engine asks for, and none of the headers of a letter, which it does not."""

    def __init__(self, url: str, content: bytes) -> None:
        self.url, self.status = url, 200
        self.headers: Mapping[str, str] = {}
        self._file_obj = BytesIO(content)

    @property
    def content_type(self) -> str:
        """What the bytes are: a drawing, or something that tells itself."""
        return "image/svg+xml" if self.url.endswith(".svg") else "text/plain"

    @property
    def charset(self) -> None:
        """Nothing: no text is delivered."""


class Supply(URLFetcher):  # type: ignore[misc]
    """Serves the typefaces and a job's pictures from memory, and writes down whatever else is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.pictures: Mapping[str, bytes] = {}
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Return the bytes behind a virtual address; anything else is refused and remembered."""
        for face in FACES.values():
            if url == face_url(face):
                return _Delivery(url, face_path(face).read_bytes())
        content = self.pictures.get(url.removeprefix(f"{BASE}pictures/"))
        if content is None:
            self.refused.append(url)
            raise ValueError(f"refused: {url}")
        return _Delivery(url, content)
