# ruff: noqa: E501 - a row per case
"""Derivatives by a vector whose components have letters of their own: p = (x, y, z)."""

from __future__ import annotations

import pytest
from checked import FINDINGS, PASSES

from derivcheck import check_text
from derivcheck.verdict import Verdict


def last(text: str) -> Verdict:
    report = check_text(text, path="note.md")
    assert report.error is None
    return report.equations[-1].links[-1].verdict


@pytest.mark.parametrize("column", ["(u, v)^\\top", "\\begin{bmatrix} u\\\\ v\\end{bmatrix}", "[u, v]^T"])
@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("\\nabla_p h = \\begin{bmatrix} 2uv\\\\ u^2 + 1\\end{bmatrix}", PASSES),
        ("\\nabla_p h = \\begin{bmatrix} 2uv\\\\ u^2 + v\\end{bmatrix}", FINDINGS),
        ("\\nabla_p h = \\begin{bmatrix} u^2 + 1\\\\ 2uv\\end{bmatrix}", FINDINGS),
    ],
)
def test_the_letters_are_the_entries(column: str, formula: str, expected: tuple[Verdict, ...]) -> None:
    assert last(f"Let $p = {column}$ and $h = u^2 v + v$.\n\n$$\n{formula}\n$$\n") in expected


def test_a_jacobian_by_the_vector_acts_on_it() -> None:
    said = "Let $p=(u,v)^\\top$ and $F(p) = \\begin{bmatrix} uv\\\\ u^2\\end{bmatrix}$.\n\n$$\nD = \\frac{\\partial F}{\\partial p}\n$$\n\n"
    assert last(f"{said}$$\nDp = \\begin{{bmatrix}} 2uv\\\\ 2u^2\\end{{bmatrix}}\n$$\n") in PASSES


def test_zero_mean_belongs_to_what_stands_before_it() -> None:
    said = "输入 $x\\in\\mathbb R^k$ 零均值，权 $w\\in\\mathbb R^k$，期望响应 $g$ 是标量。\n\n"
    formula = "\\mathbb E[(g - w^\\top x)^2] = \\mathbb E[g^2] - 2w^\\top\\mathbb E[gx] + w^\\top\\mathbb E[xx^\\top]w"
    assert last(f"{said}$$\n{formula}\n$$\n") in PASSES


@pytest.mark.parametrize("formula", ["h^\\top h = -h^\\top h", "m^\\top m + h^\\top h = m^\\top m", "h^\\top V h = 3h^\\top V h"])
def test_a_moment_with_another_random_symbol_is_not_zero(formula: str) -> None:
    said = "Let $z\\in\\mathbb R^k$ have zero mean. Write $V=\\mathbb E[zz^\\top]$ and $h=\\mathbb E[s\\,z]$ with a scalar $s$."
    assert last(f"{said}\n\n$$\n{formula}\n$$\n") not in PASSES
    assert last(f"{said}\n\n$$\n(h^\\top h)^2 = h^\\top (hh^\\top) h\n$$\n") in PASSES
