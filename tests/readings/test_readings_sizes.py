"""Numbers that are sizes, extremes over entries, densities by their logarithms."""

from __future__ import annotations

import pytest
from readings_builders import links, word

GAUSS = "Let $x \\in \\mathbb R^d$ follow a normal distribution with mean $\\mu$ and covariance $\\Sigma$."
DENSITY = "\\log p(x) = -\\frac{d}{2}\\log(2\\pi) - \\frac12\\log\\det\\Sigma - \\frac12(x - \\mu)^\\top\\Sigma^{-1}(x - \\mu)"


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("\\frac{\\partial \\log p}{\\partial \\mu} = \\Sigma^{-1}(x - \\mu)", "holds"),
        ("\\nabla_x \\log p(x) = -\\Sigma^{-1}(x - \\mu)", "holds"),
        ("\\nabla_x \\log p(x) = \\Sigma^{-1}(x - \\mu)", "false"),
    ],
)
def test_a_logarithm_defines_its_argument(latex: str, expected: str) -> None:
    found = links(f"{GAUSS}\n\n$$\n{DENSITY}\n$$\n\n$$\n{latex}\n$$\n")
    assert [word(link) for link in found] == ["definition", expected]


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("\\det(kA) = k^n \\det A", "holds"),
        ("|\\operatorname{adj} A| = |A|^{n-1}", "holds"),
        ("\\det(kA) = k \\det A", "false"),
        ("\\det(kA) = k^{n-1} \\det A", "assumption"),
    ],
)
def test_a_loose_size_is_the_order_of_the_matrices(latex: str, expected: str) -> None:
    assert word(links(f"Let $A$ be a matrix and $k$ a number.\n\n$$\n{latex}\n$$\n")[-1]) == expected


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("\\|x\\|_\\infty = \\max_i |x_i|", "holds"),
        ("\\|x\\|_\\infty = \\max_{1 \\le i \\le n} |x_i|", "holds"),
        ("\\|x\\|_\\infty = \\max_{i=1,\\dots,n} |x_i|", "holds"),
        ("\\|x\\|_\\infty = \\min_i |x_i|", "false"),
        ("\\max_i (-x_i) = -\\min_i x_i", "holds"),
        ("\\max_x x^\\top x = 3", "unknown"),
        ("\\max_t f(t) = 5", "unknown"),
        ("\\min_x \\tfrac12\\|x - a\\|^2 = 0", "unknown"),
        ("\\min_z \\tfrac12\\|z - x\\|^2 = 0", "unknown"),
        ("\\sum_{1 \\le i \\le n} x_i^2 = x^\\top x", "holds"),
    ],
)
def test_extremes_run_over_entries(latex: str, expected: str) -> None:
    assert word(links(f"Let $x \\in \\mathbb R^n$.\n\n$$\n{latex}\n$$\n")[-1]) == expected
