"""Exact integrals of polynomials."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivcheck.verify.cotes import weights


@pytest.mark.parametrize(
    "n, expected",
    [(1, ("1/2", "1/2")), (2, ("1/6", "2/3", "1/6")), (4, ("7/90", "16/45", "2/15", "16/45", "7/90"))],
)
def test_the_weights_of_the_tables(n: int, expected: tuple[str, ...]) -> None:
    assert weights(n) == tuple(map(Fraction, expected))


@given(st.integers(1, 12), st.data())
def test_powers_up_to_the_degree_are_integrated_exactly(n: int, data: st.DataObject) -> None:
    p = data.draw(st.integers(0, n))
    total = sum((w * Fraction(k, n) ** p for k, w in enumerate(weights(n))), Fraction(0))
    assert total == Fraction(1, p + 1)
