
"""Side by side and infix: products, calls, association, functions without brackets, fences, grids."""

from __future__ import annotations

import pytest
from readings_builders import same, shape, verdict

SQUARE = "Let $A$, $B$ and $C$ be invertible $n\\times n$ matrices."
COLUMNS = "Let $x, y, z \\in \\mathbb R^n$ and $A \\in \\mathbb R^{m\\times n}$."
REALS = "Let $a$, $b$ and $t$ be positive real numbers."


@pytest.mark.parametrize(
    "said, one, other",
    [
        (REALS, "\\sin 2t", "\\sin(2t)"),
        (REALS, "\\sin 2t\\cos t", "\\sin(2t)\\cos(t)"),
        (REALS, "\\sin t + b", "\\sin(t) + b"),
        (REALS, "\\sin^2 t", "(\\sin(t))^2"),
        (REALS, "\\sin^2(t)", "\\sin(t)^2"),
        (REALS, "\\log ab", "\\log(ab)"),
        (REALS, "\\log a\\log b", "\\log(a)\\log(b)"),
        (REALS, "\\ln a - \\ln b", "\\ln(a) - \\ln(b)"),
        (REALS, "\\exp t", "e^t"),
        (SQUARE, "\\operatorname{tr} AB", "\\operatorname{tr}(AB)"),
        (SQUARE, "\\mathrm{tr}\\,AB", "\\operatorname{tr}(AB)"),
        (SQUARE, "\\text{tr}(AB)", "\\operatorname{tr}(AB)"),
        (SQUARE, "tr(AB)", "\\operatorname{tr}(AB)"),
        (SQUARE, "\\operatorname{Tr}[AB]", "\\operatorname{tr}(AB)"),
        (SQUARE, "\\log\\det(AB)", "\\log(\\det(AB))"),
        (SQUARE, "\\log\\det A", "\\log(\\det(A))"),
        (SQUARE, "\\ln|A|", "\\ln(\\det A)"),
        (SQUARE, "A \\cdot B", "AB"),
        (COLUMNS, "x \\cdot y", "\\langle x, y\\rangle"),
    ],
)
def test_notations_of_one_term(said: str, one: str, other: str) -> None:
    assert same(said, one, other)


@pytest.mark.parametrize(
    "said, latex, expected",
    [
        (COLUMNS, "A x y^\\top z = (y^\\top z) A x", "holds"),
        (COLUMNS, "x y^\\top z = z y^\\top x", "false"),
        (COLUMNS, "x^\\top y z = z x^\\top y", "holds"),
        (COLUMNS, "x^\\top y z^\\top x = z^\\top x x^\\top y", "holds"),
        (COLUMNS, "x^\\top y = y^\\top x", "holds"),
        (COLUMNS, "xy^\\top = yx^\\top", "false"),
        (SQUARE, "A(B + C) = AB + AC", "holds"),
        (SQUARE, "A(B + C) = BA + CA", "false"),
        (SQUARE, "A(B + C)^{-1} = AB^{-1} + AC^{-1}", "false"),
        (SQUARE, "(A(B + C))^{-1} = (B + C)^{-1}A^{-1}", "holds"),
        (SQUARE, "\\det(AB) = \\det A \\det B", "holds"),
        (SQUARE, "\\operatorname{tr} AB = \\operatorname{tr} BA", "holds"),
        (SQUARE, "\\operatorname{tr} ABC = \\operatorname{tr} BAC", "false"),
        (SQUARE, "\\operatorname{tr} A + b = b + \\operatorname{tr}(A)", "holds"),
        (REALS, "\\sin 2t = 2\\sin t\\cos t", "holds"),
        (REALS, "\\sin 2t = 2\\sin t", "false"),
        (REALS, "\\log ab = \\log a + \\log b", "holds"),
        (REALS, "\\log_2 ab = \\log_2 a + \\log_2 b", "holds"),
        (REALS, "\\cos^2 t + \\sin^2 t = 1", "holds"),
        (REALS, "\\cos^2 t - \\sin^2 t = 1", "false"),
        (REALS, "\\cos t^2 = (\\cos t)^2", "false"),
    ],
)
def test_juxtaposition(said: str, latex: str, expected: str) -> None:
    assert verdict(said, latex) == expected


@pytest.mark.parametrize(
    "said, latex, expected",
    [
        ("Let $A, B \\in \\mathbb R^{m\\times n}$.", "A \\odot B = B \\odot A", "holds"),
        ("Let $A, B \\in \\mathbb R^{m\\times n}$.", "A \\circ B = B \\circ A", "holds"),
        ("Let $A, B \\in \\mathbb R^{m\\times n}$.", "A : B = \\operatorname{tr}(A^\\top B)", "holds"),
        ("Let $A, B \\in \\mathbb R^{m\\times n}$.", "A : B = \\operatorname{tr}(AB^\\top AB^\\top)", "false"),
        ("Let $A, B \\in \\mathbb R^{m\\times n}$.", "\\langle A, B\\rangle = \\operatorname{tr}(A^\\top B)", "holds"),
        (
            "Let $A \\in \\mathbb R^{m\\times n}$ and $B \\in \\mathbb R^{p\\times q}$.",
            "(A\\otimes B)^\\top = A^\\top \\otimes B^\\top",
            "holds",
        ),
        (
            "Let $A \\in \\mathbb R^{m\\times n}$ and $B \\in \\mathbb R^{p\\times q}$.",
            "(A\\otimes B)^\\top = B^\\top \\otimes A^\\top",
            "false",
        ),
        ("Let $a, b \\in \\mathbb R^3$.", "a \\times b = -b \\times a", "holds"),
        ("Let $a, b \\in \\mathbb R^3$.", "a \\times b = b \\times a", "false"),
        ("Let $a, b \\in \\mathbb R^3$.", "a \\cdot (a \\times b) = 0", "holds"),
    ],
)
def test_infix_products(said: str, latex: str, expected: str) -> None:
    assert verdict(said, latex) == expected


