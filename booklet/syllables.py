"""Where words may be broken: what the author's exceptions say, and breaks that miss the joint of a compound.

In come words, broken or with all their breaks; out go places. Språkrådet: a compound is broken between its parts. It
refuses to know files, pages and engines.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

_LEAST_FIRST, _LEAST_LAST = 4, 3
"""Letters of the first and the last part of a compound that is recognised by its parts."""
_NEAR = 2
"""Letters: a break so near a joint was meant for it."""
_OF_ONE_PIECE = ("slag", "spart", "stall", "svei")
"""What looks like a joining s and a part, and may be a word or end one."""
_ENDINGS = ("ene", "ens", "ets", "ers", "ere", "est", "et", "en", "er", "a", "e", "s")
_LAST_PARTS = (
    "arbeid ansvar avtale barn behov bruk by bygd del direktorat drift eier fag felles felt folk form forsking "
    "forskning gruppe gutt hefte hjelp hjem hus jente kart kommune kontor kraft kurs kvinne lag land leder liv lov "
    "makt mann mål mangel miljø midler møte måte navn nemnd nett nivå norm område opplæring ordning part person "
    "plan plass politikk program prosess prosjekt rapport rett rom råd samarbeid samfunn sektor senter side sjef "
    "skap skole sted språk stat statistikk steder strategi støtte system tall tema tid tiltak tilbud tjeneste tone "
    "trygd utdanning utvalg utvikling vei verk virksomhet vilje vekst år")
LAST_PARTS = frozenset(_LAST_PARTS.split())
"""What Norwegian compounds of this field often end with."""


_LIKE_ASCII = "\u0130".encode(), "\u212a".encode()
"""The only signs beyond ASCII whose small letters are in it."""


def exceptions_in(data: bytes, words: Iterable[str]) -> tuple[str, ...]:
    """Return the exceptions that a text in UTF-8 has a use for.

    To make small letters of a text takes long: bytes are enough for words in ASCII, and for the pieces of others.
    """
    lowered, plain = data.lower(), not any(sign in data for sign in _LIKE_ASCII)
    near = [word for word in words if not plain or _core(word) in lowered]
    if plain and all(map(str.isascii, near)):
        return tuple(near)
    text = data.decode().lower()
    return tuple(word for word in near if _whole(word) in text)


@cache
def _core(word: str) -> bytes:
    """Return the longest piece of an exception in small letters that ASCII has: where it is missing, so is the word."""
    pieces: list[str] = re.findall(r"[\x00-\x7f]*", _whole(word))
    return max(pieces, key=len).encode()


@cache
def _whole(word: str) -> str:
    """Return an exception as it stands in a text, in small letters."""
    return word.rstrip("*").replace("-", "").lower()


def breaks_of(word: str) -> tuple[int, ...]:
    """Return how many letters stand before each break of an exception."""
    parts = word.rstrip("*").split("-")
    return tuple(sum(map(len, parts[:i])) for i in range(1, len(parts)))


def is_exception(broken: str, words: Iterable[str]) -> bool:
    """Tell whether a word is broken where the author says."""
    whole, place = broken.replace("-", "").lower(), broken.index("-")
    for word in words:
        stem = word.rstrip("*").replace("-", "").lower()
        if place in breaks_of(word) and (whole == stem or (word.endswith("*") and whole.startswith(stem))):
            return True
    return False


def words_with(exception: str, text: str) -> Iterator[str]:
    """Yield the words of a text, in small letters, that an exception is meant for."""
    stem = exception.rstrip("*").replace("-", "").lower()
    more = r"[^\W\d_]*" if exception.endswith("*") else ""
    pattern, text, place, found = re.compile(rf"(?<![^\W\d_]){stem}{more}(?![^\W\d_])"), text.lower(), -1, set()
    while (place := text.find(stem, place + 1)) >= 0:  # which is found sooner than a word's edge
        if match := pattern.match(text, place):
            found.add(match[0])
    yield from sorted(found)


def better_break(broken: str, known: Mapping[str, int]) -> str:
    """Return a broken compound as it ought to be broken; empty where nothing speaks against it.

    ``known`` holds the words that stand alone somewhere in the booklet.
    """
    whole, place = broken.replace("-", "").lower(), broken.index("-")
    if _takes_s_along(whole[place:], known):
        return f"{whole[:place + 1]}-{whole[place + 1:]}"
    joints = [joint for joint in range(_LEAST_FIRST, len(whole) - _LEAST_LAST + 1) if _is_joint(whole, joint, known)]
    if not joints or place in joints:
        return ""
    near = [joint for joint in joints if abs(joint - place) <= _NEAR]
    return f"{whole[:near[-1]]}-{whole[near[-1]:]}" if near else ""


def _takes_s_along(tail: str, known: Mapping[str, int]) -> bool:
    """Tell whether the s that joins two parts stands with the second: bærekraft-smål."""
    if not tail.startswith("s") or tail in known or tail.startswith(_OF_ONE_PIECE):
        return False
    return any(stem in LAST_PARTS for stem in (tail[1:], *(tail[1:].removesuffix(ending) for ending in _ENDINGS)))


def _is_joint(whole: str, joint: int, known: Mapping[str, int]) -> bool:
    """Tell whether a compound may be joined of two known words here, perhaps by an s or e."""
    first, last = whole[:joint], whole[joint:]
    if not _ends(last, known):
        return False
    return first in known or (first[-1] in "se" and len(first) > _LEAST_FIRST and first[:-1] in known)


def _ends(last: str, known: Mapping[str, int]) -> bool:
    stems = (last, *(last.removesuffix(ending) for ending in _ENDINGS))
    return any(stem in LAST_PARTS for stem in stems) or (last in known and last not in _ENDINGS)
