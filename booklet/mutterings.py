"""What the layout engine mutters → findings, in our words.

In comes a message of WeasyPrint 70.0 and a place; out goes a finding. Has never seen the engine.
"""

import re

from msgspec.structs import replace

from booklet.findings import Finding, Position, Severity

_MEANINGS = (
    (r"Failed to load image at (.*): (.*)", "picture-not-shown", Severity.ERROR, "check the picture file"),
    (r"\.notdef glyph.*: \"(.*)\" \((U\+\w+)\)", "glyph-missing", Severity.ERROR,
     "use a character that the typefaces have"),
    (r"Ignored `(.*)` at (\d+):(\d+), (.*?)\.?$", "style-ignored", Severity.WARNING,
     "correct or remove the declaration"),
    (r"Invalid or unsupported selector, ['\"](.*?)\s*['\"]$", "style-selector", Severity.WARNING,
     "write a selector the engine knows"),
)


def finding_of(message: str, position: Position) -> Finding:
    """Return what the engine muttered in our words."""
    for pattern, code, severity, hint in _MEANINGS:
        if match := re.match(pattern, message):
            if code == "style-ignored":
                position = replace(position, line=int(match[2]), column=int(match[3]))
                return Finding(code, severity, f"the engine ignores '{match[1]}': {match[4]}", position, hint)
            return Finding(code, severity, " ".join(filter(None, match.groups())), position, hint)
    return Finding("engine", Severity.WARNING, message[:1].lower() + message[1:].rstrip("."), position)
