"""∇ and ∂ with a subscript: gradients, Jacobians, Hessians, and the variable that they leave unsaid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.readings import calculus, symbols
from derivcheck.readings.definitions import target
from derivcheck.readings.errors import Unread
from derivcheck.terms.term import Substitute, Term, Variable
from derivcheck.terms.walk import subterms

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator


def nabla(e: Elaborator, head: tree.Node, operand: tree.Node, node: tree.Node) -> Term:
    """∇f, ∇_x f, ∇²f: gradient, Jacobian of a vector, Hessian."""
    sub = head.sub if isinstance(head, tree.Script) else None
    second = isinstance(head, tree.Script) and isinstance(head.sup, tree.Num) and head.sup.text == "2"
    if isinstance(head, tree.Script) and head.sup is not None and not second:
        raise Unread("unsupported operator", "∇ with a superscript", node.start, node.end)
    term = e.read(operand)
    variable, point = _nabla_variable(e, sub, operand, term, node)
    body = _without_point(term, point)
    result = calculus.derivative(e, body, variable, node, nabla=True)
    if second:
        result = calculus.derivative(e, result, variable, node, nabla=True)
    if point is not None:
        result = Substitute(result, point[0], point[1], shape=result.shape, start=node.start, end=node.end)
    return result


def _without_point(term: Term, point: tuple[str, Term] | None) -> Term:
    return term.body if point is not None and isinstance(term, Substitute) else term


def _nabla_variable(
    e: Elaborator, sub: tree.Node | None, operand: tree.Node, term: Term, node: tree.Node
) -> tuple[Term, tuple[str, Term] | None]:
    """The variable of ∇ and, for `∇f(w_t)`, the point at which the gradient is taken."""
    if sub is not None:
        return e.read(sub), None
    match term:
        case Substitute(key=key, value=value) if not e.choice.gradient_through:
            return symbols.named(e, key, tree.Sym(key)), (key, value)
        case Variable(key=key) if e.symbols[key].depends:
            return symbols.variable(e, e.symbols[key].depends[0], node), None
        case Variable(key=key) if e.symbols[key].definition is not None:
            parameters = _parameters_of(e, key)
            if len(parameters) == 1:
                return symbols.variable(e, parameters[0], node), None
        case _:
            pass
    candidates = vectors_in(e, term)
    if len(candidates) == 1:
        return symbols.variable(e, candidates[0], node), None
    for usual in ("x", "w", "\\theta", "bf:x", "bf:w", "\\beta", "z", "u"):
        if usual in candidates:
            return symbols.variable(e, usual, node), None
    raise Unread("dependence", "the variable of ∇", node.start, node.end)


def _parameters_of(e: Elaborator, key: str) -> tuple[str, ...]:
    fact = e.known.definition(key)
    return target(fact.left)[1] if fact is not None else ()


def vectors_in(e: Elaborator, term: Term) -> list[str]:
    found: list[str] = []
    for t in subterms(term):
        if isinstance(t, Variable) and not t.indices and e.is_column(t) and t.key not in found:
            if "constant" not in e.known.properties(t.key):
                found.append(t.key)
    return found


def partial(e: Elaborator, sub: tree.Node, operand: tree.Node, node: tree.Node) -> Term:
    """∂_x f by the symbol x; ∂_i by the i-th coordinate is not decided."""
    key = symbol_key(sub)
    if key is None or (not e.known.declared(key) and len(key) == 1 and key in "ijklmn"):
        raise Unread("unsupported operator", "∂ by a coordinate", node.start, node.end)
    return calculus.derivative(e, e.read(operand), e.read(sub), node)
