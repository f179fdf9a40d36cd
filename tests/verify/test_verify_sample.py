"""Sampled values have the properties asked for, exactly."""

from __future__ import annotations

import pytest
from flint import arb_mat, fmpq_mat
from hypothesis import given, settings
from hypothesis import strategies as st

from derivcheck.algebra.matrix import base, identity, ones, to_ball
from derivcheck.terms.dim import Dim
from derivcheck.terms.term import Symbol
from derivcheck.verify.draw import POSITIVE, READABLE, ROUGH, SMALL, TINY
from derivcheck.verify.errors import Unsamplable, Unsupported
from derivcheck.verify.sample import draw_member, draw_value, rule_for
from derivcheck.verify.tangent import direction
from derivcheck.verify.unspecified import polynomial_map, with_properties

STYLES = (ROUGH, POSITIVE, SMALL, TINY, READABLE)
seeds = st.binary(min_size=1, max_size=8)


def draw(words: str, rows: int, columns: int, seed: bytes = b"1", style=ROUGH) -> fmpq_mat:
    return draw_value(
        Symbol("A", (Dim.of(rows), Dim.of(columns)), frozenset(words.split())), rows, columns, seed, style
    )


def leading_minors(a: fmpq_mat) -> list:
    n = a.nrows()
    return [fmpq_mat(k, k, [a[i, j] for i in range(k) for j in range(k)]).det() for k in range(1, n + 1)]


def is_identity(a: fmpq_mat) -> bool:
    return a == identity(a.nrows())


CHECKS = {
    "symmetric": lambda a: a == a.transpose(),
    "skew": lambda a: a == -a.transpose(),
    "spd": lambda a: a == a.transpose() and all(m > 0 for m in leading_minors(a)),
    "psd": lambda a: a == a.transpose() and all(m >= 0 for m in leading_minors(a)),
    "orthogonal": lambda a: is_identity(a.transpose() * a),
    "orthogonal symmetric": lambda a: is_identity(a * a) and a == a.transpose(),
    "rotation": lambda a: is_identity(a.transpose() * a) and a.det() == 1,
    "diagonal": lambda a: all(a[i, j] == 0 for i in range(3) for j in range(3) if i != j),
    "diagonal positive": lambda a: all(a[i, i] > 0 for i in range(3)) and a[0, 1] == 0,
    "idempotent": lambda a: a * a == a and a != a.transpose(),
    "projection": lambda a: a * a == a and a == a.transpose(),
    "upper": lambda a: a[1, 0] == a[2, 0] == a[2, 1] == 0,
    "lower": lambda a: a[0, 1] == a[0, 2] == a[1, 2] == 0,
    "unitriangular": lambda a: a[0, 0] == a[1, 1] == a[2, 2] == 1 and a[1, 0] == 0,
    "lower unitriangular": lambda a: a[0, 0] == a[1, 1] == a[2, 2] == 1 and a[0, 1] == 0,
    "invertible": lambda a: a.det() != 0,
    "symmetric invertible": lambda a: a.det() != 0 and a == a.transpose(),
    "permutation": lambda a: is_identity(a.transpose() * a) and all(x in (0, 1) for x in a.entries()),
    "stochastic": lambda a: a * ones(3, 1) == ones(3, 1) and all(x > 0 for x in a.entries()),
}
VECTOR_CHECKS = {
    "unit": lambda a: (a.transpose() * a)[0, 0] == 1,
    "probability": lambda a: sum(a.entries()) == 1 and all(x > 0 for x in a.entries()),
    "positive": lambda a: all(x > 0 for x in a.entries()),
    "nonnegative": lambda a: all(x >= 0 for x in a.entries()),
    "integer": lambda a: all(x.q == 1 for x in a.entries()),
    "natural": lambda a: all(x.q == 1 and x > 0 for x in a.entries()),
    "unit_interval": lambda a: all(0 < x < 1 for x in a.entries()),
    "greater_one": lambda a: all(x > 1 for x in a.entries()),
    "nonzero": lambda a: any(x != 0 for x in a.entries()),
}


@pytest.mark.parametrize("words", CHECKS)
@given(seed=seeds, style=st.sampled_from(STYLES))
@settings(max_examples=12, deadline=None)
def test_square_matrices(words: str, seed: bytes, style) -> None:
    assert CHECKS[words](draw(words, 3, 3, seed, style))


@pytest.mark.parametrize("words", VECTOR_CHECKS)
@given(seed=seeds, style=st.sampled_from(STYLES))
@settings(max_examples=12, deadline=None)
def test_vectors(words: str, seed: bytes, style) -> None:
    assert VECTOR_CHECKS[words](draw(words, 4, 1, seed, style))


