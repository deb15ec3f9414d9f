"""Templates that need not be compiled: what Jinja makes of them comes ready from ``forms.json``.

In comes the name of a template and what it is to say; out goes the HTML. Importing Jinja and compiling takes as long as
reading a small content, so the trees of our templates are kept (``make haste`` writes them) and walked here: the
few parts of the language that they use. Where a template is another than the one kept, or a name is missing, the
answer is None, and Jinja's turn has come. Knows no unit.
"""

import operator
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from booklet.notation import decode

KEPT = Path(__file__).parent / "forms.json"
TEMPLATES = Path(__file__).parent / "templates"
COMPARED: dict[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq, "ne": operator.ne, "gt": operator.gt, "gteq": operator.ge, "lt": operator.lt,
    "lteq": operator.le}
_FAILS = LookupError, AttributeError, TypeError, ValueError, OSError
"""What a missing name leads to, or a template that is not kept."""

Scope = dict[str, Any]


@cache
def _kept() -> dict[str, list[Any]]:
    try:
        found: dict[str, list[Any]] = decode(KEPT.read_bytes(), dict[str, list[Any]])
    except (OSError, ValueError):
        return {}
    return found


@cache
def _tree(name: str) -> list[Any]:
    """Return the statements of a template; LookupError when they are not kept."""
    source, body = _kept()[name]
    if source != sha256((TEMPLATES / name).read_bytes()).hexdigest():
        raise LookupError(name)
    return list(body)


def attribute_of(thing: Any, name: str) -> Any:
    """Return an attribute of a thing, or else what it holds by that name: «words.theme»."""
    try:
        return getattr(thing, name)
    except AttributeError:
        return thing[name]


def item_of(thing: Any, key: Any) -> Any:
    """Return what a thing holds, or else an attribute of it."""
    try:
        return thing[key]
    except _FAILS:
        if isinstance(key, str):
            return getattr(thing, key)
        raise


def join(values: Any, sign: str = "") -> Any:
    """Return values with a sign between them; when one of them is markup, so is all."""
    parts = [value if hasattr(value, "__html__") else str(value) for value in values]
    return (escape(sign) if any(hasattr(part, "__html__") for part in parts) else sign).join(parts)


class Reader:
    """Walks trees; ``filters`` are those that are not Jinja's own."""

    def __init__(self, filters: Mapping[str, Callable[..., Any]]) -> None:
        self._filters: dict[str, Callable[..., Any]] = {"safe": Markup, "join": join, **filters}

    # expressions: what a list begins with says which

    def value(self, tree: list[Any], scope: Scope) -> Any:
        """Return what an expression stands for; one of ``_FAILS`` when it stands for nothing."""
        return getattr(self, f"_{tree[0]}")(scope, *tree[1:])

    def _const(self, scope: Scope, value: Any) -> Any:
        return value

    def _name(self, scope: Scope, name: str) -> Any:
        return scope[name]

    def _attr(self, scope: Scope, thing: list[Any], name: str) -> Any:
        return attribute_of(self.value(thing, scope), name)

    def _item(self, scope: Scope, thing: list[Any], key: list[Any]) -> Any:
        return item_of(self.value(thing, scope), self.value(key, scope))

    def _list(self, scope: Scope, *things: list[Any]) -> Any:
        return [self.value(thing, scope) for thing in things]

    def _tuple(self, scope: Scope, *things: list[Any]) -> Any:
        return tuple(self._list(scope, *things))

    def _call(self, scope: Scope, called: list[Any], given: list[Any], named: dict[str, Any]) -> Any:
        more = {name: self.value(tree, scope) for name, tree in named.items()}
        return self.value(called, scope)(*self._list(scope, *given), **more)

    def _filter(self, scope: Scope, name: str, thing: list[Any], given: list[Any]) -> Any:
        if name == "default":
            return self.value(thing if self._defined(scope, thing) else given[0], scope)
        return self._filters[name](self.value(thing, scope), *self._list(scope, *given))

    def _defined(self, scope: Scope, thing: list[Any]) -> bool:
        if thing[0] == "name":
            return thing[1] in scope
        raise LookupError(thing)

    def _not(self, scope: Scope, thing: list[Any]) -> bool:
        return not self.value(thing, scope)

    def _and(self, scope: Scope, one: list[Any], other: list[Any]) -> Any:
        return self.value(one, scope) and self.value(other, scope)

    def _or(self, scope: Scope, one: list[Any], other: list[Any]) -> Any:
        return self.value(one, scope) or self.value(other, scope)

    def _compare(self, scope: Scope, sign: str, one: list[Any], other: list[Any]) -> Any:
        return COMPARED[sign](self.value(one, scope), self.value(other, scope))

    def _concat(self, scope: Scope, *things: list[Any]) -> Any:
        return join(self._list(scope, *things))

    def _choice(self, scope: Scope, test: list[Any], one: list[Any], other: list[Any]) -> Any:
        return self.value(one if self.value(test, scope) else other, scope)

    # statements

    def write(self, body: list[Any], scope: Scope, out: list[str]) -> None:
        """Write what statements say."""
        for tree in body:
            if type(tree) is str:
                out.append(tree)
            else:
                getattr(self, f"_write_{tree[0]}")(scope, out, *tree[1:])

    def _write_out(self, scope: Scope, out: list[str], thing: list[Any]) -> None:
        out.append(escape(self.value(thing, scope)))

    def _write_if(self, scope: Scope, out: list[str], *cases: list[Any]) -> None:
        for test, body in cases:
            if self.value(test, scope):
                self.write(body, scope, out)
                return

    def _write_for(self, scope: Scope, out: list[str], *told: Any) -> None:
        target, many, body, otherwise = told
        inner, values = dict(scope), list(self.value(many, scope))
        for value in values:
            if type(target) is str:
                inner[target] = value
            else:
                inner.update(zip(target, value, strict=True))
            self.write(body, inner, out)
        if not values:
            self.write(otherwise, scope, out)

    def _write_macro(self, scope: Scope, out: list[str], name: str, words: list[str], body: list[Any]) -> None:
        def macro(*given: Any) -> Markup:
            said = list[str]()
            self.write(body, scope | dict(zip(words, given, strict=True)), said)
            return Markup("".join(said))

        scope[name] = macro

    def _write_include(self, scope: Scope, out: list[str], name: list[Any]) -> None:
        self.write(_tree(self.value(name, scope)), dict(scope), out)

    def _write_import(self, scope: Scope, out: list[str], name: str, names: list[str], told: bool) -> None:
        found = dict(scope) if told else {"range": range}
        self.write(_tree(name), found, [])
        scope.update((one, found[one]) for one in names)

    def _write_block(self, scope: Scope, out: list[str], name: str, body: list[Any]) -> None:
        self.write(scope["blocks of the child"].get(name, body), scope, out)

    def page(self, name: str, told: Mapping[str, Any]) -> str | None:
        """Return what a template says; None when Jinja has to be asked."""
        out, scope, blocks = list[str](), Scope(told, range=range), dict[str, Any]()
        scope["blocks of the child"] = blocks
        try:
            body = _tree(name)
            while body[0][0] == "extends":
                own = [tree for tree in body[1:] if tree[0] == "block"]
                blocks |= {tree[1]: tree[2] for tree in own if tree[1] not in blocks}
                self.write([tree for tree in body[1:] if tree[0] in ("import", "macro")], scope, [])
                body = _tree(body[0][1])
            self.write(body, scope, out)
        except _FAILS:
            return None
        return "".join(out)
