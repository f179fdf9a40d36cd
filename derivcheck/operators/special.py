"""Matrices that are known by their size: identity, zeros, ones, unit vectors, commutation, duplication,
elimination."""

from __future__ import annotations

from derivcheck.algebra import matrix
from derivcheck.algebra.matrix import Matrix, Undefined
from derivcheck.operators.evaluation import of_dims, signatures
from derivcheck.operators.record import Operator

_MN = "Magnus & Neudecker, Matrix Differential Calculus, 1999"
_MN80 = "Magnus & Neudecker, SIAM J. Alg. Disc. Meth. 1, 1980"


def commutation(m: int, n: int) -> Matrix:
    """K with K vec(A) = vec(Aᵀ) for A of shape (m,n)."""
    size = m * n
    entries = [0] * (size * size)
    for i in range(m):
        for j in range(n):
            entries[(i * n + j) * size + j * m + i] = 1
    return matrix.from_entries(size, size, entries)


def _lower_triangle(n: int) -> list[tuple[int, int]]:
    return [(i, j) for j in range(n) for i in range(j, n)]


def duplication(n: int) -> Matrix:
    """D with D vech(A) = vec(A) for symmetric A of shape (n,n); h = n(n+1)/2 columns."""
    places = _lower_triangle(n)
    entries = [0] * (n * n * len(places))
    for k, (i, j) in enumerate(places):
        entries[(j * n + i) * len(places) + k] = 1
        entries[(i * n + j) * len(places) + k] = 1
    return matrix.from_entries(n * n, len(places), entries)


def elimination(n: int) -> Matrix:
    """L with L vec(A) = vech(A) for any A of shape (n,n); h = n(n+1)/2 rows."""
    places = _lower_triangle(n)
    entries = [0] * (n * n * len(places))
    for k, (i, j) in enumerate(places):
        entries[k * n * n + j * n + i] = 1
    return matrix.from_entries(len(places), n * n, entries)


def _basis(args: tuple[Matrix, ...], dims: tuple[int, ...]) -> Matrix:
    """The i-th unit vector, i counted from 1."""
    i = matrix.to_integer(matrix.base(args[0]))
    if i is None or not 1 <= i <= dims[0]:
        raise Undefined("no such unit vector")
    return matrix.from_entries(dims[0], 1, [int(k + 1 == i) for k in range(dims[0])])


def _broadcast(args: tuple[Matrix, ...], dims: tuple[int, ...]) -> Matrix:
    return matrix.scale(args[0], matrix.ones(*dims))


SPECIAL = (
    Operator(
        name="identity",
        signatures=signatures("->(n,n)"),
        evaluate=of_dims(matrix.identity),
        latex="I",
        source=_MN + ", 1.3",
    ),
    Operator(
        name="zeros",
        signatures=signatures("->(m,n)"),
        evaluate=of_dims(matrix.zeros),
        latex="0",
        source=_MN + ", 1.2",
    ),
    Operator(
        name="ones",
        signatures=signatures("->(m,n)"),
        evaluate=of_dims(matrix.ones),
        latex="\\mathbf{{1}}",
        source=_MN + ", 1.2",
    ),
    Operator(
        name="broadcast",
        signatures=signatures("()->(m,n)"),
        evaluate=_broadcast,
        source="the scalar in every entry: s 11ᵀ",
    ),
    Operator(
        name="basis",
        signatures=signatures("()->(n,1)"),
        evaluate=_basis,
        latex="e_{{{0}}}",
        smooth=False,
        domain=(frozenset({"natural"}),),
        source=_MN + ", 1.2",
    ),
    Operator(
        name="commutation",
        signatures=signatures("->(m*n,m*n)"),
        evaluate=of_dims(commutation),
        source="K_{mn} vec A = vec Aᵀ; " + _MN + ", 3.7",
    ),
    Operator(
        name="duplication",
        signatures=signatures("->(n*n,h); 2*h=n*n+n"),
        evaluate=lambda args, dims: duplication(dims[0]),
        source="D_n vech A = vec A; " + _MN80,
    ),
    Operator(
        name="elimination",
        signatures=signatures("->(h,n*n); 2*h=n*n+n"),
        evaluate=lambda args, dims: elimination(dims[-1]),
        source="L_n vec A = vech A; " + _MN80,
    ),
)
