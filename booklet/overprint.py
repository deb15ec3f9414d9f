"""Text in pure black, marked in the content of a page: whether it prints over what lies below is the printer's to say.

In come the lines of a content stream as the engine writes them, one operator a line; out go the same lines with the
graphics state ``/Over`` before each text in pure black and ``/Knock`` behind it. Assembly says what the two mean.
"""

OVER, KNOCK = b"/Over gs", b"/Knock gs"
_BLACK = b"0 0 0 1 scn"
_SHOWS = (b"TJ", b"Tj")
_TELLING = frozenset((b"q", b"Q", b"cn", b"cs", b"ET", *_SHOWS))
"""How the lines end that matter: most draw."""


def mark_black(lines: list[bytes]) -> list[bytes]:
    """Return the lines of a page painted in CMYK, its black text marked (ISO 32000-1, 8.6.7; GWG 2022, 4.24)."""
    marks: list[tuple[int, bytes]] = []
    black, over, stack = False, False, list[bool]()
    for number, line in enumerate(lines):
        tail = line[-2:]
        if tail not in _TELLING:
            continue
        if line == b"q":
            stack.append(black)
        elif line == b"Q":
            black = stack.pop() if stack else black
        elif line.endswith((b" scn", b" cs")):
            black = line == _BLACK
        elif tail in _SHOWS and black != over:
            marks.append((number, OVER if black else KNOCK))
            over = black
        elif over and line == b"ET":
            marks.append((number + 1, KNOCK))
            over = False
    return _inserted(lines, marks)


def _inserted(lines: list[bytes], marks: list[tuple[int, bytes]]) -> list[bytes]:
    """Return lines with others before those of some numbers."""
    marked: list[bytes] = []
    begin = 0
    for number, mark in marks:
        marked += lines[begin:number]
        marked.append(mark)
        begin = number
    return marked + lines[begin:]
