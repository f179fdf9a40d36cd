"""Products of matrices and vectors."""

from __future__ import annotations

from derivcheck.algebra import matrix
from derivcheck.algebra.matrix import Matrix
from derivcheck.operators.evaluation import folded, of, signatures
from derivcheck.operators.record import Operator

_MN = "Magnus & Neudecker, Matrix Differential Calculus, 1999"
_HJ = "Horn & Johnson, Topics in Matrix Analysis, 1991"


def _khatri_rao(a: Matrix, b: Matrix) -> Matrix:
    columns = matrix.shape(a)[1]
    return matrix.block([[matrix.kron(matrix.column(a, j), matrix.column(b, j)) for j in range(columns)]])


def _dot(a: Matrix, b: Matrix) -> Matrix:
    if matrix.shape(a) != matrix.shape(b):
        b = matrix.transpose(b)
    return matrix.frobenius_inner(a, b)


def _outer(a: Matrix, b: Matrix) -> Matrix:
    return matrix.mul(a, matrix.transpose(b))


def _commutator(a: Matrix, b: Matrix) -> Matrix:
    return matrix.sub(matrix.mul(a, b), matrix.mul(b, a))


def _kronecker_sum(a: Matrix, b: Matrix) -> Matrix:
    left = matrix.kron(a, matrix.identity(matrix.shape(b)[0]))
    return matrix.add(left, matrix.kron(matrix.identity(matrix.shape(a)[0]), b))


PRODUCTS = (
    Operator(
        name="matmul",
        signatures=signatures("(m,n),(n,p)->(m,p)"),
        evaluate=folded(matrix.mul),
        latex="{0} {1}",
        source=_MN + ", 1.3",
    ),
    Operator(
        name="hadamard",
        signatures=signatures("(m,n),(m,n)->(m,n)"),
        evaluate=folded(matrix.hadamard),
        latex="{0} \\odot {1}",
        source=_HJ + ", 5.0.1; " + _MN + ", 3.6",
    ),
    Operator(
        name="kronecker",
        signatures=signatures("(m,n),(p,q)->(m*p,n*q)"),
        evaluate=folded(matrix.kron),
        notations=("kron",),
        latex="{0} \\otimes {1}",
        source=_HJ + ", 4.2.1; " + _MN + ", 2.2",
    ),
    Operator(
        name="kronecker_sum",
        signatures=signatures("(m,m),(n,n)->(m*n,m*n)"),
        evaluate=of(_kronecker_sum),
        latex="{0} \\oplus {1}",
        source="A ⊗ I + I ⊗ B; " + _HJ + ", 4.4.4 (in the other order)",
    ),
    Operator(
        name="khatri_rao",
        signatures=signatures("(m,n),(p,n)->(m*p,n)"),
        evaluate=folded(_khatri_rao),
        latex="{0} \\ast {1}",
        source="column by column; Khatri & Rao, Sankhyā A 30, 1968",
    ),
    Operator(
        name="frobenius_inner",
        signatures=signatures("(m,n),(m,n)->()"),
        evaluate=of(matrix.frobenius_inner),
        latex="{0} : {1}",
        source="Petersen & Pedersen, The Matrix Cookbook, 2012, 10.4",
    ),
    Operator(
        name="dot",
        signatures=signatures("(n,1),(n,1)->()", "(1,n),(1,n)->()", "(n,1),(1,n)->()", "(1,n),(n,1)->()"),
        evaluate=of(_dot),
        latex="\\langle {0}, {1} \\rangle",
        source=_MN + ", 1.4",
    ),
    Operator(
        name="outer",
        signatures=signatures("(m,1),(n,1)->(m,n)"),
        evaluate=of(_outer),
        source="abᵀ; Petersen & Pedersen, The Matrix Cookbook, 2012",
    ),
    Operator(
        name="cross",
        signatures=signatures("(3,1),(3,1)->(3,1)", "(1,3),(1,3)->(1,3)"),
        evaluate=of(matrix.cross),
        latex="{0} \\times {1}",
        source="Bernstein, Matrix Mathematics, 2009, 3.10",
    ),
    Operator(
        name="commutator",
        signatures=signatures("(n,n),(n,n)->(n,n)"),
        evaluate=of(_commutator),
        latex="[{0}, {1}]",
        source="AB − BA; " + _HJ + ", 4.4",
    ),
)
