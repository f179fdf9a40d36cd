"""What depends on what: time, defined functions, intermediate variables, entries, vec."""

from __future__ import annotations

import pytest
from readings_builders import link, verdict

from derivcheck import check_text

CURVE = "Let $x(t) \\in \\mathbb R^n$ and $A \\in \\mathbb R^{n\\times n}$."
FUNCTIONS = "Let $u(t)$ and $v(t)$ be functions of $t$."
INVERTIBLE = "Let $A(t)$ be an invertible matrix that depends on $t$."
CUBE = "Let $f(t) := t^3$."
TWO = "Let $f(x, y) := x^2y$."
THROUGH = "Let $x\\in\\mathbb R^n$, $y = Ax$ with $A \\in \\mathbb R^{m\\times n}$ and $f(x) := \\|y\\|^2$."
FORM = "Let $A\\in\\mathbb R^{n\\times n}$ and $x\\in\\mathbb R^n$."
PRODUCT = "Let $X\\in\\mathbb R^{m\\times n}$, $A\\in\\mathbb R^{p\\times m}$ and $B\\in\\mathbb R^{n\\times q}$."

CASES = [
    (CURVE, r"\frac{d}{dt}(x^\top x) = 2x^\top\dot x", "holds"),
    (CURVE, r"\frac{d}{dt}(x^\top x) = x^\top\dot x", "false"),
    (CURVE, r"\frac{d}{dt}(x^\top Ax) = \dot x^\top Ax + x^\top A\dot x", "holds"),
    (FUNCTIONS, r"\frac{d(uv)}{dt} = \frac{du}{dt}v + u\frac{dv}{dt}", "holds"),
    (FUNCTIONS, r"\frac{d(uv)}{dt} = \frac{du}{dt}\frac{dv}{dt}", "false"),
    (INVERTIBLE, r"\frac{d}{dt}A^{-1} = -A^{-1}\frac{dA}{dt}A^{-1}", "holds"),
    (INVERTIBLE, r"\frac{d}{dt}A^{-1} = A^{-1}\frac{dA}{dt}A^{-1}", "false"),
    (CUBE, r"f''(t) = 6t", "holds"),
    (CUBE, r"f''(t) = 3t", "false"),
    (CUBE, r"f'(2) = 12", "holds"),
    (CUBE, r"f'(2) = 8", "false"),
    (TWO, r"\frac{\partial f}{\partial x} = 2xy", "holds"),
    (TWO, r"\frac{\partial f}{\partial x} = 2y", "false"),
    (TWO, r"\frac{\partial^2 f}{\partial x\partial y} = 2x", "holds"),
    (THROUGH, r"\nabla_x f = 2A^\top y", "holds"),
    (THROUGH, r"\nabla_x f = 2Ay", "false"),
    (FORM, r"\frac{\partial x_i}{\partial x_j} = \delta_{ij}", "holds"),
    (FORM, r"\frac{\partial}{\partial x_k}\sum_{i,j}A_{ij}x_ix_j = \sum_j A_{kj}x_j + \sum_i A_{ik}x_i", "holds"),
    (FORM, r"\frac{\partial}{\partial x_k}\sum_{i,j}A_{ij}x_ix_j = 2\sum_j A_{kj}x_j", "false"),
    (PRODUCT, r"\operatorname{vec}(AXB) = (B^\top\otimes A)\operatorname{vec}(X)", "holds"),
    (PRODUCT, r"\frac{\partial\operatorname{vec}(AXB)}{\partial\operatorname{vec}(X)^\top} = B^\top\otimes A", "holds"),
    (PRODUCT, r"\frac{\partial\operatorname{vec}(AXB)}{\partial\operatorname{vec}(X)^\top} = A\otimes B^\top", "false"),
]


@pytest.mark.parametrize(("said", "latex", "expected"), CASES)
def test_dependence(said: str, latex: str, expected: str) -> None:
    assert verdict(said, latex) == expected


def test_zero_equals_zero_is_no_verification() -> None:
    found = link("", "\\frac{\\partial x_i}{\\partial x_j} = \\delta_{ij}")
    assert found.verdict.value == "unknown"


def test_a_missing_hypothesis_is_named() -> None:
    found = link(FORM, "\\frac{\\partial}{\\partial x_k}\\sum_{i,j}A_{ij}x_ix_j = 2\\sum_j A_{kj}x_j")
    assert found.rule == "DC401" and "symmetric" in found.message


def test_a_subscript_that_stands_in_the_value_makes_nothing_else_vary() -> None:
    """E_ŵ of X and ŵ: its subscript says that it varies with ŵ, which the value shows; X and y stay what they are."""
    text = (
        "Expanding $E_{\\hat w}=(\\mathbf y-\\mathbf X\\hat w)^T(\\mathbf y-\\mathbf X\\hat w)$ gives\n\n"
        "$$\nE_{\\hat w} = \\mathbf y^T\\mathbf y - \\mathbf y^T\\mathbf X\\hat w - \\hat w^T\\mathbf X^T\\mathbf y"
        " + \\hat w^T\\mathbf X^T\\mathbf X\\hat w\n$$\n\nDifferentiating,\n\n"
        "$$\n\\frac{\\partial E_{\\hat w}}{\\partial\\hat w} = \\frac{\\partial\\mathbf y^T\\mathbf y}{\\partial\\hat w}"
        " - \\frac{\\partial\\mathbf y^T\\mathbf X\\hat w}{\\partial\\hat w} - \\frac{\\partial\\hat w^T\\mathbf X^T\\mathbf y}"
        "{\\partial\\hat w} + \\frac{\\partial\\hat w^T\\mathbf X^T\\mathbf X\\hat w}{\\partial\\hat w}\n$$\n\nso that\n\n"
        "$$\n\\frac{\\partial E_{\\hat w}}{\\partial\\hat w} = 2\\mathbf X^T(\\mathbf X\\hat w - \\mathbf y)\n$$\n"
    )
    report = check_text(text, path="note.md")
    assert not any(link.verdict.is_finding for e in report.equations for link in e.links)
