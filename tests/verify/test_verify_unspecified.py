"""Random polynomials: value and slope at a rational point are those of the same polynomial by dual numbers over balls."""

from __future__ import annotations

from flint import arb_mat, ctx, fmpq, fmpq_mat

from derivcheck.algebra.matrix import Dual
from derivcheck.verify.unspecified import polynomial_map

POINT = fmpq_mat(3, 1, [fmpq(1, 3), fmpq(-5, 7), fmpq(2)])
DIRECTION = fmpq_mat(3, 1, [fmpq(1, 2), fmpq(0), fmpq(-4, 9)])


def test_value_and_slope_agree_with_dual_numbers_over_balls() -> None:
    for rows, columns in ((1, 1), (2, 3)):
        exact = polynomial_map(b"f", [Dual(POINT, DIRECTION, 1)], rows, columns, 4)
        with ctx.workprec(200):
            balls = polynomial_map(b"f", [Dual(arb_mat(POINT), arb_mat(DIRECTION), 1)], rows, columns, 4)
        assert isinstance(exact, Dual) and isinstance(balls, Dual)
        assert type(exact.tangent) is fmpq_mat
        assert balls.primal.contains(exact.primal) and balls.tangent.contains(exact.tangent)


def test_the_value_is_the_same_with_and_without_a_direction() -> None:
    along = polynomial_map(b"f", [Dual(POINT, DIRECTION, 2)], 2, 2, 3)
    assert isinstance(along, Dual) and along.level == 2
    assert along.primal == polynomial_map(b"f", [POINT], 2, 2, 3)
