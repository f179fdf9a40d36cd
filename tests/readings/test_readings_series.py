"""Expansions with a remainder, and derivatives of functions of several numbers by their parameters."""

from __future__ import annotations

import pytest
from checked import PASSES

from derivcheck import check_text
from derivcheck.verdict import Verdict


def last(text: str) -> Verdict:
    report = check_text(text, path="note.md")
    return [link.verdict for equation in report.equations for link in equation.links][-1]


SQUARE = "Let $B$ be a square matrix.\n\n"
SMOOTH = "Let $g:\\mathbb R^n\\to\\mathbb R$.\n\n"
SURFACE = "Take $g(x,y)=xy^2+\\sin(xy)$.\n\n"
EXPANSIONS = [
    ("", r"e^{-x} = 1-x+\frac{x^2}{2}+O(x^3)", r"e^{-x} = 1-x-\frac{x^2}{2}+O(x^3)"),
    ("", r"\cos x = 1-\frac{x^2}{2}-o(x^2)", r"\cos x = 1-\frac{x^2}{4}-o(x^2)"),
    ("", r"\cos x = 1-\frac{x^2}{2}+\frac{x^4}{24}+o(x^4)", r"\cos x = 1-\frac{x^2}{2}+\frac{x^4}{12}+o(x^4)"),
    (
        SQUARE,
        r"(I-\epsilon B)^{-1} = I+\epsilon B+\epsilon^2B^2+O(\epsilon^3)",
        r"(I-\epsilon B)^{-1} = I+\epsilon B+2\epsilon^2B^2+O(\epsilon^3)",
    ),
    (
        SQUARE,
        r"\log\det(I+\epsilon B) = \epsilon\operatorname{tr}B+O(\epsilon^2)",
        r"\log\det(I+\epsilon B) = \epsilon\det B+O(\epsilon^2)",
    ),
    (
        SMOOTH,
        r"g(a+h) = g(a)+\nabla g(a)^\top h+\frac12h^\top\nabla^2g(a)h+o(\|h\|^2)",
        r"g(a+h) = g(a)+\nabla g(a)^\top h+h^\top\nabla^2g(a)h+o(\|h\|^2)",
    ),
    (SURFACE, r"g_x = y^2+y\cos(xy)", r"g_x = y^2+x\cos(xy)"),
    (SURFACE, r"g_{xy} = 2y+\cos(xy)-xy\sin(xy)", r"g_{xy} = 2y+\cos(xy)-\sin(xy)"),
    (SURFACE, r"g_y(1,0) = 1", r"g_y(1,0) = 2"),
    (SURFACE, r"\nabla g(0,2) = \begin{pmatrix}6\\0\end{pmatrix}", r"\nabla g(0,2) = \begin{pmatrix}4\\0\end{pmatrix}"),
]


@pytest.mark.parametrize("said, right, wrong", EXPANSIONS)
def test_expansions_and_partial_derivatives(said: str, right: str, wrong: str) -> None:
    assert last(f"{said}$$\n{right}\n$$") in PASSES
    assert last(f"{said}$$\n{wrong}\n$$") is Verdict.REFUTED


@pytest.mark.parametrize(
    "text",
    [
        "$$T(n) = 2T(n/2)+O(n)$$",
        "$$x_{k+1} = x_k-hf(x_k)+O(h^2)$$",
        "The error is\n\n$$e_h = O(h^2).$$",
        "The eigenvalue of $K+\\epsilon B$ is\n\n$$\\lambda = \\lambda_0+\\epsilon x^\\top Bx+O(\\epsilon^2).$$",
        "The density $p(x,y)=e^{-x-y}$ has the marginal\n\n$$p_x(x) = e^{-x}.$$",
    ],
)
def test_what_is_no_claim_stays_silent(text: str) -> None:
    assert not last(text).is_finding


def test_an_equation_that_leaves_nothing_of_a_claim_saves_nothing() -> None:
    said = "Let $M(x,\\mu) = \\frac12x^\\top x-\\mu^\\top(Bx-c)$, with $Bx=c$ at the solution.\n\n"
    assert last(said + "$$\\nabla_\\mu M = c-Bx$$") in PASSES
    assert last(said + "$$\\nabla_\\mu M = Bx-c$$") not in PASSES


ELSEWHERE = """# Loss

Let $X \\in \\mathbb R^{m\\times n}$. We define $$L(w) := \\|Xw - y\\|^2$$ for $y \\in \\mathbb R^m$.

# Steps

"""


@pytest.mark.parametrize("factor, expected", [("", True), ("2", False), (r"\frac12", False)])
def test_a_function_that_cannot_have_its_old_meaning_is_one_still(factor: str, expected: bool) -> None:
    found = last(f"{ELSEWHERE}$$\nL(x + h) = L(x) + {factor} L'(x) h + O(h^2)\n$$")
    assert (found in PASSES) is expected
    assert (found is Verdict.REFUTED) is not expected
