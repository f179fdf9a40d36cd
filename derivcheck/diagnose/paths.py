"""Places in a surface tree and rebuilding a tree with one place replaced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any, get_args

from derivcheck.notation import tree

Path = tuple[tuple[str, int], ...]  # (field, position in its tuple or -1) steps from the root; rows use two steps
_NODES = get_args(tree.Node)


def places(node: tree.Node, path: Path = ()) -> Iterator[tuple[Path, tree.Node]]:
    """Every node of the tree with its path, parents first."""
    yield path, node
    for f in fields(node):
        value = getattr(node, f.name)
        if isinstance(value, _NODES):
            yield from places(value, (*path, (f.name, -1)))
        elif isinstance(value, tuple):
            for i, part in enumerate(value):
                if isinstance(part, _NODES):
                    yield from places(part, (*path, (f.name, i)))
                elif isinstance(part, tuple):
                    for j, cell in enumerate(part):
                        if isinstance(cell, _NODES):
                            yield from places(cell, (*path, (f.name, i), ("", j)))


def replaced(node: Any, path: Path, new: tree.Node) -> tree.Node:
    """The tree with `new` at `path`; spans of the nodes above are kept."""
    if not path:
        return new
    (name, i), *rest = path
    value = getattr(node, name)
    if i < 0:
        inner: Any = replaced(value, tuple(rest), new)
    elif rest and rest[0][0] == "":
        row = list(value[i])
        row[rest[0][1]] = replaced(row[rest[0][1]], tuple(rest[1:]), new)
        inner = (*value[:i], tuple(row), *value[i + 1 :])
    else:
        inner = (*value[:i], replaced(value[i], tuple(rest), new), *value[i + 1 :])
    result: tree.Node = replace(node, **{name: inner})
    return result
