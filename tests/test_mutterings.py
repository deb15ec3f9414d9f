"""What the engine mutters, in our words."""

import pytest
from making import AT

from booklet.mutterings import finding_of


@pytest.mark.parametrize(("message", "code", "said"), [
    ("Failed to load image at 'a.png': no such file", "picture-not-shown", "'a.png' no such file"),
    (".notdef glyph rendered for Unicode string: \"x\" (U+0041)", "glyph-missing", "x U+0041"),
    ("Ignored `colour: red` at 3:7, unknown property.", "style-ignored",
     "the engine ignores 'colour: red': unknown property"),
    ("Invalid or unsupported selector, 'p:foo '", "style-selector", "p:foo"),
    ("Something else.", "engine", "something else"),
])
def test_mutterings_are_findings(message: str, code: str, said: str) -> None:
    finding = finding_of(message, AT)
    assert (finding.code, finding.message) == (code, said)


def test_declaration_is_found_at_its_line() -> None:
    position = finding_of("Ignored `colour: red` at 3:7, unknown property.", AT).position
    assert (position.line, position.column) == (3, 7)
