"""∇ and ∂ with a subscript: gradients, Jacobians, Hessians, and the variable that they leave unsaid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.readings import calculus, fields, heads, partials, points, symbols
from derivcheck.readings.errors import Unread
from derivcheck.readings.superscripts import Superscript, superscript_role
from derivcheck.terms.term import Entry, Term, Variable
from derivcheck.terms.walk import subterms

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator


_USUAL_VARIABLES = ("x", "w", "\\theta", "bf:x", "bf:w", "\\beta", "z", "u")
_COORDINATES = ("x", "bf:x")


@dataclass(frozen=True, slots=True)
class Called:
    """`f(x)ᵀ` behind an operator: the call, the script that belongs to the whole, and where the next factor starts."""

    call: tree.Node
    script: tree.Script | None
    after: int


def called(e: Elaborator, items: tuple[tree.Node, ...], i: int) -> Called | None:
    """The call of a function of the document at items[i]: ∇f(x)ᵀd is (∇f(x))ᵀd, the gradient of f at x, as is
    ∇fᵀ(x)d."""
    if e.choice.wide_gradients or i + 1 >= len(items):
        return None
    head, mark = _unmarked(e, items[i])
    fence, script = heads.fenced(items[i + 1])
    if fence is None or (script is not None and mark is not None) or not heads.is_call(e, head, items[i + 1]):
        return None
    return Called(tree.Juxt((head, fence), start=items[i].start, end=fence.end), script or mark, i + 2)


def _unmarked(e: Elaborator, head: tree.Node) -> tuple[tree.Node, tree.Script | None]:
    """f and the mark of fᵀ where f is said to be a function; else the head as it stands."""
    match head:
        case tree.Script(base=tree.Sym() as base, sub=None, primes=0) if heads.is_declared_function(e, base):
            if superscript_role(e, head) is Superscript.TRANSPOSE:
                return base, head
            return head, None
        case _:
            return head, None


def nabla(e: Elaborator, head: tree.Node, operand: tree.Node, node: tree.Node) -> Term:
    """∇f, ∇_x f, ∇²f: gradient, Jacobian of a vector, Hessian or, on request, its trace, the Laplacian."""
    sub = head.sub if isinstance(head, tree.Script) else None
    second = isinstance(head, tree.Script) and isinstance(head.sup, tree.Num) and head.sup.text == "2"
    if isinstance(head, tree.Script) and head.sup is not None and not second:
        raise Unread("unsupported operator", "∇ with a superscript", node.start, node.end)
    of_numbers = partials.by_all(e, operand, 2 if second else 1, node) if sub is None else None
    if of_numbers is not None:
        return e.apply("trace", (of_numbers,), node) if second and e.choice.laplacian else of_numbers
    term = e.read(operand)
    at = points.of_call(e, term, sub, node)
    variable = at.variable if at is not None else _variable(e, sub, term, node)
    result = calculus.derivative(e, at.body if at is not None else term, variable, node, nabla=True)
    if second:
        result = calculus.derivative(e, result, variable, node, nabla=True)
        result = e.apply("trace", (result,), node) if e.choice.laplacian else result
    return result if at is None else at.substituted(result)


def _variable(e: Elaborator, sub: tree.Node | None, term: Term, node: tree.Node) -> Term:
    """The variable of ∇: its subscript, what the operand is a function of, or the only vector in it."""
    if sub is not None:
        return e.read(sub)
    match term:
        case (Variable(key=key) | Entry(base=Variable(key=key))) if parameters := points.parameters_of(e, key):
            read = [symbols.variable(e, p, node) for p in parameters]
            own = read if len(read) == 1 else [v for v in read if e.is_column(v)]
            if len(own) != 1:
                raise Unread("dependence", "the variable of ∇", node.start, node.end)
            return own[0]
        case _:
            pass
    candidates = points.vectors_in(e, term)
    if len(candidates) > 1:
        usual = [key for key in _USUAL_VARIABLES if key in candidates]
        candidates = [*usual, *(key for key in candidates if key not in usual)] if usual else []
    if e.choice.gradient_by >= len(candidates):
        raise Unread("dependence", "the variable of ∇", node.start, node.end)
    return symbols.variable(e, candidates[e.choice.gradient_by], node)


def partial(e: Elaborator, sub: tree.Node, operand: tree.Node, node: tree.Node) -> Term:
    """∂_x f by the symbol x; ∂_i by the i-th coordinate: by x_i where f is a function of the vector x."""
    key = symbol_key(sub)
    if key is not None and (e.known.declared(key) or len(key) > 1 or key not in "ijklmn"):
        return calculus.derivative(e, e.read(operand), e.read(sub), node)
    term = e.read(operand)
    if e.choice.fields:
        return fields.by_coordinate(e, term, sub, node)
    coordinates = _coordinates(e, term)
    if coordinates is None:
        raise Unread("unsupported operator", "∂ by a coordinate", node.start, node.end)
    coordinate = tree.Script(coordinates, sub, start=sub.start, end=sub.end)
    return calculus.derivative(e, term, e.read(coordinate), node)


def _coordinates(e: Elaborator, term: Term) -> tree.Node | None:
    """The vector x by whose entries ∂_i differentiates: what a function is declared or defined to depend on, else x
    itself, where all that stands beside it is declared: what is not may be a field, which varies with x."""
    parameters = points.parameters_of(e, term.key) if isinstance(term, Variable) else ()
    if len(parameters) == 1:
        return _letter(parameters[0])
    found = [key for key in points.vectors_in(e, term) if key in _COORDINATES]
    beside = {t.key for t in subterms(term) if isinstance(t, Variable)} - set(found)
    return _letter(found[0]) if len(found) == 1 and all(e.known.declared(key) for key in beside) else None


def _letter(key: str) -> tree.Node:
    font, _, name = key.rpartition(":")
    return tree.Sym(name, font)
