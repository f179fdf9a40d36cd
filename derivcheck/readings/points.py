"""Derivatives of a function at a point: ∇f(Ax + b) is the gradient of f, taken at Ax + b."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from derivcheck.notation import derivatives, tree
from derivcheck.notation.keys import symbol_key
from derivcheck.readings import calculus, calls, definitions, entries, heads, symbols
from derivcheck.readings.errors import BY_EXPRESSION, Unread
from derivcheck.terms.dim import Shape
from derivcheck.terms.term import Apply, Call, Entry, Number, Substitute, Symbol, Term, Variable
from derivcheck.terms.walk import subterms

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator


@dataclass(frozen=True, slots=True)
class Point:
    """A function's `body` in its own `variable`, the symbol `key`, and the `value` of the variable at the point."""

    body: Term
    key: str
    variable: Term
    value: Term

    def substituted(self, result: Term) -> Term:
        """`result`, an expression in the variable, at the point."""
        return Substitute(result, self.key, self.value, shape=result.shape, start=result.start, end=result.end)


def of_call(e: Elaborator, term: Term, sub: tree.Node | None, node: tree.Node) -> Point | None:
    """The point at which a derivative of `term` is taken, a function of the document applied to an expression.

    None where the function is applied to a plain variable, where the subscript of the operator names a symbol of the
    argument: ∇_x f(Ax) differentiates by x. So does ∇φ(wᵀx), for the derivative of a function of a scalar is φ'.
    """
    by = symbol_key(sub) if sub is not None else None
    match term:
        case Substitute(body=body, key=key, value=value) if not e.choice.gradient_through:
            if sub is not None and (by != key or _occurs(key, value)):
                return None
            return Point(body, key, symbols.variable(e, key, node), value)
        case Call(args=(argument,), elementwise=False) if not _is_plain(argument):
            through = e.is_scalar(argument) and bool(vectors_in(e, argument))
            if through or (sub is not None and (by is None or _occurs(by, argument))):
                return None
            variable = dummy(e, argument.shape, node)
            return Point(replace(term, args=(variable,)), variable.key, variable, argument)
        case Entry(base=base):
            at = of_call(e, base, sub, node)
            return replace(at, body=replace(term, base=at.body)) if at is not None else None
        case _:
            return None


def own_point(e: Elaborator, term: Term, node: tree.Node) -> Point:
    """The only variable of a function, and where its value is taken. Raises Unread where there is no such one."""
    match term:
        case Substitute(body=body, key=key, value=value):
            return Point(body, key, symbols.variable(e, key, node), value)
        case Call(args=(argument,)):
            variable = dummy(e, argument.shape, node)
            return Point(replace(term, args=(variable,)), variable.key, variable, argument)
        case Entry(base=base):
            at = own_point(e, base, node)
            return replace(at, body=replace(term, base=at.body))
        case Variable(key=key) if len(parameters := parameters_of(e, key)) == 1:
            variable_of = symbols.variable(e, parameters[0], node)
            return Point(term, parameters[0], variable_of, variable_of)
        case _:
            raise Unread("dependence", "the variable of a Jacobian", node.start, node.end)


def parameters_of(e: Elaborator, key: str) -> tuple[str, ...]:
    """What a symbol is a function of, as declared or by its definition."""
    if e.symbols[key].depends:
        return e.symbols[key].depends
    fact = e.known.definition(key) if e.symbols[key].definition is not None else None
    return definitions.target(fact.left)[1] if fact is not None else ()


def quotient(
    e: Elaborator, function: tree.Node, denominators: tuple[tree.Node, ...], items: tuple[tree.Node, ...], i: int
) -> tuple[Term, int] | None:
    """`∂f/∂x (a)`, the derivative of a function of the document at a point; None where the bracket is a factor."""
    fence, script = heads.fenced(items[i + 1])
    if fence is None or fence.open != "(" or not heads.is_call(e, function, fence):
        return None
    single = not isinstance(fence.body, tree.Add | tree.Infix | tree.Frac)
    if single is e.choice.swap_points:
        return None
    node = tree.Juxt((items[i], fence), start=items[i].start, end=fence.end)
    value = _derivative_at(e, calls.call(e, function, fence), denominators, node)
    return calls.rescript(e, value, script), i + 2


