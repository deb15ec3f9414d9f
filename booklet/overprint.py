"""Text in pure black, marked in the content of a page: whether it prints over what lies below is the printer's to say.

In come the lines of a content stream as the engine writes them, one operator a line; out go the same lines with the
graphics state ``/Over`` before each text in pure black and ``/Knock`` behind it. Assembly says what the two mean.
"""

OVER, KNOCK = b"/Over gs", b"/Knock gs"
_BLACK = b"0 0 0 1 scn"


def mark_black(lines: list[bytes]) -> list[bytes]:
    """Return the lines of a page painted in CMYK, its black text marked (ISO 32000-1, 8.6.7; GWG 2022, 4.24)."""
    marked: list[bytes] = []
    black, over, stack = False, False, list[bool]()
    for line in lines:
        if line == b"q":
            stack.append(black)
        elif line == b"Q" and stack:
            black = stack.pop()
        elif line.endswith((b" scn", b" cs")):
            black = line == _BLACK
        shows = line.endswith((b"TJ", b"Tj"))
        if shows and black != over:
            marked.append(OVER if black else KNOCK)
            over = black
        marked.append(line)
        if over and line == b"ET":
            marked.append(KNOCK)
            over = False
    return marked
