"""The pattern behind three dots: `x_1, …, x_n`, `a_1 + a_2 + ⋯ + a_n`.

The first and the last member must differ by one index only, in the same places throughout, and every further member
written out must be the one that the pattern gives.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, get_args

from derivcheck.notation import tree
from derivcheck.notation.walk import rewrite

_NODES = get_args(tree.Node)
HOLE = tree.Sym("\\hole")


@dataclass(frozen=True, slots=True)
class Progression:
    """template with a hole for the index, which runs from first to last."""

    template: tree.Node
    first: tree.Node
    last: tree.Node

    def member(self, index: tree.Node) -> tree.Node:
        return rewrite(self.template, lambda n: index if n == HOLE else None)


def progression(items: tuple[tree.Node, ...]) -> Progression | None:
    """The pattern of `x_1, x_2, …, x_n`; None when it is none."""
    places = [k for k, item in enumerate(items) if isinstance(item, tree.Dots)]
    if len(places) != 1 or places[0] == 0 or places[0] != len(items) - 2:
        return None
    first, last = items[0], items[-1]
    found: list[tuple[tree.Node, tree.Node]] = []
    template = _generalised(first, last, found)
    if template is None or not found or any(pair != found[0] for pair in found):
        return None
    pattern = Progression(template, *found[0])
    if not isinstance(pattern.first, tree.Num) or not pattern.first.text.isdigit():
        return None
    start = int(pattern.first.text)
    written = items[: places[0]]
    if any(pattern.member(tree.Num(str(start + k))) != item for k, item in enumerate(written)):
        return None
    return pattern


def _generalised(a: Any, b: Any, found: list[tuple[tree.Node, tree.Node]]) -> Any:
    """The common part of two trees with holes where they differ; None when they differ in shape."""
    if a == b:
        return a
    if isinstance(a, tree.Num) and isinstance(b, tree.Num | tree.Sym | tree.Add):
        found.append((a, b))
        return HOLE
    if isinstance(a, tuple) and isinstance(b, tuple) and len(a) == len(b):
        parts = tuple(_generalised(x, y, found) for x, y in zip(a, b, strict=True))
        return None if any(p is None for p in parts) else parts
    if not isinstance(a, _NODES) or type(a) is not type(b):
        return None
    values = {}
    for f in fields(a):
        if f.name in ("start", "end", "gaps"):
            continue
        x, y = getattr(a, f.name), getattr(b, f.name)
        new = x if x == y else _generalised(x, y, found)
        if new is None and x is not None:
            return None
        values[f.name] = new
    return type(a)(**values, start=a.start, end=a.end)
