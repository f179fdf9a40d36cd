"""Forward-mode dual numbers over whole matrices: primal + ε·tangent with ε² = 0.

Derivatives of derivatives nest: each differentiation has its own ε, numbered by `level`. In a mixed operation
the highest level is split off first and everything of a lower level is a constant for it, so that the ε of
two differentiations are never confused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from derivcheck.algebra.plain import Plain, unify


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
    if not isinstance(a, Dual):
        if not isinstance(b, Dual):
            return op(a, b) if type(a) is type(b) else op(*unify(a, b))
        return Dual(bilinear(op, a, b.primal), bilinear(op, a, b.tangent), b.level)
    if not isinstance(b, Dual) or b.level < a.level:
        return Dual(bilinear(op, a.primal, b), bilinear(op, a.tangent, b), a.level)
    if a.level < b.level:
        return Dual(bilinear(op, a, b.primal), bilinear(op, a, b.tangent), b.level)
    tangent = add(bilinear(op, a.tangent, b.primal), bilinear(op, a.primal, b.tangent))
    return Dual(bilinear(op, a.primal, b.primal), tangent, a.level)


def add(a: Matrix, b: Matrix) -> Matrix:
    """A + B."""
    if not isinstance(a, Dual):
        if not isinstance(b, Dual):
            a, b = unify(a, b)
            return a + b
        return Dual(add(a, b.primal), b.tangent, b.level)
    if not isinstance(b, Dual) or b.level < a.level:
        return Dual(add(a.primal, b), a.tangent, a.level)
    if a.level < b.level:
        return Dual(add(a, b.primal), b.tangent, b.level)
    return Dual(add(a.primal, b.primal), add(a.tangent, b.tangent), a.level)
