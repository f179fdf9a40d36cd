"""Dual numbers: nesting without confusion, against the exact difference quotient."""

from __future__ import annotations

import pytest
from flint import ctx, fmpq_mat

from derivcheck.algebra import matrix
from derivcheck.algebra.exact import PRIME, difference_quotient, reduce_mod, second_difference_quotient
from derivcheck.algebra.matrix import (
    Dual,
    Imprecise,
    Undefined,
    add,
    adjugate,
    det,
    elementwise,
    from_rows,
    identity,
    inv,
    kron,
    mul,
    pinv,
    power,
    scalar,
    solve,
    split,
    to_ball,
    trace,
    transpose,
)

X = from_rows([[2, 1, 0], [1, 3, 5], [4, 1, 1]])
SINGULAR = from_rows([[1, 2, 3], [2, 4, 6], [1, 0, 1]])
E = from_rows([[1, 0, 2], [3, 1, 1], [0, 5, 1]])
F = from_rows([[0, 1, 1], [2, 0, 7], [1, 1, 3]])
TALL = from_rows([[1, 2], [3, 4], [5, 7]])


def derivative(f, at, direction):
    return split(f(Dual(at, direction, 1)), 1)[1]


RATIONAL = [
    ("inverse", inv, X),
    ("determinant", det, X),
    ("determinant of a singular matrix", det, SINGULAR),
    ("adjugate of a singular matrix", adjugate, SINGULAR),
    ("power", lambda a: power(a, 5), X),
    ("negative power", lambda a: power(a, -2), X),
    ("solve", lambda a: solve(a, mul(a, transpose(a))), X),
    ("quotient", lambda a: matrix.divide(a, trace(mul(a, a))), X),
    ("kronecker with itself", lambda a: kron(a, mul(a, a)), X),
    ("pseudo-inverse", lambda a: pinv(matrix.submatrix(a, 0, 3, 0, 2)), X),
    ("wide pseudo-inverse", lambda a: pinv(matrix.submatrix(a, 0, 2, 0, 3)), X),
    ("entrywise", lambda a: elementwise("reciprocal", add(mul(a, a), identity(3))), X),
    ("entrywise power", lambda a: matrix.power_elementwise(add(a, matrix.ones(3, 3)), scalar(-3)), X),
]


@pytest.mark.parametrize(("what", "f", "at"), RATIONAL, ids=[r[0] for r in RATIONAL])
def test_agrees_with_the_exact_quotient(what, f, at) -> None:
    assert reduce_mod(derivative(f, at, E)) == difference_quotient(f, at, E)
    nested = f(Dual(Dual(at, E, 1), F, 2)).tangent.tangent
    assert reduce_mod(nested) == second_difference_quotient(f, at, E, F)


def test_the_exact_quotient_tells_a_wrong_derivative() -> None:
    assert reduce_mod(derivative(det, X, F)) != difference_quotient(det, X, E)


def test_exact_quotient_refuses_what_it_cannot_do() -> None:
    with pytest.raises(Undefined):
        reduce_mod(from_rows([[1]]) / PRIME)
    with pytest.raises(Imprecise):
        reduce_mod(elementwise("exp", scalar(1)))
    with pytest.raises(TypeError):
        difference_quotient(lambda x: Dual(x, x, 1), X, E)


def test_perturbations_are_not_confused() -> None:
    """d/dx [x · d/dy (x + y)] = 1; mixing the two ε would give 2."""
    x = Dual(scalar(3), scalar(1), 1)
    y = Dual(scalar(5), scalar(1), 2)
    inner = split(add(x, y), 2)[1]
    outer = mul(x, inner)
    assert split(outer, 1)[1] == scalar(1)


def test_inner_level_may_be_the_higher_or_the_lower() -> None:
    """d/dx of d/dy (x²y³) is 6xy² whichever is numbered first."""
    for level_x, level_y in [(1, 2), (2, 1)]:
        x = Dual(scalar(3), scalar(1), level_x)
        y = Dual(scalar(5), scalar(1), level_y)
        mixed = mul(mul(x, x), power(y, 3))
        assert mixed.tangent.tangent == scalar(6 * 3 * 25)


def test_third_derivative_by_nesting() -> None:
    x = Dual(Dual(Dual(scalar(2), scalar(1), 1), scalar(1), 2), scalar(1), 3)
    assert power(x, 5).tangent.tangent.tangent == scalar(60 * 4)
    with ctx.workprec(128):
        third = elementwise("sin", x).tangent.tangent.tangent
        assert to_ball(third).overlaps(matrix.neg(elementwise("cos", scalar(2))))


def test_a_constant_has_no_tangent() -> None:
    assert split(X, 1) == (X, None)
    assert isinstance(mul(X, X), fmpq_mat)
    product = mul(Dual(X, E, 1), F)
    assert product.tangent == E * F


def test_pseudo_inverse_has_a_derivative_only_at_constant_rank() -> None:
    deficient = from_rows([[1, 2], [2, 4], [0, 0]])
    along = mul(deficient, from_rows([[1, 1], [0, 2]]))
    assert matrix.shape(derivative(pinv, deficient, along)) == (2, 3)
    with pytest.raises(Undefined):
        derivative(pinv, deficient, TALL)


def test_deficient_pseudo_inverse_derivative_satisfies_the_product_rule() -> None:
    """d(A A⁺ A) = dA along a change that keeps the rank."""
    A = from_rows([[1, 2], [2, 4], [0, 0]])
    dA = mul(A, from_rows([[1, 1], [0, 2]]))
    a = Dual(A, dA, 1)
    assert mul(mul(a, pinv(a)), a).tangent == dA
    symmetric = mul(a, pinv(a)).tangent
    assert symmetric == transpose(symmetric)
