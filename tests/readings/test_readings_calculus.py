# ruff: noqa: E501 - a row per case reads better than wrapped notes
"""Derivatives in every layout, gradients, Hessians, differentials, dependence."""

from __future__ import annotations

import pytest
from readings_builders import outcome, shape, verdict

NUMERATOR = "We use numerator layout throughout. "
DENOMINATOR = "We use denominator layout throughout. "
COLUMNS = "Let $x \\in \\mathbb R^n$, $a \\in \\mathbb R^n$ and $A \\in \\mathbb R^{m\\times n}$, $B \\in \\mathbb R^{n\\times n}$."
MATRIX = "Let $X \\in \\mathbb R^{m\\times n}$, $A \\in \\mathbb R^{n\\times m}$, $a \\in \\mathbb R^m$, $b \\in \\mathbb R^n$."


def d(above: str, below: str) -> str:
    return f"\\frac{{\\partial {above}}}{{\\partial {below}}}"


# (declarations, derivative, value in numerator layout, value in denominator layout)
LAID_OUT = [
    (COLUMNS, d("(a^\\top x)", "x"), "a^\\top", "a"),
    (COLUMNS, d("(x^\\top x)", "x"), "2x^\\top", "2x"),
    (COLUMNS, d("(x^\\top Bx)", "x"), "x^\\top(B + B^\\top)", "(B + B^\\top)x"),
    (COLUMNS, d("\\|Ax\\|^2", "x"), "2x^\\top A^\\top A", "2A^\\top Ax"),
    (COLUMNS, d("(Ax)", "x"), "A", "A^\\top"),
    (COLUMNS, d("(x^\\top x)x", "x"), "(x^\\top x)I + 2xx^\\top", "(x^\\top x)I + 2xx^\\top"),
    (MATRIX, d("\\operatorname{tr}(AX)", "X"), "A", "A^\\top"),
    (MATRIX, d("(a^\\top Xb)", "X"), "ba^\\top", "ab^\\top"),
    (MATRIX, d("\\operatorname{tr}(X^\\top X)", "X"), "2X^\\top", "2X"),
]


@pytest.mark.parametrize("said, derivative, numerator, denominator", LAID_OUT)
def test_declared_layouts(said: str, derivative: str, numerator: str, denominator: str) -> None:
    assert verdict(NUMERATOR + said, f"{derivative} = {numerator}") == "holds"
    assert verdict(DENOMINATOR + said, f"{derivative} = {denominator}") == "holds"


@pytest.mark.parametrize("said, derivative, numerator, denominator", [c for c in LAID_OUT if c[2] != c[3]])
def test_the_other_layout_is_told(said: str, derivative: str, numerator: str, denominator: str) -> None:
    for declared, value in ((NUMERATOR, denominator), (DENOMINATOR, numerator)):
        assert verdict(declared + said, f"{derivative} = {value}") == "false"


@pytest.mark.parametrize("said, derivative, numerator, denominator", LAID_OUT)
def test_without_a_declaration_either_layout_passes(
    said: str, derivative: str, numerator: str, denominator: str
) -> None:
    assert verdict(said, f"{derivative} = {numerator}") == "holds"
    assert verdict(said, f"{derivative} = {denominator}") == "holds"


@pytest.mark.parametrize("said, derivative, numerator, denominator", LAID_OUT)
@pytest.mark.parametrize("declared", ["", NUMERATOR, DENOMINATOR])
def test_no_layout_saves_a_wrong_factor(
    said: str, derivative: str, numerator: str, denominator: str, declared: str
) -> None:
    assert verdict(declared + said, f"{derivative} = 3({denominator})") == "false"


@pytest.mark.parametrize("declared", ["", NUMERATOR, DENOMINATOR])
@pytest.mark.parametrize(
    "latex, expected",
    [
        (d("(Ax)", "x^\\top") + " = A", "holds"),
        (d("(Ax)", "x^\\top") + " = A^\\top", "false"),
        (d("(a^\\top x)", "x^\\top") + " = a^\\top", "holds"),
        ("\\frac{\\partial^2(x^\\top Bx)}{\\partial x\\partial x^\\top} = B + B^\\top", "holds"),
        ("\\frac{\\partial^2(x^\\top Bx)}{\\partial x\\partial x^\\top} = 2B", "false"),
    ],
)
def test_a_transpose_in_the_denominator_settles_the_layout(declared: str, latex: str, expected: str) -> None:
    assert verdict(declared + COLUMNS, latex) == expected


@pytest.mark.parametrize(
    "latex, expected",
    [
        ("\\nabla_x(a^\\top x) = a", "holds"),
        ("\\nabla_x(x^\\top Bx) = (B + B^\\top)x", "holds"),
        ("\\nabla_x(x^\\top Bx) = 2Bx", "false"),
        ("\\nabla_x\\|Ax\\|^2 = 2A^\\top Ax", "holds"),
        ("\\nabla_x\\|Ax\\|^2 = 2AA^\\top x", "false"),
        ("\\nabla_x^2(x^\\top Bx) = B + B^\\top", "holds"),
        ("\\nabla_x^2(x^\\top Bx) = B", "false"),
        ("\\nabla_x^2\\|Ax\\|^2 = 2A^\\top A", "holds"),
    ],
)
def test_gradients_and_hessians(latex: str, expected: str) -> None:
    assert verdict(COLUMNS, latex) == expected


