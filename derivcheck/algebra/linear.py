"""Sums, products and rearrangements: the (multi)linear operations, over balls, rationals and their duals."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Any

from flint import fmpq_mat

from derivcheck.algebra.dual import Dual, Matrix, add, bilinear, linear, shape, split, top_level
from derivcheck.algebra.errors import Undefined
from derivcheck.algebra.plain import Plain, from_entries, identity, to_ball, zeros


def neg(a: Matrix) -> Matrix:
    """−A."""
    return linear(lambda x: -x, a)


def sub(a: Matrix, b: Matrix) -> Matrix:
    """A − B."""
    return add(a, neg(b))


def mul(a: Matrix, b: Matrix) -> Matrix:
    """The matrix product (m,n),(n,p)->(m,p)."""
    return bilinear(lambda x, y: x * y, a, b)


def scale(s: Matrix, a: Matrix) -> Matrix:
    """s·A for a 1×1 matrix s."""
    return bilinear(lambda x, y: y * x[0, 0], s, a)


def transpose(a: Matrix) -> Matrix:
    return linear(lambda x: x.transpose(), a)


def trace(a: Matrix) -> Matrix:
    """Σ A_ii as a 1×1 matrix."""
    return linear(_trace, a)


def hadamard(a: Matrix, b: Matrix) -> Matrix:
    """Entry by entry (m,n),(m,n)->(m,n)."""
    return bilinear(_hadamard, a, b)


def kron(a: Matrix, b: Matrix) -> Matrix:
    """A ⊗ B = [a_ij B] (m,n),(p,q)->(m*p,n*q)."""
    return bilinear(_kron, a, b)


def vec(a: Matrix) -> Matrix:
    """The columns of A stacked (m,n)->(m*n,1)."""
    return linear(lambda x: type(x)(x.nrows() * x.ncols(), 1, x.transpose().entries()), a)


def unvec(a: Matrix, rows: int, columns: int) -> Matrix:
    """The rows × columns matrix whose vec is a."""
    return linear(lambda x: type(x)(columns, rows, x.entries()).transpose(), a)


def entry(a: Matrix, i: int, j: int) -> Matrix:
    """A_ij as a 1×1 matrix, counted from 0; Undefined outside the matrix."""
    rows, columns = shape(a)
    if not (0 <= i < rows and 0 <= j < columns):
        raise Undefined("index outside the matrix")
    return linear(lambda x: type(x)(1, 1, [x[i, j]]), a)


def row(a: Matrix, i: int) -> Matrix:
    """Row i, counted from 0, as a 1×n matrix."""
    return submatrix(a, i, i + 1, 0, shape(a)[1])


def column(a: Matrix, j: int) -> Matrix:
    """Column j, counted from 0, as an m×1 matrix."""
    return submatrix(a, 0, shape(a)[0], j, j + 1)


def submatrix(a: Matrix, top: int, bottom: int, left: int, right: int) -> Matrix:
    """Rows top..bottom−1 and columns left..right−1; Undefined outside the matrix."""
    rows, columns = shape(a)
    if not (0 <= top <= bottom <= rows and 0 <= left <= right <= columns):
        raise Undefined("index outside the matrix")

    def cut(x: Plain) -> Plain:
        entries = [x[i, j] for i in range(top, bottom) for j in range(left, right)]
        return type(x)(bottom - top, right - left, entries)

    return linear(cut, a)


def diag_of_vector(a: Matrix) -> Matrix:
    """The diagonal matrix of a row or column vector."""
    return linear(_diag_of_vector, a)


def diag_of_matrix(a: Matrix) -> Matrix:
    """The main diagonal as a column."""

    def diagonal(x: Plain) -> Plain:
        n = min(x.nrows(), x.ncols())
        return type(x)(n, 1, [x[i, i] for i in range(n)])

    return linear(diagonal, a)


def sum_entries(a: Matrix) -> Matrix:
    """1ᵀA1 as a 1×1 matrix."""
    return linear(lambda x: type(x)(1, 1, [sum(x.entries())]), a)


def frobenius_inner(a: Matrix, b: Matrix) -> Matrix:
    """A : B = Σ a_ij b_ij = tr(AᵀB) as a 1×1 matrix."""
    return trace(mul(transpose(a), b))


def cross(a: Matrix, b: Matrix) -> Matrix:
    """The vector product in three dimensions, shaped like a."""
    return bilinear(_cross, a, b)


def block(rows: Sequence[Sequence[Matrix]]) -> Matrix:
    """The matrix put together from blocks; ValueError when their shapes do not fit."""
    level = top_level([a for r in rows for a in r])
    if not level:
        return _block(rows)
    parts = [[split(a, level) for a in r] for r in rows]
    primal = block([[p for p, _ in r] for r in parts])
    tangent = block([[zeros(*shape(p)) if t is None else t for p, t in r] for r in parts])
    return Dual(primal, tangent, level)


def power_nonnegative(a: Matrix, k: int) -> Matrix:
    """A·A⋯A, k ≥ 0 factors; A⁰ = I."""
    result: Matrix | None = None
    while k:
        if k & 1:
            result = a if result is None else mul(result, a)
        k >>= 1
        if k:
            a = mul(a, a)
    return identity(shape(a)[0]) if result is None else result


def _trace(x: Plain) -> Plain:
    return type(x)(1, 1, [sum(x[i, i] for i in range(x.nrows()))])


def _hadamard(x: Plain, y: Plain) -> Plain:
    rows, columns = x.nrows(), x.ncols()
    if rows != y.nrows() or columns != y.ncols():
        raise ValueError("entrywise product of different shapes")
    if rows == columns == 1 and type(x) is fmpq_mat:
        return x * y
    return type(x)(rows, columns, list(map(operator.mul, x.entries(), y.entries())))


def _kron(x: Plain, y: Plain) -> Plain:
    left, right = x.table(), y.table()
    entries = [p * q for r in left for s in right for p in r for q in s]
    return type(x)(x.nrows() * y.nrows(), x.ncols() * y.ncols(), entries)


def _diag_of_vector(x: Plain) -> Plain:
    result: Any = type(x)(n := x.nrows() * x.ncols(), n)
    for i, value in enumerate(x.entries()):
        result[i, i] = value
    return result


def _cross(x: Plain, y: Plain) -> Plain:
    (a, b, c), (d, e, f) = x.entries(), y.entries()
    return type(x)(x.nrows(), x.ncols(), [b * f - c * e, c * d - a * f, a * e - b * d])


def _block(rows: Sequence[Sequence[Plain]]) -> Plain:
    kinds = {type(a) for r in rows for a in r}
    tables = [[(a if len(kinds) == 1 else to_ball(a)).table() for a in r] for r in rows]
    lines = [[x for t in r for x in t[i]] for r in tables for i in range(len(r[0]))]
    if len({len(line) for line in lines}) != 1 or any(len({len(t) for t in r}) != 1 for r in tables):
        raise ValueError("blocks of clashing shapes")
    return from_entries(len(lines), len(lines[0]), [x for line in lines for x in line])
