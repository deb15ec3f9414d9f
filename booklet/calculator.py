"""Calculator functions of a PDF (type 4): can they be read, and how many values do they leave (ISO 32000-1, 7.10.5)?

In comes a program and how many values it is given; out goes how many it leaves. Nothing is computed. ``ValueError``
when it is no program.
"""

import re

_TOKEN = re.compile(rb"%[^\r\n]*|[{}]|[^\s{}%]+")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|\d+#[0-9a-zA-Z]+")
_ONE = ("abs", "ceiling", "cos", "cvi", "cvr", "floor", "ln", "log", "neg", "not", "round", "sin", "sqrt", "truncate")
_TWO = ("add", "and", "atan", "bitshift", "div", "eq", "exp", "ge", "gt", "idiv", "le", "lt", "mod", "mul", "ne", "or",
        "sub", "xor")
_OPERATORS = {
    **dict.fromkeys(_ONE, (1, 1)), **dict.fromkeys(_TWO, (2, 1)), "true": (0, 1), "false": (0, 1), "dup": (1, 2),
    "exch": (2, 2), "pop": (1, 0), "index": (1, 1)}
"""Operator → how many values it takes and gives."""
_MOST = 100_000
Program = list["str | Program"]


def _read(source: bytes) -> Program:
    whole: Program = []
    open_: list[Program] = [whole]
    for word in _TOKEN.findall(source)[:_MOST]:
        if word.startswith(b"%"):
            continue
        if word == b"{":
            inner: Program = []
            open_[-1].append(inner)
            open_.append(inner)
        elif word == b"}":
            open_.pop()
            if not open_:
                raise ValueError("closes a brace that was not opened")
        else:
            open_[-1].append(word.decode("latin-1"))
    if len(open_) != 1 or len(whole) != 1 or not isinstance(whole[0], list):
        raise ValueError("is no procedure in braces")
    return whole[0]


def values_left(source: bytes, given: int) -> int | None:
    """Return how many values a program leaves; None where that hangs on the values."""
    return _follow(_read(source), given)


def _follow(program: Program, depth: int | None) -> int | None:
    for place, word in enumerate(program):
        before = program[place - 1] if place else None
        if isinstance(word, list):
            continue
        if word in ("if", "ifelse"):
            depth = _branch(program[max(0, place - (2 if word == "ifelse" else 1)):place], word, depth)
        elif _NUMBER.fullmatch(word):
            depth = None if depth is None else depth + 1
        elif word == "copy":
            count = int(before) if isinstance(before, str) and before.isdigit() else None
            depth = None if depth is None or count is None else depth - 1 + count
        elif word == "roll":
            depth = _taken(word, depth, 2)
        elif word in _OPERATORS:
            taken, left = _OPERATORS[word]
            depth = _taken(word, depth, taken)
            depth = None if depth is None else depth + left
        else:
            raise ValueError(f"has no operator '{word[:20]}'")
    return depth


def _branch(branches: Program, word: str, depth: int | None) -> int | None:
    """Follow what is done under a condition; branches that leave different numbers of values leave nobody knows."""
    if len(branches) != (2 if word == "ifelse" else 1) or any(isinstance(one, str) for one in branches):
        raise ValueError(f"has '{word}' without its procedures")
    depth = _taken(word, depth, 1)
    ends = {_follow(one, depth) for one in branches if isinstance(one, list)}
    ends |= {depth} if word == "if" else set()
    return ends.pop() if len(ends) == 1 else None


def _taken(word: str, depth: int | None, count: int) -> int | None:
    if depth is not None and depth < count:
        raise ValueError(f"takes more values than there are ('{word}')")
    return None if depth is None else depth - count
