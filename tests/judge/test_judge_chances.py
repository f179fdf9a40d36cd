"""What sums to one without a word."""

import pytest

from derivcheck import check_text
from derivcheck.verdict import Verdict

SOFTMAX = "The outputs are $p_i = e^{s_i} / \\sum_k e^{s_k}$, the labels $t_i$."


def is_finding(words: str, formula: str) -> bool:
    report = check_text(f"{words}\n\n$$\n{formula}\n$$\n", path="note.md")
    assert report.error is None
    return report.equations[-1].links[-1].verdict.is_finding


@pytest.mark.parametrize("latex", [r"p_i \sum_k t_k - t_i = p_i - t_i", r"\sum_k t_k (s_i - c) = s_i - c"])
def test_labels_that_sum_to_one(latex: str) -> None:
    assert not is_finding(SOFTMAX, latex)


def test_other_slips_beside_a_sum_are_found() -> None:
    assert is_finding("", r"\sum_{k=1}^n (a_k + b_k) = \sum_{k=1}^n a_k - \sum_{k=1}^n b_k")


MODEL = (
    "Let $X \\in \\mathbb R^{n \\times p}$ and $y = X\\beta + u$ with $\\mathbb E[u] = 0$, $\\operatorname{Var}(u) = \\Omega$. "
    "The loss is $S(\\beta) = (y - X\\beta)^\\top (y - X\\beta)$."
)


def test_data_do_not_vary_with_the_parameters_of_their_model() -> None:
    assert not is_finding(MODEL, r"\nabla_\beta S = -2 X^\top (y - X\beta)")
    assert is_finding(MODEL, r"\nabla_\beta S = 2 X^\top (y - X\beta)")


LINEAR = "Let $W \\in \\mathbb R^{m \\times n}$, $x \\in \\mathbb R^n$, $v \\in \\mathbb R^m$, $z = Wx + v$ and $L(x) = z^\\top z + x^\\top x$."


def test_a_letter_that_may_be_noise_lets_nothing_pass() -> None:
    report = check_text(f"{LINEAR}\n\n$$ \\nabla_x L = 2x $$\n\n$$ \\nabla_x L = 2W^\\top z + 2x $$\n", path="note.md")
    doubtful, true = (equation.links[-1].verdict for equation in report.equations)
    assert doubtful is Verdict.UNKNOWN
    assert true in (Verdict.VERIFIED, Verdict.PROVED)


TOLD = "Let $x \\in \\mathbb R^n$ be a random vector with mean $m$ and covariance $\\Sigma$, and $B \\in \\mathbb R^{n\\times n}$ constant."
SENSOR = (
    "A sensor shows $z = Hs + v$ where $s \\in \\mathbb R^n$ is a random vector with mean $\\nu$ and covariance $P$, "
    "$v \\in \\mathbb R^p$ is zero-mean noise with covariance $R$, independent of $s$, and $H \\in \\mathbb R^{p \\times n}$."
)


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        (TOLD, r"\mathbb E[x x^\top] = \Sigma"),
        (TOLD, r"\mathbb E[x^\top B x] = m^\top B m"),
        (TOLD, r"\mathbb E[(x + m)^\top B x] = \operatorname{tr}(B \Sigma)"),
        (TOLD, r"\mathbb E\|x\|^2 = \operatorname{tr}(\Sigma)"),
        (SENSOR, r"\operatorname{Cov}(z) = H P H^\top"),
    ],
)
def test_nothing_is_open_where_mean_and_covariance_are_told(words: str, latex: str) -> None:
    assert is_finding(words, latex)


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("Let $x \\in \\mathbb R^n$ be a random vector with covariance $\\Sigma$.", r"\mathbb E[x x^\top] = \Sigma"),
        ("Let $x \\in \\mathbb R^n$ be a random vector with mean $m$.", r"\mathbb E[x x^\top] = m m^\top"),
        (TOLD, r"\mathbb E[(x^\top x)^2] = (m^\top m)^2"),
        (TOLD, r"\mathbb E\|x\|^4 = \|m\|^4"),
        (TOLD, r"\mathbb E\|x\| = \|m\|"),
        (SENSOR.replace(", independent of $s$", ""), r"\operatorname{Cov}(z) = H P H^\top"),
    ],
)
def test_what_the_law_may_save_is_open(words: str, latex: str) -> None:
    assert not is_finding(words, latex)
