"""Δt as one symbol, where Δ never stands by itself in the document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.walk import children, rewrite, subtrees
from derivcheck.statements.model import Display

_DELTA = tree.Sym("\\Delta")


def with_increments(displays: Mapping[int, Display]) -> Mapping[int, Display]:
    """The displays with `Δt`, `Δx_i`, `Δ𝐪` as symbols of their own; unchanged where Δ also is a letter like others."""
    roots = [m.node for d in displays.values() for c in d.chains for m in c.members]
    if not _always_before_a_letter(roots):
        return displays
    return {item: display.rewritten(_joined) for item, display in displays.items()}


def _always_before_a_letter(roots: list[tree.Node]) -> bool:
    found = 0
    for root in roots:
        for node in subtrees(root):
            signs = sum(child == _DELTA for child in children(node))
            if not signs:
                continue
            if not isinstance(node, tree.Juxt):
                return False
            joined = sum(a == _DELTA and _is_letter(b) for a, b in pairwise(node.items))
            if joined < signs:
                return False
            found += joined
        if root == _DELTA:
            return False
    return found > 0


def _is_letter(node: tree.Node) -> bool:
    base = node.base if isinstance(node, tree.Script) else node
    return isinstance(base, tree.Sym | tree.Accent) and base != _DELTA and symbol_key(base) is not None


def _joined(node: tree.Node) -> tree.Node | None:
    if not isinstance(node, tree.Juxt) or _DELTA not in node.items:
        return None
    items: list[tree.Node] = []
    for item in node.items:
        if items and items[-1] == _DELTA and _is_letter(item):
            items[-1] = _increment(items[-1].start, item)
        else:
            items.append(rewrite(item, _joined))
    return items[0] if len(items) == 1 else tree.Juxt(tuple(items), start=node.start, end=node.end)


def _increment(start: int, item: tree.Node) -> tree.Node:
    """Δx of x, (Δx)_i² of x_i²."""
    if isinstance(item, tree.Script):
        return replace(item, base=_increment(start, item.base), start=start)
    return tree.Accent("Delta", item, start=start, end=item.end)
