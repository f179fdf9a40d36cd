"""Functions of a square matrix as a whole."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from derivcheck.algebra import matrix
from derivcheck.algebra.matrix import Matrix
from derivcheck.operators.evaluation import of, signatures
from derivcheck.operators.record import Operator

_HIGHAM = "Higham, Functions of Matrices, 2008, "
_SPD = (frozenset({"spd"}),)


# As functions are written → the operator on a square matrix as a whole.
WHOLE = {
    "exp": "matrix_exp", "log": "matrix_log", "ln": "matrix_log",
    "sin": "matrix_sin", "cos": "matrix_cos", "sinh": "matrix_sinh", "cosh": "matrix_cosh",
}  # fmt: skip


def _of_exponential(name: str, latex: str, evaluate: Callable[[Matrix], Matrix], section: str) -> Operator:
    return Operator(
        name=name, signatures=signatures("(n,n)->(n,n)"), evaluate=of(evaluate), latex=latex, source=_HIGHAM + section
    )


def _circular(a: Matrix) -> tuple[Matrix, Matrix]:
    """(cos A, sin A) from exp [[0, −A], [A, 0]] = [[cos A, −sin A], [sin A, cos A]]."""
    n = matrix.shape(a)[0]
    zero = matrix.zeros(n, n)
    turned = matrix.matrix_exp(matrix.block([[zero, matrix.neg(a)], [a, zero]]))
    return matrix.submatrix(turned, 0, n, 0, n), matrix.submatrix(turned, n, 2 * n, 0, n)


def _hyperbolic(a: Matrix) -> tuple[Matrix, Matrix]:
    return matrix.matrix_exp(a), matrix.matrix_exp(matrix.neg(a))


def _half(a: Matrix) -> Matrix:
    return matrix.scale(matrix.scalar(Fraction(1, 2)), a)


MATRIX_FUNCTIONS = (
    Operator(
        name="matrix_exp",
        signatures=signatures("(n,n)->(n,n)"),
        evaluate=of(matrix.matrix_exp),
        notations=("exp", "expm"),
        latex="\\exp({0})",
        source=_HIGHAM + "chapter 10",
    ),
    Operator(
        name="matrix_log",
        signatures=signatures("(n,n)->(n,n)"),
        evaluate=of(matrix.matrix_log),
        notations=("log", "logm", "ln"),
        latex="\\log({0})",
        domain=_SPD,
        source=_HIGHAM + "chapter 11",
    ),
    _of_exponential("matrix_sin", "\\sin({0})", lambda a: _circular(a)[1], "12.1"),
    _of_exponential("matrix_cos", "\\cos({0})", lambda a: _circular(a)[0], "12.1"),
    _of_exponential("matrix_sinh", "\\sinh({0})", lambda a: _half(matrix.sub(*_hyperbolic(a))), "12.1"),
    _of_exponential("matrix_cosh", "\\cosh({0})", lambda a: _half(matrix.add(*_hyperbolic(a))), "12.1"),
    Operator(
        name="matrix_sqrt",
        signatures=signatures("(n,n)->(n,n)"),
        evaluate=of(matrix.matrix_sqrt),
        notations=("sqrtm",),
        latex="{0}^{{1/2}}",
        domain=_SPD,
        source=_HIGHAM + "chapter 6",
    ),
    Operator(
        name="matrix_inverse_sqrt",
        signatures=signatures("(n,n)->(n,n)"),
        evaluate=of(matrix.matrix_inverse_sqrt),
        latex="{0}^{{-1/2}}",
        domain=_SPD,
        source=_HIGHAM + "chapter 6",
    ),
    Operator(
        name="max_eigenvalue",
        signatures=signatures("(n,n)->()"),
        evaluate=of(matrix.max_eigenvalue_symmetric),
        latex="\\lambda_{{\\max}}({0})",
        domain=(frozenset({"symmetric"}),),
        source="of a symmetric matrix; Magnus & Neudecker 1999, 8.8",
    ),
    Operator(
        name="min_eigenvalue",
        signatures=signatures("(n,n)->()"),
        evaluate=of(lambda a: matrix.neg(matrix.max_eigenvalue_symmetric(matrix.neg(a)))),
        latex="\\lambda_{{\\min}}({0})",
        domain=(frozenset({"symmetric"}),),
        source="of a symmetric matrix; Magnus & Neudecker 1999, 8.8",
    ),
)
