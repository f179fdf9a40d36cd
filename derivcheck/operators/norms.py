"""Norms of vectors and matrices."""

from __future__ import annotations

from functools import reduce

from derivcheck.algebra import matrix
from derivcheck.algebra.matrix import Matrix, Undefined
from derivcheck.operators.evaluation import of, signatures
from derivcheck.operators.extremes import maximum
from derivcheck.operators.record import Operator

_HJ = "Horn & Johnson, Matrix Analysis, 2013"
_NONZERO = (frozenset({"nonzero"}),)


def norm_frobenius(a: Matrix) -> Matrix:
    """√Σ a_ij²."""
    return matrix.elementwise("sqrt", matrix.frobenius_inner(a, a))


def _column_sums(a: Matrix) -> list[Matrix]:
    magnitudes = matrix.elementwise("abs", a)
    return [matrix.sum_entries(matrix.column(magnitudes, j)) for j in range(matrix.shape(a)[1])]


def norm1(a: Matrix) -> Matrix:
    """The largest column sum of |a_ij|; Σ|x_i| for a column."""
    return reduce(maximum, _column_sums(a))


def norm_inf(a: Matrix) -> Matrix:
    """The largest row sum of |a_ij|; max |x_i| for a column."""
    return norm1(matrix.transpose(a))


def _smaller_gram(a: Matrix) -> Matrix:
    rows, columns = matrix.shape(a)
    t = matrix.transpose(a)
    return matrix.mul(a, t) if rows < columns else matrix.mul(t, a)


def norm_spectral(a: Matrix) -> Matrix:
    """The largest singular value."""
    return matrix.elementwise("sqrt", matrix.max_eigenvalue_symmetric(_smaller_gram(a)))


def min_singular_value(a: Matrix) -> Matrix:
    """√λ_min(AᵀA), m ≥ n; which one it is of a wide matrix is not agreed on."""
    rows, columns = matrix.shape(a)
    if rows < columns:
        raise Undefined("the smallest singular value of a wide matrix")
    smallest = matrix.neg(matrix.max_eigenvalue_symmetric(matrix.neg(_smaller_gram(a))))
    return matrix.elementwise("sqrt", smallest)


def condition_number(a: Matrix) -> Matrix:
    """‖A‖₂ ‖A⁻¹‖₂."""
    return matrix.mul(norm_spectral(a), norm_spectral(matrix.inv(a)))


def norm_nuclear(a: Matrix) -> Matrix:
    """The sum of the singular values of a matrix of full rank."""
    return matrix.trace(matrix.matrix_sqrt(_smaller_gram(a)))


def norm_p(a: Matrix, p: Matrix) -> Matrix:
    """(Σ|x_i|ᵖ)^{1/p}."""
    powers = matrix.power_elementwise(matrix.elementwise("abs", a), p)
    return matrix.power_elementwise(matrix.sum_entries(powers), matrix.inv(p))


NORMS = (
    Operator(
        name="norm2",
        signatures=signatures("(n,1)->()", "(1,n)->()"),
        evaluate=of(norm_frobenius),
        latex="\\|{0}\\|_2",
        domain=_NONZERO,
        source=_HJ + ", 5.2.1",
    ),
    Operator(
        name="norm_frobenius",
        signatures=signatures("(m,n)->()"),
        evaluate=of(norm_frobenius),
        latex="\\|{0}\\|_F",
        domain=_NONZERO,
        source=_HJ + ", 5.6.0.2",
    ),
    Operator(
        name="norm1",
        signatures=signatures("(n,1)->()", "(m,n)->()"),
        evaluate=of(norm1),
        piecewise=True,
        latex="\\|{0}\\|_1",
        domain=_NONZERO,
        source=_HJ + ", 5.2.2, 5.6.4",
    ),
    Operator(
        name="norm_inf",
        signatures=signatures("(n,1)->()", "(m,n)->()"),
        evaluate=of(norm_inf),
        piecewise=True,
        latex="\\|{0}\\|_\\infty",
        domain=_NONZERO,
        source=_HJ + ", 5.2.3, 5.6.5",
    ),
    Operator(
        name="norm_spectral",
        signatures=signatures("(m,n)->()"),
        evaluate=of(norm_spectral),
        latex="\\|{0}\\|_2",
        domain=_NONZERO,
        source=_HJ + ", 5.6.6",
    ),
    Operator(
        name="min_singular_value",
        signatures=signatures("(n,m)->()"),
        evaluate=of(min_singular_value),
        latex="\\sigma_{{\\min}}({0})",
        domain=_NONZERO,
        source=_HJ + ", 2.6.3",
    ),
    Operator(
        name="norm_nuclear",
        signatures=signatures("(m,n)->()"),
        evaluate=of(norm_nuclear),
        latex="\\|{0}\\|_*",
        domain=_NONZERO,
        source=_HJ + ", 5.6 (Ky Fan norms)",
    ),
    Operator(
        name="norm_p",
        signatures=signatures("(n,1),()->()"),
        evaluate=of(norm_p),
        piecewise=True,
        latex="\\|{0}\\|_{{{1}}}",
        domain=(frozenset({"nonzero"}), frozenset({"greater_one"})),
        source=_HJ + ", 5.2.4",
    ),
    Operator(
        name="condition_number",
        signatures=signatures("(n,n)->()"),
        evaluate=of(condition_number),
        notations=("cond",),
        latex="\\operatorname{{cond}}({0})",
        domain=(frozenset({"invertible"}),),
        source=_HJ + ", 5.8",
    ),
)
