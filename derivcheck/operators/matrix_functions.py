"""Functions of a square matrix as a whole."""

from __future__ import annotations

from derivcheck.algebra import matrix
from derivcheck.operators.evaluation import of, signatures
from derivcheck.operators.record import Operator

_HIGHAM = "Higham, Functions of Matrices, 2008, "
_SPD = (frozenset({"spd"}),)

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
