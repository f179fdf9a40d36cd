"""Walking surface trees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from enum import Enum
from operator import attrgetter
from typing import Any, get_args

from derivcheck.notation import tree

_NODES: tuple[type[tree.Node], ...] = get_args(tree.Node)


class _Holds(Enum):
    """What a field of a node holds."""

    ONE = "Node"
    PERHAPS = "Node | None"
    MANY = "tuple[Node, ...]"
    ROWS = "tuple[tuple[Node, ...], ...]"


_ANNOTATIONS = {holds.value: holds for holds in _Holds}
_Parts = tuple[tuple[str, _Holds], ...]
_PARTS: dict[type, _Parts] = {
    kind: tuple((f.name, _ANNOTATIONS[str(f.type)]) for f in fields(kind) if str(f.type) in _ANNOTATIONS)
    for kind in _NODES
}


def _lister(parts: _Parts) -> Callable[[tree.Node], tuple[tree.Node, ...]]:
    """What lists the nodes in these fields of a node."""
    if not parts:
        return lambda node: ()
    if len(parts) == 1 and parts[0][1] is _Holds.MANY:
        return attrgetter(parts[0][0])

    def listed(node: tree.Node) -> tuple[tree.Node, ...]:
        out: list[tree.Node] = []
        for name, holds in parts:
            value = getattr(node, name)
            if holds is _Holds.MANY:
                out += value
            elif holds is _Holds.ROWS:
                for row in value:
                    out += row
            elif value is not None:
                out.append(value)
        return tuple(out)

    return listed


_LISTERS = {kind: _lister(parts) for kind, parts in _PARTS.items()}


def children(node: tree.Node) -> tuple[tree.Node, ...]:
    """Direct child nodes, in field order."""
    return _LISTERS[type(node)](node)


def subtrees(node: tree.Node) -> Iterator[tree.Node]:
    """The node and everything below it, depth first."""
    stack = [node]
    while stack:
        n = stack.pop()
        yield n
        if below := _LISTERS[type(n)](n):
            stack.extend(reversed(below))


def rewrite(node: tree.Node, change: Callable[[tree.Node], tree.Node | None]) -> tree.Node:
    """The tree with every node for which `change` gives another one replaced: outermost first, not inside it."""
    new = change(node)
    if new is not None:
        return new
    parts = {name: _rewritten(getattr(node, name), change) for name, _ in _PARTS[type(node)]}
    result: tree.Node = replace(node, **parts) if parts else node
    return result


def _rewritten(value: Any, change: Callable[[tree.Node], tree.Node | None]) -> Any:
    if isinstance(value, tuple):
        return tuple([_rewritten(part, change) for part in value])
    return None if value is None else rewrite(value, change)
