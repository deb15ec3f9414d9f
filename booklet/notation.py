"""Frozen data ↔ JSON: structs of strings, numbers, paths, tuples, mappings and each other, by their types.

In comes a value, out go bytes; in come bytes and a type, out comes the value. What does not fit the type is a
``ValueError``. Numbers come back as they went in where a field is ``int | float``; a field that is missing has its
default: keys must name the program that wrote.
"""

from functools import cache
from pathlib import Path
from typing import Any

from msgspec import MsgspecError
from msgspec.json import Decoder, Encoder


def spell(value: object) -> str:
    """Return what JSON has for something that it does not know."""
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no notation")


@cache
def _path(text: str) -> Path:
    """Return a path; the same few stand at every block of a text."""
    return Path(text)


def _read(kind: type, value: object) -> Any:
    """Return what ``spell`` wrote."""
    if kind is Path and isinstance(value, str):
        return _path(value)
    raise NotImplementedError(f"{value!r} is no {kind}")


_ENCODER = Encoder(enc_hook=spell)


@cache
def _decoder(kind: Any) -> Decoder[Any]:
    return Decoder(kind, dec_hook=_read)


def encode(value: object) -> bytes:
    """Return a value as JSON."""
    return _ENCODER.encode(value)


def decode(data: bytes, kind: Any) -> Any:
    """Return the value of a type that ``encode`` wrote; ValueError when it is something else."""
    try:
        return _decoder(kind).decode(data)
    except (MsgspecError, NotImplementedError, RecursionError) as wrong:
        raise ValueError(f"no {kind}: {wrong}") from wrong
