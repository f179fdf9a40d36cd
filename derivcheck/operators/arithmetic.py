"""Sums, multiples, quotients and powers."""

from __future__ import annotations

from typing import Any

from derivcheck.algebra import matrix
from derivcheck.algebra.matrix import Dual, Matrix, Undefined
from derivcheck.operators.evaluation import folded, of, signatures
from derivcheck.operators.record import Operator

_MN = "Magnus & Neudecker, Matrix Differential Calculus, 1999"
_HJ = "Horn & Johnson, Topics in Matrix Analysis, 1991"
_NONZERO = frozenset({"nonzero"})
_POSITIVE = frozenset({"positive"})
_LARGEST_EXPONENT = 4096


def _sum(*terms: Any) -> Any:
    import sympy

    return sympy.Add(*terms)


def _product(*factors: Any) -> Any:
    import sympy

    return sympy.Mul(*factors)


def _quotient(a: Any, b: Any) -> Any:
    return a / b


def _negative(a: Any) -> Any:
    return -a


def _sympy_power(a: Any, b: Any) -> Any:
    import sympy

    return sympy.Pow(a, b)


def power(a: Matrix, k: Matrix) -> Matrix:
    """Aᵏ for integer k, A^{k} through the square root for half-integers; any real k for a scalar A."""
    constant = not isinstance(k, Dual)
    exponent = matrix.to_integer(k) if constant else None
    if exponent is not None and abs(exponent) <= _LARGEST_EXPONENT:
        return matrix.power(a, exponent)
    if matrix.shape(a) == (1, 1):
        return matrix.power_elementwise(a, k)
    doubled = matrix.to_integer(matrix.add(k, k)) if constant else None
    if doubled is None or abs(doubled) > _LARGEST_EXPONENT:
        raise Undefined("a matrix power with this exponent")
    return matrix.power(matrix.matrix_sqrt(a), doubled)


ARITHMETIC = (
    Operator(
        name="add",
        signatures=signatures("(m,n),(m,n)->(m,n)"),
        evaluate=folded(matrix.add),
        latex="{0} + {1}",
        sympy=_sum,
        source=_MN + ", 1.3",
    ),
    Operator(
        name="negate",
        signatures=signatures("(m,n)->(m,n)"),
        evaluate=of(matrix.neg),
        latex="-{0}",
        sympy=_negative,
        source=_MN + ", 1.3",
    ),
    Operator(
        name="scale",
        signatures=signatures("(),(m,n)->(m,n)"),
        evaluate=of(matrix.scale),
        latex="{0} {1}",
        sympy=_product,
        source=_MN + ", 1.3",
    ),
    Operator(
        name="divide",
        signatures=signatures("(m,n),()->(m,n)"),
        evaluate=of(matrix.divide),
        latex="\\frac{{{0}}}{{{1}}}",
        domain=(frozenset(), _NONZERO),
        sympy=_quotient,
        source=_MN + ", 1.3",
    ),
    Operator(
        name="elementwise_inverse",
        signatures=signatures("(m,n)->(m,n)"),
        evaluate=of(matrix.reciprocal),
        domain=(_NONZERO,),
        elementwise=True,
        source="the Hadamard inverse; " + _HJ + ", 5.1",
    ),
    Operator(
        name="elementwise_divide",
        signatures=signatures("(m,n),(m,n)->(m,n)"),
        evaluate=of(lambda a, b: matrix.hadamard(a, matrix.reciprocal(b))),
        latex="{0} \\oslash {1}",
        domain=(frozenset(), _NONZERO),
        source=_HJ + ", 5.1",
    ),
    Operator(
        name="power",
        signatures=signatures("(n,n),()->(n,n)"),
        evaluate=of(power),
        latex="{0}^{{{1}}}",
        domain=(frozenset({"invertible"}), frozenset({"integer"})),
        sympy=_sympy_power,
        source=_MN + ", 1.3",
    ),
    Operator(
        name="power_scalar",
        signatures=signatures("(),()->()"),
        evaluate=of(matrix.power_elementwise),
        latex="{0}^{{{1}}}",
        domain=(_POSITIVE, frozenset()),
        sympy=_sympy_power,
        source="exp(b log a); NIST Digital Library of Mathematical Functions, 4.2(iv)",
    ),
    Operator(
        name="power_elementwise",
        signatures=signatures("(m,n),()->(m,n)", "(m,n),(m,n)->(m,n)", "(),(m,n)->(m,n)"),
        evaluate=of(matrix.power_elementwise),
        latex="{0}^{{\\circ {1}}}",
        domain=(_POSITIVE, frozenset()),
        source="the Hadamard power; " + _HJ + ", 6.3",
    ),
    Operator(
        name="sum_entries",
        signatures=signatures("(m,n)->()"),
        evaluate=of(matrix.sum_entries),
        notations=("sum",),
        source="1ᵀA1",
    ),
)
