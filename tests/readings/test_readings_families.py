# ruff: noqa: E501 - a row per case reads better than wrapped notes
"""x_n as an entry of x, or as one of several; derivatives by what stands for a variable; definitions by an inverse."""

from __future__ import annotations

import pytest
from readings_builders import links, verdict, word

POINT = "Let $x \\in \\mathbb R^d$ be random with mean $\\mu$ and covariance $\\Sigma$. For the data $x_1, \\dots, x_N$ we have"
SQUARE = "\\sum_{n=1}^N (x_n - \\mu)^\\top \\Sigma^{-1} (x_n - \\mu)"
GAUSS = "Let $\\Sigma$ be symmetric positive definite of order $d$ and $S$ symmetric of order $d$, $N \\in \\mathbb N$."
LIKELIHOOD = "-\\frac N2 \\log|\\Sigma| - \\frac12 \\operatorname{tr}(\\Sigma^{-1} S)"
SCALE = "Let $\\sigma > 0$."


@pytest.mark.parametrize(
    "said, latex, expected",
    [
        (POINT, SQUARE + " = \\operatorname{tr}(\\Sigma^{-1} \\sum_{n=1}^N (x_n - \\mu)(x_n - \\mu)^\\top)", "holds"),
        (POINT, SQUARE + " = \\operatorname{tr}(\\Sigma \\sum_{n=1}^N (x_n - \\mu)(x_n - \\mu)^\\top)", "false"),
        (POINT, "\\sum_{i=1}^n (x_i - m)^2 = \\sum_{i=1}^n x_i^2 - 2m \\sum_{i=1}^n x_i + nm^2", "holds"),
        (POINT, "\\sum_{i=1}^n (x_i - m)^2 = \\sum_{i=1}^n x_i^2 - m \\sum_{i=1}^n x_i + nm^2", "false"),
        (POINT, "\\|x\\|^2 = \\sum_{i=1}^d x_i^2", "holds"),
        (POINT, "\\|x\\|^2 = \\sum_{i=1}^d x_i", "false"),
        (GAUSS, f"\\frac{{\\partial}}{{\\partial \\Sigma^{{-1}}}} \\left({LIKELIHOOD}\\right) = \\frac N2 \\Sigma - \\frac12 S", "holds"),
        (GAUSS, f"\\frac{{\\partial}}{{\\partial \\Sigma^{{-1}}}} \\left({LIKELIHOOD}\\right) = -\\frac N2 \\Sigma - \\frac12 S", "false"),
        (SCALE, "\\frac{\\partial}{\\partial \\sigma^2} \\left(-n \\log\\sigma - \\frac{s}{2\\sigma^2}\\right) = -\\frac{n}{2\\sigma^2} + \\frac{s}{2\\sigma^4}", "holds"),
        (SCALE, "\\frac{\\partial \\sigma^4}{\\partial \\sigma^2} = 2\\sigma^2", "holds"),
    ],
)  # fmt: skip
def test_one_of_several_or_an_entry(said: str, latex: str, expected: str) -> None:
    assert verdict(said, latex) == expected


@pytest.mark.parametrize("right, expected", [("\\frac1\\alpha I - \\frac1\\alpha X^\\top (\\alpha I + XX^\\top)^{-1} X", "holds"), ("\\frac1\\alpha I + \\frac1\\alpha X^\\top (\\alpha I + XX^\\top)^{-1} X", "false")])
def test_an_equation_for_the_inverse_of_a_new_symbol_defines_it(right: str, expected: str) -> None:
    text = "Let $X \\in \\mathbb R^{n\\times p}$ and $\\alpha > 0$.\n\n$$ S^{-1} = \\alpha I + X^\\top X $$\n\nThen\n\n"
    assert [word(link) for link in links(text + f"$$ S = {right} $$\n")] == ["definition", expected]


@pytest.mark.parametrize("right, expected", [("p_k(\\delta_{kj} - p_j)", "holds"), ("p_k(\\delta_{kj} + p_j)", "false")])
def test_the_letter_of_a_family_is_an_index_in_its_definition(right: str, expected: str) -> None:
    said = "Let $p_k = \\frac{e^{z_k}}{\\sum_j e^{z_j}}$."
    assert verdict(said, f"\\frac{{\\partial p_k}}{{\\partial z_j}} = {right}") == expected
