"""Softmax and its companions."""

from __future__ import annotations

from derivcheck.algebra import matrix
from derivcheck.algebra.matrix import Matrix
from derivcheck.operators.evaluation import of, signatures
from derivcheck.operators.record import Operator

_BOYD = "Boyd & Vandenberghe, Convex Optimization, 2004, 3.1.5"
_GOODFELLOW = "Goodfellow, Bengio & Courville, Deep Learning, 2016, 4.1"


def softmax(a: Matrix) -> Matrix:
    """exp(x_i)/Σ exp(x_j) over all entries."""
    e = matrix.elementwise("exp", a)
    return matrix.divide(e, matrix.sum_entries(e))


def softmax_rows(a: Matrix) -> Matrix:
    """The softmax of each row."""
    return matrix.block([[softmax(matrix.row(a, i))] for i in range(matrix.shape(a)[0])])


def log_sum_exp(a: Matrix) -> Matrix:
    """log Σ exp(a_ij)."""
    return matrix.elementwise("log", matrix.sum_entries(matrix.elementwise("exp", a)))


SOFTMAX = (
    Operator(
        name="softmax",
        signatures=signatures("(n,1)->(n,1)", "(1,n)->(1,n)"),
        evaluate=of(softmax),
        notations=("softmax", "Softmax", "SoftMax", "smax"),
        latex="\\operatorname{{softmax}}({0})",
        source=_GOODFELLOW,
    ),
    Operator(
        name="softmax_rows",
        signatures=signatures("(m,n)->(m,n)"),
        evaluate=of(softmax_rows),
        notations=("softmax", "Softmax", "SoftMax"),
        latex="\\operatorname{{softmax}}({0})",
        source=_GOODFELLOW + ", row by row",
    ),
    Operator(
        name="log_sum_exp",
        signatures=signatures("(n,1)->()", "(m,n)->()"),
        evaluate=of(log_sum_exp),
        notations=("logsumexp", "LSE", "lse", "LogSumExp"),
        latex="\\operatorname{{logsumexp}}({0})",
        source=_BOYD,
    ),
)
