# ruff: noqa: E501 - a row per case reads better than wrapped notes
"""Derivatives of a function at a point, along a direction, and what a bracket behind a derivative is."""

from __future__ import annotations

import pytest
from readings_builders import link, verdict

from derivcheck import check_text
from derivcheck.verdict import Verdict

MAPS = "Let $f : \\mathbb R^n \\to \\mathbb R$, $h : \\mathbb R^m \\to \\mathbb R^n$, $A \\in \\mathbb R^{n\\times m}$, $x, d \\in \\mathbb R^n$, $z \\in \\mathbb R^m$ and $t \\in \\mathbb R$."
PLAIN = "Let $u, v$ be differentiable functions of one variable."


@pytest.mark.parametrize(
    "said, latex, expected",
    [
        (MAPS, "\\nabla_z f(Az) = A^\\top \\nabla f(Az)", "holds"),
        (MAPS, "\\nabla_z f(Az) = A \\nabla f(Az)", "false"),
        (MAPS, "\\frac{d}{dt} f(x + td) = \\nabla f(x + td)^\\top d", "holds"),
        (MAPS, "\\frac{d}{dt} f(x + td) = -\\nabla f(x + td)^\\top d", "false"),
        (MAPS, "\\frac{d^2}{dt^2} f(x + td) = d^\\top \\nabla^2 f(x + td) d", "holds"),
        (MAPS, "\\nabla_z f(h(z)) = J_h(z)^\\top \\nabla f(h(z))", "holds"),
        (MAPS, "\\nabla_z f(h(z)) = J_h(z) \\nabla f(h(z))", "false"),
        (MAPS, "Df(x)[d] = \\nabla f(x)^\\top d", "holds"),
        (MAPS, "Df(x)[d] = 2 \\nabla f(x)^\\top d", "false"),
        (MAPS, "Dh(z)[z]^\\top = z^\\top J_h(z)^\\top", "holds"),
        (MAPS, "Dh(z)[z]^\\top = 2 z^\\top J_h(z)^\\top", "false"),
        (MAPS, "H_f(x)\\, d = \\nabla^2 f(x)\\, d", "holds"),
        (PLAIN, "\\frac{d}{dt} u(v(t)) = \\frac{du}{dx}(v(t)) \\frac{dv}{dt}(t)", "holds"),
        (PLAIN, "\\frac{d}{dt} u(v(t)) = \\frac{du}{dx}(v(t)) v(t)", "false"),
    ],
)  # fmt: skip
def test_derivatives_at_points(said: str, latex: str, expected: str) -> None:
    assert verdict(said, latex) == expected


@pytest.mark.parametrize("right", ["f(x) \\nabla g(x) + g(x) \\nabla f(x)"])
def test_a_sloppy_gradient_of_a_product_is_not_scolded(right: str) -> None:
    said = "Let $f, g : \\mathbb R^n \\to \\mathbb R$ and $x \\in \\mathbb R^n$."
    assert verdict(said, f"\\nabla f(x) g(x) = {right}") == "holds"


def test_a_bracket_behind_a_derivative_may_be_a_factor() -> None:
    said = "Let $L = \\ell(y)$ with $\\ell(y) = \\frac12 y^2$ and $y, a \\in \\mathbb R$."
    assert verdict(said, "\\frac{d\\ell}{dy}(y - a) = y(y - a)") == "holds"


def test_a_gradient_without_subscript_is_not_pinned_on_one_vector() -> None:
    said = "Let $s : \\mathbb R \\to \\mathbb R$ be differentiable and $w, x \\in \\mathbb R^k$."
    assert verdict(said, "\\nabla s(w^\\top x) = s'(w^\\top x) x") == "holds"
    assert verdict(said, "\\nabla s(w^\\top x) = s'(w^\\top x) w") == "holds"
    assert verdict(said, "\\nabla s(w^\\top x) = -s'(w^\\top x) w") == "false"


def test_an_argument_outside_the_domain_is_ill_shaped() -> None:
    found = link(MAPS, "f(z) + f(x) = f(x) + f(z)")
    assert found.verdict.value == "ill-shaped", found


def test_a_function_of_a_scalar_acts_entry_by_entry() -> None:
    said = "Let $s : \\mathbb R \\to \\mathbb R$ be differentiable, $W \\in \\mathbb R^{k \\times m}$ and $z \\in \\mathbb R^m$."
    right = "\\operatorname{diag}(s'(Wz)) W"
    assert verdict(said, f"\\frac{{\\partial s(Wz)}}{{\\partial z}} = {right}") == "holds"


def test_the_shape_of_an_argument_comes_from_the_signature() -> None:
    assert verdict("Let $f : \\mathbb R^n \\to \\mathbb R$.", "\\nabla f(a)^\\top b = b^\\top \\nabla f(a)") == "holds"


@pytest.mark.parametrize(
    "said, latex, expected",
    [
        (MAPS, "\\nabla^2 f(x) = \\sum_{i=1}^n \\frac{\\partial^2 f}{\\partial x_i^2}(x)", "holds"),
        (MAPS, "\\nabla^2 f(x) = -\\sum_{i=1}^n \\frac{\\partial^2 f}{\\partial x_i^2}(x)", "false"),
        ("Let $g(x) = x^\\top B x$ with $B \\in \\mathbb R^{n\\times n}$.", "\\nabla^2 g(x) = 2 \\operatorname{tr} B", "holds"),
        ("Let $g(x) = x^\\top B x$ with $B \\in \\mathbb R^{n\\times n}$.", "\\nabla^2 g = B^\\top + B^\\top", "false"),
    ],
)
def test_nabla_squared_is_the_hessian_or_the_laplacian(said: str, latex: str, expected: str) -> None:
    assert verdict(said, latex) == expected


@pytest.mark.parametrize(
    "said, latex",
    [
        ("Let $g(w) = \\frac12 (c^\\top w)^2$ with $c, w \\in \\mathbb R^n$.", "\\nabla_w^2 g = c^\\top c"),
        ("Let $g(w) = \\|Z w - y\\|^2 + \\mu \\|w\\|^2$.", "\\nabla^2 g = 2 Z^\\top Z + 2\\mu"),
    ],
)
def test_what_may_be_a_wrong_hessian_is_undecided(said: str, latex: str) -> None:
    assert verdict(said, latex) == "unknown"
    assert verdict("We need the Laplacian. " + said, latex) == ("holds" if "c^" in latex else "unknown")


@pytest.mark.parametrize("right, expected", [("\\operatorname{tr}(A^{-1} dA)", "holds"), ("\\operatorname{tr}(A\\, dA)", "false")])
def test_a_direction_d_leaves_the_differential_of_a_matrix_alone(right: str, expected: str) -> None:
    assert verdict("Along a line we look at $f(x + td)$.", f"d\\log\\det A = {right}") == expected


@pytest.mark.parametrize(
    "formula",
    [
        r"D^2\phi(X)[U,V] = \operatorname{tr}(X^{-1}UX^{-1}V)",
        r"D^3\phi(X)[V,V,V] = -2\operatorname{tr}(X^{-1}VX^{-1}VX^{-1}V)",
    ],
)
def test_higher_derivatives_along_directions(formula: str) -> None:
    report = check_text(f"For $X\\succ0$ let $\\phi(X) = -\\log\\det X$.\n\n$${formula}$$\n", path="note.md")
    assert [link.verdict for link in report.equations[-1].links] == [Verdict.VERIFIED]
