"""Matrices as lists of rows of floats: the arithmetic of the oracle, written out plainly and shared with nothing."""

from __future__ import annotations

import math
from collections.abc import Callable

Matrix = list[list[float]]
_CONDITION = 25
_ROOT_STEPS = 30


class NoValue(ArithmeticError):
    """No value at this point: singular, or outside the domain of a function."""


def shape(a: Matrix) -> tuple[int, int]:
    return len(a), len(a[0]) if a else 0


def build(rows: int, columns: int, entry: Callable[[int, int], float]) -> Matrix:
    return [[entry(i, j) for j in range(columns)] for i in range(rows)]


def number(x: float) -> Matrix:
    return [[x]]


def identity(n: int) -> Matrix:
    return build(n, n, lambda i, j: float(i == j))


def add(a: Matrix, b: Matrix) -> Matrix:
    return entrywise(lambda x, y: x + y, a, b)


def entrywise(f: Callable[..., float], *matrices: Matrix) -> Matrix:
    rows, columns = shape(matrices[0])
    if any(shape(a) != (rows, columns) for a in matrices):
        raise ValueError("matrices of different shapes")
    return build(rows, columns, lambda i, j: f(*(a[i][j] for a in matrices)))


def times(s: float, a: Matrix) -> Matrix:
    return [[s * x for x in row] for row in a]


def multiply(a: Matrix, b: Matrix) -> Matrix:
    if shape(a)[1] != shape(b)[0]:
        raise ValueError("matrices that do not fit")
    return [[sum(x * row[j] for x, row in zip(line, b, strict=True)) for j in range(shape(b)[1])] for line in a]


def transpose(a: Matrix) -> Matrix:
    return [list(column) for column in zip(*a, strict=True)]


def kronecker(a: Matrix, b: Matrix) -> Matrix:
    (m, n), (p, q) = shape(a), shape(b)
    return build(m * p, n * q, lambda i, j: a[i // p][j // q] * b[i % p][j % q])


def stacked(a: Matrix) -> list[float]:
    """The columns one below the other."""
    return [x for column in zip(*a, strict=True) for x in column]


def unstacked(entries: list[float], rows: int, columns: int) -> Matrix:
    return build(rows, columns, lambda i, j: entries[j * rows + i])


def trace(a: Matrix) -> float:
    return sum(a[i][i] for i in range(len(a)))


def determinant(a: Matrix) -> float:
    """By elimination with row exchanges."""
    rows, value = [list(row) for row in a], 1.0
    for k in range(len(rows)):
        pivot = max(range(k, len(rows)), key=lambda i: abs(rows[i][k]))
        if rows[pivot][k] == 0:
            return 0.0
        if pivot != k:
            rows[k], rows[pivot] = rows[pivot], rows[k]
            value = -value
        value *= rows[k][k]
        for row in rows[k + 1 :]:
            factor = row[k] / rows[k][k]
            for j in range(k, len(rows)):
                row[j] -= factor * rows[k][j]
    return value


def minor(a: Matrix, i: int, j: int) -> Matrix:
    """Without row i and column j."""
    return [row[:j] + row[j + 1 :] for k, row in enumerate(a) if k != i]


def cofactors(a: Matrix) -> Matrix:
    if len(a) == 1:
        return [[1.0]]
    return build(len(a), len(a), lambda i, j: (-1) ** (i + j) * determinant(minor(a, i, j)))


def inverse(a: Matrix) -> Matrix:
    """The transposed cofactors over the determinant; no value near a singular matrix, where differences fail."""
    d = determinant(a)
    if d == 0:
        raise NoValue("singular")
    result = times(1 / d, transpose(cofactors(a)))
    if size(a) * size(result) > _CONDITION:
        raise NoValue("nearly singular")
    return result


def power(a: Matrix, k: int) -> Matrix:
    factor, result = (a if k >= 0 else inverse(a)), identity(len(a))
    for _ in range(abs(k)):
        result = multiply(result, factor)
    return result


def square_root(a: Matrix) -> Matrix:
    """Of a matrix without eigenvalues on the negative axis: the iteration of Denman and Beavers."""
    root, inverted = a, identity(len(a))
    for _ in range(_ROOT_STEPS):
        root, inverted = (
            times(0.5, add(root, inverse(inverted))),
            times(0.5, add(inverted, inverse(root))),
        )
    if size(add(multiply(root, root), times(-1, a))) > 1e-8 * size(a):
        raise NoValue("no square root")
    return root


def exponential(a: Matrix) -> Matrix:
    """The power series, after division by 2⁶ and six squarings."""
    small = times(1 / 64, a)
    total = term = identity(len(a))
    for k in range(1, 20):
        term = times(1 / k, multiply(term, small))
        total = add(total, term)
    for _ in range(6):
        total = multiply(total, total)
    return total


def sine(a: Matrix, first: int = 1) -> Matrix:
    """The power series from the term of order `first` on: of the sine for 1, of the cosine for 0."""
    total = term = power(a, first)
    for k in range(first + 2, 60, 2):
        term = times(-1 / (k * (k - 1)), multiply(term, multiply(a, a)))
        total = add(total, term)
    return total


def cosine(a: Matrix) -> Matrix:
    return sine(a, 0)


def logarithm(a: Matrix) -> Matrix:
    """∫_0^1 (A − I)(s(A − I) + I)⁻¹ ds, by Simpson's rule."""
    less, panels = add(a, times(-1, identity(len(a)))), 200
    total = times(0, a)
    for k in range(panels + 1):
        weight = 1 if k in (0, panels) else 4 if k % 2 else 2
        inside = add(times(k / panels, less), identity(len(a)))
        total = add(total, times(weight / (3 * panels), inverse(inside)))
    return multiply(less, total)


def size(a: Matrix) -> float:
    """The largest entry in magnitude."""
    return max((abs(x) for row in a for x in row), default=0.0)


def norm(a: Matrix) -> float:
    return math.sqrt(sum(x * x for row in a for x in row))
