"""Derivatives of a function at a point: ∇f(Ax + b) is the gradient of f, taken at Ax + b."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.readings import symbols
from derivcheck.terms.term import Call, Substitute, Symbol, Term, Variable
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
    argument (∇_x f(Ax) differentiates by x), and on request where ∇ may act through the argument: for functions of the
    document with a body, and functions of a scalar, whose derivative is f'.
    """
    by = symbol_key(sub) if sub is not None else None
    through = e.choice.gradient_through
    match term:
        case Substitute(body=body, key=key, value=value) if not through:
            if sub is not None and (by != key or _occurs(key, value)):
                return None
            return Point(body, key, symbols.variable(e, key, node), value)
        case Call(args=(argument,), elementwise=False) if not _is_plain(argument):
            if (through and e.is_scalar(argument)) or (sub is not None and (by is None or _occurs(by, argument))):
                return None
            variable = dummy(e, argument, node)
            return Point(replace(term, args=(variable,)), variable.key, variable, argument)
        case _:
            return None


def dummy(e: Elaborator, like: Term, node: tree.Node) -> Variable:
    """A fresh variable of the shape of `like`: the argument that a function is differentiated by."""
    name = f"·@{node.start}"
    while name in e.symbols:
        name += "'"
    e.symbols[name] = Symbol(name, like.shape, latex="\\cdot")
    e.parameters = e.parameters | {name}
    return Variable(name, shape=like.shape, start=node.start, end=node.end)


def _is_plain(argument: Term) -> bool:
    return isinstance(argument, Variable) and not argument.indices


def _occurs(key: str, term: Term) -> bool:
    return any(isinstance(t, Variable) and t.key == key for t in subterms(term))