def test_the_gradient_of_a_defined_function() -> None:
    said = COLUMNS + " Let $f(x) = \\frac12 x^\\top Bx + a^\\top x$."
    assert verdict(said, "\\nabla f(x) = \\frac12(B + B^\\top)x + a") == "holds"
    assert verdict(said, "\\nabla f(x) = (B + B^\\top)x + a") == "false"
    assert verdict(said, "\\nabla^2 f(x) = \\frac12(B + B^\\top)") == "holds"


@pytest.mark.parametrize(
    "latex, expected",
    [
        ("\\frac{d}{dt}(t^3) = 3t^2", "holds"),
        ("\\frac{d}{dt}(t^3) = 3t^3", "false"),
        ("\\frac{d^2}{dt^2}(t^3) = 6t", "holds"),
        ("\\frac{d}{dt}\\sin t = \\cos t", "holds"),
        ("\\frac{d}{dt}\\cos t = \\sin t", "false"),
        ("\\frac{\\mathrm d}{\\mathrm dt}e^{2t} = 2e^{2t}", "holds"),
        ("\\frac{d}{dt}\\log t = \\frac1t", "holds"),
        ("\\frac{d}{dt}(t\\sin t) = \\sin t + t\\cos t", "holds"),
        ("\\frac{\\partial}{\\partial t}(t^2s) = 2ts", "holds"),
        ("\\frac{\\partial^2}{\\partial t\\partial s}(t^2s) = 2t", "holds"),
        ("\\frac{\\partial^2}{\\partial t\\partial s}(t^2s) = 2s", "false"),
        ("\\left.\\frac{d(t^2)}{dt}\\right|_{t=3} = 6", "holds"),
        ("\\left.\\frac{d(t^2)}{dt}\\right|_{t=3} = 9", "false"),
        ("\\int_0^1 t^2\\,dt = \\frac13", "holds"),
        ("\\int_0^1 t^2\\,dt = \\frac12", "false"),
        ("\\int_0^s t\\,dt = \\frac{s^2}{2}", "holds"),
    ],
)
def test_scalar_calculus(latex: str, expected: str) -> None:
    assert verdict("Let $s$ and $t$ be positive real numbers.", latex) == expected


@pytest.mark.parametrize(
    "said, latex, expected",
    [
        ("Let $X$ and $Y$ be matrices.", "d(XY) = (dX)Y + X\\,dY", "holds"),
        ("Let $X$ and $Y$ be matrices.", "d(XY) = (dX)Y + dY\\,X", "false"),
        ("Let $X$ be invertible.", "d(X^{-1}) = -X^{-1}(dX)X^{-1}", "holds"),
        ("Let $X$ be invertible.", "d(X^{-1}) = X^{-1}(dX)X^{-1}", "false"),
        ("Let $X$ be invertible.", "\\mathrm d\\det X = \\det(X)\\operatorname{tr}(X^{-1}\\mathrm dX)", "holds"),
        ("Let $X$ be positive definite.", "d\\log\\det X = \\operatorname{tr}(X^{-1}dX)", "holds"),
        ("Let $X$ be positive definite.", "d\\log\\det X = \\operatorname{tr}(X\\,dX)", "false"),
        ("Let $X$ be a matrix.", "d\\operatorname{tr}(X) = \\operatorname{tr}(dX)", "holds"),
        ("Let $X$ be a matrix.", "d(X^\\top) = (dX)^\\top", "holds"),
        (
            "Let $x \\in \\mathbb R^n$ and $A \\in \\mathbb R^{n\\times n}$.",
            "d(x^\\top Ax) = x^\\top(A + A^\\top)dx",
            "holds",
        ),
        ("Let $x \\in \\mathbb R^n$ and $A \\in \\mathbb R^{n\\times n}$.", "d(x^\\top Ax) = 2x^\\top A\\,dx", "false"),
    ],
)
def test_differentials(said: str, latex: str, expected: str) -> None:
    assert verdict(said, latex) == expected


@pytest.mark.parametrize(
    "latex, expected",
    [
        (
            "\\frac{\\partial z}{\\partial x} = \\frac{\\partial z}{\\partial y}\\frac{\\partial y}{\\partial x}",
            "holds",
        ),
        (
            "\\frac{\\partial z}{\\partial x} = \\frac{\\partial y}{\\partial x}\\frac{\\partial z}{\\partial y}",
            "false",
        ),
    ],
)
def test_the_chain_rule_of_vectors_in_numerator_layout(latex: str, expected: str) -> None:
    said = NUMERATOR + "Let $x \\in \\mathbb R^n$, $y = y(x) \\in \\mathbb R^m$ and $z = z(y) \\in \\mathbb R^p$."
    assert verdict(said, latex) == expected


def test_a_derivative_in_which_nothing_varies_verifies_nothing() -> None:
    found = outcome(
        "Let $a, b \\in \\mathbb R^n$, both constant.",
        "\\frac{\\partial c}{\\partial a} = \\frac{\\partial g}{\\partial b}",
    )
    assert found.verdict.value not in ("proved", "verified")


@pytest.mark.parametrize(
    "derivative, value, expected",
    [
        (d("(Ax)", "x^\\top"), "A", "m×n"),
        (d("(a^\\top x)", "x^\\top"), "a^\\top", "1×n"),
        ("\\nabla_x(a^\\top x)", "a", "n×1"),
        ("\\nabla_x^2(a^\\top xx^\\top a)", "2aa^\\top", "n×n"),
    ],
)
def test_shapes_of_derivatives(derivative: str, value: str, expected: str) -> None:
    assert shape(COLUMNS, f"{derivative} = {value}") == expected
