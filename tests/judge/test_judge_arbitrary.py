# ruff: noqa: E501 - a row per case reads better than wrapped notes
"""Symbols that a section has in identities are arbitrary there: what lacks a term with them is no condition."""

from __future__ import annotations

import pytest
from checked import last

from derivcheck import check_text
from derivcheck.report.model import LinkReport

_SQUARE = "Let $A, B, C \\in \\mathbb{R}^{n\\times n}$ and $u, v, x \\in \\mathbb{R}^n$."
_RULES = _SQUARE + "\n\n$$\n(A + B) C = A C + B C\n$$\n\n$$\n(u + v)^\\top x = u^\\top x + v^\\top x\n$$\n"
_LOSS = (
    "Let $X \\in \\mathbb{R}^{m\\times n}$, $w \\in \\mathbb{R}^n$ and $J(w) = \\|Xw - t\\|^2 + \\mu w^\\top w$. Written out,\n\n"
    "$$\nJ(w) = w^\\top X^\\top X w - 2 t^\\top X w + t^\\top t + \\mu w^\\top w\n$$\n"
)
_WAVES = "For all numbers\n\n$$\n\\sin(a + b) = \\sin a \\cos b + \\cos a \\sin b\n$$\n"
_SMOOTH = "Let $h : \\mathbb R^n \\to \\mathbb R$ be smooth and $p, q \\in \\mathbb R^n$.\n\n$$\n\\nabla_p h(p + q) = \\nabla h(p + q)\n$$\n"
_GAIN = "Let $M \\in \\mathbb R^{n\\times n}$ be symmetric positive definite and $V \\in \\mathbb R^{n\\times k}$.\n\n$$\n\\operatorname{tr}(M V V^\\top) = \\operatorname{tr}(V^\\top M V)\n$$\n\nWith $G = M V V^\\top$\n"
_NUMBERS = "For all numbers\n\n$$\n(a + b) (c + d) = a c + a d + b c + b d\n$$\n"


def links(*formulas: str) -> list[LinkReport]:
    report = check_text("\n\n".join((_SQUARE, *(f"$$\n{f}\n$$" for f in formulas))) + "\n", path="note.md")
    assert report.error is None
    return [link for equation in report.equations for link in equation.links]


SLIPS = [
    (_RULES, r"A (u + v) = A u"),
    (_RULES, r"A C = A B + A C"),
    (_RULES, r"\det(I + A B) = \det(I)"),
    (_RULES, r"\det(I + u v^\top) = 1"),
    (_RULES, r"\operatorname{tr}(A + B) = \operatorname{tr}(A)"),
    (_RULES + "\n\nIn the same way", r"(A + B)^2 = A^2 + A B + B^2"),
    (_LOSS, r"\frac{\partial J}{\partial w} = 2 X^\top (X w - t)"),
    (_RULES, r"(A)^\top = A^\top + B^\top"),
    (_RULES, r"2A - 2A (A + B)^{-1} A = 2B"),
    (_RULES + "\n\n$$\n\\operatorname{tr}(B C) = \\operatorname{tr}(C B)\n$$\n", r"A - A (A + B)^{-1} A = B"),
    (_NUMBERS, r"\det \begin{pmatrix} a & b \\ c & d \end{pmatrix} = a d"),
    (_RULES, r"(A + B C A)^{-1} = A^{-1}"),
    (_RULES, r"(A + B C)^\top (A + B C) = A^\top A"),
    (_SMOOTH, r"\nabla h(p + q) = \nabla h(p)"),
    (_GAIN, r"(M + G)^{-1} = M^{-1}"),
    (_LOSS + "\n\nWith respect to $w$,", r"\frac{\partial J}{\partial w} = - 2 X^\top t"),
    (_LOSS + "\n\n对 $w$ 求导得", r"\frac{\partial J}{\partial w} = - 2 X^\top t"),
    (_WAVES, r"\cos^2 a = 1"),
    (_RULES, r"(I + A)^{-1} + (I)^{-1} = I"),
    (_RULES, r"(A + B)^\top (C)^{-1} = A^\top C^{-1}"),
]

