"""Which neighbours in a product belong together: a function and its argument, `d` and what it varies."""

from __future__ import annotations

from derivcheck.diagnose.places import is_operator
from derivcheck.notation import tree
from derivcheck.notation.derivatives import is_sign
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.moments import is_moment
from derivcheck.readings import jacobians
from derivcheck.readings.known import Known


def groups(items: tuple[tree.Node, ...], known: Known) -> tuple[tuple[int, int], ...]:
    """(from, to) of each factor."""
    out: list[tuple[int, int]] = []
    i = 0
    while i < len(items):
        end = _end(items, i, known)
        out.append((i, end))
        i = end
    return tuple(out)


def _end(items: tuple[tree.Node, ...], i: int, known: Known) -> int:
    item = items[i]
    after = items[i + 1] if i + 1 < len(items) else None
    if after is None:
        return i + 1
    if is_operator(item) and not _is_symbol(item, known):
        return len(items) if isinstance(item, tree.Frac) else _end(items, i + 1, known)
    if jacobians.order_of(known, item) and isinstance(after, tree.Sym | tree.Script):
        end = _end(items, i + 1, known)
        return end + 1 if end < len(items) and _holds_directions(items[end]) else end
    head = item.base if isinstance(item, tree.Script) else item
    if isinstance(head, tree.Name):
        return i + 2 if is_bracket(after) else len(items)
    if is_bracket(after) and not _is_differential(after) and _is_function(item, head, known):
        return i + 2
    return i + 1


def _is_symbol(item: tree.Node, known: Known) -> bool:
    """A direction d of which the text says that it is a vector."""
    key = symbol_key(item)
    return key is not None and known.shape(key) is not None


def _holds_directions(node: tree.Node) -> bool:
    """[h] behind Df(x)."""
    bracket = node.base if isinstance(node, tree.Script) else node
    return isinstance(bracket, tree.Fence) and bracket.open == "["


def _is_differential(bracket: tree.Node) -> bool:
    """(dX), which is no argument."""
    match bracket:
        case tree.Fence(body=tree.Juxt(items=(sign, _))):
            return is_sign(sign)
        case _:
            return False


def is_bracket(node: tree.Node) -> bool:
    """A bracket, with scripts or without."""
    inner = node.base if isinstance(node, tree.Script) else node
    return isinstance(inner, tree.Fence)


def _is_function(item: tree.Node, head: tree.Node, known: Known) -> bool:
    if is_moment(item):
        return True
    for node in (item, head):
        key = symbol_key(node)
        if key is not None and (
            known.function(key) is not None
            or known.operator(key) is not None
            or ("called" in known.usage.of(key) and known.shape(key) is None)
        ):
            return True
    return False


def item_of(items: tuple[tree.Node, ...]) -> tree.Node:
    """One factor or the product of several."""
    if len(items) == 1:
        return items[0]
    return tree.Juxt(items, start=items[0].start, end=items[-1].end)
