"""Operators that rearrange a matrix or read its structure: transpose, inverse, vec, diagonal, trace, rank."""

from __future__ import annotations

from fractions import Fraction

from derivcheck.algebra import matrix
from derivcheck.algebra.matrix import Matrix
from derivcheck.operators.evaluation import of, signatures
from derivcheck.operators.record import Operator

_MN = "Magnus & Neudecker, Matrix Differential Calculus, 1999"
_COOKBOOK = "Petersen & Pedersen, The Matrix Cookbook, 2012"
_INVERTIBLE = (frozenset({"invertible"}),)


def _vech(a: Matrix) -> Matrix:
    n = matrix.shape(a)[0]
    return matrix.block([[matrix.submatrix(a, j, n, j, j + 1)] for j in range(n)])


def _block_diag(*blocks: Matrix) -> Matrix:
    sizes = [matrix.shape(b) for b in blocks]
    return matrix.block(
        [
            [b if i == j else matrix.zeros(sizes[i][0], sizes[j][1]) for j in range(len(blocks))]
            for i, b in enumerate(blocks)
        ]
    )


def _lower_ones(n: int) -> Matrix:
    return matrix.from_entries(n, n, [int(i >= j) for i in range(n) for j in range(n)])


def _half(a: Matrix) -> Matrix:
    return matrix.scale(matrix.scalar(Fraction(1, 2)), a)


def _skew_matrix(a: Matrix) -> Matrix:
    unit = matrix.identity(3)
    return matrix.block([[matrix.cross(a, matrix.column(unit, j)) for j in range(3)]])


def _vee(a: Matrix) -> Matrix:
    """(a₃₂, a₁₃, a₂₁) of a skew-symmetric a, and of the skew part of any other."""
    skew = _half(matrix.sub(a, matrix.transpose(a)))
    return matrix.block([[matrix.entry(skew, i, j)] for i, j in ((2, 1), (0, 2), (1, 0))])