CONDITIONS = [
    (_SQUARE, r"A (u + v) = A u"),  # nothing is known of v
    (_RULES + "\n\nNow let $v$ lie in the kernel.", r"A (u + v) = A u"),
    (_RULES + "\n\n$$\nA v = 0\n$$\n", r"A (u + v) = A u"),
    (_RULES + "\n\nIf the second vector is in the kernel of the matrix, then", r"A (u + v) = A u"),
    (_RULES + "\n\n# The normal equations\n", r"A (u + v) = A u"),
    (_RULES, r"A^\top A x = A^\top v"),
    (_RULES, r"A u = \mu u"),
    (_LOSS, r"X^\top X w = X^\top t"),
    (_RULES, r"C^\top C = I"),
    (_RULES, r"A + B = I"),
    (_RULES, r"A = A + B C"),
    (_RULES, r"A C = C"),
    (_SQUARE + "\n\n$$\n(A + C)^\\top = A^\\top + C^\\top\n$$\n", r"A - A (A + B)^{-1} A = B"),
    (_RULES, r"A^{-1} = A^{-1} - B C"),
    (_RULES, r"C^\top (A + B) C = C^\top A"),
    (_RULES + "\n\nFor the vectors that satisfy", r"A (u + v) = A u"),
    (_RULES + "\n\nNow let $v$ be isotropic.", r"\operatorname{tr}(A + C v v^\top) = \operatorname{tr}(A)"),
    (_WAVES, r"\cos a = 1"),
    (_WAVES, r"a^2 + b^2 = 1"),
    (_WAVES, r"e^a = 1"),
    (_LOSS + "\n\nWithout the penalty,", r"\frac{\partial J}{\partial w} = 2 X^\top (X w - t)"),
]


@pytest.mark.parametrize(("words", "formula"), SLIPS)
def test_a_term_of_arbitrary_symbols_is_missing(words: str, formula: str) -> None:
    assert last(words, formula).verdict.is_finding


@pytest.mark.parametrize(("words", "formula"), CONDITIONS)
def test_what_may_be_a_condition_is_none(words: str, formula: str) -> None:
    assert not last(words, formula).verdict.is_finding


def test_what_is_arbitrary_is_told_by_the_whole_section() -> None:
    slip, identity, other = r"A (B + C) = A B", r"(A + B) C = A C + B C", r"\operatorname{tr}(A u v^\top) = v^\top A u"
    assert links(slip, identity)[0].verdict.is_finding
    assert not links(slip, other)[0].verdict.is_finding
    assert not links(slip, r"A C = 0", identity)[0].verdict.is_finding
    assert not links(r"A x = A x + B u", r"B u = C u + x", identity)[0].verdict.is_finding


def test_a_summand_that_no_kernel_hides_is_missing() -> None:
    assert links(r"\operatorname{vec}(A - C) = \operatorname{vec}(A)")[0].verdict.is_finding
    assert not links(r"\operatorname{tr}(A - C) = \operatorname{tr}(A)")[0].verdict.is_finding


def test_a_value_put_in_is_no_slip() -> None:
    note = """The line is $y = mx$ with $m \\in \\mathbb R$. Its values are

$$
\\begin{aligned} y_1 &= m x_1 = m \\cdot (-1) = -m, \\\\ y_2 &= m x_2 = m \\cdot 0 = 0 \\end{aligned}
$$

and the square of its distance

$$
(x_2 - y_2)^2 = x_2^2 - 2 x_2 y_2 + y_2^2, \\qquad (x_1 - m)^2 = x_1^2 - 2 m x_1 + m^2
$$
"""
    found = [link.verdict for equation in check_text(note, path="note.md").equations for link in equation.links]
    assert not any(verdict.is_finding for verdict in found)
