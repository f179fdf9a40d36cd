"""Real powers entry by entry, and the exponents that are plain integers."""

from __future__ import annotations

from flint import arb, fmpq

from derivcheck.algebra.dual import Dual, Matrix, add, shape, split, top_level
from derivcheck.algebra.elementwise import elementwise
from derivcheck.algebra.errors import Imprecise, Undefined
from derivcheck.algebra.linear import hadamard, scale, sub
from derivcheck.algebra.plain import Plain, affordable_power, from_entries, ones, scalar, to_integer


def power_elementwise(a: Matrix, b: Matrix) -> Matrix:
    """a_ij to the power b_ij; a 1×1 argument stands for every entry.

    d aᵇ = b aᵇ⁻¹ da + aᵇ log(a) db. A negative base has integer powers only, 0 has positive ones and 0⁰ = 1;
    Undefined elsewhere, Imprecise when the balls cannot tell.
    """
    a, b = _broadcast(a, b)
    if not isinstance(a, Dual) and not isinstance(b, Dual):
        return _power(a, b)
    level = top_level((a, b))
    a0, a1 = split(a, level)
    b0, b1 = split(b, level)
    y = power_elementwise(a0, b0)
    tangent: Matrix | None = None
    if a1 is not None:
        lowered = power_elementwise(a0, sub(b0, ones(*shape(b0))))
        tangent = hadamard(hadamard(b0, lowered), a1)
    if b1 is not None:
        change = hadamard(hadamard(y, elementwise("log", a0)), b1)
        tangent = change if tangent is None else add(tangent, change)
    assert tangent is not None
    return Dual(y, tangent, level)


def _broadcast(a: Matrix, b: Matrix) -> tuple[Matrix, Matrix]:
    size_a, size_b = shape(a), shape(b)
    if size_a == size_b:
        return a, b
    if size_a == (1, 1):
        return scale(a, ones(*size_b)), b
    if size_b == (1, 1):
        return a, scale(b, ones(*size_a))
    raise ValueError("entrywise power of different shapes")


def _power(a: Plain, b: Plain) -> Plain:
    entries = [_number_power(x, y) for x, y in zip(a.entries(), b.entries(), strict=True)]
    return from_entries(a.nrows(), a.ncols(), entries)


def _number_power(x: fmpq | arb, y: fmpq | arb) -> fmpq | arb:
    k = to_integer(scalar(y))
    if k is not None:
        return _integer_power(x, k)
    base, exponent = arb(x), arb(y)
    if base == 0 and exponent > 0:
        return base
    if base < 0:
        raise Undefined("fractional power of a negative number")
    return _finite(base**exponent, base)


def _integer_power(x: fmpq | arb, k: int) -> fmpq | arb:
    if k == 0:
        return fmpq(1)
    if k < 0 and x == 0:
        raise Undefined("zero to a negative power")
    if isinstance(x, fmpq):
        x = affordable_power(scalar(x), k)[0, 0]
    return x**k if isinstance(x, fmpq) else _finite(x**k, x)


def _finite(value: arb, base: arb) -> arb:
    if value.is_finite():
        return value
    if base.is_exact():
        raise Undefined("power outside its domain")
    raise Imprecise("power: the ball crosses the border of the domain")
