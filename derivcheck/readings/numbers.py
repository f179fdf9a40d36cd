"""Literals, roots and powers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from derivcheck.context.facts import Convention
from derivcheck.notation import tree
from derivcheck.readings.errors import Unread
from derivcheck.terms.term import Apply, Constant, Index, Number, Size, Term, Variable

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

_MAX_DIGITS = 60
_MAX_EXPONENT = 64


def number(value: int | Fraction) -> Number:
    return Number(Fraction(value))


def literal(node: tree.Num) -> Term:
    if len(node.text) > _MAX_DIGITS:
        raise Unread("too large", "a long number", node.start, node.end)
    try:
        return Number(Fraction(node.text), node.text)
    except ValueError:
        raise Unread("unparsed", node.text, node.start, node.end) from None


def root(e: Elaborator, node: tree.Sqrt) -> Term:
    """√x, ⁿ√x; of a matrix: the symmetric positive definite root."""
    body = e.read(node.body)
    if node.index is None:
        return e.apply("matrix_sqrt" if e.is_matrix(body) else "sqrt", (body,), node)
    index = e.read(node.index)
    return e.apply("power_scalar", (body, Apply("divide", (number(1), index))), node)


def power(e: Elaborator, base: Term, exponent: Term, node: tree.Node) -> Term:
    """base^exponent: integer powers and ±½ of matrices, real powers of scalars, entrywise powers of vectors."""
    value = constant_value(exponent)
    if value is not None and abs(value) > _MAX_EXPONENT:
        raise Unread("too large", "a large exponent", node.start, node.end)
    if e.is_scalar(base):
        if isinstance(base, Constant) and base.name == "e":
            return e.apply("matrix_exp" if e.is_matrix(exponent) else "exp", (exponent,), node)
        integral = _is_integer(e, exponent)
        return e.apply("power" if integral else "power_scalar", (base, exponent), node)
    if e.is_column(base) or e.is_row(base):
        return _vector_power(e, base, exponent, value, node)
    if value is not None and value.denominator == 1 and (value != -1 or not e.choice.entrywise):
        return e.apply("inverse", (base,), node) if value == -1 else e.apply("power", (base, exponent), node)
    if value is not None and value.denominator == 2:
        _take_root(e, base)
    if value == Fraction(1, 2):
        return e.apply("matrix_sqrt", (base,), node)
    if value == Fraction(-1, 2):
        return e.apply("matrix_inverse_sqrt", (base,), node)
    if value is not None:
        raise Unread("unsupported operator", "fractional matrix power", node.start, node.end)
    if isinstance(exponent, Variable) and not e.known.declared(exponent.key):
        symbol = e.symbols[exponent.key]  # the k of A^k counts factors
        e.symbols[exponent.key] = replace(symbol, properties=symbol.properties | {"natural"})
    return e.apply("power", (base, exponent), node)


def _take_root(e: Elaborator, base: Term) -> None:
    """What has a root is symmetric and positive definite, where nothing else is said of it."""
    if isinstance(base, Variable) and not base.indices:
        symbol = e.symbols[base.key]
        if symbol.definition is None and not symbol.properties and not symbol.depends:
            e.symbols[base.key] = replace(symbol, properties=frozenset({"spd"}))
            e.unifier.unify(*base.shape)


def _is_integer(e: Elaborator, term: Term) -> bool:
    """Whether the value is an integer whatever the values of its symbols."""
    match term:
        case Number(value=value):
            return value.denominator == 1
        case Index() | Size():
            return True
        case Variable(key=key):
            return bool(e.symbols[key].properties & {"natural", "integer"})
        case Apply(operator="add" | "negate" | "scale", args=args):
            return all(_is_integer(e, a) for a in args)
        case _:
            return False


def _vector_power(e: Elaborator, base: Term, exponent: Term, value: Fraction | None, node: tree.Node) -> Term:
    """v² is ‖v‖² where authors write it so; other powers are entrywise, on request; e to a symbol is exp."""
    if value is None and isinstance(base, Variable) and base.key == "e":
        return e.apply("exp", (exponent,), node)
    if e.choice.entrywise or e.known.has(Convention.ELEMENTWISE_FUNCTIONS):
        return e.apply("power_elementwise", (base, exponent), node)
    if value == 2:
        return (
            e.apply("dot", (base, base), node)
            if e.is_column(base)
            else e.apply("matmul", (base, e.apply("transpose", (base,), node)), node)
        )
    return e.apply("power_elementwise", (base, exponent), node)


def constant_value(term: Term) -> Fraction | None:
    """The value of a literal, signed or a quotient of literals."""
    match term:
        case Number(value=value):
            return value
        case Apply(operator="negate", args=(inner,)):
            negated = constant_value(inner)
            return None if negated is None else -negated
        case Apply(operator="divide", args=(above, below)):
            a, b = constant_value(above), constant_value(below)
            return a / b if a is not None and b else None
        case _:
            return None
