"""A booklet of a thousand pages: the shipped content again and again, under other names.

Themes come several times, as often as the back cover has room for, with facts, terms and sources of their own; within
each theme the examples come several times. Links, citations and facts of a copy name those of that copy. What stands
before and after the themes is there once. Nothing in it is new but the names.

    python -m tests.bench.thousand content FOLDER [THEMES [EXAMPLES]]
"""

import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

THEMES, EXAMPLES = 4, 9
"""How often themes come, and in each of them the examples."""
REGISTERS = "facts.yaml", "glossary.yaml", "references.yaml"
_KEY = re.compile(r"^([a-z0-9][a-z0-9-]*):", re.MULTILINE)
_TITLE = re.compile(r"^((?:title|short): [^\n>]+)$", re.MULTILINE)


@dataclass(frozen=True)
class _Copy:
    """What is called otherwise in one copy, and by which number."""

    number: int
    names: frozenset[str]

    def name(self, name: str) -> str:
        """Return what is called so in the original as it is called in this copy."""
        return f"{name}-k{self.number:02}" if name in self.names and self.number > 1 else name

    def title(self, text: str) -> str:
        """Return a file with its title told apart."""
        return _TITLE.sub(rf"\1 {self.number}", text) if self.number > 1 else text

    def links(self, text: str) -> str:
        """Return a text whose links lead to the folders and files of this copy."""
        text = re.sub(r"(?<=\.\./)([\w-]+)(?=/)", lambda it: self.name(it[1]), text)
        return re.sub(r"(?<=[(/])([\w-]+)(?=\.md)", lambda it: self.name(it[1]), text)

    def keys(self, text: str) -> str:
        """Return a text that cites the facts, terms and sources of this copy."""
        text = re.sub(r"(\((?:fact|term):|@)([\w-]+)", lambda it: it[1] + self.name(it[2]), text)
        return re.sub(r"^sources: \[[^\]]*\]", lambda it: re.sub(
            r"[\w-]+(?=[,\]])", lambda key: self.name(key[0]), it[0]), text, flags=re.MULTILINE)

    def register(self, text: str) -> str:
        """Return a register with other keys; entries that name a source name this copy's."""
        text = _KEY.sub(lambda key: f"{self.name(key[1])}:", text)
        text = re.sub(r"^(  source: )([\w-]+)", lambda it: it[1] + self.name(it[2]), text, flags=re.MULTILINE)
        return re.sub(r"^(  (?:term|title): )(\"?)(.*?)(\"?)$", rf"\1\2\3 {self.number}\4", text, flags=re.MULTILINE)


def _repeat_examples(theme: Path, copies: int, known: frozenset[str]) -> None:
    """Let the examples of a theme come several times; links between examples, ``known``, stay within a copy."""
    record, folder = theme / "theme.yaml", theme / "examples"
    names, every = sorted(path.stem for path in folder.glob("*.md")), []
    for number in range(1, copies + 1):
        copy = _Copy(number, known)
        every += [copy.name(name) for name in names]
        for name in names:
            text = copy.title(copy.links((folder / f"{name}.md").read_text("utf-8")))
            (folder / f"{copy.name(name)}.md").write_text(text, "utf-8")
    text = re.sub(r"^examples: \[.*\]$", f"examples: [{', '.join(every)}]", record.read_text("utf-8"),
                  flags=re.MULTILINE)
    record.write_text(text, "utf-8")


def _add_themes(source: Path, target: Path, themes: list[str], copy: _Copy) -> None:
    """Add one more copy of all themes and registers."""
    for theme in themes:
        made = target / "themes" / copy.name(theme)
        shutil.copytree(source / "themes" / theme, made)
        for path in (path for path in made.rglob("*") if path.is_file()):
            path.write_text(copy.title(copy.keys(copy.links(path.read_text("utf-8")))), "utf-8")
    for name in REGISTERS:
        with (target / name).open("a", encoding="utf-8") as register:
            register.write(copy.register((source / name).read_text("utf-8")))


def write_thousand(source: Path, target: Path, copies: int = THEMES, examples: int = EXAMPLES) -> Path:
    """Write the content of a large booklet to a folder; return it."""
    shutil.copytree(source, target)
    record = target / "booklet.yaml"
    listed = re.search(r"^themes: \[(.*)\]$", record.read_text("utf-8"), re.MULTILINE)
    assert listed, "booklet.yaml lists its themes in another way"
    themes, every = listed[1].split(", "), listed[1].split(", ")
    keys = {key for name in REGISTERS for key in _KEY.findall((source / name).read_text("utf-8"))}
    for number in range(2, copies + 1):
        copy = _Copy(number, frozenset({*themes, *keys}))
        _add_themes(source, target, themes, copy)
        every += [copy.name(theme) for theme in themes]
    known = frozenset(path.stem for path in source.glob("themes/*/examples/*.md"))
    for theme in every:
        _repeat_examples(target / "themes" / theme, examples, known)
    text = record.read_text("utf-8").replace(listed[0], f"themes: [{', '.join(every)}]")
    record.write_text(re.sub(r"^slug: .*$", "slug: thousand", text, flags=re.MULTILINE), "utf-8")
    return target


if __name__ == "__main__":
    write_thousand(Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:5]))
