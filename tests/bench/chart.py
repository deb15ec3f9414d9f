"""Bars → SVG: who took how long, each bar with its figure, in colours of the palette that differ in grey as well."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, LABELS, FIGURES, ROW, BAR = 900, 330, 110, 30, 17
_TOP, _BOTTOM = 92, 44
_FACE = "font-family=\"'Source Sans 3', 'Source Sans Pro', 'Helvetica Neue', Arial, sans-serif\""


@dataclass(frozen=True)
class Bar:
    """One row: its words, the median and the least and most of its runs."""

    name: str
    value: float
    least: float
    most: float
    ours: bool


def _text(x: float, y: float, words: str, size: int, **more: str) -> str:
    extra = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in more.items())
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}"{extra}>{escape(words)}</text>'


def seconds(value: float) -> str:
    """Return seconds with two figures that mean something: 0.043, 0.38, 5.6, 110."""
    return f"{value:.3f}" if value < 0.1 else f"{value:.2f}" if value < 2 else f"{value:.1f}" if value < 100 else \
        f"{value:.0f}"


def _row(bar: Bar, y: float, scale: float, colours: Mapping[str, str]) -> str:
    fill, edge = (colours["fjord"], colours["fjord"]) if bar.ours else (colours["sky"], colours["stone"])
    width, middle, weight = max(bar.value * scale, 1.5), y + BAR / 2, "600" if bar.ours else "400"
    low, high = LABELS + bar.least * scale, LABELS + bar.most * scale
    parts = [
        _text(LABELS - 12, y + BAR - 4, bar.name, 14, text_anchor="end", fill=colours["ink"], font_weight=weight),
        f'<rect x="{LABELS}" y="{y:.1f}" width="{width:.1f}" height="{BAR}" fill="{fill}" stroke="{edge}"'
        ' stroke-width=".6"/>',
    ]
    if high - low >= 3:
        parts.append(f'<path d="M{low:.1f} {middle}H{high:.1f}M{low:.1f} {middle - 4}v8M{high:.1f} {middle - 4}v8"'
                     f' stroke="{colours["sun"] if bar.ours else colours["ink"]}" stroke-width="1.2" fill="none"/>')
    label = f"{seconds(bar.value)} s"
    parts.append(_text(max(LABELS + width, high) + 8, y + BAR - 4, label, 14, fill=colours["ink"], font_weight=weight))
    return "".join(parts)


def draw(title: str, below: str, note: str, bars: Sequence[Bar], colours: Mapping[str, str]) -> str:
    """Return a drawing of the bars in their order; the longest fills the width."""
    scale = (WIDTH - LABELS - FIGURES) / max(bar.most for bar in bars)
    height = _TOP + ROW * len(bars) + _BOTTOM
    rows = "\n".join(_row(bar, _TOP + ROW * number, scale, colours) for number, bar in enumerate(bars))
    bottom = _TOP + ROW * len(bars)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
        f' role="img" {_FACE}>\n<title>{escape(title)}</title>\n'
        f'<rect width="{WIDTH}" height="{height}" fill="{colours["paper"]}"/>\n'
        f'{_text(24, 36, title, 20, font_weight="600", fill=colours["ink"])}\n'
        f'{_text(24, 60, below, 14, fill=colours["stone"])}\n{rows}\n'
        f'<path d="M{LABELS} {_TOP - 8}V{bottom - 4}" stroke="{colours["stone"]}" stroke-width="1"/>\n'
        f'{_text(24, bottom + 26, note, 12, fill=colours["stone"])}\n</svg>\n')
