"""Df(x), J_f(x), H_f(x): the Jacobian and the Hessian of a function, and its derivatives along h: Df(x)[h],
D²f(x)[u, v].

The Jacobian has one row per output whatever the layout, so that Dg(f(x)) Df(x) is the chain rule (Magnus & Neudecker
1999, ch. 5).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.transposes import USUAL_TRANSPOSES
from derivcheck.readings import calls, gradients, heads, partials, points
from derivcheck.readings.errors import Unread
from derivcheck.readings.known import Known, plain
from derivcheck.terms.dim import SCALAR
from derivcheck.terms.term import Apply, Arrangement, Derivative, Number, Substitute, Term

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

_USED_AS_SYMBOL = frozenset({"matrix", "nonscalar", "double"})


def operator(e: Elaborator, item: tree.Node, items: tuple[tree.Node, ...], i: int) -> tuple[Term, int] | None:
    """The derivative that begins at items[i]; None where no such sign stands there."""
    if i + 1 >= len(items):
        return None
    order = order_of(e.known, item)
    if order:
        call = gradients.called(e, items, i + 1)
        return _of_call(e, call, order, items, i) if call is not None else None
    item, mark = _unmarked(item)
    found = subscripted(e.known, item)
    fence, script = heads.fenced(items[i + 1])
    if found is None or fence is None or not heads.is_call(e, found[1], fence):
        return None
    node = tree.Juxt((item, fence), start=item.start, end=fence.end)
    if found[0] == 2:
        of = tree.Juxt((found[1], fence), start=item.start, end=fence.end)
        if (hessian := partials.by_all(e, of, 2, node)) is not None:
            return calls.rescript(e, calls.rescript(e, hessian, script), mark), i + 2
    value = _jacobian(e, calls.call(e, found[1], fence), found[0], node)
    return calls.rescript(e, calls.rescript(e, value, script), mark), i + 2


def _unmarked(item: tree.Node) -> tuple[tree.Node, tree.Script | None]:
    """J_f and the mark of J_f^⊤(x), which is J_f(x)^⊤."""
    match item:
        case tree.Script(sub=sub, sup=sup, primes=0) if sub is not None and sup is not None:
            marked = symbol_key(sup) in USUAL_TRANSPOSES
            return (replace(item, sup=None), replace(item, sub=None)) if marked else (item, None)
        case _:
            return item, None


def subscripted(known: Known, node: tree.Node) -> tuple[int, tree.Node] | None:
    """(1, f) of `J_f` and (2, f) of `H_f` where f is a function of the document; None for any other symbol."""
    match node:
        case tree.Script(base=letter, sub=function, sup=None, primes=0) if function is not None:
            order = next((k for sign, k in (("J", 1), ("H", 2)) if _is_sign(known, letter, sign)), 0)
            called = "called" in known.usage.of(symbol_key(function) or "")
            return (order, function) if order and called and not _declared(known, node) else None
        case _:
            return None


def order_of(known: Known, item: tree.Node) -> int:
    """1 for the sign D of a derivative, k for D^k; 0 for anything else."""
    match item:
        case tree.Script(base=sign, sub=None, sup=tree.Num(text="2" | "3" as order), primes=0):
            return int(order) if _is_sign(known, sign, "D") else 0
        case _:
            return int(_is_sign(known, item, "D"))


def _is_sign(known: Known, node: tree.Node, letter: str) -> bool:
    """The letter as the sign of an operator: the document gives it no meaning of its own."""
    key = symbol_key(node) if isinstance(node, tree.Sym) else None
    if key is None or plain(key) != letter or _declared(known, node):
        return False
    return known.operator(key) is None and not known.usage.of(key) & _USED_AS_SYMBOL


def _declared(known: Known, node: tree.Node) -> bool:
    key = symbol_key(node)
    return key is not None and (known.declared(key) or known.definition(key) is not None)


def _of_call(
    e: Elaborator, called: gradients.Called, order: int, items: tuple[tree.Node, ...], i: int
) -> tuple[Term, int]:
    """Df(x), or Df(x)[h], D²f(x)[u, v] with what stands in the square bracket behind it."""
    node = tree.Juxt(items[i : called.after], start=items[i].start, end=items[called.after - 1].end)
    function = e.read(called.call)
    if called.script is None and called.after < len(items):
        bracket, script = heads.fenced(items[called.after])
        if bracket is not None and bracket.open == "[":
            directions = bracket.body.items if isinstance(bracket.body, tree.Sequence) else (bracket.body,)
            if len(directions) == order:
                rate = _along(e, function, [e.read(d) for d in directions], node)
                return calls.rescript(e, rate, script), called.after + 1
    if order > 1:
        raise Unread("unsupported operator", "a higher derivative without its directions", node.start, node.end)
    if called.after < len(items) and e.is_matrix(function):
        raise Unread("unsupported operator", "the derivative of a matrix, applied", node.start, node.end)
    value = _jacobian(e, function, 1, node)
    return calls.rescript(e, value, called.script), called.after


def _jacobian(e: Elaborator, term: Term, order: int, node: tree.Node) -> Term:
    """∂y_i/∂x_j in row i and column j; of order 2, the Hessian of a scalar y."""
    at = points.own_point(e, term, node)
    result = at.body
    if e.is_matrix(result) or e.is_matrix(at.variable):
        return at.substituted(_of_columns(e, result, at.variable, order, node))
    if order == 2:
        if not e.is_scalar(result):
            raise Unread("unsupported operator", "the Hessian of a vector", node.start, node.end)
        result = Derivative(result, at.variable, Arrangement.JACOBIAN_T, shape=at.variable.shape)
    shape = (result.shape[0], at.variable.shape[0])
    return at.substituted(
        Derivative(result, at.variable, Arrangement.JACOBIAN, shape=shape, start=node.start, end=node.end)
    )


def _of_columns(e: Elaborator, result: Term, variable: Term, order: int, node: tree.Node) -> Term:
    """DF(X) = ∂vec F/∂(vec X)ᵀ (Magnus & Neudecker 1999, ch. 9). Others mean the linear map: it refutes nothing. Of
    numbers f, Df(X) often is the gradient."""
    if order != 1 or e.is_scalar(result):
        raise Unread("unsupported operator", "the Jacobian of or by a matrix", node.start, node.end)
    operand, by = (e.apply("vec", (t,), node) if e.is_matrix(t) else t for t in (result, variable))
    if not (e.is_column(operand) and e.is_column(by)):
        raise Unread("unsupported operator", "the Jacobian of or by a matrix", node.start, node.end)
    e.weakened = e.weakened or "the derivative of a matrix"
    shape = (operand.shape[0], by.shape[0])
    return Derivative(operand, by, Arrangement.JACOBIAN, shape=shape, start=node.start, end=node.end)


def _along(e: Elaborator, term: Term, directions: list[Term], node: tree.Node) -> Term:
    """Df(x)[h] = d/dt f(x + t h) at t = 0, D²f(x)[u, v] = ∂²/∂s∂t f(x + s u + t v), for values of any shape."""
    at = points.own_point(e, term, node)
    shape = at.value.shape
    steps = [points.dummy(e, SCALAR, node) for _ in directions]
    moved = at.value
    for step, direction in zip(steps, directions, strict=True):
        moved = Apply("add", (moved, Apply("scale", (step, e.fit(direction, shape)), shape=shape)), shape=shape)
    rate = replace(at, value=moved).substituted(at.body)
    for step in steps:
        rate = Derivative(rate, step, Arrangement.LIKE_OPERAND, shape=rate.shape)
    for step in steps:
        rate = Substitute(rate, step.key, Number(Fraction(0)), shape=rate.shape, start=node.start, end=node.end)
    return rate
