"""Limits that are values: of members of a sequence, and of expressions that are continuous where they have a value.

`lim_{n → ∞} (c + a_{n-1} b_n)` is `c + a_∞ b_∞`, where the limits are taken to exist: sums, products and functions of
sequences that converge do so as well. `lim_{x → c} f(x)` is f(c) where that exists; a quotient 0/0 has no value.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from derivcheck.notation import tree
from derivcheck.notation.derivatives import split_derivative
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.walk import rewrite, subtrees
from derivcheck.readings.errors import Unread
from derivcheck.terms.term import Term

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

_INFINITY = tree.Sym("\\infty")
_ARROWS = ("\\to", "\\rightarrow")
_JUMPS = frozenset({"\\lfloor", "\\lceil", "\\{", "{"})  # brackets of what may jump


def limit(e: Elaborator, node: tree.Big) -> Term:
    """The value that a limit has."""
    match node.sub:
        case tree.Rel(items=(tree.Sym() as index, point), ops=(sign,)) if sign in _ARROWS and node.body is not None:
            members = point == _INFINITY
            value = _of_members(node.body, index) if members else _at(e, node.body, index, point)
            if value is not None and index not in subtrees(value):
                return e.read(value)
    raise Unread("unsupported operator", node.op, node.start, node.end)


def _of_members(body: tree.Node, index: tree.Sym) -> tree.Node:
    """a_∞ for a_n and a_{n+1}."""

    def change(n: tree.Node) -> tree.Node | None:
        match n:
            case tree.Script(base=tree.Sym() as base, sub=sub, sup=sup) if sub == index or _is_step(sub, index):
                return tree.Script(base, _INFINITY, sup, n.primes, start=n.start, end=n.end)
            case _:
                return None

    return rewrite(body, change)


def _is_step(sub: tree.Node | None, index: tree.Sym) -> bool:
    """n + 1, n − 2."""
    match sub:
        case tree.Add(terms=(first, tree.Num())):
            return first == index
        case _:
            return False


def _at(e: Elaborator, body: tree.Node, variable: tree.Sym, point: tree.Node) -> tree.Node | None:
    """The body with the point in place of the variable, a number; None where it may jump or differentiates."""
    if isinstance(point, tree.Script) or _INFINITY in subtrees(point):  # 0^+: from one side
        return None
    nonscalar = e.known.usage.of(symbol_key(variable) or "") & {"vector", "nonscalar", "matrix"}
    if nonscalar or not e.is_scalar(e.read(variable)):  # the 0 of a vector has its shape
        return None
    for n in subtrees(body):
        match n:
            case tree.Grid() | tree.Words() | tree.Name(text="sgn" | "sign"):
                return None
            case tree.Fence(open=opener) if opener in _JUMPS:
                return None
            case tree.Juxt(items=items) if any(_may_call(a, b, variable) for a, b in pairwise(items)):
                return None
            case tree.Frac(num=num, den=den) if split_derivative(num, den) is not None:
                return None
            case tree.Script(sub=sub) if sub is not None and variable in subtrees(sub):
                return None
            case _:
                pass
    there = point if isinstance(point, tree.Num | tree.Sym) else tree.Fence("(", ")", point)

    def change(n: tree.Node) -> tree.Node | None:
        return there if n == variable else None

    return rewrite(body, change)


def _may_call(head: tree.Node, following: tree.Node, variable: tree.Sym) -> bool:
    """f before a bracket that holds the variable: whether f is continuous is not known."""
    symbol = isinstance(head, tree.Sym | tree.Script | tree.Accent)
    return symbol and isinstance(following, tree.Fence) and variable in subtrees(following)