def _derivative_at(e: Elaborator, term: Term, denominators: tuple[tree.Node, ...], node: tree.Node) -> Term:
    at: Point | None = None
    keys = {symbol_key(derivatives.bare(d)) for d in denominators}
    match term:
        case Substitute(body=body, key=key, value=value) if keys == {key}:
            at = Point(body, key, symbols.variable(e, key, node), value)
        case Call(args=(argument,), elementwise=False) if not (_is_plain(argument) and keys == {_key(argument)}):
            variable = dummy(e, argument.shape, node)
            at = Point(replace(term, args=(variable,)), variable.key, variable, argument)
        case _:
            pass
    result = term if at is None else at.body
    for den in derivatives.acting(denominators):
        by = e.read(den) if at is None else _like(e, den, at.variable, node)
        result = calculus.derivative(e, result, by, node)
    return result if at is None else at.substituted(result)


def _like(e: Elaborator, den: tree.Node, variable: Term, node: tree.Node) -> Term:
    """x, xᵀ or x_i of a denominator, with `variable` in place of x."""
    match den:
        case tree.Script(sub=None) if derivatives.is_transposed(den):
            return e.apply("transpose", (variable,), den)
        case tree.Script(sub=sub, sup=None) if sub is not None and not e.is_scalar(variable):
            items = entries.index_items(sub)
            if items is None:
                raise Unread("unsupported operator", BY_EXPRESSION, node.start, node.end)
            return entries.at(e, variable, items, node)
        case _:
            return variable


def of_denominator(e: Elaborator, operand: Term, denominator: Term, node: tree.Node) -> Point | None:
    """∂f/∂Σ⁻¹ and ∂f/∂σ²: f as a function of Λ = Σ⁻¹ or s = σ², taken where the document has it; None for others.

    Σ is Λ⁻¹ wherever it occurs in f, σ is σ₀ √(s/σ₀²), which has the sign of σ₀, its value at the point.
    """
    match denominator:
        case Apply(operator="inverse", args=(Variable(key=key, indices=()),)):
            variable = dummy(e, denominator.shape, node)
            value = e.apply("inverse", (variable,), node)
        case Apply(operator="power" | "power_scalar", args=(Variable(key=key, indices=()) as symbol, Number(value=n))):
            if n != 2 or not e.is_scalar(denominator):
                return None
            variable = dummy(e, denominator.shape, node)
            ratio = e.apply("sqrt", (e.apply("divide", (variable, denominator), node),), node)
            value = e.apply("scale", (symbol, ratio), node)
        case _:
            return None
    if e.symbols[key].definition is not None:
        return None
    return Point(Substitute(operand, key, value, shape=operand.shape), variable.key, variable, denominator)


DUMMY = "·@"


def is_dummy(key: str) -> bool:
    """Whether a symbol is an argument that a function is differentiated by, for which its value is put in."""
    return key.startswith(DUMMY)


def dummy(e: Elaborator, shape: Shape, node: tree.Node, prefix: str = DUMMY) -> Variable:
    """A fresh variable: the argument that a function is differentiated by."""
    name = f"{prefix}{node.start}"
    while name in e.symbols:
        name += "'"
    e.symbols[name] = Symbol(name, shape, latex="\\cdot")
    e.parameters = e.parameters | {name}
    return Variable(name, shape=shape, start=node.start, end=node.end)


def vectors_in(e: Elaborator, term: Term) -> list[str]:
    """The columns a term consists of that may vary, in order of appearance."""
    found: list[str] = []
    for t in subterms(term):
        if isinstance(t, Variable) and not t.indices and e.is_column(t) and t.key not in found:
            if "constant" not in e.known.properties(t.key):
                found.append(t.key)
    return found


def _key(argument: Term) -> str | None:
    return argument.key if isinstance(argument, Variable) else None


def _is_plain(argument: Term) -> bool:
    return isinstance(argument, Variable) and not argument.indices


def _occurs(key: str, term: Term) -> bool:
    return any(isinstance(t, Variable) and t.key == key for t in subterms(term))
