# ruff: noqa: E501 - a row per case reads better than wrapped notes
"""Symbols on one side only: a slip where the equation could say nothing but that a symbol is zero, else a condition."""

from __future__ import annotations

import pytest
from checked import last

_SQUARE = "Let $A, B, C \\in \\mathbb{R}^{n\\times n}$ and $u, v, x, b, c \\in \\mathbb{R}^n$."
_RIDGE = "Let $X \\in \\mathbb{R}^{m\\times n}$, $t \\in \\mathbb{R}^m$, $w \\in \\mathbb{R}^n$. Let $J(w) = \\|Xw - t\\|^2 + \\lambda w^\\top w$, where $\\lambda > 0$."
_TALL = "Let $A \\in \\mathbb{R}^{n\\times n}$, $B \\in \\mathbb{R}^{n\\times k}$ and $C \\in \\mathbb{R}^{k\\times k}$."
_INNER = "Let $h : \\mathbb R^m \\to \\mathbb R^n$ be smooth and $z \\in \\mathbb R^m$. Let $F(z) = f(h(z))$."
_KALMAN = (
    "Let $P \\in \\mathbb{R}^{n\\times n}$, $S \\in \\mathbb{R}^{m\\times m}$ and $K \\in \\mathbb{R}^{n\\times m}$. "
    "The updated matrix is"
)


SLIPS = [
    (_SQUARE, r"\frac{\partial}{\partial x}(x^\top A x + b^\top x) = (A + A^\top) x", "(A + A^\\top) x+b"),
    (_SQUARE, r"\frac{\partial \|x - c\|^2}{\partial x} = 2 x", "2 x-2c"),
    (_SQUARE, r"(A + B)^\top = A^\top", "A^\\top+B^\\top"),
    (_SQUARE, r"(u + v)^\top (u - v) = -\|v\|^2", ""),
    (_SQUARE, r"A \otimes (B + C) = A \otimes B", ""),
    (_SQUARE, r"A^{-1} = A^{-1}(A + B)B^{-1}", "A^{-1}+B^{-1}"),
    (_SQUARE, r"A^\top (A A^\top)^{-1} = (A^\top A + \mu I)^{-1} A^\top", ""),
    ("", r"\sin s = 2\sin\frac{s + t}{2}\cos\frac{s - t}{2}", "\\sin s+\\sin t"),
    (_SQUARE, r"\nabla_x \|A x - b\|^2 = 2 A^\top (A x - b) + 2\mu x", ""),
    (_RIDGE, r"\frac{\partial J}{\partial w} = 2 X^\top X w + 2\lambda w", ""),
    (_RIDGE, r"\frac{\partial J}{\partial w} = 2 X^\top (X w - t)", "2 X^\\top (X w - t)+2 \\lambda w"),
    (_RIDGE, r"\nabla J(w) = 2 X^\top (X w - t)", "2 X^\\top (X w - t)+2 \\lambda w"),
    (_SQUARE, r"\operatorname{tr}(AB - 3BA) = 0", ""),
    (_TALL, r"(A + B C B^\top)^{-1} = A^{-1} - A^{-1}B(B^\top A^{-1} B)^{-1}B^\top A^{-1}", "B^\\top A^{-1} B+C^{-1}"),
    ("The commutator is $[A,B] = AB - BA$. Then", r"[A,[B,C]] + [B,[C,A]] + [3C,[A,B]] = 0", ""),
    (_INNER, r"\nabla F(z) = J_h(2z)^\top \nabla f(h(z))", ""),
    (_INNER, r"\nabla F(z) = J_h(z)^\top \nabla f(h(-z))", ""),
    (_SQUARE, r"(A)^3 = A^3 + A^2 B + A B A + B A^2 + A B^2 + B A B + B^2 A + B^3", "A+B"),
    (_KALMAN, r"\operatorname{tr}(K S K^\top P) = \operatorname{tr}(S K^\top P K^\top)", ""),
    (_SQUARE, r"2\,d(A^{-1}) A + A^{-1}\,dA = 0", ""),
]

