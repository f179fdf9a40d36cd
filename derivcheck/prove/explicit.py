"""Child side: explicit matrices of SymPy expressions; scalars are plain expressions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy
from sympy.matrices import MatrixBase

LARGEST = 16  # entries of a matrix


class Unsupported(Exception):
    """Not for SymPy."""


def matrix(a: Any) -> Any:
    return a if isinstance(a, MatrixBase) else sympy.ImmutableMatrix([[a]])


def reduced(a: Any) -> Any:
    """A 1×1 matrix is a scalar."""
    if isinstance(a, MatrixBase):
        if len(a) > LARGEST:
            raise Unsupported("too large a matrix")
        return a[0, 0] if a.shape == (1, 1) else a
    return a


def _sum(*terms: Any) -> Any:
    if not any(isinstance(t, MatrixBase) for t in terms):
        return sympy.Add(*terms)
    shapes = {matrix(t).shape for t in terms}
    if len(shapes) != 1:
        raise Unsupported("shapes differ")
    total = matrix(terms[0])
    for t in terms[1:]:
        total = total + matrix(t)
    return total


def _product(*factors: Any) -> Any:
    result = factors[0]
    for f in factors[1:]:
        if isinstance(result, MatrixBase) and isinstance(f, MatrixBase):
            if result.shape[1] != f.shape[0]:
                raise Unsupported("shapes differ")
            result = reduced(result * f)
        else:
            result = result * f
    return result


def _divide(a: Any, b: Any) -> Any:
    if isinstance(b, MatrixBase):
        raise Unsupported("division by a matrix")
    return a / b


def _inverse(a: Any) -> Any:
    A = matrix(a)
    if A.shape[0] != A.shape[1] or A.shape[0] > 3:
        raise Unsupported("inverse of this size")
    return A.adjugate() / A.det()


def _power(a: Any, k: Any) -> Any:
    if not isinstance(a, MatrixBase):
        return sympy.Pow(a, k)
    if not (k.is_Integer and 0 <= k <= 12):
        raise Unsupported("matrix power")
    return a**k


def _hadamard(a: Any, b: Any) -> Any:
    return matrix(a).multiply_elementwise(matrix(b))


def _kronecker(a: Any, b: Any) -> Any:
    A, B = matrix(a), matrix(b)
    if len(A) * len(B) > LARGEST:
        raise Unsupported("too large a matrix")
    rows = [
        [A[i, j] * B[k, q] for j in range(A.cols) for q in range(B.cols)]
        for i in range(A.rows)
        for k in range(B.rows)
    ]
    return sympy.ImmutableMatrix(rows)


def _inner(a: Any, b: Any) -> Any:
    A, B = matrix(a), matrix(b)
    if A.shape != B.shape:
        B = B.T
    if A.shape != B.shape:
        raise Unsupported("shapes differ")
    return sum((x * y for x, y in zip(A, B, strict=True)), sympy.Integer(0))


def _norm(a: Any) -> Any:
    return sympy.sqrt(_inner(a, a))


def _vector_norm(a: Any) -> Any:
    if 1 not in matrix(a).shape:
        raise Unsupported("spectral norm")
    return _norm(a)


MATRIX_OPERATORS: dict[str, Callable[..., Any]] = {
    "add": _sum,
    "product": _product,
    "negate": lambda a: -a,
    "scale": _product,
    "matmul": _product,
    "divide": _divide,
    "transpose": lambda a: matrix(a).T,
    "inverse": _inverse,
    "trace": lambda a: matrix(a).trace(),
    "det": lambda a: matrix(a).det(),
    "power": _power,
    "hadamard": _hadamard,
    "kronecker": _kronecker,
    "frobenius_inner": _inner,
    "dot": _inner,
    "norm_frobenius": _norm,
    "norm2": _vector_norm,
    "vec": lambda a: matrix(a).vec(),
    "sum_entries": lambda a: sum(matrix(a), sympy.Integer(0)),
    "diag_matrix": lambda a: sympy.diag(*matrix(a)),
    "diag_vector": lambda a: sympy.ImmutableMatrix([matrix(a)[i, i] for i in range(matrix(a).rows)]),
}

SIZED: dict[str, Callable[..., Any]] = {
    "identity": sympy.eye,
    "zeros": sympy.zeros,
    "ones": sympy.ones,
}
