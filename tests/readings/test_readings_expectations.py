"""Expectations, variances and covariances."""

import pytest
from readings_builders import claim, link, links, verdict

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
        (r"\operatorname{Cov}(3X, Y) = \operatorname{Cov}(X, 2Y)", "false"),
        (r"\operatorname{Var}(X) = \mathbb{E}[X^2] - \mathbb{E}^2[X]", "holds"),
        (r"\operatorname{Var}(X) = \mathbb{E}[X^2] - 2\mathbb{E}^2[X]", "false"),
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
        (r"\operatorname{Cov}(x) = \mathbb{E}[x x^\top] - \mathbb{E}[x]\, \mathbb{E}^\top[x]", "holds"),
        (r"\operatorname{Cov}(x) = \mathbb{E}[x x^\top] - \mathbb{E}^\top[x]\, \mathbb{E}[x]", "false"),
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
        r"\operatorname{Cov}(X + Y, Y) = \operatorname{Var}(Y)",
        r"\mathbb{E}[X] = a",
    ],
)
def test_laws_that_are_not_stated_make_no_finding(latex: str) -> None:
    assert verdict(NUMBERS, latex) not in ("holds", "false")


def test_members_of_a_family_are_refuted_by_nothing() -> None:
    family = "Let $X_1, \\dots, X_n$ be i.i.d. with mean $\\mu$ and variance $\\sigma^2$."
    latex = r"\operatorname{Var}\left(\frac{1}{n} \sum_{i=1}^n X_i\right) = \frac{\sigma^2}{n}"
    assert verdict(family, latex) not in ("holds", "false")


def test_expectations_under_several_conditions_are_not_read() -> None:
    found = link(NUMBERS, r"\mathbb{E}[\mathbb{E}[X \mid Y]] = \mathbb{E}[X]")
    assert (found.verdict.value, found.message) == ("unknown", "expectations under several conditions")


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


NORMAL = (
    "Let $z \\in \\mathbb R^k$ be normally distributed with mean $m$ and covariance $\\Gamma$, $F$ and $H$ constant "
    "symmetric $k \\times k$ matrices; $Y \\sim N(\\mu, \\sigma^2)$."
)


@pytest.mark.parametrize(
    "latex",
    [
        r"\operatorname{Cov}(z^\top F z, z^\top H z) = 2\operatorname{tr}(F\Gamma H\Gamma) + 4m^\top F\Gamma H m",
        r"\mathbb{E}[(z - m)(z - m)^\top F(z - m)] = 0",
        r"\mathbb{E}[Y^4] = \mu^4 + 6\mu^2\sigma^2 + 3\sigma^4",
    ],
)
def test_moments_of_the_normal_law(latex: str) -> None:
    found = link(NORMAL, latex)
    assert found.verdict.value == "verified"
    assert "by the moments of the normal law" in found.reading


@pytest.mark.parametrize(
    "latex",
    [
        r"\operatorname{Var}(z^\top F z) = 2\operatorname{tr}(F\Gamma F\Gamma) + 2m^\top F\Gamma Fm",
        r"\mathbb{E}[Y^4] = \mu^4 + 6\mu^2\sigma^2 + 4\sigma^4",
        r"\mathbb{E}[\exp(Y)] = \exp(\mu + \sigma^2/2)",
    ],
)
def test_what_the_rule_for_the_normal_law_does_not_show(latex: str) -> None:
    assert verdict(NORMAL, latex) not in ("holds", "false")


def test_moments_of_another_law_are_not_those_of_the_normal_one() -> None:
    assert (
        verdict("Let $Y$ have mean $\\mu$ and variance $\\sigma^2$.", r"\mathbb{E}[(Y - \mu)^4] = 3\sigma^4") != "holds"
    )


def test_a_given_mean_is_no_reason_for_itself() -> None:
    text = "Assume\n\n$$ \\mathbb{E}[w] = 0 $$\n\n$$ \\mathbb{E}[Aw] = 0 $$\n\nfor a constant matrix $A$.\n"
    given, gained = (found.verdict.value for found in links(text))
    assert given == "assumption"
    assert gained in ("proved", "verified")


def test_a_mean_that_contradicts_the_one_given_is_no_assumption() -> None:
    assert verdict("Let $X$ have mean $\\mu$ and variance $v$.", r"\mathbb{E}[X] = -\mu") == "false"


def test_the_variance_of_a_vector_may_be_a_number() -> None:
    assert verdict("Let $x \\in \\mathbb R^n$ be random and $s$ a number.", r"\operatorname{Var}(3x) = 9s") != "false"


def test_definitions_that_rest_on_themselves_by_way_of_expectations() -> None:
    text = (
        "Let $x, z \\in \\mathbb R^n$, $e = x - K z$, $P = \\mathbb E[e e^\\top]$ and $K = P C$.\n\n"
        "$$ \\mathbb E[2e] = 2 \\mathbb E[e] $$\n\n$$ P = \\mathbb E[e e^\\top] $$\n"
    )
    assert all(found.reason != "internal error" for found in links(text))


def test_an_expectation_over_one_of_two_random_symbols_is_not_read() -> None:
    assert verdict(NUMBERS, r"\mathbb{E}_X[\mathbb{E}_Y[XY]] = \mathbb{E}_Y[XY]") == "unknown"
    assert verdict(NUMBERS, r"\mathbb{E}_X[X + a] = \mathbb{E}_X[X] + a") == "holds"
