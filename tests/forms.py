"""Writes what ``forms`` knows of templates: ``make haste``.

Jinja parses them; what it parsed is kept in a short form. A template that uses more of the language is not kept.
"""

import json
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from jinja2 import nodes

from booklet.forms import COMPARED, KEPT, TEMPLATES
from booklet.render import environment


class Odd(Exception):
    """Something that a form cannot say."""


def _call(tree: nodes.Call) -> list[Any]:
    if tree.dyn_args or tree.dyn_kwargs:
        raise Odd(tree)
    named = {one.key: said(one.value) for one in tree.kwargs}
    return ["call", said(tree.node), [said(one) for one in tree.args], named]


def _filter(tree: nodes.Filter) -> list[Any]:
    most = {"safe": 0, "join": 1, "breakable": 0, "default": 1}.get(tree.name, -1)
    if tree.kwargs or tree.dyn_args or tree.dyn_kwargs or tree.node is None or len(tree.args) > most:
        raise Odd(tree)
    return ["filter", tree.name, said(tree.node), [said(one) for one in tree.args]]


def said(tree: nodes.Node) -> list[Any]:
    """Return an expression as a form has it."""
    match tree:
        case nodes.Name(name=name) if name not in ("loop", "self", "super", "caller", "varargs", "kwargs"):
            return ["name", name]
        case nodes.Const(value=value):
            return ["const", value]
        case nodes.Getattr(node=thing, attr=name):
            return ["attr", said(thing), name]
        case nodes.Getitem(node=thing, arg=key):
            return ["item", said(thing), said(key)]
        case nodes.Tuple(items=items) | nodes.List(items=items):
            return [type(tree).__name__.lower(), *map(said, items)]
        case nodes.Test(name="defined", node=thing):
            return ["defined", said(thing)]
        case nodes.Compare(expr=one, ops=[other]) if other.op in COMPARED:
            return ["compare", other.op, said(one), said(other.expr)]
        case nodes.Concat(nodes=things):
            return ["concat", *map(said, things)]
        case nodes.CondExpr(test=test, expr1=one, expr2=nodes.Expr() as other):
            return ["choice", said(test), said(one), said(other)]
        case nodes.Not(node=thing):
            return ["not", said(thing)]
        case nodes.And(left=one, right=other) | nodes.Or(left=one, right=other):
            return [type(tree).__name__.lower(), said(one), said(other)]
        case nodes.Call():
            return _call(tree)
        case nodes.Filter():
            return _filter(tree)
    raise Odd(tree)


def _target(tree: nodes.Node) -> Any:
    if isinstance(tree, nodes.Tuple):
        return [_target(one) for one in tree.items]
    if not isinstance(tree, nodes.Name):
        raise Odd(tree)
    return tree.name


def _branches(tree: nodes.If) -> list[Any]:
    cases = [[said(one.test), written(one.body)] for one in (tree, *tree.elif_)]
    return ["if", *cases, [["const", True], written(tree.else_)]]


def _statement(tree: nodes.Node) -> list[Any]:
    match tree:
        case nodes.If():
            return [_branches(tree)]
        case nodes.For(test=None, recursive=False):
            return [["for", _target(tree.target), said(tree.iter), written(tree.body), written(tree.else_)]]
        case nodes.Macro(defaults=[]):
            return [["macro", tree.name, [one.name for one in tree.args], written(tree.body)]]
        case nodes.Include(with_context=True, ignore_missing=False):
            return [["include", said(tree.template)]]
        case nodes.FromImport(template=nodes.Const(value=name)) if all(isinstance(one, str) for one in tree.names):
            return [["import", name, tree.names, tree.with_context]]
        case nodes.Extends(template=nodes.Const(value=name)):
            return [["extends", name]]
        case nodes.Block(scoped=False, required=False):
            return [["block", tree.name, written(tree.body)]]
        case nodes.Output():
            return [one.data if isinstance(one, nodes.TemplateData) else ["out", said(one)] for one in tree.nodes]
    raise Odd(tree)


def written(body: list[nodes.Node]) -> list[Any]:
    """Return statements as a form has them."""
    return [part for tree in body for part in _statement(tree)]


def form_of(text: str) -> list[Any]:
    """Return a template as a form; Odd when that cannot be."""
    return written(environment().parse(text).body)


def forms() -> str:
    """Return what ``forms.json`` holds."""
    rows = []
    for path in sorted(TEMPLATES.glob("*.jinja")):
        row = [sha256(path.read_bytes()).hexdigest(), form_of(path.read_text("utf-8"))]
        rows.append(f"{json.dumps(path.name)}:{json.dumps(row, ensure_ascii=False, separators=(',', ':'))}")
    return "{" + ",\n".join(rows) + "}\n"


if __name__ == "__main__":
    KEPT.write_text(forms(), "utf-8")
