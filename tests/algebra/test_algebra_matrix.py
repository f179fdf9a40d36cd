"""Kinds, promotion, rearrangements and the errors of the algebra."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import arb, arb_mat, ctx, fmpq, fmpq_mat
from hypothesis import given, settings
from hypothesis import strategies as st

from derivcheck.algebra import matrix
from derivcheck.algebra.matrix import (
    Dual,
    Imprecise,
    Undefined,
    block,
    elementwise,
    from_rows,
    identity,
    inv,
    kron,
    mul,
    pinv,
    rank,
    scalar,
    shape,
    to_ball,
    transpose,
    unvec,
    vec,
    zeros,
)

WIDE = arb(0, 1)


@pytest.fixture(autouse=True)
def precision():
    with ctx.workprec(128):
        yield


def _matrices(rows: int, columns: int):
    number = st.integers(-9, 9)
    return st.lists(st.lists(number, min_size=columns, max_size=columns), min_size=rows, max_size=rows).map(
        from_rows
    )


def test_entries_decide_the_kind() -> None:
    assert type(from_rows([[1, Fraction(1, 3)]])) is fmpq_mat
    assert type(from_rows([[1, arb(2)]])) is arb_mat
    assert from_rows([[Fraction(1, 3)]])[0, 0] == fmpq(1, 3)


@pytest.mark.parametrize("f", [matrix.add, matrix.mul, matrix.hadamard, matrix.kron, matrix.solve])
def test_exact_meets_ball(f) -> None:
    a, b = from_rows([[2, 1], [1, 3]]), from_rows([[1, 4], [0, 1]])
    assert type(f(a, b)) is fmpq_mat
    mixed = f(to_ball(a), b)
    assert type(mixed) is arb_mat
    assert mixed.contains(arb_mat(f(a, b)))


@given(_matrices(2, 3), _matrices(3, 4), _matrices(4, 2))
@settings(max_examples=20, deadline=None)
def test_vec_of_a_product(A, X, B) -> None:
    assert vec(mul(mul(A, X), B)) == mul(kron(transpose(B), A), vec(X))


@given(_matrices(2, 3))
@settings(max_examples=10, deadline=None)
def test_unvec_undoes_vec(A) -> None:
    assert unvec(vec(A), 2, 3) == A


@given(_matrices(3, 3))
@settings(max_examples=20, deadline=None)
def test_adjugate_of_any_square_matrix(A) -> None:
    assert mul(A, matrix.adjugate(A)) == matrix.scale(matrix.det(A), identity(3))


@given(_matrices(3, 2), _matrices(2, 4), st.booleans())
@settings(max_examples=30, deadline=None)
def test_pseudo_inverse_satisfies_penrose(C, F, as_ball) -> None:
    A = mul(C, F)  # rank at most 2 of a 3×4 matrix
    P = pinv(to_ball(A) if as_ball else A)
    for left, right in [
        (mul(mul(A, P), A), A),
        (mul(mul(P, A), P), P),
        (transpose(mul(A, P)), mul(A, P)),
        (transpose(mul(P, A)), mul(P, A)),
    ]:
        assert to_ball(left).overlaps(to_ball(right))


def test_rank_needs_exact_entries_or_full_rank() -> None:
    assert rank(to_ball(from_rows([[1, 2], [2, 4]]))) == scalar(1)
    third = from_rows([[arb(1) / 3, 0], [0, 1]])
    assert rank(third) == scalar(2)
    with pytest.raises(Imprecise):
        rank(from_rows([[arb(1) / 3, arb(1) / 3], [1, 1]]))


@pytest.mark.parametrize(
    ("compute", "error"),
    [
        (lambda: inv(from_rows([[1, 2], [2, 4]])), Undefined),
        (lambda: inv(to_ball(from_rows([[1, 2], [2, 4]]))), Undefined),
        (lambda: inv(from_rows([[arb(1, 2)]])), Imprecise),
        (lambda: elementwise("log", scalar(-1)), Undefined),
        (lambda: elementwise("log", scalar(0)), Undefined),
        (lambda: elementwise("log", scalar(arb(1, 2))), Imprecise),
        (lambda: elementwise("sqrt", scalar(-1)), Undefined),
        (lambda: elementwise("reciprocal", scalar(0)), Undefined),
        (lambda: elementwise("sign", scalar(WIDE)), Imprecise),
        (lambda: elementwise("floor", scalar(WIDE)), Imprecise),
        (lambda: elementwise("abs", Dual(scalar(0), scalar(1), 1)), Undefined),
        (lambda: elementwise("abs", Dual(scalar(WIDE), scalar(1), 1)), Imprecise),
        (lambda: elementwise("floor", Dual(scalar(2), scalar(1), 1)), Undefined),
        (lambda: matrix.power_elementwise(scalar(-2), scalar(Fraction(1, 2))), Undefined),
        (lambda: matrix.power_elementwise(scalar(0), scalar(-1)), Undefined),
        (lambda: matrix.power_elementwise(scalar(arb(1, 2)), scalar(Fraction(1, 2))), Imprecise),
        (lambda: matrix.matrix_sqrt(from_rows([[-1, 0], [0, 2]])), Undefined),
        (lambda: matrix.entry(identity(2), 2, 0), Undefined),
        (lambda: matrix.row(identity(2), -1), Undefined),
        (lambda: block([[identity(2), zeros(3, 3)]]), ValueError),
        (lambda: matrix.hadamard(zeros(2, 3), zeros(3, 2)), ValueError),
    ],
)
def test_what_has_no_value(compute, error) -> None:
    with pytest.raises(error):
        compute()


def test_block_joins_kinds() -> None:
    joined = block(
        [[identity(2), to_ball(zeros(2, 1))], [Dual(zeros(1, 2), matrix.ones(1, 2), 1), scalar(5)]]
    )
    assert shape(joined) == (3, 3)
    assert joined.tangent == from_rows([[0, 0, 0], [0, 0, 0], [1, 1, 0]])


def test_integers_are_recognised() -> None:
    assert matrix.to_integer(scalar(-3)) == -3
    assert matrix.to_integer(scalar(arb(4))) == 4
    assert matrix.to_integer(scalar(Fraction(1, 2))) is None
    assert matrix.to_integer(scalar(arb(4, 1))) is None


@given(_matrices(3, 3))
@settings(max_examples=15, deadline=None)
def test_matrix_functions_enclose(B) -> None:
    A = to_ball(mul(B, transpose(B)) + identity(3))
    root = matrix.matrix_sqrt(A)
    assert mul(root, root).overlaps(A)
    assert matrix.matrix_exp(matrix.matrix_log(A)).overlaps(A)
    assert max(float(x.rad()) for x in root.entries()) < 1e-30


def test_root_of_a_ball_holds_the_roots_of_its_members() -> None:
    r = arb(0, arb(2) ** -20)
    A = from_rows([[4, 1], [1, 3]])
    wide = to_ball(A) + arb_mat(2, 2, [r] * 4)
    member = A + from_rows([[Fraction(1, 2**20), 0], [0, Fraction(-1, 2**21)]])
    assert matrix.matrix_sqrt(wide).contains(matrix.matrix_sqrt(member))
    assert matrix.matrix_log(wide).contains(matrix.matrix_log(member))


def test_powers_of_any_size_stay_small() -> None:
    tower = scalar(9)
    for _ in range(6):
        tower = matrix.power(matrix.power_elementwise(tower, scalar(999)), 999)
    assert type(tower) is arb_mat
    assert matrix.to_integer(tower) is None
    assert rank(to_ball(scalar(arb(2) ** 10**9))) == scalar(1)


def test_parity_of_a_large_exponent() -> None:
    for k, sign in [(10**30, 1), (10**30 + 1, -1)]:
        assert to_ball(matrix.power_elementwise(scalar(-1), scalar(k)))[0, 0] == sign


def test_pseudo_inverse_when_the_first_columns_are_dependent() -> None:
    A = from_rows([[1, 2, 0], [2, 4, 1], [3, 6, 1]])
    P = pinv(A)
    assert mul(mul(A, P), A) == A
    assert transpose(mul(P, A)) == mul(P, A)
    assert pinv(zeros(2, 3)) == zeros(3, 2)


@pytest.mark.parametrize("f", [matrix.matrix_sqrt, matrix.matrix_log, matrix.matrix_exp])
def test_low_precision_encloses_high_precision(f) -> None:
    A = from_rows([[5, 2, 1], [2, 3, 0], [1, 0, 1]])
    with ctx.workprec(40):
        rough = f(A)
    with ctx.workprec(400):
        fine = f(A)
    assert rough.contains(fine)
