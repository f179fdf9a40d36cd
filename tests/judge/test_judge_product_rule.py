"""What the product rule gives: no term is left out, and what depends on a moving state moves."""

from __future__ import annotations

import pytest
from checked import last

_SMOOTH = "Let $f, g : \\mathbb R^n \\to \\mathbb R$ be smooth."
_SQUARE = "Let $A, B \\in \\mathbb R^{n\\times n}$ be constant and $X \\in \\mathbb R^{n\\times n}$."
_INERTIA = "Let $q \\in \\mathbb R^n$ be the coordinates and $H(q) \\in \\mathbb R^{n\\times n}$ the symmetric inertia matrix."
_GIVEN = "With $H(q)$ the inertia matrix, which is symmetric,"
_VARIABLE = "Let $X, Y \\in \\mathbb R^{n\\times n}$ be variable."


@pytest.mark.parametrize(
    ("words", "formula", "new"),
    [
        (_SMOOTH, r"\nabla(f g) = f \nabla g", r"f \nabla g+g \nabla f"),
        (_SQUARE, r"d(A X B X) = A X B\, dX", r"A X B\, dX+A (d X) B X"),
        (_INERTIA, r"\frac{d}{dt}(H \dot q) = H \ddot q", r"H \ddot q+\dot{H} \dot q"),
        (_INERTIA, r"\frac{d}{dt}(H(q) \dot q) = H(q) \ddot q", ""),
        (_GIVEN, r"\frac{d}{dt}(H \dot q) = H \ddot q", r"H \ddot q+\dot{H} \dot q"),
        (_VARIABLE, r"d(X Y) = (dX) Y", r"(dX) Y+X d Y"),
        ("", r"\frac{\partial}{\partial w} \sum_{i=1}^N (y_i - w^\top x_i)^2 = -2 \sum_{i=1}^N (y_i - w^\top x_i)", ""),
    ],
)
def test_a_term_or_factor_left_out_is_put_back(words: str, formula: str, new: str) -> None:
    link = last(words, formula)
    assert link.rule == "DC111"
    assert link.repair is not None
    if new:
        assert link.repair.new.replace(" ", "") == new.replace(" ", "")


@pytest.mark.parametrize(
    ("words", "formula"),
    [
        (_INERTIA, r"\frac{d}{dt}(H \dot q) = H \ddot q + \dot H \dot q"),
        (_INERTIA, r"\frac{d}{dt}\left(\tfrac12 \dot q^\top H \dot q\right) = \dot q^\top H \ddot q + \tfrac12 \dot q^\top \dot H \dot q"),
        (_INERTIA + " We take $H$ to be constant.", r"\frac{d}{dt}(H \dot q) = H \ddot q"),
        (_VARIABLE, r"d(X Y) = (dX) Y + X\, dY"),
        (_SQUARE, r"d(A X) = A\, dX"),
    ],
)
def test_what_holds_passes(words: str, formula: str) -> None:
    assert last(words, formula).verdict.value in ("proved", "verified")
