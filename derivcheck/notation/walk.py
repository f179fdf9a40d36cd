"""Walking surface trees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any, get_args

from derivcheck.notation import tree

_NODES = get_args(tree.Node)


_FIELDS: dict[type, tuple[str, ...]] = {
    kind: tuple(f.name for f in fields(kind) if f.name not in ("start", "end", "gaps")) for kind in _NODES
}


def children(node: tree.Node) -> tuple[tree.Node, ...]:
    """Direct child nodes, in field order."""
    out: list[tree.Node] = []
    for name in _FIELDS[type(node)]:
        _gather(getattr(node, name), out)
    return tuple(out)


def _gather(value: object, out: list[tree.Node]) -> None:
    if isinstance(value, _NODES):
        out.append(value)
    elif isinstance(value, tuple):
        for part in value:
            _gather(part, out)


def subtrees(node: tree.Node) -> Iterator[tree.Node]:
    """The node and everything below it, depth first."""
    stack = [node]
    while stack:
        n = stack.pop()
        yield n
        stack.extend(reversed(children(n)))


def rewrite(node: tree.Node, change: Callable[[tree.Node], tree.Node | None]) -> tree.Node:
    """The tree with every node for which `change` gives another one replaced (outermost first, not inside what it gave)."""
    new = change(node)
    if new is not None:
        return new
    values = {name: _rewritten(getattr(node, name), change) for name in _FIELDS[type(node)]}
    result: tree.Node = replace(node, **values)
    return result


def _rewritten(value: Any, change: Callable[[tree.Node], tree.Node | None]) -> Any:
    if isinstance(value, _NODES):
        return rewrite(value, change)
    if isinstance(value, tuple):
        return tuple(_rewritten(part, change) for part in value)
    return value
