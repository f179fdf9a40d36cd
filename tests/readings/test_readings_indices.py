# ruff: noqa: E501 - a row per case reads better than wrapped notes
"""Sums, entries, the summation convention; which thing a letter names; definitions."""

from __future__ import annotations

import pytest
from readings_builders import links, note, shapes, verdict, word

MATRICES = "Let $A \\in \\mathbb R^{m\\times n}$, $B \\in \\mathbb R^{n\\times p}$, $S \\in \\mathbb R^{n\\times n}$ and $x, y \\in \\mathbb R^n$."
BOLD = "Let $\\mathbf A \\in \\mathbb R^{m\\times n}$ and $\\mathbf x, \\mathbf y \\in \\mathbb R^n$."
EINSTEIN = MATRICES + " Repeated indices are summed."


@pytest.mark.parametrize(
    "said, latex, expected",
    [
        (MATRICES, "(AB)_{ij} = \\sum_k A_{ik}B_{kj}", "holds"),
        (MATRICES, "(AB)_{ij} = \\sum_{k=1}^n A_{ik}B_{kj}", "holds"),
        (MATRICES, "(AB)_{ij} = \\sum_k A_{ki}B_{kj}", "false"),
        (MATRICES, "[AB]_{ij} = \\sum_k A_{ik}B_{kj}", "holds"),
        (MATRICES, "(Ax)_i = \\sum_j A_{ij}x_j", "holds"),
        (MATRICES, "x^\\top y = \\sum_i x_iy_i", "holds"),
        (MATRICES, "x^\\top y = \\sum_{i=1}^n x_iy_i", "holds"),
        (MATRICES, "x^\\top y = \\sum_{i=1}^n x_i^2y_i", "false"),
        (MATRICES, "x^\\top Sy = \\sum_{i,j} S_{ij}x_iy_j", "holds"),
        (MATRICES, "x^\\top Sy = \\sum_i\\sum_j S_{ij}x_iy_j", "holds"),
        (MATRICES, "x^\\top Sy = \\sum_{i,j} S_{ij}x_jy_i", "false"),
        (MATRICES, "\\operatorname{tr}(S) = \\sum_i S_{ii}", "holds"),
        (MATRICES, "(A^\\top)_{ij} = A_{ji}", "holds"),
        (MATRICES, "A^\\top_{ij} = A_{ji}", "holds"),
        (MATRICES, "(A^\\top)_{ij} = A_{ij}", "false"),
        (MATRICES, "\\|A\\|_F^2 = \\sum_{i,j} A_{ij}^2", "holds"),
        (BOLD, "\\mathbf x^\\top\\mathbf y = \\sum_i x_iy_i", "holds"),
        (BOLD, "(\\mathbf{Ax})_i = \\sum_j A_{ij}x_j", "holds"),
        (BOLD, "(\\mathbf{Ax})_i = \\sum_j a_{ij}x_j", "holds"),
        (BOLD, "(\\mathbf{Ax})_i = \\sum_j a_{ji}x_j", "false"),
        (EINSTEIN, "(AB)_{ij} = A_{ik}B_{kj}", "holds"),
        (EINSTEIN, "x^\\top Sy = S_{ij}x_iy_j", "holds"),
        (EINSTEIN, "x^\\top Sy = S_{ji}x_iy_j", "false"),
        ("", "\\sum_{k=1}^n k = \\frac{n(n+1)}{2}", "holds"),
        ("", "\\sum_{k=1}^n k = \\frac{n(n-1)}{2}", "false"),
        ("", "\\sum_{k=0}^n 2^k = 2^{n+1} - 1", "holds"),
        ("", "\\sum_{k=1}^{n} (2k - 1) = n^2", "holds"),
        ("", "\\prod_{k=1}^n k = n!", "holds"),
        (MATRICES, "\\sum_i (x_i + y_i) = \\sum_i x_i + \\sum_i y_i", "holds"),
        (MATRICES, "\\sum_i x_i + y_i = \\mathbf 1^\\top x + \\mathbf 1^\\top y", "holds"),
        (MATRICES, "\\sum_{i<j} x_ix_j = \\frac12\\left((\\sum_i x_i)^2 - \\sum_i x_i^2\\right)", "holds"),
    ],
)
def test_sums_and_entries(said: str, latex: str, expected: str) -> None:
    assert verdict(said, latex) == expected


