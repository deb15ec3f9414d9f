"""Frozen data ↔ JSON: structs of strings, numbers, paths, tuples, mappings and each other, by their type hints.

In comes a value and its type, out go bytes, and the other way round. What does not fit the type is a ``ValueError``.
Fields are written in order without their names: only the program that wrote may read, so keys must name the program.
"""

import json
from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache, partial
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

Turn = Callable[[Any], Any]
_ERRORS = (TypeError, KeyError, IndexError, AttributeError, RecursionError)


def encode(value: object, kind: Any) -> bytes:
    """Return a value of some type as JSON."""
    return json.dumps(_writer(kind)(value), ensure_ascii=False, separators=(",", ":")).encode()


def decode(data: bytes, kind: Any) -> Any:
    """Return the value that ``encode`` wrote; ValueError when it is something else."""
    try:
        return _reader(kind)(json.loads(data))
    except _ERRORS as wrong:
        raise ValueError(f"no {kind}: {wrong}") from wrong


def _same(value: Any) -> Any:
    return value


def _exactly(kinds: tuple[type, ...], value: Any) -> Any:
    """Return a value that is of one of some types."""
    if type(value) not in kinds:
        raise TypeError(f"{value!r} is none of {kinds}")
    return value


def _list(row: Any) -> list[Any]:
    """Return what is a list."""
    if type(row) is not list:
        raise TypeError(f"{row!r} is no list")
    return row


def _chosen(options: list[Turn], number: int, value: Any) -> Any:
    """Return a value of one of a union's types."""
    if type(number) is not int or number < 0:
        raise TypeError(f"{number!r} is no place in a union")
    return options[number](value)


def _options(kind: Any) -> list[Any]:
    """Return the types of a union but for None, and ``None`` in their place where it is no union."""
    return [one for one in get_args(kind) if one is not NoneType]


@cache
def _fields(kind: Any, turn: Callable[[Any], Turn]) -> list[tuple[str, Turn]]:
    """Return the fields of a struct with what turns each; looked up late, since types may hold themselves."""
    hints = get_type_hints(kind)
    return [(name, turn(hints[name])) for name in kind.__struct_fields__]


@cache
def _writer(kind: Any) -> Turn:
    """Return what turns a value of a type into something that JSON has."""
    origin, inner = get_origin(kind), get_args(kind)
    if kind in (str, int, float, bool):
        return _same
    if kind is Path:
        return str
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda value: value.value
    if isinstance(kind, type) and issubclass(kind, Struct):
        return lambda value: [turn(getattr(value, name)) for name, turn in _fields(kind, _writer)]
    if origin in (Union, UnionType):
        options = [(one, _writer(one)) for one in _options(kind)]
        return lambda value: None if value is None else _choose(value, options)
    if origin is tuple and inner[-1] is not Ellipsis:
        each = [_writer(one) for one in inner]
        return lambda value: [turn(one) for turn, one in zip(each, value, strict=True)]
    turn = _writer(inner[-2] if origin is tuple else inner[-1])
    if origin in (dict, Mapping):
        return lambda value: {key: turn(one) for key, one in value.items()}
    return lambda value: [turn(one) for one in (sorted(value) if origin in (set, frozenset) else value)]


def _choose(value: Any, options: list[tuple[Any, Turn]]) -> Any:
    """Return which of a union's types a value has, and the value."""
    for number, (one, turn) in enumerate(options):
        if isinstance(value, get_origin(one) or one):
            return [number, turn(value)]
    raise TypeError(f"{type(value).__name__} is none of a union's types")


@cache
def _reader(kind: Any) -> Turn:
    """Return what turns something that JSON has into a value of a type."""
    origin, inner = get_origin(kind), get_args(kind)
    if kind in (str, int, float, bool):
        return partial(_exactly, {float: (float, int)}.get(kind, (kind,)))
    if kind is Path:
        return cache(Path)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if isinstance(kind, type) and issubclass(kind, Struct):
        return lambda row: kind(*[turn(one) for (_, turn), one in zip(_fields(kind, _reader), _list(row), strict=True)])
    if origin in (Union, UnionType):
        options = [_reader(one) for one in _options(kind)]
        return lambda row: None if row is None else _chosen(options, *_list(row))
    if origin is tuple and inner[-1] is not Ellipsis:
        each = [_reader(one) for one in inner]
        return lambda row: tuple(turn(one) for turn, one in zip(each, _list(row), strict=True))
    turn = _reader(inner[-2] if origin is tuple else inner[-1])
    if origin in (dict, Mapping):
        name = inner[0]
        return lambda row: {name(key): turn(one) for key, one in row.items()}
    collect: Callable[[list[Any]], Any] = {tuple: tuple, set: set, frozenset: frozenset}[origin]
    return lambda row: collect([turn(one) for one in _list(row)])
