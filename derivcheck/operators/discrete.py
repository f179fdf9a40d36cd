"""Functions of integers: factorials, binomials, Kronecker's and Levi-Civita's symbols, remainders."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import reduce

from derivcheck.algebra import matrix
from derivcheck.algebra.matrix import Matrix, Undefined
from derivcheck.operators.evaluation import Evaluate, of, signatures, sympy_function
from derivcheck.operators.record import Operator

_DLMF = "NIST Digital Library of Mathematical Functions, "
_NATURAL = frozenset({"natural"})
_INTEGER = frozenset({"integer"})
_LARGEST = 2000  # exact factorials beyond this are of no use and cost time


def _integer(a: Matrix) -> int:
    value = matrix.to_integer(matrix.base(a))
    if value is None:
        raise Undefined("not an integer")
    return value


def _on_integers(f: Callable[..., int]) -> Evaluate:
    return lambda args, dims: matrix.scalar(f(*(_integer(a) for a in args)))


def _small(n: int) -> int:
    if n > _LARGEST:
        raise Undefined("too large an integer")
    return n


def factorial(a: Matrix) -> Matrix:
    """n! exactly, Γ(x + 1) for other x."""
    n = matrix.to_integer(a) if not isinstance(a, matrix.Dual) else None
    if n is None or n > _LARGEST:
        return matrix.elementwise("gamma", matrix.add(a, matrix.scalar(1)))
    if n < 0:
        raise Undefined("factorial of a negative integer")
    return matrix.scalar(math.factorial(n))


def _double_factorial(n: int) -> int:
    """n(n − 2)⋯; 0!! = (−1)!! = 1."""
    if n < -1:
        raise Undefined("double factorial of a negative integer")
    return math.prod(range(_small(n), 0, -2))


def binomial(a: Matrix, b: Matrix) -> Matrix:
    """a(a − 1)⋯(a − k + 1)/k! for integer k = b, zero for k < 0; by Γ for other b."""
    k = matrix.to_integer(b) if not isinstance(b, matrix.Dual) else None
    if k is None:
        one = matrix.scalar(1)
        top = matrix.elementwise("gamma", matrix.add(a, one))
        low = matrix.mul(
            matrix.elementwise("gamma", matrix.add(b, one)),
            matrix.elementwise("gamma", matrix.add(matrix.sub(a, b), one)),
        )
        return matrix.divide(top, low)
    if k < 0:
        return matrix.scalar(0)
    falling: Matrix = matrix.scalar(1)
    for i in range(_small(k)):
        falling = matrix.mul(falling, matrix.sub(a, matrix.scalar(i)))
    return matrix.divide(falling, matrix.scalar(math.factorial(k)))


def beta(a: Matrix, b: Matrix) -> Matrix:
    """Γ(a)Γ(b)/Γ(a + b)."""
    numerator = matrix.mul(matrix.elementwise("gamma", a), matrix.elementwise("gamma", b))
    return matrix.divide(numerator, matrix.elementwise("gamma", matrix.add(a, b)))


def _levi_civita(*indices: int) -> int:
    """The sign of the permutation, 0 when an index repeats."""
    pairs = [(a, b) for k, a in enumerate(indices) for b in indices[k + 1 :]]
    return math.prod((b > a) - (b < a) for a, b in pairs)


def _remainder(a: int, n: int) -> int:
    if n == 0:
        raise Undefined("remainder by zero")
    return a % n


DISCRETE = (
    Operator(
        name="factorial",
        signatures=signatures("()->()"),
        evaluate=of(factorial),
        latex="{0}!",
        domain=(_NATURAL,),
        smooth=False,
        sympy=sympy_function("factorial"),
        source=_DLMF + "5.4.1",
    ),
    Operator(
        name="double_factorial",
        signatures=signatures("()->()"),
        evaluate=_on_integers(_double_factorial),
        latex="{0}!!",
        domain=(_NATURAL,),
        smooth=False,
        sympy=sympy_function("factorial2"),
        source=_DLMF + "5.4.2",
    ),
    Operator(
        name="binomial",
        signatures=signatures("(),()->()"),
        evaluate=of(binomial),
        latex="\\binom{{{0}}}{{{1}}}",
        domain=(_NATURAL, _NATURAL),
        smooth=False,
        sympy=sympy_function("binomial"),
        source=_DLMF + "1.2(i)",
    ),
    Operator(
        name="beta",
        signatures=signatures("(),()->()"),
        evaluate=of(beta),
        notations=("Beta", "B"),
        latex="\\operatorname{{Beta}}({0}, {1})",
        domain=(frozenset({"positive"}), frozenset({"positive"})),
        sympy=sympy_function("beta"),
        source=_DLMF + "5.12",
    ),
    Operator(
        name="kronecker_delta",
        signatures=signatures("(),()->()"),
        evaluate=_on_integers(lambda i, j: int(i == j)),
        latex="\\delta_{{{0} {1}}}",
        domain=(_INTEGER, _INTEGER),
        smooth=False,
        sympy=sympy_function("KroneckerDelta"),
        source=_DLMF + "front matter",
    ),
    Operator(
        name="levi_civita",
        signatures=signatures("(),(),()->()", "(),()->()", "(),(),(),()->()"),
        evaluate=_on_integers(_levi_civita),
        latex="\\varepsilon_{{{0} {1} {2}}}",
        domain=(_INTEGER,) * 4,
        smooth=False,
        sympy=sympy_function("LeviCivita"),
        source=_DLMF + "1.6.14",
    ),
    Operator(
        name="mod",
        signatures=signatures("(),()->()"),
        evaluate=_on_integers(_remainder),
        notations=("mod", "bmod"),
        latex="{0} \\bmod {1}",
        domain=(_INTEGER, _NATURAL),
        smooth=False,
        sympy=sympy_function("Mod"),
        source="the remainder with the sign of the divisor; Knuth, TAOCP 1, 1.2.4",
    ),
    Operator(
        name="gcd",
        signatures=signatures("(),()->()", "(),(),()->()"),
        evaluate=_on_integers(math.gcd),
        notations=("gcd",),
        latex="\\gcd({0}, {1})",
        domain=(_INTEGER,) * 3,
        smooth=False,
        sympy=sympy_function("gcd"),
        source=_DLMF + "27.1",
    ),
    Operator(
        name="lcm",
        signatures=signatures("(),()->()", "(),(),()->()"),
        evaluate=_on_integers(lambda *n: reduce(math.lcm, n)),
        notations=("lcm",),
        latex="\\operatorname{{lcm}}({0}, {1})",
        domain=(_INTEGER,) * 3,
        smooth=False,
        sympy=sympy_function("lcm"),
        source=_DLMF + "27.1",
    ),
)