@pytest.mark.parametrize(
    "said, latex, expected",
    [
        (SQUARE, "|AB| = |A||B|", "holds"),
        (SQUARE, "|A^{-1}| = |A|^{-1}", "holds"),
        (SQUARE, "|A^{-1}| = |A|", "false"),
        ("Let $a$ and $b$ be real numbers.", "|ab| = |a||b|", "holds"),
        ("Let $a$ and $b$ be real numbers.", "|a + b| = |a||b|", "false"),
        ("Let $a$ and $b$ be real numbers.", "|a + b| = |a| + |b|", "false"),
        ("Let $a$ and $b$ be real numbers.", "|a - b| = a - b", "false"),
        (COLUMNS, "|x|^2 = x^\\top x", "holds"),
        (COLUMNS, "\\|x\\|^2 = x^\\top x", "holds"),
        (COLUMNS, "\\|x\\|_2^2 = x^\\top x", "holds"),
        (COLUMNS, "\\|x\\| = x^\\top x", "false"),
        (COLUMNS, "\\lVert x - y\\rVert^2 = \\|x\\|^2 - 2x^\\top y + \\|y\\|^2", "holds"),
        (COLUMNS, "\\|x - y\\|^2 = \\|x\\|^2 - x^\\top y + \\|y\\|^2", "false"),
        (COLUMNS, "\\|A\\|_F^2 = \\operatorname{tr}(A^\\top A)", "holds"),
        (COLUMNS, "\\|A\\|_F^2 = \\operatorname{tr}(A)^2", "false"),
        (COLUMNS, "\\langle x, y\\rangle = y^\\top x", "holds"),
        (COLUMNS, "\\langle Ax, Ay\\rangle = \\langle x, A^\\top Ay\\rangle", "holds"),
    ],
)
def test_fences(said: str, latex: str, expected: str) -> None:
    assert verdict(said, latex) == expected


BLOCKS = "Let $A$ be $m\\times m$, $B$ be $m\\times n$ and $D$ be $n\\times n$, with $A$ and $D$ invertible."


def grid(text: str) -> str:
    """`a & b; c & d` in round brackets."""
    return "\\begin{pmatrix}" + text.replace(";", "\\\\") + "\\end{pmatrix}"


UPPER, NUMBERS = grid("A & B; 0 & D"), grid("1 & 2; 3 & 4")


@pytest.mark.parametrize(
    "said, left, right, expected",
    [
        (BLOCKS, grid("I & B; 0 & I") + grid("I & -B; 0 & I"), "I", "holds"),
        (BLOCKS, grid("I & B; 0 & I") + grid("I & B; 0 & I"), "I", "false"),
        (BLOCKS, UPPER + "^\\top", grid("A^\\top & 0; B^\\top & D^\\top"), "holds"),
        (BLOCKS, UPPER + "^\\top", grid("A^\\top & B^\\top; 0 & D^\\top"), "false"),
        (BLOCKS, "\\det" + UPPER, "\\det A\\det D", "holds"),
        ("Let $a, b, c, d$ be real numbers.", "\\det" + grid("a & b; c & d"), "ad - bc", "holds"),
        ("Let $a, b, c, d$ be real numbers.", "\\det" + grid("a & b; c & d"), "ab - cd", "false"),
        ("Let $a, b, c, d$ be real numbers.", "\\begin{vmatrix}a & b\\\\ c & d\\end{vmatrix}", "ad - bc", "holds"),
        ("", NUMBERS + grid("1; 1"), grid("3; 7"), "holds"),
        ("", NUMBERS + grid("1; 1"), grid("4; 6"), "false"),
        ("", NUMBERS + "^\\top", grid("1 & 3; 2 & 4"), "holds"),
    ],
)
def test_grids(said: str, left: str, right: str, expected: str) -> None:
    assert verdict(said, f"{left} = {right}") == expected


@pytest.mark.parametrize(
    "said, latex, expected",
    [
        ("Let $A \\in \\mathbb R^{m\\times n}$.", "IA = AI", "holds"),
        ("Let $A \\in \\mathbb R^{m\\times n}$.", "I_mA = AI_n", "holds"),
        ("Let $A \\in \\mathbb R^{m\\times n}$.", "I_nA = A", "false"),
        ("Let $A \\in \\mathbb R^{m\\times n}$.", "A - A = 0", "holds"),
        ("Let $A \\in \\mathbb R^{m\\times n}$.", "A\\mathbf 0 = \\mathbf 0", "holds"),
        ("Let $x \\in \\mathbb R^n$.", "\\mathbf 1^\\top x = x^\\top\\mathbf 1", "holds"),
        ("", "\\operatorname{tr}(I_n) = n", "holds"),
        ("Let $n$ be a natural number.", "\\operatorname{tr}(I_n) = n", "holds"),
        ("", "\\operatorname{tr}(I_n) = n^2", "false"),
    ],
)
def test_constants_take_the_size_that_fits(said: str, latex: str, expected: str) -> None:
    assert verdict(said, latex) == expected


def test_shapes_of_products() -> None:
    said = "Let $A \\in \\mathbb R^{m\\times n}$ and $B \\in \\mathbb R^{p\\times q}$."
    assert shape(said, "A\\otimes B = (A^\\top\\otimes B^\\top)^\\top") == "m·p×n·q"
    assert shape(said, "\\operatorname{vec}(2A) = 2\\operatorname{vec}(A)") == "m·n×1"
