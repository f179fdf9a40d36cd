"""The imaginary unit: an equation of complex numbers is one of their real parts and one of their imaginary parts.

i stays a constant while a side is read. A side that holds it, itself or in what its symbols are defined to be, is then
written as (Re, Im) by the rules of arithmetic and e^{a+ib} = e^a (cos b + i sin b); what has no such rule is not read.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derivcheck.notation import tree
from derivcheck.readings.errors import Unread
from derivcheck.readings.numbers import number
from derivcheck.terms.dim import SCALAR, Dim
from derivcheck.terms.term import Apply, Block, Constant, Derivative, Entry, Fold, Integral, Number, Term, Variable
from derivcheck.terms.walk import subterms

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

UNIT = Constant("imaginary")
_ITALIC = frozenset({"i", "j"})
_CONJUGATES = ("bar(", "overline(")
_PRODUCTS = frozenset({"matmul", "scale", "hadamard", "dot"})
_POWERS = frozenset({"power", "power_scalar"})
_ZERO = number(0)
_PAIR = Dim.of(2)

Parts = tuple[Term, Term]  # real and imaginary


def unit(e: Elaborator, key: str, node: tree.Node) -> Term:
    """i as √-1: an upright one, or one in a text on complex numbers that is no subscript here."""
    if key in _ITALIC and (not e.known.topics.complex_numbers or key in e.chain.lower):
        raise Unread("unsupported operator", "the imaginary unit", node.start, node.end)
    e.imaginary = True
    return replace(UNIT, start=node.start, end=node.end)


def of_side(e: Elaborator, side: Term) -> Term:
    """(Re, Im) of a side, where the imaginary unit was met."""
    if not e.imaginary:
        return side
    if not e.is_scalar(side):
        raise Unread("unsupported operator", "the imaginary unit", side.start, side.end)
    real, unreal = _parts(e, side)
    return Block(((real,), (unreal,)), shape=(_PAIR, SCALAR[0]), start=side.start, end=side.end)


def _is_real(e: Elaborator, term: Term) -> bool:
    for t in subterms(term):
        if t == UNIT:
            return False
        if isinstance(t, Variable):
            definition = e.symbols[t.key].definition if t.key in e.symbols else None
            if _conjugated(e, t.key) or (definition is not None and not _is_real(e, definition)):
                return False
    return True


def _conjugated(e: Elaborator, key: str) -> Term | None:
    """The value of z for z̄, where it is complex and nothing else is said of z̄."""
    inner = next((key.removeprefix(mark)[:-1] for mark in _CONJUGATES if key.startswith(mark)), "")
    symbol = e.symbols.get(inner)
    own = e.symbols.get(key)
    if symbol is None or symbol.definition is None or (own is not None and own.definition is not None):
        return None
    return None if _is_real(e, symbol.definition) else symbol.definition


def _parts(e: Elaborator, term: Term) -> Parts:
    if _is_real(e, term):
        return term, _ZERO
    match term:
        case Constant():
            return _ZERO, number(1)
        case Variable(key=key, indices=()):
            if (inner := _conjugated(e, key)) is not None:
                real, unreal = _parts(e, inner)
                return real, _minus(unreal)
            definition = e.symbols[key].definition
            if definition is not None:
                return _parts(e, definition)
        case Apply(operator="add", args=args):
            reals, unreals = zip(*(_parts(e, a) for a in args), strict=True)
            return _sum(reals), _sum(unreals)
        case Apply(operator="negate", args=(inner,)):
            real, unreal = _parts(e, inner)
            return _minus(real), _minus(unreal)
        case Apply(operator=operator, args=(one, other)) if operator in _PRODUCTS:
            return _product(_parts(e, one), _parts(e, other))
        case Apply(operator="divide", args=(above, below)):
            return _product(_parts(e, above), _reciprocal(_parts(e, below)))
        case Apply(operator="inverse", args=(inner,)):
            return _reciprocal(_parts(e, inner))
        case Apply(operator=operator, args=(base, exponent)) if operator in _POWERS and _is_real(e, exponent):
            return _power(e, _parts(e, base), exponent, operator)
        case Apply(operator="exp", args=(inner,)):
            real, unreal = _parts(e, inner)
            size = Apply("exp", (real,))
            return _times(size, Apply("cos", (unreal,))), _times(size, Apply("sin", (unreal,)))
        case Apply(operator="abs", args=(inner,)):
            return Apply("sqrt", (_square(_parts(e, inner)),)), _ZERO
        case Apply(operator="transpose", args=(inner,)):
            return _parts(e, inner)
        case Fold(kind="sum", body=body):
            real, unreal = _parts(e, body)
            return replace(term, body=real), replace(term, body=unreal)
        case Derivative(operand=operand, variable=variable) if _is_real(e, variable):
            real, unreal = _parts(e, operand)
            return replace(term, operand=real), replace(term, operand=unreal)
        case Integral(body=body, lower=lower, upper=upper) if _is_real(e, lower) and _is_real(e, upper):
            real, unreal = _parts(e, body)
            return replace(term, body=real), replace(term, body=unreal)
        case _:
            pass
    raise Unread("unsupported operator", "the imaginary unit", term.start, term.end)


def _power(e: Elaborator, base: Parts, exponent: Term, operator: str) -> Parts:
    """zⁿ: a + ib multiplies as ((a, -b), (b, a)) does."""
    if isinstance(exponent, Number) and exponent.value == -1:
        return _reciprocal(base)
    if isinstance(exponent, Number) and exponent.value == 2:
        return _product(base, base)
    if operator != "power" and not _counts(e, exponent):
        raise Unread("unsupported operator", "a root of a complex number", exponent.start, exponent.end)
    (a, b), shape = base, (_PAIR, _PAIR)
    power = Apply("power", (Block(((a, _minus(b)), (b, a)), shape=shape), exponent), shape=shape)
    return Entry(power, number(1), number(1)), Entry(power, number(2), number(1))


def _counts(e: Elaborator, exponent: Term) -> bool:
    """n of zⁿ, where nothing is said of it: it counts factors."""
    if not isinstance(exponent, Variable) or exponent.key not in ("n", "m", "k", "N"):
        return False
    symbol = e.symbols[exponent.key]
    e.symbols[exponent.key] = replace(symbol, properties=symbol.properties | {"natural"})
    return symbol.definition is None and not e.known.declared(exponent.key)


def _product(one: Parts, other: Parts) -> Parts:
    (a, b), (c, d) = one, other
    return _sum((_times(a, c), _minus(_times(b, d)))), _sum((_times(a, d), _times(b, c)))


def _reciprocal(z: Parts) -> Parts:
    size = _square(z)
    return Apply("divide", (z[0], size)), Apply("divide", (_minus(z[1]), size))


def _square(z: Parts) -> Term:
    """|z|²."""
    return _sum((_times(z[0], z[0]), _times(z[1], z[1])))


def _times(a: Term, b: Term) -> Term:
    if _ZERO in (a, b):
        return _ZERO
    if a == number(1):
        return b
    return a if b == number(1) else Apply("scale", (a, b))


def _minus(a: Term) -> Term:
    return a if a == _ZERO else Apply("negate", (a,))


def _sum(terms: tuple[Term, ...]) -> Term:
    left = tuple(t for t in terms if t != _ZERO)
    return _ZERO if not left else left[0] if len(left) == 1 else Apply("add", left)
