"""Forward-mode dual numbers over whole matrices: primal + ε·tangent with ε² = 0.

Derivatives of derivatives nest: each differentiation has its own ε, numbered by `level`. In a mixed operation
the highest level is split off first and everything of a lower level is a constant for it, so that the ε of
two differentiations are never confused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from derivcheck.algebra.plain import Plain, unify
from derivcheck.records import dataclass


@dataclass(frozen=True, slots=True)
class Dual:
    """primal + ε_level · tangent; both parts are plain or of a lower level and have the same shape."""

    primal: Matrix
    tangent: Matrix
    level: int


Matrix: TypeAlias = Plain | Dual


def shape(a: Matrix) -> tuple[int, int]:
    """Rows and columns."""
    while isinstance(a, Dual):
        a = a.primal
    return a.nrows(), a.ncols()


def base(a: Matrix) -> Plain:
    """The value with every ε set to zero."""
    while isinstance(a, Dual):
        a = a.primal
    return a


def top_level(matrices: Sequence[Matrix]) -> int:
    """The highest level among the matrices; 0 when all are plain."""
    return max((a.level for a in matrices if isinstance(a, Dual)), default=0)


def split(a: Matrix, level: int) -> tuple[Matrix, Matrix | None]:
    """Primal and tangent at this level; the tangent of a constant is None."""
    if isinstance(a, Dual) and a.level == level:
        return a.primal, a.tangent
    return a, None


def linear(op: Callable[[Plain], Plain], a: Matrix) -> Matrix:
    """Lift a linear map of plain matrices."""
    if isinstance(a, Dual):
        return Dual(linear(op, a.primal), linear(op, a.tangent), a.level)
    return op(a)


def bilinear(op: Callable[[Plain, Plain], Plain], a: Matrix, b: Matrix) -> Matrix:
    """Lift a bilinear map of plain matrices by the product rule."""
    if not isinstance(a, Dual) and not isinstance(b, Dual):
        return op(*unify(a, b))
    level = top_level((a, b))
    a0, a1 = split(a, level)
    b0, b1 = split(b, level)
    primal = bilinear(op, a0, b0)
    if a1 is None:
        assert b1 is not None
        return Dual(primal, bilinear(op, a0, b1), level)
    if b1 is None:
        return Dual(primal, bilinear(op, a1, b0), level)
    return Dual(primal, add(bilinear(op, a1, b0), bilinear(op, a0, b1)), level)


def add(a: Matrix, b: Matrix) -> Matrix:
    """A + B."""
    if not isinstance(a, Dual) and not isinstance(b, Dual):
        a, b = unify(a, b)
        return a + b
    level = top_level((a, b))
    a0, a1 = split(a, level)
    b0, b1 = split(b, level)
    tangent = b1 if a1 is None else a1 if b1 is None else add(a1, b1)
    assert tangent is not None
    return Dual(add(a0, b0), tangent, level)
