"""An author and a designer at work: what they do to the tiny booklet in a day, thrown by dice that can be thrown again.

Each edit keeps the content sound, so that a build after it has nothing to say, and returns what it did. ``BREAKS`` are
slips that a build must refuse: each returns the file that it spoilt, so that it can be mended.
"""

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

_WORDS = "bygda", "grannen", "kanskje", "fjellet", "laget", "saman", "på nytt", "kvardagen", "heilt enkelt"
_LINK = re.compile(r"(\[[^\]]*\](?:\([^)]*\))?)")
_SENTENCES = (
    "Det tek tid å bli kjend, og tida er ikkje den same for alle.", "Spør ein gong til.",
    "Ein open dør er eit godt teikn, seier dei som har gått gjennom ho, og *det* kan fleire seie etter kvart.",
    "Nokre gonger hjelper det å gå ein tur, andre gonger hjelper det å sitje stille saman med nokon som veit korleis "
    "det er å vere ny på ein stad der alle andre kjenner kvarandre frå før.")
_EXAMPLE = """---
title: {title}
municipality: Lita kommune
county: Prøvefylket
period: 2020
partners: [Bygdelaget]
sources: [haug2019]
approval: approved
---
{text} Meir står i [teksten](../text.md).
"""


class Author:
    """One who edits the booklet that lies in a folder, its styles beside it."""

    def __init__(self, home: Path, dice: Random) -> None:
        self.content, self.styles, self.dice, self.count = home / "content", home / "styles", dice, 0

    # ---- what every edit is made of

    def swap(self, path: Path, pattern: str, new: str | Callable[[re.Match[str]], str]) -> None:
        """Replace one of the places in a file that are like a pattern."""
        text = path.read_text(encoding="utf-8")
        place = self.dice.choice(list(re.finditer(pattern, text, re.MULTILINE)))
        made = place.expand(new) if isinstance(new, str) else new(place)
        path.write_text(text[:place.start()] + made + text[place.end():], encoding="utf-8")

    def everywhere(self, pattern: str, new: str | Callable[[re.Match[str]], str]) -> None:
        """Replace every place in the texts that is like a pattern."""
        for path in self.texts():
            text = path.read_text(encoding="utf-8")
            path.write_text(re.sub(pattern, new, text), encoding="utf-8")

    def texts(self) -> list[Path]:
        """Return the Markdown files."""
        return sorted(self.content.rglob("*.md"))

    def theme(self) -> Path:
        """Return the file of a theme."""
        return self.dice.choice(sorted(self.content.glob("themes/*/theme.yaml")))

    def text(self) -> Path:
        """Return the text of a theme."""
        return self.theme().with_name("text.md")

    def word(self) -> str:
        """Return a word."""
        return self.dice.choice(_WORDS)

    def new(self) -> str:
        """Return words that nobody has used."""
        self.count += 1
        return f"{self.word()} nummer {self.count}"

    def blocks(self, path: Path) -> tuple[str, list[str]]:
        """Return the front matter of a text and its blocks, boxes whole."""
        _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
        found: list[str] = []
        for part in body.strip().split("\n\n"):
            if found and len(re.findall("^:::", found[-1], re.MULTILINE)) % 2:
                found[-1] += "\n\n" + part
            else:
                found.append(part)
        return f"---\n{head}---\n", found

    def plain(self, path: Path) -> list[int]:
        """Return which blocks of a text are paragraphs."""
        found = self.blocks(path)[1]
        return [number for number, block in enumerate(found) if re.match(r"[A-ZÅÆØ]", block) and "\n: " not in block]

    def put(self, path: Path, head: str, blocks: list[str]) -> None:
        """Write a text."""
        path.write_text(head + "\n\n".join(blocks) + "\n", encoding="utf-8")

    # ---- the texts

    def words(self) -> str:
        """Put another word in the place of one."""
        path = self.dice.choice([path for path in self.texts() if self.plain(path)])
        head, blocks = self.blocks(path)
        number = self.dice.choice(self.plain(path))
        parts = _LINK.split(blocks[number])
        free = [(at, one) for at in range(0, len(parts), 2) for one in re.finditer(r"\b[a-zåæø]{2,}\b", parts[at])]
        at, one = self.dice.choice(free)
        parts[at] = parts[at][:one.start()] + self.word() + parts[at][one.end():]
        blocks[number] = "".join(parts)
        self.put(path, head, blocks)
        return f"'{one.group()}' in {path.name} replaced"

    def paragraph_added(self) -> str:
        """Write a paragraph, now and then one that is longer than a page."""
        path = self.dice.choice(self.texts())
        head, blocks = self.blocks(path)
        sentences = self.dice.choices(_SENTENCES, k=self.dice.choice((2, 3, 40)))
        blocks.insert(self.dice.randint(0, len(blocks)), " ".join(sentences))
        self.put(path, head, blocks)
        return f"paragraph added to {path.name}"

    def paragraph_removed(self) -> str:
        """Strike a paragraph that nothing hangs on, or write one where there is none."""
        for path in self.dice.sample(self.texts(), len(self.texts())):
            head, blocks = self.blocks(path)
            free = [number for number in self.plain(path) if "[" not in blocks[number]]
            if free and len(blocks) > 1:
                del blocks[self.dice.choice(free)]
                self.put(path, head, blocks)
                return f"paragraph removed from {path.name}"
        return self.paragraph_added()

    def paragraphs_swapped(self) -> str:
        """Let two paragraphs change places."""
        path = self.dice.choice([path for path in self.texts() if len(self.plain(path)) > 1])
        head, blocks = self.blocks(path)
        one, two = self.dice.sample(self.plain(path), 2)
        blocks[one], blocks[two] = blocks[two], blocks[one]
        self.put(path, head, blocks)
        return f"paragraphs {one} and {two} of {path.name} swapped"

    def heading(self) -> str:
        """Change a heading or a title, or write a new heading."""
        title = self.new().capitalize()
        path = self.text()
        if self.dice.random() < 0.4:
            self.swap(path, r"^## .*?( \{#\w+\})?$", lambda old: f"## {title}{old[1] or ''}")
        elif self.dice.random() < 0.5:
            self.swap(path, r"\Z", f"\n## {title}\n\n{self.dice.choice(_SENTENCES)}\n")
        else:
            path = self.dice.choice(self.texts())
            self.swap(path, r"\A---\ntitle: .*$", f"---\ntitle: {title}")
        return f"heading of {path.name}: {title}"

    def figure(self) -> str:
        """Change a table or a box of key figures."""
        if self.dice.random() < 0.5:
            path, year = self.content / "themes" / "heim" / "text.md", self.dice.randint(2021, 2030)
            self.swap(path, r"^\| \d{4} \|.*$", rf"\g<0>\n| {year} | {self.word()} | {self.dice.randint(1, 99)} |")
            return "row added to the table"
        path = self.text()
        self.swap(path, r"^(- .*\(fact:[^)]*\).*)\.$", rf"\1, {self.word()}.")
        return f"key figure of {path.name}"

    def fact(self) -> str:
        """Give a fact another value, here and in the texts."""
        facts = self.content / "facts.yaml"
        if self.dice.random() < 0.5:
            people = self.dice.randint(1100, 9900)
            self.swap(facts, r'"\d{4}"$', f'"{people}"')
            self.everywhere(r"\[\d(\s?)\d{3}((?: \w+)?\]\(fact:newcomers)",
                            lambda old: f"[{people // 1000}{old[1]}{people % 1000:03}{old[2]}")
            return f"newcomers are {people}"
        share = f"{self.dice.randint(51, 79)},{self.dice.randint(1, 9)}"
        self.swap(facts, r'"\d\d,\d"$', f'"{share}"')
        self.everywhere(r"\[\d\d,\d((?: \w+)?\]\(fact:stayers)", rf"[{share}\1")
        return f"stayers are {share}"

    # ---- what there is

    def examples(self) -> list[Path]:
        """Return the files of the examples."""
        return [path for path in self.texts() if path.parent.name == "examples"]

    def listed(self, example: Path, *names: str) -> None:
        """Let a theme list something else, or nothing, where it lists an example."""
        def replace(old: re.Match[str]) -> str:
            listed = [(names if name == example.stem else (name,)) for name in old[1].split(", ")]
            return f"examples: [{', '.join(name for one in listed for name in one)}]"
        self.swap(example.parents[1] / "theme.yaml", r"^examples: \[(.*)\]$", replace)

    def example_added(self) -> str:
        """Write an example, before or behind the others."""
        old, title = self.dice.choice(self.examples()), self.new()
        path = old.with_name(f"ny{self.count}.md")
        path.write_text(_EXAMPLE.format(title=title.capitalize(), text=self.dice.choice(_SENTENCES)), encoding="utf-8")
        self.listed(old, *self.dice.sample([old.stem, path.stem], 2))
        return f"example {path.stem} added beside {old.stem}"

    def example_removed(self) -> str:
        """Remove an example that nobody refers to, or write one where there is none."""
        said = "".join(path.read_text(encoding="utf-8") for path in self.texts())
        free = [path for path in self.examples() if f"/{path.name}" not in said]
        free = [path for path in free if len(list(path.parent.iterdir())) > 1]
        if not free:
            return self.example_added()
        path = self.dice.choice(free)
        self.listed(path)
        path.unlink()
        return f"example {path.stem} removed"

    def rename(self) -> str:
        """Give the file of an example another name, and mend what leads to it."""
        path = self.dice.choice(self.examples())
        self.count += 1
        name = f"{self.dice.choice(('a', 'm', 'z'))}-namn{self.count}"
        self.listed(path, name)
        path.rename(path.with_name(f"{name}.md"))
        self.everywhere(rf"(?<=[/(]){path.stem}\.md", f"{name}.md")
        for file in (*self.content.glob("courses/*.yaml"), *self.content.glob("themes/*/facilitator.yaml")):
            text = file.read_text(encoding="utf-8")
            file.write_text(re.sub(rf"(?<=/){path.stem}\b", name, text), encoding="utf-8")
        return f"example {path.stem} renamed {name}"

    def title(self) -> str:
        """Change what a theme or the booklet is called, or how it looks."""
        path, words = self.theme(), self.new().capitalize()
        if self.dice.random() < 0.3:
            path = self.content / "booklet.yaml"
            self.swap(path, r"^(title|subtitle|short): .*$", rf"\1: {words}")
        elif self.dice.random() < 0.3:
            self.swap(path, r"^colour: .*$", f"colour: {self.dice.choice(('plum', 'amber'))}")
        else:
            self.swap(path, r"^(title|short): .*$", rf"\1: {words}")
        return f"title in {path.parent.name}/{path.name}: {words}"

    def question(self) -> str:
        """Change a question or a point of a theme, or ask one more."""
        path = self.theme()
        if self.dice.random() < 0.5:
            self.swap(path, r"^(  - .*)\?$", rf"\1 {self.word()}?")
        else:
            self.swap(path, r"^questions:$", rf"\g<0>\n  - Kva med {self.new()}?")
        return f"question in {path.parent.name}"

    def term(self) -> str:
        """Change what a term means, or explain one more."""
        path, words = self.content / "glossary.yaml", self.new()
        if self.dice.random() < 0.5:
            self.swap(path, r"^(  meaning: .*)\.$", rf"\1, {words}.")
        else:
            name = f"{self.dice.choice('aky')}ord{self.count}"
            self.swap(path, r"\Z", f"{name}:\n  term: {name}\n  meaning: Noko om {words}.\n")
        return f"glossary: {words}"

    def source(self) -> str:
        """Change year, title or author of a source."""
        pattern, new = self.dice.choice((
            (r"^  year: .*$", f'  year: "{self.dice.randint(2001, 2020)}"'),
            (r"^  title: .*$", f"  title: {self.new()}"),
            (r'"(Haug|Vik|Dahl|Aas), ', f'"{self.dice.choice(("Aas", "Dahl"))}, ')))
        self.swap(self.content / "references.yaml", pattern, new)
        return f"source: {new.strip()}"

    # ---- how it looks

    def picture(self) -> str:
        """Draw a picture anew, or say something else of it."""
        if self.dice.random() < 0.5:
            self.swap(self.content / "images" / "hus.svg", r"L30 \d+", f"L30 {self.dice.randint(2, 18)}")
            return "picture drawn anew"
        words = self.new()
        self.swap(self.content / "images" / "hus.yaml", r"^(alt|credit|caption): .*$", rf"\1: Om {words}")
        return f"picture says {words}"

    def size(self) -> str:
        """Change a size of the styles by a little."""
        sheet, size = self.styles / "booklet.css", self.dice.randint(0, 9)
        self.swap(sheet, r"^(  --(?:body|small|tiny|lead|title): \d+)(\.\d+)?pt;$", rf"\1.{size}pt;")
        return f"a size ends in .{size}pt"

    def colour(self) -> str:
        """Change a colour of the palette in all or one of its inks."""
        palette, number = self.styles / "palette.yaml", self.dice.randint(0, 9)
        if self.dice.random() < 0.5:
            self.swap(palette, r"^  cmyk: \[3, 5, \d+, 0\]$", f"  cmyk: [3, 5, 1{number}, 0]")
            return f"sand in print: {number}"
        for path in (palette, self.content / "images" / "hus.svg"):
            self.swap(path, r'"#f5efe.?"', f'"#f5efe{number}"')
        return f"sand on screen: {number}"

    def bleed(self) -> str:
        """Let the print shop want another bleed at an edge."""
        wide = self.dice.randint(4, 6)
        self.swap(self.styles / "printers" / "sheetfed.yaml", r"^(bleed-(?:head|foot|outer)): \d$", rf"\1: {wide}")
        return f"bleed of {wide} mm"


DAY: dict[Callable[[Author], str], int] = {
    Author.words: 2, Author.paragraph_added: 3, Author.paragraph_removed: 1, Author.paragraphs_swapped: 1,
    Author.heading: 2, Author.figure: 2, Author.fact: 1, Author.example_added: 2, Author.example_removed: 1,
    Author.rename: 2, Author.title: 1, Author.question: 1, Author.term: 1, Author.source: 1, Author.picture: 1,
    Author.size: 1, Author.colour: 1, Author.bleed: 1,
}
"""What is done how often on a day."""
