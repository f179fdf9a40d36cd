"""Functions of one real variable applied entry by entry, with the table of their derivatives.

A derivative is given in the algebra itself, by (x, y = f(x)), so that derivatives of any order come by
nesting.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import factorial
from typing import Any

from flint import arb, fmpq

from derivcheck.algebra.dual import Dual, Matrix, add, base, shape
from derivcheck.algebra.errors import Imprecise, Undefined
from derivcheck.algebra.linear import hadamard, neg, scale, sub
from derivcheck.algebra.plain import Plain, from_entries, is_exact, ones, scalar, zeros


@dataclass(frozen=True, slots=True)
class ScalarFunction:
    """f with its enclosure over balls, its derivative f′(x) given x and f(x), and its exact values if
    rational.

    `jumps`: piecewise constant, so a ball across a jump is useless.
    """

    name: str
    ball: Callable[[arb], arb]
    derivative: Callable[[Matrix, Matrix], Matrix]
    exact: Callable[[Any], Any] | None = None
    jumps: bool = False


def elementwise(name: str, a: Matrix) -> Matrix:
    """f(a_ij) for the f of the table; KeyError for an unknown name.

    Undefined outside the domain of f or, for a derivative, where f has none; Imprecise across a border of it.
    """
    return apply_function(FUNCTIONS[name], a)


def apply_function(f: ScalarFunction, a: Matrix) -> Matrix:
    """f entry by entry, d f(A) = f′(A) ⊙ dA."""
    if not isinstance(a, Dual):
        return _apply_plain(f, a)
    y = apply_function(f, a.primal)
    return Dual(y, hadamard(f.derivative(a.primal, y), a.tangent), a.level)


def _apply_plain(f: ScalarFunction, a: Plain) -> Plain:
    rows, columns, entries = a.nrows(), a.ncols(), a.entries()
    if f.exact is not None and not (entries and isinstance(entries[0], arb)):
        return from_entries(rows, columns, [fmpq(f.exact(x)) for x in entries])
    return from_entries(rows, columns, [_enclose(f, arb(x)) for x in entries])


def _enclose(f: ScalarFunction, x: arb) -> arb:
    y = f.ball(x)
    if not y.is_finite():
        # a value at the midpoint shows that only the width of the ball is to blame
        if f.ball(x.mid()).is_finite() and not x.is_exact():
            raise Imprecise(f"{f.name}: the ball crosses the border of the domain")
        raise Undefined(f"{f.name}: outside the domain")
    if f.jumps and not y.is_exact():
        raise Imprecise(f"{f.name}: the ball crosses a jump")
    return y


def constant(x: Matrix, value: int) -> Matrix:
    """The matrix shaped like x with every entry equal to `value`."""
    return scale(scalar(value), ones(*shape(x)))


def reciprocal(x: Matrix) -> Matrix:
    return apply_function(FUNCTIONS["reciprocal"], x)


def square(x: Matrix) -> Matrix:
    return hadamard(x, x)


def _reciprocal_ball(x: arb) -> arb:
    return 1 / x


def _reciprocal_exact(x: fmpq) -> fmpq:
    if x == 0:
        raise Undefined("division by zero")
    return 1 / x


def _one_plus(y: Matrix) -> Matrix:
    return add(constant(y, 1), y)


def _one_minus(y: Matrix) -> Matrix:
    return sub(constant(y, 1), y)


def _inverse_root(y: Matrix) -> Matrix:
    """1/√y."""
    return reciprocal(elementwise("sqrt", y))


def _away_from_zero(slope: Callable[[Matrix], Matrix]) -> Callable[[Matrix, Matrix], Matrix]:
    """A derivative that does not exist at 0."""

    def derivative(x: Matrix, y: Matrix) -> Matrix:
        value = base(x)
        if any((0 in e) if isinstance(e, arb) else e == 0 for e in value.entries()):
            raise (Undefined if is_exact(value) else Imprecise)("no derivative at 0")
        return slope(x)

    return derivative


def _away_from_integers(x: Matrix, y: Matrix) -> Matrix:
    value = base(x)
    if any(e.contains_integer() if isinstance(e, arb) else e.q == 1 for e in value.entries()):
        raise (Undefined if is_exact(value) else Imprecise)("no derivative at a jump")
    return zeros(*shape(x))


def _zero(x: Matrix) -> Matrix:
    return zeros(*shape(x))


def polygamma(order: int) -> ScalarFunction:
    """ψ⁽ᵏ⁾(x) = (−1)ᵏ⁺¹ k! ζ(k+1, x), ψ⁽⁰⁾ the digamma function; for x > 0 when k > 0."""

    def ball(x: arb) -> arb:
        if order == 0:
            return x.digamma()
        value = arb(order + 1).zeta(x) * factorial(order)
        return value if order % 2 else -value

    name = "digamma" if order == 0 else f"polygamma({order})"
    return ScalarFunction(name, ball, lambda x, y: apply_function(polygamma(order + 1), x))


def _sigmoid(x: arb) -> arb:
    return 1 / (1 + (-x).exp())


def _softplus(x: arb) -> arb:
    return x.exp().log1p()


def _times(factor: Callable[[], arb], y: Matrix) -> Matrix:
    return scale(scalar(factor()), y)


def _sign_exact(x: fmpq) -> int:
    return int(x > 0) - int(x < 0)


def _of(name: str) -> Callable[[Matrix], Matrix]:
    return lambda x: elementwise(name, x)


_sin, _cos, _exp = _of("sin"), _of("cos"), _of("exp")

_TABLE = (
    ScalarFunction("reciprocal", _reciprocal_ball, lambda x, y: neg(square(y)), _reciprocal_exact),
    ScalarFunction("exp", arb.exp, lambda x, y: y),
    ScalarFunction("log", arb.log, lambda x, y: reciprocal(x)),
    ScalarFunction(
        "log2",
        lambda x: x.log() / arb(2).log(),
        lambda x, y: _times(lambda: 1 / arb(2).log(), reciprocal(x)),
    ),
    ScalarFunction(
        "log10",
        lambda x: x.log() / arb(10).log(),
        lambda x, y: _times(lambda: 1 / arb(10).log(), reciprocal(x)),
    ),
    ScalarFunction("sqrt", arb.sqrt, lambda x, y: reciprocal(add(y, y))),
    ScalarFunction("sin", arb.sin, lambda x, y: _cos(x)),
    ScalarFunction("cos", arb.cos, lambda x, y: neg(_sin(x))),
    ScalarFunction("tan", arb.tan, lambda x, y: _one_plus(square(y))),
    ScalarFunction("cot", arb.cot, lambda x, y: neg(_one_plus(square(y)))),
    ScalarFunction("sec", arb.sec, lambda x, y: hadamard(y, elementwise("tan", x))),
    ScalarFunction("csc", arb.csc, lambda x, y: neg(hadamard(y, elementwise("cot", x)))),
    ScalarFunction("arcsin", arb.asin, lambda x, y: _inverse_root(_one_minus(square(x)))),
    ScalarFunction("arccos", arb.acos, lambda x, y: neg(_inverse_root(_one_minus(square(x))))),
    ScalarFunction("arctan", arb.atan, lambda x, y: reciprocal(_one_plus(square(x)))),
    ScalarFunction(
        "arccot", lambda x: arb.pi() / 2 - x.atan(), lambda x, y: neg(reciprocal(_one_plus(square(x))))
    ),
    ScalarFunction("sinh", arb.sinh, lambda x, y: elementwise("cosh", x)),
    ScalarFunction("cosh", arb.cosh, lambda x, y: elementwise("sinh", x)),
    ScalarFunction("tanh", arb.tanh, lambda x, y: _one_minus(square(y))),
    ScalarFunction("coth", arb.coth, lambda x, y: _one_minus(square(y))),
    ScalarFunction("sech", arb.sech, lambda x, y: neg(hadamard(y, elementwise("tanh", x)))),
    ScalarFunction("csch", arb.csch, lambda x, y: neg(hadamard(y, elementwise("coth", x)))),
    ScalarFunction("arcsinh", arb.asinh, lambda x, y: _inverse_root(_one_plus(square(x)))),
    ScalarFunction("arccosh", arb.acosh, lambda x, y: _inverse_root(sub(square(x), constant(x, 1)))),
    ScalarFunction("arctanh", arb.atanh, lambda x, y: reciprocal(_one_minus(square(x)))),
    ScalarFunction("sigmoid", _sigmoid, lambda x, y: hadamard(y, _one_minus(y))),
    ScalarFunction("softplus", _softplus, lambda x, y: elementwise("sigmoid", x)),
    ScalarFunction(
        "erf",
        arb.erf,
        lambda x, y: _times(lambda: 2 / arb.const_sqrt_pi(), _exp(neg(square(x)))),
    ),
    ScalarFunction("gamma", arb.gamma, lambda x, y: hadamard(y, apply_function(polygamma(0), x))),
    ScalarFunction("log_gamma", arb.lgamma, lambda x, y: apply_function(polygamma(0), x)),
    polygamma(0),
    ScalarFunction("abs", abs, _away_from_zero(_of("sign")), abs),
    ScalarFunction("sign", arb.sgn, _away_from_zero(_zero), _sign_exact, jumps=True),
    ScalarFunction(
        "relu",
        lambda x: x.max(arb(0)),
        _away_from_zero(_of("step")),
        lambda x: x if x > 0 else fmpq(0),
    ),
    ScalarFunction(
        "step",
        lambda x: (1 + x.sgn()) / 2,
        _away_from_zero(_zero),
        lambda x: fmpq(1 + _sign_exact(x), 2),
        jumps=True,
    ),
    ScalarFunction("floor", arb.floor, _away_from_integers, lambda x: x.floor(), jumps=True),
    ScalarFunction("ceil", arb.ceil, _away_from_integers, lambda x: x.ceil(), jumps=True),
)

FUNCTIONS = {f.name: f for f in _TABLE}