def test_orthogonal_matrices_have_both_signs_of_the_determinant() -> None:
    assert {int(draw("orthogonal", 3, 3, bytes([k])).det().p) for k in range(12)} == {1, -1}


def test_positive_semidefinite_matrices_are_sometimes_singular() -> None:
    assert {draw("psd", 3, 3, bytes([k])).rank() for k in range(12)} == {2, 3}


def test_orthonormal_columns_need_enough_rows() -> None:
    tall = draw("orthogonal", 4, 2)
    assert is_identity(tall.transpose() * tall)
    with pytest.raises(Unsamplable):
        draw("orthogonal", 2, 4)


IMPOSSIBLE = [("symmetric", 2, 3), ("full_column_rank", 2, 3), ("invertible", 3, 2), ("skew spd", 2, 2)]


@pytest.mark.parametrize(("words", "rows", "columns"), IMPOSSIBLE)
def test_impossible_properties(words: str, rows: int, columns: int) -> None:
    with pytest.raises(Unsamplable):
        draw(words, rows, columns)


def test_unknown_words_are_unsupported() -> None:
    with pytest.raises(Unsupported):
        rule_for(frozenset({"sparkling"}))


def test_orthonormal_family() -> None:
    family = Symbol("u", (Dim.of(3), Dim.of(1)), frozenset({"orthonormal"}))
    u = [draw_member(family, 3, 1, b"s", ROUGH, (i,)) for i in (1, 2, 3)]
    assert all((u[i].transpose() * u[j])[0, 0] == int(i == j) for i in range(3) for j in range(3))
    with pytest.raises(Unsamplable):
        draw_member(family, 3, 1, b"s", ROUGH, (4,))


def test_a_seed_gives_one_value() -> None:
    assert draw("spd", 3, 3, b"7") == draw("spd", 3, 3, b"7") != draw("spd", 3, 3, b"8")


# The first-order condition a direction must satisfy.
TANGENT_CHECKS = {
    "symmetric": lambda a, w: w == w.transpose(),
    "skew": lambda a, w: w == -w.transpose(),
    "orthogonal": lambda a, w: a.transpose() * w + w.transpose() * a == fmpq_mat(3, 3),
    "projection": lambda a, w: a * w + w * a == w and w == w.transpose(),
    "idempotent": lambda a, w: a * w + w * a == w,
    "diagonal": lambda a, w: w[0, 1] == 0 != w[0, 0],
    "upper": lambda a, w: w[1, 0] == 0 != w[0, 0],
    "unitriangular": lambda a, w: w[0, 0] == 0 != w[0, 1],
}


@pytest.mark.parametrize("words", TANGENT_CHECKS)
def test_directions_are_tangent(words: str) -> None:
    value = draw(words, 3, 3)
    assert TANGENT_CHECKS[words](value, direction(frozenset(words.split()), value, b"d"))


FUNCTION_CHECKS = ["symmetric", "skew", "orthogonal", "diagonal", "upper", "lower"]


@pytest.mark.parametrize("words", [*FUNCTION_CHECKS, "spd", "psd", "rotation"])
def test_function_values_have_properties(words: str) -> None:
    p = polynomial_map(b"seed", [draw("", 2, 2)], 3, 3, 3)
    value = base(with_properties(p, frozenset({words})))
    assert CHECKS[words](value)


@pytest.mark.parametrize("words", ["positive", "unit_interval", "greater_one", "probability"])
def test_vector_function_values_have_properties(words: str) -> None:
    p = polynomial_map(b"seed", [draw("", 2, 2)], 3, 1, 3)
    assert VECTOR_CHECKS[words](base(with_properties(p, frozenset({words}))))


def test_unit_function_values() -> None:
    value = base(with_properties(polynomial_map(b"seed", [draw("", 2, 2)], 3, 1, 3), frozenset({"unit"})))
    assert (to_ball(value).transpose() * to_ball(value)).overlaps(arb_mat([[1]]))


def test_polynomial_maps_are_not_of_low_degree() -> None:
    """The fourth difference along a line vanishes for a cubic, the third does not."""
    start, step = draw("", 2, 2, b"a"), draw("", 2, 2, b"b")
    f = [base(polynomial_map(b"s", [start + step * k], 1, 1, 3))[0, 0] for k in range(5)]
    assert f[4] - 4 * f[3] + 6 * f[2] - 4 * f[1] + f[0] == 0
    assert f[3] - 3 * f[2] + 3 * f[1] - f[0] != 0