@pytest.mark.parametrize(
    "said, latex, expected",
    [
        (
            "Let $A \\in \\mathbb R^{m\\times n}$.",
            "A\\mathbf v = 2A\\mathbf v - A\\mathbf v",
            {"A": "m×n", "bf:v": "n×1"},
        ),
        ("", "\\mathbf A\\mathbf x = \\mathbf A(2\\mathbf x) - \\mathbf A\\mathbf x", {"bf:A": "_×_", "bf:x": "_×1"}),
        ("", "W^\\top W - W^\\top W = 0", {"W": "_×_"}),
        ("", "u^\\top u + \\alpha = \\alpha + u^\\top u", {"u": "_×1", "\\alpha": "scalar"}),
        ("Let $S$ be symmetric.", "S^\\top + S = 2S", {"S": "_×_"}),
        ("Let $c$ be a unit vector.", "c^\\top c = 1", {"c": "_×1"}),
        ("Bold lower case letters are vectors.", "\\mathbf u + \\mathbf u = 2\\mathbf u", {"bf:u": "_×1"}),
        ("Let $X$ be $n \\times p$.", "X - X = 0", {"X": "n×p"}),
        ("设 $A$ 为 $m\\times n$ 矩阵。", "A - A = 0", {"A": "m×n"}),
        ("Let $A \\in \\mathbb R^{m\\times n}$.", "\\mathbf A + \\mathbf A = 2\\mathbf A", {"A": "m×n"}),
    ],
)
def test_shapes_of_symbols(said: str, latex: str, expected: dict[str, str]) -> None:
    assert shapes(said, latex) == expected


def test_symmetric_matrices_are_square() -> None:
    (found,) = shapes("Let $S$ be a symmetric matrix.", "S^\\top = S").values()
    assert found == "_×_"
    assert verdict("Let $S$ be a symmetric matrix.", "S^\\top S = S^2") == "holds"


@pytest.mark.parametrize(
    "said, latex, expected",
    [
        ("Let $A \\in \\mathbb R^{m\\times n}$ and $S := A^\\top A$.", "S^\\top = S", "holds"),
        ("Let $A \\in \\mathbb R^{m\\times n}$ and $S := A^\\top A$.", "S = AA^\\top", "false"),
        ("Let $x \\in \\mathbb R^n$. We define $f(x) := x^\\top x$.", "f(2x) = 4f(x)", "holds"),
        ("Let $x \\in \\mathbb R^n$. We define $f(x) := x^\\top x$.", "f(2x) = 2f(x)", "false"),
        ("Let $x \\in \\mathbb R^n$. We define $f(x) := x^\\top x$.", "f(-x) = f(x)", "holds"),
        ("For real $t$ let $\\sigma(t) := \\frac{1}{1+e^{-t}}$.", "\\sigma'(t) = \\sigma(t)(1 - \\sigma(t))", "holds"),
        ("For real $t$ let $\\sigma(t) := \\frac{1}{1+e^{-t}}$.", "\\sigma'(t) = \\sigma(t)(1 + \\sigma(t))", "false"),
    ],
)
def test_definitions(said: str, latex: str, expected: str) -> None:
    assert verdict(said, latex) == expected


def later(first: str, between: str, second: str, said: str = "") -> str:
    """What becomes of a display after a defining one."""
    return word(links(note(said, first) + "\n" + note(between, second))[-1])


def test_a_display_defines() -> None:
    said = "Let $A \\in \\mathbb R^{m\\times n}$."
    assert later("P = A(A^\\top A)^{-1}A^\\top", "Then", "P^2 = P", said) == "holds"
    assert later("P = A(A^\\top A)^{-1}A^\\top", "Then", "P^2 = 2P", said) == "false"


def test_a_declaration_ends_a_definition() -> None:
    first, said = "S = A^\\top A", "Let $A \\in \\mathbb R^{n\\times n}$."
    assert later(first, "Then", "S^\\top = S", said) == "holds"
    assert later(first, "Now let $S \\in \\mathbb R^{n\\times n}$ be arbitrary.", "S^\\top = S", said) != "holds"


def test_a_definition_that_cannot_be_read_leaves_its_dependants_unknown() -> None:
    assert later("Q := A_1 \\pm A_2", "Then", "Q + Q = 3Q", "Let $A \\in \\mathbb R^{n\\times n}$.") == "unknown"
