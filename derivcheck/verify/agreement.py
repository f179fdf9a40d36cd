"""Two values compared: certainly different, the same as far as the balls tell, or too wide to say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import floor, log10

from flint import arb, arb_mat, ctx, fmpq_mat

from derivcheck.algebra.matrix import Plain, unify

MIN_BITS = 40  # balls must agree to 2⁻⁴⁰ of the largest entry before they count as equal


class Match(Enum):
    SAME = "same"
    DIFFERENT = "different"
    WIDE = "wide"


@dataclass(frozen=True, slots=True)
class Agreement:
    """`digits` for SAME (0 error when exact); `entry` (0-based) and a lower bound `gap` for DIFFERENT."""

    match: Match
    digits: int = 0
    exact: bool = False
    entry: tuple[int, int] = (0, 0)
    gap: str = ""
    zero: bool = False  # both sides are exactly zero


def compare_values(left: Plain, right: Plain) -> Agreement:
    """Compare two matrices of one shape entry by entry."""
    left, right = unify(left, right)
    if type(left) is fmpq_mat:
        return _compare_exact(left, right)
    if not left.overlaps(right):
        return _different(left, right)
    return _compare_balls(left, right)


def _compare_exact(left: fmpq_mat, right: fmpq_mat) -> Agreement:
    if left != right:
        return _different(left, right)
    zero = all(x == 0 for x in left.entries())
    return Agreement(Match.SAME, digits=floor(ctx.prec * log10(2)), exact=True, zero=zero)


def _compare_balls(left: arb_mat, right: arb_mat) -> Agreement:
    ls, rs = left.entries(), right.entries()
    if not all(x.is_finite() for x in (*ls, *rs)):
        return Agreement(Match.WIDE)
    scale = max((max(abs(x.mid()), abs(y.mid())) for x, y in zip(ls, rs, strict=True)), default=arb(1))
    error = max((abs(x - y).upper() for x, y in zip(ls, rs, strict=True)), default=arb(0))
    if error == 0:
        return Agreement(Match.SAME, floor(ctx.prec * log10(2)), exact=True, zero=scale == 0)
    # where both sides vanish there is nothing to be relative to
    relative = error / scale if scale > error else error
    if not relative < arb(2) ** -MIN_BITS:
        return Agreement(Match.WIDE)
    digits = floor(-float(relative.log() / arb(10).log()))
    return Agreement(Match.SAME, digits=digits, zero=not scale > error)


def _different(left: Plain, right: Plain) -> Agreement:
    rows, columns = left.nrows(), left.ncols()
    for i in range(rows):
        for j in range(columns):
            gap = abs(arb(left[i, j] - right[i, j])).lower()
            if gap > 0 or (type(left) is fmpq_mat and left[i, j] != right[i, j]):
                return Agreement(Match.DIFFERENT, entry=(i, j), gap=gap.str(6, radius=False))
    return Agreement(Match.WIDE)
