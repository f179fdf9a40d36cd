"""Expectations, variances and covariances."""

import pytest
from readings_builders import claim, link, verdict

from derivcheck.readings.outcomes import averages

NUMBERS = "Let $X$, $Y$ be random variables, $a$ and $b$ constants."
VECTOR = (
    "Let $x \\in \\mathbb R^n$ be a random vector with mean $\\mu$ and covariance $\\Sigma$, "
    "$A \\in \\mathbb R^{n \\times n}$ and $B \\in \\mathbb R^{m \\times n}$ constant."
)


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\operatorname{Var}(X) = \mathbb{E}[X^2] - \mathbb{E}[X]^2", "holds"),
        (r"\operatorname{Var}(X) = \mathbb{E}[X^2] + \mathbb{E}[X]^2", "false"),
        (r"\mathrm{Var}[aX + b] = a^2 \mathrm{Var}[X]", "holds"),
        (r"\mathrm{Var}[aX + b] = a \mathrm{Var}[X]", "false"),
        (r"\operatorname{Cov}(aX, Y) = a \operatorname{Cov}(X, Y)", "holds"),
        (r"\mathrm{E}\left[(X - \mathrm{E}[X])(Y - \mathrm{E}[Y])\right] = \operatorname{Cov}(X, Y)", "holds"),
        (r"\mathbb{E}[\mathbb{E}[X] Y] = \mathbb{E}[X] \mathbb{E}[Y]", "holds"),
    ],
)
def test_numbers(latex: str, expected: str) -> None:
    assert verdict(NUMBERS, latex) == expected


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\mathbb{E}[x^\top A x] = \operatorname{tr}(A\Sigma) + \mu^\top A\mu", "holds"),
        (r"\mathbb{E}[x^\top A x] = \operatorname{tr}(A\Sigma) - \mu^\top A\mu", "false"),
        (r"\mathbb{E}[(x - \mu)(x - \mu)^\top] = \Sigma", "holds"),
        (r"\operatorname{Cov}(Bx) = B\Sigma B^\top", "holds"),
        (r"\operatorname{Cov}(Bx) = B^\top\Sigma B", "false"),
        (r"\mathbb{E}\|Bx\|^2 = \operatorname{tr}(B\Sigma B^\top) + \|B\mu\|^2", "holds"),
    ],
)
def test_vectors(latex: str, expected: str) -> None:
    assert verdict(VECTOR, latex) == expected


def test_normal_law_with_a_covariance_that_is_an_expression() -> None:
    noise = r"Let $w \in \mathbb R^n$, $w \sim \mathcal N(0, \sigma^2 I)$, $B \in \mathbb R^{m \times n}$."
    assert verdict(noise, r"\mathbb{E}[Bww^\top B^\top] = \sigma^2 BB^\top") == "holds"
    assert verdict(noise, r"\mathbb{E}[Bww^\top B^\top] = \sigma BB^\top") == "false"


def test_independence_that_is_stated() -> None:
    stated = "Let $U$ and $V$ be independent random variables."
    assert verdict(stated, r"\operatorname{Var}(U - V) = \operatorname{Var}(U) + \operatorname{Var}(V)") == "holds"
    assert verdict(stated, r"\operatorname{Var}(U - V) = \operatorname{Var}(U) - \operatorname{Var}(V)") == "false"


@pytest.mark.parametrize(
    "latex",
    [
        r"\mathbb{E}[XY] = \mathbb{E}[X]\mathbb{E}[Y]",
        r"\operatorname{Var}(X + Y) = \operatorname{Var}(X) + \operatorname{Var}(Y)",
        r"\operatorname{Var}(X) = \mathbb{E}[X^2]",
        r"\operatorname{Var}(X + Y) = 2\operatorname{Var}(X)",
        r"\mathbb{E}[X] = a",
    ],
)
def test_laws_that_are_not_stated_make_no_finding(latex: str) -> None:
    assert verdict(NUMBERS, latex) not in ("holds", "false")


def test_members_of_a_family_are_refuted_by_nothing() -> None:
    family = "Let $X_1, \\dots, X_n$ be i.i.d. with mean $\\mu$ and variance $\\sigma^2$."
    latex = r"\operatorname{Var}\left(\frac{1}{n} \sum_{i=1}^n X_i\right) = \frac{\sigma^2}{n}"
    assert verdict(family, latex) not in ("holds", "false")


def test_conditional_expectations_are_not_read() -> None:
    found = link(NUMBERS, r"\mathbb{E}[\mathbb{E}[X \mid Y]] = \mathbb{E}[X]")
    assert (found.verdict.value, found.message) == ("unknown", "a conditional")


def test_a_matrix_called_E_is_no_expectation() -> None:
    declared = r"Let $A, B, E \in \mathbb R^{n \times n}$. The expectation is clear."
    assert verdict(declared, r"E(A + B) = EA + EB") == "holds"
    assert not averages(claim(declared, r"E(A + B) = EA + EB"))


def test_definitions_with_expectations_are_carried_out() -> None:
    error = (
        "Let $x \\in \\mathbb R^n$, $e = x - \\hat x$ and $P = \\mathbb E[e e^\\top]$; "
        "$F \\in \\mathbb R^{n \\times n}$ is constant."
    )
    assert verdict(error, r"\mathbb E[F e e^\top F^\top] = F P F^\top") == "holds"
