"""Derivatives said by a mark: evaluated points, primes, dots, commas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcheck.context.facts import Convention
from derivcheck.notation import derivatives, tree
from derivcheck.notation.keys import symbol_key
from derivcheck.readings import entries, flows, indices, points, symbols
from derivcheck.readings.errors import Unread
from derivcheck.terms.dim import SCALAR
from derivcheck.terms.term import Arrangement, Derivative, Differential, Entry, Number, Substitute, Symbol, Term
from derivcheck.terms.walk import subterms

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator


def evaluated(e: Elaborator, node: tree.At) -> Term:
    """body |_{x = a}."""
    body = e.read(node.body)
    if any(isinstance(t, Differential) for t in subterms(body)):
        raise Unread("unsupported operator", "a differential at a point", node.start, node.end)
    if node.sup is not None:
        raise Unread("unsupported operator", "a difference of values", node.start, node.end)
    match node.sub:
        case tree.Rel(items=(left, right), ops=("=",)):
            key = symbol_key(left)
            if key is None or key not in e.symbols:
                raise Unread("unsupported operator", "evaluation point", node.start, node.end)
            value = e.fit(e.read(right), e.symbols[key].shape)
            return Substitute(body, key, value, shape=body.shape, start=node.start, end=node.end)
        case _:
            raise Unread("unsupported operator", "evaluation point", node.start, node.end)


def primed(e: Elaborator, node: tree.Script) -> Term:
    """x' standing alone: the derivative of a function of one scalar, else a name."""
    key = symbol_key(tree.Script(node.base, node.sub) if node.sub else node.base)
    whole = symbol_key(node)
    if key is None:
        raise Unread("unsupported operator", "a primed expression", node.start, node.end)
    family = symbol_key(tree.Script(node.base, primes=node.primes))
    inlined = indices.defined_member(e, family, node.sub) if family is not None and node.sub is not None else None
    if inlined is not None:
        return inlined
    if whole is not None and e.known.declared(whole):
        return symbols.variable(e, whole, node)
    depends = dict(e.chain.depends).get(key, ())
    if len(depends) == 1:
        base = symbols.variable(e, key, node)
        return derivative_by_parameter(e, base, depends[0], node.primes, node)
    if whole is None:
        raise Unread("unsupported operator", "a prime", node.start, node.end)
    if e.known.has(Convention.PRIME_TRANSPOSE):
        return e.apply("transpose", (symbols.named(e, key, node),), node)
    return symbols.variable(e, whole, node)


def derivative_by_parameter(e: Elaborator, body: Term, parameter: str, order: int, node: tree.Node) -> Term:
    """The order-th derivative of body by a scalar parameter."""
    if parameter not in e.symbols:
        symbols.named_dependency(e, parameter, node)
    variable = symbols.variable(e, parameter, node)
    if not e.is_scalar(variable) or order > derivatives.MAX_ORDER:
        raise Unread("unsupported operator", "a prime", node.start, node.end)
    for _ in range(order):
        body = Derivative(body, variable, Arrangement.LIKE_OPERAND, shape=body.shape, start=node.start, end=node.end)
    return body


def time_derivative(e: Elaborator, body: tree.Node, order: int, node: tree.Node) -> Term:
    """ẋ = dx/dt."""
    if "t" not in e.symbols:
        e.symbols["t"] = Symbol("t", SCALAR, latex="t")
    term = e.read(body)
    while order and (slope := flows.along(e, term, node)) is not None:
        term, order = slope, order - 1
    if order:
        flows.let_move(e, term, node)
    return derivative_by_parameter(e, term, "t", order, node)


def comma_derivative(e: Elaborator, vector: Term, items: tuple[tree.Node, ...], node: tree.Node) -> Term:
    """[v]_{i,j} = ∂v_i/∂x_j, the variable being the only vector that v depends on."""
    candidates = points.vectors_in(e, vector)
    if len(candidates) != 1:
        raise Unread("dependence", "the variable of a comma derivative", node.start, node.end)
    variable = symbols.variable(e, candidates[0], node)
    i, j = (entries.index_term(e, k) for k in items)
    component = entries.entry(e, vector, (i,), node)
    along = entries.entry(e, variable, (j,), node)
    assert isinstance(along, Entry) and isinstance(along.column, Number)
    return Derivative(component, along, Arrangement.LIKE_OPERAND, shape=SCALAR, start=node.start, end=node.end)
