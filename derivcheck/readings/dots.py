"""What three dots stand for: `x_1, …, x_n` and `a_1 + a_2 + ⋯ + a_n` as members of a family over 1..n.

Where `notation.progression` sees no pattern there is no reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcheck.notation import tree
from derivcheck.notation.progression import progression
from derivcheck.readings import numbers
from derivcheck.readings.errors import Unread
from derivcheck.readings.sizes import size_of
from derivcheck.terms.dim import ONE, Dim
from derivcheck.terms.term import Apply, Fold, Index, Size, Term

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator


def listed(e: Elaborator, items: tuple[tree.Node, ...], node: tree.Fence) -> Term:
    """(x_1, …, x_n) as the column Σ_k x_k e_k, [x_1, …, x_n] as a row; either is Σ_k a_k e_kᵀ of columns a_k."""
    pattern = progression(items)
    if pattern is None or pattern.first != tree.Num("1"):
        raise Unread("dots", "", node.start, node.end)
    name = f"k@{node.start}"
    with e.binding(name):
        body = e.read(pattern.member(tree.Sym(name, start=node.start, end=node.end)))
        if not e.is_scalar(body) and not e.is_column(body):
            raise Unread("dots", "a list of matrices", node.start, node.end)
        count = size(e, pattern.last)
        e.unifier.unify(e.index_range(name), count)
        unit: Term = Apply("basis", (Index(name),), dims=(count,), shape=(count, ONE))
        if node.open == "[" or not e.is_scalar(body):
            unit = e.apply("transpose", (unit,), node)
        term = e.apply("scale" if e.is_scalar(body) else "matmul", (body, unit), node)
        return Fold("sum", name, numbers.number(1), Size(count), term, shape=term.shape, start=node.start, end=node.end)


def total(e: Elaborator, node: tree.Add) -> Term:
    """a_1 + a_2 + ⋯ + a_n as a sum over the index."""
    pattern = progression(node.terms) if all(s == "+" for s in node.signs) else None
    if pattern is None:
        raise Unread("dots", "", node.start, node.end)
    name = f"k@{node.start}"
    with e.binding(name):
        body = e.read(pattern.member(tree.Sym(name, start=node.start, end=node.end)))
        lower, upper = e.read(pattern.first), e.read(pattern.last)
        if pattern.first == tree.Num("1") and isinstance(upper, Size):
            e.unifier.unify(e.index_range(name), upper.dim)
        return Fold("sum", name, lower, upper, body, shape=body.shape, start=node.start, end=node.end)


def size(e: Elaborator, last: tree.Node) -> Dim:
    """How many members there are, by the index of the last."""
    found = size_of(last)
    if found is None:
        raise Unread("dots", "", last.start, last.end)
    return found
