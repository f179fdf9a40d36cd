"""Minimum and maximum of scalars and of the entries of a vector."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from derivcheck.algebra import matrix
from derivcheck.algebra.matrix import Matrix
from derivcheck.operators.evaluation import Evaluate, signatures, sympy_function
from derivcheck.operators.record import Operator

_SIGNATURES = signatures(
    "(),()->()", "(n,1)->()", "(1,n)->()", "(),(),()->()", "(),(),(),()->()", "(m,n),(m,n)->(m,n)"
)


def maximum(a: Matrix, b: Matrix) -> Matrix:
    """max(a, b) = b + relu(a − b), entry by entry."""
    return matrix.add(b, matrix.elementwise("relu", matrix.sub(a, b)))


def minimum(a: Matrix, b: Matrix) -> Matrix:
    """min(a, b) = a − relu(a − b), entry by entry."""
    return matrix.sub(a, matrix.elementwise("relu", matrix.sub(a, b)))


def _over_entries(f: Callable[[Matrix, Matrix], Matrix]) -> Evaluate:
    """f over several operands, or over the entries of a single one."""

    def evaluate(args: tuple[Matrix, ...], dims: tuple[int, ...]) -> Matrix:
        if len(args) > 1:
            return reduce(f, args)
        column = matrix.vec(args[0])
        return reduce(f, [matrix.entry(column, i, 0) for i in range(matrix.shape(column)[0])])

    return evaluate


EXTREMES = (
    Operator(
        name="max",
        signatures=_SIGNATURES,
        evaluate=_over_entries(maximum),
        notations=("max",),
        latex="\\max({0}, {1})",
        piecewise=True,
        sympy=sympy_function("Max"),
        source="Boyd & Vandenberghe, Convex Optimization, 2004, 3.1.5",
    ),
    Operator(
        name="min",
        signatures=_SIGNATURES,
        evaluate=_over_entries(minimum),
        notations=("min",),
        latex="\\min({0}, {1})",
        piecewise=True,
        sympy=sympy_function("Min"),
        source="Boyd & Vandenberghe, Convex Optimization, 2004, 3.2.3",
    ),
)
