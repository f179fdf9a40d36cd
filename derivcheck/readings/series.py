"""Expansions about zero: f(a + h) = f(a) + f'(a)h + O(h²) compares the coefficients that the remainder leaves.

With h scaled by a number s, both sides are functions of s, and their derivatives by s at 0 agree up to that order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.remainders import going_on, without_remainder
from derivcheck.readings import power_series
from derivcheck.readings.errors import Unread
from derivcheck.readings.numbers import number
from derivcheck.terms.dim import SCALAR
from derivcheck.terms.term import Apply, Arrangement, Derivative, Substitute, Term, Variable

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator


def cut(e: Elaborator, side: tree.Node) -> tree.Node:
    """A side without its remainder, which is noted."""
    rest, found = without_remainder(side)
    if found is not None:
        key = e.known.alias(symbol_key(found.variable) or "")
        e.remainders[key] = min(found.told, e.remainders.get(key, found.told))
        return rest
    rest, several = going_on(side)
    for found in several:
        key = e.known.alias(symbol_key(found.variable) or "")
        if e.known.definition(key) is None and (not e.remainders or key in e.remainders):
            e.remainders[key] = min(found.told, e.remainders.get(key, found.told))
            return rest
    return side


def expanded(e: Elaborator, left: Term, right: Term) -> tuple[Term, Term]:
    """Both sides by their coefficients, where a remainder was met."""
    if not e.remainders:
        return left, right
    power_series.check(e, (left, right))
    return of_side(e, left), of_side(e, right)


def of_side(e: Elaborator, side: Term) -> Term:
    """The coefficients of a side below each other."""
    from derivcheck.readings import grids, points

    power_series.check(e, (side,))
    if not e.remainders:
        return side
    node = tree.Empty(start=side.start, end=side.end)
    if len(e.remainders) > 1:
        raise Unread("unsupported operator", "an expansion in several variables", side.start, side.end)
    (key, told), = e.remainders.items()
    if key not in e.symbols or e.symbols[key].definition is not None:
        raise Unread("unsupported operator", "an expansion in something defined", side.start, side.end)
    variable = Variable(key, shape=e.symbols[key].shape)
    step = points.dummy(e, SCALAR, node)
    moved = Apply("scale", (step, variable), shape=variable.shape)
    rate: Term = Substitute(side, key, moved, shape=side.shape)
    rows: list[tuple[Term, ...]] = []
    for _ in range(told):
        rows.append((Substitute(rate, step.key, number(0), shape=side.shape),))
        rate = Derivative(rate, step, Arrangement.LIKE_OPERAND, shape=side.shape)
    return grids.block(e, tuple(rows), node) if len(rows) > 1 else rows[0][0]