STRUCTURE = (
    Operator(
        name="transpose",
        signatures=signatures("(m,n)->(n,m)"),
        evaluate=of(matrix.transpose),
        latex="{0}^\\top",
        source=_MN + ", 1.3",
    ),
    Operator(
        name="inverse",
        signatures=signatures("(n,n)->(n,n)"),
        evaluate=of(matrix.inv),
        notations=("inv",),
        latex="{0}^{{-1}}",
        domain=_INVERTIBLE,
        source=_MN + ", 1.9",
    ),
    Operator(
        name="pseudo_inverse",
        signatures=signatures("(m,n)->(n,m)"),
        evaluate=of(matrix.pinv),
        notations=("pinv",),
        latex="{0}^+",
        source="Penrose 1955; " + _MN + ", 2.5; differential: Golub & Pereyra 1973",
    ),
    Operator(
        name="adjugate",
        signatures=signatures("(n,n)->(n,n)"),
        evaluate=of(matrix.adjugate),
        notations=("adj", "Adj", "adjugate"),
        latex="\\operatorname{{adj}}({0})",
        source=_MN + ", 1.9, 8.5",
    ),
    Operator(
        name="cofactor",
        signatures=signatures("(n,n)->(n,n)"),
        evaluate=of(matrix.cofactor),
        notations=("cof", "Cof", "cofactor"),
        latex="\\operatorname{{cof}}({0})",
        source=_COOKBOOK + ", 3.1.2",
    ),
    Operator(
        name="trace",
        signatures=signatures("(n,n)->()"),
        evaluate=of(matrix.trace),
        notations=("tr", "Tr", "trace", "Trace", "TR"),
        latex="\\operatorname{{tr}}({0})",
        source=_MN + ", 1.10",
    ),
    Operator(
        name="det",
        signatures=signatures("(n,n)->()"),
        evaluate=of(matrix.det),
        notations=("det", "Det"),
        latex="\\det({0})",
        source=_MN + ", 1.9, 8.3",
    ),
    Operator(
        name="rank",
        signatures=signatures("(m,n)->()"),
        evaluate=of(matrix.rank),
        notations=("rank", "rk", "Rank", "rg"),
        latex="\\operatorname{{rank}}({0})",
        smooth=False,
        source=_MN + ", 1.7",
    ),
    Operator(
        name="vec",
        signatures=signatures("(m,n)->(m*n,1)"),
        evaluate=of(matrix.vec),
        notations=("vec", "Vec", "vect"),
        latex="\\operatorname{{vec}}({0})",
        source="columns stacked; " + _MN + ", 2.4",
    ),
    Operator(
        name="vech",
        signatures=signatures("(n,n)->(h,1); 2*h=n*n+n"),
        evaluate=of(_vech),
        notations=("vech", "Vech"),
        latex="\\operatorname{{vech}}({0})",
        source="lower triangle, columns stacked; " + _MN + ", 3.8",
    ),
    Operator(
        name="vec_rows",
        signatures=signatures("(m,n)->(m*n,1)"),
        evaluate=of(lambda a: matrix.vec(matrix.transpose(a))),
        notations=("rvec", "vecr"),
        latex="\\operatorname{{rvec}}({0})",
        source="rows laid end to end, as a column: vec Aᵀ",
    ),
    Operator(
        name="unvec",
        signatures=signatures("(k,1)->(m,n); k=m*n"),
        evaluate=lambda args, dims: matrix.unvec(args[0], *dims),
        notations=("unvec", "mat"),
        latex="\\operatorname{{unvec}}({0})",
        source="the inverse of vec; " + _MN + ", 2.4",
    ),
    Operator(
        name="lower_triangle",
        signatures=signatures("(n,n)->(n,n)"),
        evaluate=of(lambda a: matrix.hadamard(a, _lower_ones(matrix.shape(a)[0]))),
        notations=("tril",),
        latex="\\operatorname{{tril}}({0})",
        source="with the diagonal; Golub & Van Loan, Matrix Computations, 2013",
    ),
    Operator(
        name="upper_triangle",
        signatures=signatures("(n,n)->(n,n)"),
        evaluate=of(lambda a: matrix.hadamard(a, matrix.transpose(_lower_ones(matrix.shape(a)[0])))),
        notations=("triu",),
        latex="\\operatorname{{triu}}({0})",
        source="with the diagonal; Golub & Van Loan, Matrix Computations, 2013",
    ),
    Operator(
        name="diag_matrix",
        signatures=signatures("(n,1)->(n,n)", "(1,n)->(n,n)"),
        evaluate=of(matrix.diag_of_vector),
        notations=("diag", "Diag", "diagm"),
        latex="\\operatorname{{diag}}({0})",
        source="the diagonal matrix of a vector; " + _COOKBOOK,
    ),
    Operator(
        name="diag_vector",
        signatures=signatures("(n,n)->(n,1)"),
        evaluate=of(matrix.diag_of_matrix),
        notations=("diag", "Diag", "dg"),
        latex="\\operatorname{{diag}}({0})",
        source="the diagonal of a matrix as a column; " + _COOKBOOK,
    ),
    Operator(
        name="block_diag",
        signatures=signatures(
            "(a,b),(c,d)->(a+c,b+d)",
            "(a,b)->(a,b)",
            "(a,b),(c,d),(e,f)->(a+c+e,b+d+f)",
            "(a,b),(c,d),(e,f),(g,h)->(a+c+e+g,b+d+f+h)",
            "(a,b),(c,d),(e,f),(g,h),(i,j)->(a+c+e+g+i,b+d+f+h+j)",
        ),
        evaluate=of(_block_diag),
        notations=("blkdiag", "blockdiag", "diag", "Diag"),
        latex="\\operatorname{{blkdiag}}({0}, {1})",
        source="direct sum; Horn & Johnson, Matrix Analysis, 2013, 0.9.2",
    ),
    Operator(
        name="symmetric_part",
        signatures=signatures("(n,n)->(n,n)"),
        evaluate=of(lambda a: _half(matrix.add(a, matrix.transpose(a)))),
        notations=("sym", "Sym"),
        latex="\\operatorname{{sym}}({0})",
        source="(A + Aᵀ)/2; Horn & Johnson, Matrix Analysis, 2013, 0.2.5",
    ),
    Operator(
        name="skew_part",
        signatures=signatures("(n,n)->(n,n)"),
        evaluate=of(lambda a: _half(matrix.sub(a, matrix.transpose(a)))),
        notations=("skew", "Skew", "asym"),
        latex="\\operatorname{{skew}}({0})",
        source="(A − Aᵀ)/2; Horn & Johnson, Matrix Analysis, 2013, 0.2.5",
    ),
    Operator(
        name="skew_matrix",
        signatures=signatures("(3,1)->(3,3)"),
        evaluate=of(_skew_matrix),
        notations=("skew",),
        latex="[{0}]_\\times",
        source="[a]ₓ b = a × b; Bernstein, Matrix Mathematics, 2009, 3.10",
    ),
    Operator(
        name="vee",
        signatures=signatures("(3,3)->(3,1)"),
        evaluate=of(_vee),
        latex="({0})^\\vee",
        domain=(frozenset({"skew"}),),
        source="the inverse of a ↦ [a]ₓ; Murray, Li & Sastry, Robotic Manipulation, 1994, 2.2",
    ),
    Operator(
        name="log_det",
        signatures=signatures("(n,n)->()"),
        evaluate=of(lambda a: matrix.elementwise("log", matrix.det(a))),
        notations=("logdet",),
        latex="\\log\\det({0})",
        domain=(frozenset({"spd"}),),
        source=_MN + ", 8.4",
    ),
)
