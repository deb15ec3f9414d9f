"""The same booklet for other typesetters, so that speed is compared on the same words."""

from collections.abc import Iterator
from pathlib import Path

from booklet.model import Article, Block, Booklet, articles, title_of

_TYPST_HEAD = """#set page(width: 170mm, height: 240mm, margin: (inside: 20mm, outside: 44mm, y: 22mm), numbering: "1")
#set text(font: ("Source Serif Pro", "Libertinus Serif"), size: 9.4pt, lang: "nb", hyphenate: true)
#set par(leading: 4pt, first-line-indent: 4mm)
#set heading(numbering: none)
#show heading.where(level: 1): it => { pagebreak(weak: true); text(23pt, it.body) }
"""


def _typst_text(text: str) -> str:
    for sign in "\\#*_`$<>@[]=-+/~":
        text = text.replace(sign, f"\\{sign}")
    return text


def _typst_block(block: Block) -> str:
    text = _typst_text(block.text)
    if block.kind == "heading":
        return f"{'=' * block.level} {text}\n"
    if block.kind in ("table", "figures", "box", "list"):
        rows = [f"[{_typst_text(line)}]" for line in block.text.splitlines() if line.strip()]
        return f"#table(columns: 1, {', '.join(rows)})\n" if rows else ""
    return f"{text}\n"


def _typst_article(article: Article) -> Iterator[str]:
    yield f"= {_typst_text(article.title)} <{article.address.replace('.', '-')}>\n"
    yield f"_{_typst_text(article.lead)}_\n" if article.lead else ""
    for block in article.body.blocks:
        yield _typst_block(block)
    for reference in article.body.references:
        if reference.kind == "link" and reference.target.count(".") == 1:
            target = reference.target.replace(".", "-")
            yield f"Se #link(<{target}>)[s. #context counter(page).at(<{target}>).first()].\n"


def typst_source(booklet: Booklet) -> str:
    """Return the booklet as one Typst document: contents, texts, tables, cross-references, glossary, references."""
    parts = [_TYPST_HEAD, f"#text(30pt)[{_typst_text(title_of(booklet))}]\n#pagebreak()\n#outline(depth: 2)\n"]
    for article in articles(booklet):
        parts += _typst_article(article)
    for theme in booklet.themes:
        parts += [f"= {_typst_text(theme.title)}\n", _typst_text(theme.lead) + "\n"]
        parts += [f"+ {_typst_text(text)}\n" for text in (*theme.points, *theme.questions)]
    terms = (f"/ {_typst_text(term.term)}: {_typst_text(term.meaning)}\n" for term in booklet.glossary)
    parts += ["= Ord og begreper\n", *terms]
    parts += ["= Kilder\n", *(f"{_typst_text(s.title)} {s.year}\n" for s in booklet.sources)]
    return "\n".join(parts)


def write_typst(booklet: Booklet, target: Path) -> None:
    """Write the Typst document."""
    target.write_text(typst_source(booklet), "utf-8")
