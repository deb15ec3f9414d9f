"""The booklet's fixed words, one YAML file a language.  Knows no page."""

from collections.abc import Mapping
from pathlib import Path

from booklet.collector import Collector
from booklet.nodes import Mapping as Tree
from booklet.nodes import Scalar, read_nodes

LANGUAGES = Path(__file__).parent / "languages"


class Unspoken(LookupError):
    """There is no file of words for a language, or it is damaged."""


def read_words(language: str) -> Mapping[str, str]:
    """Return key → words of a language; Unspoken when the package has no sound file for it."""
    path, found = LANGUAGES / f"{language}.yaml", Collector()
    if not path.is_file():
        raise Unspoken(f"no words for the language '{language}'")
    tree = read_nodes(path.read_text("utf-8"), path, found)
    if not isinstance(tree, Tree) or found.findings:
        raise Unspoken(f"the words in {path} cannot be read")
    return {key.text: value.text for key, value in tree.pairs if isinstance(value, Scalar)}
