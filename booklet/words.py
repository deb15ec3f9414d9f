"""The booklet's fixed words, one YAML file a language.  Knows no page."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from msgspec import Struct

from booklet.collector import Collector
from booklet.memory import Memory
from booklet.nodes import Mapping as Tree
from booklet.nodes import Scalar, read_nodes

LANGUAGES = Path(__file__).parent / "languages"


class Unspoken(LookupError):
    """There is no file of words for a language, or it is damaged."""


class _Words(Struct, frozen=True):
    words: dict[str, str]


def read_words(language: str, memory: Memory) -> Mapping[str, str]:
    """Return key → words of a language; Unspoken when the package has no sound file for it."""
    path = LANGUAGES / f"{language}.yaml"
    if not path.is_file():
        raise Unspoken(f"no words for the language '{language}'")
    content = path.read_bytes()
    read = memory.recall(_Words, (language, content), Collector(), partial(_read, content, path))
    if read is None:
        raise Unspoken(f"the words in {path} cannot be read")
    return read.words


def read_revision_words(language: str, memory: Memory) -> Mapping[str, str]:
    """Return the words of a language with those that are said of a revision, which no page of the booklet prints."""
    path = LANGUAGES / "revision" / f"{language}.yaml"
    if not path.is_file():
        raise Unspoken(f"no words for the revisions of the language '{language}'")
    content = path.read_bytes()
    read = memory.recall(_Words, ("revision", language, content), Collector(), partial(_read, content, path))
    if read is None:
        raise Unspoken(f"the words in {path} cannot be read")
    return {**read_words(language, memory), **read.words}


def _read(content: bytes, path: Path, found: Collector) -> _Words | None:
    tree = read_nodes(content.decode(), path, found)
    if not isinstance(tree, Tree) or len(found):
        return None
    return _Words({key.text: value.text for key, value in tree.pairs if isinstance(value, Scalar)})
