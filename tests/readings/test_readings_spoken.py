# ruff: noqa: E501 - a row per case reads better than wrapped notes
"""Definitions said in words, components of vector functions, values by recursion, integrals of any shape."""

from __future__ import annotations

import pytest
from readings_builders import links, note, verdict, word

SQUARE = "Let $A$ be an invertible $n\\times n$ matrix and let $B$ be the "
MAP = "Let $r:\\mathbb R^n\\to\\mathbb R^m$ be smooth, let $J(x)$ be the Jacobian of $r$ at $x$."
PENCIL = "Let $A, B \\in \\mathbb R^{n\\times n}$."


@pytest.mark.parametrize(
    "said, latex, expected",
    [
        (SQUARE + "inverse of $A$.", "AB = I", "holds"),
        (SQUARE + "inverse of $A$.", "BA = 2I", "false"),
        (SQUARE + "transpose of $A$.", "(A + B)^\\top = A + B", "holds"),
        (SQUARE + "transpose of $A$.", "\\operatorname{tr} B = -\\operatorname{tr} A", "false"),
        ("Let $A$ be an invertible $n\\times n$ matrix and let $d$ be the determinant of $A$.", "\\det A^2 = d^2", "holds"),
        ("设 $A$ 为可逆方阵, $B$ 为 $A$ 的逆矩阵。", "AB = I", "holds"),
        (MAP, "\\frac{\\partial r(x)}{\\partial x^\\top} = J(x)", "holds"),
        (MAP, "\\nabla_x \\tfrac12 \\|r(x)\\|^2 = J(x)^\\top r(x)", "holds"),
        (MAP, "\\nabla_x \\tfrac12 \\|r(x)\\|^2 = J(x) r(x)", "false"),
        (MAP, "\\|r(x)\\|^2 = \\sum_{i=1}^m r_i(x)^2", "holds"),
        (MAP, "\\|r(x)\\|^2 = \\sum_{i=1}^m r_i(x)", "false"),
        (PENCIL, "\\int_0^1 (A + tB)^2 dt = A^2 + \\frac12 (AB + BA) + \\frac13 B^2", "holds"),
        (PENCIL, "\\int_0^1 (A + tB)^2 dt = A^2 + AB + \\frac13 B^2", "false"),
        ("Let $f : \\mathbb R^n \\to \\mathbb R$ and $x, d \\in \\mathbb R^n$.", "\\int_0^1 \\nabla f(x+td)^\\top d \\, dt = f(x+d) - f(x)", "holds"),
    ],
)  # fmt: skip
def test_what_words_and_components_mean(said: str, latex: str, expected: str) -> None:
    assert verdict(said, latex) == expected


def test_a_left_inverse_is_no_inverse() -> None:
    said = "Let $A \\in \\mathbb R^{m\\times n}$ and let $B$ be a left inverse of $A$."
    assert verdict(said, "AB = I_m") not in ("holds", "false")


@pytest.mark.parametrize("right, expected", [("(A - I) x_k + b", "holds"), ("(A + I) x_k + b", "false")])
def test_a_recursion_gives_the_next_value(right: str, expected: str) -> None:
    text = note("Let $A \\in \\mathbb R^{n\\times n}$, $b \\in \\mathbb R^n$.", "x_{k+1} = A x_k + b")
    found = links(text + f"\nand therefore\n\n$$ x_{{k+1}} - x_k = {right} $$\n")
    assert [word(link) for link in found] == ["assumption", expected]


def test_a_sign_of_order_does_not_make_a_vector_a_scalar() -> None:
    said = "We minimise $c^\\top x$ subject to $Ax = b$, $x \\ge 0$, where $A \\in \\mathbb R^{m\\times n}$."
    assert verdict(said, "c^\\top x + \\nu^\\top(b - Ax) = b^\\top\\nu + (c - A^\\top\\nu)^\\top x") == "holds"


def test_a_bound_that_is_no_number_has_no_value() -> None:
    said = "Let $b \\in \\mathbb R^m$."
    assert verdict(said, "\\int_0^b x \\, dx = \\frac{b^2}{2}") not in ("holds", "false")
