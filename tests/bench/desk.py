"""A desk: a folder with content, styles, output and cache of its own, and an editor who changes words.

Each edit lengthens a word that none before has touched in that way, so that no cache knows the text.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
_WORD = re.compile(r"(?<= )[a-zæøå]{8,}(?= )")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BRACKETS = re.compile(r"\[[^\]]*\](?:\([^)]*\))?")


class Desk:
    """Where booklets are made during the measurement."""

    def __init__(self, folder: Path, content: Path) -> None:
        self.folder, self.edits = folder, 0
        shutil.copytree(content, folder / "content")
        shutil.copytree(ROOT / "styles", folder / "styles")

    @property
    def output(self) -> Path:
        """Where the PDFs are put."""
        return self.folder / "dist"

    def forget(self) -> None:
        """Remove all that an earlier build left."""
        self.forget_output()
        shutil.rmtree(self.folder / ".booklet-cache", ignore_errors=True)

    def forget_output(self) -> None:
        """Remove the PDFs."""
        shutil.rmtree(self.output, ignore_errors=True)

    def edit(self) -> None:
        """Change a word in the text of a theme, the themes by turns."""
        texts = sorted((self.folder / "content/themes").glob("*/text.md"))
        self.edits += 1
        change_word(texts[self.edits % len(texts)], self.edits)


def _places(text: str) -> Iterator[int]:
    """Yield where a plain word of a plain paragraph ends."""
    start = text.find("\n---", 3) + 4
    text = _COMMENT.sub(lambda comment: re.sub(r"[^\n]", "|", comment[0]), text)
    taken = [match.span() for match in _BRACKETS.finditer(text)]
    for line in re.finditer(r"^(?![|:#>\-\[!]|\d+\.).+$", text[start:], re.MULTILINE):
        for word in _WORD.finditer(line[0]):
            place = start + line.start() + word.end()
            if not any(a < place <= b for a, b in taken):
                yield place


def change_word(path: Path, number: int) -> None:
    """Lengthen one plain word of a Markdown file by letters that spell a number."""
    text = path.read_text("utf-8")
    places = list(_places(text))
    if not places:
        raise SystemExit(f"{path}: no word to change")
    letters = re.sub(r"\d", lambda digit: "aeioulrstn"[int(digit[0])], str(number))
    place = places[number % len(places)]
    path.write_text(f"{text[:place]}{letters}{text[place:]}", "utf-8")


def change_markup(path: Path, number: int) -> None:
    """Do the same to a paragraph of a Typst file."""
    lines = path.read_text("utf-8").split("\n")
    plain = [i for i, line in enumerate(lines) if len(line) > 200 and not line.startswith("#") and _WORD.search(line)]
    chosen = plain[number % len(plain)]
    lines[chosen] = _WORD.sub(lambda word: f"{word[0]}{'aeioulrstn'[number % 10]}", lines[chosen], count=1)
    path.write_text("\n".join(lines), "utf-8")