CONDITIONS = [
    (_SQUARE, r"A(u + v) = A u"),
    (_SQUARE, r"(u + v)^\top x = u^\top x"),
    (_SQUARE, r"(I - A)(I + A) = I"),
    (_SQUARE, r"(I - u u^\top) x = x"),
    (_SQUARE, r"\operatorname{tr}(A + B) = \operatorname{tr}(A)"),
    (_SQUARE, r"\det(A + u v^\top) = \det A"),
    (_SQUARE, r"A = (I - B C) A"),
    (_SQUARE, r"x = (1 - \mu) x"),
    (_SQUARE, r"A (B + C) = A B + A C + E"),
    (_SQUARE, r"\|u - v\|^2 = \|u\|^2 - 2u^\top v + \|v\|^2 + \epsilon"),
    ("", r"\sin(s + T) = \sin s"),
    ("", r"\int_0^t s\,ds = \frac{t^2}{2} + c"),
    (_SQUARE, r"\nabla_x (x^\top A x) = 2\mu x"),
    (_SQUARE, r"\nabla_x (x^\top A x + b^\top x) = 0"),
    (_SQUARE, r"\nabla_x \left(\tfrac12 x^\top x + b^\top x\right) = C^\top u"),
    (_SQUARE, r"(A^\top A + \mu I)^{-1} A^\top b = (A^\top A)^{-1} A^\top b"),
    (_RIDGE + "\n\nWithout the penalty we obtain", r"\nabla J(w) = 2 X^\top (X w - t)"),
    (_RIDGE + "\n\nIn the unregularised case we obtain", r"\nabla J(w) = 2 X^\top (X w - t)"),
    (_RIDGE + "\n\nThe data term alone gives", r"\nabla J(w) = 2 X^\top (X w - t)"),
    (_RIDGE + "\n\nFor $\\lambda = 0$,", r"\nabla J(w) = 2 X^\top (X w - t)"),
    (_RIDGE + "\n\n忽略正则项，有", r"\nabla J(w) = 2 X^\top (X w - t)"),
    (_SQUARE, r"AB - 2BA = 0"),
    (_SQUARE, r"A x - 2\mu x = 0"),
    (_SQUARE, r"\operatorname{tr}(A) - 2 = 0"),
    (_SQUARE, r"A^2 - 3A = 0"),
]


@pytest.mark.parametrize(("words", "formula", "new"), SLIPS)
def test_a_slip_is_found(words: str, formula: str, new: str) -> None:
    link = last(words, formula)
    assert link.verdict.is_finding
    if new:
        assert link.repair is not None
        assert link.repair.new.replace(" ", "") == new.replace(" ", "")


@pytest.mark.parametrize(("words", "formula"), CONDITIONS)
def test_a_condition_is_none(words: str, formula: str) -> None:
    assert not last(words, formula).verdict.is_finding


@pytest.mark.parametrize(
    ("words", "formula"),
    [("Let $y \\in \\{-1, 1\\}$.", "(y + 1)^2 = 2 + 2y"), ("Let $b \\in \\{0, 1\\}$.", "(b + 1)^2 = 1 + 3b")],
)
def test_what_may_have_two_values_has_these(words: str, formula: str) -> None:
    assert last(words, formula).verdict.value in ("verified", "proved")


@pytest.mark.parametrize("words", ["For $\\lambda = 0$,", "When $\\lambda = 0$ we get", "Setting $\\lambda = 0$ gives"])
def test_a_value_for_one_display_holds_in_definitions_made_before(words: str) -> None:
    ridge = "Let $X \\in \\mathbb{R}^{m\\times n}$ and $J(w) = \\|Xw - t\\|^2 + \\lambda w^\\top w$."
    formula = r"\nabla J(w) = 2 X^\top (X w - t)"
    assert last(f"{ridge}\n\n{words}", formula).verdict.value == "proved"
